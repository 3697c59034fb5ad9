"""The arithmetic of drawing on a picture: what is under the pointer, and how it is moved and resized.

Lengths are pixels of the picture. Whatever is asked for, a crop stays in the picture and holds a pixel at
least, and of a mark the middle stays in the picture.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from seedream_desktop.imaging.markup import (
    POINTS_MOST,
    Area,
    Crop,
    Mark,
    MarkKind,
    Markup,
    Point,
    Rect,
    Trail,
    shapes_of,
)


class Handle(Enum):
    """What is taken hold of: where it lies, across and down; -1 is left and top."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)


def place_of(handle: Handle, rect: Rect) -> Point:
    """Where a handle of ``rect`` lies."""
    across, down = handle.value
    x = rect.left + rect.width * (across + 1) / 2
    return x, rect.top + rect.height * (down + 1) / 2


def handle_at(rect: Rect, point: Point, reach: float) -> Handle | None:
    """The handle of ``rect`` that is nearest to ``point`` within ``reach``; corners go first."""
    near = [one for one in Handle if math.dist(place_of(one, rect), point) <= reach]
    return min(near, key=lambda one: (0 in one.value, math.dist(place_of(one, rect), point)), default=None)


def dragged(rect: Rect, handle: Handle, to: Point) -> Rect:
    """``rect`` with its ``handle`` at ``to``; pulled over the other side it turns over."""
    across, down = handle.value
    left, right = _pulled(rect.left, rect.right, across, to[0])
    top, bottom = _pulled(rect.top, rect.bottom, down, to[1])
    return Rect(left, top, right, bottom)


def between(one: Point, other: Point) -> Rect:
    """The rectangle of two corners."""
    return Rect(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def squared(start: Point, to: Point) -> Point:
    """``to`` moved so that it makes a square with ``start``."""
    side = max(abs(to[0] - start[0]), abs(to[1] - start[1]))
    return start[0] + math.copysign(side, to[0] - start[0]), start[1] + math.copysign(side, to[1] - start[1])


def inside(point: Point, markup: Markup) -> Point:
    """The point of the picture that is nearest to ``point``."""
    return min(max(point[0], 0.0), float(markup.width_px)), min(max(point[1], 0.0), float(markup.height_px))


def crop_of(rect: Rect, markup: Markup) -> Crop:
    """What of the picture lies in ``rect``, in whole pixels; one at least."""
    left, right = _whole(rect.left, rect.right, markup.width_px)
    top, bottom = _whole(rect.top, rect.bottom, markup.height_px)
    return Crop(left, top, right - left, bottom - top)


def moved_crop(crop: Crop, across: float, down: float, markup: Markup) -> Crop:
    """The crop shifted as far as there is picture."""
    left = min(max(round(crop.left + across), 0), markup.width_px - crop.width_px)
    top = min(max(round(crop.top + down), 0), markup.height_px - crop.height_px)
    return Crop(left, top, crop.width_px, crop.height_px)


def moved(mark: Mark, across: float, down: float, markup: Markup) -> Mark:
    """The mark shifted; its middle stays in the picture."""
    frame = mark.frame
    x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    to_x, to_y = inside((x + across, y + down), markup)
    return replace(mark, points=tuple((px + to_x - x, py + to_y - y) for px, py in mark.points))


def fitted(mark: Mark, rect: Rect) -> Mark:
    """The mark stretched so that ``rect`` is around it; what has no width keeps none."""
    frame = mark.frame
    if mark.kind is MarkKind.BOX:
        return replace(mark, points=((rect.left, rect.top), (rect.right, rect.bottom)))

    def placed(point: Point) -> Point:
        across = (point[0] - frame.left) / frame.width if frame.width else 0.0
        down = (point[1] - frame.top) / frame.height if frame.height else 0.0
        return rect.left + across * rect.width, rect.top + down * rect.height

    return replace(mark, points=tuple(map(placed, mark.points)))


def thinned(points: tuple[Point, ...], tolerance: float) -> tuple[Point, ...]:
    """The way of a brush with as few points as say the same within ``tolerance``; never more than it may."""
    kept = _simplified(points, tolerance)
    while len(kept) > POINTS_MOST:
        tolerance *= 2
        kept = _simplified(kept, tolerance)
    return tuple((round(x, 1), round(y, 1)) for x, y in kept)


def mark_at(markup: Markup, point: Point, reach: float) -> int | None:
    """The topmost mark whose line passes ``point`` within ``reach``; None: there is none."""
    for index in reversed(range(len(markup.marks))):
        if any(_passes(shape, point, reach) for shape in shapes_of(markup.marks[index])):
            return index
    return None


def ends_of(mark: Mark) -> tuple[Point, ...]:
    """Where a mark is taken hold of beside its line: the ends of an arrow, the handles of a box."""
    if mark.kind is MarkKind.ARROW:
        return mark.points
    return tuple(place_of(handle, mark.frame) for handle in Handle) if mark.kind is MarkKind.BOX else ()


def _pulled(low: float, high: float, side: int, to: float) -> tuple[float, float]:
    low, high = (to if side < 0 else low), (to if side > 0 else high)
    return min(low, high), max(low, high)


def _whole(low: float, high: float, most: int) -> tuple[int, int]:
    start = min(max(round(low), 0), most - 1)
    return start, min(max(round(high), start + 1), most)


def _passes(shape: Area | Trail, point: Point, reach: float) -> bool:
    if isinstance(shape, Area):
        edges = zip(shape.points, (*shape.points[1:], shape.points[0]), strict=True)
        return _is_in(shape.points, point) or any(_distance(*edge, point) <= reach for edge in edges)
    reach += shape.width_px / 2
    return any(_distance(*step, point) <= reach for step in _steps(shape.points))


def _steps(points: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    if len(points) == 1:
        yield points[0], points[0]
    yield from itertools.pairwise(points)


def _is_in(corners: tuple[Point, ...], point: Point) -> bool:
    """Whether ``point`` lies in a polygon."""
    is_in = False
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (y0 > point[1]) != (y1 > point[1]) and point[0] < (x1 - x0) * (point[1] - y0) / (y1 - y0) + x0:
            is_in = not is_in
    return is_in


def _distance(start: Point, end: Point, point: Point) -> float:
    """From ``point`` to the line between the two."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    if not length:
        return math.dist(start, point)
    share = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length
    share = min(max(share, 0.0), 1.0)
    return math.dist((start[0] + share * across, start[1] + share * down), point)


def _simplified(points: tuple[Point, ...], tolerance: float) -> tuple[Point, ...]:
    """Without the points that lie within ``tolerance`` of the line between those that stay."""
    if len(points) < 3:
        return points
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        distances = [_distance(points[first], points[last], point) for point in points[first + 1 : last]]
        if distances and max(distances) > tolerance:
            middle = first + 1 + distances.index(max(distances))
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return tuple(points[index] for index in sorted(kept))
