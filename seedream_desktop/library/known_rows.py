"""What the index knows of all its rows to arrange them, by their numbers (``pk``)."""

from __future__ import annotations

import json
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, repeat
from typing import TYPE_CHECKING

from seedream_desktop.library.arranging import ASPECT
from seedream_desktop.library.query import REJECTED

if TYPE_CHECKING:
    import sqlite3

RANKS = range(1, 13)  # best first: five stars to none, then the same rejected
_RATING_MOST = 5
_RANK = f"{1 + _RATING_MOST} - max(0, min({_RATING_MOST}, rating))"
# Out of indexes alone: the table itself, with its prompts, is many times as long.
_FACTS = (
    "SELECT group_concat(pk), group_concat(placed_s), group_concat(aspect), group_concat(rank) FROM "  # noqa: S608
    f"(SELECT pk, placed_ms / 1000 AS placed_s, {ASPECT} AS aspect, {_RANK} AS rank FROM pictures)"
)
_PRESSES = (
    "SELECT group_concat(pks), group_concat(size) FROM (SELECT group_concat(pk) AS pks, count(*) AS size "
    "FROM pictures WHERE press_id <> '' GROUP BY press_id HAVING size > 1)"
)
_REJECTED = f"SELECT group_concat(pk) FROM ({REJECTED})"  # noqa: S608


class AllKnown:
    """Parallel rows of facts; where no picture has the number, they say nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read it: less than a tenth of a second for 100,000."""
        lists = _lists(connection, _FACTS)  # one after the other: each takes some megabytes
        pks = next(lists)
        row_count = max(pks, default=-1) + 1
        self.placed_s = _placed("q", pks, next(lists), row_count)  # when it was asked for
        self.aspects = _placed("H", pks, next(lists), row_count)  # width by height, as ``arranging`` has it
        self.ranks = _placed("B", pks, next(lists), row_count)  # among RANKS
        (rejected,) = _lists(connection, _REJECTED)
        for pk in rejected:
            self.ranks[pk] += len(RANKS) // 2
        pressed, sizes = _lists(connection, _PRESSES)
        self.presses = array("i", range(0, -row_count, -1))  # the same number for those of one press
        _put(self.presses, pressed, _numbers(sizes))


def _lists(connection: sqlite3.Connection, statement: str) -> Iterator[list[int]]:
    """One list of each text. One text, because rows handed over one by one would hold up all threads."""
    row = connection.execute(statement).fetchone()
    return (json.loads(f"[{joined or ''}]") for joined in row)


def _numbers(sizes: Sequence[int]) -> Iterable[int]:
    return chain.from_iterable(map(repeat, count(1), sizes))


def _placed(kind: str, places: Sequence[int], values: Iterable[int], row_count: int) -> array[int]:
    """Each value at its place, 0 at the others."""
    found = array(kind, bytes(array(kind).itemsize * row_count))
    _put(found, places, values)
    return found


def _put(found: array[int], places: Sequence[int], values: Iterable[int]) -> None:
    deque(map(found.__setitem__, places, values), maxlen=0)
