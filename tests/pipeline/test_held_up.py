"""While a request waits nothing is under way, and the journal says so, whatever becomes of the process."""

from __future__ import annotations

import asyncio
import base64
import io
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.pipeline.events import JobChanged, JobEvent, Progress
from seedream_desktop.pipeline.facts import record_unanswered
from seedream_desktop.pipeline.run import run_job
from seedream_desktop.pipeline.step import PUT_BACK
from tests.api.fault_server import FaultServer, answers
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of, spends, states

AWAY = Problem(ProblemKind.UNREACHABLE, subject="api.example.com")
DAY_MS = 86_400_000
LIMITED = Problem(ProblemKind.RATE_LIMITED, status=429, limit=8.0)
HELD = Sending(0, 100, waiting_s=8.0, problem=LIMITED)
BEGINS = Sending(0, 100)


class Told:
    """In the client's place: reports what it is told to, and notes what stands in the journal after each."""

    def __init__(self, bench: Bench, *reports: Sending) -> None:
        self.journalled: list[tuple[JobState, Problem | None]] = []
        self._bench, self._reports = bench, reports

    async def generate(
        self, request: object, job_id: str, spool: Path, progress: Callable[[Sending], None]
    ) -> Answer:
        for report in self._reports:
            progress(report)
            (job,) = self._bench.journal.open_jobs()
            self.journalled.append((job.state, job.problem))
            await asyncio.sleep(0)
        if self._reports[-1].waiting_s is not None:
            await asyncio.Event().wait()
        refused = AnsweredPicture(0, problem=Problem(ProblemKind.RESULT_REFUSED))
        return Answer((refused,), generated_images=0)


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def run_with(
    bench: Bench,
    told: Told | Client,
    stop_at: Callable[[JobEvent], bool] = lambda _: False,
    reason: str = "",
) -> list[JobEvent]:
    """Run a job with ``told`` as the client; it is cancelled at an event, for a reason."""
    tools = replace(bench.tools, client=told)  # type: ignore[arg-type]
    events: list[JobEvent] = []

    async def consume(run: AsyncIterator[JobEvent]) -> None:
        async for event in run:
            events.append(event)
            if stop_at(event):
                asyncio.get_running_loop().call_soon(task.cancel, reason)

    async def work() -> None:
        await asyncio.wait({task})

    loop = asyncio.new_event_loop()
    task = loop.create_task(consume(run_job(bench.job(), tools)))
    loop.run_until_complete(work())
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    return events


def is_waiting(event: JobEvent) -> bool:
    return isinstance(event, Progress) and event.sending.waiting_s is not None


def test_what_waits_stands_as_queued_and_what_goes_as_sending_before_it_goes(bench: Bench) -> None:
    away = Sending(0, 100, waiting_s=1.0, problem=AWAY)
    told = Told(bench, BEGINS, HELD, BEGINS, away, BEGINS, Sending(0, 100, body_complete=True))
    run_with(bench, told)
    assert told.journalled == [
        (JobState.SENDING, None),
        (JobState.QUEUED, LIMITED),
        (JobState.SENDING, None),
        (JobState.QUEUED, AWAY),
        (JobState.SENDING, None),
        (JobState.SENDING, None),
    ]


def test_a_process_that_ends_while_a_job_waits_leaves_it_queued(bench: Bench) -> None:
    run_with(bench, Told(bench, BEGINS, HELD), is_waiting)
    (job,) = bench.journal.recover()
    assert (job.state, job.problem) == (JobState.QUEUED, LIMITED)


def test_stopping_what_waits_ends_with_what_stands_in_the_journal(bench: Bench) -> None:
    events = run_with(bench, Told(bench, BEGINS, HELD), is_waiting)
    job = end_of(events)
    assert job.is_held_up
    assert job.sending_ms is None


def test_a_job_that_is_to_be_put_back_is_left_alone_once_it_goes_out(bench: Bench) -> None:
    class Going(Told):
        async def generate(self, *arguments: object, **_: object) -> Answer:
            progress = arguments[3]
            assert callable(progress)
            progress(HELD)
            await asyncio.sleep(0.02)  # it is told, and paused upon that
            progress(BEGINS)
            progress(Sending(0, 100, body_complete=True))
            await asyncio.sleep(0.02)
            return Answer((AnsweredPicture(0, problem=Problem(ProblemKind.RESULT_REFUSED)),))

    def goes_out(event: JobEvent) -> bool:
        return isinstance(event, Progress) and event.sending.body_complete

    events = run_with(bench, Going(bench), goes_out, PUT_BACK)
    told = [event.job.state for event in events if isinstance(event, JobChanged)]
    assert told == [
        JobState.SENDING,
        JobState.QUEUED,
        JobState.SENDING,
        JobState.SENDING,  # said again
        JobState.ANSWERED,
        JobState.FAILED,
    ]


