"""Where chips are: in a line that is written from the right, too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.search_chips import CROSS_ROOM_PX, chips_of, formats, laid_out, place_of
from seedream_desktop.gui.theme import DARK
from seedream_desktop.library.search_language import parse

HEBREW, ARABIC = "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"


def places(text: str) -> list[QRectF]:
    chips = chips_of(text, parse(text))
    layout = laid_out(text, QFont(), formats(chips, (), DARK))
    return [place_of(chip, layout, 0.0, 28) for chip in chips]


@pytest.mark.parametrize(
    "text",
    [
        "blue march red",
        f"{HEBREW} blue march red",
        f"{ARABIC} blue {ARABIC} march {HEBREW} red",
        f"blue tag:{HEBREW} red",
        f'tag:"{HEBREW} {HEBREW}" blue red',
        f"{HEBREW} tag:{ARABIC} blue 蓝",
    ],
)
def test_no_chip_lies_on_another_or_is_turned_inside_out(qtbot: QtBot, text: str) -> None:
    found = sorted(places(text), key=lambda place: place.left())
    assert len(found) == 3
    assert all(place.width() > CROSS_ROOM_PX for place in found)
    assert all(one.right() <= other.left() + 3 for one, other in pairwise(found))


def test_a_word_needs_as_much_room_whatever_stands_beside_it(qtbot: QtBot) -> None:
    alone, beside = places("blue"), places(f"{HEBREW} blue {ARABIC}")
    assert [round(place.width()) for place in alone] == [round(place.width()) for place in beside]
