"""The jobs that are waiting, under way or in need of a decision; what a press of Generate puts in."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.state.pressing import Press, jobs_of, press_again

if TYPE_CHECKING:
    from seedream_desktop.generation.checks import Doubt
    from seedream_desktop.generation.safer import SaferSize
    from seedream_desktop.journal import Journal
    from seedream_desktop.pipeline.events import JobEvent, Progress
    from seedream_desktop.tasks import Task, TaskRunner

TWO_PRESSES_ARE_ONE_S = 0.5
_PAUSING = (  # the next request would end the same way
    ProblemKind.KEY_REFUSED,
    ProblemKind.QUOTA_SPENT,
    ProblemKind.NO_KEY,
    ProblemKind.PROXY_UNUSABLE,
    ProblemKind.CERTIFICATE_REFUSED,
    ProblemKind.SIGN_IN_NEEDED,
)


class JobQueue(QObject):
    """Every open job, in the order of the presses and their index; starts as many at once as it may.

    A job is in the journal before it is sent: it starts only after the journal has taken it.
    """

    jobs_added = Signal(object)  # tuple[Job, ...]
    job_changed = Signal(object)  # Job, the new value
    job_removed = Signal(str)  # job id: dismissed, cancelled before it was sent, or saved without a problem
    progress_changed = Signal(object)  # Progress
    picture_saved = Signal(object)  # PictureSaved
    paused_changed = Signal(bool)
    ended = Signal()  # one job is not under way any more
    idle = Signal()  # nor is any other
    not_queued = Signal(object)  # Problem: the journal could not be written, so nothing was sent
    failed = Signal(object)  # Problem: the journal could not be written or read

    def __init__(
        self,
        journal: Callable[[], Journal],
        run: Callable[[Job], AsyncIterator[JobEvent]],
        runner: TaskRunner,
        chores: TaskRunner,
        jobs_at_once: int,
    ) -> None:
        """``runner`` runs the jobs; ``journal`` is asked for on ``chores``: one thread, so in order."""
        super().__init__()
        self._journal = journal
        self._run = run
        self._runner = runner
        self._chores = chores
        self._jobs_at_once = jobs_at_once
        self._jobs: dict[str, Job] = {}
        self._ready: list[str] = []  # in the journal, waiting for their turn
        self._tasks: dict[str, Task] = {}
        self._progress: dict[str, Progress] = {}
        self._wishes: dict[str, Callable[[], None]] = {}  # about jobs that have just ended
        self._put_back: set[str] = set()  # jobs that are stopped to be started again later
        self._last_press_s = -TWO_PRESSES_ARE_ONE_S
        self.is_paused = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every open job, oldest press first, in the order of their index."""
        return tuple(self._jobs.values())

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

    def ids_of_this_machine(self) -> frozenset[str]:
        """The jobs that were ever pressed here, as far as the journal goes back. Blocks; any thread."""
        return self._journal().known_ids()

    def press(self, press: Press) -> tuple[Job, ...]:
        """Queue the requests of one press. Two presses within half a second are one: the second gives ()."""
        now_s = time.monotonic()
        if now_s - self._last_press_s < TWO_PRESSES_ARE_ONE_S:
            return ()
        self._last_press_s = now_s
        return self._queue(jobs_of(press))

    def load(self, jobs: tuple[Job, ...]) -> None:
        """Take over what the journal held at the start: answered ones go on at once, queued ones wait."""
        jobs = tuple(replace(job, problem=None) if job.is_held_up else job for job in jobs)
        self._add(jobs)
        waiting = [job.id for job in jobs if job.state is JobState.QUEUED]
        self._ready += waiting
        if waiting:
            self._set_paused(True)
        for job in jobs:
            if job.state is JobState.ANSWERED:
                self._fetch(job)

    def resume(self) -> None:
        """Go on with what waits."""
        self._set_paused(False)
        self._start_next()

    def pause(self) -> None:
        """Start nothing new; what is under way goes on, and what only waits to be sent is put back."""
        from seedream_desktop.pipeline.step import PUT_BACK  # late: after the first paint

        self._set_paused(True)
        for job in self.running:
            if job.is_held_up:
                self._put_back.add(job.id)
                self._tasks[job.id].cancel(PUT_BACK)  # it may be on its way by now

    def set_jobs_at_once(self, jobs_at_once: int) -> None:
        """Change how many go at once (1 to 8)."""
        self._jobs_at_once = jobs_at_once
        self._runner.set_threads(jobs_at_once)
        self._start_next()

    def cancel(self, job_id: str) -> None:
        """Cancel a waiting job, or stop waiting for one under way."""
        if job_id in self._tasks:
            self._put_back.discard(job_id)
            self._tasks[job_id].cancel()
        elif (job := self._jobs.get(job_id)) and job.state is JobState.QUEUED:
            self._drop(job)

    def cancel_waiting(self, press_id: str) -> None:
        """Cancel everything of one press that has not started."""
        for job in self.waiting:
            if job.press_id == press_id:
                self.cancel(job.id)

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
        if job is None:
            return
        press = press_again(job)
        other = replace(
            press,
            request=replace(press.request, size=safer.size),
            recipe=replace(press.recipe, size=safer.size),
            price_usd=safer.price_usd,
            price_as_of=safer.price_as_of,
            price_least_usd=safer.price_least_usd,
        )
        self._replace(job, other)

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

    def note_doubt(self, job_id: str, doubt: Doubt) -> None:
        """Say why it cannot be told whether a job of unknown outcome was billed; what passes is not kept."""
        job = self._jobs.get(job_id)
        if job is not None and job.state is JobState.UNKNOWN and job.doubt is not doubt:
            self._enter(replace(job, doubt=doubt), is_kept=not doubt.is_passing)

    def settle(self, job_id: str, problem: Problem) -> None:
        """Enter what a check found out about a job of unknown outcome: ``problem`` says what was billed."""
        job = self._jobs.get(job_id)
        if job is not None and job.state is JobState.UNKNOWN:
            self._enter(replace(job, state=JobState.FAILED, problem=problem, doubt=None))

    def _over(self, job_id: str, wish: Callable[[], None]) -> Job | None:
        """The job, if it is over; while its task is just ending, ``wish`` is done as soon as it has."""
        job = self._jobs.get(job_id)
        if job is None or not job.state.is_over:
            return None
        if job_id in self._tasks:
            self._wishes[job_id] = wish
            return None
        return job

    def _enter(self, job: Job, *, is_kept: bool = True) -> None:
        self._jobs[job.id] = job
        self.job_changed.emit(job)
        if is_kept:
            self._chores.call(lambda: self._journal().store(job), lambda _: None, self.failed.emit)

    def _replace(self, job: Job, press: Press) -> None:
        self._queue(jobs_of(press), instead_of=job)
        self._remove(job.id)

    def _queue(self, jobs: tuple[Job, ...], instead_of: Job | None = None) -> tuple[Job, ...]:
        self._add(jobs)
        self._chores.call(
            lambda: self._journal().add(jobs),
            lambda _: self._on_journalled(jobs, instead_of),
            lambda problem: self._on_not_journalled(jobs, instead_of, problem),
        )
        return jobs

    def _add(self, jobs: tuple[Job, ...]) -> None:
        self._jobs.update((job.id, job) for job in jobs)
        if jobs:
            self.jobs_added.emit(jobs)

    def _on_journalled(self, jobs: tuple[Job, ...], instead_of: Job | None) -> None:
        if instead_of is not None:
            self._forget(instead_of.id)
        self._ready += [job.id for job in jobs if job.id in self._jobs]
        self._start_next()

    def _on_not_journalled(self, jobs: tuple[Job, ...], instead_of: Job | None, problem: Problem) -> None:
        for job in jobs:
            self._remove(job.id)
        if instead_of is not None:
            self._add((instead_of,))
        self.not_queued.emit(problem)

    def _start_next(self) -> None:
        while self._ready and not self.is_paused and len(self._tasks) < self._jobs_at_once:
            self._start(self._jobs[self._ready.pop(0)])

    def _fetch(self, job: Job) -> None:
        self._jobs[job.id] = replace(job, problem=None)
        self._start(self._jobs[job.id])
        self.job_changed.emit(self._jobs[job.id])

    def _start(self, job: Job) -> None:
        self._tasks[job.id] = self._runner.start(
            lambda: self._run(job), self._on_event, lambda problem: self._on_end(job.id, problem)
        )

    def _on_event(self, event: JobEvent) -> None:
        from seedream_desktop.pipeline.events import JobChanged, PictureSaved  # late: after the first paint

        if isinstance(event, JobChanged):
            self._jobs[event.job.id] = event.job
            self.job_changed.emit(event.job)
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
        elif job.problem is not None and job.problem.kind in _PAUSING and self._is_more_to_send():
            self.pause()
        self._put_back.discard(job_id)
        if job_id in self._jobs:
            self.job_changed.emit(self._jobs[job_id])  # it stays, but is not under way any more
        self._wishes.pop(job_id, lambda: None)()
        self._start_next()
        self.ended.emit()
        if not self._tasks:
            self.idle.emit()

    def _is_more_to_send(self) -> bool:
        return bool(self._ready) or any(job.is_held_up for job in self.running)

    def _drop_or_put_back(self, job: Job) -> None:
        if job.id in self._put_back:
            ready = {*self._ready, job.id}
            self._ready = [known for known in self._jobs if known in ready]
            self._enter(replace(job, state=JobState.QUEUED, problem=None, ended_ms=None))
        else:
            self._drop(job)

    def _on_broken(self, job: Job, problem: Problem) -> None:
        """A defect of ours, or a journal that cannot be written: never leave the job running for ever."""
        state, billed = {
            JobState.QUEUED: (JobState.FAILED, Billed.NO),
            JobState.ANSWERED: (JobState.ANSWERED, Billed.YES),
        }.get(job.state, (JobState.UNKNOWN, Billed.MAYBE))
        self._jobs[job.id] = replace(job, state=state, problem=replace(problem, billed=billed))

    def _drop(self, job: Job) -> None:
        if job.id in self._ready:
            self._ready.remove(job.id)
        self._remove(job.id)
        cancelled = replace(job, state=JobState.CANCELLED)
        self._chores.call(lambda: self._journal().store(cancelled), lambda _: None, self.failed.emit)

    def _remove(self, job_id: str) -> None:
        if self._jobs.pop(job_id, None) is not None:
            self.job_removed.emit(job_id)

    def _forget(self, job_id: str) -> None:
        self._chores.call(lambda: self._journal().dismiss(job_id), lambda _: None, self.failed.emit)

    def _set_paused(self, is_paused: bool) -> None:
        if is_paused != self.is_paused:
            self.is_paused = is_paused
            self.paused_changed.emit(is_paused)
