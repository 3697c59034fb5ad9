"""Who wants to lose a paid picture, or to have it paid twice: crashes, full disks, stops in bad moments."""

from __future__ import annotations

import asyncio
import functools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import ResponseFormat
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.library.values import Picture
from seedream_desktop.pipeline import asking, facts
from seedream_desktop.pipeline.events import JobChanged, JobEvent
from seedream_desktop.pipeline.run import run_job
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of, spends


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


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
    monkeypatch.setattr(asking, "JOURNAL_AGAIN_S", 0.0)
    events = bench.run(bench.job())
    told = [event.job.problem for event in events if isinstance(event, JobChanged) and event.job.problem]
    assert set(told) == {Problem(ProblemKind.DISK_FULL, billed=Billed.YES)}
    assert end_of(events).state is JobState.SAVED
    assert len(demo.posts()) == len(bench.pictures()) == 1


def test_whoever_stops_waiting_while_the_journal_is_full_gets_the_answer_all_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_answer = bench.journal.store_answer

    def full(_job: Job, _answer: Answer) -> None:
        asyncio.get_running_loop().call_soon(tasks[0].cancel)  # lands in the pause before the next try
        monkeypatch.setattr(bench.journal, "store_answer", store_answer)
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    monkeypatch.setattr(bench.journal, "store_answer", full)
    tasks: list[asyncio.Task[None]] = []
    events: list[JobEvent] = []

    async def consume() -> None:
        events.extend([event async for event in run_job(bench.job(), bench.tools)])

    async def work() -> None:
        tasks.append(asyncio.ensure_future(consume()))
        await asyncio.wait(tasks)

    asyncio.run(work())
    assert end_of(events).state is JobState.SAVED
    assert len(bench.pictures()) == 1


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
    facts.record_unanswered(job, bench.library)
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


class _Offline:
    """A client that is answered, but whose links lead nowhere."""

    def __init__(self, inner: Client) -> None:
        self.generate = inner.generate

    async def download(self, *_: object) -> None:
        raise ProblemError(Problem(ProblemKind.UNREACHABLE))


def waiting_for_its_link(bench: Bench) -> Job:
    """A job that was answered, and whose picture could not be fetched."""
    tools = replace(bench.tools, client=_Offline(bench.tools.client))  # type: ignore[arg-type]
    return end_of(bench.run(bench.job(), tools))


def test_a_job_knows_when_the_first_link_dies_until_its_picture_is_in_the_spool(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = waiting_for_its_link(bench)
    answer = bench.journal.answer(waiting.id)
    assert answer is not None
    assert waiting.links_die_ms == answer.pictures[0].expires_ms is not None
    assert waiting.tried_ms is not None

    def away(_picture: NewPicture) -> Picture:
        raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))

    with monkeypatch.context() as patched:
        patched.setattr(bench.library, "add", away)
        safe = end_of(bench.run(waiting))
    assert (safe.state, safe.links_die_ms) == (JobState.ANSWERED, None)
    assert end_of(bench.run(safe)).is_settled


def test_a_spool_that_was_emptied_is_made_again_while_the_links_live(bench: Bench) -> None:
    waiting = waiting_for_its_link(bench)
    shutil.rmtree(bench.spool)
    assert end_of(bench.run(waiting)).is_settled


def test_a_spool_that_cannot_be_written_is_not_taken_for_a_library_that_is_away(bench: Bench) -> None:
    waiting = waiting_for_its_link(bench)
    shutil.rmtree(bench.spool)
    bench.spool.write_bytes(b"in the way")
    job = end_of(bench.run(waiting))
    assert job.problem is not None
    assert (job.state, job.problem.kind) == (JobState.ANSWERED, ProblemKind.FOLDER_NOT_WRITABLE)


def test_a_journal_that_fills_up_after_a_picture_is_saved_does_not_ask_for_it_again(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its link and its place in the spool are gone: a job that did not know of it could never end."""

    def full(job: Job) -> None:
        if job.state is JobState.SAVED or job.problem is not None:
            raise ProblemError(Problem(ProblemKind.DISK_FULL))
        store(job)

    async def follow() -> None:
        async for event in run_job(bench.job(), bench.tools):
            seen.append(event)

    store, seen = bench.journal.store, list[JobEvent]()
    monkeypatch.setattr(bench.journal, "store", full)
    with pytest.raises(ProblemError):
        asyncio.run(follow())
    monkeypatch.undo()
    job = [event.job for event in seen if isinstance(event, JobChanged)][-1]
    assert (job.state, len(job.saved)) == (JobState.ANSWERED, 1)
    assert end_of(bench.run(job)).is_settled
    assert len(bench.pictures()) == len(demo.posts()) == 1


@pytest.mark.parametrize("row", ["[", "[" * 100_000, '{"pictures": 7}'], ids=["cut", "deep", "no answer"])
@pytest.mark.parametrize("table", ["answers", "links"])
def test_an_answer_that_nobody_can_read_ends_its_job_as_paid_and_lost(
    bench: Bench, row: str, table: str, demo: Demo
) -> None:
    job = waiting_for_its_link(bench)
    column = "answer" if table == "answers" else "url"
    bench.journal._connection.execute(f"UPDATE {table} SET {column} = ?", (row,))
    (bench.spool / job.id).mkdir(exist_ok=True)
    (bench.spool / job.id / "picture-0.bin").write_bytes(b"paid for")
    lost = end_of(bench.run(job))
    assert lost.problem == Problem(ProblemKind.ANSWER_UNREADABLE, billed=Billed.YES)
    assert (lost.state, lost.links_die_ms, lost.kept) == (JobState.FAILED, None, ("picture-0.bin",))
    assert lost.ended_ms is not None
    assert bench.journal.open_jobs() == (lost,)
    assert [(spend.job_id, spend.billed, spend.delivered) for spend in spends(bench)] == [
        (job.id, Billed.YES, 0)
    ]
    assert len(demo.posts()) == 1


def test_what_a_lost_answer_cost_is_on_record_before_its_job_is_over(bench: Bench) -> None:
    job = waiting_for_its_link(bench)
    bench.journal._connection.execute("UPDATE answers SET answer = '['")
    away = replace(bench.tools, library=lambda _: None)
    held_up = end_of(bench.run(job, away))
    assert held_up.problem == Problem(ProblemKind.LIBRARY_AWAY, billed=Billed.YES)
    assert held_up.state is JobState.ANSWERED
    assert end_of(bench.run(held_up)).state is JobState.FAILED
    assert len(spends(bench)) == 1
