"""Answers whose pictures the network or the disk kept: tried again by themselves, at no cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.generation.errors import NETWORK_AWAY, ProblemKind
from seedream_desktop.generation.job import Job, JobState

if TYPE_CHECKING:
    from seedream_desktop.pipeline.events import PictureSaved
    from seedream_desktop.state.job_queue import JobQueue

FIRST_PAUSE_MS = 15_000  # each further one is twice as long
LONGEST_PAUSE_MS = 300_000
LONGEST_DISK_PAUSE_MS = 60_000  # a try asks nobody outside
_KEPT_BY_THE_NETWORK = NETWORK_AWAY | {ProblemKind.LINK_BROKE}
KEPT_BY_THE_DISK = frozenset(
    {
        ProblemKind.DISK_FULL,
        ProblemKind.FOLDER_NOT_WRITABLE,
        ProblemKind.LIBRARY_AWAY,
        ProblemKind.LIBRARY_SILENT,
    }
)


class FetchingAgain(QObject):
    """Watches a queue; sooner than after its pause a job goes on when another one gets through."""

    def __init__(self, queue: JobQueue) -> None:
        """Belong to ``queue``."""
        super().__init__(queue)
        self._queue = queue
        self._tries: dict[str, int] = {}  # by job id
        self._by_the_disk: set[str] = set()  # those among them that wait for the disk
        queue.job_changed.connect(self._on_job_changed)
        queue.job_removed.connect(self._on_job_removed)
        queue.picture_saved.connect(self._on_picture_saved)

    def _on_job_changed(self, job: Job) -> None:
        if job.state is not JobState.ANSWERED:
            return
        if job.problem is None and job.id not in self._tries:
            for job_id in self._tries.keys() - self._by_the_disk:
                self._fetch(job_id)
        elif job.problem is not None and job.problem.kind in _KEPT_BY_THE_NETWORK | KEPT_BY_THE_DISK:
            self._fetch_later(job, job.problem.kind)

    def _on_picture_saved(self, saved: PictureSaved) -> None:
        """There is room in the library again, or it is back."""
        for job_id in self._by_the_disk - {saved.job_id}:
            self._fetch(job_id)

    def _on_job_removed(self, job_id: str) -> None:
        self._tries.pop(job_id, None)
        self._by_the_disk.discard(job_id)

    def _fetch_later(self, job: Job, kind: ProblemKind) -> None:
        if any(job.id == running.id for running in self._queue.running):
            return  # it says so once more when it has ended
        tries = self._tries.get(job.id, 0)
        self._tries[job.id] = tries + 1
        is_of_the_disk = kind in KEPT_BY_THE_DISK
        (self._by_the_disk.add if is_of_the_disk else self._by_the_disk.discard)(job.id)
        longest_ms = LONGEST_DISK_PAUSE_MS if is_of_the_disk else LONGEST_PAUSE_MS
        pause_ms = min(FIRST_PAUSE_MS << min(tries, 16), longest_ms)
        QTimer.singleShot(pause_ms, self, lambda: self._fetch_unless_tried(job.id, tries + 1))

    def _fetch_unless_tried(self, job_id: str, tries: int) -> None:
        if self._tries.get(job_id) == tries:
            self._fetch(job_id)

    def _fetch(self, job_id: str) -> None:
        job = next((known for known in self._queue.jobs if known.id == job_id), None)
        if job is not None and job.state is JobState.ANSWERED and job.problem is not None:
            self._queue.retry(job_id)
