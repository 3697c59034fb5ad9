"""The month beside the scroll bar while it is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from seedream_desktop.gui.dates import month_and_year
from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, GROUP_PX, colours_of, strong_font

if TYPE_CHECKING:
    from seedream_desktop.gui.tile_wall import TileWall


class MonthBubble(QLabel):
    """Says which month is at the top, where pictures stand by date."""

    def __init__(self, wall: TileWall) -> None:
        """Hidden until the bar of ``wall`` is dragged."""
        super().__init__(wall)
        self._wall = wall
        self.setFont(strong_font())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(GROUP_PX, GAP_PX, GROUP_PX, GAP_PX)
        self.hide()
        bar = wall.verticalScrollBar()
        bar.sliderMoved.connect(lambda _: self._follow())
        bar.valueChanged.connect(lambda _: self._follow())
        bar.sliderReleased.connect(self.hide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised plate under the words."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.hairline), 1))
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
        super().paintEvent(event)

    def _follow(self) -> None:
        bar = self._wall.verticalScrollBar()
        day = self._wall.day_at_top() if bar.isSliderDown() else 0
        if not day:
            self.hide()
            return
        self.setText(month_and_year(day))
        self.adjustSize()
        room = self._wall.viewport().height() - self.height()
        top = room * bar.value() // max(1, bar.maximum())
        left = bar.mapTo(self._wall, QPoint(0, 0)).x() - self.width() - GAP_PX
        self.move(left, top)
        self.show()
        self.raise_()
