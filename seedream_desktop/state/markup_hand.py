"""The hand that draws on a picture: a tool, a colour, what is taken hold of, and what comes of it.

It knows no window: points are pixels of the picture, and every act gives back the markup as it would be.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from seedream_desktop.imaging.markup import Crop, Line, Mark, MarkColour, MarkKind, Markup, Point, Rect
from seedream_desktop.state.markup_edits import (
    between,
    crop_of,
    dragged,
    ends_of,
    fitted,
    handle_at,
    inside,
    mark_at,
    moved,
    moved_crop,
    squared,
    thinned,
)

_BRUSH_STEP = 0.25  # of the reach; a point nearer to the last one says nothing
_STILL = 0.4  # of the reach: what was dragged less far was a click
_NEW_SHARE = 0.5  # of what is seen, that a mark made by key takes


class Tool(StrEnum):
    """What a drag does."""

    CROP = "crop"
    BOX = "box"
    ARROW = "arrow"
    BRUSH = "brush"


_Pull = Callable[[Point, bool], Markup]


class MarkupHand:
    """Holds a stroke that is under way; what was drawn before belongs to whoever asks."""

    def __init__(self) -> None:
        """Begin with a red box."""
        self.tool = Tool.BOX
        self.colour = MarkColour.RED
        self.line = Line.MEDIUM
        self.selected: int | None = None
        self._pull: _Pull | None = None
        self._pulled: Markup | None = None
        self._from: Point = (0.0, 0.0)
        self._reach = 0.0
        self._is_new = self._has_moved = False
        self._way: list[Point] = []

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self._pull is not None

    def shown(self, markup: Markup) -> Markup:
        """``markup`` with the stroke that is under way."""
        return markup if self._pulled is None else self._pulled

    def selected_mark(self, markup: Markup) -> Mark | None:
        """The mark that keys act on."""
        index = self.selected
        return markup.marks[index] if index is not None and index < len(markup.marks) else None

    def press(self, markup: Markup, at: Point, reach: float) -> None:
        """Take hold of what is within ``reach``, or begin something new."""
        self._from, self._reach, self._has_moved, self._way = at, reach, False, []
        self._pulled = None
        self._is_new = False
        held = self._held_crop(markup, at) if self.tool is Tool.CROP else self._held_mark(markup, at)
        self._pull = held or self._begun(markup, inside(at, markup))

    def drag(self, at: Point, *, is_even: bool = False) -> None:
        """Go on to there; ``is_even``: as a square."""
        if self._pull is None:
            return
        self._has_moved = self._has_moved or math.dist(at, self._from) > _STILL * self._reach
        if self._has_moved or self.tool is Tool.BRUSH:
            self._pulled = self._pull(at, is_even)

    def release(self, markup: Markup) -> Markup:
        """End the stroke; what it makes of ``markup``."""
        is_dot = self._is_new and self.tool is Tool.BRUSH
        if is_dot and self._pulled is None and self._pull is not None:
            self._pulled = self._pull(self._from, False)
        made = self._pulled if self._has_moved or is_dot else None
        if made is None and self._is_new:
            self.selected = None
        self.cancel()
        if made is None:
            return markup
        if len(made.marks) > len(markup.marks):
            made = _tidied(made, self._reach)
            self.selected = len(made.marks) - 1
        return made

    def cancel(self) -> None:
        """Let go, as if nothing had been begun."""
        self._pull, self._pulled, self._way = None, None, []

    def point_at(self, markup: Markup, at: Point, reach: float) -> bool:
        """Whether a press there would take hold of something that is there already."""
        if self.tool is Tool.CROP:
            return self._held_crop(markup, at, reach) is not None
        is_hit = self.tool is not Tool.BRUSH and mark_at(markup, at, reach) is not None
        return is_hit or self._held_end(markup, at, reach) is not None

    def select_next(self, markup: Markup, by: int) -> None:
        """Let keys act on the next mark, or the one before."""
        count = len(markup.marks)
        if count:
            start = self.selected if self.selected is not None else (-1 if by > 0 else count)
            self.selected = (start + by) % count

    def nudge(self, markup: Markup, across: float, down: float) -> Markup:
        """Shift what is selected: the mark, or with that tool the crop."""
        if self.tool is Tool.CROP:
            crop = markup.crop
            return replace(markup, crop=moved_crop(crop, across, down, markup)) if crop else markup
        return self._with_selected(markup, lambda mark: moved(mark, across, down, markup))

    def stretch(self, markup: Markup, across: float, down: float) -> Markup:
        """Move the right and the lower edge of what is selected; the tip of an arrow."""
        if self.tool is Tool.CROP:
            if markup.crop is None:
                return markup
            rect = _stretched(markup.crop.rect, across, down, markup)
            return replace(markup, crop=crop_of(rect, markup))
        return self._with_selected(markup, lambda mark: _stretched_mark(mark, across, down, markup))

    def make_new(self, markup: Markup, seen: Rect) -> Markup:
        """Put what the tool makes into the middle of what is ``seen``, to be moved by keys."""
        across, down = seen.width * (1 - _NEW_SHARE) / 2, seen.height * (1 - _NEW_SHARE) / 2
        rect = Rect(seen.left + across, seen.top + down, seen.right - across, seen.bottom - down)
        if self.tool is Tool.CROP:
            return replace(markup, crop=crop_of(rect, markup))
        middle = (rect.top + rect.bottom) / 2
        corners = (rect.left, rect.top), (rect.right, rect.bottom)
        line = (rect.left, middle), (rect.right, middle)
        made = markup.with_mark(self._mark(markup, line if self.tool is Tool.BRUSH else corners))
        self.selected = len(made.marks) - 1
        return made

    def remove(self, markup: Markup) -> Markup:
        """Take away what is selected."""
        if self.tool is Tool.CROP:
            return replace(markup, crop=None)
        if self.selected_mark(markup) is None or self.selected is None:
            return markup
        left = markup.without(self.selected)
        self.selected = None
        return left

    def dress_selected(self, markup: Markup) -> Markup:
        """Give the selected mark the colour and the line of now."""

        def dressed(mark: Mark) -> Mark:
            return replace(mark, colour=self.colour, width_px=markup.line_px(self.line, mark.kind))

        return markup if self.tool is Tool.CROP else self._with_selected(markup, dressed)

    def _with_selected(self, markup: Markup, change: Callable[[Mark], Mark]) -> Markup:
        mark = self.selected_mark(markup)
        if mark is None or self.selected is None:
            return markup
        return markup.with_mark_at(self.selected, change(mark))

    def _mark(self, markup: Markup, points: tuple[Point, ...]) -> Mark:
        kind = MarkKind(self.tool.value)
        return Mark(kind, self.colour, markup.line_px(self.line, kind), points)

    def _begun(self, markup: Markup, start: Point) -> _Pull:
        self._is_new = True

        def pull(at: Point, is_even: bool) -> Markup:
            to = inside(squared(start, at) if is_even else at, markup)
            if self.tool is Tool.CROP:
                return replace(markup, crop=crop_of(between(start, to), markup))
            if self.tool is Tool.BRUSH:
                return markup.with_mark(self._mark(markup, self._gone_on(start, to)))
            return markup.with_mark(self._mark(markup, (start, to)))

        return pull

    def _gone_on(self, start: Point, to: Point) -> tuple[Point, ...]:
        self._way = self._way or [start]
        if math.dist(self._way[-1], to) > _BRUSH_STEP * self._reach:
            self._way.append(to)
        return tuple(self._way)

    def _held_crop(self, markup: Markup, at: Point, reach: float | None = None) -> _Pull | None:
        crop = markup.crop
        if crop is None:
            return None
        handle = handle_at(crop.rect, at, self._reach if reach is None else reach)
        if handle is not None:
            return lambda to, _: replace(markup, crop=crop_of(dragged(crop.rect, handle, to), markup))
        return self._shifting_crop(markup, crop, at) if crop.rect.holds(at) else None

    def _shifting_crop(self, markup: Markup, crop: Crop, start: Point) -> _Pull:
        return lambda to, _: replace(
            markup, crop=moved_crop(crop, to[0] - start[0], to[1] - start[1], markup)
        )

    def _held_mark(self, markup: Markup, at: Point) -> _Pull | None:
        held = self._held_end(markup, at, self._reach)
        index = None if self.tool is Tool.BRUSH else mark_at(markup, at, self._reach)
        if held is not None or index is None:
            return held
        self.selected, mark = index, markup.marks[index]
        return lambda to, _: markup.with_mark_at(index, moved(mark, to[0] - at[0], to[1] - at[1], markup))

    def _held_end(self, markup: Markup, at: Point, reach: float) -> _Pull | None:
        """A handle of the selected mark; of none with the brush, which only paints."""
        mark, index = self.selected_mark(markup), self.selected
        if mark is None or index is None or self.tool is Tool.BRUSH or not ends_of(mark):
            return None
        if mark.kind is MarkKind.ARROW:
            near = [end for end, point in enumerate(mark.points) if math.dist(point, at) <= reach]
            return _pulling_end(markup, index, near[-1]) if near else None
        handle = handle_at(mark.frame, at, reach)
        if handle is None:
            return None
        return lambda to, _: markup.with_mark_at(
            index, fitted(mark, dragged(mark.frame, handle, inside(to, markup)))
        )


def _pulling_end(markup: Markup, index: int, end: int) -> _Pull:
    mark = markup.marks[index]

    def pull(to: Point, _is_even: bool) -> Markup:
        points = list(mark.points)
        points[end] = inside(to, markup)
        return markup.with_mark_at(index, replace(mark, points=tuple(points)))

    return pull


def _stretched(rect: Rect, across: float, down: float, markup: Markup) -> Rect:
    right = min(max(rect.left + 1, rect.right + across), markup.width_px)
    bottom = min(max(rect.top + 1, rect.bottom + down), markup.height_px)
    return Rect(rect.left, rect.top, max(right, rect.left), max(bottom, rect.top))


def _stretched_mark(mark: Mark, across: float, down: float, markup: Markup) -> Mark:
    if mark.kind is MarkKind.ARROW:
        tip = inside((mark.points[-1][0] + across, mark.points[-1][1] + down), markup)
        return replace(mark, points=(*mark.points[:-1], tip))
    return fitted(mark, _stretched(mark.frame, across, down, markup))


def _tidied(markup: Markup, reach: float) -> Markup:
    """The last mark without points that say nothing."""
    last = len(markup.marks) - 1
    mark = markup.marks[last]
    if mark.kind is MarkKind.BRUSH:
        tolerance = min(mark.width_px / 16, reach / 4)
        return markup.with_mark_at(last, replace(mark, points=thinned(mark.points, tolerance)))
    rounded = tuple((round(x, 1), round(y, 1)) for x, y in mark.points)
    return markup.with_mark_at(last, replace(mark, points=rounded))
