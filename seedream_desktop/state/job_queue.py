"""The jobs that are waiting, under way or in need of a decision; what a press of Generate puts in."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from seedream_desktop.generation.errors import Billed, Problem
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.state.open_jobs import BoardName, OpenJobs
from seedream_desktop.state.pausing import pause_after, pause_at_start
from seedream_desktop.state.pressing import Press, jobs_of, press_again, press_safer, same_as
from seedream_desktop.state.spending_limit import SpendingLimit, fits

if TYPE_CHECKING:
    from seedream_desktop.generation.ledger import Charge
    from seedream_desktop.generation.safer import SaferSize
    from seedream_desktop.journal import Journal
    from seedream_desktop.pipeline.events import JobEvent, Progress
    from seedream_desktop.state.spending_limit import Today
    from seedream_desktop.tasks import Task, TaskRunner

TWO_PRESSES_ARE_ONE_S = 0.5
_FOR_GOOD = (PauseReason.BY_HAND, PauseReason.ENDING)  # pauses that outlast what waits


class JobQueue(OpenJobs):
    """Every open job, in the order in which they will start or did; starts as many at once as it may.

    A job is in the journal before it is sent: it starts only after the journal has taken it.
    """

    progress_changed = Signal(object)  # Progress
    picture_saved = Signal(object)  # PictureSaved
    ended = Signal()  # one job is not under way any more
    idle = Signal()  # nor is any other

    def __init__(
        self,
        journal: Callable[[], Journal],
        run: Callable[[Job], AsyncIterator[JobEvent]],
        runner: TaskRunner,
        chores: TaskRunner,
        jobs_at_once: int,
        charges: Callable[[int], Sequence[Charge]] = lambda _: (),
    ) -> None:
        """``runner`` runs the jobs; ``journal`` is asked for on ``chores``: one thread, so in order.

        ``charges`` (any thread) is what the library knows of requests sent after a time.
        """
        super().__init__(journal, chores)
        self._run = run
        self._runner = runner
        self._jobs_at_once = jobs_at_once
        self._ready: set[str] = set()  # in the journal, waiting for their turn
        self._tasks: dict[str, Task] = {}
        self._progress: dict[str, Progress] = {}
        self._wishes: dict[str, Callable[[], None]] = {}  # about jobs that have just ended
        self._put_back: set[str] = set()  # jobs that are stopped to be started again later
        self._cancelled: set[str] = set()  # jobs under way that are not to be sent (again)
        self._last_press_s = -TWO_PRESSES_ARE_ONE_S
        self.limit = SpendingLimit(journal, charges, chores)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way, oldest first."""
        return tuple(job for job in self._jobs.values() if job.id in self._tasks)

    @property
    def waiting(self) -> tuple[Job, ...]:
        """The jobs that wait for their turn, in the order in which they will start."""
        return tuple(
            job for job in self._jobs.values() if job.state is JobState.QUEUED and job.id not in self._tasks
        )

    def progress_of(self, job_id: str) -> Progress | None:
        """How far a running job is, if anything is known."""
        return self._progress.get(job_id)

    def may_be_billed(self) -> tuple[Job, ...]:
        """The running jobs whose answer is not in the journal: what closing now would leave unknown."""
        return tuple(
            job
            for job in self.running
            if not job.is_held_up and (job.state is not JobState.ANSWERED or job.problem is not None)
        )

    def press(self, press: Press) -> tuple[Job, ...]:
        """Queue the requests of one press. Two presses within half a second are one: the second gives ()."""
        now_s = time.monotonic()
        if now_s - self._last_press_s < TWO_PRESSES_ARE_ONE_S:
            return ()
        self._last_press_s = now_s
        return self._queue(jobs_of(press))

    def same_as(self, press: Press | None) -> Job | None:
        """A job that waits or is under way and asks for just what ``press`` does; None: there is none."""
        live = (job for job in self._jobs.values() if job.id in self._tasks or job.state is JobState.QUEUED)
        return same_as(press, live) if press is not None else None

    def load(self, jobs: tuple[Job, ...], pause: Pause | None = None) -> None:
        """Take over what the journal held at the start: answered ones go on at once, queued ones wait."""
        jobs = tuple(replace(job, problem=None) if job.is_held_up else job for job in jobs)
        self._add(jobs)
        waiting = [job.id for job in jobs if job.state is JobState.QUEUED]
        self._ready.update(waiting)
        self._hold(pause_at_start(pause, self.limit.day, is_waiting=bool(waiting)) or self.held_by)
        for job in jobs:
            if job.state is JobState.ANSWERED:
                self._fetch(job)

    def resume(self) -> None:
        """Go on with what waits."""
        self._hold(None)
        self._start_next()

    def go_on_today(self) -> None:
        """Go on with what waits, and let the limit not count for the rest of the day."""
        self.limit.waive_today(self.failed.emit)
        self.resume()

    def pause(self) -> None:
        """Start nothing new; what is under way goes on, and what only waits to be sent is put back."""
        self._pause(Pause(PauseReason.BY_HAND))

    def pause_until_end(self) -> None:
        """As ``pause``, but not remembered: the process ends once what was sent is answered."""
        self._pause(Pause(PauseReason.ENDING))

    def set_daily_limit(self, limit_usd: float) -> None:
        """Change what may be spent in a day (0: no limit); a queue that it held goes on if that allows it."""
        is_raised = limit_usd > self.limit.limit_usd or not limit_usd
        self.limit.limit_usd = limit_usd
        if is_raised and self.held_by is not None and self.held_by.reason is PauseReason.DAILY_LIMIT:
            self.resume()

    def move(self, job_ids: Sequence[str], before: str | None) -> None:
        """Let jobs that wait start before another one that waits; None: after all others."""
        self._move([job.id for job in self.waiting], job_ids, before)

    @property
    def jobs_at_once(self) -> int:
        """How many go at once; 0 while it is paused."""
        return 0 if self.is_paused else self._jobs_at_once

    def set_jobs_at_once(self, jobs_at_once: int) -> None:
        """Change how many go at once (1 to 8)."""
        self._jobs_at_once = jobs_at_once
        self._runner.set_threads(jobs_at_once)
        self._start_next()

    def cancel(self, job_id: str) -> None:
        """Cancel a job where that costs nothing; stop waiting for one that is known to have been sent."""
        if job_id in self._tasks:
            from seedream_desktop.pipeline.step import UNLESS_SENT  # late: after the first paint

            self._put_back.discard(job_id)
            self._cancelled.add(job_id)
            self._tasks[job_id].cancel("" if self._is_sent(job_id) else UNLESS_SENT)
        elif (job := self._jobs.get(job_id)) and job.state is JobState.QUEUED:
            self._drop(job)

    def cancel_waiting(self, press_id: str) -> None:
        """Cancel everything of one press that has not started."""
        self._remove_all([job for job in self.waiting if job.press_id == press_id])

    def cancel_all(self) -> tuple[Job, ...]:
        """Cancel everything that has not been sent; returns what was, and still waits for its answer."""
        self._remove_all(self.waiting)
        asking = [job for job in self.running if job.state is not JobState.ANSWERED]
        for job in (one for one in asking if not self._is_sent(one.id)):
            self.cancel(job.id)
        return tuple(job for job in asking if self._is_sent(job.id))

    def forget_board(self, names: Collection[BoardName], then: Callable[[tuple[str, ...]], None]) -> bool:
        """Remove every job of a board and tell ``then`` their ids; False: one is under way, all stay."""
        jobs = [job for job in self.jobs if (job.library_id, job.board_id) in names]
        if any(job.id in self._tasks for job in jobs):
            return False
        for job in jobs:
            self._ready.discard(job.id)
            self._remove(job.id)
        self._forget_boards(names, then)
        return True

    def retry(self, job_id: str) -> None:
        """Ask for what did not come as a request of its own, or fetch what was answered already."""
        job = self._jobs.get(job_id)
        if job is not None and job.state is JobState.ANSWERED:
            if job_id not in self._tasks:
                self._fetch(job)
        elif job := self._over(job_id, lambda: self.retry(job_id)):
            self._replace(job, press_again(job))

    def retry_with(self, job_id: str, safer: SaferSize) -> None:
        """Ask for what did not come in another size, in request and recipe both."""
        job = self._over(job_id, lambda: self.retry_with(job_id, safer))
        if job is not None:
            self._replace(job, press_safer(job, safer))

    def dismiss(self, job_id: str) -> None:
        """Take a job that is over out of sight; what was answered stays, its links were paid for."""
        if self._over(job_id, lambda: self.dismiss(job_id)):
            self._remove(job_id)
            self._forget(job_id)

    def dismiss_missing(self, job_id: str, index: int) -> None:
        """Take one missing picture of a job out of sight, and with the last of them the job."""
        job = self._over(job_id, lambda: self.dismiss_missing(job_id, index))
        if job is None:
            return
        left = tuple(one for one in job.missing if one.index != index)
        if left:
            self._enter(replace(job, missing=left))
        else:
            self.dismiss(job_id)

    def _over(self, job_id: str, wish: Callable[[], None]) -> Job | None:
        """The job, if it is over; while its task is just ending, ``wish`` is done as soon as it has."""
        job = self._jobs.get(job_id)
        if job is None or not job.state.is_over:
            return None
        if job_id in self._tasks:
            self._wishes[job_id] = wish
            return None
        return job

    def _replace(self, job: Job, press: Press) -> None:
        self._queue(jobs_of(press), instead_of=job)
        self._remove(job.id)

    def _queue(self, jobs: tuple[Job, ...], instead_of: Job | None = None) -> tuple[Job, ...]:
        self._add(jobs)
        self._chores.call(
            lambda: self._journal().add(jobs, instead_of.id if instead_of is not None else ""),
            lambda _: self._on_journalled(jobs),
            lambda problem: self._on_not_journalled(jobs, instead_of, problem),
        )
        return jobs

    def _on_journalled(self, jobs: tuple[Job, ...]) -> None:
        self._ready.update(job.id for job in jobs if job.id in self._jobs)
        self._start_next()

    def _on_not_journalled(self, jobs: tuple[Job, ...], instead_of: Job | None, problem: Problem) -> None:
        for job in jobs:
            self._remove(job.id)
        if instead_of is not None:
            self._add((instead_of,))
        self.not_queued.emit(problem)

    def _may_start(self) -> bool:
        return bool(self._ready) and not self.is_paused and len(self._tasks) < self._jobs_at_once

    def _start_next(self) -> None:
        if not self._may_start():
            return
        if self.limit.limit_usd:
            self.limit.look(self._start_what_fits, self._on_not_looked)
            return
        while self._may_start():
            self._start(self._next_ready())

    def _start_what_fits(self, today: Today) -> None:
        while self._may_start():
            job = self._next_ready()
            open_jobs = (one for one in self._jobs.values() if self._may_cost_today(one, today))
            figures = today.figures(self.limit.limit_usd, open_jobs, job)
            if self.limit.limit_usd and not today.is_waived and not fits(figures):
                self._hold(Pause(PauseReason.DAILY_LIMIT, figures=figures))
                return
            self._start(job)

    def _on_not_looked(self, problem: Problem) -> None:
        self.failed.emit(problem)
        self._hold(Pause(PauseReason.PROBLEM, problem))

    def _may_cost_today(self, job: Job, today: Today) -> bool:
        """Whether it is under way, or was sent today and the journal may not have known of it yet."""
        if job.state in {JobState.UNKNOWN, JobState.ANSWERED}:
            return (job.sending_ms or 0) >= today.since_ms
        return job.id in self._tasks

    def _next_ready(self) -> Job:
        return next(job for job in self._jobs.values() if job.id in self._ready)

    def _fetch(self, job: Job) -> None:
        self._jobs[job.id] = replace(job, problem=None)
        self._start(self._jobs[job.id])
        self.job_changed.emit(self._jobs[job.id])

    def _start(self, job: Job) -> None:
        self._ready.discard(job.id)
        self._tasks[job.id] = self._runner.start(
            lambda: self._run(job), self._on_event, lambda problem: self._on_end(job.id, problem)
        )

    def _on_event(self, event: JobEvent) -> None:
        from seedream_desktop.pipeline.events import JobChanged, PictureSaved  # late: after the first paint

        if isinstance(event, JobChanged):
            self._jobs[event.job.id] = event.job
            self.job_changed.emit(event.job)
            if event.job.is_held_up and event.job.id in self._cancelled:  # as it went out: now it is free
                self.cancel(event.job.id)
        elif isinstance(event, PictureSaved):
            self.picture_saved.emit(event)
        else:
            self._progress[event.job_id] = event
            self.progress_changed.emit(event)

    def _on_end(self, job_id: str, problem: Problem | None) -> None:
        self._tasks.pop(job_id, None)
        self._progress.pop(job_id, None)
        job = self._jobs[job_id]
        if problem is not None:
            self._on_broken(job, problem)
        elif job.state in {JobState.QUEUED, JobState.CANCELLED}:
            self._drop_or_put_back(job)
        elif job.is_settled:
            self._remove(job_id)
        pause = pause_after(self._jobs[job_id]) if job_id in self._jobs else None
        if pause is not None and self._is_more_to_send():
            self._pause(pause)
        self._put_back.discard(job_id)
        self._cancelled.discard(job_id)
        if job_id in self._jobs:
            self.job_changed.emit(self._jobs[job_id])  # it stays, but is not under way any more
        self._wishes.pop(job_id, lambda: None)()
        self._start_next()
        self.ended.emit()
        if not self._tasks:
            self.idle.emit()

    def _is_more_to_send(self) -> bool:
        return bool(self.waiting) or any(job.is_held_up for job in self.running)

    def _drop_or_put_back(self, job: Job) -> None:
        if job.id not in self._put_back or job.id in self._cancelled:
            self._drop(job)
            return
        waiting = replace(job, state=JobState.QUEUED, problem=None, ended_ms=None)
        self._jobs[job.id] = waiting
        self.job_changed.emit(waiting)

        def on_not_entered(problem: Problem) -> None:
            self.failed.emit(problem)
            self._on_journalled((waiting,))  # it stands there as one that waits for the network

        self._chores.call(  # not ready before: a late entry would say of what is being sent that it waits
            lambda: self._journal().store(waiting), lambda _: self._on_journalled((waiting,)), on_not_entered
        )

    def _on_broken(self, job: Job, problem: Problem) -> None:
        """A defect of ours, or a journal that cannot be written: never leave the job running for ever."""
        state, billed = {
            JobState.QUEUED: (JobState.FAILED, Billed.NO),
            JobState.ANSWERED: (JobState.ANSWERED, Billed.YES),
        }.get(job.state, (JobState.UNKNOWN, Billed.MAYBE))
        self._jobs[job.id] = replace(job, state=state, problem=replace(problem, billed=billed))

    def _drop(self, job: Job) -> None:
        self._ready.discard(job.id)
        self._remove(job.id)
        self._store_cancelled((job,))

    def _is_sent(self, job_id: str) -> bool:
        progress, job = self._progress.get(job_id), self._jobs.get(job_id)
        is_waiting = job is not None and job.is_held_up  # for another try, as it is told before its progress
        return progress is not None and progress.sending.body_complete and not is_waiting

    def _pause(self, pause: Pause) -> None:
        from seedream_desktop.pipeline.step import PUT_BACK  # late: after the first paint

        if not self.is_paused:
            self._hold(pause)
        for job in self.running:
            if job.is_held_up and job.id not in self._cancelled:
                self._put_back.add(job.id)
                self._tasks[job.id].cancel(PUT_BACK)  # it may be on its way by now

    def _remove(self, job_id: str) -> None:
        """With the last job that waits goes what held back only that."""
        super()._remove(job_id)
        self._let_go()

    def _remove_all(self, jobs: Sequence[Job]) -> None:
        self._ready.difference_update(job.id for job in jobs)
        super()._remove_all(jobs)
        self._let_go()

    def _let_go(self) -> None:
        is_for_good = self.held_by is None or self.held_by.reason in _FOR_GOOD
        if not is_for_good and not self._put_back and not self.waiting:
            self._hold(None)
