"""The hand draws, takes hold of what is there, and does by key what it does with the mouse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.imaging.markup import Crop, MarkColour, MarkKind, Markup, Point, Rect, is_sound
from seedream_desktop.state.markup_hand import MarkupHand, Tool

PICTURE = Markup(1000, 800)
REACH = 8.0


def stroke(hand: MarkupHand, markup: Markup, *way: Point, is_even: bool = False) -> Markup:
    hand.press(markup, way[0], REACH)
    for point in way[1:]:
        hand.drag(point, is_even=is_even)
    return hand.release(markup)


@pytest.fixture
def hand() -> MarkupHand:
    return MarkupHand()


@pytest.mark.parametrize(
    ("tool", "kind"),
    [(Tool.BOX, MarkKind.BOX), (Tool.ARROW, MarkKind.ARROW), (Tool.BRUSH, MarkKind.BRUSH)],
)
def test_a_drag_makes_a_mark_in_the_colour_of_now(hand: MarkupHand, tool: Tool, kind: MarkKind) -> None:
    hand.tool, hand.colour = tool, MarkColour.GREEN
    (mark,) = stroke(hand, PICTURE, (100, 100), (200, 150), (300, 200)).marks
    assert (mark.kind, mark.colour) == (kind, MarkColour.GREEN)
    assert mark.frame == Rect(100, 100, 300, 200)
    assert mark.width_px == (12 if tool is Tool.BRUSH else 6)


def test_a_click_draws_nothing_and_lets_go_of_what_is_selected(hand: MarkupHand) -> None:
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    assert hand.selected == 0
    assert stroke(hand, markup, (600, 600), (601, 601)) == markup
    assert hand.selected is None


def test_a_click_with_the_brush_is_a_dot(hand: MarkupHand) -> None:
    hand.tool = Tool.BRUSH
    assert stroke(hand, PICTURE, (100, 100)).marks[0].points == ((100, 100),)


def test_with_shift_a_box_is_square(hand: MarkupHand) -> None:
    (mark,) = stroke(hand, PICTURE, (100, 100), (300, 150), is_even=True).marks
    assert mark.frame == Rect(100, 100, 300, 300)


def test_a_line_is_taken_hold_of_and_moved(hand: MarkupHand) -> None:
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    hand.selected = None
    assert hand.point_at(markup, (150, 100), REACH)
    (mark,) = stroke(hand, markup, (150, 100), (170, 130)).marks
    assert mark.frame == Rect(120, 130, 320, 230)
    assert hand.selected == 0


def test_a_handle_of_a_selected_box_resizes_it(hand: MarkupHand) -> None:
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    (mark,) = stroke(hand, markup, (300, 200), (400, 350)).marks
    assert mark.frame == Rect(100, 100, 400, 350)


def test_the_tip_of_a_selected_arrow_is_moved_alone(hand: MarkupHand) -> None:
    hand.tool = Tool.ARROW
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    (mark,) = stroke(hand, markup, (300, 200), (500, 50)).marks
    assert mark.points == ((100, 100), (500, 50))


def test_the_brush_paints_over_lines_and_takes_hold_of_none(hand: MarkupHand) -> None:
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    hand.tool = Tool.BRUSH
    assert not hand.point_at(markup, (150, 100), REACH)
    assert len(stroke(hand, markup, (150, 100), (250, 100)).marks) == 2


def test_a_crop_is_drawn_resized_and_moved(hand: MarkupHand) -> None:
    hand.tool = Tool.CROP
    cropped = stroke(hand, PICTURE, (100, 100), (500, 400))
    assert cropped.crop == Crop(100, 100, 400, 300)
    resized = stroke(hand, cropped, (500, 250), (600, 250))
    assert resized.crop == Crop(100, 100, 500, 300)
    shifted = stroke(hand, resized, (300, 250), (900, 260))
    assert shifted.crop == Crop(500, 110, 500, 300)


def test_what_is_under_way_is_seen_and_can_be_let_go_of(hand: MarkupHand) -> None:
    hand.press(PICTURE, (100, 100), REACH)
    hand.drag((300, 300))
    assert hand.is_drawing
    assert len(hand.shown(PICTURE).marks) == 1
    hand.cancel()
    assert hand.shown(PICTURE) == PICTURE
    assert hand.release(PICTURE) == PICTURE


def test_by_key_a_mark_is_made_moved_resized_and_removed(hand: MarkupHand) -> None:
    made = hand.make_new(PICTURE, Rect(0, 0, 400, 400))
    assert made.marks[0].frame == Rect(100, 100, 300, 300)
    there = hand.nudge(made, 10, -20)
    assert there.marks[0].frame == Rect(110, 80, 310, 280)
    larger = hand.stretch(there, 5, 6)
    assert larger.marks[0].frame == Rect(110, 80, 315, 286)
    assert hand.remove(larger) == PICTURE


def test_by_key_a_crop_is_made_moved_resized_and_removed(hand: MarkupHand) -> None:
    hand.tool = Tool.CROP
    assert hand.nudge(PICTURE, 1, 1) == hand.stretch(PICTURE, 1, 1) == PICTURE
    made = hand.make_new(PICTURE, PICTURE.whole)
    assert made.crop == Crop(250, 200, 500, 400)
    assert hand.nudge(made, 10, 900).crop == Crop(260, 400, 500, 400)
    assert hand.stretch(made, -20, 900).crop == Crop(250, 200, 480, 600)
    assert hand.remove(made) == PICTURE


def test_keys_go_through_the_marks_both_ways(hand: MarkupHand) -> None:
    markup = PICTURE
    for left in (100, 300, 500):
        markup = stroke(hand, markup, (left, 100), (left + 50, 150))
    hand.selected = None
    seen: list[int | None] = []
    for by in (1, 1, 1, 1, -1, -1):
        hand.select_next(markup, by)
        seen.append(hand.selected)
    assert seen == [0, 1, 2, 0, 2, 1]


def test_a_selected_mark_takes_the_colour_that_is_chosen(hand: MarkupHand) -> None:
    markup = stroke(hand, PICTURE, (100, 100), (300, 200))
    hand.colour = MarkColour.YELLOW
    assert hand.dress_selected(markup).marks[0].colour is MarkColour.YELLOW
    hand.selected = None
    assert hand.dress_selected(markup) == markup


ANYWHERE = st.tuples(st.floats(-500, 1500), st.floats(-500, 1500))
ACTS = st.lists(
    st.one_of(
        st.sampled_from(Tool),
        st.lists(ANYWHERE, min_size=1, max_size=6),
        st.tuples(st.sampled_from(["nudge", "stretch"]), st.floats(-2000, 2000), st.floats(-2000, 2000)),
        st.sampled_from(["new", "remove", "next", "cancel"]),
    ),
    max_size=12,
)


@given(ACTS)
def test_whatever_is_done_what_comes_of_it_can_be_drawn(acts: list[object]) -> None:
    hand, markup = MarkupHand(), PICTURE
    for act in acts:
        if isinstance(act, Tool):
            hand.tool = act
        elif isinstance(act, list):
            markup = stroke(hand, markup, *act)
        elif isinstance(act, tuple):
            markup = getattr(hand, act[0])(markup, act[1], act[2])
        elif act == "new":
            markup = hand.make_new(markup, Rect(10, 10, 400, 300))
        elif act == "remove":
            markup = hand.remove(markup)
        elif act == "next":
            hand.select_next(markup, 1)
        else:
            hand.cancel()
        assert is_sound(markup)
