"""How what is drawn on a picture looks on the screen: the marks, what a crop leaves, and what is held."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from seedream_desktop.imaging.markup import RGB, Area, Crop, Mark, MarkKind, shapes_of
from seedream_desktop.state.markup_edits import Handle, ends_of, place_of

if TYPE_CHECKING:
    from seedream_desktop.gui.markup_geometry import View
    from seedream_desktop.gui.theme import Colours

HANDLE_PX = 9
_CUT_OPACITY = 0.6  # of the ground over what a crop takes away


def paint_mark(painter: QPainter, mark: Mark, view: View, exposed: QRectF) -> None:
    """Draw of ``mark`` what lies in ``exposed``, as it will be drawn on the copy."""
    if not rect_of(mark, view).intersects(exposed):
        return
    colour = QColor(*RGB[mark.colour])
    filled = QPainterPath()
    filled.setFillRule(Qt.FillRule.WindingFill)
    for shape in shapes_of(mark):
        points = [view.point(point) for point in shape.points]
        if isinstance(shape, Area):
            filled.addPolygon(_turned(points))
            filled.closeSubpath()
        else:
            _paint_trail(painter, points, QPen(colour, shape.width_px * view.zoom), exposed)
    painter.fillPath(filled, colour)


def paint_crop(painter: QPainter, crop: Crop, picture: QRectF, view: View, colours: Colours) -> None:
    """Darken what of ``picture`` goes."""
    kept, whole = view.rect(crop.rect).toRect(), picture.toAlignedRect()
    ground = QColor(colours.scrim)
    ground.setAlphaF(_CUT_OPACITY)
    middle_px, width_px = kept.height(), whole.width()
    above_px, below_px = kept.top() - whole.top(), whole.bottom() - kept.bottom()
    for going in (
        QRect(whole.left(), whole.top(), width_px, above_px),
        QRect(whole.left(), kept.bottom() + 1, width_px, below_px),
        QRect(whole.left(), kept.top(), kept.left() - whole.left(), middle_px),
        QRect(kept.right() + 1, kept.top(), whole.right() - kept.right(), middle_px),
    ):
        if going.isValid():
            painter.fillRect(going, ground)
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


def _paint_trail(painter: QPainter, points: list[QPointF], pen: QPen, exposed: QRectF) -> None:
    """Step by step: Qt takes ten times as long for a line that crosses itself."""
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    if len(points) == 1:
        painter.drawPoint(points[0])
        return
    half = pen.widthF() / 2 + 1
    seen = exposed.adjusted(-half, -half, half, half)
    steps = (QLineF(start, end) for start, end in itertools.pairwise(points))
    painter.drawLines([step for step in steps if _meets(step, seen)])


def _meets(step: QLineF, rect: QRectF) -> bool:
    is_beside = max(step.x1(), step.x2()) < rect.left() or min(step.x1(), step.x2()) > rect.right()
    return not (
        is_beside or max(step.y1(), step.y2()) < rect.top() or min(step.y1(), step.y2()) > rect.bottom()
    )
