"""Whatever is dragged where: crops stay in the picture, marks keep their middle in it, handles follow."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.imaging.markup import POINTS_MOST, Crop, Mark, MarkColour, MarkKind, Markup, Rect
from seedream_desktop.state.markup_edits import (
    Handle,
    between,
    crop_of,
    dragged,
    fitted,
    handle_at,
    inside,
    mark_at,
    moved,
    moved_crop,
    place_of,
    squared,
    thinned,
)

SIZES = st.integers(1, 5000)
PLACES = st.floats(-9000, 9000, allow_nan=False)
POINTS = st.tuples(PLACES, PLACES)
PICTURES = st.builds(Markup, SIZES, SIZES)
RECTS = st.builds(between, POINTS, POINTS)
MARKS = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    colour=st.just(MarkColour.RED),
    width_px=st.floats(2, 40),
    points=st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=2, max_size=2).map(tuple),
)


def is_in(crop: Crop, markup: Markup) -> bool:
    ends = crop.left + crop.width_px <= markup.width_px, crop.top + crop.height_px <= markup.height_px
    return min(crop.left, crop.top) >= 0 and min(crop.width_px, crop.height_px) >= 1 and all(ends)


@given(RECTS, PICTURES)
def test_a_crop_lies_in_the_picture_and_holds_a_pixel(rect: Rect, markup: Markup) -> None:
    assert is_in(crop_of(rect, markup), markup)


@given(RECTS, PICTURES, PLACES, PLACES)
def test_a_crop_that_is_moved_keeps_its_size(rect: Rect, markup: Markup, across: float, down: float) -> None:
    crop = crop_of(rect, markup)
    there = moved_crop(crop, across, down, markup)
    assert is_in(there, markup)
    assert (there.width_px, there.height_px) == (crop.width_px, crop.height_px)


@given(PICTURES)
def test_a_crop_of_everything_is_the_picture(markup: Markup) -> None:
    assert crop_of(markup.whole, markup) == markup.area


@given(RECTS, st.sampled_from(Handle), POINTS)
def test_a_handle_goes_where_it_is_dragged_and_the_other_side_stays(
    rect: Rect, handle: Handle, to: tuple[float, float]
) -> None:
    got = dragged(rect, handle, to)
    assert got.left <= got.right
    assert got.top <= got.bottom
    across, down = handle.value
    if across:
        assert {got.left, got.right} == {to[0], rect.right if across < 0 else rect.left}
    else:
        assert (got.left, got.right) == (rect.left, rect.right)
    if not down:
        assert (got.top, got.bottom) == (rect.top, rect.bottom)


@given(RECTS, st.sampled_from(Handle))
def test_every_handle_is_found_where_it_lies(rect: Rect, handle: Handle) -> None:
    at = place_of(handle, rect)
    found = handle_at(rect, at, 1.0)
    assert found is not None
    assert math.dist(place_of(found, rect), at) <= 1.0


def test_a_corner_goes_before_a_side_where_a_box_is_small() -> None:
    assert handle_at(Rect(0, 0, 4, 4), (2.0, 0.0), 8) in {Handle.TOP_LEFT, Handle.TOP_RIGHT}
    assert handle_at(Rect(0, 0, 400, 400), (200.0, 3.0), 8) is Handle.TOP
    assert handle_at(Rect(0, 0, 400, 400), (200.0, 200.0), 8) is None


@given(MARKS, PLACES, PLACES)
def test_a_mark_that_is_moved_keeps_its_shape_and_its_middle_in_the_picture(
    mark: Mark, across: float, down: float
) -> None:
    markup = Markup(1000, 1000)
    frame, was = moved(mark, across, down, markup).frame, mark.frame
    assert frame.width == pytest.approx(was.width)
    assert frame.height == pytest.approx(was.height)
    middle = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    assert markup.whole.grown(1e-6).holds(middle)


@example(Mark(MarkKind.BRUSH, MarkColour.RED, 4.0, ((0.0, 0.0), (1e-310, 5e-324))), Rect(0.0, 0.0, 9e3, 9e3))
@given(MARKS, RECTS)
def test_a_mark_that_is_fitted_fills_the_rectangle(mark: Mark, rect: Rect) -> None:
    frame = fitted(mark, rect).frame
    assert rect.grown(1e-6).holds((frame.left, frame.top))
    assert rect.grown(1e-6).holds((frame.right, frame.bottom))
    if mark.kind is MarkKind.BOX:
        assert frame == rect


@given(POINTS, POINTS)
def test_a_square_has_even_sides_and_holds_the_pointer(
    start: tuple[float, float], to: tuple[float, float]
) -> None:
    rect = between(start, squared(start, to))
    assert rect.width == pytest.approx(rect.height, abs=1e-6)
    assert rect.grown(1e-6).holds(to)


@given(POINTS, PICTURES)
def test_the_nearest_point_of_the_picture_is_in_it(point: tuple[float, float], markup: Markup) -> None:
    assert markup.whole.holds(inside(point, markup))


@given(st.lists(st.tuples(st.floats(0, 3000), st.floats(0, 3000)), min_size=1, max_size=900), st.floats(0, 9))
def test_a_thinned_way_begins_and_ends_where_it_did(points: list[tuple[float, float]], by: float) -> None:
    way = thinned(tuple(points), by)
    assert 1 <= len(way) <= POINTS_MOST
    assert math.dist(way[0], points[0]) < 0.1
    assert math.dist(way[-1], points[-1]) < 0.1


def test_a_straight_way_needs_two_points_and_a_corner_stays() -> None:
    across = tuple((float(x), 10.0) for x in range(200))
    down = tuple((199.0, float(y)) for y in range(10, 200))
    assert thinned(across, 0.5) == ((0.0, 10.0), (199.0, 10.0))
    assert thinned(across + down, 0.5) == ((0.0, 10.0), (199.0, 10.0), (199.0, 199.0))


def test_the_topmost_mark_is_found_by_its_line_and_not_by_its_middle() -> None:
    box = Mark(MarkKind.BOX, MarkColour.RED, 4.0, ((100.0, 100.0), (300.0, 300.0)))
    arrow = Mark(MarkKind.ARROW, MarkColour.BLUE, 4.0, ((100.0, 50.0), (100.0, 400.0)))
    markup = Markup(500, 500, None, (box, arrow))
    assert mark_at(markup, (100.0, 200.0), 5) == 1
    assert mark_at(markup, (303.0, 200.0), 5) == 0
    assert mark_at(markup, (200.0, 200.0), 5) is None
