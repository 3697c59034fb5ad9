"""The canvas that is drawn on: the viewer's, with marks over the picture and a hand that makes them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QPaintEvent

from seedream_desktop.gui import words
from seedream_desktop.gui.markup_geometry import View, view_of
from seedream_desktop.gui.markup_painting import (
    HANDLE_PX,
    handles_of,
    handles_of_crop,
    paint_crop,
    paint_frame,
    paint_handles,
    paint_mark,
    rect_of,
)
from seedream_desktop.gui.note_painting import badge_width, paint_badge
from seedream_desktop.gui.theme import SPACE_PX, colours_of
from seedream_desktop.gui.viewer_canvas import ViewerCanvas
from seedream_desktop.imaging.markup import MarkKind, Markup, Rect
from seedream_desktop.state.markup_hand import MarkupHand, Tool

_REACH_PX = HANDLE_PX
_BADGE_PX = 24  # about its height
_LEFT = Qt.MouseButton.LeftButton


class MarkupCanvas(ViewerCanvas):
    """A drag draws; with the hand (Space) or the middle button it pans. The wheel zooms."""

    drawn = Signal(object)  # Markup: what is drawn now
    held = Signal()  # something else is selected, or a stroke goes on

    def __init__(self, hand: MarkupHand) -> None:
        """Draw with ``hand``, once ``show_markup`` says on what."""
        super().__init__()
        self.hand = hand
        self._markup: Markup | None = None
        self._is_live = True
        self.setMouseTracking(True)

    @property
    def shown_markup(self) -> Markup | None:
        """What is seen, with the stroke that is under way; None: there is no picture yet."""
        return None if self._markup is None else self.hand.shown(self._markup)

    def show_markup(self, markup: Markup | None) -> None:
        """Show what is drawn; None: there is no picture to draw on."""
        self._markup = markup
        self.update()

    def set_live(self, is_live: bool) -> None:
        """Take what is drawn with the mouse, or only show it."""
        self._is_live = is_live
        self._show_cursor()

    def view(self) -> View | None:
        """Where the picture lies; None: there is none."""
        return view_of(self.picture_rect, self.picture_size.width(), self.devicePixelRatioF())

    def seen(self) -> Rect | None:
        """What of the picture is seen; None: there is none."""
        view, markup = self.view(), self._markup
        if view is None or markup is None:
            return None
        return view.seen(self.width(), self.height(), markup.whole)

    def cancel_stroke(self) -> bool:
        """Let go of what is being drawn; whether there was anything."""
        is_drawing = self.hand.is_drawing
        self.hand.cancel()
        self.update()
        return is_drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, then what is drawn on it."""
        super().paintEvent(event)
        view, markup = self.view(), self.shown_markup
        if view is None or markup is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_markup(painter, markup, view, QRectF(event.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, or take hold of what is drawn."""
        view = self.view()
        if self.has_hand or event.button() is not _LEFT or self._markup is None or view is None:
            super().mousePressEvent(event)
        elif self._is_live:
            self.hand.press(self._markup, view.picture_point(event.position()), _REACH_PX / view.zoom)
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing; show what a press would take hold of."""
        view = self.view()
        if not self.hand.is_drawing or view is None:
            super().mouseMoveEvent(event)
            self._point(event.position())
            return
        before = self._last_step(view) or self._dirty(view)
        is_even = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.hand.drag(view.picture_point(event.position()), is_even=is_even)
        self._repaint(before, self._last_step(view) or self._dirty(view))
        self.held.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was drawn."""
        if not self.hand.is_drawing or self._markup is None:
            super().mouseReleaseEvent(event)
            return
        markup = self.hand.release(self._markup)
        self._tell()
        if markup != self._markup:
            self.drawn.emit(markup)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two strokes; with the hand they go between fit and 100 %."""
        if self.has_hand:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def _tell(self) -> None:
        self.update()
        self.held.emit()

    def _point(self, at: QPointF) -> None:
        view = self.view()
        if self.has_hand or self._markup is None or view is None:
            return
        is_hit = self.hand.point_at(self._markup, view.picture_point(at), _REACH_PX / view.zoom)
        shape = Qt.CursorShape.SizeAllCursor if is_hit else Qt.CursorShape.CrossCursor
        if self._is_live and self.cursor().shape() is not shape:
            self.setCursor(QCursor(shape))

    def _show_cursor(self) -> None:
        """A cross where a press draws."""
        if self.has_hand:
            super()._show_cursor()
        elif self._is_live:
            self.setCursor(QCursor(Qt.CursorShape.CrossCursor))
        else:
            self.setCursor(QCursor(Qt.CursorShape.BusyCursor))

    def _dirty(self, view: View) -> QRectF | None:
        """What a stroke changes on the screen; None: all of it."""
        markup = self.shown_markup
        if self.hand.tool is Tool.CROP or markup is None:
            return None
        index = self.hand.selected
        if self._markup is not None and len(markup.marks) > len(self._markup.marks):
            index = len(markup.marks) - 1
        if index is None or index >= len(markup.marks):
            return QRectF()
        room = badge_width("00000 × 00000 px", self.font()) + 2 * SPACE_PX
        return rect_of(markup.marks[index], view).adjusted(0, -_BADGE_PX, room, 2 * _BADGE_PX)

    def _last_step(self, view: View) -> QRectF | None:
        """What the newest step of a brush changes; None: it is no brush that goes on."""
        markup = self.shown_markup
        is_brush = self.hand.tool is Tool.BRUSH and markup is not None and bool(markup.marks)
        if not is_brush or markup is None:
            return None
        mark = markup.marks[-1]
        return rect_of(replace(mark, points=mark.points[-2:]), view)

    def _repaint(self, before: QRectF | None, after: QRectF | None) -> None:
        if before is None or after is None:
            self.update()
        else:
            self.update(before.united(after).toAlignedRect())

    def _paint_markup(self, painter: QPainter, markup: Markup, view: View, exposed: QRectF) -> None:
        colours = colours_of(self.palette())
        picture = view.rect(markup.whole)
        painter.save()
        painter.setClipRect(picture)
        for mark in markup.marks:
            paint_mark(painter, mark, view, exposed)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if markup.crop is not None:
            paint_crop(painter, markup.crop, picture, view, colours)
        if self.hand.tool is Tool.CROP:
            self._paint_held_crop(painter, markup, view)
        else:
            self._paint_held_mark(painter, markup, view)

    def _paint_held_crop(self, painter: QPainter, markup: Markup, view: View) -> None:
        if (crop := markup.crop) is None:
            return
        paint_handles(painter, handles_of_crop(crop, view), colours_of(self.palette()))
        self._paint_size(painter, view.rect(crop.rect), crop.width_px, crop.height_px)

    def _paint_held_mark(self, painter: QPainter, markup: Markup, view: View) -> None:
        is_new = self._markup is not None and len(markup.marks) > len(self._markup.marks)
        mark = markup.marks[-1] if is_new else self.hand.selected_mark(markup)
        if mark is None or (is_new and mark.kind is MarkKind.BRUSH):
            return
        colours = colours_of(self.palette())
        if mark.kind is MarkKind.BRUSH:
            paint_frame(painter, view.rect(mark.frame.grown(mark.width_px / 2)), colours)
        else:
            paint_handles(painter, handles_of(mark, view), colours)
        if mark.kind is MarkKind.BOX:
            frame = mark.frame
            self._paint_size(painter, view.rect(frame), round(frame.width), round(frame.height))

    def _paint_size(self, painter: QPainter, rect: QRectF, width_px: int, height_px: int) -> None:
        """Beside the lower right corner, but where it can be read."""
        text = words.pixels(width_px, height_px)
        room = self.width() - badge_width(text, self.font()) - SPACE_PX
        left = min(max(SPACE_PX, rect.right() + SPACE_PX), room)
        top = min(max(SPACE_PX, rect.bottom() + SPACE_PX), self.height() - _BADGE_PX - SPACE_PX)
        paint_badge(painter, text, QPointF(left, top), self.font())
