"""A rating as five stars that can be clicked; to a keyboard and a screen reader a slider from 0 to 5."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from seedream_desktop.gui.gallery_keys import meant_rating
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.theme import TILE_CORNER_PX, colours_of

STARS = 5
_STAR_PX = 16
_PITCH_PX = 18
_HEIGHT_PX = 22


class RatingSlider(QSlider):
    """Shows a rating; a click on the star it has already takes the stars away."""

    rating_chosen = Signal(int)  # 0 to 5, by the designer

    def __init__(self) -> None:
        """Start without stars."""
        super().__init__(Qt.Orientation.Horizontal)
        self._hovered = 0
        self.setRange(0, STARS)
        self.setSingleStep(1)
        self.setPageStep(1)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.actionTriggered.connect(self._on_action_triggered)

    def show_rating(self, rating: int) -> None:
        """Show 0 to 5 stars without telling anyone."""
        self.setValue(rating)
        self.update()

    def sizeHint(self) -> QSize:
        """Five stars."""
        return QSize(STARS * _PITCH_PX, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures rate at once."""
        if (rating := meant_rating(event)) is not None:
            self._choose(rating)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Rate with the star under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = self._star_at(event.position().x())
            self._choose(0 if star == self.value() else star)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which star that would be."""
        self._hover(self._star_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The panel scrolls; stars do not change by accident."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Show the rating again."""
        super().leaveEvent(event)
        self._hover(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the stars, those that count filled."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = painter.device().devicePixelRatio()
            filled = self._hovered or self.value()
            for star in range(STARS):
                name = "star_filled" if star < filled else "star"
                colour = colours.text if star < filled else colours.dim
                place = QPointF(star * _PITCH_PX, (self.height() - _STAR_PX) / 2)
                painter.drawPixmap(place, icon_pixmap(name, colour, _STAR_PX, scale))
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
                painter.drawRoundedRect(ring, TILE_CORNER_PX, TILE_CORNER_PX)

    def _star_at(self, x_px: float) -> int:
        return min(STARS, max(1, int(x_px // _PITCH_PX) + 1))

    def _hover(self, star: int) -> None:
        if star != self._hovered:
            self._hovered = star
            self.update()

    def _choose(self, rating: int) -> None:
        self._hovered = 0
        self.setValue(rating)
        self.update()
        self.rating_chosen.emit(rating)

    def _on_action_triggered(self) -> None:
        """Arrows, Home, End, or a screen reader."""
        self._choose(self.sliderPosition())
