"""A reference on a drive that hangs: its job says so, can be stopped, and goes on when the drive wakes up."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import GenerationRequest, Reference, SentForm
from seedream_desktop.pipeline import fitting
from seedream_desktop.pipeline.events import JobChanged
from seedream_desktop.pipeline.library_thread import LibraryThread
from seedream_desktop.pipeline.run import run_job
from seedream_desktop.pipeline.step import Tools
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at

CONTENT = b"a reference"
NAMED = Reference(hashlib.sha256(CONTENT).hexdigest(), "image/png", 64, 48, len(CONTENT), name="cat.png")


class Drive:
    """It hangs until it is woken."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def fit(self, one: Reference, _request: GenerationRequest) -> SentForm:
        assert self._woken.wait(60)
        return SentForm(one.sha256, one.media_type, one.width_px, one.height_px, one.size_bytes)

    def path(self, _reference: Reference) -> Path:
        assert self._woken.wait(60)
        return Path()

    def wake(self) -> None:
        self._woken.set()


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


@pytest.fixture
def drive(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drive]:
    drive = Drive()
    monkeypatch.setattr(bench.library, "reference_path", drive.path)
    monkeypatch.setattr(fitting, "LOOK_S", 0.02)
    yield drive
    drive.wake()


def tools(bench: Bench, drive: Drive) -> Tools:
    return replace(bench.tools, fit=drive.fit, library_thread=LibraryThread(0.05))


async def run(job: Job, tools: Tools, on_silence: Callable[[Job], None]) -> list[Job]:
    """The values of ``job`` until it was held up, and until its request is about to be sent."""
    told: list[Job] = []
    events = run_job(job, tools)
    async for event in events:
        if isinstance(event, JobChanged):
            told.append(event.job)
            if event.job.state is JobState.SENDING:
                break
            if event.job.is_held_up:
                on_silence(event.job)
    await events.aclose()  # type: ignore[attr-defined]
    return told


def test_a_job_whose_reference_hangs_says_so_and_goes_on(bench: Bench, drive: Drive) -> None:
    job = bench.job(references=(NAMED,))
    silent = Problem(ProblemKind.LIBRARY_SILENT, Billed.NO, subject=str(bench.library.root))

    def look(held_up: Job) -> None:
        assert held_up.problem == silent
        assert bench.journal.open_jobs() == (held_up,)
        drive.wake()

    told = asyncio.run(run(job, tools(bench, drive), look))
    assert [one.is_held_up for one in told] == [True, False, False]
    assert told[-1].state is JobState.SENDING
    assert told[-1].problem is None


def test_it_can_be_stopped_and_no_thread_is_waited_for(bench: Bench, drive: Drive, demo: Demo) -> None:
    job = bench.job(references=(NAMED,))

    async def stopped() -> None:
        def stop(_held_up: Job) -> None:
            task.cancel()

        task = asyncio.ensure_future(run(job, tools(bench, drive), stop))
        await task

    asyncio.run(asyncio.wait_for(stopped(), 10))
    assert [known.state for known in bench.journal.recover()] == [JobState.QUEUED]
    assert demo.posts() == []
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "library")


def test_another_job_is_not_held_up_by_it(bench: Bench, drive: Drive) -> None:
    slow, quick = bench.job(references=(NAMED,)), bench.job("3" * 32)

    async def both() -> None:
        hanging = asyncio.ensure_future(run(slow, tools(bench, drive), lambda _: None))
        try:
            told = await asyncio.wait_for(run(quick, bench.tools, lambda _: None), 10)
            assert told[-1].state is JobState.SENDING
            assert not hanging.done()
        finally:
            hanging.cancel()
            await asyncio.wait({hanging})

    asyncio.run(both())


def test_one_that_only_takes_long_is_not_called_silent(
    bench: Bench, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Reference] = []

    def there(reference: Reference) -> Path:
        looks.append(reference)
        if len(looks) == 3:
            drive.wake()
        return Path()

    monkeypatch.setattr(bench.library, "reference_path", there)
    told = asyncio.run(run(bench.job(references=(NAMED,)), tools(bench, drive), lambda _: None))
    assert not any(one.is_held_up for one in told)
