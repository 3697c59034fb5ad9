"""What is drawn on a copy of a reference, as plain values in pixels of the picture as it is seen.

The window and the worker draw the same shapes: filled areas, and lines with round ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

MARKS_MOST = 50
POINTS_MOST = 400  # of one mark
LINE_PX_LEAST = 2.0
BRUSH_LINES = 2.0  # a brush is that much wider than a line
_SIDE_PX_MOST = 1 << 20
_HEAD_LINES = 4.5  # of an arrow, in widths of its line
_HEAD_SHARE = 0.6  # of an arrow, at most
_HEAD_SLIMNESS = 0.42  # half its width over its length
Point = tuple[float, float]


class MarkKind(StrEnum):
    """What a mark looks like."""

    BOX = "box"
    ARROW = "arrow"
    BRUSH = "brush"


class MarkColour(StrEnum):
    """Colours that a model can name, too."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"


class Line(StrEnum):
    """How wide lines are."""

    THIN = "thin"
    MEDIUM = "medium"
    THICK = "thick"


RGB = {
    MarkColour.RED: (255, 0, 0),
    MarkColour.BLUE: (0, 80, 255),
    MarkColour.GREEN: (0, 190, 40),
    MarkColour.YELLOW: (255, 225, 0),
}
LINE_SHARES = {Line.THIN: 0.003, Line.MEDIUM: 0.006, Line.THICK: 0.012}  # of the longest side


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; ``right`` and ``bottom`` are not smaller than ``left`` and ``top``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> Rect:
        """Larger on all sides."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, point: Point) -> bool:
        """Whether ``point`` lies in it, or on its edge."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def meets(self, other: Rect) -> bool:
        """Whether the two share a point."""
        is_beside = self.right < other.left or other.right < self.left
        return not (is_beside or self.bottom < other.top or other.bottom < self.top)


@dataclass(frozen=True, slots=True)
class Crop:
    """What is left of the picture, in whole pixels."""

    left: int
    top: int
    width_px: int
    height_px: int

    @property
    def rect(self) -> Rect:
        """The same as its edges."""
        return Rect(self.left, self.top, self.left + self.width_px, self.top + self.height_px)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was drawn. ``points``: two corners, tail and tip, or the way of the brush."""

    kind: MarkKind
    colour: MarkColour
    width_px: float
    points: tuple[tuple[float, float], ...]

    @property
    def frame(self) -> Rect:
        """The rectangle around its points."""
        across, down = [x for x, _ in self.points], [y for _, y in self.points]
        return Rect(min(across), min(down), max(across), max(down))


@dataclass(frozen=True, slots=True)
class Markup:
    """All that is done to a copy of a picture of that size."""

    width_px: int
    height_px: int
    crop: Crop | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the copy would be the picture itself."""
        return self.crop is None and not self.marks

    @property
    def whole(self) -> Rect:
        """All of the picture."""
        return Rect(0, 0, self.width_px, self.height_px)

    @property
    def area(self) -> Crop:
        """What of the picture the copy shows."""
        return self.crop or Crop(0, 0, self.width_px, self.height_px)

    def line_px(self, line: Line, kind: MarkKind) -> float:
        """How wide a new mark is: it grows with the picture, so that it is seen in a reduced one, too."""
        share = LINE_SHARES[line] * (BRUSH_LINES if kind is MarkKind.BRUSH else 1.0)
        return max(LINE_PX_LEAST, round(share * max(self.area.width_px, self.area.height_px), 1))

    def with_mark(self, mark: Mark) -> Markup:
        """One mark more, on top; as it is when there are too many."""
        return self if len(self.marks) >= MARKS_MOST else replace(self, marks=(*self.marks, mark))

    def with_mark_at(self, index: int, mark: Mark) -> Markup:
        """Another in the place of one."""
        return replace(self, marks=(*self.marks[:index], mark, *self.marks[index + 1 :]))

    def without(self, index: int) -> Markup:
        """One mark less."""
        return replace(self, marks=self.marks[:index] + self.marks[index + 1 :])


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon without holes, filled."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """A line with round ends and corners; of one point, a dot."""

    points: tuple[Point, ...]
    width_px: float


def shapes_of(mark: Mark) -> tuple[Area | Trail, ...]:
    """What has to be drawn for ``mark``."""
    if mark.kind is MarkKind.BRUSH:
        return (Trail(mark.points, mark.width_px),)
    if mark.kind is MarkKind.BOX:
        return tuple(_sides(mark.frame, mark.width_px))
    return _arrow(mark.points[0], mark.points[-1], mark.width_px)


def is_sound(markup: Markup) -> bool:
    """Whether it can be drawn: somebody else may have written it."""
    sides = (markup.width_px, markup.height_px)
    if not all(1 <= side <= _SIDE_PX_MOST for side in sides) or len(markup.marks) > MARKS_MOST:
        return False
    crop = markup.area
    is_inside = min(crop.left, crop.top) >= 0 and min(crop.width_px, crop.height_px) >= 1
    ends = crop.left + crop.width_px, crop.top + crop.height_px
    is_inside = is_inside and ends[0] <= sides[0] and ends[1] <= sides[1]
    return is_inside and all(_is_sound(mark) for mark in markup.marks)


def _is_sound(mark: Mark) -> bool:
    least = 1 if mark.kind is MarkKind.BRUSH else 2
    numbers = (mark.width_px, *(side for point in mark.points for side in point))
    is_known = all(math.isfinite(one) and abs(one) <= _SIDE_PX_MOST for one in numbers)
    return is_known and mark.width_px > 0 and least <= len(mark.points) <= POINTS_MOST


def _sides(frame: Rect, width_px: float) -> Iterator[Area]:
    """The four sides of a box; its line lies on both sides of its edge."""
    outer, inner = frame.grown(width_px / 2), frame.grown(-width_px / 2)
    if inner.width <= 0 or inner.height <= 0:
        yield _area(outer)
        return
    yield _area(Rect(outer.left, outer.top, outer.right, inner.top))
    yield _area(Rect(outer.left, inner.bottom, outer.right, outer.bottom))
    yield _area(Rect(outer.left, inner.top, inner.left, inner.bottom))
    yield _area(Rect(inner.right, inner.top, outer.right, inner.bottom))


def _area(rect: Rect) -> Area:
    corners = (rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom)
    return Area((*corners, (rect.left, rect.bottom)))


def _arrow(tail: Point, tip: Point, width_px: float) -> tuple[Area | Trail, ...]:
    length = math.dist(tail, tip)
    if length < 1e-6:
        return (Trail((tip,), width_px),)
    along = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    head = min(_HEAD_LINES * width_px, _HEAD_SHARE * length)
    neck = tip[0] - head * along[0], tip[1] - head * along[1]
    half = _HEAD_SLIMNESS * head
    wings = (
        (neck[0] - half * along[1], neck[1] + half * along[0]),
        (
            neck[0] + half * along[1],
            neck[1] - half * along[0],
        ),
    )
    return Trail((tail, neck), min(width_px, half)), Area((tip, *wings))
