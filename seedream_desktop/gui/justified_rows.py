"""Whole pictures in lines of one height each, from edge to edge.

Lines are broken in blocks of some dozen places, and only where they are looked at: a block that has not been
seen stands with the height that its shapes add up to, and ``settle`` makes it exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from PySide6.QtCore import QRect

from seedream_desktop.gui.gallery_layout import HEADING_PX, Heading, Layout, Line

ASPECT_ONE = 1024  # a square
BLOCK_PLACES = 96
_HIGHEST = 1.5  # of a line, beside the height that is wanted
_FULL_ENOUGH = 0.75  # of the width: such a last line is stretched to the edge as all others are


class _Block(NamedTuple):
    """Places of one section that are broken into lines together."""

    start: int
    stop: int
    head_px: int  # the heading above it
    is_last: bool  # of its section


class Shapes:
    """What there is to be laid out, whatever the width; made once and laid out many times."""

    def __init__(self, aspects: Sequence[int], sections: Sequence[int] = ()) -> None:
        """``aspects``: width by height of each place, in 1 / ASPECT_ONE; ``sections`` as for even cells."""
        self.aspects = aspects
        self.sections = tuple(sections)
        self.blocks = _blocks(len(aspects), sections)
        self.starts = [block.start for block in self.blocks]
        self.sums = [sum(aspects[block.start : block.stop]) for block in self.blocks]


class JustifiedRows(Layout):
    """Lines of about ``tile_px`` in height."""

    def __init__(self, shapes: Shapes, width_px: int, tile_px: int) -> None:
        """Nothing is broken into lines yet."""
        self.count = len(shapes.aspects)
        self.width_px = width_px
        self.tile_px = tile_px
        self._aspects = shapes.aspects
        self._sections = shapes.sections
        self._room_px = max(1, width_px - 2 * self.margin_px)
        self._blocks, self._starts = shapes.blocks, shapes.starts
        self._lines: dict[int, list[Line]] = {}  # of blocks that were looked at, from their top
        self._heights = list(map(self._supposed_px, self._blocks, shapes.sums))
        self._tops = list(accumulate(self._heights, initial=self.margin_px))

    @property
    def line_px(self) -> int:
        """How far one line is from the next, about."""
        return self.tile_px + self.gap_px

    @property
    def height_px(self) -> int:
        """The height of the whole content as far as it is known; 0 when there is nothing."""
        return self._tops[-1] - self.gap_px + self.margin_px if self.count else 0

    def settle(self, top_px: int, bottom_px: int) -> int | None:
        """Make a band exact; by how much what was exact in it moved down. None: nothing has moved."""
        first = number = self._block_at(top_px)
        tops, exact = self._tops, None
        while number < len(self._blocks) and self._tops[number] < bottom_px:
            if number in self._lines:
                exact = number if exact is None else exact
            number += 1
        for one in range(first, number):
            self._lines_of(one)
        if self._tops is tops:
            return None
        return self._tops[exact] - tops[exact] if exact is not None else 0

    def cell(self, place: int) -> QRect:
        """The cell of ``place``: as large as its picture."""
        line = self.line(place)
        shapes = [self._shape(one) for one in range(line.start, line.stop)]
        number = place - line.start
        before, own = sum(shapes[:number]), shapes[number]
        left = self.margin_px + number * self.gap_px
        height_px = self._exact_px(line, sum(shapes))
        first, last = round(before * height_px), round((before + own) * height_px)
        return QRect(left + first, line.top_px, max(1, last - first), line.height_px)

    def line(self, place: int) -> Line:
        """The line in which ``place`` stands."""
        number = max(0, bisect_right(self._starts, place) - 1)
        lines = self._lines_of(number)
        line = lines[bisect_right(lines, place, key=_start_of) - 1]
        return line._replace(top_px=self._tops[number] + line.top_px)

    def around(self, first: int, last: int) -> range:
        """The same, in whole blocks; and one place more, so that the last of them is not taken for an end."""
        before = bisect_right(self._starts, super().around(first, last).start) - 1
        behind = self._blocks[bisect_right(self._starts, last) - 1]
        return range(self._starts[before], min(self.count, behind.stop + 1))

    def first_from(self, y_px: int) -> int:
        """The first place whose line reaches below ``y_px``; the number of places if there is none."""
        return self._first(y_px, lambda line: line.top_px + line.height_px - 1)

    def first_below(self, y_px: int) -> int:
        """The first place whose line begins at ``y_px`` or below; the number of places if there is none."""
        return self._first(y_px, lambda line: line.top_px)

    def headings(self, top_px: int, bottom_px: int) -> tuple[Heading, ...]:
        """The headings that reach into a band."""
        found = []
        for number in range(self._block_at(top_px), len(self._blocks)):
            if self._tops[number] >= bottom_px:
                break
            if self._blocks[number].head_px:
                rect = QRect(self.margin_px, self._tops[number], self._room_px, HEADING_PX)
                section = bisect_right(self._sections, self._starts[number]) - 1
                found.append(Heading(section, rect))
        return tuple(one for one in found if one.rect.bottom() >= top_px)

    def _first(self, y_px: int, edge: Callable[[Line], int]) -> int:
        for number in range(self._block_at(y_px), len(self._blocks)):
            lines, inside_px = self._lines_of(number), y_px - self._tops[number]
            found = bisect_left(lines, inside_px, key=edge)
            if found < len(lines):
                return lines[found].start
        return self.count

    def _block_at(self, y_px: int) -> int:
        return max(0, min(bisect_right(self._tops, y_px) - 1, len(self._blocks) - 1))

    def _lines_of(self, number: int) -> list[Line]:
        lines = self._lines.get(number)
        if lines is None:
            lines = self._lines[number] = self._broken(self._blocks[number])
            height = lines[-1].top_px + lines[-1].height_px + self.gap_px
            if height != self._heights[number]:
                self._heights[number] = height
                self._tops = list(accumulate(self._heights, initial=self.margin_px))
        return lines

    def _broken(self, block: _Block) -> list[Line]:
        """The lines of a block, from its own top."""
        ends = list(accumulate(self._span(place) for place in range(block.start, block.stop)))
        found, top = [], block.head_px
        for start, stop in pairwise(self._cuts(block, ends)):
            shape = sum(self._shape(place) for place in range(block.start + start, block.start + stop))
            room = self._room_px - (stop - start - 1) * self.gap_px
            height = room / shape
            is_ragged = block.is_last and stop == len(ends) and height * _FULL_ENOUGH > self.tile_px
            height = min(height, self.tile_px if is_ragged else self.tile_px * _HIGHEST)
            line = Line(block.start + start, block.start + stop, top, max(1, int(height)))
            found.append(line)
            top += line.height_px + self.gap_px
        return found

    def _cuts(self, block: _Block, ends: Sequence[float]) -> list[int]:
        """Where the lines of a block begin, and where the last one ends."""
        whole, line_px = ends[-1], self._room_px + self.gap_px
        count = max(1, round(whole / line_px))
        full_px = whole / count
        if block.is_last and whole / line_px % 1 < _FULL_ENOUGH:  # the last line stays short
            count, full_px = int(whole / line_px) + 1, float(line_px)
        cuts = [0]
        for number in range(1, count):
            wanted = number * full_px
            after = bisect_left(ends, wanted)
            if after < len(ends) and ends[after] - wanted < wanted - (ends[after - 1] if after else 0.0):
                after += 1
            cuts.append(max(cuts[-1], min(after, len(ends))))
        return sorted({*cuts, len(ends)})

    def _supposed_px(self, block: _Block, aspects: int) -> int:
        whole = aspects / ASPECT_ONE * self.tile_px + (block.stop - block.start) * self.gap_px
        return block.head_px + max(1, round(whole / (self._room_px + self.gap_px))) * self.line_px

    def _exact_px(self, line: Line, shapes: float) -> float:
        """The height with which a line reaches the edge, where that is its own but for a fraction of a px."""
        exact = (self._room_px - (line.stop - line.start - 1) * self.gap_px) / shapes
        return exact if int(exact) == line.height_px else line.height_px

    def _shape(self, place: int) -> float:
        return self._aspects[place] / ASPECT_ONE

    def _span(self, place: int) -> float:
        return self._shape(place) * self.tile_px + self.gap_px


def _start_of(line: Line) -> int:
    return line.start


def _blocks(count: int, sections: Sequence[int]) -> list[_Block]:
    found = []
    for first, stop in pairwise([*(sections or (0,)), count]):
        for start in range(first, stop, BLOCK_PLACES):
            head = HEADING_PX if sections and start == first else 0
            is_last = start + BLOCK_PLACES >= stop
            found.append(_Block(start, min(stop, start + BLOCK_PLACES), head, is_last))
    return found
