"""The computer is kept awake while something is under way, never twice, and let go of in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.state.wakefulness import Wakefulness
from seedream_desktop.tasks import TaskRunner
from tests.jobs import a_job


class Queue(QObject):
    """What is heard of a queue."""

    job_changed = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.running: tuple[Job, ...] = ()

    def show(self, *running: Job) -> None:
        """Have these jobs under way."""
        self.running = running
        for job in running:
            self.job_changed.emit(job)
        self.ended.emit()


class System:
    """Counts who keeps it awake."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.held = 0
        self.most = 0
        self.refuses = False
        self.released_s = 0.0

    def stay_awake(self, why: str) -> Callable[[], None] | None:
        self.asked.append(why)
        if self.refuses:
            return None
        self.held += 1
        self.most = max(self.most, self.held)
        return self._release

    def _release(self) -> None:
        self.held -= 1
        self.released_s = time.monotonic()


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def queue(qtbot: QtBot) -> Queue:
    return Queue()


@pytest.fixture
def watching(queue: Queue, system: System) -> Iterator[Wakefulness]:
    runner = TaskRunner(1)
    watching = Wakefulness(queue, system.stay_awake, runner)  # type: ignore[arg-type]
    watching.begin("Pictures are being made")
    yield watching
    runner.close(5000)
    watching.close()
    assert system.held == 0


HELD_UP = replace(a_job(JobState.QUEUED), problem=Problem(ProblemKind.UNREACHABLE))


@pytest.mark.parametrize("state", [JobState.SENDING, JobState.ANSWERED])
def test_what_was_sent_or_is_being_fetched_keeps_it_awake(
    watching: Wakefulness, queue: Queue, system: System, qtbot: QtBot, state: JobState
) -> None:
    queue.show(a_job(state))
    qtbot.waitUntil(lambda: system.held == 1)
    ended_s = time.monotonic()
    queue.show()
    qtbot.waitUntil(lambda: system.held == 0)
    assert system.released_s - ended_s < 1
    assert system.asked == ["Pictures are being made"]


def test_what_only_waits_lets_it_sleep(
    watching: Wakefulness, queue: Queue, system: System, qtbot: QtBot
) -> None:
    queue.show(HELD_UP, a_job(JobState.QUEUED))
    assert system.asked == []


def test_it_is_asked_once_for_any_number_of_jobs_one_after_the_other(
    watching: Wakefulness, queue: Queue, system: System, qtbot: QtBot
) -> None:
    for _ in range(5):
        queue.show(a_job(JobState.SENDING), a_job(JobState.SENDING))
        queue.show()
    queue.show(a_job(JobState.SENDING))
    qtbot.waitUntil(lambda: system.held == 1)
    assert (len(system.asked), system.most) == (1, 1)


def test_a_system_that_cannot_be_asked_is_left_alone(
    watching: Wakefulness, queue: Queue, system: System, qtbot: QtBot
) -> None:
    system.refuses = True
    queue.show(a_job(JobState.SENDING))
    qtbot.waitUntil(lambda: len(system.asked) == 1)
    queue.show()
    qtbot.waitUntil(lambda: not watching._is_wanted)
    queue.show(a_job(JobState.SENDING))
    watching._runner.drain(5000)
    assert len(system.asked) == 1


def test_at_the_end_it_is_let_go_of_at_once(
    watching: Wakefulness, queue: Queue, system: System, qtbot: QtBot
) -> None:
    queue.show(a_job(JobState.SENDING))
    qtbot.waitUntil(lambda: system.held == 1)
    watching._runner.close(5000)
    watching.close()
    assert system.held == 0
