"""The rows of the list of models: the name, and below it what the model is for and what it takes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop.gui.model_choice import LINE_ROLE
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font, colours_of

_SEPARATOR = "separator"  # what a combo box calls its own, by its accessible description
_SEPARATOR_PX = 9
Index = QModelIndex | QPersistentModelIndex


class ModelLines(QStyledItemDelegate):
    """Draws a row of one or two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the longer line."""
        if _is_separator(index):
            return QSize(0, _SEPARATOR_PX)
        line, small = index.data(LINE_ROLE) or "", QFontMetrics(caption_font())
        name_px = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        width_px = max(name_px, small.horizontalAdvance(line)) + 2 * SPACE_PX
        lines_px = option.fontMetrics.height() + (small.height() if line else 0)
        return QSize(width_px, lines_px + 2 * GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground by the theme, the name, the dim line."""
        colours = colours_of(QApplication.palette())
        painter.save()
        if _is_separator(index):
            painter.setPen(QPen(QColor(colours.hairline), 1))
            y = option.rect.center().y()
            painter.drawLine(option.rect.left() + SPACE_PX, y, option.rect.right() - SPACE_PX, y)
            painter.restore()
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_live = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        if is_chosen:
            painter.fillRect(option.rect, option.palette.brush(QPalette.ColorRole.Highlight))
        text, dim = colours.text, colours.dim
        if is_chosen:
            text = dim = option.palette.color(QPalette.ColorRole.HighlightedText).name()
        self._write(painter, option, index, text if is_live else dim, dim)
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, text: str, dim: str
    ) -> None:
        room = option.rect.adjusted(SPACE_PX, GAP_PX, -SPACE_PX, -GAP_PX)
        line = index.data(LINE_ROLE) or ""
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        painter.setFont(font)
        painter.setPen(QColor(text))
        name_px = QFontMetrics(font).height() if line else room.height()
        name_room = QRect(room.left(), room.top(), room.width(), name_px)
        painter.drawText(name_room, Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
        if line:
            painter.setFont(caption_font())
            painter.setPen(QColor(dim))
            below = room.adjusted(0, name_px, 0, 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, line)


def _is_separator(index: Index) -> bool:
    return bool(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == _SEPARATOR)
