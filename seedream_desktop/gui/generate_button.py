"""The button that says what it will do and what that may cost; its name stays the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from seedream_desktop.gui.theme import SPACE_PX, caption_font, colours_of, strong_font, text_scale

_HEIGHT_PX = 36
_LEAST_WIDTH_PX = 120


class GenerateButton(QPushButton):
    """A filled button with a bold part and a plain one, in one line or, where that is too long, in two."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self._act = ""
        self._price = ""
        self.setProperty("filled", True)
        self.setAutoDefault(True)  # Enter presses it while it has the focus

    def say(self, act: str, price: str) -> None:
        """Show ``act`` bold and ``price`` after it; both are its description for a screen reader."""
        self._act, self._price = act, price
        self.setAccessibleDescription(" · ".join(filter(None, (act, price))))
        self.update()

    @property
    def said(self) -> tuple[str, str]:
        """What it says now."""
        return self._act, self._price

    def sizeHint(self) -> QSize:
        """It fills what is left of the row."""
        return QSize(_LEAST_WIDTH_PX, round(_HEIGHT_PX * max(1.0, text_scale())))

    def minimumSizeHint(self) -> QSize:
        """It may become narrow."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when it is switched off."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground as any button, then the words."""
        super().paintEvent(event)
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setPen(QColor(colours.on_fill if self.isEnabled() else colours.dim))
            room = self.rect().adjusted(SPACE_PX, 0, -SPACE_PX, 0)
            price = f" · {self._price}" if self._price else ""
            act_px = QFontMetrics(strong_font()).horizontalAdvance(self._act)
            price_px = QFontMetrics(self.font()).horizontalAdvance(price)
            if act_px + price_px <= room.width():
                self._paint_line(painter, room, act_px, price_px, price)
            else:
                self._paint_lines(painter, room)

    def _paint_line(self, painter: QPainter, room: QRect, act_px: int, price_px: int, price: str) -> None:
        left = room.left() + (room.width() - act_px - price_px) // 2
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(strong_font())
        painter.drawText(QRect(left, room.top(), act_px + 1, room.height()), middle, self._act)
        painter.setFont(self.font())
        painter.drawText(QRect(left + act_px, room.top(), price_px + 1, room.height()), middle, price)

    def _paint_lines(self, painter: QPainter, room: QRect) -> None:
        right = Qt.TextElideMode.ElideRight
        metrics, small = QFontMetrics(strong_font()), QFontMetrics(caption_font())
        height = metrics.height() + (small.height() if self._price else 0)
        upper = QRect(room.left(), room.top() + (room.height() - height) // 2, room.width(), metrics.height())
        painter.setFont(strong_font())
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(upper, centre, metrics.elidedText(self._act, right, room.width()))
        painter.setFont(caption_font())
        lower = QRect(room.left(), upper.bottom() + 1, room.width(), small.height())
        painter.drawText(lower, centre, small.elidedText(self._price, right, room.width()))
