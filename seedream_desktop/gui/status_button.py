"""A half of the status line: flat words to press, a coloured dot before and an arrow after."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import TIP_CHARACTERS, plain_tip
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, TILE_CORNER_PX, caption_font, colours_of

_DOT_PX = 6
_ARROW_PX = 6
_LEAST_PX = 48


class StatusButton(QAbstractButton):
    """Words that give way where there is no room; they are then in the tooltip."""

    def __init__(self, *, opens_upwards: bool) -> None:
        """``opens_upwards``: an arrow after the words says so."""
        super().__init__()
        self._dot = ""
        self._opens_upwards = opens_upwards
        self._hint = ""
        self.setFont(caption_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, hint: str, dot: str = "") -> None:
        """Say ``words``; ``hint`` is what a press does; ``dot`` is "accent", "amber" or "red", or empty."""
        self._dot, self._hint = dot, hint
        words = plain(words, TIP_CHARACTERS)
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)
        self.setToolTip(plain_tip(f"{words}\n{hint}"))
        self.updateGeometry()
        self.update()

    @property
    def dot(self) -> str:
        """The tone of the dot, empty where there is none."""
        return self._dot

    def sizeHint(self) -> QSize:
        """Room for everything."""
        width_px = self.fontMetrics().horizontalAdvance(self.text()) + self._before_px() + self._after_px()
        return QSize(width_px + 2 * GAP_PX + 1, self.fontMetrics().height() + GAP_PX)

    def minimumSizeHint(self) -> QSize:
        """The words may be cut short."""
        return QSize(min(_LEAST_PX, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dot, words, arrow and ring."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner = QRectF(self.rect()).adjusted(GAP_PX, 0, -GAP_PX, 0)
            if self._dot:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(getattr(colours, self._dot)))
                painter.drawEllipse(
                    QPointF(inner.left() + _DOT_PX / 2, inner.center().y()), _DOT_PX / 2, _DOT_PX / 2
                )
            inner.setLeft(inner.left() + self._before_px())
            room_px = int(inner.width()) - self._after_px()
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room_px)
            colour = colours.text if self.underMouse() or self.hasFocus() else colours.dim
            painter.setPen(QColor(colour))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
            if self._opens_upwards:
                left_px = inner.left() + self.fontMetrics().horizontalAdvance(text) + SPACE_PX - 1
                _paint_arrow(painter, left_px, inner.center().y(), colour)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
                painter.drawRoundedRect(ring, TILE_CORNER_PX, TILE_CORNER_PX)

    def _before_px(self) -> int:
        return _DOT_PX + SPACE_PX - 1 if self._dot else 0

    def _after_px(self) -> int:
        return _ARROW_PX + SPACE_PX if self._opens_upwards else 0


def _paint_arrow(painter: QPainter, left_px: float, middle_px: float, colour: str) -> None:
    half_px = _ARROW_PX / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    corners = ((0, half_px - 1), (half_px, -half_px + 1), (_ARROW_PX, half_px - 1))
    painter.drawPolygon(QPolygonF([QPointF(left_px + x, middle_px + y) for x, y in corners]))
