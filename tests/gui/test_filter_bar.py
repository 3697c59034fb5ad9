"""The filter bar: a click writes what would be typed, and what is typed is ticked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.filter_bar import FilterBar
from seedream_desktop.gui.filter_choices import MENUS
from seedream_desktop.gui.search_field import SearchField
from seedream_desktop.library.filters import Held
from seedream_desktop.library.search_language import parse
from seedream_desktop.library.search_terms import TermKind

Key = Qt.Key
TITLES = {"seedream-5-0-lite": "Seedream 5.0 lite"}
HELD = {
    TermKind.TAG: (Held("hero", 3), Held("white seamless", 2), Held("R&D", 1)),
    TermKind.MODEL: (Held("seedream-5-0-lite", 9), Held("other", 1)),
    TermKind.BOARD: (Held("Acme/2026", 4), Held("Inbox", 7)),
    TermKind.DATE: (Held("2026-03", 4), Held("2026-01", 1), Held("2025-12", 2)),
}


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[FilterBar]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = SearchField()
    bar = FilterBar(field, TITLES)
    column.addWidget(field)
    column.addWidget(bar)
    window.resize(900, 300)
    window.show()
    yield bar
    window.hide()


def field_of(bar: FilterBar) -> SearchField:
    field = bar.window().findChild(SearchField)
    assert field is not None
    return field


def leaves(menu: QMenu) -> dict[str, QAction]:
    found: dict[str, QAction] = {}
    for act in menu.actions():
        inner = act.menu()
        if isinstance(inner, QMenu):
            found |= leaves(inner)
        elif not act.isSeparator():
            found[act.text().split("\t")[0]] = act
    return found


def choices(bar: FilterBar, kind: TermKind) -> dict[str, QAction]:
    return leaves(bar.menu(kind, HELD.get(kind, ())))


def ticked(bar: FilterBar, kind: TermKind) -> list[str]:
    return [words for words, act in choices(bar, kind).items() if act.isChecked()]


def button(bar: FilterBar, words: str) -> QToolButton:
    return next(one for one in bar.findChildren(QToolButton) if words in one.accessibleName())


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (TermKind.RATING, "★★★★ and more", "rating:>=4"),
        (TermKind.COLOUR, "Teal", "colour:teal"),
        (TermKind.DATE, "Last week", 'date:"last week"'),
        (TermKind.DATE, "March 2026", "date:2026-03"),
        (TermKind.DATE, "All of 2025", "date:2025"),
        (TermKind.TAG, "white seamless", 'tag:"white seamless"'),
        (TermKind.TAG, "R&&D", "tag:R&D"),
        (TermKind.MODEL, "Seedream 5.0 lite", "model:seedream-5-0-lite"),
        (TermKind.BOARD, "Acme/2026", "board:Acme/2026"),
        (TermKind.RATIO, "16:9", "ratio:16:9"),
        (TermKind.RATIO, "2K", "size:2k"),
        (TermKind.REFERENCE, "Without a reference", "ref:none"),
        (TermKind.IS, "Part of a set", "is:set"),
        (TermKind.IS, "Rejected", "is:rejected"),
    ],
)
def test_a_click_writes_what_would_be_typed_and_another_takes_it_out(
    qtbot: QtBot, bar: FilterBar, kind: TermKind, words: str, expected: str
) -> None:
    field = field_of(bar)
    field.setText("sea")
    with qtbot.waitSignal(field.search_changed) as said:
        choices(bar, kind)[words].trigger()
    assert said.args == [f"sea {expected}", ()]
    assert ticked(bar, kind) == [words]
    choices(bar, kind)[words].trigger()
    assert field.text() == "sea"
    assert ticked(bar, kind) == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("blue", TermKind.COLOUR, ["Blue"]),
        ("蓝", TermKind.COLOUR, ["Blue"]),
        ("last week", TermKind.DATE, ["Last week"]),
        ("4 stars +", TermKind.RATING, []),
        ("评分:>=4", TermKind.RATING, ["★★★★ and more"]),
        ("march 2026", TermKind.DATE, ["March 2026"]),
        ("TAG:Hero -tag:sea", TermKind.TAG, ["hero"]),
        ('model:"seedream 5.0 LITE"', TermKind.MODEL, ["Seedream 5.0 lite"]),
    ],
)
def test_what_is_typed_is_ticked_in_whatever_words(
    bar: FilterBar, text: str, kind: TermKind, expected: list[str]
) -> None:
    field_of(bar).setText(text)
    assert ticked(bar, kind) == expected


def test_one_value_takes_the_place_of_another_and_tags_and_colours_add_up(bar: FilterBar) -> None:
    field = field_of(bar)
    field.setText("blue last week")
    choices(bar, TermKind.DATE)["Today"].trigger()
    choices(bar, TermKind.COLOUR)["Red"].trigger()
    assert field.text() == "blue date:today colour:red"
    assert ticked(bar, TermKind.COLOUR) == ["Red", "Blue"]


def test_what_was_left_out_is_asked_for_instead(bar: FilterBar) -> None:
    field_of(bar).setText("-tag:hero sea")
    choices(bar, TermKind.TAG)["hero"].trigger()
    assert field_of(bar).text() == "sea tag:hero"


def test_a_word_that_means_its_letters_is_not_ticked_and_stays(bar: FilterBar) -> None:
    field_of(bar).ask_for("blue sea", ("blue",))
    assert ticked(bar, TermKind.COLOUR) == []
    choices(bar, TermKind.COLOUR)["Blue"].trigger()
    assert (field_of(bar).text(), field_of(bar).literal) == ("blue sea colour:blue", ("blue",))


def test_buttons_say_what_is_set(bar: FilterBar) -> None:
    field_of(bar).setText("blue -tag:hero")
    assert button(bar, "Colour").text() == "Blue"
    assert button(bar, "Colour").accessibleName() == "Filter: Colour: Blue"
    assert button(bar, "Tags").text() == "Tags: not hero"
    field_of(bar).clear()
    assert button(bar, "Colour").text() == "Colour"


def test_any_takes_out_every_word_of_a_menu(bar: FilterBar) -> None:
    field_of(bar).setText("portrait sea size:2k ratio:1:1 -ratio:3:4")
    choices(bar, TermKind.RATIO)["Any"].trigger()
    assert field_of(bar).text() == "portrait sea"


def test_clear_all_takes_out_the_picture_as_well(qtbot: QtBot, bar: FilterBar) -> None:
    field = field_of(bar)
    field.ask_for("blue sea", ("blue",))
    field.show_like("00ff")
    with qtbot.waitSignals([field.search_changed, field.like_removed]):
        button(bar, "Clear").click()
    assert (field.text(), field.literal, field.like) == ("", (), "")
    assert not button(bar, "Clear").isVisible()


def test_undo_takes_a_click_back(bar: FilterBar) -> None:
    field = field_of(bar)
    QTest.keyClicks(field, "sea")
    choices(bar, TermKind.TAG)["hero"].trigger()
    field.undo()
    assert field.text() == "sea"


def test_what_only_the_library_knows_is_asked_for_first(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.choices_requested) as asked:
        button(bar, "Tags").click()
    assert asked.args == [TermKind.TAG]
    assert QApplication.activePopupWidget() is None


def test_it_goes_by_keyboard_alone(qtbot: QtBot, bar: FilterBar) -> None:
    bar.activateWindow()
    first = button(bar, "Stars")
    first.setFocus()
    QTest.keyClick(first, Key.Key_Right)
    assert button(bar, "Colour").hasFocus()
    QTest.keyClick(button(bar, "Colour"), Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Space)
    assert field_of(bar).text() == "colour:red"
    assert menu.isVisible()  # several can be ticked
    QTest.keyClick(menu, Key.Key_Escape)
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(button(bar, "Colour"), Key.Key_Escape)


def test_every_button_has_a_name_and_is_reached_by_tab(bar: FilterBar) -> None:
    field_of(bar).setText("blue")
    buttons = bar.findChildren(QToolButton)
    assert len(buttons) == len(MENUS) + 1
    assert all(one.accessibleName() for one in buttons)
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in buttons)


def test_it_goes_on_in_another_row_where_it_is_narrow(qtbot: QtBot, bar: FilterBar) -> None:
    wide_px = bar.heightForWidth(900)
    assert bar.heightForWidth(360) > wide_px
    bar.window().resize(360, 300)
    qtbot.waitUntil(lambda: bar.height() > wide_px)
    assert all(one.geometry().right() <= bar.width() for one in bar.findChildren(QToolButton))


LINES = st.lists(
    st.sampled_from(["red", "sea", "-blue", "tag:hero", "last week", "rating:9", '"a b', "蓝 3月", "is:set"]),
    max_size=4,
).map(" ".join)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=LINES, kind=st.sampled_from([kinds[0] for kinds in MENUS]), place=st.integers(0, 30))
def test_chips_and_filters_never_disagree(bar: FilterBar, text: str, kind: TermKind, place: int) -> None:
    field = field_of(bar)
    field.ask_for(text, ())
    acts = [act for act in choices(bar, kind).values() if act.isCheckable()]
    act = acts[place % len(acts)]
    words, was_on = act.text().split("\t")[0], act.isChecked()
    others = [term.value for term in parse(text) if term.kind is TermKind.TEXT]
    act.trigger()
    assert (words in ticked(bar, kind)) is not was_on
    assert [term.value for term in field.terms if term.kind is TermKind.TEXT] == others


def test_what_was_written_twice_is_taken_away_at_once(bar: FilterBar) -> None:
    field = field_of(bar)
    field.ask_for("is:set is:set red", ())
    choices(bar, TermKind.IS)["Part of a set"].trigger()
    assert ticked(bar, TermKind.IS) == []
    assert field.text().strip() == "red"
