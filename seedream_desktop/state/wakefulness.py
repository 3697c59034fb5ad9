"""The computer is asked not to sleep while something is under way that costs money."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.generation.job import JobState

if TYPE_CHECKING:
    from seedream_desktop.state.job_queue import JobQueue
    from seedream_desktop.tasks import TaskRunner

RELEASED_AFTER_MS = 300  # the next job may be about to begin
_REFUSED_S = 600.0  # a system that could not be asked is left alone for so long
_UNDER_WAY = (JobState.SENDING, JobState.ANSWERED)
Release = Callable[[], None]


class Wakefulness(QObject):
    """Watches a queue; the system is asked, once at a time, on the runner's only thread."""

    def __init__(
        self, queue: JobQueue, stay_awake: Callable[[str], Release | None], runner: TaskRunner
    ) -> None:
        """Do nothing before ``begin``. ``stay_awake`` blocks and gives what ends it, as a platform does."""
        super().__init__(queue)
        self._queue = queue
        self._stay_awake = stay_awake
        self._runner = runner
        self._why = ""
        self._is_wanted = False
        self._release: Release | None = None  # used by the runner's thread, and once that has ended
        self._refused_s: float | None = None  # time.monotonic(); as above
        self._releasing = QTimer(self, singleShot=True, interval=RELEASED_AFTER_MS)
        self._releasing.timeout.connect(self._let_go)

    def begin(self, why: str) -> None:
        """Follow the queue from now on; ``why`` is what the system may show, without a word of any prompt."""
        self._why = why
        self._queue.job_changed.connect(self._look)
        self._queue.ended.connect(self._look)
        self._look()

    def close(self) -> None:
        """Let go for good. Blocks for a moment; the runner has ended."""
        self._releasing.stop()
        self._is_wanted = False
        self._follow()

    def _look(self, _job: object = None) -> None:
        is_under_way = any(job.state in _UNDER_WAY for job in self._queue.running)
        if not is_under_way:
            if self._is_wanted and not self._releasing.isActive():
                self._releasing.start()
            return
        self._releasing.stop()
        if not self._is_wanted:
            self._is_wanted = True
            self._runner.call(self._follow, lambda _: None)

    def _let_go(self) -> None:
        self._is_wanted = False
        self._runner.call(self._follow, lambda _: None)

    def _follow(self) -> None:
        """Do what is wanted by now."""
        if self._is_wanted and self._release is None and not self._was_refused():
            self._release = self._stay_awake(self._why)
            self._refused_s = time.monotonic() if self._release is None else None
        elif not self._is_wanted and self._release is not None:
            release, self._release = self._release, None
            release()

    def _was_refused(self) -> bool:
        return self._refused_s is not None and time.monotonic() - self._refused_s < _REFUSED_S
