"""Why the queue pauses is known, survives a restart, and ends with what it held back."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import DayFigures, Pause, PauseReason
from seedream_desktop.journal import Journal
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.pausing import pause_after, pause_at_start
from tests.jobs import a_job
from tests.state.scripted_queue import Script, failed, press_of

BY_HAND, RESTARTED = Pause(PauseReason.BY_HAND), Pause(PauseReason.RESTARTED)
REFUSED = Pause(PauseReason.PROBLEM, Problem(ProblemKind.KEY_REFUSED))
TODAY = time.strftime("%Y-%m-%d")
LIMITED = Pause(PauseReason.DAILY_LIMIT, figures=DayFigures(TODAY, 1.0, 0.9, 0.1, 0.04))


@pytest.mark.parametrize("entered", [None, BY_HAND, REFUSED, LIMITED, Pause(PauseReason.ENDING)])
@pytest.mark.parametrize("is_waiting", [False, True])
def test_a_queue_with_something_waiting_never_starts_by_itself(
    entered: Pause | None, is_waiting: bool
) -> None:
    pause = pause_at_start(entered, TODAY, is_waiting=is_waiting)
    assert (pause is not None) is (is_waiting or entered == BY_HAND)
    if is_waiting and entered in (BY_HAND, REFUSED, LIMITED):
        assert pause == entered


def test_yesterdays_limit_holds_nothing_today() -> None:
    assert pause_at_start(LIMITED, "2001-01-01", is_waiting=True) == RESTARTED


@pytest.mark.parametrize(
    ("kind", "state", "pauses"),
    [
        (ProblemKind.QUOTA_SPENT, JobState.FAILED, True),
        (ProblemKind.KEY_REFUSED, JobState.FAILED, True),
        (ProblemKind.DISK_FULL, JobState.UNKNOWN, True),
        (ProblemKind.DISK_FULL, JobState.ANSWERED, True),
        (ProblemKind.FOLDER_NOT_WRITABLE, JobState.FAILED, True),
        (ProblemKind.FOLDER_NOT_WRITABLE, JobState.ANSWERED, False),
        (ProblemKind.PROMPT_REFUSED, JobState.FAILED, False),
        (ProblemKind.SERVER_FAULT, JobState.UNKNOWN, False),
    ],
)
def test_only_what_ends_the_next_one_the_same_way_pauses(
    kind: ProblemKind, state: JobState, pauses: bool
) -> None:
    pause = pause_after(replace(a_job(state), problem=Problem(kind)))
    assert (pause is not None) is pauses


def test_a_refused_key_is_the_reason_and_is_kept(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    jobs = queue.press(press_of(4))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    script.endings[jobs[0].id] = failed(ProblemKind.KEY_REFUSED)
    qtbot.waitUntil(lambda: queue.held_by == REFUSED)
    qtbot.waitUntil(lambda: journal.held_by() == REFUSED)
    queue.resume()
    assert queue.held_by is None
    qtbot.waitUntil(lambda: journal.held_by() is None)


def test_a_full_disk_pauses_and_burns_nothing_more(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    def full(_job: Job) -> Job:
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    jobs = queue.press(press_of(6))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    script.endings = {job.id: full for job in jobs[:2]}
    qtbot.waitUntil(lambda: not queue.running)
    assert len(queue.waiting) == 4
    assert queue.held_by == Pause(PauseReason.PROBLEM, Problem(ProblemKind.DISK_FULL, Billed.MAYBE))


def test_a_pause_by_hand_outlasts_what_waits_and_others_do_not(queue: JobQueue, journal: Journal) -> None:
    for pause in (BY_HAND, REFUSED, LIMITED, RESTARTED):
        job = a_job()
        journal.add((job,))
        queue.load((job,), None if pause == RESTARTED else pause)
        assert queue.held_by == pause
        queue.cancel_waiting(job.press_id)
        assert queue.held_by == (BY_HAND if pause == BY_HAND else None)
        queue.resume()


def test_a_pause_for_the_end_is_not_remembered(queue: JobQueue, journal: Journal, qtbot: QtBot) -> None:
    queue.pause_until_end()
    assert queue.is_paused
    queue.press(press_of())
    qtbot.waitUntil(lambda: len(journal.open_jobs()) == 1)
    assert journal.held_by() is None


def test_a_second_reason_does_not_hide_the_first(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    jobs = queue.press(press_of(3))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    queue.pause()
    script.endings[jobs[0].id] = failed(ProblemKind.KEY_REFUSED)
    qtbot.waitUntil(lambda: len(queue.running) == 1)
    assert queue.held_by == BY_HAND
