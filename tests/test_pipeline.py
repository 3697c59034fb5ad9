"""A job's life on real sockets and files: every outcome is as well known as it can be, nothing is lost."""

from __future__ import annotations

import asyncio
import functools
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop import pipeline
from seedream_desktop.api.client import Client
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Answer, Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Reference, ResponseFormat, Size
from seedream_desktop.imaging import CheckedPicture, check_picture
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.values import NewPicture, Picture, Query, Spend
from seedream_desktop.pipeline import JobChanged, JobEvent, PictureSaved, Progress, Tools, run_job
from tests.demo_fixtures import Demo

SMALL = "doubao-seedream-4-0-250828"  # takes 1K, so that the tests are quick


@dataclass
class Bench:
    """The tools of a job, and what to look at afterwards."""

    tools: Tools
    journal: Journal
    library: Library
    spool: Path

    def job(self, job_id: str = "1" * 32, **changes: object) -> Job:
        request = GenerationRequest(SMALL, "a red fox in snow", Size.parse("1024x1024"))
        job = Job(
            id=job_id,
            press_id="2" * 32,
            press_index=0,
            press_count=1,
            request=replace(request, **changes),  # type: ignore[arg-type]
            recipe=Recipe(prompt="a red fox in snow"),
            library_id=self.library.id,
            board_id=self.library.inbox.id,
            board_name="Inbox",
            price_usd=0.03,
            price_as_of="2026-11-22",
        )
        self.journal.add((job,))
        return job

    def run(self, job: Job, tools: Tools | None = None) -> list[JobEvent]:
        async def collect() -> list[JobEvent]:
            return [event async for event in run_job(job, tools or self.tools)]

        return asyncio.run(collect())

    def pictures(self) -> list[Path]:
        return [picture.path for picture in self.library.pictures(self.library.ids(Query()))]


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    library = open_library(tmp_path / "library", tmp_path / "index.sqlite3", "m" * 32)
    journal = Journal(tmp_path / "journal.sqlite3")
    client = Client(demo.base_url, lambda: demo.key, library.reference_path)
    thumbnails = tmp_path / "thumbnails"
    tools = Tools(
        journal,
        client,
        tmp_path / "spool",
        lambda library_id: library if library_id == library.id else None,
        check_picture,
        lambda sha256: thumbnails / sha256[:2] / sha256,
    )
    yield Bench(tools, journal, library, tmp_path / "spool")
    journal.close()
    library.close()


def states(events: list[JobEvent]) -> list[JobState]:
    """The states in their order, each once."""
    found = [event.job.state for event in events if isinstance(event, JobChanged)]
    return list(dict.fromkeys(found))


def end_of(events: list[JobEvent]) -> Job:
    last = events[-1]
    assert isinstance(last, JobChanged)
    return last.job


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
    assert job.problem == Problem(ProblemKind.PICTURE_DAMAGED, billed=Billed.YES)
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


def spends(bench: Bench) -> list[Spend]:
    return [read_spend(path) for path in (bench.library.root / ".seedream" / "spend").rglob("*.json")]


class _Silent:
    """A client whose request has been sent whole and is never answered, until it is stopped."""

    def __init__(self, on_sent: Callable[[], None], on_stopped: Callable[[], None] = lambda: None) -> None:
        self._on_sent, self._on_stopped = on_sent, on_stopped

    async def generate(
        self, request: object, job_id: str, spool: Path, progress: Callable[[Sending], None]
    ) -> None:
        progress(Sending(10, 10, body_complete=True))
        self._on_sent()
        try:
            await asyncio.Event().wait()
        finally:
            self._on_stopped()
            await asyncio.sleep(0)


def stopped_when_sent(bench: Bench, is_stopped_twice: bool = False) -> list[JobEvent]:
    """Stop a job in the very moment in which its body is complete, and again while it is hanging up."""

    async def work() -> list[JobEvent]:
        events: list[JobEvent] = []

        def stop_again() -> None:
            if is_stopped_twice:
                asyncio.get_running_loop().call_soon(task.cancel)

        async def consume() -> None:
            events.extend([event async for event in run_job(bench.job(), tools)])

        def stop() -> None:
            task.cancel()

        client = _Silent(stop, stop_again)
        tools = replace(bench.tools, client=client)  # type: ignore[arg-type]
        task = asyncio.ensure_future(consume())
        await asyncio.wait({task})
        return events

    return asyncio.run(work())


def test_stopping_in_the_moment_in_which_the_body_is_complete_is_not_taken_for_free(bench: Bench) -> None:
    assert end_of(stopped_when_sent(bench)).state is JobState.UNKNOWN


def test_stopping_twice_leaves_no_job_that_is_sent_for_ever(bench: Bench) -> None:
    job = end_of(stopped_when_sent(bench, is_stopped_twice=True))
    assert job.state is JobState.UNKNOWN
    assert [known.state for known in bench.journal.open_jobs()] == [JobState.UNKNOWN]


def test_an_answer_that_the_journal_cannot_take_at_once_is_not_lost(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = 3

    def full(job: Job, answer: Answer) -> None:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise ProblemError(Problem(ProblemKind.DISK_FULL))
        store_answer(job, answer)

    store_answer = bench.journal.store_answer
    monkeypatch.setattr(bench.journal, "store_answer", full)
    monkeypatch.setattr(pipeline, "JOURNAL_AGAIN_S", 0.0)
    events = bench.run(bench.job())
    told = [event.job.problem for event in events if isinstance(event, JobChanged) and event.job.problem]
    assert set(told) == {Problem(ProblemKind.DISK_FULL, billed=Billed.YES)}
    assert end_of(events).state is JobState.SAVED
    assert len(demo.posts()) == len(bench.pictures()) == 1


STEPS = ("store", "store_answer", "forget_link", "add", "record_spend")


class _Crash(BaseException):
    """The process ends here."""


class _Dying:
    """Something whose methods in ``STEPS`` are counted; instead of the last one the process ends."""

    def __init__(self, inner: object, steps: list[int]) -> None:
        self._inner, self._steps = inner, steps

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)
        return functools.partial(self._step, method) if name in STEPS else method

    def _step(self, method: Callable[..., object], *arguments: object) -> object:
        self._steps[0] -= 1
        if self._steps[0] == 0:
            raise _Crash
        return method(*arguments)


