"""Which rows of the model stand as places of the gallery, and under which days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.state.tile_rows import TileRows


class Places:
    """A row for each place: its own, or the first of a closed stack."""

    def __init__(self, row_count: int) -> None:
        """Every row stands for itself, under no day."""
        self.row_count = row_count
        self.rows: Sequence[int] = range(row_count)
        self.sections: tuple[int, ...] = ()  # the first place of each
        self.days: tuple[int, ...] = ()  # of the sections, as 20261122

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, place: int) -> int:
        """The row that is shown at a place."""
        return self.rows[place]

    def place(self, row: int) -> int:
        """The place where a row is shown, or the stack that it lies in."""
        return max(0, bisect_right(self.rows, row) - 1)

    def rows_of(self, places: range) -> range:
        """All rows that lie at these places, those in closed stacks too."""
        if not places:
            return range(0)
        stop = self.rows[places.stop] if places.stop < len(self.rows) else self.row_count
        return range(self.rows[places.start], stop)

    def aspects(self, tiles: TileRows) -> array[int]:
        """The shape of what stands at each place."""
        facts = tiles.facts
        kept = facts.aspects if facts.stands_alone else array("H", compress(facts.aspects, facts.shown))
        return tiles.front_aspects() + kept


def places_of(tiles: TileRows, today: int) -> Places:
    """The places of what ``tiles`` holds; its front counts as of ``today``."""
    facts, front = tiles.facts, tiles.front_count
    places = Places(front + len(facts))
    if not front:
        places.rows = facts.shown_rows
    elif not facts.stands_alone:
        shown = compress(range(front, places.row_count), facts.shown)
        places.rows = array("I", range(front)) + array("I", shown)
    found = [(bisect_left(places.rows, front + row), day) for row, day in facts.days()]
    if front and facts.is_by_date:
        found = [(0, today), *(one for one in found if one != (front, today))]
    last = {place: day for place, day in found if place < len(places)}  # none without a place of its own
    places.sections, places.days = tuple(last), tuple(last.values())
    return places
