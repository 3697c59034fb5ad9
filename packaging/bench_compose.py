"""The real application while one composes; reports as JSON. Nothing is sent: the queue is paused.

``matrix``: 1,000 requests counted, priced, queued, cancelled. ``typing``: from each key to the painted one,
in a prompt of 2,000 characters that speaks of 14 references. Called as ``bench_compose.py matrix|typing``.
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

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor

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
REFERENCES = 14
LENGTH = 2_000  # characters of the prompt that is typed into
_NUMBERS = range(1, REFERENCES + 1)
KEYS = 400
Wait = Callable[[], bool]


class Compose(QObject):
    """Goes through a script of steps; each step yields what has to come true before the next."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__()
        self._folder = folder
        self._painted = 0
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

    def typing(self) -> Iterator[Wait]:
        """Words in the middle of a long prompt, each letter until it is painted."""
        session, prompt = self._session, self._window.compose.prompt
        yield lambda: session.target_board() is not None and self._window.isVisible()
        session.intake.take_files(tuple(_pictures(self._folder)))
        yield lambda: len(session.draft.recipe.references or ()) == REFERENCES
        prompt.setFocus()
        prompt.insert(_long_prompt())
        assert len(prompt.words()) == LENGTH
        yield _after(SETTLED_MS)
        assert prompt.mentions is not None
        assert len(set(prompt.spoken_of())) == REFERENCES
        prompt.viewport().installEventFilter(self)
        cursor = prompt.textCursor()
        cursor.setPosition(LENGTH // 2)
        prompt.setTextCursor(cursor)
        times = list[float]()
        for letter in ("a soft light over the quiet valley, " * KEYS)[:KEYS]:
            yield _after(POLL_MS)
            times.append(self._typed(letter))
        for _ in range(KEYS // 4):
            yield _after(POLL_MS)
            times.append(self._typed("\b"))
        prompt.moveCursor(QTextCursor.MoveOperation.End)
        self.report = {"typed": times}

    def _typed(self, letter: str) -> float:
        """Milliseconds from the key to the end of the paint that shows it."""
        prompt = self._window.compose.prompt
        key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_A
        before, since_s = self._painted, time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "" if letter == "\b" else letter)
            QCoreApplication.sendEvent(prompt, event)
        while self._painted == before:
            QCoreApplication.processEvents()
        return _since_ms(since_s)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paints are counted."""
        if event.type() == QEvent.Type.Paint:
            self._painted += 1
        return super().eventFilter(watched, event)

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


def _pictures(folder: Path) -> Iterator[Path]:
    """As many as a request takes, each of another colour."""
    for number in _NUMBERS:
        image = QImage(900 + number, 700, QImage.Format.Format_RGB32)
        image.fill(0x203040 + number * 0x0A0C0E)
        path = folder / f"reference {number}.png"
        image.save(str(path))
        yield path


def _long_prompt() -> str:
    """With all references spoken of, in both scripts."""
    spoken = [f"光线参考图{one}。" if one % 2 else f"the chair of image {one}," for one in _NUMBERS]
    filler = " a wide and calm view of the valley with mist between the trees "
    return (filler.join(spoken) + filler * LENGTH)[:LENGTH]


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
