"""The cards of jobs: everything lies inside, nothing overlaps, the buttons are always there."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from seedream_desktop.generation.request import Size
from seedream_desktop.gui.card_plan import plan_of, wrapped
from seedream_desktop.gui.cards import Act, Card, CardButton, Tone

CHECK, AGAIN = CardButton(Act.CHECK, "Check"), CardButton(Act.RETRY, "Send again · $0.04")
STOP = CardButton(Act.CANCEL, "Stop waiting")
LONG = "A poster of the valley from image 1 at dawn, in the colours of image 2, wide negative space " * 4
CARDS = (
    Card(LONG, figures="0:12 · usually 0:30", bar=0.4, buttons=(STOP,)),
    Card("28 waiting", figures="about 4 min · up to $0.98", buttons=(STOP,)),
    Card(LONG, LONG, tone=Tone.AMBER, buttons=(CHECK, AGAIN), dismiss_words="Dismiss"),
    Card("山脊海报" * 30, "连接中断" * 30, tone=Tone.RED, buttons=(AGAIN,), dismiss_words="关闭"),
)
SHAPES = (None, Size(preset="2K"), Size(width_px=2848, height_px=1600), Size(width_px=1600, height_px=2848))


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need one."""


@pytest.mark.parametrize("side", [150, 210, 400])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("card", CARDS)
def test_everything_lies_inside_its_card_and_nothing_overlaps(
    card: Card, shape: Size | None, side: int
) -> None:
    cell = QRect(30, 40, side, side)
    plan = plan_of(card, shape, cell, QFont())
    parts = [block.rect for block in plan.blocks] + [button.rect for button in plan.buttons]
    assert cell.contains(plan.frame)
    assert all(plan.frame.contains(part) for part in parts)
    assert not [pair for pair in combinations(parts, 2) if pair[0].intersects(pair[1])]


@pytest.mark.parametrize("card", CARDS)
def test_every_button_is_found_where_it_lies(card: Card) -> None:
    plan = plan_of(card, None, QRect(0, 0, 210, 210), QFont())
    assert all(plan.act_at(button.rect.center()) is button.act for button in plan.buttons)
    assert plan.act_at(plan.frame.bottomLeft()) is None


def test_a_card_has_the_shape_that_was_asked_for() -> None:
    plan = plan_of(CARDS[0], Size(width_px=2848, height_px=1600), QRect(0, 0, 400, 400), QFont())
    assert plan.frame.width() / plan.frame.height() == pytest.approx(2848 / 1600, rel=0.02)


@given(st.text(max_size=300), st.integers(60, 400), st.integers(1, 4))
def test_text_is_wrapped_within_width_and_lines(text: str, width: int, lines: int) -> None:
    shown = wrapped(text, QFont(), width, lines)
    assert len(shown) <= lines
    assert "".join(shown).replace("…", "").replace(" ", "") in text.replace("…", "").replace(
        " ", ""
    ) or "".join("".join(shown).split()).rstrip("…") in "".join(text.split())


def test_what_is_cut_short_says_so() -> None:
    shown = wrapped(LONG, QFont(), 150, 2)
    assert shown[1].endswith("…")
    assert all(QFontMetrics(QFont()).horizontalAdvance(line) <= 160 for line in shown)


def test_a_button_says_as_much_as_there_is_room_for() -> None:
    button = CardButton(Act.RETRY, "Try the missing again · up to $0.07", ("Try again · $0.07", "$0.07"))
    card = Card(LONG, LONG, tone=Tone.RED, buttons=(button,), dismiss_words="Dismiss")
    sides = (90, 190, 400)
    said = [plan_of(card, None, QRect(0, 0, side, side), QFont()).buttons[0].words for side in sides]
    assert said == [*reversed(button.shorter), button.words]
