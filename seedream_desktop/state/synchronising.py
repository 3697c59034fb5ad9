"""Holding the open library against its files in the background: all of it, or what changed outside.

On a thread of its own, so that what the designer does meanwhile does not wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner

SHOWN_FROM = 300  # changes; fewer are not worth a word
_TOLD_FIRST_S, _TOLD_MOST_S, _TOLD_GROWTH = 1.5, 15.0, 1.4  # the gallery shows what is there so far
_SHOWN_S = 1.0  # so long it waits for that: both at once would hold up the window
_PAINTED_MS = 50
_GAP_MS = 500
_SHARE = 4  # after a look, at least so many times its length nothing is looked at


class Synchronising(QObject):
    """Looks, one at a time. GUI thread."""

    ended = Signal(object)  # tuple[str, ...]: the folders that were looked at; "": all
    stopped = Signal()  # by the designer; the rest is left for later
    _became_long = Signal()
    _went_on = Signal()

    def __init__(self, pictures: Pictures, activities: Activities, runner: TaskRunner) -> None:
        """Tell through ``pictures`` what changed, and through ``activities`` how far it is."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._runner = runner
        self._wanted = set[str]()
        self._wants_all = False
        self._run: _Run | None = None
        self._was_stopped = False
        self._said: Problem | None = None
        self._gap = QTimer(self, singleShot=True)
        self._gap.timeout.connect(self._start)
        self._became_long.connect(self._on_long)
        self._went_on.connect(pictures.tell_everything)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is looked at, nor will be soon."""
        return self._run is None and not self._wanted and not self._wants_all

    @property
    def is_looking(self) -> bool:
        """Whether something is looked at."""
        return self._run is not None

    def begin(self) -> None:
        """Look through the whole library."""
        self._was_stopped = False
        self._wants_all = True
        self._start_soon()

    def look(self, folders: Iterable[str]) -> None:
        """Look at what changed in some folders, named by their paths in the library."""
        self._wanted.update(folders)
        self._start_soon()

    def go_on(self) -> None:
        """What was told of is shown: the window does not need the processor any more."""
        if self._run is not None:
            shown = self._run.is_shown  # held here: Qt for Python forgets whose method it is to call
            QTimer.singleShot(_PAINTED_MS, self, lambda: shown.set())  # noqa: PLW0108 - as above

    def mend(self) -> None:
        """Build the index anew if it was found damaged, unless the designer has stopped that."""
        library = self._pictures.library
        if library is not None and library.needs_rebuild and self.is_idle and not self._was_stopped:
            self.begin()

    def stop(self) -> None:
        """Leave off: another library is opened, or none."""
        self._wanted.clear()
        self._wants_all = False
        self._gap.stop()
        if self._run is not None:
            self._run.is_cut = True
            self._run.is_shown.set()

    def _start_soon(self) -> None:
        if self._run is None and not self._gap.isActive():
            self._start()

    def _start(self) -> None:
        library = self._pictures.library
        if library is None or self._run is not None or self.is_idle:
            return
        folders = None if self._wants_all else tuple(self._wanted)
        run = _Run(library, folders, self._became_long.emit, self._went_on.emit)
        self._wanted.clear()
        self._wants_all = False
        self._run = run
        if library.needs_rebuild and not self._was_stopped:
            self._on_long()
        self._runner.call(run.look, lambda changed: self._on_end(run, None, changed), self._on_problem)

    def _on_long(self) -> None:
        if self._run is not None and self._run.ongoing is None:
            self._run.ongoing = self._activities.begin(ActivityKind.INDEX)

    def _on_problem(self, problem: Problem) -> None:
        if self._run is not None:
            self._on_end(self._run, problem, is_changed=True)

    def _on_end(self, run: _Run, problem: Problem | None, is_changed: bool) -> None:
        self._run = None
        if run.ongoing is not None:
            run.ongoing.end()
        if run.library is self._pictures.library:
            if is_changed:
                self._pictures.tell_everything()
            if problem is not None and problem.kind != (self._said.kind if self._said else None):
                self._pictures.failed.emit(problem)  # once, however often it is tried
            self._said = problem
            if run.is_stopped:
                self._was_stopped = True
                self.stopped.emit()
            self.ended.emit(("",) if run.folders is None else run.folders)
        if not self.is_idle:
            self._gap.start(max(_GAP_MS, round(_SHARE * run.took_s * 1000)))


class _Run:
    """One look. ``look`` and ``proceed`` are called on the runner's thread."""

    def __init__(
        self,
        library: Library,
        folders: tuple[str, ...] | None,
        become_long: Callable[[], object],
        go_on: Callable[[], object],
    ) -> None:
        self.library = library
        self.folders = folders
        self.ongoing: Ongoing | None = None
        self.is_cut = False  # nobody wants it any more
        self.is_stopped = False
        self.took_s = 0.0
        self.is_shown = threading.Event()
        self._become_long = become_long
        self._go_on = go_on
        self._is_long = False
        self._told_s = time.monotonic()
        self._every_s = _TOLD_FIRST_S

    def look(self) -> bool:
        began_s = time.monotonic()
        try:
            if self.folders is None:
                return self.library.synchronise(self._proceed)
            return self.library.look(self.folders)
        except ProblemError:
            if self.is_cut:
                return False
            raise
        finally:
            self.took_s = time.monotonic() - began_s

    def _proceed(self, done: int, total: int) -> bool:
        now_s = time.monotonic()
        if total >= SHOWN_FROM and not self._is_long:
            self._is_long = True
            self._become_long()
        if now_s - self._told_s > self._every_s:
            self._told_s = now_s
            self._every_s = min(self._every_s * _TOLD_GROWTH, _TOLD_MOST_S)  # it costs more as it fills
            self.is_shown.clear()
            self._go_on()
            self.is_shown.wait(_SHOWN_S)
        if self.ongoing is not None and not self.ongoing.proceed(done, total):
            self.is_stopped = done < total
        return not self.is_cut and not self.is_stopped
