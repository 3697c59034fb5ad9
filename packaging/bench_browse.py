"""The real application on a library of many pictures: scrolled, searched, rebuilt; reports as JSON.

Called as ``bench_browse.py scroll|search|rebuild|rescan DATA_DIR LIBRARY``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from bench_stopwatch import Stopwatch
from seedream_desktop.__main__ import main

if TYPE_CHECKING:
    from seedream_desktop.app import Application

FRAME_MS = 16
SCROLLED_TILES = 5000
STEPS_A_SCREEN = 8
STOPS = 12  # places to which the scroll bar is dragged
TYPED = ("blue march 4", "水墨山水", "neon street", "春天的花园", "scarf", "猫", "rating:>=3 lake", "mist 77")
MONTHS = ("blue 2026-12", "blue 2027-01", "蓝 2026-12", "blue 2026-11")  # those that the library has
POLL_MS = 2
SETTLED_MS = 8_000  # after the start; by then the library has been held against its files
PATIENCE_MS = 240_000
Wait = Callable[[], bool]


class Browse(QObject):
    """Goes through a script of steps; each step yields what has to come true before the next."""

    def __init__(self, application: Application, what: str) -> None:
        super().__init__(application)
        self.session = application.session
        self.window = application.window
        self.gallery = application.window.gallery
        self.report: dict[str, Any] = {}
        self._script: Iterator[Wait] = getattr(self, what)()
        self._until: Wait = lambda: True
        self._timer = QTimer(self, interval=POLL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._end(1))

    def scroll(self) -> Iterator[Wait]:
        """Through 5,000 tiles at a reader's pace, then to places far apart."""
        yield self._is_open
        self._bar, self._frames_ms = self.gallery.verticalScrollBar(), list[float]()
        stopwatch, filled_ms = Stopwatch(), list[float]()
        per_screen, height_px = max(1, len(self.gallery.rows_in_view())), self.gallery.viewport().height()
        steps = min(SCROLLED_TILES * STEPS_A_SCREEN // per_screen, self._bar.maximum() * 8 // height_px)
        for _ in range(steps):
            self._scroll_to(self._bar.value() + height_px // STEPS_A_SCREEN)
            yield _after(FRAME_MS)
        since_s = time.perf_counter()
        yield lambda: self.gallery.shows_every_picture
        filled_ms.append((time.perf_counter() - since_s) * 1000)
        self.report["memory_kib"] = _resident_kib()
        for stop in range(1, STOPS + 1):
            self._scroll_to(self._bar.maximum() * (stop * 7 % STOPS) // STOPS)
            since_s = time.perf_counter()
            yield lambda: self.gallery.shows_every_picture
            filled_ms.append((time.perf_counter() - since_s) * 1000)
        self.report |= {"frames": self._frames_ms, "gaps": stopwatch.gaps_ms, "filled": filled_ms}

    def _scroll_to(self, value: int) -> None:
        """Scroll and paint at once, as a frame of a screen would."""
        since_s = time.perf_counter()
        self._bar.setValue(value)
        self.gallery.viewport().repaint()
        self._frames_ms.append((time.perf_counter() - since_s) * 1000)

    def search(self) -> Iterator[Wait]:
        """Letter by letter, each awaited."""
        yield self._is_open
        yield _after(SETTLED_MS)
        self._field().setFocus()  # as somebody does who is about to type
        keys_ms, months_ms, cleared_ms, counts = list[float](), list[float](), list[float](), dict[str, int]()
        stopwatch = Stopwatch()
        for text in (*TYPED, *MONTHS):
            times_ms = months_ms if text in MONTHS else keys_ms
            for end in range(len(text) if text in MONTHS else 1, len(text) + 1):
                if text[end - 1] != " ":  # which says nothing new
                    yield from self._search_for(text[:end], times_ms)
            counts[text] = self.session.gallery.picture_count
            yield from self._search_for("", cleared_ms)
        self.report = {"keys": keys_ms, "months": months_ms, "cleared": cleared_ms}
        self.report |= {"gaps": stopwatch.gaps_ms, "found": counts}

    def _search_for(self, text: str, times_ms: list[float]) -> Iterator[Wait]:
        """Until what is found is painted."""
        shown = list[int]()
        connected = self.session.gallery.query_shown.connect(lambda _: shown.append(0))
        since_s = time.perf_counter()
        self._field().setText(text)
        yield lambda: bool(shown)
        self.gallery.viewport().repaint()
        times_ms.append((time.perf_counter() - since_s) * 1000)
        self.session.gallery.query_shown.disconnect(connected)
        yield _after(FRAME_MS)

    def rebuild(self) -> Iterator[Wait]:
        """The index is gone: until it is whole again."""
        stopwatch, since_s, read, pictures = Stopwatch(), time.perf_counter(), _read_bytes(), self._reads()
        yield lambda: self.session.pictures.library is not None
        yield lambda: not self.session.pictures.the_library().needs_rebuild
        self.report = {"seconds": time.perf_counter() - since_s, "gaps": stopwatch.gaps_ms}
        self.report |= {"read_bytes": _read_bytes() - read, "pictures_read": len(pictures)}

    def _reads(self) -> list[Path]:
        """The pictures that are read from now on, here and by the child processes."""
        read, worker = list[Path](), self.session.worker

        def hear(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "open" and str(arguments[0]).endswith(".jpeg"):
                read.append(Path(str(arguments[0])))

        def counted(look: Callable[..., Any]) -> Callable[..., Any]:
            def counting(path: Path, *others: Any) -> Any:
                read.append(path)
                return look(path, *others)

            return counting

        for name in ("look_at", "make_thumbnail", "fingerprint"):
            setattr(worker, name, counted(getattr(worker, name)))
        sys.addaudithook(hear)
        return read

    def rescan(self) -> Iterator[Wait]:
        """Nothing has changed: until that is known."""
        yield self._is_open
        yield _after(SETTLED_MS)
        done, synchronising = list[float](), self.session.watcher.synchronising
        yield lambda: synchronising.is_idle
        synchronising.ended.connect(lambda _: done.append(time.perf_counter()))
        stopwatch, since_s = Stopwatch(), time.perf_counter()
        synchronising.begin()
        yield lambda: bool(done)
        self.report = {"seconds": done[0] - since_s, "gaps": stopwatch.gaps_ms}

    def _is_open(self) -> bool:
        """Whether the library itself is shown, and no longer what was seen last."""
        return not self.session.gallery.is_recalled and self.gallery.shows_every_picture

    def _field(self) -> QLineEdit:
        fields = self.window.header.findChildren(QLineEdit)
        return next(field for field in fields if field.accessibleName() == "Search")

    def _go_on(self) -> None:
        if not self._until():
            return
        try:
            self._until = next(self._script)
        except StopIteration:
            self._end(0)

    def _end(self, code: int) -> None:
        print(json.dumps(self.report), flush=True)
        os._exit(code)


def _browse(application: Application, what: str) -> None:
    Browse(application, what)


def _after(wait_ms: float) -> Wait:
    until_s = time.perf_counter() + wait_ms / 1000
    return lambda: time.perf_counter() >= until_s


def _resident_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def _read_bytes() -> int:
    """What this process has read so far, from caches too."""
    held = Path("/proc/self/io").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in held.splitlines() if line.startswith("rchar")))


if __name__ == "__main__":
    what, data_dir, library = sys.argv[1:]
    arguments = ["--data-dir", data_dir, "--library", library]

    sys.exit(main(arguments, lambda application: _browse(application, what)))
