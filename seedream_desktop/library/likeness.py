"""Which pictures look alike, and which colours they are of: what the index holds of their fingerprints.

A fingerprint belongs to bytes, not to a file: it lasts while they are moved. It is a cache like all of the
index, and made anew from the pictures.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from seedream_desktop.imaging import fingerprint
from seedream_desktop.library.query import NOT_TRASHED, SEPARATOR
from seedream_desktop.library.values import DUPLICATES

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

COLOURS = fingerprint.COLOURS
MOST = 200  # pictures that look alike
FAR = 150  # bits of a shape by which pictures differ that nobody would call alike
_COMPARED = 96  # of them are compared closely; ten times what a cropped picture was ever found behind
_CLOSELY = 10  # steps of the distance for each level that pixels differ by, of 255
_PAGE = 10_000  # shapes read at once: a text each page, because rows handed over hold up all other threads
_SHAPES = (
    "SELECT count(*), group_concat(id), group_concat(hex(shape), '') "
    "FROM (SELECT id, shape FROM looks WHERE id > ? ORDER BY id LIMIT ?)"
)
_PUT = (
    "INSERT INTO looks(sha256, shape, colours) VALUES (?, ?, ?) ON CONFLICT(sha256) DO UPDATE SET "
    "shape = excluded.shape, colours = excluded.colours RETURNING id"
)
_CHANGED = "UPDATE changes SET count = count + 1"  # what was kept of the state before is worth nothing
_UNKNOWN = (
    f"SELECT group_concat(id, '{SEPARATOR}'), group_concat(sha256, '{SEPARATOR}') FROM ("  # noqa: S608
    f"SELECT id, sha256 FROM pictures WHERE {NOT_TRASHED} "
    "AND NOT EXISTS (SELECT 1 FROM looks WHERE looks.sha256 = pictures.sha256) "
    "ORDER BY placed_ms DESC, press_index, set_index, id LIMIT -1)"
)
_SAME = (
    "SELECT pk, pictures.sha256, twin FROM pictures "  # noqa: S608
    "LEFT JOIN looks USING (sha256) LEFT JOIN twins ON twins.id = looks.id "
    f"WHERE {NOT_TRASHED} AND (twin IS NOT NULL OR pictures.sha256 IN "
    f"(SELECT sha256 FROM pictures WHERE {NOT_TRASHED} GROUP BY sha256 HAVING count(*) > 1)) "
    "ORDER BY placed_ms DESC, pk"
)
_SAME_MOST = 2.5  # levels of 255 by which the tiny copies of one picture differ, at most
_OF_NOTHING = "SELECT id FROM looks WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE sha256 = looks.sha256)"


def colour_rows(name: str) -> tuple[str, tuple[int]]:
    """SQL for the rows of the pictures of a colour of ``COLOURS``, and its parameter. Raises ValueError."""
    return "SELECT pk FROM colours WHERE colour = ?", (COLOURS.index(name),)


def ranked(connection: sqlite3.Connection, like: str, most: int = MOST) -> tuple[tuple[int, int], ...]:
    """``pk`` and distance (0: the same) of what looks like the fingerprint ``like``, nearest first.

    Pictures in the trash are among them. Empty when ``like`` is no fingerprint. For ``DUPLICATES`` instead
    the pictures that are there twice, those that are the same side by side.
    """
    if like == DUPLICATES:
        return _duplicates(connection)
    wanted = _bytes(like)
    if wanted is None:
        return ()
    near = heapq.nsmallest(most, _near(connection, fingerprint.shape_of(wanted)))
    close = _compared(connection, fingerprint.detail_of(wanted), near[:_COMPARED])
    last = close[-1][0] if close else 0
    placed = [*close, *((last + distance, look_id) for distance, look_id in near[_COMPARED:])]
    sql = "SELECT pk FROM looks JOIN pictures USING (sha256) WHERE looks.id = ? ORDER BY pk"
    return tuple(
        (pk, distance) for distance, look_id in placed for (pk,) in connection.execute(sql, (look_id,))
    )


def _duplicates(connection: sqlite3.Connection) -> tuple[tuple[int, int], ...]:
    groups: dict[int | str, list[int]] = {}
    for pk, sha256, twin in connection.execute(_SAME):
        groups.setdefault(sha256 if twin is None else twin, []).append(pk)
    return tuple((pk, 0) for pks in groups.values() if len(pks) > 1 for pk in pks)


def shapes(connection: sqlite3.Connection) -> Iterator[tuple[list[int], bytes]]:
    """The numbers of the looks and their shapes, one after the other, page by page."""
    last, count = 0, _PAGE
    while count == _PAGE:
        count, ids, joined = connection.execute(_SHAPES, (last, _PAGE)).fetchone()
        if count:
            numbers = [int(number) for number in ids.split(",")]
            last = numbers[-1]
            yield numbers, bytes.fromhex(joined)


def colour_again(connection: sqlite3.Connection, sha256: str, pk: int) -> None:
    """Note the colours of a picture that was put into the index, if its bytes are known."""
    row = connection.execute("SELECT colours FROM looks WHERE sha256 = ?", (sha256,)).fetchone()
    if row is not None:
        connection.executemany("INSERT OR IGNORE INTO colours VALUES (?, ?)", _coloured(row[0], pk))


def forget_unused(connection: sqlite3.Connection) -> None:
    """Let go of the fingerprints of pictures that are gone."""
    connection.execute(f"DELETE FROM details WHERE id IN ({_OF_NOTHING})")  # noqa: S608
    connection.execute(f"DELETE FROM twins WHERE id IN ({_OF_NOTHING})")  # noqa: S608
    connection.execute(f"DELETE FROM looks WHERE id IN ({_OF_NOTHING})")  # noqa: S608


class Likeness:
    """The fingerprints of one library. Any thread; every method raises ProblemError."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def keep(self, fingerprints: Mapping[str, str]) -> None:
        """Keep fingerprints by the SHA-256 of their pictures; what is none is left out."""
        values = [(sha256, value) for sha256, text in fingerprints.items() if (value := _bytes(text))]
        if values:
            self._index.write(lambda connection: _put_each(connection, values))

    def fingerprint(self, sha256: str) -> str:
        """The fingerprint of a picture; empty while it is not known."""
        sql = "SELECT shape, detail FROM looks JOIN details USING (id) WHERE sha256 = ?"
        row = self._index.read(lambda connection: connection.execute(sql, (sha256,)).fetchone())
        return (row[0] + row[1]).hex() if row else ""

    def unknown(self) -> tuple[tuple[str, str], ...]:
        """Ids and SHA-256 of the pictures whose fingerprints are not known, newest first."""
        ids, sha256s = self._index.read(lambda connection: connection.execute(_UNKNOWN).fetchone())
        return tuple(zip(ids.split(SEPARATOR), sha256s.split(SEPARATOR), strict=True)) if ids else ()

    def find_duplicates(self, pairs: Callable[[bytes], Sequence[int]]) -> None:
        """Find out which pictures are the same but for size and compression; ``ranked`` knows them then.

        ``pairs`` gives, of shapes one after the other, the places of those that are nearly the same, two and
        two, the nearest first; it takes a while.
        """
        numbers, joined = self._index.read(_all_shapes)
        found = pairs(joined)
        named = zip(found[::2], found[1::2], strict=True)
        self._index.write(
            lambda connection: _put_twins(connection, [(numbers[a], numbers[b]) for a, b in named])
        )

    def forget_unused(self) -> None:
        """Let go of the fingerprints of pictures that are gone."""
        self._index.write(forget_unused)


