"""Five stars to click on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.theme import GAP_PX, colours_of

STARS = 5
_STAR_PX = 16
_STEP_PX = _STAR_PX + GAP_PX


class StarRow(QWidget):
    """Shows a rating; a click wishes for another one, a click on the last star for none."""

    rating_requested = Signal(int)  # 0 to 5

    def __init__(self) -> None:
        """Start without a star."""
        super().__init__()
        self._rating = 0
        self._hovered = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # nothing moves where a job has no stars
        self.setSizePolicy(policy)
        self._write_words()

    def show_rating(self, rating: int) -> None:
        """Fill ``rating`` stars."""
        if rating != self._rating:
            self._rating = rating
            self._write_words()
            self.update()

    def sizeHint(self) -> QSize:
        """Five stars in a row."""
        return QSize(STARS * _STEP_PX, _STEP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the stars; under the pointer those that a click would give."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            filled = self._hovered or self._rating
            for star in range(STARS):
                name = "star_filled" if star < filled else "star"
                colour = colours.text if star < filled else colours.dim
                pixmap = icon_pixmap(name, colour, _STAR_PX, self.devicePixelRatioF())
                painter.drawPixmap(star * _STEP_PX + GAP_PX // 2, GAP_PX // 2, pixmap)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        self._hovered = self._star_at(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Wish for that many stars."""
        star = self._star_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._hovered = 0
            self.rating_requested.emit(0 if star == self._rating else star)

    def leaveEvent(self, _event: QEvent) -> None:
        """Show the rating again."""
        self._hovered = 0
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Rating: {count} of 5").format(count=self._rating))
        self.setToolTip(self.tr("Rate with 1 to 5, 0 takes the stars away"))

    def _star_at(self, position: QPointF) -> int:
        return max(1, min(STARS, int(position.x()) // _STEP_PX + 1))
