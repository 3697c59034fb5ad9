"""The whole application in a process of its own that does what its standard input says: ``driven.py``."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton

from seedream_desktop.__main__ import main
from seedream_desktop.app import Application


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


def button(name: str) -> QPushButton:
    """The visible button of that name, in any window."""
    found = [
        widget
        for widget in QApplication.allWidgets()
        if isinstance(widget, QPushButton) and widget.isVisible() and widget.accessibleName() == name
    ]
    return found[0]


def listen(application: Application) -> None:
    """Do as it is told from now on."""
    Ear(application)


if __name__ == "__main__":
    sys.exit(main(after_first_paint=listen))
