"""The pictures of one place in one order, and those of them that a search picks.

What is done at every key is done for all rows at once: one number has a byte for each row, and what is not
picked is deleted from the bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import compress
from operator import itemgetter, ne, neg
from typing import TYPE_CHECKING, Any

from seedream_desktop.library.arranging import Facts
from seedream_desktop.library.gathering import gathered, grouped
from seedream_desktop.library.known_rows import RANKS
from seedream_desktop.library.picked import Picked

if TYPE_CHECKING:
    from seedream_desktop.library.known_rows import AllKnown

Arranged = tuple[Sequence[str], Facts | None]  # ids, and what is known of them; None: not read yet
_Take = Callable[[Any], tuple[Any, ...]]
_BEGINS = bytes.maketrans(b"\x01\x02", b"\x00\x01")
_WORTHS = bytes.maketrans(bytes(RANKS), bytes((6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0)))


class PlaceRows:
    """Rows that stand one after the other. What is known of them is read when it is needed first."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids
        self.is_ready = False
        self._pks: Sequence[int] = ()
        self._take: _Take = tuple  # what it is given by the numbers of rows, in the order of this place
        self._whole: dict[bool, Arranged] = {}  # gathered or not

    def learn(self, pks: Sequence[int], known: AllKnown, *, is_by_date: bool) -> None:
        """Which rows they are, and what is ``known`` of all rows."""
        self._pks, self._take, self._known = array("I", pks), _taker(pks), known
        self._stacks = Stacks(self._take(known.presses))
        self._aspects = array("H", self._take(known.aspects))
        self.ranks = bytes(self._take(known.ranks))
        self._ranked = int.from_bytes(self.ranks, "little")
        self._days = day_runs(self._take(known.placed_s)) if is_by_date else ()
        self.is_ready = True

    def reordered(self, places: Sequence[int]) -> PlaceRows:
        """The same pictures in another order, which is not by date."""
        take = _taker(places)
        other = PlaceRows(take(self.ids))
        other.learn(take(self._pks), self._known, is_by_date=False)
        return other

    def by_name(self, names: Sequence[int]) -> PlaceRows:
        """In the order of ``names``, which are the numbers of all rows."""
        places = dict(zip(self._pks, range(len(self._pks)), strict=True))
        return self.reordered([places[pk] for pk in names if pk in places])

    def by_rank(self) -> PlaceRows:
        """The best first; what is equal keeps its order."""
        places: list[int] = []
        for rank in RANKS:
            if rank in self.ranks:
                marks = self.ranks.translate(bytes(one == rank for one in range(256)))
                places += compress(range(len(marks)), marks)
        return self.reordered(places)

    def whole(self, *, is_gathered: bool = False) -> Arranged:
        """All of them; with those of one press beside each other, if they shall be."""
        if not self.is_ready:
            return self.ids, None
        if is_gathered not in self._whole:
            count = len(self.ids)
            found = self._gathered(range(count)) if is_gathered else self._marked(b"\x01" * count)
            self._whole[is_gathered] = found if is_gathered else (self.ids, found[1])
        return self._whole[is_gathered]

    def chosen(self, rows: bytes, *, is_gathered: bool = False) -> Arranged:
        """Those whose rows have a 1."""
        marks = bytes(self._take(rows))
        if 0 not in marks:
            return self.whole(is_gathered=is_gathered)
        if is_gathered:
            return self._gathered(tuple(compress(range(len(marks)), marks)))
        return self._marked(marks)

    def beside(self, rows: bytes, groups: Mapping[int, int]) -> Arranged:
        """The same, with those of one group beside the first of them."""
        marks = self._take(rows)
        presses = tuple(groups.get(pk, 0) for pk in compress(self._pks, marks))
        return self._at(gathered(tuple(compress(range(len(marks)), marks)), presses))

    def nearest(self, rows: bytes, near: Sequence[int]) -> Arranged:
        """The same in the order of ``near``, which are rows."""
        marks = self._take(rows)
        places = dict(zip(compress(self._pks, marks), compress(range(len(marks)), marks), strict=True))
        return self._at([places[pk] for pk in near if pk in places])

    def _marked(self, marks: bytes) -> Arranged:
        if not self._stacks.lie_together:
            return self._at(tuple(compress(range(len(marks)), marks)))
        chosen = int.from_bytes(marks, "little")
        begins = (chosen + self._stacks.begun(chosen)).to_bytes(len(marks), "little")
        ranks = (self._ranked & chosen * 0xFF).to_bytes(len(marks), "little")
        aspects, days = Picked(self._aspects, marks), self._days_of(marks)
        facts = Facts(begins.translate(_BEGINS, b"\0"), days, aspects, ranks.translate(_WORTHS, b"\0"))
        return Picked(self.ids, marks), facts

    def _days_of(self, marks: bytes) -> array[int]:
        days = array("I") if self._days else array("I", bytes(4 * marks.count(1)))
        for start, stop, day in self._days:
            days += array("I", (day,)) * marks.count(1, start, stop)
        return days

    def _gathered(self, places: Sequence[int]) -> Arranged:
        presses = map(self._known.presses.__getitem__, _taker(places)(self._pks))
        return self._at(grouped(places, presses))

    def _at(self, places: Sequence[int]) -> Arranged:
        take = _taker(places)
        pks = take(self._pks)
        presses = tuple(map(self._known.presses.__getitem__, pks))
        begins = b"\x01"[: len(presses)] + bytes(map(ne, presses[1:], presses))
        facts = Facts(
            begins,
            array("I", bytes(4 * len(pks))),
            array("H", take(self._aspects)),
            bytes(take(self.ranks)).translate(_WORTHS),
        )
        return take(self.ids), facts


