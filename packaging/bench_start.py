"""Starts the real application and ends it at a moment that is to be measured; reports its memory in KiB.

Called as ``bench_start.py paint|pictures|settled|left DATA_DIR LIBRARY``; ``left`` is the end that a designer
gives it, once there are pictures: what was seen then comes back at the next start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.__main__ import main

if TYPE_CHECKING:
    from seedream_desktop.app import Application

SETTLING_MS = 2500
POLL_MS = 2
LEAVING_MS = 500


def end() -> None:
    """Report the memory that is used now and end."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), flush=True)
    os._exit(0)


def end_when_pictures_are_painted(application: Application) -> None:
    """End as soon as every visible row shows its picture."""
    if application.window.gallery.shows_every_picture:
        end()
    from PySide6.QtCore import QTimer  # late: Qt is up by now

    timer = QTimer(application, interval=POLL_MS)
    timer.timeout.connect(lambda: end() if application.window.gallery.shows_every_picture else None)
    timer.start()


def leave_when_pictures_are_painted(application: Application) -> None:
    """Quit once the library has been asked and every visible row shows its picture."""
    from PySide6.QtCore import QTimer  # late: Qt is up by now

    def look() -> None:
        if application.session.gallery.is_as_at_start and application.window.gallery.shows_every_picture:
            application.quit()

    timer = QTimer(application, interval=LEAVING_MS)
    timer.timeout.connect(look)
    timer.start()


def after_first_paint(application: Application) -> None:
    """Wait for what is measured."""
    if sys.argv[1] == "paint":
        end()
    elif sys.argv[1] == "pictures":
        end_when_pictures_are_painted(application)
    elif sys.argv[1] == "left":
        print(0)
        leave_when_pictures_are_painted(application)
    else:
        from PySide6.QtCore import QTimer  # late: Qt is up by now

        QTimer.singleShot(SETTLING_MS, end)


sys.exit(main(["--data-dir", sys.argv[2], "--library", sys.argv[3]], after_first_paint))
