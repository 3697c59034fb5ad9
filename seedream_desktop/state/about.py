"""What this program runs on, and what a report about a defect holds: never a prompt, a name or a path."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from seedream_desktop import __version__
from seedream_desktop.logs import last_lines

LOG_LINES = 60
_LIBRARIES = ("httpx", "h11", "keyring", "Pillow", "truststore", "platformdirs")


def versions() -> dict[str, str]:
    """Of the program, of what it is made of, and of the system; no name of a person or a machine."""
    found = {
        "Seedream Desktop": __version__,
        "packed": "yes" if getattr(sys, "frozen", False) else "no",
        "Python": platform.python_version(),
        "PySide6": pyside_version,
        "Qt": qVersion(),
        "Qt platform": QGuiApplication.platformName(),
        "SQLite": sqlite3.sqlite_version,
        "TLS": ssl.OPENSSL_VERSION,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # a bundle may lack what only says so
            found[name] = "?"
    return found


def crash_report(trace: str, logs: Path) -> str:
    """The text about one crash. Reads the log: not for the GUI thread."""
    parts = (
        f"Seedream Desktop, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "\n".join(f"{name}: {version}" for name, version in versions().items()),
        f"What went wrong, and the way that it took\n{trace}",
        f"The last lines of the log\n{last_lines(logs, LOG_LINES) or '(none)'}",
    )
    return "\n\n".join(parts) + "\n"
