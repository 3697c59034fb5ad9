"""Whether a file is byte for byte as it was left: its size and its checksum are kept beside it.

SQLite notices damage to its own structure only: a flipped bit in a prompt is a prompt to it. The seal of the
index is broken before the file is changed and given again afterwards.
"""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path

_CHUNK_BYTES = 1 << 20


def seal(path: Path) -> None:
    """Note how the file is now. Raises OSError."""
    place = _place(path)
    fresh = place.with_name(f"{place.name}.part")
    fresh.write_text(_fingerprint(path), encoding="ascii")
    fresh.replace(place)


def break_seal(path: Path) -> None:
    """The file is about to change, or not to be trusted. Raises OSError."""
    _place(path).unlink(missing_ok=True)


def has_seal(path: Path) -> bool:
    """Whether there is a seal, right or wrong."""
    return _place(path).is_file()


def is_sealed(path: Path) -> bool:
    """Whether the file is as it was when it was sealed. Reads all of it, without holding other threads up."""
    with contextlib.suppress(OSError, ValueError):
        return _place(path).read_text(encoding="ascii") == _fingerprint(path)
    return False


def _place(path: Path) -> Path:
    return path.with_name(f"{path.name}.seal")


def _fingerprint(path: Path) -> str:
    checksum, size_bytes = 0, 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
            size_bytes += len(chunk)
    return f"{size_bytes} {checksum:08x}\n"
