"""The whole main job against the stand-in, in the real window on Qt's offscreen platform; reports as JSON.

Temporary library and data directory, nothing of the user's is touched, no window is shown. The report is one
JSON object, the last line of standard output.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import ssl
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QImageReader

from seedream_desktop import __version__
from seedream_desktop.app import Application, Options
from seedream_desktop.credentials import find_keyring
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.settings import places

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.pictures import LibraryChange

PATIENCE_MS = 90_000
PROMPT = "A red fox asleep in the snow, seen from above, soft morning light"
PACKAGES = ("PySide6-Essentials", "httpx", "keyring", "pillow", "truststore", "platformdirs")


def self_check() -> int:
    """Make a picture; 0 when it is in the library, 1 when not. Prints the report."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    started_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="seedream-check-", ignore_cleanup_errors=True) as folder:
        try:
            report = _Check(Path(folder), started_s).run()
        except ProblemError as error:  # no demo: whoever reads the report is told by it
            report = {"ok": False, "problem": error.problem.kind.value, "version": __version__}
    print(json.dumps(report, ensure_ascii=False), flush=True)
    return 0 if report["ok"] else 1


class _Check:
    """Drives the window as a designer would: a prompt, a reference, Generate."""

    def __init__(self, folder: Path, started_s: float) -> None:
        self._folder = folder
        self._started_s = started_s
        self._timings_ms: dict[str, int] = {}
        self._saved: list[Picture] = []
        self._problem = "nothing came within the time"
        options = Options("", folder / "library", folder / "data", is_demo=True)
        self._application = Application(options, places(folder / "data"), lambda _: self._note("first_paint"))
        self._session = self._application.session

    def run(self) -> dict[str, Any]:
        """Go through the job and say how it went."""
        self._session.account.key_changed.connect(self._compose_once)
        self._session.pictures.library_changed.connect(self._compose_once)
        self._session.draft.recipe_changed.connect(self._generate_once)
        self._session.pictures.library_changed.connect(self._on_library_changed)
        self._session.queue.job_changed.connect(lambda job: self._fail(job.problem))
        self._session.pictures.failed.connect(self._fail)
        QTimer.singleShot(PATIENCE_MS, self._application.quit)
        self._application.exec()
        return self._report()

    def _compose_once(self, *_: object) -> None:
        """Begin as soon as there are a key and a library."""
        is_ready = self._session.account.has_key and self._session.target_board() is not None
        if not is_ready or "ready" in self._timings_ms:
            return
        self._note("ready")
        picture = self._folder / "reference.png"
        image = QImage(320, 200, QImage.Format.Format_RGB32)
        image.fill(0x3366AA)
        image.save(str(picture))
        window = self._application.window
        window.compose.prompt.setPlainText(PROMPT)
        self._session.intake.take_files((picture,))

    def _generate_once(self, *_: object) -> None:
        recipe = self._session.draft.recipe
        if recipe.references and recipe.prompt == PROMPT and not self._session.queue.jobs:
            self._note("reference_taken")
            self._application.window.generate_bar.generate_button.click()

    def _on_library_changed(self, change: LibraryChange) -> None:
        if change.added:
            self._saved.extend(change.added)
            self._note("picture_saved")
            self._application.quit()

    def _fail(self, problem: Problem | None) -> None:
        if problem is not None:
            self._problem = problem.kind.value
            self._application.quit()

    def _note(self, what: str) -> None:
        self._timings_ms[what] = round((time.monotonic() - self._started_s) * 1000)

    def _report(self) -> dict[str, Any]:
        backend = find_keyring()
        return {
            "ok": bool(self._saved),
            "problem": "" if self._saved else self._problem,
            "version": __version__,
            "python": platform.python_version(),
            "packages": {name: version(name) for name in PACKAGES},
            "sqlite": sqlite3.sqlite_version,
            "keyring": backend.name if backend else None,
            "image_formats": sorted(
                bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()
            ),
            "certificates": _certificates(),
            "timings_ms": self._timings_ms,
            "saved": [
                {
                    "name": one.path.name,
                    "width_px": one.width_px,
                    "height_px": one.height_px,
                    "bytes": one.size_bytes,
                }
                for one in self._saved
            ],
        }


def _certificates() -> dict[str, Any]:
    """Where this system keeps its certificate authorities, and how many a plain context finds there."""
    paths = ssl.get_default_verify_paths()
    context = ssl.create_default_context()
    return {"file": paths.cafile, "folder": paths.capath, "count": context.cert_store_stats()["x509_ca"]}
