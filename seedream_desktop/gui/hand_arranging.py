"""Pictures of a board that are dragged to another place among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QPoint, QRect

from seedream_desktop.gui.gallery_layout import GAP_PX
from seedream_desktop.library.values import Order
from seedream_desktop.state.picture_mime import own_pictures

if TYPE_CHECKING:
    from seedream_desktop.gui.tile_wall import TileWall
    from seedream_desktop.library.values import Query
    from seedream_desktop.state.gallery_model import GalleryModel

_EDGE_PX = 32
_STEP_PX = 24
_LINE_PX = 2


class Arranged(NamedTuple):
    """What was dragged where."""

    ids: tuple[str, ...]
    board_id: str
    before_id: str  # empty: to the end


class HandArranging:
    """Finds the gap that a drag points at."""

    def __init__(self, wall: TileWall, tiles: GalleryModel) -> None:
        """For drags over ``wall``, which shows ``tiles``."""
        self._wall = wall
        self._tiles = tiles
        self._gap: int | None = None  # before the tile in that row

    def accepts(self, mime: QMimeData) -> bool:
        """Whether those pictures can be placed by hand here."""
        return can_arrange(self._tiles.query) and bool(own_pictures(mime)[0])

    def move(self, point: QPoint) -> QRect | None:
        """Point at a gap; where the line that marks it lies in the viewport."""
        self._scroll(point)
        row = self._row_at(point)
        if row is None:
            self._gap = None
            return None
        cell = self._wall.cell(row)
        is_after = point.x() > cell.center().x()
        self._gap = self._wall.rows_shown_by(row).stop if is_after else row  # never within a closed stack
        x = cell.right() + GAP_PX // 2 if is_after else cell.left() - GAP_PX // 2 - _LINE_PX // 2
        return QRect(x, cell.top(), _LINE_PX, cell.height())

    def drop(self, mime: QMimeData) -> Arranged | None:
        """What it asks for, if it was let go over a gap."""
        gap, self._gap = self._gap, None
        ids, query = own_pictures(mime)[0], self._tiles.query
        if gap is None or not ids or not can_arrange(query):
            return None
        later = (self._tiles.picture_id(row) for row in range(gap, self._tiles.rowCount()))
        before = next((one for one in later if one is not None and one not in ids), "")
        return Arranged(ids, query.board_id, before)

    def _row_at(self, point: QPoint) -> int | None:
        seen = self._wall.rows_in_view()
        cells = ((row, self._wall.cell(row)) for row in seen)
        in_line = [(row, cell) for row, cell in cells if cell.top() - GAP_PX <= point.y() <= cell.bottom()]
        if not in_line:
            return seen[-1] if seen else None
        return min(in_line, key=lambda one: abs(one[1].center().x() - point.x()))[0]

    def _scroll(self, point: QPoint) -> None:
        height, bar = self._wall.viewport().height(), self._wall.verticalScrollBar()
        if point.y() < _EDGE_PX:
            bar.setValue(bar.value() - _STEP_PX)
        elif point.y() > height - _EDGE_PX:
            bar.setValue(bar.value() + _STEP_PX)


def can_arrange(query: Query) -> bool:
    """Whether the pictures of ``query`` stand as a hand placed them, all of a board."""
    is_whole = not (query.text or query.like or query.rated or query.trash or query.since_ms)
    return query.order is Order.BY_HAND and bool(query.board_id) and is_whole
