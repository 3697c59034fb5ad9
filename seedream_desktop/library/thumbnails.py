"""The folder of thumbnails of one machine: a cache with a cap, oldest out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

LIMIT_BYTES = 2 << 30  # about 60,000 thumbnails of 512 px
_KEPT_SHARE = 0.9  # trimmed to a little below the cap, so that it is not reached again at once


def held_bytes(folder: Path) -> int:
    """How much room the thumbnails in ``folder`` take."""
    return sum(size_bytes for _, size_bytes, _ in _held(folder))


def trim(folder: Path, limit_bytes: int = LIMIT_BYTES) -> int:
    """Remove the oldest thumbnails in ``folder`` if all together exceed the cap; gives how many went."""
    held = list(_held(folder))
    total_bytes = sum(size_bytes for _, size_bytes, _ in held)
    if total_bytes <= limit_bytes:
        return 0
    removed = 0
    for _, size_bytes, path in sorted(held):
        if total_bytes <= limit_bytes * _KEPT_SHARE:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - a Path for each of 100,000 takes a second
            total_bytes -= size_bytes
            removed += 1
    return removed


def _held(folder: Path) -> Iterator[tuple[int, int, str]]:
    """Time, size and path of each thumbnail."""
    for part in folder.glob("??"):
        with contextlib.suppress(OSError), os.scandir(part) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    stat = entry.stat()
                    yield stat.st_mtime_ns, stat.st_size, entry.path
