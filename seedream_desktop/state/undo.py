"""Undo for what is done to the library: each step knows how to be taken back and done again."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

STEPS_KEPT = 200


class Step(Protocol):
    """One act on the library. ``kind`` and ``count`` name it in the menu: ``("trash", 3)``."""

    @property
    def kind(self) -> str:
        """What is done."""

    @property
    def count(self) -> int:
        """To how many pictures."""

    def undo(self) -> None:
        """Take it back."""

    def redo(self) -> None:
        """Do it again."""


class UndoStack(QObject):
    """The steps that can be taken back, newest last."""

    changed = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def next_undo(self) -> Step | None:
        """What ``undo`` would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """What ``redo`` would do again."""
        return self._undone[-1] if self._undone else None

    def push(self, step: Step) -> None:
        """Remember a step that was just begun; what was undone before it is gone."""
        self._done = [*self._done[1 - STEPS_KEPT :], step]
        self._undone.clear()
        self.changed.emit()

    def drop(self, step: Step) -> None:
        """Forget a step that came to nothing."""
        for steps in (self._done, self._undone):
            if step in steps:
                steps.remove(step)
        self.changed.emit()

    def turn_back(self, step: Step) -> None:
        """A step could not be gone: it stands where it stood before, to be tried again."""
        for source, target in ((self._done, self._undone), (self._undone, self._done)):
            if step in source:
                source.remove(step)
                target.append(step)
                break
        self.changed.emit()

    def undo(self) -> None:
        """Take the newest step back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            step.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            step.redo()
            self.changed.emit()

    def clear(self) -> None:
        """Forget every step: another library was opened."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()
