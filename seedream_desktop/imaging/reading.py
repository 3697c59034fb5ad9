"""Reading a file that somebody else may be writing, and that may be no file at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

_PIECE_BYTES = 1 << 20


def read_file(path: Path, limit_bytes: int) -> bytes:
    """All of a regular file; a pipe is not waited for. Raises ProblemError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        kind = ProblemKind.IS_A_FOLDER if path.is_dir() else ProblemKind.FILE_UNREADABLE
        said = getattr(error, "strerror", None) or ""
        raise ProblemError(Problem(kind, subject=path.name, said=said)) from error
    try:
        status = os.fstat(descriptor)
        _refuse_file(path, status, limit_bytes)
        content = _all_of(descriptor, status.st_size)
    except OSError as error:
        problem = Problem(ProblemKind.FILE_UNREADABLE, subject=path.name, said=error.strerror or "")
        raise ProblemError(problem) from error
    finally:
        os.close(descriptor)
    if len(content) != status.st_size:  # somebody is still writing it
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
    return content


def read_ahead(path: Path) -> None:
    """Have the system read a file into memory, so that who reads it next waits for no drive."""
    piece = bytearray(_PIECE_BYTES)
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb", buffering=0) as file:
                while file.readinto(piece):
                    pass


def _all_of(descriptor: int, size_bytes: int) -> bytes:
    """At most one byte more than was said, to notice a file that grows."""
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(size_bytes + 1)


def _refuse_file(path: Path, status: os.stat_result, limit_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ProblemError(Problem(ProblemKind.IS_A_FOLDER, subject=path.name))
    if not stat.S_ISREG(status.st_mode):
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
    if status.st_size == 0:
        raise ProblemError(Problem(ProblemKind.EMPTY_FILE, subject=path.name))
    if status.st_size > limit_bytes:
        kind = ProblemKind.FILE_TOO_LARGE
        raise ProblemError(Problem(kind, subject=path.name, limit=limit_bytes, actual=status.st_size))
