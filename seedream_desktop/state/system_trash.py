"""The operating system's own trash, through Qt: XDG's on Linux, the Finder's, Windows' recycle bin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFile


def to_system_trash(path: Path) -> bool:
    """Move a file or folder there; False: that disk has none. Any thread; waits for the disk."""
    return QFile(str(path)).moveToTrash()
