"""Where a picture lies in a widget: from its pixels to the widget's points and back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from seedream_desktop.imaging.markup import Point, Rect


@dataclass(frozen=True, slots=True)
class View:
    """Where the corner of a picture lies in the widget, and how many points wide each of its pixels is."""

    left: float
    top: float
    zoom: float

    def picture_point(self, at: QPointF) -> Point:
        """What of the picture lies there."""
        return (at.x() - self.left) / self.zoom, (at.y() - self.top) / self.zoom

    def point(self, of: Point) -> QPointF:
        """Where a point of the picture lies."""
        return QPointF(self.left + of[0] * self.zoom, self.top + of[1] * self.zoom)

    def rect(self, of: Rect) -> QRectF:
        """Where a rectangle of the picture lies."""
        return QRectF(self.point((of.left, of.top)), self.point((of.right, of.bottom)))

    def seen(self, width: float, height: float, whole: Rect) -> Rect:
        """What of the picture is seen in a widget of that size; all of it where nothing is."""
        left, top = self.picture_point(QPointF(0, 0))
        right, bottom = self.picture_point(QPointF(width, height))
        seen = Rect(
            max(left, whole.left), max(top, whole.top), min(right, whole.right), min(bottom, whole.bottom)
        )
        return seen if seen.width > 0 and seen.height > 0 else whole


def view_of(picture_rect: QRectF, picture_width: float, ratio: float) -> View | None:
    """The view of a picture that wide whose rectangle is known in device pixels; None: there is none."""
    if picture_width < 1 or picture_rect.width() <= 0:
        return None
    left, top = round(picture_rect.x()) / ratio, round(picture_rect.y()) / ratio
    return View(left, top, picture_rect.width() / ratio / picture_width)
