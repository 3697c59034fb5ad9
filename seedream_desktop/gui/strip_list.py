"""A list view of cells in one line, whose geometry costs no more than what is in view.

QListView would lay out every row, anew with each one that comes (measured: 140 ms at 100,000).
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class StripList(QListView):
    """Answers every question about geometry itself."""

    def __init__(self, step_px: int) -> None:
        """``step_px``: the width of a cell."""
        super().__init__()
        self._step_px = step_px

    def rows_in_view(self) -> range:
        """The rows of which something is seen."""
        start_px, count = self.horizontalOffset(), self.model().rowCount()
        end = (start_px + self.viewport().width() - 1) // self._step_px + 1
        return range(min(count, start_px // self._step_px), min(count, end))

    def visualRect(self, index: Index) -> QRect:
        """Where the cell lies in the viewport."""
        if not index.isValid():
            return QRect()
        left = index.row() * self._step_px - self.horizontalOffset()
        return QRect(left, 0, self._step_px, self.viewport().height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """What lies under ``point``."""
        row = (point.x() + self.horizontalOffset()) // self._step_px
        is_inside = 0 <= row < self.model().rowCount() and 0 <= point.y() < self.viewport().height()
        return self.model().index(row, 0) if is_inside else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring the cell into view, or into the middle."""
        rect, room_px, bar = self.visualRect(index), self.viewport().width(), self.horizontalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().x() - room_px // 2)
        elif rect.left() < 0 or rect.right() >= room_px:
            bar.setValue(bar.value() + (rect.left() if rect.left() < 0 else rect.right() - room_px + 1))

    def horizontalOffset(self) -> int:
        """How far it is scrolled."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """It is one line."""
        return 0

    def isIndexHidden(self, _index: Index) -> bool:
        """No row is."""
        return False

    def updateGeometries(self) -> None:
        """Follow the number of rows and the width."""
        bar, room_px = self.horizontalScrollBar(), self.viewport().width()
        bar.setPageStep(room_px)
        bar.setSingleStep(self._step_px)
        model: QAbstractItemModel | None = self.model()  # None until it is set
        count = 0 if model is None else model.rowCount()
        bar.setRange(0, max(0, count * self._step_px - room_px))

    def doItemsLayout(self) -> None:
        """Look anew at how many there are; nothing else has to be laid out."""
        QAbstractItemView.doItemsLayout(self)
        self.updateGeometries()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew what can be seen."""
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the delegate paint what can be seen."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        with QPainter(self.viewport()) as painter:
            for row in self.rows_in_view():
                index = self.model().index(row, 0)
                option.rect = self.visualRect(index)
                self.itemDelegate().paint(painter, option, index)
