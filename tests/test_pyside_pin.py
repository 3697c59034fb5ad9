"""The pinned PySide6 leaves `None` alone: in 6.12.0 every call that returns nothing drops a reference to it.

On Python 3.11 a few thousand such calls abort the process. From 3.12 on `None` is immortal and its count is
fixed, so the fault cannot show there; what holds on every Python is the pin.
"""

import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QObject

ROUNDS = 50  # of a thousand calls each: the first faulty round is seen before the process aborts
CALLS = 1_000
NOISE = 100  # references that other threads and caches may take or give back meanwhile
FAULTY = "6.12.0"
ROOT = Path(__file__).parent.parent


def lost_references(calls: int) -> int:
    """How many references to `None` void calls into Qt take away; without the fault about none."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("a")
    return before - sys.getrefcount(None)


def test_void_calls_leave_the_references_to_none_alone() -> None:
    assert all(abs(lost_references(CALLS)) < NOISE for _ in range(ROUNDS))


def test_the_installed_version_is_the_pinned_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pin = next(line for line in project["dependencies"] if line.startswith("PySide6-Essentials"))
    assert pin == f"PySide6-Essentials=={version('PySide6-Essentials')}"
    assert FAULTY not in pin