class Stacks:
    """Which of the rows that are picked begin a stack: all at once, with a byte for each row.

    The last row of each stack has a bit above that of its mark. So one can be taken from each stack, and
    what changes by that reaches from its beginning to the first row of it that is picked.
    """

    def __init__(self, presses: Sequence[int]) -> None:
        """``presses``: one for each row, of rows that stand one after the other."""
        begins = b"\x01"[: len(presses)] + bytes(map(ne, presses[1:], presses))
        self._begins = int.from_bytes(begins, "little")
        self._ends = int.from_bytes(begins[1:] + b"\x01", "little") << 7
        self._rows = int.from_bytes(b"\x01" * len(begins), "little")
        self.lie_together = len(set(compress(presses, begins))) == begins.count(1)  # each of one press

    def begun(self, picked: int) -> int:
        """The first of each stack among the rows that are ``picked``."""
        ended = picked | self._ends
        return ended & (ended ^ (ended - self._begins)) & self._rows


def day_runs(placed_s: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Runs of rows that were asked for on one day, local time: first row, the one after the last, the day.

    ``placed_s`` falls or rises throughout. Days are as 20261122; 0: one that no calendar has.
    """
    runs: list[tuple[int, int, int]] = []
    is_falling = len(placed_s) > 1 and placed_s[0] > placed_s[-1]
    start = 0
    while start < len(placed_s):
        day, begin_s, end_s = _day(placed_s[start])
        if is_falling:
            stop = bisect_left(placed_s, 1 - begin_s, start, key=neg)
        else:
            stop = bisect_left(placed_s, end_s, start)
        runs.append((start, max(stop, start + 1), day))
        start = runs[-1][1]
    return tuple(runs)


def _day(at_s: int) -> tuple[int, int, int]:
    """The day of a moment, when it began, and when it ended."""
    try:
        begin = datetime.fromtimestamp(at_s).replace(hour=0, minute=0, second=0)  # noqa: DTZ006 - the designer's own day
        end_s = (begin + timedelta(days=1)).timestamp()
        return begin.year * 10_000 + begin.month * 100 + begin.day, int(begin.timestamp()), int(end_s)
    except (OverflowError, ValueError, OSError):
        return 0, at_s, at_s + 1


def _taker(places: Sequence[int]) -> _Take:
    """Takes what stands at ``places``."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)
