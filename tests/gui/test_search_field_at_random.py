"""The search field under keys, clicks, an input method and undo at random: text, chips and search agree."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.filter_bar import FilterBar
from seedream_desktop.gui.search_chips import cross_of
from seedream_desktop.gui.search_field import SearchField
from seedream_desktop.library.search_language import parse
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.suggestions import Suggestion

WORDS = (
    *(
        "blue",
        "march ",
        "last week",
        "4 stars",
        "tag:hero",
        'tag:"',
        "rating:>=",
        "date:never ",
        "-",
        '"open',
    ),
    *(
        "蓝",
        "3月 ",
        "上周的",
        "that one ",
        "#142",
        "-red ",
        "BLUE",
        "“",
        "ref:",
        "  ",
        "\t",
        "\u200b",
        "İ",
        "ß",
    ),
    *("\u05e9\u05dc\u05d5\u05dd ", "tag:\u0645\u0631\u062d\u0628\u0627", "\u202e", "😀", "e\u0301", "ﬁ"),
)
KEYS = (
    *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)),
    *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home)),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
)
Act = Callable[[random.Random], None]


class Hands:
    """What somebody does to a field."""

    def __init__(self, field: SearchField, bar: FilterBar) -> None:
        self.field, self.bar = field, bar
        self.said = ("", ())
        field.search_changed.connect(lambda *said: setattr(self, "said", said))

    def do(self, chance: random.Random) -> None:
        """One thing; while a word is composed the keys are the input method's."""
        acts: list[Act] = [self.compose, self.click_cross]
        if not self.field._is_composing:
            acts += [self.write, self.write, self.press, self.press, self.press, self.tick, self.complete]
        chance.choice(acts)(chance)

    def write(self, chance: random.Random) -> None:
        self.field.insert(chance.choice(WORDS))

    def press(self, chance: random.Random) -> None:
        QTest.keyClick(self.field, *chance.choice(KEYS))

    def click_cross(self, chance: random.Random) -> None:
        if self.field.chips:
            place = chance.choice(self.field._places())
            QTest.mouseClick(self.field, Qt.MouseButton.LeftButton, pos=cross_of(place).center().toPoint())

    def compose(self, chance: random.Random) -> None:
        event = QInputMethodEvent(chance.choice(("lan", "")), [])
        event.setCommitString(chance.choice(("", "蓝色", "上周", "的")))
        QApplication.sendEvent(self.field, event)

    def tick(self, chance: random.Random) -> None:
        menu = self.bar.menu(chance.choice((TermKind.RATING, TermKind.COLOUR, TermKind.RATIO, TermKind.IS)))
        chance.choice([act for act in menu.actions() if not act.isSeparator()]).trigger()
        menu.deleteLater()

    def complete(self, chance: random.Random) -> None:
        end = min(3, len(self.field.text()))
        one = Suggestion(0, end, 'tag:"two words"', TermKind.TAG, "two words", 3)
        self.field.show_suggestions(self.field.text(), [one])
        QTest.keyClick(self.field, chance.choice((Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up)))


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    window = QWidget()
    qtbot.addWidget(window)
    field, column = SearchField(), QVBoxLayout(window)
    bar = FilterBar(field, {})
    column.addWidget(field)
    column.addWidget(bar)
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield Hands(field, bar)
    window.hide()


@pytest.mark.parametrize("seed", range(12))
def test_text_chips_and_search_agree_whatever_is_done(hands: Hands, seed: int) -> None:
    field, chance = hands.field, random.Random(seed)
    for _ in range(40):
        hands.do(chance)
        if not field._is_composing:
            text = field.text()
            assert field.terms == (parse(text, field.literal) if text.strip() else ())
            assert all(0 <= chip.start < chip.end for chip in field.chips)
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    field._say()
    assert hands.said == (field.text(), field.literal)
    before = None
    for _ in range(400):  # undo comes to an end
        if before == (before := (field.text(), field.literal)):
            return
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pytest.fail("undo goes on for ever")
