"""A small raised panel over the window: Escape or a press beside it closes it, and the focus goes back."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from seedream_desktop.gui.theme import CORNER_PX, GROUP_PX, SPACE_PX, colours_of

WIDTH_PX = 300


class Popup(QFrame):
    """A column of parts."""

    def __init__(self, parent: QWidget) -> None:
        """Stand over ``parent``; hidden until it is popped up."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFixedWidth(WIDTH_PX)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GROUP_PX, GROUP_PX, GROUP_PX, GROUP_PX)
        self.column.setSpacing(SPACE_PX)

    def pop_up(self, over: QWidget) -> None:
        """Open in the middle of the upper edge of ``over``."""
        self.adjustSize()
        left_px = max(0, (over.width() - self.width()) // 2)
        self.move(over.mapToGlobal(QPoint(left_px, GROUP_PX)))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off: where nothing blends windows they would be black."""
        super().resizeEvent(event)
        self.setMask(rounded(self.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with an outline."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.panel, colours.outline)


def rounded(size: QSize) -> QRegion:
    """The pixels whose middle ``draw_panel`` paints on."""
    outer_px = CORNER_PX + 0.5  # of the outline, to its outer edge
    region = QRegion(QRect(QPoint(0, 0), size).adjusted(0, CORNER_PX, 0, -CORNER_PX))
    for row in range(CORNER_PX):
        half_px = math.sqrt(outer_px**2 - (outer_px - row - 0.5) ** 2)  # from the middle of the arc
        inset = max(0, math.ceil(outer_px - half_px - 0.5))
        for y in (row, size.height() - 1 - row):
            region += QRect(inset, y, size.width() - 2 * inset, 1)
    return region


def draw_panel(panel: QWidget, ground: str, outline: str) -> None:
    """Paint all of ``panel``, in its paint event, with rounded corners."""
    with QPainter(panel) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(outline), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(panel.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
