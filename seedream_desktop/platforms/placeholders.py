"""Files that are only names here: a cloud keeps the bytes, and reading them would fetch them all."""

from __future__ import annotations

import os

_WINDOWS_AWAY = 0x1000 | 0x40000 | 0x400000  # OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS
_MACOS_AWAY = 0x40000000  # SF_DATALESS
_LEAST_BYTES = 4096  # a smaller file may lie in its folder's entry and take no block


def is_placeholder(status: os.stat_result, *, counts_blocks: bool) -> bool:
    """Whether the bytes of the file are elsewhere, by what the system says of it; nothing is read.

    ``counts_blocks``: the file system says how much room files take (``has_blocks``). Many that are not of a
    disk say 0 for all of them. A file of zeros only may be taken for a placeholder; it is no picture.
    """
    if (attributes := getattr(status, "st_file_attributes", None)) is not None:
        return bool(attributes & _WINDOWS_AWAY)
    if (flags := getattr(status, "st_flags", None)) is not None:
        return bool(flags & _MACOS_AWAY)
    return counts_blocks and status.st_size >= _LEAST_BYTES and not has_blocks(status)


def has_blocks(status: os.stat_result) -> bool:
    """Whether the file takes room on its disk, as far as the system says."""
    return getattr(status, "st_blocks", 0) > 0
