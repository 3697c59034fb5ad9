"""What a gallery needs to know of every picture of a query to arrange them: days, stacks and shapes."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from seedream_desktop.library.index import Index

ASPECT_ONE = 1024  # a square
_ASPECT_MAX = 0xFFFF
_AT_ONCE = 8192  # pictures; more would hold up other threads while their ids are written out
_DIGITS = bytes.maketrans(b"01", b"\x00\x01")
_WHERE = "FROM json_each(?) AS asked LEFT JOIN pictures ON pictures.id = asked.value"
_ASPECT = (
    f"min({_ASPECT_MAX}, max(1, CASE WHEN width_px > 0 AND height_px > 0 "
    f"THEN {ASPECT_ONE} * width_px / height_px ELSE {ASPECT_ONE} END))"
)
_DAY = "strftime('%Y%m%d', placed_ms / 1000, 'unixepoch', 'localtime')"
_BEGINS = "coalesce(press_id = '' OR press_id IS NOT lag(press_id) OVER (ORDER BY asked.key), 1)"
_BY_DATE = (
    "SELECT group_concat(printf('%08x', day), ''), group_concat(printf('%04x', aspect), ''), "  # noqa: S608
    f"group_concat(begins, '') FROM (SELECT {_DAY} AS day, {_ASPECT} AS aspect, {_BEGINS} AS begins {_WHERE} "
    "ORDER BY asked.key)"
)
_BY_SHAPE = (
    f"SELECT group_concat(printf('%04x', aspect), '') FROM (SELECT {_ASPECT} AS aspect {_WHERE} "  # noqa: S608
    "ORDER BY asked.key)"
)


class Facts(NamedTuple):
    """What is known of pictures that stand in a row, each by its place in it."""

    begins: bytes  # 1: the one before is of another press, or this one of none; 0: both belong together
    days: array[int]  # 20261122 on which it was asked for, local time; 0: not known, or not in that order
    aspects: array[int]  # width by height, in 1 / ASPECT_ONE


class Arranging:
    """Reads facts from the index. Any thread; raises ProblemError."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def facts(self, ids: Sequence[str], is_by_date: bool, before_id: str = "") -> Facts:
        """What is known of ``ids``, in their order; ``before_id`` stands before the first of them.

        Only what stands ``is_by_date`` is stacked and has days.
        """
        begins, days, aspects = bytearray(), array("I"), array("H")
        for start in range(0, len(ids), _AT_ONCE):
            some = [before_id, *ids[start : start + _AT_ONCE]]
            before_id = some[-1]
            found = self._read(json.dumps(some), is_by_date)
            begins += found.begins[1:]
            days += found.days[1:]
            aspects += found.aspects[1:]
        return Facts(bytes(begins), days, aspects)

    def _read(self, asked: str, is_by_date: bool) -> Facts:
        read = _read_by_date if is_by_date else _read_shapes
        return self._index.read(lambda connection: read(connection, asked))


def _read_by_date(connection: sqlite3.Connection, asked: str) -> Facts:
    days, aspects, begins = connection.execute(_BY_DATE, (asked,)).fetchone()
    return Facts(begins.encode("ascii").translate(_DIGITS), _figures("I", days), _figures("H", aspects))


def _read_shapes(connection: sqlite3.Connection, asked: str) -> Facts:
    (text,) = connection.execute(_BY_SHAPE, (asked,)).fetchone()
    aspects = _figures("H", text)
    return Facts(b"\x01" * len(aspects), array("I", bytes(4 * len(aspects))), aspects)


def _figures(kind: str, text: str) -> array[int]:
    found = array(kind, bytes.fromhex(text))
    if sys.byteorder == "little":
        found.byteswap()
    return found
