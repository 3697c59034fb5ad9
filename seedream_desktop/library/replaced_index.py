"""The index file that another one takes the place of: kept until that is whole, and what it leaves behind.

Fingerprints belong to bytes and take hours to be made anew: a new version of the index takes them over.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from seedream_desktop.files import discard, move
from seedream_desktop.library.seal import break_seal

_SUFFIXES = ("", "-wal", "-shm")
_FORMS = "SELECT name, sql FROM {}.sqlite_master WHERE name IN ('looks', 'details') ORDER BY name"
_CARRY = """
BEGIN IMMEDIATE;
INSERT INTO main.looks SELECT * FROM replaced.looks;
INSERT INTO main.details SELECT * FROM replaced.details;
COMMIT;
"""


def set_aside(path: Path) -> None:
    """Put the index at ``path`` out of the way, over one that was before. Raises OSError."""
    with contextlib.suppress(OSError):
        break_seal(path)
    for suffix in _SUFFIXES:
        kept = _place(path, suffix)
        discard(kept)
        with contextlib.suppress(FileNotFoundError):
            move(path.with_name(path.name + suffix), kept)


def drop_replaced(path: Path) -> None:
    """Let go of what was set aside."""
    for suffix in _SUFFIXES:
        discard(_place(path, suffix))


def carry_fingerprints(connection: sqlite3.Connection, path: Path) -> None:
    """Take those of the index that was set aside over into the empty one at ``path``; none of another form.

    That index must have been whole: nobody sees of a fingerprint that a bit of it is wrong.
    """
    with contextlib.suppress(sqlite3.Error):
        connection.execute("ATTACH ? AS replaced", (os.fspath(_place(path)),))
        try:
            forms = [connection.execute(_FORMS.format(name)).fetchall() for name in ("main", "replaced")]
            if forms[0] == forms[1]:
                connection.executescript(_CARRY)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("DETACH replaced")


def _place(path: Path, suffix: str = "") -> Path:
    return path.with_name(f"{path.name}.damaged{suffix}")
