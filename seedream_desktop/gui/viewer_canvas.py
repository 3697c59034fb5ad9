"""The canvas of the viewer: one picture, zoomed and panned, 1 : 1 on the screen's own pixels at 100 %."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from seedream_desktop.gui.framing import Framing, Stage
from seedream_desktop.gui.note_painting import Note, badge_width, paint_badge, paint_note
from seedream_desktop.gui.theme import EDGE_PX, SPACE_PX, colours_of
from seedream_desktop.state.full_picture import FullPicture

CRISP_ZOOM = 2.0  # from here on pixels are shown as they are
SETTLE_MS = 90  # after the last movement the picture is drawn in full quality
_SCALED_KEPT = 2  # two that are held against each other
_NOTCH = 120  # of a wheel, in Qt's eighths of a degree
_ZOOM_A_NOTCH = 1.25
_CHECK_PX = 8
_STILL_MS = 2000  # then the pointer is out of the way where there is nothing but the picture
_FAST_ABOVE_PX = 2_500_000  # of the stage; smaller ones are smooth while they move, too
_LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as far as it is there. ``size``: of the file, in its pixels, so that nothing jumps later."""

    size: QSizeF
    full: FullPicture | None = None
    preview: QPixmap | None = None


class ViewerCanvas(QWidget):
    """Draws; the wheel zooms, a double click goes between fit and 100 %.

    Dragging pans what is larger than the canvas, and takes out as a file what is seen whole; with the hand,
    or the middle button, it only ever pans.
    """

    zoom_changed = Signal(float)  # device pixels to a pixel of the picture
    drag_begun = Signal()  # the picture is to be dragged out
    screen_changed = Signal()  # it is shown, perhaps on another screen than before
    framing_changed = Signal(object)  # Framing: the designer looks at another part, or another size

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shown: Shown | None = None
        self._before: Shown | None = None
        self._note: Note | None = None
        self._badge = ""
        self._label, self._label_is_right = "", False
        self._framing = Framing()
        self._grabbed: QPointF | None = None
        self._pressed: QPointF | None = None  # where a drag out may begin
        self.has_hand = False  # dragging pans, whatever is seen
        self.was_panned = False  # since the hand was taken
        self._is_bare = False
        self._scaled = OrderedDict[object, QPixmap]()
        self._is_moving = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._still = QTimer(self, singleShot=True, interval=_STILL_MS)
        self._still.timeout.connect(self._on_still)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def zoom(self) -> float:
        """How large the picture is shown; 0 without one."""
        picture = self._current
        return 0.0 if picture is None else self._framing_of(picture).zoom_on(self._stage(), picture.size)

    @property
    def is_fit(self) -> bool:
        """Whether all of the picture is seen, whatever the size of the window."""
        return self._framing.is_fit

    @property
    def framing(self) -> Framing:
        """How the picture is looked at."""
        return self._framing

    @property
    def picture_size(self) -> QSizeF:
        """The size of the picture's file, in its pixels; empty without one."""
        return QSizeF() if self._shown is None else self._shown.size

    @property
    def badge(self) -> str:
        """What is said in the corner."""
        return self._badge

    @property
    def picture_rect(self) -> QRectF:
        """Where the picture lies, in device pixels; empty without one."""
        picture = self._current
        return QRectF() if picture is None else self._framing_of(picture).rect(self._stage(), picture.size)

    def show_picture(self, shown: Shown | None, note: Note | None = None) -> None:
        """Show a picture, or nothing; ``note`` says over it what has to be said."""
        zoom = self.zoom
        self._shown, self._note = shown, note
        self._follow_zoom(zoom)
        self.update()

    def show_before(self, before: Shown | None, badge: str) -> None:
        """Show another picture in the picture's place while ``badge`` is not empty."""
        zoom = self.zoom
        self._before, self._badge = before, badge
        self._follow_zoom(zoom)
        self.update()

    def show_label(self, label: str, *, is_right: bool = False) -> None:
        """Say in the picture's left or right corner what it is called here; empty: nothing."""
        if (label, is_right) != (self._label, self._label_is_right):
            self._label, self._label_is_right = label, is_right
            self.update()

    def look(self, framing: Framing) -> None:
        """Look at the picture like that, as another canvas does: nobody is told."""
        self._take_framing(framing)

    def set_hand(self, has_hand: bool) -> None:
        """Let dragging pan, and nothing else; or let it do what it does."""
        if has_hand != self.has_hand:
            self.has_hand, self.was_panned = has_hand, False
            self._show_cursor()

    def set_bare(self, is_bare: bool) -> None:
        """Let the picture have the whole canvas, without a margin, and the pointer go when it is still."""
        self._is_bare = is_bare
        self.setMouseTracking(is_bare)
        (self._still.start if is_bare else self._still.stop)()
        self._show_cursor()
        self.zoom_changed.emit(self.zoom)
        self.update()

    def fit(self) -> None:
        """Show all of the picture."""
        self._frame(Framing())

    def show_actual_size(self, at: QPointF | None = None) -> None:
        """Show pixel for pixel, with what is ``at`` (device pixels; the middle) staying there."""
        self._zoom_to(1.0, at)

    def toggle_size(self, at: QPointF | None = None) -> None:
        """Go from fit to 100 %, or back."""
        if self._framing.is_fit:
            self.show_actual_size(at)
        else:
            self.fit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in or out; 100 % is never stepped over."""
        zoom = self.zoom * factor
        if (self.zoom < 1.0 < zoom) or (zoom < 1.0 < self.zoom):
            zoom = 1.0
        self._zoom_to(zoom, at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, and what is said about it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).canvas))
            self._paint_pictures(painter)
            if self._badge:
                paint_badge(painter, self._badge, QPointF(EDGE_PX, EDGE_PX), self.font())
            if self._note is not None and not (self._badge and self._before):
                paint_note(painter, self.rect(), self._note, colours_of(self.palette()))

    def _paint_pictures(self, painter: QPainter) -> None:
        """Draw what there is to look at, and what it is called."""
        if (picture := self._current) is not None:
            painter.save()
            self._draw(painter, picture)
            painter.restore()
            if self._label and not self._badge:
                self._paint_label(painter, self._label, picture)

    def _paint_label(self, painter: QPainter, label: str, picture: Shown) -> None:
        """Name ``picture`` in its own corner, as far as that is in view."""
        rect = self._framing_of(picture).rect(self._stage(), picture.size)
        ratio = self.devicePixelRatioF()
        left = max(0.0, rect.left() / ratio) + SPACE_PX
        top = max(0.0, rect.top() / ratio) + SPACE_PX
        if self._label_is_right:
            left = min(float(self.width()), rect.right() / ratio) - SPACE_PX - badge_width(label, self.font())
        paint_badge(painter, label, QPointF(left, top), self.font())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of the zoom that a fitted picture has now."""
        super().resizeEvent(event)
        self._start_moving()
        self.zoom_changed.emit(self.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.zoom_by(_ZOOM_A_NOTCH ** (turned / _NOTCH), self._device(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers, where the system tells of it; and tell of another screen."""
        if event.type() in {QEvent.Type.ScreenChangeInternal, QEvent.Type.Show}:
            self.screen_changed.emit()
        if not isinstance(event, QNativeGestureEvent):
            return super().event(event)
        is_zoom = event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        if is_zoom:
            self.zoom_by(1.0 + event.value(), self._device(event.position()))
        return is_zoom

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        is_left, is_middle = (event.button() is one for one in (_LEFT, Qt.MouseButton.MiddleButton))
        if (is_left or is_middle) and self._can_pan():
            self._grabbed = self._device(event.position())
            self._show_cursor()
        elif is_left and not self.has_hand and self.picture_rect.contains(self._device(event.position())):
            self._pressed = event.position()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._is_bare:
            self._show_cursor()
            self._still.start()
        if self._pressed is not None:
            if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                self.drag_begun.emit()
        elif self._grabbed is not None and self._shown is not None:
            at = self._device(event.position())
            self._frame(self._framing.moved(self._stage(), self._shown.size, at - self._grabbed))
            self._grabbed, self.was_panned = at, True

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = self._pressed = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go between fit and 100 %."""
        if event.button() is _LEFT:
            self._pressed = None
            self.toggle_size(self._device(event.position()))

    @property
    def _current(self) -> Shown | None:
        return self._before if self._badge and self._before is not None else self._shown

    def _framing_of(self, picture: Shown) -> Framing:
        if picture is self._shown or self._shown is None:
            return self._framing
        return self._framing.beside(self._shown.size, picture.size)

    def _stage(self) -> Stage:
        ratio = self.devicePixelRatioF()
        margin = 0.0 if self._is_bare else EDGE_PX * ratio
        return Stage(QSizeF(round(self.width() * ratio), round(self.height() * ratio)), margin)

    def _device(self, position: QPointF) -> QPointF:
        return position * self.devicePixelRatioF()

    def _middle(self) -> QPointF:
        return QRectF(QPointF(), self._stage().size).center()

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        if self._shown is not None:
            at = at or self._middle()
            self._frame(self._framing.zoomed(self._stage(), self._shown.size, zoom, at))

    def _frame(self, framing: Framing) -> None:
        if framing != self._framing:
            self._take_framing(framing)
            self.framing_changed.emit(framing)

    def _take_framing(self, framing: Framing) -> None:
        zoom = self.zoom
        if framing != self._framing:
            self._framing = framing
            self._start_moving()
            self._show_cursor()
            self._follow_zoom(zoom)
            self.update()

    def _follow_zoom(self, zoom_before: float) -> None:
        if self.zoom != zoom_before:
            self.zoom_changed.emit(self.zoom)

    def _can_pan(self) -> bool:
        stage = self._stage().size
        return self.picture_rect.width() > stage.width() or self.picture_rect.height() > stage.height()

    def _show_cursor(self) -> None:
        if not self._can_pan() and not self.has_hand:
            self.unsetCursor()
        else:
            is_held = self._grabbed is not None
            shape = Qt.CursorShape.ClosedHandCursor if is_held else Qt.CursorShape.OpenHandCursor
            self.setCursor(QCursor(shape))

    def _start_moving(self) -> None:
        self._is_moving = True
        self._settle.start()

    def _on_still(self) -> None:
        if self._is_bare and self._grabbed is None:
            self.setCursor(Qt.CursorShape.BlankCursor)

    def _on_settled(self) -> None:
        self._is_moving = False
        self.update()

    def _draw(self, painter: QPainter, picture: Shown) -> None:
        """Draw on the screen's own pixels: whole ones, whatever the scale and wherever the canvas lies."""
        ratio, origin = self.devicePixelRatioF(), painter.deviceTransform()
        painter.scale(1 / ratio, 1 / ratio)
        painter.translate(round(origin.dx()) - origin.dx(), round(origin.dy()) - origin.dy())
        stage, framing = self._stage(), self._framing_of(picture)
        zoom, target = framing.zoom_on(stage, picture.size), framing.rect(stage, picture.size)
        whole = QRect(
            round(target.x()),
            round(target.y()),
            max(1, round(target.width())),
            max(1, round(target.height())),
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth(zoom, stage))
        if picture.full is not None:
            level = picture.full.level_for(zoom)
            if level.hasAlphaChannel():
                self._draw_checks(painter, whole)
            self._draw_level(painter, level, whole)
        elif picture.preview is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(whole), picture.preview, QRectF(picture.preview.rect()))
        else:
            painter.fillRect(whole, QColor(colours_of(self.palette()).panel))

    def _is_smooth(self, zoom: float, stage: Stage) -> bool:
        is_fast = self._is_moving and stage.size.width() * stage.size.height() > _FAST_ABOVE_PX
        return zoom < CRISP_ZOOM and not is_fast

    def _draw_level(self, painter: QPainter, level: QImage, whole: QRect) -> None:
        size = self._stage().size.toSize()
        seen = whole.intersected(QRect(0, 0, size.width(), size.height()))
        if whole == seen and whole.width() < level.width() and not self._is_moving:
            painter.drawPixmap(whole.topLeft(), self._scaled_to(level, whole))
            return
        across, down = level.width() / whole.width(), level.height() / whole.height()
        source = QRectF(
            (seen.x() - whole.x()) * across,
            (seen.y() - whole.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.drawImage(QRectF(seen), level, source)

    def _scaled_to(self, level: QImage, whole: QRect) -> QPixmap:
        """The whole picture at the size that it is shown in, kept: the next paint only copies it."""
        key = (level.cacheKey(), whole.size().toTuple())
        if key not in self._scaled:
            image = level.scaled(
                whole.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._scaled[key] = QPixmap.fromImage(image)
        self._scaled.move_to_end(key)
        while len(self._scaled) > _SCALED_KEPT:
            self._scaled.popitem(last=False)
        return self._scaled[key]

    def _draw_checks(self, painter: QPainter, whole: QRect) -> None:
        """What shines through stands on a board of squares."""
        colours, ratio = colours_of(self.palette()), self.devicePixelRatioF()
        side_px = round(_CHECK_PX * ratio)
        tile = QPixmap(2 * side_px, 2 * side_px)
        tile.fill(QColor(colours.raised))
        with QPainter(tile) as other:
            other.fillRect(0, 0, side_px, side_px, QColor(colours.panel))
            other.fillRect(side_px, side_px, side_px, side_px, QColor(colours.panel))
        painter.drawTiledPixmap(whole, tile)
