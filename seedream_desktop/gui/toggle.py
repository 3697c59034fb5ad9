"""A check box drawn as a switch; to a keyboard and a screen reader it is a check box."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from seedream_desktop.gui.theme import Colours, colours_of, text_scale

_TRACK_WIDTH_PX = 34
_TRACK_HEIGHT_PX = 20


class Toggle(QCheckBox):
    """A switch without words of its own; its label stands beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start switched off."""
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The track and its outline, larger with larger text."""
        scale = max(1.0, text_scale())
        return QSize(round(_TRACK_WIDTH_PX * scale), round(_TRACK_HEIGHT_PX * scale))

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Everywhere on it switches."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and knob."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_track(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), colours)

    def _paint_track(self, painter: QPainter, track: QRectF, colours: Colours) -> None:
        is_on, is_live = self.isChecked(), self.isEnabled()
        outline = colours.fill if is_on and is_live else (colours.outline if is_live else colours.hairline)
        ring = colours.text if is_on else colours.accent
        painter.setPen(QPen(QColor(ring), 2) if self.hasFocus() else QPen(QColor(outline), 1))
        painter.setBrush(QColor(outline if is_on else colours.panel))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        radius = track.height() / 2 - 3
        centre_x = track.right() - radius - 3 if is_on else track.left() + radius + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_fill if is_on else outline))
        painter.drawEllipse(QPointF(centre_x, track.center().y()), radius, radius)
