"""How long the GUI thread is away: a short timer, and how late it comes."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 2


class Stopwatch(QObject):
    """How late a short timer of the GUI thread comes."""

    def __init__(self) -> None:
        """Start at once."""
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now_s = time.perf_counter()
        self.gaps_ms.append(max(0.0, (now_s - self._last_s) * 1000 - TICK_MS))
        self._last_s = now_s
