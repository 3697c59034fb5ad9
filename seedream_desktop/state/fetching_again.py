"""Answers whose pictures the network kept: fetched again by themselves, at no cost, until they are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.generation.errors import NETWORK_AWAY, ProblemKind
from seedream_desktop.generation.job import Job, JobState

if TYPE_CHECKING:
    from seedream_desktop.state.job_queue import JobQueue

FIRST_PAUSE_MS = 15_000  # each further one is twice as long
LONGEST_PAUSE_MS = 300_000
_KEPT_BY_THE_NETWORK = NETWORK_AWAY | {ProblemKind.LINK_BROKE}


class FetchingAgain(QObject):
    """Watches a queue; sooner than after its pause a job goes on when another one gets through."""

    def __init__(self, queue: JobQueue) -> None:
        """Belong to ``queue``."""
        super().__init__(queue)
        self._queue = queue
        self._tries: dict[str, int] = {}  # by job id
        queue.job_changed.connect(self._on_job_changed)
        queue.job_removed.connect(self._on_job_removed)

    def _on_job_changed(self, job: Job) -> None:
        if job.state is not JobState.ANSWERED:
            return
        if job.problem is None and job.id not in self._tries:
            for job_id in tuple(self._tries):
                self._fetch(job_id)
        elif job.problem is not None and job.problem.kind in _KEPT_BY_THE_NETWORK:
            self._fetch_later(job)

    def _on_job_removed(self, job_id: str) -> None:
        self._tries.pop(job_id, None)

    def _fetch_later(self, job: Job) -> None:
        if any(job.id == running.id for running in self._queue.running):
            return  # it says so once more when it has ended
        tries = self._tries.get(job.id, 0)
        self._tries[job.id] = tries + 1
        pause_ms = min(FIRST_PAUSE_MS << min(tries, 16), LONGEST_PAUSE_MS)
        QTimer.singleShot(pause_ms, self, lambda: self._fetch_unless_tried(job.id, tries + 1))

    def _fetch_unless_tried(self, job_id: str, tries: int) -> None:
        if self._tries.get(job_id) == tries:
            self._fetch(job_id)

    def _fetch(self, job_id: str) -> None:
        job = next((known for known in self._queue.jobs if known.id == job_id), None)
        if job is not None and job.state is JobState.ANSWERED and job.problem is not None:
            self._queue.retry(job_id)
