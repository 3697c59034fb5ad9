"""The look through the whole library as it goes on: begun, told, stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.findings import Checkup
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.pictures import Pictures

Look = Callable[[Path], object]
_TOLD_EVERY_S = 0.1


class CheckingUp(QObject):
    """One look at a time, on a thread of its own: a thorough one may take hours. GUI thread."""

    began = Signal()
    went_on = Signal(int, int)  # files that were looked at, and all; on the GUI thread
    ended = Signal(object)  # Checkup; what was found
    failed = Signal(object)  # Problem: there was nothing to look at, or no longer
    forgotten = Signal(int)  # pictures that are waited for no longer

    def __init__(self, pictures: Pictures, activities: Activities) -> None:
        """Look at what ``pictures`` has open."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._runner = TaskRunner(1, self)
        self._ongoing: Ongoing | None = None

    @property
    def is_running(self) -> bool:
        """Whether a look is under way."""
        return self._ongoing is not None

    def begin(self, look: Look | None) -> None:
        """Look through the open library; with ``look``, which decodes a picture, thoroughly."""
        library = self._pictures.library
        if self.is_running or library is None:
            return
        ongoing = self._activities.begin(ActivityKind.CHECK)
        proceed = _Proceed(ongoing, self.went_on.emit)
        self._ongoing = ongoing
        self._runner.call(lambda: library.check(look, proceed), self._on_ended, self._on_failed)
        self.began.emit()

    def stop(self) -> None:
        """Stop at the next file; what was found until then is told."""
        if self._ongoing is not None:
            self._ongoing.cancel()

    def forget_missing(self, picture_ids: tuple[str, ...]) -> None:
        """Let go of what waits for pictures that are gone for good."""

        def forget(library: Library) -> int:
            return library.forget_missing(picture_ids)

        self._pictures.act(forget, self.forgotten.emit)

    def leave(self) -> None:
        """Stop without a word: the session ends."""
        self.stop()
        self._runner.stop()

    def close(self, wait_ms: int) -> bool:
        """Wait for the thread; True: it ended."""
        self.leave()
        return self._runner.close(wait_ms)

    def _on_ended(self, checkup: Checkup) -> None:
        self._end()
        self.ended.emit(checkup)

    def _on_failed(self, problem: Problem) -> None:
        self._end()
        self.failed.emit(problem)

    def _end(self) -> None:
        if self._ongoing is not None:
            self._ongoing.end()
            self._ongoing = None
        if self._pictures.library is not None:
            self._pictures.tell_everything()


class _Proceed:
    """Tells activity and dialog, each not too often. Called on the runner's thread."""

    def __init__(self, ongoing: Ongoing, tell: Callable[[int, int], object]) -> None:
        self._ongoing = ongoing
        self._tell = tell
        self._told_s = 0.0

    def __call__(self, done: int, total: int) -> bool:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now_s
            self._tell(done, total)
        return self._ongoing.proceed(done, total)
