"""A job's life on real sockets and files: every outcome is as well known as it can be, nothing is lost."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import Reference, ResponseFormat
from seedream_desktop.imaging.checking import CheckedPicture, check_picture
from seedream_desktop.journal import Journal
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.events import JobEvent, PictureSaved, Progress
from seedream_desktop.pipeline.run import run_job
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of, states


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def test_a_request_becomes_a_picture_in_the_library(bench: Bench, demo: Demo) -> None:
    events = bench.run(bench.job())
    assert states(events) == [JobState.SENDING, JobState.ANSWERED, JobState.SAVED]
    (path,) = bench.pictures()
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert path.name.startswith("a red fox in snow")
    assert len(demo.posts()) == 1


def test_the_record_says_what_made_the_picture_and_what_it_cost(bench: Bench) -> None:
    bench.run(bench.job())
    made = bench.library.record(bench.library.ids(Query())[0]).made
    assert made.request is not None
    assert made.request.prompt == "a red fox in snow"
    assert (made.job_id, made.press_id, made.price_usd) == ("1" * 32, "2" * 32, 0.03)
    assert (made.width_px, made.height_px) == (1024, 1024)
    assert made.answer.generated_images == 1
    assert "?" not in made.answer.link


def test_nothing_of_it_is_left_behind(bench: Bench) -> None:
    bench.run(bench.job())
    assert list(bench.spool.iterdir()) == []
    assert bench.journal.open_jobs() == ()


def test_the_thumbnail_is_there_before_it_is_asked_for(bench: Bench) -> None:
    (saved,) = [event for event in bench.run(bench.job()) if isinstance(event, PictureSaved)]
    assert bench.tools.thumbnail(saved.picture.sha256).is_file()


def test_a_set_becomes_several_pictures_in_their_order(bench: Bench) -> None:
    events = bench.run(bench.job(prompt="a set of 3 images of a fox", images_in_set=3))
    saved = sorted(event.index for event in events if isinstance(event, PictureSaved))
    assert saved == [0, 1, 2]
    assert len(end_of(events).saved) == 3


def test_inline_pictures_arrive_as_well(bench: Bench) -> None:
    events = bench.run(bench.job(response_format=ResponseFormat.B64_JSON))
    assert end_of(events).state is JobState.SAVED
    assert len(bench.pictures()) == 1


def test_a_picture_of_the_library_as_reference_is_what_it_was_made_from(bench: Bench) -> None:
    (saved,) = [event for event in bench.run(bench.job()) if isinstance(event, PictureSaved)]
    picture = saved.picture
    checked = check_picture(picture.path, None)
    reference = bench.library.add_reference(picture.path, checked, "fox.jpeg")
    bench.run(bench.job(job_id="3" * 32, references=(reference,)))
    (led_to,) = bench.library.led_to(picture.sha256)
    assert bench.library.record(led_to.id).made.made_from == (picture.sha256,)


def test_progress_says_when_it_may_be_billed(bench: Bench) -> None:
    progress = [event.sending for event in bench.run(bench.job()) if isinstance(event, Progress)]
    assert progress[-1].body_complete


@pytest.mark.parametrize(
    ("fault", "state", "kind", "billed"),
    [
        ({"kind": "drop_after_body"}, JobState.UNKNOWN, ProblemKind.CONNECTION_BROKE, Billed.MAYBE),
        (
            {"kind": "status", "status": 500, "code": "InternalServiceError"},
            JobState.UNKNOWN,
            ProblemKind.SERVER_FAULT,
            Billed.MAYBE,
        ),
        (
            {"kind": "status", "status": 401, "code": "AuthenticationError"},
            JobState.FAILED,
            ProblemKind.KEY_REFUSED,
            Billed.NO,
        ),
        ({"kind": "empty"}, JobState.FAILED, ProblemKind.ANSWER_UNREADABLE, Billed.YES),
        ({"kind": "partial_failure"}, JobState.FAILED, ProblemKind.RESULT_REFUSED, None),
    ],
    ids=lambda value: value.get("kind", "") if isinstance(value, dict) else None,
)
def test_an_outcome_is_never_better_known_than_it_is(
    bench: Bench,
    demo: Demo,
    fault: dict[str, object],
    state: JobState,
    kind: ProblemKind,
    billed: Billed | None,
) -> None:
    details = dict(fault)
    demo.set_fault(str(details.pop("kind")), **details)
    job = end_of(bench.run(bench.job()))
    assert (job.state, job.problem and job.problem.kind) == (state, kind)
    assert job.problem is not None
    assert billed in {None, job.problem.billed}
    assert len(demo.posts()) == 1


def test_an_answer_that_cannot_be_read_is_kept(bench: Bench, demo: Demo) -> None:
    demo.set_fault("truncated_json")
    job = end_of(bench.run(bench.job()))
    assert job.problem is not None
    assert job.problem.billed is Billed.YES
    assert [path.name for path in (bench.spool / job.id).iterdir()] == ["answer.raw"]


def stopped(bench: Bench, job: Job, demo: Demo) -> list[JobEvent]:
    """Run ``job`` and stop it once its body has been sent."""

    async def work() -> list[JobEvent]:
        events: list[JobEvent] = []

        async def consume() -> None:
            async for event in run_job(job, bench.tools):
                events.append(event)
                if isinstance(event, Progress) and event.sending.body_complete:
                    asyncio.get_running_loop().call_soon(task.cancel)

        task = asyncio.ensure_future(consume())
        await asyncio.wait({task})
        return events

    demo.set_delay(20)
    return asyncio.run(work())


def test_stopping_after_the_body_leaves_the_outcome_unknown(bench: Bench, demo: Demo) -> None:
    job = end_of(stopped(bench, bench.job(), demo))
    assert job.state is JobState.UNKNOWN
    assert job.problem == Problem(ProblemKind.STOPPED_WAITING, billed=Billed.MAYBE)
    assert [known.state for known in bench.journal.open_jobs()] == [JobState.UNKNOWN]


def test_without_its_library_the_answer_waits_in_the_spool_and_goes_on_later(bench: Bench) -> None:
    away = replace(bench.tools, library=lambda _: None)
    waiting = end_of(bench.run(bench.job(), away))
    assert waiting.state is JobState.ANSWERED
    assert waiting.problem is not None
    assert waiting.problem.kind is ProblemKind.LIBRARY_AWAY
    assert [path.name for path in (bench.spool / waiting.id).glob("*.bin")] == ["picture-0.bin"]
    assert end_of(bench.run(waiting)).state is JobState.SAVED
    assert len(bench.pictures()) == 1


def test_a_full_disk_in_the_library_keeps_the_picture_in_the_spool(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_new: object) -> None:
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    monkeypatch.setattr(bench.library, "add", full)
    waiting = end_of(bench.run(bench.job()))
    assert (waiting.state, waiting.problem and waiting.problem.kind) == (
        JobState.ANSWERED,
        ProblemKind.DISK_FULL,
    )
    monkeypatch.undo()
    assert end_of(bench.run(waiting)).state is JobState.SAVED


def test_a_link_that_is_refused_before_its_time_can_be_tried_again(bench: Bench, demo: Demo) -> None:
    demo.set_fault("status", on="links", status=403, times=5)
    waiting = end_of(bench.run(bench.job()))
    assert (waiting.state, waiting.problem and waiting.problem.kind) == (
        JobState.ANSWERED,
        ProblemKind.LINK_DENIED,
    )
    demo.clear_faults()
    assert end_of(bench.run(waiting)).state is JobState.SAVED
    assert len(demo.posts()) == 1


def test_a_page_in_the_place_of_the_picture_is_not_taken_for_one(bench: Bench, demo: Demo) -> None:
    demo.set_fault("wrong_bytes", on="links", times=4)
    waiting = end_of(bench.run(bench.job()))
    assert waiting.state is JobState.ANSWERED
    demo.clear_faults()
    assert end_of(bench.run(waiting)).state is JobState.SAVED


def test_a_damaged_picture_is_kept_as_it_came_and_named(bench: Bench) -> None:
    def damaged(_path: Path, _thumbnail: Path) -> CheckedPicture:
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED))

    job = end_of(bench.run(bench.job(), replace(bench.tools, check=damaged)))
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert (job.problem.kind, job.problem.billed) == (ProblemKind.RESULT_DAMAGED, Billed.YES)
    assert job.kept == ("picture-0.bin",)
    assert (bench.spool / job.id / "picture-0.bin").stat().st_size > 10_000
    assert bench.pictures() == []


def test_a_crash_between_the_library_and_the_journal_makes_no_second_picture(bench: Bench) -> None:
    tools, job = bench.tools, bench.job()

    class Crash(Exception):
        pass

    def crash(*_: object) -> None:
        raise Crash

    journal = _Failing(bench.journal, "forget_link", crash)
    with pytest.raises(Crash):
        bench.run(job, replace(tools, journal=journal))  # type: ignore[arg-type]
    (known,) = bench.journal.open_jobs()
    assert end_of(bench.run(known)).state is JobState.SAVED
    assert len(bench.pictures()) == 1


class _Failing:
    """A journal of which one method fails."""

    def __init__(self, journal: Journal, name: str, failure: Callable[..., None]) -> None:
        self._journal, self._name, self._failure = journal, name, failure

    def __getattr__(self, name: str) -> object:
        return self._failure if name == self._name else getattr(self._journal, name)


def test_what_was_spent_is_recorded_without_the_prompt(bench: Bench, tmp_path: Path) -> None:
    bench.run(bench.job())
    (spend,) = (tmp_path / "library" / ".seedream" / "spend").rglob("*.json")
    assert "fox" not in spend.read_text(encoding="utf-8")
    assert '"delivered": 1' in spend.read_text(encoding="utf-8")


def test_a_missing_reference_is_said_before_anything_is_sent(bench: Bench, demo: Demo) -> None:
    gone = Reference("f" * 64, "image/png", 10, 10, 100, "gone.png")
    job = end_of(bench.run(bench.job(references=(gone,))))
    assert (job.state, job.problem and job.problem.kind) == (JobState.FAILED, ProblemKind.REFERENCE_GONE)
    assert demo.posts() == []
