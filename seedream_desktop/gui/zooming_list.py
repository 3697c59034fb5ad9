"""Tiles that grow and shrink under the pointer, by wheel and by two fingers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from seedream_desktop.gui.tile_list import TileList
from seedream_desktop.settings import TILE_PX_MAX, TILE_PX_MIN

_WHEEL_ZOOM = 1.15  # by one notch
_NOTCH = 120  # of a wheel, in eighths of a degree


class ZoomingList(TileList):
    """Scrolls by the wheel; with Control, or by a pinch, tiles change their size."""

    tile_px_changed = Signal(int)  # by wheel or pinch

    def __init__(self, tile_px: int) -> None:
        """Cells of about ``tile_px``."""
        super().__init__(tile_px)
        self._zoomed_px = float(tile_px)  # steps of a touch pad are smaller than a pixel
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def zoom(self, tile_px: float, point: QPoint) -> None:
        """Want cells of that size; what lies under ``point`` stays there."""
        self._held = None if self._held is not None and self._held.y_px != point.y() else self._held
        self.hold(point)
        self._tile_px = max(TILE_PX_MIN, min(TILE_PX_MAX, round(tile_px)))
        self.lay_out()
        self.tile_px_changed.emit(self._tile_px)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by what the wheel or the touch pad says; with Control, change the size of the tiles."""
        angle, point = event.angleDelta().y(), event.position().toPoint()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_WHEEL_ZOOM ** (angle / _NOTCH), point)
        else:
            delta_px = event.pixelDelta().y() or round(angle / _NOTCH * self._layout.line_px / 2)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - delta_px)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Change the size of the tiles with two fingers."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._zoom_by(1.0 + event.value(), event.position().toPoint())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            point = self.viewport().mapFromGlobal(pinch.hotSpot().toPoint())
            self._zoom_by(pinch.scaleFactor(), point)
            return True
        return super().viewportEvent(event)

    def _zoom_by(self, factor: float, point: QPoint) -> None:
        if round(self._zoomed_px) != self._tile_px:
            self._zoomed_px = float(self._tile_px)
        self._zoomed_px = max(TILE_PX_MIN, min(TILE_PX_MAX, self._zoomed_px * factor))
        self.zoom(self._zoomed_px, point)
