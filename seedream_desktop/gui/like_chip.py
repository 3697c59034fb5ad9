"""The chip before the words of a search that asks for pictures like one: its thumbnail and a cross."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.search_chips import CROSS_ROOM_PX, draw_cross
from seedream_desktop.gui.theme import colours_of

SIDE_PX = 20
_CORNER_PX = 4.0
_GROUND_OPACITY = 0.2


class LikeChip(QToolButton):
    """A click takes it away."""

    def __init__(self, parent: QWidget) -> None:
        """Show no picture yet."""
        super().__init__(parent)
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self._write_words()

    def show_picture(self, picture: QPixmap) -> None:
        """Show which picture it is, square; a null one: it is not known."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """A square and a cross."""
        return QSize(SIDE_PX + CROSS_ROOM_PX + 2, SIDE_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Its cross can be pressed, and looks so."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """As it was before."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of any chip, the picture, and a cross."""
        colours = colours_of(QApplication.palette())
        ground = QColor(colours.accent)
        ground.setAlphaF(_GROUND_OPACITY)
        whole, square = QRectF(self.rect()), QRect(0, 0, SIDE_PX, SIDE_PX)
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            corners = QPainterPath()
            corners.addRoundedRect(whole, _CORNER_PX, _CORNER_PX)
            painter.setClipPath(corners)
            painter.fillRect(self.rect(), ground)
            if self._picture.isNull():
                sign = icon_pixmap("reference", colours.text, SIDE_PX - 6, self.devicePixelRatio())
                painter.drawPixmap(3, 3, sign)
            else:
                painter.drawPixmap(square, self._picture, _middle(self._picture))
            painter.setClipping(False)
            is_near = self.underMouse() or self.hasFocus()
            painter.setPen(QPen(QColor(colours.text if is_near else colours.dim), 1.2))
            draw_cross(painter, QPointF(whole.right() - CROSS_ROOM_PX / 2, whole.center().y()))
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER_PX, _CORNER_PX)

    def _write_words(self) -> None:
        what = self.tr("Like this picture")
        self.setAccessibleName(self.tr("{what}: take it out of the search").format(what=what))
        self.setToolTip(self.tr("{what}. Click to take it out of the search.").format(what=what))


def _middle(picture: QPixmap) -> QRect:
    """The largest square in its middle."""
    side_px = min(picture.width(), picture.height())
    left_px, top_px = (picture.width() - side_px) // 2, (picture.height() - side_px) // 2
    return QRect(left_px, top_px, side_px, side_px)