def test_a_job_that_still_waits_is_put_back(bench: Bench) -> None:
    events = run_with(bench, Told(bench, BEGINS, HELD), is_waiting, PUT_BACK)
    assert end_of(events).is_held_up


def test_a_pause_that_is_counted_down_is_entered_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[JobState] = []
    store = bench.journal.store

    def note(job: Job) -> None:
        stored.append(job.state)
        store(job)

    monkeypatch.setattr(bench.journal, "store", note)
    ticks = [replace(HELD, waiting_s=float(left_s)) for left_s in (3, 2, 1)]
    run_with(bench, Told(bench, *ticks, BEGINS, Sending(0, 100, body_complete=True)))
    assert stored[:4] == [JobState.SENDING, JobState.QUEUED, JobState.SENDING, JobState.FAILED]


def test_of_a_burst_every_change_is_told_and_of_progress_the_last(bench: Bench) -> None:
    class Hasty(Told):
        async def generate(self, *arguments: object, **_: object) -> Answer:
            progress = arguments[3]
            assert callable(progress)
            for report in (BEGINS, HELD, replace(HELD, waiting_s=7.0), BEGINS):
                progress(report)
            await asyncio.sleep(0.05)
            return Answer((AnsweredPicture(0, problem=Problem(ProblemKind.RESULT_REFUSED)),))

    events = run_with(bench, Hasty(bench))
    told = [
        event.job.state if isinstance(event, JobChanged) else event.sending.waiting_s
        for event in events
        if isinstance(event, JobChanged | Progress)
    ]
    assert told[:7] == [
        JobState.SENDING,
        None,
        JobState.QUEUED,
        7.0,
        JobState.SENDING,
        None,
        JobState.ANSWERED,
    ]


def test_a_job_goes_on_by_itself_when_the_network_is_back(bench: Bench, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(picture, "PNG")
    answer = answers({"data": [{"b64_json": base64.b64encode(picture.getvalue()).decode()}]})
    hasty = Limits(backoff_s=0.01, network_wait_s=0.02)
    client = Client(f"http://127.0.0.1:{port}/v1", lambda: "key", bench.library.reference_path, hasty)
    with ExitStack() as stack:
        back: list[FaultServer] = []

        def come_back(event: JobEvent) -> bool:
            if is_waiting(event) and not back:
                back.append(stack.enter_context(FaultServer(answer, port=port)))
            return False

        events = run_with(bench, client, come_back)
    assert states(events) == [JobState.SENDING, JobState.QUEUED, JobState.ANSWERED, JobState.SAVED]
    assert len(back[0].requests) == 1


def test_what_waits_to_be_sent_has_cost_nothing_yet(bench: Bench) -> None:
    refused = replace(bench.job(), problem=LIMITED)
    record_unanswered(refused, bench.library)
    assert spends(bench) == []
    record_unanswered(replace(refused, state=JobState.FAILED), bench.library)
    assert [spend.billed for spend in spends(bench)] == [Billed.NO]


@pytest.mark.parametrize(
    ("lives_ms", "state", "kind"),
    [
        (3_600_000, JobState.ANSWERED, ProblemKind.ADDRESS_NOT_ALLOWED),
        (-2 * DAY_MS, JobState.ANSWERED, ProblemKind.ADDRESS_NOT_ALLOWED),  # the clock may be wrong
        (-8 * DAY_MS, JobState.FAILED, ProblemKind.LINK_EXPIRED),
    ],
)
def test_a_link_that_a_strange_network_leads_astray_is_not_given_up_while_it_lives(
    bench: Bench, lives_ms: int, state: JobState, kind: ProblemKind
) -> None:
    class Astray:
        async def generate(self, *_: object) -> Answer:
            link = AnsweredPicture(0, "https://pictures.example/a", expires_ms=now_ms() + lives_ms)
            return Answer((link,), generated_images=1)

        async def download(self, *_: object) -> None:
            raise ProblemError(Problem(ProblemKind.ADDRESS_NOT_ALLOWED, subject="pictures.example"))

    tools = replace(bench.tools, client=Astray())  # type: ignore[arg-type]
    job = end_of(bench.run(bench.job(), tools))
    assert job.problem is not None
    assert (job.state, job.problem.kind, job.problem.billed) == (state, kind, Billed.YES)
