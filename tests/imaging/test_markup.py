"""Marks are shapes around their points; what somebody else wrote is looked at before it is drawn."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.imaging.markup import (
    MARKS_MOST,
    POINTS_MOST,
    Area,
    Crop,
    Line,
    Mark,
    MarkColour,
    MarkKind,
    Markup,
    Trail,
    is_sound,
    shapes_of,
)

SIDES = st.floats(0, 4000)
POINTS = st.tuples(SIDES, SIDES)
MARKS = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    colour=st.sampled_from(MarkColour),
    width_px=st.floats(2, 60),
    points=st.lists(POINTS, min_size=2, max_size=2).map(tuple),
)
RED_BOX = Mark(MarkKind.BOX, MarkColour.RED, 8.0, ((100.0, 100.0), (300.0, 200.0)))


@given(MARKS)
def test_what_is_drawn_lies_around_the_points(mark: Mark) -> None:
    reach = 2.6 * mark.width_px
    room = mark.frame.grown(reach)
    assert all(room.holds(point) for shape in shapes_of(mark) for point in shape.points)


@given(MARKS)
def test_a_markup_is_the_same_after_it_was_written(mark: Mark) -> None:
    markup = Markup(4000, 4000, Crop(1, 2, 300, 400), (mark,))
    assert decode(Markup, json.loads(json.dumps(encode(markup)))) == markup


def test_a_box_is_four_sides_that_leave_its_middle_free() -> None:
    sides = shapes_of(RED_BOX)
    assert len(sides) == 4
    assert all(isinstance(side, Area) for side in sides)
    assert {x for side in sides for x, _ in side.points} == {96, 104, 296, 304}


def test_a_box_smaller_than_its_line_is_filled() -> None:
    tiny = replace(RED_BOX, points=((100.0, 100.0), (103.0, 160.0)))
    assert shapes_of(tiny) == (Area(((96.0, 96.0), (107.0, 96.0), (107.0, 164.0), (96.0, 164.0))),)


def test_the_tip_of_an_arrow_is_where_it_points() -> None:
    arrow = Mark(MarkKind.ARROW, MarkColour.BLUE, 10.0, ((0.0, 0.0), (300.0, 400.0)))
    shaft, head = shapes_of(arrow)
    assert isinstance(shaft, Trail)
    assert head.points[0] == (300, 400)
    assert math.dist(shaft.points[1], (300, 400)) == pytest.approx(45)


def test_an_arrow_without_length_is_a_dot() -> None:
    arrow = Mark(MarkKind.ARROW, MarkColour.BLUE, 10.0, ((5.0, 5.0), (5.0, 5.0)))
    assert shapes_of(arrow) == (Trail(((5.0, 5.0),), 10.0),)


def test_lines_grow_with_the_picture_and_shrink_with_a_crop() -> None:
    whole = Markup(4000, 3000)
    assert whole.line_px(Line.MEDIUM, MarkKind.BOX) == 24
    assert whole.line_px(Line.MEDIUM, MarkKind.BRUSH) == 48
    assert replace(whole, crop=Crop(0, 0, 1000, 500)).line_px(Line.MEDIUM, MarkKind.BOX) == 6
    assert Markup(20, 20).line_px(Line.THIN, MarkKind.ARROW) == 2


def test_no_more_marks_than_a_picture_takes() -> None:
    markup = Markup(400, 300)
    for _ in range(MARKS_MOST + 5):
        markup = markup.with_mark(RED_BOX)
    assert len(markup.marks) == MARKS_MOST
    assert is_sound(markup)


@pytest.mark.parametrize(
    "markup",
    [
        Markup(0, 10),
        Markup(10, 1 << 21),
        Markup(10, 10, Crop(0, 0, 0, 5)),
        Markup(10, 10, Crop(-1, 0, 5, 5)),
        Markup(10, 10, Crop(6, 0, 5, 5)),
        Markup(10, 10, None, (replace(RED_BOX, width_px=0.0),)),
        Markup(10, 10, None, (replace(RED_BOX, width_px=math.inf),)),
        Markup(10, 10, None, (replace(RED_BOX, points=((math.nan, 0.0), (1.0, 1.0))),)),
        Markup(10, 10, None, (replace(RED_BOX, points=((1.0, 1.0),)),)),
        Markup(10, 10, None, (replace(RED_BOX, points=((1.0, 1.0),) * (POINTS_MOST + 1)),)),
        Markup(10, 10, None, (RED_BOX,) * (MARKS_MOST + 1)),
    ],
)
def test_what_cannot_be_drawn_is_not_sound(markup: Markup) -> None:
    assert not is_sound(markup)
