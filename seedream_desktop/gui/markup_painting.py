"""How what is drawn on a picture looks on the screen: the marks, what a crop leaves, and what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from seedream_desktop.imaging.markup import RGB, Area, Crop, Mark, MarkKind, shapes_of
from seedream_desktop.state.markup_edits import Handle, ends_of, place_of

if TYPE_CHECKING:
    from seedream_desktop.gui.markup_geometry import View
    from seedream_desktop.gui.theme import Colours

HANDLE_PX = 9
_CUT_OPACITY = 0.6  # of the ground over what a crop takes away


def paint_mark(painter: QPainter, mark: Mark, view: View) -> None:
    """Draw ``mark`` as it will be drawn on the copy."""
    colour = QColor(*RGB[mark.colour])
    filled = QPainterPath()
    filled.setFillRule(Qt.FillRule.WindingFill)
    for shape in shapes_of(mark):
        points = [view.point(point) for point in shape.points]
        if isinstance(shape, Area):
            filled.addPolygon(_turned(points))
            filled.closeSubpath()
        else:
            _paint_trail(painter, points, shape.width_px * view.zoom, colour)
    painter.fillPath(filled, colour)


def paint_crop(painter: QPainter, crop: Crop, picture: QRectF, view: View, colours: Colours) -> None:
    """Darken what of ``picture`` goes."""
    kept = view.rect(crop.rect)
    outside = QPainterPath()
    outside.addRect(picture)
    inside = QPainterPath()
    inside.addRect(kept)
    ground = QColor(colours.scrim)
    ground.setAlphaF(_CUT_OPACITY)
    painter.fillPath(outside.subtracted(inside), ground)
    painter.setPen(QPen(QColor(colours.on_scrim), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(kept)


def paint_handles(painter: QPainter, points: list[QPointF], colours: Colours) -> None:
    """Squares to take hold of."""
    painter.setPen(QPen(QColor(colours.accent), 1.5))
    painter.setBrush(QColor(colours.on_scrim))
    for point in points:
        painter.drawRect(handle_rect(point))


def paint_frame(painter: QPainter, frame: QRectF, colours: Colours) -> None:
    """A thin line around a mark that has no handles."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in ((colours.scrim, Qt.PenStyle.SolidLine), (colours.on_scrim, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(QColor(colour), 1, style))
        painter.drawRect(frame)


def handle_rect(point: QPointF) -> QRectF:
    """The square at ``point``."""
    side = HANDLE_PX
    return QRectF(round(point.x()) - side / 2, round(point.y()) - side / 2, side, side)


def handles_of_crop(crop: Crop, view: View) -> list[QPointF]:
    """Where a crop is taken hold of."""
    return [view.point(place_of(handle, crop.rect)) for handle in Handle]


def handles_of(mark: Mark, view: View) -> list[QPointF]:
    """Where a mark is taken hold of."""
    return [view.point(point) for point in ends_of(mark)]


def rect_of(mark: Mark, view: View) -> QRectF:
    """Where a mark lies with all that is painted for it, its handles included."""
    around = mark.width_px * (1.0 if mark.kind is not MarkKind.ARROW else 4.5)
    return view.rect(mark.frame.grown(around)).adjusted(-HANDLE_PX, -HANDLE_PX, HANDLE_PX, HANDLE_PX)


def _turned(points: list[QPointF]) -> QPolygonF:
    """All one way round: areas that overlap are one."""
    pairs = zip(points, (*points[1:], points[0]), strict=True)
    area = sum(one.x() * other.y() - other.x() * one.y() for one, other in pairs)
    return QPolygonF(points if area >= 0 else points[::-1])


def _paint_trail(painter: QPainter, points: list[QPointF], width: float, colour: QColor) -> None:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(points) == 1:
        painter.drawPoint(points[0])
    else:
        painter.drawPolyline(points)
