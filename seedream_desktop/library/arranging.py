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
    from seedream_desktop.library.lookup import Lookup
    from seedream_desktop.library.values import Query

ASPECT_ONE = 1024  # a square
_ASPECT_MAX = 0xFFFF
_AT_ONCE = 8192  # pictures; more would hold up other threads while their ids are written out
_DIGITS = bytes.maketrans(b"0123456", bytes(range(7)))
_WHERE = "FROM json_each(?) AS asked LEFT JOIN pictures ON pictures.id = asked.value"
ASPECT = (
    f"min({_ASPECT_MAX}, max(1, CASE WHEN width_px > 0 AND height_px > 0 "
    f"THEN {ASPECT_ONE} * width_px / height_px ELSE {ASPECT_ONE} END))"
)
_DAY = "strftime('%Y%m%d', placed_ms / 1000, 'unixepoch', 'localtime')"
_BEGINS = "coalesce(press_id = '' OR press_id IS NOT lag(press_id) OVER (ORDER BY asked.key), 1)"
_WORTH = "CASE WHEN rejected THEN 0 ELSE 1 + min(rating, 5) END"
_ALONE = "1"
_NO_DAY = "0"


class Facts(NamedTuple):
    """What is known of pictures that stand in a row, each by its place in it."""

    begins: bytes  # 1: the one before is of another press, or this one of none; 0: both belong together
    days: array[int]  # 20261122 on which it was asked for, local time; 0: not known, or not in that order
    aspects: Sequence[int]  # width by height, in 1 / ASPECT_ONE
    worths: bytes = b""  # for the cover of its stack: 0 rejected, 1 not, 2 to 6 rated; empty: not known

    def arranged(self, *, is_by_date: bool, is_stacked: bool) -> Facts:
        """Without days where it does not stand ``is_by_date``, each alone where it is not ``is_stacked``."""
        count = len(self.begins)
        return Facts(
            self.begins if is_stacked else b"\x01" * count,
            self.days if is_by_date else array("I", bytes(4 * count)),
            self.aspects,
            self.worths,
        )


class Arranging:
    """Reads facts from the index. Any thread; raises ProblemError."""

    def __init__(self, index: Index, lookup: Lookup) -> None:
        self._index = index
        self._lookup = lookup

    def facts(
        self,
        ids: Sequence[str],
        *,
        is_by_date: bool,
        is_stacked: bool,
        before_id: str = "",
        query: Query | None = None,
    ) -> Facts:
        """What is known of ``ids``, in their order; ``before_id`` stands before the first of them.

        Only what stands ``is_by_date`` has days, and only what ``is_stacked`` belongs together. ``query``:
        what found them all; where it is a place, what is read of them is kept for who searches there.
        """
        if query is not None and (known := self._lookup.facts(query, ids)) is not None:
            return known.arranged(is_by_date=is_by_date, is_stacked=is_stacked)
        statement = _statement(_DAY if is_by_date else _NO_DAY, _BEGINS if is_stacked else _ALONE)
        begins, days, aspects, worths = bytearray(), array("I"), array("H"), bytearray()
        for start in range(0, len(ids), _AT_ONCE):
            some = [before_id, *ids[start : start + _AT_ONCE]]
            before_id = some[-1]
            found = self._read(statement, json.dumps(some))
            begins += found.begins[1:]
            days += found.days[1:]
            aspects.extend(found.aspects[1:])
            worths += found.worths[1:]
        return Facts(bytes(begins), days, aspects, bytes(worths))

    def _read(self, statement: str, asked: str) -> Facts:
        def read(connection: sqlite3.Connection) -> Facts:
            days, aspects, *digits = connection.execute(statement, (asked,)).fetchone()
            begins, worths = (one.encode("ascii").translate(_DIGITS) for one in digits)
            return Facts(begins, _figures("I", days), _figures("H", aspects), worths)

        return self._index.read(read)


def _statement(day: str, begins: str) -> str:
    return (
        "SELECT group_concat(printf('%08x', day), ''), group_concat(printf('%04x', aspect), ''), "  # noqa: S608
        f"group_concat(begins, ''), group_concat(worth, '') FROM (SELECT {day} AS day, {ASPECT} AS aspect, "
        f"{begins} AS begins, coalesce({_WORTH}, 1) AS worth {_WHERE} ORDER BY asked.key)"
    )


def _figures(kind: str, text: str) -> array[int]:
    found = array(kind, bytes.fromhex(text))
    if sys.byteorder == "little":
        found.byteswap()
    return found