def _near(connection: sqlite3.Connection, wanted: bytes) -> Iterator[tuple[int, int]]:
    """How many bits differ, and the number of the look."""
    size, whole = len(wanted), int.from_bytes(wanted)
    count, from_bytes = int.bit_count, int.from_bytes
    for numbers, joined in shapes(connection):
        starts = range(0, len(joined), size)
        bits = [count(from_bytes(joined[start : start + size]) ^ whole) for start in starts]
        yield from [pair for pair in zip(bits, numbers, strict=True) if pair[0] <= FAR]


def _compared(
    connection: sqlite3.Connection, detail: bytes, near: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The same in the order of their tiny copies."""
    sql = f"SELECT substr(detail, 1, {fingerprint.DETAIL_BYTES}) FROM details WHERE id = ?"  # noqa: S608
    held = [
        (look_id, row[0]) for _, look_id in near if (row := connection.execute(sql, (look_id,)).fetchone())
    ]
    found = fingerprint.distances(detail, tuple(other for _, other in held))
    return sorted((round(_CLOSELY * one), look_id) for one, (look_id, _) in zip(found, held, strict=True))


def _put_each(connection: sqlite3.Connection, values: Iterable[tuple[str, bytes]]) -> None:
    pks = "SELECT pk FROM pictures WHERE sha256 = ?"
    for sha256, value in values:
        shares = fingerprint.shares_of(value)
        colours = sum(1 << number for number in fingerprint.colours_of(shares))
        shape = fingerprint.shape_of(value)
        (look_id,) = connection.execute(_PUT, (sha256, shape, colours)).fetchone()
        connection.execute("INSERT OR REPLACE INTO details VALUES (?, ?)", (look_id, value[len(shape) :]))
        for (pk,) in connection.execute(pks, (sha256,)).fetchall():
            connection.execute("DELETE FROM colours WHERE pk = ?", (pk,))
            connection.executemany("INSERT INTO colours VALUES (?, ?)", _coloured(colours, pk))
    connection.execute(_CHANGED)


def _all_shapes(connection: sqlite3.Connection) -> tuple[list[int], bytes]:
    pages = list(shapes(connection))
    return [number for numbers, _ in pages for number in numbers], b"".join(joined for _, joined in pages)


def _put_twins(connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Twins of twins are twins; all are named after one of them."""
    named: dict[int, int] = {}

    def first(number: int) -> int:
        while (before := named.get(number, number)) != number:
            number = before
        return number

    sql = f"SELECT substr(detail, 1, {fingerprint.DETAIL_BYTES}) FROM details WHERE id = ?"  # noqa: S608
    for pair in pairs:
        one, other = sorted(map(first, pair))
        details = [row[0] for each in pair if (row := connection.execute(sql, (each,)).fetchone())]
        if one != other and len(details) == 2 and fingerprint.difference(*details) <= _SAME_MOST:
            named[other] = one
    connection.execute("DELETE FROM twins")
    numbers = {*named, *named.values()}
    connection.executemany("INSERT INTO twins VALUES (?, ?)", [(number, first(number)) for number in numbers])
    connection.execute(_CHANGED)


def _coloured(colours: int, pk: int) -> list[tuple[int, int]]:
    return [(number, pk) for number in range(len(COLOURS)) if colours >> number & 1]


def _bytes(text: str) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if fingerprint.is_fingerprint(value) else None
