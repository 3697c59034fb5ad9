"""Where each place of the gallery lies, in content coordinates; nothing costs more than what is in view.

A place is what stands as one tile: a picture, a job, or a closed stack of pictures.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum, auto
from itertools import accumulate, pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN_PX = 12
GAP_PX = 8
HEADING_PX = 36  # what stands above a section
TILE_PX_MIN = 96
TILE_PX_MAX = 512


class Move(Enum):
    """A step of the keyboard through the tiles."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    HOME = auto()
    END = auto()


class Line(NamedTuple):
    """Places beside each other."""

    start: int  # the first of them
    stop: int  # the one after the last
    top_px: int
    height_px: int


class Heading(NamedTuple):
    """What stands above a section: its number, and where."""

    section: int
    rect: QRect


class Layout(ABC):
    """What the view asks of any arrangement."""

    count: int
    width_px: int
    margin_px: int = MARGIN_PX
    gap_px: int = GAP_PX

    @property
    @abstractmethod
    def height_px(self) -> int:
        """The height of the whole content."""

    @property
    @abstractmethod
    def line_px(self) -> int:
        """How far one line is from the next, about: the step of the mouse wheel."""

    @abstractmethod
    def cell(self, place: int) -> QRect:
        """The cell of ``place``."""

    @abstractmethod
    def line(self, place: int) -> Line:
        """The line in which ``place`` stands."""

    @abstractmethod
    def first_from(self, y_px: int) -> int:
        """The first place whose line reaches below ``y_px``; the number of places if there is none."""

    @abstractmethod
    def first_below(self, y_px: int) -> int:
        """The first place whose line begins at ``y_px`` or below; the number of places if there is none."""

    @abstractmethod
    def headings(self, top_px: int, bottom_px: int) -> tuple[Heading, ...]:
        """The headings that reach into a band."""

    def settle(self, _top_px: int, _bottom_px: int) -> int | None:
        """Make a band exact; by how much what was exact in it moved down. None: nothing has moved."""
        return None

    def around(self, first: int, last: int) -> range:
        """These places with a line above and some below: laid out by themselves they lie as they do here."""
        before = self.line(max(0, self.line(first).start - 1))
        return range(before.start, min(self.count, 2 * last - first + 1))

    def row_at(self, point: QPoint) -> int | None:
        """The place whose cell holds ``point``; None in a gap or a margin."""
        first = self.first_from(point.y())
        if first >= self.count:
            return None
        line = self.line(first)
        places = range(line.start, line.stop)
        return next((place for place in places if self.cell(place).contains(point)), None)

    def rows_in(self, top_px: int, bottom_px: int) -> range:
        """The places that reach into the band from ``top_px`` up to, not including, ``bottom_px``."""
        if top_px >= bottom_px:
            return range(0)
        first = self.first_from(top_px)
        return range(first, max(first, self.first_below(bottom_px)))

    def rows_touching(self, rect: QRect) -> tuple[range, ...]:
        """The places whose cells ``rect`` touches, as runs, one for each line."""
        found, places = [], self.rows_in(rect.top(), rect.bottom() + 1)
        place = places.start
        while place < places.stop:
            line = self.line(place)
            touched = [one for one in range(line.start, line.stop) if self.cell(one).intersects(rect)]
            if touched:
                found.append(range(touched[0], touched[-1] + 1))
            place = line.stop
        return tuple(found)

    def neighbour(self, place: int, move: Move, page_px: int) -> int:
        """The place that the keyboard reaches from ``place``; ``place`` itself at an edge."""
        last, line = self.count - 1, self.line(place)
        if move in {Move.LEFT, Move.RIGHT}:
            return max(0, min(last, place + (1 if move is Move.RIGHT else -1)))
        if move in {Move.HOME, Move.END}:
            return 0 if move is Move.HOME else last
        is_up = move in {Move.UP, Move.PAGE_UP}
        if (is_up and line.start == 0) or (not is_up and line.stop > last):
            return place
        beside = line.start - 1 if is_up else line.stop
        if move in {Move.UP, Move.DOWN}:
            return self._nearest(place, self.line(beside))
        if is_up:
            far = self.first_below(line.top_px - max(0, page_px - line.height_px))
            return self._nearest(place, self.line(min(far, beside)))
        far = self.first_below(line.top_px + max(0, page_px - line.height_px) + 1) - 1
        return self._nearest(place, self.line(max(far, beside)))

    def _nearest(self, place: int, line: Line) -> int:
        x = self.cell(place).center().x()
        return min(range(line.start, line.stop), key=lambda one: abs(self.cell(one).center().x() - x))


