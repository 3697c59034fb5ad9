"""How a reference's tile is drawn: picture, number, the badge that removes it; and the tile that adds one."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QStyledItemDelegate, QWidget

from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.theme import SCRIM_OPACITY, TILE_CORNER_PX, Colours, caption_font, colours_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

TILE_PX = 56
BADGE_PX = 20
_BADGE_ICON_PX = 12
_PLUS_PX = 16
_SIGN_PX = 16
_Index = QModelIndex | QPersistentModelIndex


class Sign(Enum):
    """What a tile says of what will be sent."""

    NONE = 0
    CHANGED = 1  # not what lies in the file, pixel for pixel
    UNFIT = 2  # this model cannot be sent it


class Pictures(Protocol):
    """Where the delegate gets its pictures from."""

    def thumbnail(self, index: _Index, side_px: int) -> QPixmap | None:
        """The picture, None while there is none."""

    def is_gone(self, index: _Index) -> bool:
        """Whether there will be none."""

    def sign(self, index: _Index) -> Sign:
        """What will be sent."""


class ReferenceDelegate(QStyledItemDelegate):
    """Draws a tile."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        """Take the pictures from ``pictures``."""
        super().__init__(parent)
        self._pictures = pictures

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Every tile is as large."""
        return QSize(TILE_PX, TILE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw picture, number, ring and badge."""
        from PySide6.QtWidgets import QStyle  # late: 9 ms that a start without references does without

        colours = colours_of(option.palette)
        cell = QRect(option.rect.topLeft(), QSize(TILE_PX, TILE_PX))
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter, cell, index, colours)
        _paint_number(painter, cell, str(index.row() + 1), colours)
        _paint_sign(painter, cell, self._pictures.sign(index), colours)
        if state & QStyle.StateFlag.State_HasFocus:
            ring = QRectF(cell).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, TILE_CORNER_PX, TILE_CORNER_PX)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            _paint_badge(painter, cell, colours)
        painter.restore()

    def _paint_picture(self, painter: QPainter, cell: QRect, index: _Index, colours: Colours) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(cell), TILE_CORNER_PX, TILE_CORNER_PX)
        painter.fillPath(shape, QColor(colours.hairline))
        scale = painter.device().devicePixelRatio()
        pixmap = self._pictures.thumbnail(index, round(2 * TILE_PX * scale))
        if pixmap is not None:
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(QRectF(cell), pixmap, QRectF(_square_of(pixmap)))
            painter.restore()
        elif self._pictures.is_gone(index):
            sign = icon_pixmap("warning", colours.amber, scale=scale)
            corner = cell.center() - QRect(0, 0, 20, 20).center()
            painter.drawPixmap(corner, sign)


class AddTile(QAbstractButton):
    """The dashed tile after the last reference."""

    def __init__(self, parent: QWidget) -> None:
        """Lie on ``parent``; who lays out the tiles places it."""
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """As large as a tile."""
        return QSize(TILE_PX, TILE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashes and the plus."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(
                QColor(colours.accent if self.hasFocus() else colours.outline), 1, Qt.PenStyle.DashLine
            )
            painter.setPen(pen)
            if self.underMouse() or self.isDown():
                painter.setBrush(QColor(colours.hover))
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, TILE_CORNER_PX, TILE_CORNER_PX)
            plus = icon_pixmap("plus", colours.dim, _PLUS_PX, painter.device().devicePixelRatio())
            left, top = (self.width() - _PLUS_PX) // 2, (self.height() - _PLUS_PX) // 2
            painter.drawPixmap(left, top, plus)


def paint_drop_line(painter: QPainter, line_x: int, beside: QRect, colours: Colours) -> None:
    """The line that shows where a dragged tile would come to lie."""
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.drawLine(line_x, beside.top(), line_x, beside.bottom())


def _square_of(pixmap: QPixmap) -> QRect:
    side = min(pixmap.width(), pixmap.height())
    return QRect((pixmap.width() - side) // 2, (pixmap.height() - side) // 2, side, side)


def _scrim(colours: Colours) -> QColor:
    colour = QColor(colours.scrim)
    colour.setAlphaF(SCRIM_OPACITY)
    return colour


def _paint_number(painter: QPainter, cell: QRect, number: str, colours: Colours) -> None:
    painter.setFont(caption_font())
    width_px = max(16, painter.fontMetrics().horizontalAdvance(number) + 8)
    box = QRectF(cell.left() + 3, cell.top() + 3, width_px, painter.fontMetrics().height() + 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_scrim(colours))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(colours.on_scrim))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


def _paint_sign(painter: QPainter, cell: QRect, sign: Sign, colours: Colours) -> None:
    if sign is Sign.NONE:
        return
    box = QRectF(cell.right() - _SIGN_PX - 2, cell.bottom() - _SIGN_PX - 2, _SIGN_PX, _SIGN_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_scrim(colours))
    painter.drawRoundedRect(box, 3, 3)
    name = "warning" if sign is Sign.UNFIT else "swap"
    scale = painter.device().devicePixelRatio()
    inset = (box.width() - _BADGE_ICON_PX) / 2
    drawn = icon_pixmap(name, colours.on_scrim, _BADGE_ICON_PX, scale)
    painter.drawPixmap(round(box.left() + inset), round(box.top() + inset), drawn)


def _paint_badge(painter: QPainter, cell: QRect, colours: Colours) -> None:
    box = QRectF(cell.right() - BADGE_PX + 2, cell.top() + 3, BADGE_PX - 4, BADGE_PX - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_scrim(colours))
    painter.drawEllipse(box)
    scale = painter.device().devicePixelRatio()
    cross = icon_pixmap("close", colours.on_scrim, _BADGE_ICON_PX, scale)
    inset = (box.width() - _BADGE_ICON_PX) / 2
    painter.drawPixmap(round(box.left() + inset), round(box.top() + inset), cross)
