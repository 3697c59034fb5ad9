"""Runs real jobs in the real window against the stand-in (a process of its own) and reports times as JSON.

``arrivals``: milliseconds from the last byte of a picture to its painted tile, by size and format.
``stalls``: how long the GUI thread was away, in milliseconds, while three jobs ran at once.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QPixmap

from bench_stopwatch import Stopwatch
from seedream_desktop.app import Application, Options
from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.pipeline.events import PictureSaved  # noqa: TC001 - nothing is gained here
from seedream_desktop.settings import places
from seedream_desktop.state.thumbnail_cache import Found  # noqa: TC001 - as above

REPEATS = 5
SHORTLY_MS = 100
PATIENCE_MS = 240_000
KINDS = (
    ("2048 JPEG", "2048x2048", OutputFormat.JPEG),
    ("2048 PNG", "2048x2048", OutputFormat.PNG),
    ("4096 PNG", "4096x4096", OutputFormat.PNG),
)


class Bench:
    """Presses Generate again and again and watches."""

    def __init__(self, folder: Path) -> None:
        """Start the application in ``folder``."""
        options = Options("", folder / "library", folder / "data", is_demo=True)
        self._application = Application(options, places(folder / "data"), lambda _: self._begin())
        self._session = self._application.session
        self._last_byte_s: dict[str, float] = {}  # by job id
        self._waiting: dict[str, tuple[str, float]] = {}  # label and time of the last byte, by SHA-256
        self.arrivals_ms: dict[str, list[float]] = {label: [] for label, _, _ in KINDS}
        self._plan = [kind for kind in (KINDS[0], *KINDS) for _ in range(REPEATS)]
        self._label = ""
        self._stopwatch: Stopwatch | None = None
        self._watch_downloads()
        self._watch_painting()

    def run(self) -> dict[str, Any]:
        """Go through the plan; the report is partial when it took too long."""
        QTimer.singleShot(PATIENCE_MS, lambda: QCoreApplication.exit(1))
        QCoreApplication.exec()
        gaps = self._stopwatch.gaps_ms if self._stopwatch else []
        warmed_up = {label: times[-REPEATS:] for label, times in self.arrivals_ms.items()}
        return {"arrivals": warmed_up, "stalls": gaps}

    def _begin(self) -> None:
        self._session.queue.picture_saved.connect(self._on_saved)
        self._session.account.key_changed.connect(lambda _: self._next())

    def _next(self) -> None:
        if self._session.target_board() is None:
            QTimer.singleShot(SHORTLY_MS, self._next)
        elif self._plan:
            label, size, output_format = self._plan.pop(0)
            self._press(label, size, output_format, 1)
        elif self._stopwatch is None:
            self._stopwatch = Stopwatch()
            self._session.queue.idle.connect(QCoreApplication.quit)
            self._press("", "2048x2048", OutputFormat.JPEG, 3 * REPEATS)

    def _press(self, label: str, size: str, output_format: OutputFormat, count: int) -> None:
        draft = self._session.draft
        recipe = replace(draft.recipe, prompt=f"ridges {label}", size=Size.parse(size))
        draft.apply(replace(recipe, output_format=output_format))
        draft.set_variations(count)
        self._label = label
        if not self._session.press():
            QTimer.singleShot(SHORTLY_MS, lambda: self._press(label, size, output_format, count))

    def _watch_downloads(self) -> None:
        download = self._session.client.download

        async def timed(
            url: str,
            target: Path,
            progress: Callable[[int, int | None], None],
            expires_ms: int | None = None,
        ) -> None:
            def note(got_bytes: int, total_bytes: int | None) -> None:
                self._last_byte_s[target.parent.name] = time.perf_counter()
                progress(got_bytes, total_bytes)

            await download(url, target, note, expires_ms)

        self._session.client.download = timed  # type: ignore[method-assign]

    def _watch_painting(self) -> None:
        pixmap = self._session.thumbnails.pixmap

        def watched(sha256: str, path: Found, side_px: int = 256) -> QPixmap | None:
            found = pixmap(sha256, path, side_px)
            if found is not None and sha256 in self._waiting:
                label, since_s = self._waiting.pop(sha256)
                QTimer.singleShot(0, lambda: self._on_painted(label, since_s))
            return found

        self._session.thumbnails.pixmap = watched  # type: ignore[method-assign]

    def _on_saved(self, saved: PictureSaved) -> None:
        if self._label:
            self._waiting[saved.picture.sha256] = (self._label, self._last_byte_s[saved.job_id])

    def _on_painted(self, label: str, since_s: float) -> None:
        self.arrivals_ms[label].append((time.perf_counter() - since_s) * 1000)
        QTimer.singleShot(SHORTLY_MS, self._next)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as folder:
        print(json.dumps(Bench(Path(folder)).run()), flush=True)
    os._exit(0)