class EvenCells(Layout):
    """Square cells in lines, as many beside each other as ``tile_px`` allows, widened to fill the width."""

    def __init__(self, count: int, width_px: int, tile_px: int, sections: Sequence[int] = ()) -> None:
        """``sections``: the first place of each; none: all is one, without a heading."""
        self.count = count
        self.width_px = width_px
        self.tile_px = tile_px
        room = width_px - 2 * self.margin_px
        self.columns = max(1, round((room + self.gap_px) / (tile_px + self.gap_px)))
        self.cell_px = max(1, (room - (self.columns - 1) * self.gap_px) // self.columns)
        self._head_px = HEADING_PX if sections else 0
        self._starts = [*(sections or (0,)), count]
        pitch, columns, head = self.line_px, self.columns, self._head_px
        heights = (head - (start - stop) // columns * pitch for start, stop in pairwise(self._starts))
        self._tops = list(accumulate(heights, initial=self.margin_px))

    @property
    def line_px(self) -> int:
        """How far one line is from the next."""
        return self.cell_px + self.gap_px

    @property
    def height_px(self) -> int:
        """The height of the whole content, margins included; 0 when there is nothing."""
        return self._tops[-1] - self.gap_px + self.margin_px if self.count else 0

    def cell(self, place: int) -> QRect:
        """The cell of ``place``."""
        section = self._section_of(place)
        line, column = divmod(place - self._starts[section], self.columns)
        top = self._tops[section] + self._head_px + line * self.line_px
        return QRect(self.margin_px + column * self.line_px, top, self.cell_px, self.cell_px)

    def line(self, place: int) -> Line:
        """The line in which ``place`` stands."""
        section = self._section_of(place)
        first = self._starts[section]
        line = (place - first) // self.columns
        start = first + line * self.columns
        top = self._tops[section] + self._head_px + line * self.line_px
        return Line(start, min(start + self.columns, self._starts[section + 1]), top, self.cell_px)

    def first_from(self, y_px: int) -> int:
        """The first place whose line reaches below ``y_px``; the number of places if there is none."""
        return self._first(y_px, self.line_px - self.cell_px)

    def first_below(self, y_px: int) -> int:
        """The first place whose line begins at ``y_px`` or below; the number of places if there is none."""
        return self._first(y_px, self.line_px - 1)

    def headings(self, top_px: int, bottom_px: int) -> tuple[Heading, ...]:
        """The headings that reach into a band."""
        if not self._head_px:
            return ()
        width = self.width_px - 2 * self.margin_px
        first = max(0, bisect_right(self._tops, top_px) - 1)
        found = []
        for section in range(first, len(self._starts) - 1):
            top = self._tops[section]
            if top >= bottom_px:
                break
            if top + self._head_px > top_px:
                found.append(Heading(section, QRect(self.margin_px, top, width, self._head_px)))
        return tuple(found)

    def _first(self, y_px: int, ahead_px: int) -> int:
        """The first place of the first line that lies, moved up by ``ahead_px``, not above ``y_px``."""
        if not self.count:
            return 0
        section = max(0, min(bisect_right(self._tops, y_px) - 1, len(self._starts) - 2))
        line = max(0, (y_px - self._tops[section] - self._head_px + ahead_px) // self.line_px)
        return min(self._starts[section] + line * self.columns, self._starts[section + 1])

    def _section_of(self, place: int) -> int:
        return max(0, min(bisect_right(self._starts, place) - 1, len(self._starts) - 2))


def fitted(cell: QRect, width: float, height: float) -> QRect:
    """The largest rectangle of the shape ``width`` to ``height`` in the middle of ``cell``."""
    if width <= 0 or height <= 0:
        return QRect(cell)
    scale = min(cell.width() / width, cell.height() / height)
    size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
    return centred(cell, size)


def centred(cell: QRect, size: QSize) -> QRect:
    """A rectangle of ``size`` in the middle of ``cell``."""
    left = cell.left() + (cell.width() - size.width()) // 2
    top = cell.top() + (cell.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
