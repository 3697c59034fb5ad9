"""A list view whose geometry comes from a layout and never costs more than what is in view.

QListView's own icon mode lays out every row (measured: 160 to 460 ms at 100,000); a bare QAbstractItemView
would lose the accessible items. So this is a QListView that answers every question about geometry itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from seedream_desktop.gui.gallery_layout import GAP_PX, MARGIN_PX, EvenCells, Layout, Move
from seedream_desktop.gui.gallery_places import Places
from seedream_desktop.gui.viewport import set_own_viewport
from seedream_desktop.settings import Arrangement

Index = QModelIndex | QPersistentModelIndex
_MOVES = {
    QAbstractItemView.CursorAction.MoveUp: Move.UP,
    QAbstractItemView.CursorAction.MoveDown: Move.DOWN,
    QAbstractItemView.CursorAction.MoveLeft: Move.LEFT,
    QAbstractItemView.CursorAction.MoveRight: Move.RIGHT,
    QAbstractItemView.CursorAction.MovePrevious: Move.LEFT,
    QAbstractItemView.CursorAction.MoveNext: Move.RIGHT,
    QAbstractItemView.CursorAction.MoveHome: Move.HOME,
    QAbstractItemView.CursorAction.MoveEnd: Move.END,
    QAbstractItemView.CursorAction.MovePageUp: Move.PAGE_UP,
    QAbstractItemView.CursorAction.MovePageDown: Move.PAGE_DOWN,
}


class Held(NamedTuple):
    """What is looked at, and stays where it is while everything around it moves."""

    at: QPersistentModelIndex
    share: float  # how far down in its cell the point lies that is kept
    y_px: int  # where that point lies in the viewport


class TileList(QListView):
    """The geometry of tiles under QListView's selection, keyboard and accessibility."""

    def __init__(self, tile_px: int) -> None:
        """Cells of about ``tile_px``."""
        super().__init__()
        set_own_viewport(self)
        self._tile_px = tile_px
        self._arrangement = Arrangement.WHOLE
        self._places = Places(0)
        self._layout: Layout = EvenCells(0, 1, tile_px)
        self._laid_out: tuple[int, int, Arrangement] | None = None  # for which the layout was made
        self._held: Held | None = None  # until it is scrolled
        self._is_keeping = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show ``model``; what was known of the places goes with the rows."""
        super().setModel(model)
        self._laid_out = None
        if model is not None:
            model.rowsRemoved.connect(self._forget_layout)
            model.modelReset.connect(self._forget_layout)

    @property
    def tile_px(self) -> int:
        """How large a cell is wanted."""
        return self._tile_px

    @tile_px.setter
    def tile_px(self, tile_px: int) -> None:
        self.hold()
        self._tile_px = tile_px
        self.lay_out()

    @property
    def arrangement(self) -> Arrangement:
        """How tiles lie beside each other."""
        return self._arrangement

    @arrangement.setter
    def arrangement(self, arrangement: Arrangement) -> None:
        self.hold()
        self._arrangement = arrangement
        self.lay_out()

    def cell(self, row: int) -> QRect:
        """Where the cell of ``row``, or of the stack that it lies in, is in the viewport."""
        return self._content_cell(row).translated(0, -self.verticalOffset())

    def rows_in_view(self) -> Sequence[int]:
        """The rows that can be seen at least in part; of a closed stack the first."""
        return self.rows_between(0, self.viewport().height())

    def rows_between(self, top_px: int, bottom_px: int) -> Sequence[int]:
        """The rows that reach into a band of the viewport; of a closed stack the first."""
        places = self._layout.rows_in(top_px + self.verticalOffset(), bottom_px + self.verticalOffset())
        rows = self._places.rows[places.start : places.stop]
        return rows[: bisect_left(rows, self.model().rowCount())]  # some may just have gone

    def rows_touching(self, rect: QRect) -> tuple[range, ...]:
        """The rows whose cells ``rect`` (in content coordinates) touches, as runs; stacks are whole."""
        return tuple(self._places.rows_of(places) for places in self._layout.rows_touching(rect))

    def rows_shown_by(self, row: int) -> range:
        """All rows that stand where ``row`` does: those of a closed stack, or it alone."""
        place = self._places.place(row)
        return self._places.rows_of(range(place, place + 1))

    def visualRect(self, index: Index) -> QRect:
        """Where the cell of ``index`` lies in the viewport."""
        return self.cell(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row whose cell holds ``point``."""
        place = self._layout.row_at(point + QPoint(0, self.verticalOffset()))
        return self.model().index(self._places.row(place), 0) if place is not None else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring the cell of ``index`` into view, moving as little as ``hint`` allows."""
        if not index.isValid():
            return
        cell, bar = self._content_cell(index.row()), self.verticalScrollBar()
        self._set_range()
        height, margin = self.viewport().height(), GAP_PX
        if cell.top() <= MARGIN_PX and hint is not QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(0)
        elif hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(cell.top() - margin)
        elif hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() - margin < bar.value():
            bar.setValue(cell.top() - margin - self._head_px(index.row()))
        elif cell.bottom() + margin > bar.value() + height:
            bar.setValue(cell.bottom() + margin - height)

    def horizontalOffset(self) -> int:
        """It scrolls up and down only."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Whether a row lies below the first one of a closed stack."""
        return self.rows_shown_by(index.row()).start != index.row()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to."""
        model = self.model()
        if not len(self._places):
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return model.index(next(iter(self.rows_in_view()), 0), 0)
        place = self._places.place(current.row())
        place = self._layout.neighbour(place, _MOVES[action], self.viewport().height())
        return model.index(self._places.row(place), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from one corner of ``rect`` (in the viewport) to the other, in reading order.

        Qt gives the corners as they were clicked; they lie in the cells where a range begins and ends.
        """
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        selection = QItemSelection()
        if first.isValid() and last.isValid():
            top, bottom = sorted((first.row(), last.row()))
            stop = self.rows_shown_by(bottom).stop
            selection.select(self.model().index(top, 0), self.model().index(stop - 1, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where the selected cells in view lie."""
        region, seen = QRegion(), self.rows_in_view()
        for row in seen:
            if selection.contains(self.model().index(row, 0)):
                region += self.cell(row).adjusted(-3, -3, 3, 3)
        return region

    def updateGeometries(self) -> None:
        """Follow the number of rows, the width and the arrangement."""
        bar, viewport = self.verticalScrollBar(), self.viewport()
        bar_px = min(bar.sizeHint().width(), MARGIN_PX - GAP_PX // 2)  # it lies in the right margin
        wanted = (viewport.width() + bar_px, self._tile_px, self._arrangement)
        if wanted != self._laid_out:
            if self._laid_out is None:
                self._places = self._read_places()
            self._laid_out = wanted
            self._layout = self._make_layout(wanted[0])
        bar.setPageStep(viewport.height())
        bar.setSingleStep(max(1, self._layout.line_px // 4))
        self._set_range()
        self._settle()

    def doItemsLayout(self) -> None:
        """Look at what there is, unless that was done already; nothing else has to be laid out."""
        held = self._held
        QAbstractItemView.doItemsLayout(self)
        self.updateGeometries()
        if held is not None:
            self._keep(held)
        self.viewport().update()

    def lay_out(self) -> None:
        """Lay out what there is; what is looked at stays where it is."""
        self.hold()
        self._follow_rows()

    def arrange(self) -> None:
        """Follow days, stacks and shapes; what is looked at stays where it is."""
        self.hold()
        self._laid_out = None
        self.lay_out()

    def hold(self, point: QPoint | None = None) -> None:
        """Keep what lies under ``point``, or at the top, where it is, until it is scrolled."""
        if self._held is None and self._laid_out is not None:
            row = self._row_to_hold(point)
            if row is not None:
                self._held = self._as_held(row, row, point)

    def look_at(self, row: int, y_px: int) -> None:
        """Show ``row`` with its upper edge at ``y_px`` of the viewport."""
        self._keep(Held(QPersistentModelIndex(self.model().index(row, 0)), 0.0, y_px))
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Make room; what is being looked at stays where it is."""
        if self._held is None and (row := self._row_to_hold()) is not None:
            self._held = self._as_held(row, row + end - start + 1 if row >= start else row)
        self._laid_out = None
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self._follow_rows()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Let the current row move to a neighbour; the geometry follows once they are gone."""
        if self._held is None and (row := self._row_to_hold(without=range(start, end + 1))) is not None:
            self._held = self._as_held(row, row)
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top at the top."""
        self.hold()
        QAbstractItemView.resizeEvent(self, event)
        self.lay_out()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is painted, and paint what comes into view."""
        viewport = self.viewport()
        if self._is_keeping or self._settle() or self._is_overlaid():
            viewport.update()
        else:
            viewport.scroll(0, dy, viewport.rect())  # with a rectangle: what lies in it stays in its place
        if not self._is_keeping:
            self._held = None

    def _follow_rows(self) -> None:
        """Lay out the rows that are there now; what is looked at stays where it is."""
        self.updateGeometries()
        if self._held is not None:
            self._keep(self._held)
        self.viewport().update()

    def _forget_layout(self) -> None:
        self._laid_out = None

    def _is_overlaid(self) -> bool:
        """Whether something is painted over the tiles that does not scroll with them."""
        return False

    def _read_places(self) -> Places:
        """What stands at which place."""
        model: QAbstractItemModel | None = self.model()  # none yet while it is being built
        return Places(model.rowCount() if model is not None else 0)

    def _make_layout(self, width_px: int) -> Layout:
        """Where the places lie."""
        return EvenCells(len(self._places), width_px, self._tile_px, self._places.sections)

    def _content_cell(self, row: int) -> QRect:
        return self._layout.cell(self._places.place(row))

    def _head_px(self, row: int) -> int:
        """The height of the heading right above the line of ``row``, where there is one."""
        line = self._layout.line(self._places.place(row))
        headings = self._layout.headings(line.top_px - GAP_PX, line.top_px)
        return headings[-1].rect.height() if headings else 0

    def _set_range(self) -> None:
        bar, was_keeping = self.verticalScrollBar(), self._is_keeping
        self._is_keeping = True
        bar.setRange(0, max(0, self._layout.height_px - self.viewport().height()))
        bar.setEnabled(bar.maximum() > 0)  # its room stays, so that tiles keep their size
        self._is_keeping = was_keeping

    def _settle(self) -> bool:
        """Make exact what is in view; what was seen before stays where it is. Whether anything moved."""
        has_moved = False
        bar, height = self.verticalScrollBar(), self.viewport().height()
        while (moved_px := self._layout.settle(bar.value(), bar.value() + height)) is not None:
            has_moved = True
            value, was_keeping = bar.value() + moved_px, self._is_keeping
            self._set_range()
            self._is_keeping = True
            bar.setValue(value)
            self._is_keeping = was_keeping
        return has_moved

    def _keep(self, held: Held) -> None:
        if not held.at.isValid():
            return
        was_keeping, self._is_keeping = self._is_keeping, True
        bar = self.verticalScrollBar()
        for _ in range(2):  # what comes into view may be of another height than it was thought to be
            cell = self._content_cell(held.at.row())
            self._set_range()
            bar.setValue(cell.top() + round(held.share * cell.height()) - held.y_px)
            self._settle()
        self._is_keeping = was_keeping
        self._held = held

    def _as_held(self, row: int, later: int, point: QPoint | None = None) -> Held | None:
        """``row`` as it lies now; ``later`` is its number in the model already."""
        cell = self.cell(row)
        y_px = point.y() if point is not None else cell.top()
        share = (y_px - cell.top()) / max(1, cell.height())
        return Held(QPersistentModelIndex(self.model().index(later, 0)), share, y_px)

    def _row_to_hold(self, point: QPoint | None = None, without: range = range(0)) -> int | None:
        """The row under ``point``, else the first one that is wholly in view; none at the very top."""
        if point is None and self.verticalOffset() == 0:
            return None
        seen = [row for row in self.rows_in_view() if row not in without]
        if point is not None and seen:
            return min(seen, key=lambda row: _distance(self.cell(row), point))
        return next((row for row in seen if self.cell(row).top() >= 0), seen[0] if seen else None)


def _distance(cell: QRect, point: QPoint) -> int:
    """How far ``point`` is from ``cell``; 0 inside."""
    across = max(cell.left() - point.x(), 0, point.x() - cell.right())
    return across + max(cell.top() - point.y(), 0, point.y() - cell.bottom())
