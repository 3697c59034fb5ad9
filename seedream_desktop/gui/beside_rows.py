"""Rows of a list below a field: what it is called, and at the right edge what is said beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QListWidget, QStyledItemDelegate

from seedream_desktop.gui.theme import CORNER_PX, SPACE_PX, colours_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

ROW_PX = 28
BESIDE_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # tuple[str, ...]


class RowList(QListWidget):
    """Takes no focus: the field that it stands below keeps it, and hands keys over."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget { background: transparent; }")
        self.setItemDelegate(BesideRows(self))
        self._pointer: QPoint | None = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pointer that moves chooses; one over which the rows are scrolled by key does not."""
        super().mouseMoveEvent(event)
        pointer = event.globalPosition().toPoint()
        item = self.itemAt(event.position().toPoint())
        if pointer != self._pointer and item is not None:
            self.setCurrentItem(item)
        self._pointer = pointer


class BesideRows(QStyledItemDelegate):
    """Paints them; the current one is filled."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """High enough to be hit."""
        return QSize(0, max(ROW_PX, option.fontMetrics.height() + SPACE_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        view = option.widget
        colours = colours_of(QApplication.palette())  # the list's own is transparent, which looks dark
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        is_chosen = isinstance(view, QListWidget) and view.currentRow() == index.row()
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.fill))
            painter.drawRoundedRect(row, CORNER_PX - 2, CORNER_PX - 2)
        inner = row.adjusted(SPACE_PX, 0, -SPACE_PX, 0)
        painter.setPen(QColor(colours.on_fill if is_chosen else colours.dim))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        beside = "   ".join(filter(None, index.data(BESIDE_ROLE)))
        beside = option.fontMetrics.elidedText(beside, Qt.TextElideMode.ElideRight, inner.width() * 2 // 3)
        painter.drawText(inner, right, beside)
        inner.setRight(inner.right() - option.fontMetrics.horizontalAdvance(beside) - SPACE_PX)
        painter.setPen(QColor(colours.on_fill if is_chosen else colours.text))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
