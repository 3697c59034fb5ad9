"""What is stopped to be sent later, step by step: the journal's thread, the pool and the designer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.job import JobState, now_ms
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged, Progress
from seedream_desktop.pipeline.step import PUT_BACK, UNLESS_SENT
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.spending_limit import Today
from seedream_desktop.tasks import TaskRunner
from tests.state.scripted_queue import AWAY, press_of
from tests.state.test_queue_machine import Chores, Run, Runs


class Steps:
    """A queue of which everything happens when a test says so."""

    def __init__(self, path: Path) -> None:
        self.journal = Journal(path)
        self.chores, self.pool = Chores(), Runs()
        runner, chores = cast("TaskRunner", self.pool), cast("TaskRunner", self.chores)
        self.queue = JobQueue(lambda: self.journal, self.pool.note, runner, chores, 2)

    def held_up(self) -> Run:
        """A job that waits for the network."""
        self.press()
        run = self.pool.runs[-1]
        self.enter(run, JobState.SENDING)
        return self.wait(run)

    def press(self) -> None:
        self.queue._last_press_s = -1.0
        self.queue.press(press_of())
        self.do_chores()

    def enter(self, run: Run, state: JobState, **changes: object) -> None:
        run.job = replace(run.job, state=state, **changes)  # type: ignore[arg-type]
        self.journal.store(run.job)
        run.tell(JobChanged(run.job))

    def wait(self, run: Run) -> Run:
        self.enter(run, JobState.QUEUED, problem=AWAY)
        run.tell(Progress(run.job.id, Sending(0, 9, waiting_s=8.0, problem=AWAY)))
        return run

    def end(self, run: Run) -> None:
        self.pool.runs.remove(run)
        run.end(None)

    def do_chores(self) -> None:
        while self.chores.calls:
            self.chores.do_one()


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Steps]:
    steps = Steps(tmp_path / "journal.sqlite3")
    yield steps
    steps.journal.close()


def test_what_was_put_back_goes_on_only_once_the_journal_says_that_it_waits(steps: Steps) -> None:
    """A late entry would make what is being sent a job that waits, and a crash then have it sent twice."""
    run = steps.held_up()
    steps.queue.pause()
    steps.queue.resume()
    steps.end(run)
    assert steps.pool.runs == []
    steps.do_chores()
    (again,) = steps.pool.runs
    steps.enter(again, JobState.SENDING)
    steps.do_chores()
    assert [job.state for job in steps.journal.recover()] == [JobState.UNKNOWN]


def test_a_pause_does_not_put_back_what_was_cancelled(steps: Steps) -> None:
    run = steps.held_up()
    steps.queue.cancel(run.job.id)
    steps.queue.pause()
    assert run.reasons == [UNLESS_SENT]
    steps.end(run)
    steps.do_chores()
    assert steps.queue.jobs == steps.journal.open_jobs() == ()


def test_what_was_cancelled_as_it_went_out_is_not_sent_a_second_time(steps: Steps) -> None:
    """It was on its way already, was refused for now and would be sent again: that still costs nothing."""
    steps.press()
    (run,) = steps.pool.runs
    steps.enter(run, JobState.SENDING)
    steps.queue.cancel(run.job.id)
    run.tell(Progress(run.job.id, Sending(9, 9, body_complete=True)))
    assert run.reasons == [UNLESS_SENT]
    steps.wait(run)
    assert run.reasons == [UNLESS_SENT, UNLESS_SENT]
    steps.queue.pause()
    steps.end(run)
    steps.do_chores()
    assert steps.queue.jobs == steps.journal.open_jobs() == ()


def test_a_pause_puts_back_each_that_waits_once(steps: Steps) -> None:
    run = steps.held_up()
    steps.queue.pause()
    assert run.reasons == [PUT_BACK]
    steps.end(run)
    steps.do_chores()
    assert [job.id for job in steps.queue.waiting] == [run.job.id]


def test_what_was_answered_since_the_day_was_added_up_counts(steps: Steps) -> None:
    steps.press()
    (run,) = steps.pool.runs
    today = Today("2026-11-22", now_ms() - 1000, {})
    sent_ms = now_ms()
    steps.enter(run, JobState.SENDING, sending_ms=sent_ms)
    steps.enter(run, JobState.ANSWERED)
    assert steps.queue._may_cost_today(steps.queue.jobs[0], today)
    of_yesterday = replace(run.job, sending_ms=today.since_ms - 1)
    assert not steps.queue._may_cost_today(of_yesterday, today)
