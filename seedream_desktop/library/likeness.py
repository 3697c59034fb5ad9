"""Which pictures look alike, and which colours they are of: what the index holds of their fingerprints.

A fingerprint belongs to bytes, not to a file: it lasts while they are moved. It is a cache like all of the
index, and made anew from the pictures.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.imaging import fingerprint
from seedream_desktop.library.query import NOT_TRASHED

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

COLOURS = fingerprint.COLOURS
MOST = 200  # pictures that look alike
FAR = 150  # bits of a shape by which pictures differ that nobody would call alike
_MAYBE = 65  # steps; a cropped and recompressed picture is seldom further from its original
_APART = 0.65  # of the distance to the next best; of 200 pictures without an original 1 had one so far ahead
_RIVALS = 24  # that look most alike
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
_LOOKED = (  # what was kept of colours and of what is alike is worth nothing; of the pictures it holds
    "INSERT INTO meta VALUES ('looks', '1') ON CONFLICT(name) DO UPDATE SET value = value + 1"
)
_UNKNOWN = (
    f"SELECT group_concat(sha256, '') FROM (SELECT sha256 FROM pictures WHERE {NOT_TRASHED} "  # noqa: S608
    "AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*' "
    "AND NOT EXISTS (SELECT 1 FROM looks WHERE looks.sha256 = pictures.sha256) "
    "ORDER BY placed_ms DESC, press_index, set_index, id LIMIT -1)"
)
_MANY = (  # bytes that are there more than once, found by the index before the trash is looked at
    f"SELECT sha256 FROM pictures WHERE {NOT_TRASHED} AND sha256 <> '' AND sha256 IN "  # noqa: S608
    "(SELECT sha256 FROM pictures GROUP BY sha256 HAVING count(*) > 1) GROUP BY sha256 HAVING count(*) > 1"
)
_TWINS = "twins CROSS JOIN looks USING (id) CROSS JOIN pictures USING (sha256)"  # CROSS: from the few on
_TWINS_TOO = f"SELECT twin FROM {_TWINS} WHERE {NOT_TRASHED} GROUP BY twin HAVING count(*) > 1"  # noqa: S608
DUPLICATE_ROWS = (  # of pictures that are there twice: the same bytes, or the same but for their size
    f"SELECT pk FROM pictures WHERE {NOT_TRASHED} AND sha256 IN ({_MANY}) UNION "  # noqa: S608
    f"SELECT pk FROM {_TWINS} WHERE {NOT_TRASHED} AND twin IN ({_TWINS_TOO})"
)
_GROUPS = (
    "SELECT group_concat(pk), group_concat(ifnull(twin, pictures.sha256)) FROM pictures "  # noqa: S608
    "LEFT JOIN looks USING (sha256) LEFT JOIN twins ON twins.id = looks.id "
    f"WHERE pk IN ({DUPLICATE_ROWS})"
)
_SAME_MOST = 2.5  # levels of 255 by which the tiny copies of one picture differ, at most
_OF_NOTHING = "SELECT id FROM looks WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE sha256 = looks.sha256)"
_UNKNOWN_COUNT = (
    f"SELECT count(*) FROM pictures WHERE {NOT_TRASHED} "  # noqa: S608
    "AND NOT EXISTS (SELECT 1 FROM looks WHERE looks.sha256 = pictures.sha256)"
)
_TWINS_TO = "SELECT ifnull(max(CAST(value AS INTEGER)), 0) FROM meta WHERE name = 'twins_to'"
_PUT_TWINS_TO = "INSERT OR REPLACE INTO meta VALUES ('twins_to', ?)"
_DETAIL = f"SELECT substr(detail, 1, {fingerprint.DETAIL_BYTES}) FROM details WHERE id = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Nearest:
    """The picture that looks most like another one."""

    id: str
    is_same: bool  # but for its size, its compression and a little that was cut off; else it is only alike
    is_trashed: bool
    is_rejected: bool
    copies: int  # others that are the same picture, in the trash or not


def colour_rows(name: str) -> tuple[str, tuple[int]]:
    """SQL for the rows of the pictures of a colour of ``COLOURS``, and its parameter. Raises ValueError."""
    return "SELECT pk FROM colours WHERE colour = ?", (COLOURS.index(name),)


def ranked(connection: sqlite3.Connection, like: str, most: int = MOST) -> tuple[tuple[int, int], ...]:
    """``pk`` and distance (0: the same) of what looks like the fingerprint ``like``, nearest first.

    Pictures in the trash are among them. Empty when ``like`` is no fingerprint.
    """
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


def nearest_of(connection: sqlite3.Connection, near: Sequence[tuple[int, int]]) -> Nearest | None:
    """The first of those that ``ranked`` gives; of copies of one, one that is not in the trash."""
    sql = (
        "SELECT pictures.id, trash_id <> '', rejected, ifnull(twin, pictures.sha256) FROM pictures "
        "LEFT JOIN looks USING (sha256) LEFT JOIN twins ON twins.id = looks.id WHERE pk = ?"
    )
    best = [(*connection.execute(sql, (pk,)).fetchone(), distance) for pk, distance in near[:_RIVALS]]
    if not best:
        return None
    name, distance = best[0][3:]
    same = [one for one in best if one[3] == name]
    picture_id, is_trashed, is_rejected = min(same, key=lambda one: one[1:3])[:3]
    others = (other for *_, other_name, other in best if other_name != name)
    is_ahead = distance <= _MAYBE and distance <= _APART * next(others, 1000)
    return Nearest(picture_id, is_ahead, bool(is_trashed), bool(is_rejected), len(same) - 1)


def duplicate_groups(connection: sqlite3.Connection) -> dict[int, int]:
    """A number for each row of ``DUPLICATE_ROWS``, the same for those that are the same picture."""
    pks, names = connection.execute(_GROUPS).fetchone()
    numbers: dict[str, int] = {}
    named = zip(pks.split(","), names.split(","), strict=True) if pks else ()
    return {int(pk): numbers.setdefault(name, len(numbers) + 1) for pk, name in named}


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
    (compared_to,) = connection.execute(_TWINS_TO).fetchone()
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM looks").fetchone()
    if last < compared_to:  # the next one will be called as one that went
        connection.execute(_PUT_TWINS_TO, (str(last),))


class Likeness:
    """The fingerprints of one library. Any thread; every method raises ProblemError."""

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
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

    def unknown(self) -> bytes:
        """The SHA-256 of the pictures whose fingerprints are not known, newest first, 32 bytes for each."""
        (sha256s,) = self._index.read(lambda connection: connection.execute(_UNKNOWN).fetchone())
        return bytes.fromhex(sha256s or "")

    def picture_of(self, sha256: str) -> str:
        """The id of a picture with those bytes, in no trash; empty: there is none any more."""
        sql = f"SELECT id FROM pictures WHERE sha256 = ? AND {NOT_TRASHED} ORDER BY id"  # noqa: S608
        row = self._index.read(lambda connection: connection.execute(sql, (sha256,)).fetchone())
        return str(row[0]) if row else ""

    def unknown_count(self) -> int:
        """How many those are."""
        return self._index.read(_unknown_count)

    def is_as_known(self, picture_id: str) -> bool:
        """Whether the picture's bytes are on this machine, and still those that the index speaks of.

        What was replaced outside a moment ago must not be looked at under the SHA-256 of what it was before,
        and what lies in a cloud would be fetched. Raises ProblemError(LIBRARY_AWAY).
        """
        sql = "SELECT size_bytes, file_mtime_ns FROM pictures WHERE id = ?"
        held = self._index.read(lambda connection: connection.execute(sql, (picture_id,)).fetchone())
        try:
            status = self._folder.path(picture_id).stat()
        except OSError:
            self._folder.check_present()
            return False
        is_here = not self._folder.is_elsewhere(status)
        return is_here and held == (status.st_size, status.st_mtime_ns)

    def find_duplicates(self, pairs: Callable[[bytes, int], Sequence[int]]) -> bool:
        """Find out which pictures are the same but for size and compression; True if more are than before.

        ``pairs`` gets shapes one after the other, and how many of them, at the end, are not compared yet. It
        gives the places of those that are nearly the same, two and two, the nearest first; it takes a while.
        """
        numbers, joined, new_count = self._index.read(_shapes_to_compare)
        if not new_count:
            return False
        found = pairs(joined, new_count)
        named = [(numbers[a], numbers[b]) for a, b in zip(found[::2], found[1::2], strict=True)]
        return self._index.write(lambda connection: _put_twins(connection, named, numbers[-1]))

    def forget_unused(self) -> None:
        """Let go of the fingerprints of pictures that are gone."""
        self._index.write(forget_unused)


def _unknown_count(connection: sqlite3.Connection) -> int:
    count: int = connection.execute(_UNKNOWN_COUNT).fetchone()[0]
    return count


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
    found = ((look_id, connection.execute(_DETAIL, (look_id,)).fetchone()) for _, look_id in near)
    held = [(look_id, row[0]) for look_id, row in found if row]
    apart = fingerprint.distances(detail, tuple(other for _, other in held))
    return sorted((round(_CLOSELY * one), look_id) for one, (look_id, _) in zip(apart, held, strict=True))


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
    connection.execute(_LOOKED)


def _shapes_to_compare(connection: sqlite3.Connection) -> tuple[list[int], bytes, int]:
    """The numbers of all looks, their shapes, and how many at the end were not compared yet."""
    (compared_to,) = connection.execute(_TWINS_TO).fetchone()
    (new_count,) = connection.execute("SELECT count(*) FROM looks WHERE id > ?", (compared_to,)).fetchone()
    pages = list(shapes(connection)) if new_count else []
    numbers = [number for page, _ in pages for number in page]
    new_count = sum(1 for number in numbers if number > compared_to)  # of one moment
    return numbers, b"".join(joined for _, joined in pages), new_count


def _put_twins(connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]], compared_to: int) -> bool:
    """Twins of twins are twins; all are named after one of them. True if there are more than before."""
    before = dict(connection.execute("SELECT id, twin FROM twins").fetchall())
    named = {number: twin for number, twin in before.items() if number != twin}

    def first(number: int) -> int:
        while (ahead := named.get(number, number)) != number:
            number = ahead
        return number

    for pair in pairs:
        one, other = sorted(map(first, pair))
        details = [row[0] for each in pair if (row := connection.execute(_DETAIL, (each,)).fetchone())]
        if one != other and len(details) == 2 and fingerprint.difference(*details) <= _SAME_MOST:
            named[other] = one
    connection.execute(_PUT_TWINS_TO, (str(compared_to),))
    twins = {number: first(number) for number in {*before, *named, *named.values()}}
    if twins == before:
        return False
    connection.execute("DELETE FROM twins")
    connection.executemany("INSERT INTO twins VALUES (?, ?)", twins.items())
    connection.execute(_LOOKED)
    return True


def _coloured(colours: int, pk: int) -> list[tuple[int, int]]:
    return [(number, pk) for number in range(len(COLOURS)) if colours >> number & 1]


def _bytes(text: str) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if fingerprint.is_fingerprint(value) else None
