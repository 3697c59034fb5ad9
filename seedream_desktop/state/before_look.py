"""The look at what a picture was made from: asked for while a key is held, found out once for a picture."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.request import Reference

if TYPE_CHECKING:
    from seedream_desktop.tasks import Task, TaskRunner


class Before(Enum):
    """What is known of it."""

    UNKNOWN = "unknown"
    NOTHING = "nothing"  # it was made from words alone
    THERE = "there"
    GONE = "gone"  # its file is not in the library any more


class BeforeLook(QObject):
    """Holds the answer for the picture on the stage."""

    changed = Signal()
    wanted = Signal()  # the answer is needed now

    def __init__(
        self,
        runner: TaskRunner,
        reference_path: Callable[[Reference], Path],
        parent: QObject | None = None,
    ) -> None:
        """``reference_path`` blocks; it is called on ``runner``."""
        super().__init__(parent)
        self._runner = runner
        self._reference_path = reference_path
        self._finding: Task | None = None
        self.is_held = False
        self.state = Before.UNKNOWN
        self.path: Path | None = None

    def forget(self) -> None:
        """Another picture is on the stage."""
        if self._finding is not None:
            self._finding.cancel()
            self._finding = None
        self.state, self.path = Before.UNKNOWN, None
        if self.is_held:
            self.wanted.emit()

    def hold(self, is_held: bool) -> None:
        """Begin to look, or stop."""
        if is_held == self.is_held:
            return
        self.is_held = is_held
        if is_held and self.state is Before.UNKNOWN:
            self.wanted.emit()
        self.changed.emit()

    def answer(self, before: Reference | Path | None) -> None:
        """Take what the picture was made from; None: from words alone."""
        if isinstance(before, Reference):
            self._finding = self._runner.call(
                lambda: self._reference_path(before),
                lambda path: self._take(Before.THERE, path),
                lambda _: self._take(Before.GONE, None),
            )
        else:
            self._take(Before.NOTHING if before is None else Before.THERE, before)

    def lose(self) -> None:
        """Its file turned out to be missing or damaged."""
        self._take(Before.GONE, None)

    def _take(self, state: Before, path: Path | None) -> None:
        self.state, self.path = state, path
        self.changed.emit()
