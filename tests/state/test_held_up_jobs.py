"""What waits to be sent is under way without a risk: cancelled, paused and found again as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged
from seedream_desktop.state.job_queue import JobQueue
from tests.state.scripted_queue import AWAY, Script, failed, loaded, press_of, saved


def held_up(queue: JobQueue, script: Script, qtbot: QtBot, count: int = 1) -> tuple[Job, ...]:
    script.is_held_up = True
    jobs = queue.press(press_of(count))
    qtbot.waitUntil(lambda: all(job.is_held_up for job in queue.running) and bool(queue.running))
    return jobs


def test_what_is_held_up_is_under_way_but_cannot_be_billed(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    held_up(queue, script, qtbot)
    assert len(queue.running) == 1
    assert (queue.waiting, queue.may_be_billed()) == ((), ())


def test_cancelling_what_is_held_up_frees_it_at_once(
    queue: JobQueue, script: Script, journal: Journal, qtbot: QtBot
) -> None:
    (job,) = held_up(queue, script, qtbot)
    queue.cancel(job.id)
    qtbot.waitUntil(lambda: not queue.running and not queue.jobs)
    qtbot.waitUntil(lambda: journal.open_jobs() == ())


def test_pausing_puts_back_what_is_held_up_and_resuming_goes_on_in_the_same_order(
    queue: JobQueue, script: Script, journal: Journal, qtbot: QtBot
) -> None:
    jobs = held_up(queue, script, qtbot, 3)
    queue.pause()
    qtbot.waitUntil(lambda: not queue.running)
    assert [job.id for job in queue.waiting] == [job.id for job in jobs]
    assert all(job.problem is None for job in queue.waiting)
    qtbot.waitUntil(lambda: all(job.problem is None for job in journal.open_jobs()))
    script.is_held_up = False
    script.endings.update((job.id, saved) for job in jobs)
    queue.resume()
    qtbot.waitUntil(lambda: not queue.jobs)
    assert set(script.started[2:4]) == {job.id for job in jobs[:2]}  # these two at once
    assert script.started[4:] == [jobs[2].id]


def test_what_is_put_back_can_still_be_cancelled(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    (job,) = held_up(queue, script, qtbot)
    queue.pause()
    queue.cancel(job.id)
    qtbot.waitUntil(lambda: not queue.jobs)


def test_a_spent_quota_puts_back_what_is_held_up(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    first, second = queue.press(press_of(2))
    qtbot.waitUntil(lambda: [job.state for job in queue.running] == [JobState.SENDING] * 2)
    queue._on_event(JobChanged(replace(second, state=JobState.QUEUED, problem=AWAY)))
    script.endings[first.id] = failed(ProblemKind.QUOTA_SPENT)
    qtbot.waitUntil(lambda: queue.is_paused and not queue.running)
    assert [job.id for job in queue.waiting] == [second.id]


@pytest.mark.parametrize(
    "kind", [ProblemKind.PROXY_UNUSABLE, ProblemKind.CERTIFICATE_REFUSED, ProblemKind.SIGN_IN_NEEDED]
)
def test_what_stops_every_request_pauses_the_queue(
    queue: JobQueue, script: Script, qtbot: QtBot, kind: ProblemKind
) -> None:
    jobs = queue.press(press_of(3))
    script.endings[jobs[0].id] = failed(kind)
    qtbot.waitUntil(lambda: queue.is_paused)


def test_what_was_held_up_when_the_process_ended_just_waits(queue: JobQueue) -> None:
    loaded(queue, JobState.QUEUED, AWAY)
    assert [job.problem for job in queue.waiting] == [None]
