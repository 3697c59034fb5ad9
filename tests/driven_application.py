"""The whole application in a process of its own that does what its standard input says: ``driven.py``."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton

from seedream_desktop.__main__ import main
from seedream_desktop.app import Application
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, ResponseFormat, Size
from seedream_desktop.state.session import Session
from tests import mischief
from tests.kill_points import POINTS, watch_as_told

SMALL = "doubao-seedream-4-0-250828"  # takes references and makes sets
SMALLEST = {"doubao-seedream-3-0-t2i-250415": Size(width_px=512, height_px=512)}  # drawn in no time


class Ear(QObject):
    """Evaluates a line on the GUI thread and says on standard output what came of it."""

    heard = Signal(str)

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._application = application
        self.heard.connect(self.on_heard)
        threading.Thread(target=self._listen, daemon=True).start()

    @Slot(str)
    def on_heard(self, line: str) -> None:
        names = {
            "application": self._application,
            "window": self._application.window,
            "session": self._application.session,
            "button": button,
            "Path": Path,
            "points": POINTS,
            "mischief": mischief,
            "memory_beyond_caches": memory_beyond_caches,
            "press": lambda **wish: press(self._application, **wish),
        }
        try:
            said = {"value": eval(line, names)}
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
            said = {"error": repr(error)}
        sys.stdout.write(json.dumps(said, default=str) + "\n")
        sys.stdout.flush()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.heard.emit(line.strip())


def memory_beyond_caches(session: Session) -> int:
    """Bytes of the process in memory, less what the caches of thumbnails and of SQLite hold. Linux."""
    library = ctypes.CDLL(None)
    library.malloc_trim(0)  # what is free is not held
    sqlite = ctypes.CDLL(ctypes.util.find_library("sqlite3") or None)
    held_by_sqlite = getattr(sqlite, "sqlite3_memory_used", lambda: 0)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resident - session.thumbnails.held_bytes - int(held_by_sqlite())


def button(name: str) -> QPushButton:
    """The visible button of that name, in any window."""
    found = [
        widget
        for widget in QApplication.allWidgets()
        if isinstance(widget, QPushButton) and widget.isVisible() and widget.accessibleName() == name
    ]
    return found[0]


def press(
    application: Application,
    prompt: str,
    pictures: int = 1,
    variations: int = 1,
    form: str = "url",
    model: str = SMALL,
    reference: int = 0,
) -> list[str]:
    """Press Generate without the window, however soon after the last time; the ids of the jobs.

    ``reference`` is how many of the draft's first references come along; it keeps them all.
    """
    session = application.session
    draft = session.draft
    held = draft.recipe.references or ()
    draft.set_model(model)
    draft.apply(
        Recipe(
            prompt=prompt,
            size=SMALLEST.get(model, draft.model.sizes[0].size),
            is_set=pictures > 1,
            images_in_set=pictures,
            response_format=ResponseFormat(form),
            output_format=OutputFormat.JPEG,
            references=held[:reference],
        )
    )
    draft.set_variations(variations)
    session.queue._last_press_s = 0.0
    pressed = [job.id for job in session.press()]
    draft.set_model(SMALL)
    draft.apply(Recipe(references=held))
    return pressed


def listen(application: Application) -> None:
    """Do as it is told from now on."""
    Ear(application)


if __name__ == "__main__":
    watch_as_told(sys.argv)
    sys.exit(main(after_first_paint=listen))
