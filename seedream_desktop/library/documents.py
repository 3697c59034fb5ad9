"""The library's small JSON files, read as what they are: bytes that anybody may have put there.

A synchroniser brings whatever lies on the other machine: a pipe or a device under a record's name, a link out
of the library, half a gigabyte, brackets without end, numbers that no database takes. None of it is waited
for, followed or kept in memory; it counts as a file that cannot be read.
"""

from __future__ import annotations

import errno
import json
import math
import os
import re
import stat
from pathlib import Path
from typing import Any

DOCUMENT_BYTES = 16 << 20  # the longest of ours is a board ordered by hand: 100,000 names, 12 MB
DEPTH = 64  # brackets inside brackets; ours have 6. Writing 1000 would overflow the stack
INTEGER_MOST = (1 << 63) - 1  # what SQLite takes
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")  # perhaps half a character, which cannot be written


def read_document(path: Path) -> Any:
    """The JSON value in the regular file at ``path``. Raises OSError, or ValueError when it is none."""
    return document_of(_bytes_of(path))


def document_of(content: bytes) -> Any:
    """The JSON value that the bytes say, fit to be kept and written. Raises ValueError."""
    if len(content) > DOCUMENT_BYTES:
        raise ValueError("too long")
    try:
        value = _DECODER.decode(content.decode(json.detect_encoding(content)))
    except RecursionError as error:
        raise ValueError("too deep") from error
    if content.count(b"[") + content.count(b"{") > DEPTH and _depth(value) > DEPTH:
        raise ValueError("too deep")
    if _HALF_PAIR.search(content):
        value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


def _bytes_of(path: Path) -> bytes:
    try:
        descriptor = os.open(path, _OPEN)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ValueError("a link") from error
        raise
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > DOCUMENT_BYTES:
            raise ValueError("no file, or too long a one")
        return file.read(DOCUMENT_BYTES + 1)


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [
        inner
        for one in level
        if isinstance(one, dict | list)
        for inner in (one.values() if isinstance(one, dict) else one)
    ]:
        depth += 1
    return depth


def _integer(digits: str) -> int:
    if len(digits) > len(str(INTEGER_MOST)) + 1 or abs(number := int(digits)) > INTEGER_MOST:
        raise ValueError("a number beyond all bounds")
    return number


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError("a number beyond all bounds")
    return number


def _refuse(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_finite, parse_constant=_refuse)
