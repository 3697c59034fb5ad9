"""The real application with a matrix of 1,000 requests: counted, priced, queued, cancelled; reports as JSON.

Nothing is sent: the queue is paused. Called as ``bench_compose.py matrix``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from bench_stopwatch import Stopwatch
from seedream_desktop.app import Application, Options
from seedream_desktop.journal import Journal
from seedream_desktop.settings import places

SIDE = 10  # values of each of three places of the prompt
COUNT = SIDE**3
ROUNDS = 5
POLL_MS = 2
SETTLED_MS = 1_500
APART_MS = 600  # two presses sooner are one
PATIENCE_MS = 120_000
Wait = Callable[[], bool]


class Compose(QObject):
    """Goes through a script of steps; each step yields what has to come true before the next."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__()
        options = Options("", folder / "library", folder / "data", is_demo=True)
        self._where = places(folder / "data")
        self._application = Application(options, self._where, lambda _: None)
        self._session, self._window = self._application.session, self._application.window
        self.report: dict[str, Any] = {}
        self._script: Iterator[Wait] = getattr(self, what)()
        self._until: Wait = lambda: True
        self._timer = QTimer(self, interval=POLL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        QTimer.singleShot(PATIENCE_MS, self, lambda: QCoreApplication.exit(1))

    def matrix(self) -> Iterator[Wait]:
        """Again and again: typed, pressed, in the journal on disk, all cancelled."""
        session = self._session
        yield lambda: session.target_board() is not None and self._window.isVisible()
        yield lambda: session.account.has_key
        session.ask_above_usd = 0.0
        session.queue.pause()
        yield _after(SETTLED_MS)
        times: dict[str, list[float]] = {"priced": [], "queued": [], "cancelled": []}
        stopwatch = Stopwatch()
        for number in range(ROUNDS):
            yield from self._round(number, times)
            yield _after(APART_MS)
        self.report = {**times, "gaps": stopwatch.gaps_ms}

    def _round(self, number: int, times: dict[str, list[float]]) -> Iterator[Wait]:
        session = self._session
        since_s = time.perf_counter()
        session.draft.set_prompt(_matrix(number))
        assert session.draft.requests_count() == COUNT
        assert session.draft.cost() is not None
        times["priced"].append(_since_ms(since_s))
        yield _after(POLL_MS)
        since_s = time.perf_counter()
        self._window.generate_bar.generate()
        yield lambda: len(session.queue._ready) == COUNT  # noqa: SLF001 - the journal has them
        times["queued"].append(_since_ms(since_s))
        yield _after(APART_MS)
        since_s = time.perf_counter()
        session.queue.cancel_all()
        done = list[bool]()
        session._writing.call(lambda: None, lambda _: done.append(True))  # noqa: SLF001 - in order
        yield lambda: bool(done)
        times["cancelled"].append(_since_ms(since_s))
        journal = Journal(self._where.journal)
        assert not journal.open_jobs()
        journal.close()

    def _go_on(self) -> None:
        if not self._until():
            return
        try:
            self._until = next(self._script)
        except StopIteration:
            QCoreApplication.exit(0)


def _matrix(number: int) -> str:
    """A prompt of 1,000 cells, each round another."""
    sides = ("|".join(f"value {number}{one}{side}" for one in range(SIDE)) for side in "abc")
    return "A poster of the valley at dawn, {" + "} and {".join(sides) + "}, wide and calm"


def _since_ms(since_s: float) -> float:
    return (time.perf_counter() - since_s) * 1000


def _after(wait_ms: float) -> Wait:
    until_s = time.perf_counter() + wait_ms / 1000
    return lambda: time.perf_counter() >= until_s


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name:
        compose = Compose(Path(name), sys.argv[1])
        QCoreApplication.exec()
        print(json.dumps(compose.report), flush=True)
    os._exit(0)
