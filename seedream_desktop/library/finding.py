"""Pictures found again under another id, and the tags of many."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from seedream_desktop.library import rows
from seedream_desktop.library.query import NOT_TRASHED

_AT_ONCE = 500  # parameters of one statement, below every SQLite's limit
_KNOWN = (
    "SELECT tag FROM tags JOIN pictures USING (pk) "  # noqa: S608
    f"WHERE {NOT_TRASHED} GROUP BY tag ORDER BY count(*) DESC, tag"
)


def found(connection: sqlite3.Connection, pictures: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The ids that these pictures, known by id and SHA-256, have now; empty: gone. None is found twice."""
    held = _sha256_of(connection, [picture_id for picture_id, _ in pictures])
    there = {picture_id for picture_id, sha256 in pictures if _is_same(held.get(picture_id), sha256)}
    ids = []
    for picture_id, sha256 in pictures:
        if picture_id in there:
            ids.append(picture_id)
            continue
        same = rows.ids_of_bytes(connection, sha256) if sha256 else ()
        moved = next((other for other in same if other not in there), "")
        edited = picture_id if not moved and picture_id in held else ""
        there.add(moved or edited)
        ids.append(moved or edited)
    return tuple(ids)


def known_tags(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Every tag that a picture has, the most used first."""
    return tuple(tag for (tag,) in connection.execute(_KNOWN))


def ids_with_tag(connection: sqlite3.Connection, tag: str) -> tuple[str, ...]:
    """The pictures that have the tag, those in the trash too, which may come back."""
    sql = "SELECT id FROM tags JOIN pictures USING (pk) WHERE tag = ? ORDER BY trash_id, id"
    return tuple(picture_id for (picture_id,) in connection.execute(sql, (tag,)))


def tags_of(connection: sqlite3.Connection, picture_ids: Sequence[str]) -> dict[str, int]:
    """The tags of these pictures, and how many of them have each."""
    counts: Counter[str] = Counter()
    for start in range(0, len(picture_ids), _AT_ONCE):
        some = picture_ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT tag FROM tags JOIN pictures USING (pk) WHERE id IN ({marks})"  # noqa: S608
        counts.update(tag for (tag,) in connection.execute(sql, tuple(some)))
    return dict(counts)


def _is_same(held: str | None, sha256: str) -> bool:
    return held is not None and sha256 in {held, ""}


def _sha256_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT id, sha256 FROM pictures WHERE id IN ({marks})"  # noqa: S608
        hashes.update(connection.execute(sql, tuple(some)).fetchall())
    return hashes
