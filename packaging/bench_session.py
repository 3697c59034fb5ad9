"""The real application against a server of the benches; reports as JSON.

Called as ``bench_session.py set|many PORT``. ``set``: a set of large pictures inside the answer. ``many``: a
press that makes many requests, as many at once as may be.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QTimer

from bench_client import AT_ONCE, KEY, REQUESTS, SET_PICTURES, Rise
from bench_stopwatch import Stopwatch
from seedream_desktop.app import Application, Options
from seedream_desktop.generation.request import ResponseFormat, Size
from seedream_desktop.settings import places

SHORTLY_MS = 100
SETTLING_MS = 1500
PATIENCE_MS = 120_000


class Bench:
    """Presses Generate once for practice, then again, and watches that."""

    def __init__(self, folder: Path, base_url: str, what: str) -> None:
        """Start the application in ``folder``."""
        options = Options(base_url, folder / "library", folder / "data", environment_key=KEY)
        self._application = Application(options, places(folder / "data"), lambda _: self._begin())
        self._session = self._application.session
        self._is_set = what == "set"
        self._is_practice = True
        self._pictures = 0
        self._pressed_s = 0.0
        self._stopwatch: Stopwatch | None = None
        self._rise: Rise | None = None
        self._report: dict[str, Any] = {}

    def run(self) -> dict[str, Any]:
        """Until all is done; the report is empty when it took too long."""
        QTimer.singleShot(PATIENCE_MS, lambda: QCoreApplication.exit(1))
        QCoreApplication.exec()
        return self._report

    def _begin(self) -> None:
        self._session.queue.picture_saved.connect(self._on_saved)
        self._session.queue.idle.connect(self._on_idle)
        self._session.queue.set_jobs_at_once(AT_ONCE)
        self._session.account.key_changed.connect(lambda _: self._press())

    def _press(self) -> None:
        draft = self._session.draft
        recipe = replace(draft.recipe, prompt="ridges", size=Size(preset="2K"), is_set=self._is_set)
        inline = ResponseFormat.B64_JSON if self._is_set else ResponseFormat.URL
        draft.apply(replace(recipe, images_in_set=SET_PICTURES, response_format=inline))
        draft.set_variations(1 if self._is_set or self._is_practice else REQUESTS)
        self._pressed_s = time.perf_counter()
        if not self._session.press():
            QTimer.singleShot(SHORTLY_MS, self._press)

    def _on_saved(self, _saved: object) -> None:
        self._pictures += 1

    def _on_idle(self) -> None:
        if self._is_practice:
            self._is_practice = False
            QTimer.singleShot(SETTLING_MS, self._watch)
        elif self._stopwatch is not None and self._rise is not None:
            took_s = time.perf_counter() - self._pressed_s
            self._report = {"seconds": took_s, "pictures": self._pictures}
            QTimer.singleShot(SETTLING_MS, self._end)  # until the last of them is painted

    def _watch(self) -> None:
        self._pictures = 0
        self._rise = Rise()
        self._stopwatch = Stopwatch()
        self._press()

    def _end(self) -> None:
        assert self._stopwatch is not None
        assert self._rise is not None
        self._report |= {"mib": self._rise.mib, "stalls": self._stopwatch.gaps_ms}
        QCoreApplication.quit()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as folder:
        what, port = sys.argv[1:]
        print(json.dumps(Bench(Path(folder), f"http://127.0.0.1:{port}/v1", what).run()), flush=True)
    os._exit(0)
