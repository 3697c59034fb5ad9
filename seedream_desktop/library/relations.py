"""What a picture is related to: what it was made from, what it led to, and what came with it; by index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.rows import pictures
from seedream_desktop.library.values import Picture

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

GENERATIONS = 4  # each way
SHOWN_MOST = 40  # pictures of one generation, and of a press
_AT_ONCE = 500  # parameters of one statement, below every SQLite's limit
_FIRST = (
    "SELECT min(id), sha256 FROM pictures WHERE sha256 IN ({marks}) "  # noqa: S608
    f"AND {NOT_TRASHED} GROUP BY sha256"
)
_SOURCES = (
    "SELECT links.sha256 FROM pictures AS held JOIN links ON links.pk = held.pk "
    "WHERE held.sha256 IN ({marks}) ORDER BY links.kind, links.sha256"
)
_RESULTS = (
    "SELECT pictures.id, pictures.sha256 FROM links JOIN pictures USING (pk) "  # noqa: S608
    f"WHERE links.sha256 IN ({{marks}}) AND {NOT_TRASHED} GROUP BY pk ORDER BY made_ms DESC, pictures.id"
)
_COUNT = (
    f"SELECT count(DISTINCT pk) FROM links JOIN pictures USING (pk) WHERE links.sha256 = ? AND {NOT_TRASHED}"  # noqa: S608
)
_OF_PRESS = (
    f"SELECT id FROM pictures WHERE press_id = ? AND press_id <> '' AND {NOT_TRASHED} "  # noqa: S608
    "ORDER BY press_index, set_index, id LIMIT ?"
)
_KEYS = (
    "SELECT json_group_array(pk) FROM (SELECT value AS id FROM json_each(?)) CROSS JOIN pictures USING (id)"
)
_SELECTED = "WITH chosen AS MATERIALIZED (SELECT value AS pk FROM json_each(?)) "
_SUMS = (
    f"{_SELECTED} SELECT count(*), coalesce(sum(size_bytes), 0), coalesce(min(rating), 0), "  # noqa: S608
    "coalesce(max(rating), 0), coalesce(sum(rejected), 0) FROM chosen CROSS JOIN pictures USING (pk)"
)
_COSTS = (
    f"{_SELECTED} SELECT "  # noqa: S608
    "coalesce(sum(usd / max(1, delivered)) FILTER (WHERE billed = 'yes'), 0.0), "
    "coalesce(sum(usd / max(1, delivered)) FILTER (WHERE billed = 'maybe'), 0.0), "
    "count(*) FILTER (WHERE billed <> 'no' AND usd IS NULL), "
    "count(*) FILTER (WHERE billed IS NULL AND pictures.job_id <> '') "
    "FROM chosen CROSS JOIN pictures USING (pk) LEFT JOIN spend ON spend.job_id = pictures.job_id"
)
_TAGS = (
    f"{_SELECTED} SELECT tag, count(*) FROM chosen "  # noqa: S608
    "CROSS JOIN tags ON tags.pk = chosen.pk GROUP BY tag ORDER BY count(*) DESC, tag"
)
_KINDS = (
    f"{_SELECTED} SELECT {{column}}, count(*) FROM chosen CROSS JOIN pictures USING (pk) "  # noqa: S608
    "GROUP BY 1 ORDER BY 2 DESC, 1"
)
_KINDS_MOST = 12


@dataclass(frozen=True, slots=True)
class Relatives:
    """What a picture is related to. Generations: the nearest first, each picture once, itself never."""

    made_from: tuple[tuple[Picture, ...], ...] = ()
    led_to: tuple[tuple[Picture, ...], ...] = ()
    led_to_count: int = 0  # of the next generation, all of it
    press: tuple[Picture, ...] = ()  # all of its press, itself among them; empty: it came alone


@dataclass(frozen=True, slots=True)
class Counted:
    """A value, and how many of some pictures have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What some pictures are together. Of each list: the most frequent first."""

    count: int
    size_bytes: int
    least_rating: int
    most_rating: int
    rejected: int
    billed_usd: float
    maybe_usd: float
    without_price: int  # pictures of requests that were or may have been billed
    without_spend: int  # pictures made here of whose request no cost is kept
    tags: tuple[Counted, ...]
    models: tuple[Counted, ...]
    prompts: tuple[Counted, ...]
    boards: tuple[Counted, ...]  # by id
    formats: tuple[Counted, ...]  # media types
    sizes: tuple[Counted, ...]  # "2048x2048"


class Relations:
    """Asks the index. Any thread; raises ProblemError."""

    def __init__(self, index: Index, root: Path) -> None:
        """Nothing is read before it is asked for."""
        self._index = index
        self._root = root

    def of(self, picture: Picture) -> Relatives:
        """What ``picture`` is related to; pictures in the trash are left out."""
        return self._index.read(lambda connection: _relatives(connection, self._root, picture))

    def of_press(self, press_id: str) -> tuple[Picture, ...]:
        """Every picture of a press, in its order; those in the trash are left out."""

        def read(connection: sqlite3.Connection) -> tuple[Picture, ...]:
            ids = [picture_id for (picture_id,) in connection.execute(_OF_PRESS, (press_id, -1))]
            return pictures(connection, self._root, ids)

        return self._index.read(read)

    def summary(self, picture_ids: Sequence[str]) -> Summary:
        """What these pictures are together; those that are gone are left out."""
        chosen = json.dumps(list(picture_ids))
        return self._index.read(lambda connection: _summary(connection, chosen))


def _relatives(connection: sqlite3.Connection, root: Path, picture: Picture) -> Relatives:
    back = _generations(connection, root, picture.sha256, _sources)
    forth = _generations(connection, root, picture.sha256, _results)
    (count,) = connection.execute(_COUNT, (picture.sha256,)).fetchone()
    press = _of_press(connection, root, picture)
    return Relatives(back, forth, count, press)


def _generations(
    connection: sqlite3.Connection,
    root: Path,
    sha256: str,
    step: Callable[[sqlite3.Connection, Iterable[str]], dict[str, str]],
) -> tuple[tuple[Picture, ...], ...]:
    """One after the other; ``step`` gives ids by SHA-256. What was there before does not come again."""
    seen, nearest, generations = {sha256}, [sha256], []
    for _ in range(GENERATIONS):
        found = {key: value for key, value in step(connection, nearest).items() if key not in seen}
        shown = dict(list(found.items())[:SHOWN_MOST])
        if not shown:
            break
        seen.update(found)
        nearest = list(shown)
        generations.append(pictures(connection, root, tuple(shown.values())))
    return tuple(generations)


def _sources(connection: sqlite3.Connection, sha256s: Iterable[str]) -> dict[str, str]:
    wanted = list(dict.fromkeys(sha256 for (sha256,) in _each(connection, _SOURCES, sha256s)))
    first = {sha256: picture_id for picture_id, sha256 in _each(connection, _FIRST, wanted)}
    return {sha256: first[sha256] for sha256 in wanted if sha256 in first}


def _results(connection: sqlite3.Connection, sha256s: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for picture_id, sha256 in _each(connection, _RESULTS, sha256s):
        found.setdefault(sha256, picture_id)
    return found


def _of_press(connection: sqlite3.Connection, root: Path, picture: Picture) -> tuple[Picture, ...]:
    ids = [picture_id for (picture_id,) in connection.execute(_OF_PRESS, (picture.press_id, SHOWN_MOST))]
    return pictures(connection, root, ids) if len(ids) > 1 else ()


def _each(connection: sqlite3.Connection, sql: str, values: Iterable[str]) -> list[tuple[str, ...]]:
    held, found = list(values), list[tuple[str, ...]]()
    for start in range(0, len(held), _AT_ONCE):
        some = held[start : start + _AT_ONCE]
        found += connection.execute(sql.format(marks=", ".join("?" * len(some))), some).fetchall()
    return found


def _summary(connection: sqlite3.Connection, ids: str) -> Summary:
    """Looked up by name once: 100,000 names are found again for each question in half a second."""
    (chosen,) = connection.execute(_KEYS, (ids,)).fetchone()
    count, size_bytes, least, most, rejected = connection.execute(_SUMS, (chosen,)).fetchone()
    billed_usd, maybe_usd, without_price, without_spend = connection.execute(_COSTS, (chosen,)).fetchone()
    kinds = {
        name: _counted(connection, _KINDS.format(column=column), chosen)
        for name, column in (
            ("models", "model"),
            ("prompts", "prompt"),
            ("boards", "board_id"),
            ("formats", "media_type"),
            ("sizes", "width_px || 'x' || height_px"),
        )
    }
    return Summary(
        count=count,
        size_bytes=size_bytes,
        least_rating=least,
        most_rating=most,
        rejected=rejected,
        billed_usd=billed_usd,
        maybe_usd=maybe_usd,
        without_price=without_price,
        without_spend=without_spend,
        tags=_counted(connection, _TAGS, chosen),
        **kinds,
    )


def _counted(connection: sqlite3.Connection, sql: str, chosen: str) -> tuple[Counted, ...]:
    return tuple(
        Counted(value, count) for value, count in connection.execute(f"{sql} LIMIT {_KINDS_MOST}", (chosen,))
    )
