"""Which pictures look alike, and which colours they are of: what the index holds of their fingerprints.

A fingerprint belongs to bytes, not to a file: it lasts while they are moved. It is a cache like all of the
index, and made anew from the pictures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

from seedream_desktop.imaging import fingerprint

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

COLOURS = fingerprint.COLOURS
MOST = 200  # pictures that look alike
_OF_COLOUR = "SELECT pk FROM colours WHERE colour = ?"
_AT_ONCE = 500


def colour_rows(name: str) -> tuple[str, tuple[int]]:
    """SQL for the rows of the pictures of a colour of ``COLOURS``, and its parameter. Raises ValueError."""
    return _OF_COLOUR, (COLOURS.index(name),)


def ranked(connection: sqlite3.Connection, like: str, most: int = MOST) -> tuple[tuple[int, int], ...]:
    """``pk`` and distance (0: the same) of what looks like the fingerprint ``like``, nearest first.

    Pictures in the trash are among them. Empty when ``like`` is no fingerprint.
    """
    wanted = _bytes(like)
    if wanted is None:
        return ()
    whole = int.from_bytes(wanted[: fingerprint.HASH_BYTES])
    near = []
    for look_id, shape in connection.execute("SELECT id, shape FROM looks"):
        hashes = (int.from_bytes(shape[start : start + 8]) for start in range(0, len(shape), 8))
        near.append((min((one ^ whole).bit_count() for one in hashes), look_id))
    found = []
    for distance, look_id in sorted(near)[:most]:
        sql = "SELECT pk FROM looks JOIN pictures USING (sha256) WHERE looks.id = ? ORDER BY pk"
        found += [(pk, distance) for (pk,) in connection.execute(sql, (look_id,))]
    return tuple(found)


def colour_again(connection: sqlite3.Connection, sha256: str, pk: int) -> None:
    """Note the colours of a picture that was put into the index, if its bytes are known."""
    row = connection.execute("SELECT colours FROM looks WHERE sha256 = ?", (sha256,)).fetchone()
    if row is not None:
        connection.executemany("INSERT OR IGNORE INTO colours VALUES (?, ?)", _coloured(row[0], pk))


class Likeness:
    """The fingerprints of one library. Any thread; every method raises ProblemError."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def keep(self, fingerprints: Mapping[str, str]) -> None:
        """Keep fingerprints by the SHA-256 of their pictures; what is none is left out."""

        def put(connection: sqlite3.Connection) -> None:
            for sha256, text in fingerprints.items():
                if (value := _bytes(text)) is not None:
                    _put(connection, sha256, value)

        self._index.write(put)

    def fingerprint(self, sha256: str) -> str:
        """The fingerprint of a picture; empty while it is not known."""
        sql = "SELECT shape || detail FROM looks JOIN details USING (id) WHERE sha256 = ?"

        def held(connection: sqlite3.Connection) -> str:
            row = connection.execute(sql, (sha256,)).fetchone()
            return bytes(row[0]).hex() if row else ""

        return self._index.read(held)


def _put(connection: sqlite3.Connection, sha256: str, value: bytes) -> None:
    colours = sum(1 << number for number in fingerprint.colours_of(value))
    shape, detail = fingerprint.shape_of(value), value[fingerprint.SHAPE_BYTES :]
    sql = (
        "INSERT INTO looks(sha256, shape, colours) VALUES (?, ?, ?) ON CONFLICT(sha256) DO UPDATE SET "
        "shape = excluded.shape, colours = excluded.colours RETURNING id"
    )
    (look_id,) = connection.execute(sql, (sha256, shape, colours)).fetchone()
    connection.execute("INSERT OR REPLACE INTO details VALUES (?, ?)", (look_id, detail))
    for (pk,) in connection.execute("SELECT pk FROM pictures WHERE sha256 = ?", (sha256,)).fetchall():
        connection.execute("DELETE FROM colours WHERE pk = ?", (pk,))
        connection.executemany("INSERT OR IGNORE INTO colours VALUES (?, ?)", _coloured(colours, pk))


def _coloured(colours: int, pk: int) -> list[tuple[int, int]]:
    return [(number, pk) for number in range(len(COLOURS)) if colours >> number & 1]


def _bytes(text: str) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if fingerprint.is_fingerprint(value) else None
