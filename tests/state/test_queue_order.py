"""What waits is moved as a whole, in the order that it has, and everything else keeps its own."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import Job
from seedream_desktop.journal import Journal
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.queue_order import moved
from tests.jobs import a_job
from tests.state.scripted_queue import Script, saved

KEYS = st.lists(st.integers(0, 9), unique=True)


@given(KEYS, st.sets(st.integers(0, 9)), st.none() | st.integers(0, 9))
def test_moving_changes_only_places(keys: list[int], moving: set[int], before: int | None) -> None:
    order = moved(keys, tuple(moving), before)
    assert sorted(order) == sorted(keys)
    for group in ([key for key in keys if key in moving], [key for key in keys if key not in moving]):
        assert [key for key in order if key in group] == group
    if before in keys and before not in moving and moving & set(keys):
        last = max(order.index(key) for key in moving & set(keys))
        assert order[last + 1] == before


def waiting_jobs(queue: JobQueue, journal: Journal, count: int) -> list[Job]:
    jobs = [replace(a_job(), press_id=f"press {number}") for number in range(count)]
    journal.add(jobs)
    queue.load(tuple(jobs))
    return jobs


def test_an_order_is_kept_in_the_journal_and_is_that_in_which_they_start(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    jobs = waiting_jobs(queue, journal, 4)
    with qtbot.waitSignal(queue.order_changed):
        queue.move([jobs[3].id, jobs[2].id], jobs[0].id)
    wanted = (jobs[2], jobs[3], jobs[0], jobs[1])
    assert queue.waiting == queue.jobs == wanted
    qtbot.waitUntil(lambda: journal.open_jobs() == wanted)
    script.endings = {job.id: saved for job in jobs}
    queue.set_jobs_at_once(1)
    queue.resume()
    qtbot.waitUntil(lambda: not queue.jobs)
    assert script.started == [job.id for job in wanted]


def test_nothing_moves_among_what_runs(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    jobs = waiting_jobs(queue, journal, 4)
    queue.resume()
    qtbot.waitUntil(lambda: len(script.started) == 2)
    queue.move([jobs[0].id], None)
    queue.move([jobs[3].id], jobs[0].id)
    assert [job.id for job in queue.jobs] == [job.id for job in jobs]
    queue.move([jobs[3].id], jobs[2].id)
    assert [job.id for job in queue.waiting] == [jobs[3].id, jobs[2].id]
