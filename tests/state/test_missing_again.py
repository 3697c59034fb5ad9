"""What came in part stays until it is decided, and what is missing is asked for again in one request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.asking import Asked
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged, JobEvent
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.pressing import Press
from seedream_desktop.tasks import TaskRunner

REQUEST = GenerationRequest("m", "a set", None, images_in_set=4)


class InPart:
    """In the pipeline's place: the first set misses the pictures of these indexes, the next ones none."""

    def __init__(self, journal: Journal) -> None:
        self.indexes: tuple[int, ...] = ()
        self._journal = journal

    async def run(self, job: Job) -> AsyncIterator[JobEvent]:
        problem = Problem(ProblemKind.RESULT_REFUSED)
        missing = tuple(MissingPicture(index, problem) for index in self.indexes)
        self.indexes = ()
        saved = replace(job, state=JobState.SAVED, saved=("a",), missing=missing)
        self._journal.store(saved)
        yield JobChanged(saved)


@pytest.fixture
def in_part(journal: Journal) -> InPart:
    return InPart(journal)


@pytest.fixture
def queue(qtbot: QtBot, journal: Journal, in_part: InPart) -> Iterator[JobQueue]:
    runner, chores = TaskRunner(1), TaskRunner(1)
    yield JobQueue(lambda: journal, in_part.run, runner, chores, 1)
    assert runner.close(60_000)
    assert chores.close(60_000)


def came_in_part(queue: JobQueue, in_part: InPart, qtbot: QtBot, *indexes: int) -> Job:
    in_part.indexes = indexes
    with qtbot.waitSignal(queue.idle):
        queue.press(Press((Asked(REQUEST, Recipe()),), "library", "board", "Inbox"))
    (job,) = queue.jobs
    return job


def test_it_stays_until_each_missing_picture_is_dismissed(
    queue: JobQueue, journal: Journal, in_part: InPart, qtbot: QtBot
) -> None:
    job = came_in_part(queue, in_part, qtbot, 1, 3)
    queue.dismiss_missing(job.id, 1)
    assert [one.index for one in queue.jobs[0].missing] == [3]
    qtbot.waitUntil(lambda: len(journal.open_jobs()[0].missing) == 1)
    queue.dismiss_missing(job.id, 3)
    assert queue.jobs == ()
    qtbot.waitUntil(lambda: journal.open_jobs() == ())


def test_all_that_are_missing_are_asked_for_in_one_request(
    queue: JobQueue, journal: Journal, in_part: InPart, qtbot: QtBot
) -> None:
    job = came_in_part(queue, in_part, qtbot, 0, 1, 3)
    with qtbot.waitSignal(queue.idle):
        queue.retry(job.id)
        (again,) = queue.jobs
    assert again.request == replace(REQUEST, images_in_set=3)
    assert (again.board_id, again.missing, again.saved) == (job.board_id, (), ())
    assert queue.jobs == ()
    qtbot.waitUntil(lambda: journal.open_jobs() == ())


def test_it_is_still_there_after_a_restart(
    queue: JobQueue, journal: Journal, in_part: InPart, qtbot: QtBot
) -> None:
    job = came_in_part(queue, in_part, qtbot, 2)
    assert journal.recover() == (job,)
