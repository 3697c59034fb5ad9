"""Where each tile of the gallery lies, in content coordinates; nothing costs more than what is in view."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN_PX = 12
GAP_PX = 8
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


class Layout(Protocol):
    """What the view asks of any arrangement: even cells now, sections and justified rows later."""

    @property
    def height_px(self) -> int:
        """The height of the whole content."""

    @property
    def line_px(self) -> int:
        """How far one line is from the next: the step of the mouse wheel."""

    def cell(self, row: int) -> QRect:
        """The cell of ``row``."""

    def row_at(self, point: QPoint) -> int | None:
        """The row whose cell holds ``point``; None in a gap."""

    def rows_in(self, top_px: int, bottom_px: int) -> range:
        """The rows that reach into the band from ``top_px`` up to, not including, ``bottom_px``."""

    def rows_touching(self, rect: QRect) -> tuple[range, ...]:
        """The rows whose cells ``rect`` touches, as runs."""

    def neighbour(self, row: int, move: Move, page_px: int) -> int:
        """The row that the keyboard reaches from ``row``."""


@dataclass(frozen=True, slots=True)
class EvenCells:
    """Square cells in lines, as many beside each other as ``tile_px`` allows, widened to fill the width."""

    count: int
    width_px: int
    tile_px: int
    margin_px: int = MARGIN_PX
    gap_px: int = GAP_PX

    @property
    def columns(self) -> int:
        """How many cells lie beside each other; at least one."""
        room = self.width_px - 2 * self.margin_px + self.gap_px
        return max(1, round(room / (self.tile_px + self.gap_px)))

    @property
    def cell_px(self) -> int:
        """The side of a cell."""
        room = self.width_px - 2 * self.margin_px - (self.columns - 1) * self.gap_px
        return max(1, room // self.columns)

    @property
    def line_px(self) -> int:
        """How far one line is from the next."""
        return self.cell_px + self.gap_px

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return -(-self.count // self.columns)

    @property
    def height_px(self) -> int:
        """The height of the whole content, margins included; 0 when there is nothing."""
        return self.lines * self.line_px - self.gap_px + 2 * self.margin_px if self.count else 0

    def cell(self, row: int) -> QRect:
        """The cell of ``row``."""
        line, column = divmod(row, self.columns)
        side, pitch = self.cell_px, self.line_px
        return QRect(self.margin_px + column * pitch, self.margin_px + line * pitch, side, side)

    def row_at(self, point: QPoint) -> int | None:
        """The row whose cell holds ``point``; None in a gap or a margin."""
        line, y = divmod(point.y() - self.margin_px, self.line_px)
        column, x = divmod(point.x() - self.margin_px, self.line_px)
        row = line * self.columns + column
        inside = x < self.cell_px and y < self.cell_px and 0 <= column < self.columns
        return row if inside and line >= 0 and row < self.count else None

    def rows_in(self, top_px: int, bottom_px: int) -> range:
        """The rows that reach into the band from ``top_px`` up to, not including, ``bottom_px``."""
        first, last = self._lines_between(top_px, bottom_px)
        return range(min(self.count, first * self.columns), min(self.count, last * self.columns))

    def rows_touching(self, rect: QRect) -> tuple[range, ...]:
        """The rows whose cells ``rect`` touches, a run for each line."""
        first, last = self._lines_between(rect.top(), rect.bottom() + 1)
        left, right = self._columns_between(rect.left(), rect.right() + 1)
        starts = (line * self.columns for line in range(first, last))
        runs = (range(min(start + left, self.count), min(start + right, self.count)) for start in starts)
        return tuple(run for run in runs if run)

    def neighbour(self, row: int, move: Move, page_px: int) -> int:
        """The row that the keyboard reaches from ``row``; ``row`` itself at an edge."""
        last = self.count - 1
        page = max(1, page_px // self.line_px) * self.columns
        target = {
            Move.LEFT: row - 1,
            Move.RIGHT: row + 1,
            Move.UP: row - self.columns,
            Move.DOWN: row + self.columns,
            Move.PAGE_UP: row - page,
            Move.PAGE_DOWN: row + page,
            Move.HOME: 0,
            Move.END: last,
        }[move]
        if 0 <= target <= last:
            return target
        return self._at_the_edge(row, move)

    def _at_the_edge(self, row: int, move: Move) -> int:
        last = self.count - 1
        column = row % self.columns
        if move in {Move.PAGE_UP, Move.UP}:
            return column if move is Move.PAGE_UP else row
        if move is Move.PAGE_DOWN:
            in_last_line = (self.lines - 1) * self.columns + column
            return min(last, in_last_line)
        if move is Move.DOWN and row // self.columns < self.lines - 1:
            return last
        return row

    def _lines_between(self, top_px: int, bottom_px: int) -> tuple[int, int]:
        return _between(
            top_px - self.margin_px, bottom_px - self.margin_px, self.cell_px, self.line_px, self.lines
        )

    def _columns_between(self, left_px: int, right_px: int) -> tuple[int, int]:
        left, right = left_px - self.margin_px, right_px - self.margin_px
        return _between(left, right, self.cell_px, self.line_px, self.columns)


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


def _between(start: int, end: int, length: int, pitch: int, count: int) -> tuple[int, int]:
    """The first interval that reaches into start..end, and the first after the last that does."""
    if start >= end:
        return 0, 0
    first = max(0, start // pitch + (1 if start % pitch >= length else 0)) if start > 0 else 0
    last = min(count, -(-end // pitch)) if end > 0 else 0
    return min(first, last), last
