"""Every open job as it stands in the journal, in its order, and what holds the queue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.state.queue_order import moved

if TYPE_CHECKING:
    from seedream_desktop.generation.checks import Doubt
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.pause import Pause
    from seedream_desktop.journal import Journal
    from seedream_desktop.tasks import TaskRunner

BoardName = tuple[str, str]  # the ids of a library and of a board in it; both may have had others before


class OpenJobs(QObject):
    """Holds the jobs and enters every change. What runs them builds on it."""

    jobs_added = Signal(object)  # tuple[Job, ...]
    job_changed = Signal(object)  # Job, the new value
    job_removed = Signal(str)  # job id: dismissed, cancelled before it was sent, or saved without a problem
    jobs_removed = Signal(object)  # tuple[str, ...]: many that waited, cancelled together
    order_changed = Signal()  # of what waits
    paused_changed = Signal(bool)  # or why it is paused
    not_queued = Signal(object)  # Problem: the journal could not be written, so nothing was sent
    failed = Signal(object)  # Problem: the journal could not be written or read

    def __init__(self, journal: Callable[[], Journal], chores: TaskRunner) -> None:
        """``journal`` is asked for on ``chores``: one thread, so in order."""
        super().__init__()
        self._journal = journal
        self._chores = chores
        self._jobs: dict[str, Job] = {}
        self.held_by: Pause | None = None

    @property
    def is_paused(self) -> bool:
        """Whether nothing new is started; ``held_by`` says why."""
        return self.held_by is not None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every open job, in the order of the queue."""
        return tuple(self._jobs.values())

    def ids_of_this_machine(self) -> frozenset[str]:
        """The jobs that were ever pressed here, as far as the journal goes back. Blocks; any thread."""
        return self._journal().known_ids()

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

    def _add(self, jobs: tuple[Job, ...]) -> None:
        self._jobs.update((job.id, job) for job in jobs)
        if jobs:
            self.jobs_added.emit(jobs)

    def _enter(self, job: Job, *, is_kept: bool = True) -> None:
        self._jobs[job.id] = job
        self.job_changed.emit(job)
        if is_kept:
            self._chores.call(lambda: self._journal().store(job), lambda _: None, self.failed.emit)

    def _remove(self, job_id: str) -> None:
        if self._jobs.pop(job_id, None) is not None:
            self.job_removed.emit(job_id)

    def _remove_all(self, jobs: Sequence[Job]) -> None:
        """Cancel jobs that wait: told once, and one transaction, however many there are."""
        if not jobs:
            return
        for job in jobs:
            del self._jobs[job.id]
        self.jobs_removed.emit(tuple(job.id for job in jobs))
        self._store_cancelled(jobs)

    def _store_cancelled(self, jobs: Sequence[Job]) -> None:
        cancelled = tuple(replace(job, state=JobState.CANCELLED) for job in jobs)
        self._chores.call(lambda: self._journal().store_all(cancelled), lambda _: None, self.failed.emit)

    def _forget(self, job_id: str) -> None:
        self._chores.call(lambda: self._journal().dismiss(job_id), lambda _: None, self.failed.emit)

    def _forget_boards(self, names: Collection[BoardName], then: Callable[[tuple[str, ...]], None]) -> None:
        def forget() -> tuple[str, ...]:
            return tuple(job_id for name in names for job_id in self._journal().forget_board(*name))

        self._chores.call(forget, then, self.failed.emit)

    def _move(self, among: Sequence[str], moving: Sequence[str], before: str | None) -> None:
        """Change the order of the jobs ``among``; they keep the places that they hold among all."""
        order = moved(among, moving, before)
        if order == tuple(among):
            return
        following, together = iter(order), frozenset(order)
        ids = [next(following) if job_id in together else job_id for job_id in self._jobs]
        self._jobs = {job_id: self._jobs[job_id] for job_id in ids}
        self._chores.call(lambda: self._journal().order(order), lambda _: None, self.failed.emit)
        self.order_changed.emit()

    def _hold(self, pause: Pause | None) -> None:
        """Enter what holds the queue; how a process ends is no reason to hold the next one."""
        if pause == self.held_by:
            return
        self.held_by = pause
        if pause is None or pause.reason.is_remembered:
            self._chores.call(lambda: self._journal().store_pause(pause), lambda _: None, self.failed.emit)
        self.paused_changed.emit(pause is not None)
