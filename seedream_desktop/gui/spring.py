"""What is folded opens by itself where a drag rests on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

RESTS_MS = 700  # long enough that a drag passes over without a stir


class Spring(QObject):
    """Told at every move of a drag where it is; says when it has rested there."""

    rested = Signal(str)  # the id that it rests on

    def __init__(self, parent: QObject) -> None:
        """Nothing is dragged yet."""
        super().__init__(parent)
        self._over_id = ""
        self._timer = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._timer.timeout.connect(self._on_timeout)

    def rest_on(self, over_id: str) -> None:
        """The drag is over that; empty: over nothing that could open."""
        if over_id == self._over_id:
            return
        self._over_id = over_id
        self._timer.stop()
        if over_id:
            self._timer.start()

    def _on_timeout(self) -> None:
        self.rested.emit(self._over_id)
