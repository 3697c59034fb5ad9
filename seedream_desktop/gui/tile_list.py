"""A list view whose geometry comes from a layout and never costs more than what is in view.

QListView's own icon mode lays out every row (measured: 160 to 460 ms at 100,000); a bare QAbstractItemView
would lose the accessible items. So this is a QListView that answers every question about geometry itself.
"""

from __future__ import annotations

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
from PySide6.QtGui import QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from seedream_desktop.gui.gallery_layout import GAP_PX, MARGIN_PX, EvenCells, Layout, Move
from seedream_desktop.gui.viewport import set_own_viewport

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


class TileList(QListView):
    """The geometry of even cells under QListView's selection, keyboard and accessibility."""

    def __init__(self, tile_px: int) -> None:
        """Cells of about ``tile_px``."""
        super().__init__()
        set_own_viewport(self)
        self._tile_px = tile_px
        self._layout: Layout = EvenCells(0, 1, tile_px)
        self._anchor: tuple[QPersistentModelIndex, int] | None = None  # what is looked at, and its top
        self._is_keeping = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)

    @property
    def tile_px(self) -> int:
        """How large a cell is wanted."""
        return self._tile_px

    @tile_px.setter
    def tile_px(self, tile_px: int) -> None:
        anchor = self._anchor_row()
        self._anchor = None
        self._tile_px = tile_px
        self.updateGeometries()
        if anchor is not None:
            self.scrollTo(self.model().index(anchor, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.viewport().update()

    def cell(self, row: int) -> QRect:
        """Where the cell of ``row`` lies in the viewport."""
        return self._layout.cell(row).translated(0, -self.verticalOffset())

    def rows_in_view(self) -> range:
        """The rows that can be seen at least in part."""
        return self.rows_between(0, self.viewport().height())

    def rows_between(self, top_px: int, bottom_px: int) -> range:
        """The rows that reach into a band of the viewport."""
        rows = self._layout.rows_in(top_px + self.verticalOffset(), bottom_px + self.verticalOffset())
        return range(rows.start, min(rows.stop, self.model().rowCount()))  # some may just have gone

    def rows_touching(self, rect: QRect) -> tuple[range, ...]:
        """The rows whose cells ``rect`` (in content coordinates) touches, as runs."""
        return self._layout.rows_touching(rect)

    def visualRect(self, index: Index) -> QRect:
        """Where the cell of ``index`` lies in the viewport."""
        return self.cell(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row whose cell holds ``point``."""
        row = self._layout.row_at(point + QPoint(0, self.verticalOffset()))
        return self.model().index(row, 0) if row is not None else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring the cell of ``index`` into view, moving as little as ``hint`` allows."""
        if not index.isValid():
            return
        cell, bar = self._layout.cell(index.row()), self.verticalScrollBar()
        height, margin = self.viewport().height(), self._layout.line_px - cell.height()
        if cell.top() <= MARGIN_PX and hint is not QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(0)
        elif hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(cell.top() - margin)
        elif hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() - margin < bar.value():
            bar.setValue(cell.top() - margin)
        elif cell.bottom() + margin > bar.value() + height:
            bar.setValue(cell.bottom() + margin - height)

    def horizontalOffset(self) -> int:
        """It scrolls up and down only."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """No row is hidden."""
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to."""
        model = self.model()
        if not model.rowCount():
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return model.index(self.rows_in_view().start, 0)
        row = self._layout.neighbour(current.row(), _MOVES[action], self.viewport().height())
        return model.index(row, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from one corner of ``rect`` (in the viewport) to the other, in reading order.

        Qt gives the corners as they were clicked; they lie in the cells where a range begins and ends.
        """
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        selection = QItemSelection()
        if first.isValid() and last.isValid():
            top, bottom = sorted((first.row(), last.row()))
            selection.select(self.model().index(top, 0), self.model().index(bottom, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where the selected cells in view lie."""
        region, seen = QRegion(), self.rows_in_view()
        for row in seen:
            if selection.contains(self.model().index(row, 0)):
                region += self.cell(row).adjusted(-3, -3, 3, 3)
        return region

    def updateGeometries(self) -> None:
        """Follow the number of rows and the width; costs the same for any number of rows."""
        model: QAbstractItemModel | None = self.model()  # none yet while it is being built
        viewport = self.viewport()
        count = model.rowCount() if model is not None else 0
        bar = self.verticalScrollBar()
        bar_px = min(bar.sizeHint().width(), MARGIN_PX - GAP_PX // 2)  # it lies in the right margin
        self._layout = EvenCells(count, viewport.width() + bar_px, self._tile_px)
        bar.setPageStep(viewport.height())
        bar.setSingleStep(max(1, self._layout.line_px // 4))
        bar.setRange(0, max(0, self._layout.height_px - viewport.height()))
        bar.setEnabled(bar.maximum() > 0)  # its room stays, so that tiles keep their size

    def doItemsLayout(self) -> None:
        """There is nothing to lay out but the whole."""
        QAbstractItemView.doItemsLayout(self)
        self.updateGeometries()
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Make room; what is being looked at stays where it is."""
        if self._anchor is None and (row := self._anchor_row()) is not None:
            moved = row + end - start + 1 if row >= start else row
            self._anchor = (QPersistentModelIndex(self.model().index(moved, 0)), self.cell(row).top())
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self.updateGeometries()
        if self._anchor is not None and self.verticalOffset() > 0:
            index, top = self._anchor
            self._keep_at(index, top)
        self.viewport().update()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Let the current row move to a neighbour; the geometry follows once they are gone."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top at the top."""
        anchor = self._anchor_row()
        self._anchor = None
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        if anchor and self.verticalOffset() > 0:
            self.scrollTo(self.model().index(anchor, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew what can be seen."""
        if not self._is_keeping:
            self._anchor = None
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by what the wheel or the touch pad says."""
        delta_px = event.pixelDelta().y() or round(event.angleDelta().y() / 120 * self._layout.line_px / 2)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - delta_px)
        event.accept()

    def _keep_at(self, index: QPersistentModelIndex, top_px: int) -> None:
        self._is_keeping = True
        if index.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cell(index.row()).top() - top_px)
        self._is_keeping = False

    def _anchor_row(self) -> int | None:
        """The first row that is wholly in view."""
        seen = self.rows_in_view()
        return next((row for row in seen if self.cell(row).top() >= 0), None)
