"""A menu of boxes that stays open while they are ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class StayingMenu(QMenu):
    """A click or Space ticks and stays, Enter ticks and closes."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, and stay."""
        if not self._ticks():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks."""
        if event.key() != Qt.Key.Key_Space or not self._ticks():
            super().keyPressEvent(event)

    def _ticks(self) -> bool:
        act: QAction | None = self.activeAction()
        if act is None or not act.isCheckable() or not act.isEnabled():
            return False
        act.trigger()
        return True
