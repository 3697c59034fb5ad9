"""What an earlier run left in the journal: taken over at the start, brought on once its library is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.pipeline.sweeping import recover
from seedream_desktop.state.recording import record_all

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.pause import Pause
    from seedream_desktop.journal import Journal
    from seedream_desktop.state.job_queue import JobQueue
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner

_AWAY = (ProblemKind.LIBRARY_AWAY, ProblemKind.LIBRARY_SILENT)


class Recovering(QObject):
    """Hands the journal's open jobs to the queue, and lets jobs go on that waited for their library."""

    journal_set_aside = Signal(str)  # the name that the damaged file has now

    def __init__(
        self,
        queue: JobQueue,
        pictures: Pictures,
        journal: Callable[[], Journal],
        spool: Path,
        writing: TaskRunner,
        acting: TaskRunner,
    ) -> None:
        """``journal`` is asked for on ``writing``, the library is written to on ``acting``."""
        super().__init__()
        self._queue = queue
        self._pictures = pictures
        self._journal = journal
        self._spool = spool
        self._writing = writing
        self._acting = acting
        self._resumed: set[str] = set()  # jobs that went on because their library is there
        self._is_begun = False
        self.is_done = False
        queue.job_changed.connect(self._on_job_changed)

    def begin_once(self) -> None:
        """Take over the open jobs. Only once: what is being sent is declared to be of an earlier run."""
        if not self._is_begun:
            self._is_begun = True
            self._writing.call(self._recover, lambda found: self.take_over(*found), self._queue.failed.emit)

    def go_on(self) -> None:
        """A library was opened, or its drive is back: what came while it was away goes on."""
        self._resumed.clear()
        for job in self._queue.jobs:
            self._on_job_changed(job)
        self._record_unanswered(self._queue.jobs)

    def take_over(self, jobs: tuple[Job, ...], pause: Pause | None = None) -> None:
        """Hand over what the journal held."""
        self._queue.load(jobs, pause)
        self._record_unanswered(jobs)
        self.is_done = True
        if self._journal().set_aside is None:
            self._pictures.trash_can.job_references = self._references
        if (aside := self._journal().set_aside) is not None:
            self.journal_set_aside.emit(aside.name)

    def _references(self) -> Iterator[str]:
        """The SHA-256 of what open jobs send, or sent."""
        yield from (one.sha256 for job in self._queue.jobs for one in job.request.references)

    def _recover(self) -> tuple[tuple[Job, ...], Pause | None]:
        journal = self._journal()
        return recover(self._spool, journal), journal.held_by()

    def _on_job_changed(self, job: Job) -> None:
        """Let a job go on that could not be saved because its library was not open; once for each opening."""
        is_held_up = job.problem is not None and job.problem.kind in _AWAY
        if not is_held_up or job.state is not JobState.ANSWERED or job.id in self._resumed:
            return
        is_here = self._pictures.library_of(job.library_id) is not None
        if is_here and all(job.id != running.id for running in self._queue.running):
            self._resumed.add(job.id)
            self._queue.retry(job.id)

    def _record_unanswered(self, jobs: tuple[Job, ...]) -> None:
        """Keep what jobs without an answer may have cost, if the library was away, or the process ended."""
        self._acting.call(partial(record_all, jobs, self._pictures.library_of), lambda _: None)
