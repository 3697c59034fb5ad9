"""What the network kept is fetched again by itself, and nothing else is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged, JobEvent, PictureSaved
from seedream_desktop.state import fetching_again
from seedream_desktop.state.fetching_again import FetchingAgain
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.tasks import TaskRunner
from tests.jobs import a_job


class Fetches:
    """In the pipeline's place: each fetch ends in the problem of its number, those after the last in none."""

    def __init__(self, *kinds: ProblemKind) -> None:
        self.kinds = kinds
        self.started: list[str] = []

    async def run(self, job: Job) -> AsyncIterator[JobEvent]:
        count = self.started.count(job.id)
        self.started.append(job.id)
        if count < len(self.kinds):
            yield JobChanged(replace(job, problem=Problem(self.kinds[count], Billed.YES)))
        else:
            yield JobChanged(replace(job, state=JobState.SAVED))


@pytest.fixture
def fetches() -> Fetches:
    return Fetches()


@pytest.fixture
def queue(qtbot: QtBot, tmp_path: Path, fetches: Fetches) -> Iterator[JobQueue]:
    journal = Journal(tmp_path / "journal.sqlite3")
    runner, chores = TaskRunner(2), TaskRunner(1)
    queue = JobQueue(lambda: journal, fetches.run, runner, chores, 2)
    FetchingAgain(queue)
    yield queue
    assert runner.close(60_000)
    assert chores.close(60_000)
    journal.close()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching_again, "FIRST_PAUSE_MS", 1)


@pytest.mark.usefixtures("at_once")
def test_it_goes_on_until_it_is_here(queue: JobQueue, fetches: Fetches, qtbot: QtBot) -> None:
    fetches.kinds = (ProblemKind.UNREACHABLE, ProblemKind.NAME_NOT_FOUND, ProblemKind.LINK_BROKE)
    queue.load((a_job(JobState.ANSWERED),))
    qtbot.waitUntil(lambda: not queue.jobs)
    assert len(fetches.started) == 4


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("kind", [ProblemKind.LINK_DENIED, ProblemKind.LIBRARY_NEWER])
def test_what_another_try_does_not_mend_waits_for_a_word(
    queue: JobQueue, fetches: Fetches, qtbot: QtBot, kind: ProblemKind
) -> None:
    fetches.kinds = (kind,)
    queue.load((a_job(JobState.ANSWERED),))
    qtbot.waitUntil(lambda: bool(queue.jobs[0].problem) and not queue.running)
    qtbot.wait(20)
    assert len(fetches.started) == 1


def test_another_answer_wakes_it(queue: JobQueue, fetches: Fetches, qtbot: QtBot) -> None:
    fetches.kinds = (ProblemKind.UNREACHABLE,)
    job = a_job(JobState.ANSWERED)
    queue.load((job,))
    qtbot.waitUntil(lambda: bool(queue.jobs[0].problem) and not queue.running)
    queue._on_event(JobChanged(a_job(JobState.ANSWERED)))
    qtbot.waitUntil(lambda: all(known.id != job.id for known in queue.jobs))
    assert fetches.started == [job.id, job.id]


DISK_KINDS = sorted(fetching_again.KEPT_BY_THE_DISK)


@pytest.mark.parametrize("kind", DISK_KINDS)
def test_what_the_disk_kept_is_tried_again_by_itself(
    queue: JobQueue, fetches: Fetches, qtbot: QtBot, at_once: None, kind: ProblemKind
) -> None:
    fetches.kinds = (kind, kind, kind)
    job = a_job(JobState.ANSWERED)
    queue._journal().add((job,))
    queue.load((job,))
    qtbot.waitUntil(lambda: not queue.jobs)
    assert len(fetches.started) == 4


def test_a_picture_that_is_saved_says_that_there_is_room_again(
    queue: JobQueue, fetches: Fetches, qtbot: QtBot
) -> None:
    fetches.kinds = (ProblemKind.DISK_FULL,)
    job = a_job(JobState.ANSWERED)
    queue._journal().add((job,))
    queue.load((job,))
    qtbot.waitUntil(lambda: not queue.running and queue.jobs[0].problem is not None)
    queue.picture_saved.emit(PictureSaved("another job", 0, None))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not queue.jobs)
    assert fetches.started == [job.id, job.id]
