"""The queue: journal first, so many at once, cancel at any time, no press twice, restart waits for a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged
from seedream_desktop.state import job_queue
from seedream_desktop.state.job_queue import JobQueue
from tests.state.scripted_queue import Script, failed, loaded, press_of, saved


@pytest.fixture
def press_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let presses follow each other at once."""
    monkeypatch.setattr(job_queue, "TWO_PRESSES_ARE_ONE_S", 0.0)


def test_a_job_is_in_the_journal_before_it_starts(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    (job,) = queue.press(press_of())
    assert script.started == []
    qtbot.waitUntil(lambda: script.started == [job.id])
    assert [known.id for known in journal.open_jobs()] == [job.id]


def test_no_more_start_than_may(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    jobs = queue.press(press_of(4))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    assert [job.id for job in queue.waiting] == [job.id for job in jobs[2:]]
    script.endings[jobs[0].id] = saved
    qtbot.waitUntil(lambda: len(script.started) == 3)
    assert set(script.started) == {job.id for job in jobs[:3]}  # two threads may begin in any order


def test_two_presses_within_half_a_second_are_one(queue: JobQueue) -> None:
    assert len(queue.press(press_of())) == 1
    assert queue.press(press_of()) == ()
    assert len(queue.jobs) == 1


def test_the_jobs_of_a_press_share_its_id_and_stand_in_order(queue: JobQueue) -> None:
    jobs = queue.press(press_of(3))
    assert len({job.press_id for job in jobs}) == 1
    assert [(job.press_index, job.press_count) for job in queue.jobs] == [(0, 3), (1, 3), (2, 3)]


def test_a_saved_job_leaves(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    (job,) = queue.press(press_of())
    script.endings[job.id] = saved
    with qtbot.waitSignal(queue.job_removed) as removed:
        pass
    assert removed.args == [job.id]
    assert queue.jobs == ()


def test_cancelling_a_waiting_job_takes_it_out_for_good(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    jobs = queue.press(press_of(3))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    queue.cancel_waiting(jobs[0].press_id)
    assert [job.id for job in queue.jobs] == [job.id for job in jobs[:2]]
    qtbot.waitUntil(lambda: len(journal.open_jobs()) == 2)


def test_everything_that_waits_is_cancelled_together_and_told_once(
    queue: JobQueue, journal: Journal, qtbot: QtBot
) -> None:
    queue.pause()
    jobs = queue.press(press_of(50))
    told: list[tuple[str, ...]] = []
    queue.jobs_removed.connect(told.append)
    with qtbot.assertNotEmitted(queue.job_removed):
        assert queue.cancel_all() == ()
        assert queue.cancel_all() == ()
    assert told == [tuple(job.id for job in jobs)]
    assert queue.jobs == ()
    qtbot.waitUntil(lambda: len(journal.known_ids()) == 50)
    qtbot.waitUntil(lambda: not journal.open_jobs())


def test_cancelling_before_the_journal_took_it_leaves_nothing(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    (job,) = queue.press(press_of())
    queue.cancel(job.id)
    qtbot.waitUntil(lambda: journal.open_jobs() == ())
    assert queue.jobs == ()
    assert script.started == []


def test_cancelling_a_running_job_ends_it(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    (job,) = queue.press(press_of())
    qtbot.waitUntil(lambda: script.started == [job.id])
    with qtbot.waitSignal(queue.job_removed):
        queue.cancel(job.id)


def test_a_click_in_the_moment_of_the_end_is_not_lost(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    first, second = queue.press(press_of(2))
    qtbot.waitUntil(lambda: [job.state for job in queue.running] == [JobState.SENDING] * 2)
    for job, click in ((first, queue.retry), (second, queue.dismiss)):
        over = replace(job, state=JobState.FAILED, problem=Problem(ProblemKind.FIELD_REFUSED))
        queue._on_event(JobChanged(over))  # it is shown as failed, and its task is still ending
        click(job.id)
        click(job.id)
        script.endings[job.id] = failed(ProblemKind.FIELD_REFUSED)
    qtbot.waitUntil(lambda: len(script.started) == 3)
    (again,) = queue.jobs
    assert again.press_id not in {first.press_id, second.press_id}
    script.endings[again.id] = saved
    qtbot.waitUntil(lambda: not queue.jobs)


def test_a_failed_job_stays_until_it_is_dismissed(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    (job,) = queue.press(press_of())
    script.endings[job.id] = failed(ProblemKind.PROMPT_REFUSED)
    qtbot.waitUntil(lambda: not queue.running and bool(script.started))
    assert [open_job.state for open_job in queue.jobs] == [JobState.FAILED]
    queue.dismiss(job.id)
    qtbot.waitUntil(lambda: journal.open_jobs() == ())


def test_whoever_is_told_of_a_failed_job_last_sees_nothing_under_way(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    running: list[int] = []
    queue.job_changed.connect(lambda _: running.append(len(queue.running)))
    with qtbot.waitSignal(queue.idle):
        (job,) = queue.press(press_of())
        script.endings[job.id] = failed(ProblemKind.FIELD_REFUSED)
    assert running[-1] == 0


@pytest.mark.parametrize("kind", [ProblemKind.KEY_REFUSED, ProblemKind.QUOTA_SPENT])
def test_a_refused_key_or_a_spent_quota_holds_the_rest_back(
    queue: JobQueue, script: Script, qtbot: QtBot, kind: ProblemKind
) -> None:
    jobs = queue.press(press_of(4))
    qtbot.waitUntil(lambda: len(script.started) == 2)
    script.endings[jobs[0].id] = failed(kind)
    qtbot.waitUntil(lambda: queue.is_paused)
    script.endings[jobs[1].id] = saved
    qtbot.waitUntil(lambda: not queue.running)
    assert len(script.started) == 2
    queue.resume()
    qtbot.waitUntil(lambda: len(script.started) == 4)


@pytest.mark.usefixtures("press_again")
def test_trying_again_is_a_request_of_its_own(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    (job,) = queue.press(press_of())
    script.endings[job.id] = failed(ProblemKind.RESULT_REFUSED)
    qtbot.waitUntil(lambda: not queue.running and bool(script.started))
    queue.retry(job.id)
    (again,) = queue.jobs
    assert again.id != job.id
    assert again.request == job.request


def test_after_a_restart_what_waits_waits_for_a_word_and_what_was_answered_goes_on(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    request = GenerationRequest("m", "a", None)
    waiting = Job("1" * 32, "p", 0, 1, request, Recipe(), "l", "b", "Inbox")
    answered = replace(waiting, id="2" * 32, state=JobState.ANSWERED)
    unknown = replace(waiting, id="3" * 32, state=JobState.UNKNOWN)
    queue.load((waiting, answered, unknown))
    assert queue.is_paused
    qtbot.waitUntil(lambda: script.started == [answered.id])
    queue.resume()
    qtbot.waitUntil(lambda: script.started == [answered.id, waiting.id])


def test_a_journal_that_cannot_be_written_means_that_nothing_is_sent(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_jobs: object, _instead_of: str) -> None:
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    monkeypatch.setattr(journal, "add", full)
    with qtbot.waitSignal(queue.not_queued) as told:
        queue.press(press_of())
    assert told.args is not None
    assert told.args[0].kind is ProblemKind.DISK_FULL
    assert queue.jobs == ()
    assert script.started == []


def test_a_defect_of_ours_never_leaves_a_job_running(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    def broken(_job: Job) -> Job:
        raise ZeroDivisionError

    (job,) = queue.press(press_of())
    script.endings[job.id] = broken
    qtbot.waitUntil(lambda: not queue.running and bool(script.started))
    (ended,) = queue.jobs
    assert ended.state is JobState.UNKNOWN
    assert ended.problem is not None
    assert ended.problem.billed is Billed.MAYBE


def test_a_disk_that_fills_up_while_a_job_is_sent_does_not_make_it_free(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    def full(_job: Job) -> Job:
        raise ProblemError(Problem(ProblemKind.DISK_FULL, billed=Billed.NO))

    (job,) = queue.press(press_of())
    script.endings[job.id] = full
    qtbot.waitUntil(lambda: not queue.running and bool(script.started))
    (ended,) = queue.jobs
    assert (ended.state, ended.problem) == (JobState.UNKNOWN, Problem(ProblemKind.DISK_FULL, Billed.MAYBE))


def test_a_job_under_way_cannot_be_put_out_of_sight(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    job = loaded(queue, JobState.FAILED, Problem(ProblemKind.LINK_BROKE))
    journal.add((replace(job, state=JobState.ANSWERED),))
    queue._jobs[job.id] = replace(job, state=JobState.ANSWERED)
    queue.retry(job.id)
    queue.dismiss(job.id)
    assert [known.id for known in queue.running] == [job.id]
    script.endings[job.id] = saved
    qtbot.waitUntil(lambda: queue.jobs == ())


def test_a_job_that_cannot_be_asked_for_again_stays(
    queue: JobQueue, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_jobs: object, _instead_of: str) -> None:
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    monkeypatch.setattr(journal, "add", full)
    job = loaded(queue, JobState.UNKNOWN, Problem(ProblemKind.NO_ANSWER, billed=Billed.MAYBE))
    with qtbot.waitSignal(queue.not_queued):
        queue.retry(job.id)
        queue.retry(job.id)
    assert queue.jobs == (job,)


def test_trying_again_twice_asks_once(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    job = loaded(queue, JobState.UNKNOWN, Problem(ProblemKind.NO_ANSWER, billed=Billed.MAYBE))
    queue.retry(job.id)
    queue.retry(job.id)
    qtbot.waitUntil(lambda: len(script.started) == 1)
    assert len(queue.jobs) == 1


def test_a_press_right_after_trying_again_counts(queue: JobQueue) -> None:
    job = loaded(queue, JobState.UNKNOWN, Problem(ProblemKind.NO_ANSWER, billed=Billed.MAYBE))
    queue.retry(job.id)
    assert len(queue.press(press_of())) == 1


def test_what_is_about_to_be_sent_may_be_billed_too(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    (job,) = queue.press(press_of())
    qtbot.waitUntil(lambda: bool(queue.running))
    assert [known.id for known in queue.may_be_billed()] == [job.id]
