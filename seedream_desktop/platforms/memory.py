"""Memory that is no longer used goes back to the system, whatever lies behind it."""

from __future__ import annotations

import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of mallopt(3), in glibc's malloc.h
_LARGE_BYTES = 64 * 1024  # a thumbnail is larger, an object of Python's is not
_ARENAS = 2


def give_back() -> bool:
    """Let what is large be given back as soon as it is freed; False: this system has no such settings.

    Left alone, glibc takes ever larger pieces from a heap of each thread, once one of their size was freed,
    and a heap shrinks from its end only. After 5,000 tiles of 100,000 pictures that was a quarter of all.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # late: 4 ms that the first paint does without

    try:
        set_to = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return False
    settings = {_MMAP_THRESHOLD: _LARGE_BYTES, _TRIM_THRESHOLD: 2 * _LARGE_BYTES, _ARENA_MAX: _ARENAS}
    return all(set_to(name, value) for name, value in settings.items())
