"""What others left unfinished in the library: removed only when it has been nobody's for a long time.

Another computer, or another process through another data directory, may be writing at this moment. Of this
machine's own folder only what was there before the library was opened is swept.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from seedream_desktop import files

KEPT_S = 7 * 86_400.0  # a machine that sleeps in the middle of a copy goes on when it wakes


def sweep_others(temporary: Path) -> None:
    """Remove what lies old beside ``temporary``, the folder of this machine. What cannot be removed stays."""
    with contextlib.suppress(OSError):
        oldest_s = _now_s(temporary) - KEPT_S
        for folder in temporary.parent.iterdir():
            if folder != temporary and folder.is_dir() and not folder.is_symlink():
                _sweep(folder, oldest_s)


def is_nobodys(path: Path) -> bool:
    """Whether the file lies there so long that nobody can be writing it any more."""
    with contextlib.suppress(OSError):
        return _last_s(path) < time.time() - KEPT_S
    return False


def _now_s(temporary: Path) -> float:
    """By the clock of the library's drive or by our own, whichever is behind."""
    probe = temporary / "now.part"
    try:
        probe.touch()
        return min(time.time(), probe.stat().st_mtime)
    finally:
        files.discard(probe)


def _sweep(folder: Path, oldest_s: float) -> None:
    for path in tuple(folder.iterdir()):
        if _last_s(path) < oldest_s and not path.is_dir():
            files.discard(path)
    if folder.stat().st_mtime < oldest_s:
        with contextlib.suppress(OSError):  # something is in it
            folder.rmdir()


def _last_s(path: Path) -> float:
    """When something last happened to the file. Raises OSError.

    One that was linked from a spool is as old as its download, but was changed when it was linked.
    """
    status = path.lstat()
    return max(status.st_mtime, status.st_ctime)
