"""Garbage is collected on the GUI thread only: a pool thread might end a QObject that is not its own."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

COLLECTING_MS = 500


class Collector(QObject):
    """Collects what Python itself would have collected by now, a little at a time."""

    def __init__(self, parent: QObject) -> None:
        """Put what is there aside, once: it stays, and looking through it again takes long."""
        super().__init__(parent)
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer = QTimer(self, interval=COLLECTING_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def let_go(self) -> None:
        """Look through everything again: a window and its session are gone."""
        gc.unfreeze()

    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [number for number in range(3) if counts[number] > thresholds[number]]
        if due:
            gc.collect(due[-1])