def killed_before(bench: Bench, job: Job, step: int) -> bool:
    """Run ``job`` until its ``step``-th act for keeps, and end before it; False: it has fewer."""
    steps = [step]
    library = _Dying(bench.library, steps)
    tools = replace(
        bench.tools,
        journal=_Dying(bench.journal, steps),  # type: ignore[arg-type]
        library=lambda library_id: library if library_id == bench.library.id else None,  # type: ignore[arg-type,return-value]
    )
    try:
        bench.run(job, tools)
    except _Crash:
        return True
    return False


@pytest.mark.parametrize("response_format", ResponseFormat)
def test_killed_at_any_step_after_the_answer_each_picture_is_there_once_and_paid_once(
    bench: Bench, demo: Demo, response_format: ResponseFormat
) -> None:
    fields = {"prompt": "a set of 2 images of a fox", "images_in_set": 2, "response_format": response_format}
    step = 3  # 1: sending, 2: answered
    while killed_before(bench, bench.job(job_id=f"{step:032d}", **fields), step):
        (known,) = bench.journal.recover()
        assert end_of(bench.run(known)).state is JobState.SAVED
        step += 1
    assert step > 8
    assert len(demo.posts()) == step - 2
    assert [spend.delivered for spend in spends(bench)] == [2] * (step - 2)
    assert len(bench.pictures()) == 2 * (step - 2)
    assert list(bench.spool.iterdir()) == []


def test_stopping_while_a_picture_is_fetched_hangs_up_and_keeps_it_for_later(
    bench: Bench, demo: Demo
) -> None:
    async def work() -> list[JobEvent]:
        events: list[JobEvent] = []

        async def consume() -> None:
            events.extend([event async for event in run_job(bench.job(), bench.tools)])

        def is_fetching() -> bool:
            return any(one["method"] == "GET" for one in demo.requests())

        task = asyncio.ensure_future(consume())
        while not await asyncio.to_thread(is_fetching):
            pass
        task.cancel()
        await asyncio.wait({task})
        return events

    demo.set_fault("drip", on="links", bytes_per_s=2000)
    job = end_of(asyncio.run(work()))
    assert (job.state, job.problem) == (
        JobState.ANSWERED,
        Problem(ProblemKind.LINK_BROKE, billed=Billed.YES),
    )
    demo.wait_for(lambda seen: seen[-1]["closed_at"] is not None)
    assert end_of(bench.run(job)).state is JobState.SAVED
    assert len(demo.posts()) == 1


@pytest.mark.parametrize(
    ("fault", "billed"),
    [
        ({"kind": "drop_after_body"}, [Billed.MAYBE]),
        ({"kind": "status", "status": 400}, [Billed.NO]),
        ({"kind": "empty"}, [Billed.YES]),
    ],
    ids=["unknown", "refused", "unreadable"],
)
def test_what_a_request_without_a_picture_cost_is_on_record(
    bench: Bench, demo: Demo, fault: dict[str, object], billed: list[Billed]
) -> None:
    details = dict(fault)
    demo.set_fault(str(details.pop("kind")), **details)
    bench.run(bench.job())
    assert [spend.billed for spend in spends(bench)] == billed


def test_what_it_cost_is_on_record_before_the_job_counts_as_saved(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_spend: Spend) -> None:
        raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))

    with monkeypatch.context() as patched:
        patched.setattr(bench.library, "record_spend", away)
        waiting = end_of(bench.run(bench.job()))
    assert (waiting.state, waiting.problem and waiting.problem.billed) == (JobState.ANSWERED, Billed.YES)
    assert end_of(bench.run(waiting)).state is JobState.SAVED
    assert [spend.delivered for spend in spends(bench)] == [1]
    assert len(bench.pictures()) == 1


def test_a_refusal_is_told_as_it_is_also_when_its_cost_cannot_be_kept(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_spend: Spend) -> None:
        raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))

    monkeypatch.setattr(bench.library, "record_spend", away)
    demo.set_fault("drop_after_body")
    job = end_of(bench.run(bench.job()))
    assert (job.state, job.problem and job.problem.kind) == (JobState.UNKNOWN, ProblemKind.CONNECTION_BROKE)
    monkeypatch.undo()
    pipeline.record_unanswered(job, bench.library)
    assert [spend.billed for spend in spends(bench)] == [Billed.MAYBE]


def test_the_bytes_in_the_library_are_those_that_came(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's file may be the spool's own: nothing writes into that one any more."""
    kept: list[tuple[bytes, int]] = []

    def look(picture: NewPicture) -> Picture:
        kept.append((picture.source.read_bytes(), picture.source.stat().st_ino))
        return add(picture)

    add = bench.library.add
    monkeypatch.setattr(bench.library, "add", look)
    bench.run(bench.job(response_format=ResponseFormat.B64_JSON))
    (path,) = bench.pictures()
    assert (path.read_bytes(), path.stat().st_nlink) == (kept[0][0], 1)
