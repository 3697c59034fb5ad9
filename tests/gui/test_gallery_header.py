"""The gallery's header: the place or the selection, a search that waits for a pause, nothing ever cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.arrangement_choice import ArrangementChoice
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.folding_row import FoldingRow
from seedream_desktop.gui.gallery_header import GalleryHeader
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.order_choice import OrderChoice
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.library.values import Order, Query
from seedream_desktop.settings import TILE_PX_MAX, TILE_PX_MIN
from tests.compose_stage import part

Key = Qt.Key
IN_LIBRARY = {"Compare", "Export…", "Use as references", "Tag", "Trash"}


@pytest.fixture
def header(qtbot: QtBot) -> GalleryHeader:
    header = GalleryHeader()
    qtbot.addWidget(header)
    header.show_place("Acme rebrand", 1128)
    header.resize(1000, 44)
    header.show()
    return header


def texts(header: GalleryHeader) -> set[str]:
    labels = [one.text() for one in header.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in header.findChildren(QToolButton) if one.isVisible()]
    return {*labels, *buttons}


def act(header: GalleryHeader, text: str) -> QAction:
    return next(one for one in header.findChildren(QAction) if one.text() == text)


def test_it_names_the_place_and_counts(header: GalleryHeader) -> None:
    assert {"Acme rebrand", "1,128 pictures"} <= texts(header)


def test_a_selection_offers_its_acts(header: GalleryHeader) -> None:
    header.show_selection(3, in_trash=False)
    assert {"3 selected", *IN_LIBRARY} <= texts(header)
    assert "Acme rebrand" not in texts(header)


def test_in_the_trash_there_are_other_acts(header: GalleryHeader) -> None:
    header.show_selection(2, in_trash=True)
    assert {"Restore", "To the system's trash…"} <= texts(header)
    assert "Trash" not in texts(header)


def test_without_a_selection_the_place_is_back(header: GalleryHeader) -> None:
    header.show_selection(3, in_trash=False)
    header.show_selection(0, in_trash=False)
    assert {"Acme rebrand", "1,128 pictures"} <= texts(header)
    assert "Trash" not in texts(header)


def test_every_act_is_a_wish(qtbot: QtBot, header: GalleryHeader) -> None:
    wishes: dict[str, SignalInstance] = {
        "Use as references": header.reference_requested,
        "Trash": header.trash_requested,
    }
    for text, signal in wishes.items():
        with qtbot.waitSignal(signal):
            act(header, text).trigger()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Restore", PictureKey.RESTORE),
        ("To the system's trash…", PictureKey.PURGE),
        ("Empty trash…", PictureKey.EMPTY_TRASH),
        ("Tag", PictureKey.TAG),
    ],
)
def test_what_a_key_or_the_menu_can_do_is_the_same_wish(
    qtbot: QtBot, header: GalleryHeader, text: str, key: PictureKey
) -> None:
    with qtbot.waitSignal(header.act_requested) as wished:
        act(header, text).trigger()
    assert wished.args == [key]


def test_the_trash_says_how_long_it_keeps_pictures_and_can_be_emptied(header: GalleryHeader) -> None:
    header.show_place("Trash", 3, trash_days=30)
    QApplication.sendPostedEvents()
    assert {"Trash", "3 pictures · kept for 30 days", "Empty trash…"} <= texts(header)
    header.show_place("Trash", 3, trash_days=0)
    assert "3 pictures" in texts(header)
    header.show_place("Trash", 0, trash_days=30)
    assert "Empty trash…" not in texts(header)
    header.show_place("Inbox", 3)
    assert "Empty trash…" not in texts(header)


@pytest.mark.parametrize("width_px", range(360, 1200, 40))
@pytest.mark.parametrize("selected", [0, 3])
def test_nothing_is_cut_or_covered(header: GalleryHeader, width_px: int, selected: int) -> None:
    header.show_selection(selected, in_trash=False)
    header.resize(width_px, 44)
    QApplication.sendPostedEvents()
    parts = [one for one in header.children() if isinstance(one, QWidget) and one.isVisible()]
    places = sorted((one.geometry().left(), one.geometry().right()) for one in parts if one.isVisible())
    assert all(right < left for (_, right), (left, _) in pairwise(places))
    assert places[-1][1] < width_px


def test_acts_without_room_are_in_a_menu(header: GalleryHeader) -> None:
    header.show_selection(3, in_trash=False)
    header.resize(520, 44)
    QApplication.sendPostedEvents()
    row = part(header, FoldingRow)
    folded = {one.text() for one in row.folded}
    shown = texts(header) & IN_LIBRARY
    assert folded
    assert folded | shown == IN_LIBRARY
    assert not folded & shown


def _is_unfolded_at(header: GalleryHeader, row: FoldingRow, width_px: int) -> bool:
    header.resize(width_px, 44)
    QApplication.sendPostedEvents()
    return not row.folded


def test_the_place_and_trash_rejected_are_read_sooner_than_the_count(header: GalleryHeader) -> None:
    header.show_rejected(4)
    row = part(header, FoldingRow)
    needed_px = next(px for px in range(400, 1200, 4) if _is_unfolded_at(header, row, px))
    header.resize(needed_px, 44)
    assert "Acme rebrand" in texts(header)
    assert "1,128 pictures" not in texts(header)


def test_a_long_name_is_elided_and_told_by_the_tooltip(header: GalleryHeader) -> None:
    name = "A board with a name that nobody will ever be able to read in one line of a window"
    header.show_place(name, 3)
    header.resize(500, 44)
    QApplication.sendPostedEvents()
    title = part(header, ElidedLabel)
    assert title.text().endswith("…")
    assert title.toolTip() == name


def test_the_search_waits_for_a_pause(qtbot: QtBot, header: GalleryHeader) -> None:
    said: list[str] = []
    header.search_changed.connect(lambda text, _literal: said.append(text))
    header.focus_search()
    for letter in (Key.Key_C, Key.Key_A, Key.Key_T):
        QTest.keyClick(part(header, QLineEdit), letter)
    assert said == []
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["cat"]


def test_escape_empties_the_search_then_leaves_it(qtbot: QtBot, header: GalleryHeader) -> None:
    search = part(header, QLineEdit)
    search.setText("cat")
    with qtbot.waitSignal(header.search_changed):
        pass
    with qtbot.waitSignal(header.search_changed) as told, qtbot.assertNotEmitted(header.search_left):
        QTest.keyClick(search, Key.Key_Escape)
    assert told.args == ["", ()]
    with qtbot.waitSignal(header.search_left):
        QTest.keyClick(search, Key.Key_Escape)


def test_enter_searches_at_once_and_goes_to_the_pictures(qtbot: QtBot, header: GalleryHeader) -> None:
    search = part(header, QLineEdit)
    search.setText("dog")
    with qtbot.waitSignals([header.search_changed, header.search_left], timeout=100):
        QTest.keyClick(search, Key.Key_Return)


def test_a_search_that_is_cleared_for_another_place_says_nothing(qtbot: QtBot, header: GalleryHeader) -> None:
    part(header, QLineEdit).setText("dog")
    with qtbot.assertNotEmitted(header.search_changed, wait=200):
        header.show_query(Query())
    assert part(header, QLineEdit).text() == ""


def test_the_order_is_a_choice(qtbot: QtBot, header: GalleryHeader) -> None:
    with qtbot.waitSignal(header.order_changed) as told:
        act(header, "Oldest first").trigger()
    assert told.args == [Order.OLDEST]
    assert "Oldest" in texts(header)


def test_the_slider_sets_the_size_of_the_tiles(qtbot: QtBot, header: GalleryHeader) -> None:
    slider = part(header, QSlider)
    assert (slider.minimum(), slider.maximum()) == (TILE_PX_MIN, TILE_PX_MAX)
    with qtbot.assertNotEmitted(header.tile_px_changed):
        header.set_tile_px(300)
    with qtbot.waitSignal(header.tile_px_changed) as told:
        QTest.keyClick(slider, Key.Key_Right)
    assert told.args == [301]


def test_every_control_has_a_name(header: GalleryHeader) -> None:
    assert part(header, QLineEdit).accessibleName() == "Search"
    assert part(header, QSlider).accessibleName() == "Tile size"
    header.show_selection(3, in_trash=False)
    assert all(one.text() or one.accessibleName() for one in header.findChildren(QToolButton))


def test_a_change_of_language_keeps_what_is_shown(header: GalleryHeader) -> None:
    header.show_selection(3, in_trash=False)
    QApplication.sendEvent(header, QEvent(QEvent.Type.LanguageChange))
    assert {"3 selected", "Trash"} <= texts(header)


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_its_icons_and_words_are_of_the_theme_that_is_shown(
    qapp: QApplication, qtbot: QtBot, kind: str
) -> None:
    style, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    try:
        apply_theme(qapp, "light" if kind == "dark" else "dark")
        header = GalleryHeader()
        qtbot.addWidget(header)
        header.resize(1000, 44)
        header.show()
        colours = apply_theme(qapp, kind)
        qapp.processEvents()
        buttons = (header.filter, part(header, OrderChoice), part(header, ArrangementChoice))
        for button in buttons:
            drawn = button.icon().pixmap(20, 20).toImage()
            pixels = (drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height()))
            assert {one.name() for one in pixels if one.alpha() > 250} == {colours.dim}
        assert buttons[1].palette().buttonText().color().name() == colours.dim
    finally:
        qapp.setStyleSheet(style)
        qapp.setPalette(palette)
        qapp.setFont(font)


def test_where_it_is_narrow_a_search_has_the_room_of_how_pictures_lie(header: GalleryHeader) -> None:
    header.resize(418, 44)  # of a window of 960
    header.show_query(Query(text="blue march 4 stars"))
    header.show_place("Acme rebrand", 63, is_found=True)
    QApplication.sendPostedEvents()
    assert "63 found" in texts(header)
    assert not part(header, ArrangementChoice).isVisible()
    header.show_query(Query())
    assert part(header, ArrangementChoice).isVisible()
