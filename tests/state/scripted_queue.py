"""A queue whose jobs do what a test says, in the pipeline's place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from seedream_desktop.generation.asking import Asked
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged, JobEvent
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.pressing import Press

AWAY = Problem(ProblemKind.UNREACHABLE, subject="api.example.com")


class Script:
    """Plays the part of the pipeline: each job waits until the test lets it end in some state."""

    is_held_up = False  # what starts waits for the network

    def __init__(self, journal: Journal) -> None:
        self.started: list[str] = []
        self.endings: dict[str, Callable[[Job], Job]] = {}
        self._journal = journal

    async def run(self, job: Job) -> AsyncIterator[JobEvent]:
        self.started.append(job.id)
        sending = replace(job, state=JobState.SENDING)
        self._journal.store(sending)
        yield JobChanged(sending)
        if self.is_held_up:
            sending = replace(sending, state=JobState.QUEUED, problem=AWAY)
            self._journal.store(sending)
            yield JobChanged(sending)
        try:
            while job.id not in self.endings:  # noqa: ASYNC110 - the test lets go from another thread
                await asyncio.sleep(0.001)
            ended = self.endings[job.id](sending)
        except asyncio.CancelledError:
            ended = sending if sending.is_held_up else replace(sending, state=JobState.CANCELLED)
        self._journal.store(ended)
        yield JobChanged(ended)


def press_of(count: int = 1, prompt: str = "a cat") -> Press:
    request = GenerationRequest("m", prompt, None)
    return Press((Asked(request, Recipe(prompt=prompt)),) * count, "library", "board", "Inbox")


def saved(job: Job) -> Job:
    return replace(job, state=JobState.SAVED)


def failed(kind: ProblemKind) -> Callable[[Job], Job]:
    problem = Problem(kind)
    return lambda job: replace(job, state=JobState.FAILED, problem=problem)


def loaded(queue: JobQueue, state: JobState, problem: Problem | None = None) -> Job:
    """A job of an earlier run."""
    request = GenerationRequest("m", "a", None)
    job = Job("1" * 32, "p", 0, 1, request, Recipe(), "l", "b", "Inbox", state=state, problem=problem)
    queue.load((job,))
    return job
