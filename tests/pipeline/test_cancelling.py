"""Cancelling only as long as that costs nothing, tried on the real way of a request at every point of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import GenerationRequest, Reference, SentForm
from seedream_desktop.pipeline.events import JobChanged, JobEvent, Progress
from seedream_desktop.pipeline.run import run_job
from seedream_desktop.pipeline.step import UNLESS_SENT, Tools
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of, states

Moment = Callable[[JobEvent], bool]


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def cancelled_at(moment: Moment, job: Job, tools: Tools) -> list[JobEvent]:
    """Run a job that is cancelled once, in a moment, unless it has been sent by then."""

    async def work() -> list[JobEvent]:
        events: list[JobEvent] = []

        async def consume() -> None:
            async for event in run_job(job, tools):
                is_first = not any(map(moment, events))
                events.append(event)
                if moment(event) and is_first:
                    asyncio.get_running_loop().call_soon(task.cancel, UNLESS_SENT)

        task = asyncio.ensure_future(consume())
        await asyncio.wait({task})
        return events

    return asyncio.run(work())


def is_sending(event: JobEvent) -> bool:
    return isinstance(event, JobChanged) and event.job.state is JobState.SENDING


def is_sent(event: JobEvent) -> bool:
    return isinstance(event, Progress) and event.sending.body_complete


def is_waiting(event: JobEvent) -> bool:
    return isinstance(event, Progress) and event.sending.waiting_s is not None


def test_before_the_body_it_is_cancelled_and_the_server_has_seen_nothing(bench: Bench, demo: Demo) -> None:
    job = end_of(cancelled_at(is_sending, bench.job(), bench.tools))
    assert (job.state, job.problem) == (JobState.CANCELLED, None)
    assert demo.posts() == []
    assert bench.journal.open_jobs() == ()


def test_after_the_body_it_goes_on_to_its_picture(bench: Bench, demo: Demo) -> None:
    demo.set_delay(0.3)
    events = cancelled_at(is_sent, bench.job(), bench.tools)
    assert states(events) == [JobState.SENDING, JobState.ANSWERED, JobState.SAVED]
    assert len(demo.posts()) == len(bench.pictures()) == 1


def test_while_it_waits_for_the_network_it_stops_and_stands_as_queued(bench: Bench, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        base_url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    away = Client(base_url, lambda: "key", lambda _: tmp_path)
    events = cancelled_at(is_waiting, bench.job(), replace(bench.tools, client=away))
    assert end_of(events).is_held_up
    assert [one.state for one in bench.journal.open_jobs()] == [JobState.QUEUED]


def test_while_its_references_are_made_fit_it_stays_queued(bench: Bench, demo: Demo) -> None:
    async def work() -> None:
        def slow(_reference: Reference, _request: GenerationRequest) -> SentForm:
            loop.call_soon_threadsafe(task.cancel, UNLESS_SENT)
            return SentForm("ab" * 32, "image/png", 10, 10, 10, ())

        async def consume() -> None:
            tools = replace(bench.tools, fit=slow)
            events.extend([event async for event in run_job(job, tools)])

        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(consume())
        await asyncio.wait({task})

    events: list[JobEvent] = []
    job = bench.job(references=(Reference("ab" * 32, "image/png", 10, 10, 10, "a.png"),))
    asyncio.run(work())
    assert [one.state for one in bench.journal.open_jobs()] == [JobState.QUEUED]
    assert demo.posts() == []


def test_every_report_of_a_body_that_is_on_its_way_is_one_at_which_it_is_still_free(bench: Bench) -> None:
    """So that whoever cancels upon it never leaves a request of unknown outcome."""
    job = end_of(cancelled_at(lambda event: isinstance(event, Progress), bench.job(), bench.tools))
    assert job.state in {JobState.CANCELLED, JobState.SAVED}
