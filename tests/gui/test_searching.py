"""Searching in the real window: what is typed, clicked, offered, and what is said where nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.search_field import SearchField
from seedream_desktop.imaging.fingerprint import SIZE_BYTES
from seedream_desktop.library.likeness import COLOURS
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.values import Board, Query
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

MARCH_MS = 1_773_500_000_000  # the 14th of March 2026


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    if popup := QApplication.activePopupWidget():
        popup.close()
    stage.window.hide()


def field(stage: WindowStage) -> SearchField:
    return stage.window.header.search


def shows(stage: WindowStage, count: int, text: str) -> None:
    gallery = stage.session.gallery
    stage.qtbot.waitUntil(lambda: gallery.query.text == text and gallery.picture_count == count)


def words(stage: WindowStage) -> str:
    empty = stage.window.gallery.empty
    return " ".join(label.text() for label in empty.findChildren(QLabel) if label.isVisible())


def offers(stage: WindowStage) -> dict[str, QPushButton]:
    buttons = stage.window.gallery.empty.findChildren(QPushButton)
    return {one.text(): one for one in buttons if one.isVisible()}


def a_fingerprint(colour: str) -> str:
    """That of a picture of one colour."""
    shares = bytes(100 if name == colour else 0 for name in COLOURS)
    return (bytes(SIZE_BYTES - len(COLOURS)) + shares).hex()


def board_in_view(stage: WindowStage) -> Board:
    board = stage.session.pictures.the_library().create_board("Acme")
    stage.session.pictures.tell_everything()
    stage.window.sidebar.query_requested.emit(Query(board_id=board.id))
    stage.qtbot.waitUntil(lambda: stage.session.gallery.query.board_id == board.id)
    return board


def test_that_blue_one_from_march_is_found_by_typing_so(stage: WindowStage) -> None:
    stage.add(1, prompt="a blue bird", made_ms=MARCH_MS)
    stage.add(2, prompt="a blue bird")
    stage.add(3, prompt="a green bird", made_ms=MARCH_MS)
    stage.show_library(3)
    stage.window.commands.search_requested.emit()
    QTest.keyClicks(field(stage), "blue march 2026")
    shows(stage, 1, "blue march 2026")
    assert [chip.term.kind for chip in field(stage).chips] == [TermKind.COLOUR, TermKind.DATE]
    assert stage.window.header.filter.text() == "2"
    assert field(stage).hasFocus()
    field(stage).selectAll()
    QTest.keyClicks(field(stage), "that blue one from march 2026")
    shows(stage, 1, "that blue one from march 2026")
    field(stage).ask_for("2026年3月的那张蓝色的")
    stage.qtbot.waitUntil(lambda: stage.session.gallery.picture_count == 0)  # no text says 蓝色
    stage.qtbot.waitUntil(stage.window.gallery.empty.isVisible)


def test_what_only_says_a_colour_goes_once_it_was_looked_at(stage: WindowStage) -> None:
    pictures = [stage.add(number, prompt="a blue bird") for number in (1, 2)]  # neither of them is blue
    stage.show_library(2)
    field(stage).ask_for("blue bird")
    shows(stage, 2, "blue bird")
    stage.session.likeness.note(pictures[0].sha256, a_fingerprint("red"))
    stage.session.likeness.keep_now()
    shows(stage, 1, "blue bird")


def test_completion_comes_from_the_library(stage: WindowStage) -> None:
    pictures = stage.fill(2)
    stage.session.pictures.the_library().mark([pictures[0].id], add_tags=["white seamless"])
    stage.window.commands.search_requested.emit()
    QTest.keyClicks(field(stage), "tag:sea")
    stage.qtbot.waitUntil(lambda: field(stage).panel.offers)
    QTest.keyClick(field(stage), Qt.Key.Key_Tab)
    assert field(stage).text() == 'tag:"white seamless" '
    shows(stage, 1, 'tag:"white seamless" ')


def test_the_first_key_finds_its_place_read(stage: WindowStage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.fill(1)
    asked: list[Query] = []
    monkeypatch.setattr(stage.session.pictures.the_library().lookup, "prepare", asked.append)
    stage.window.commands.search_requested.emit()
    stage.qtbot.waitUntil(lambda: asked == [stage.session.gallery.query])


def test_the_filters_open_below_the_header_with_what_the_library_has(stage: WindowStage) -> None:
    pictures = stage.fill(2)
    stage.session.pictures.the_library().mark([pictures[0].id], add_tags=["hero"])
    stage.window.header.filter.click()
    bar = stage.window.ties.searching.bar
    assert bar.isVisible()
    bar.choices_requested.emit(TermKind.TAG)
    stage.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(act for act in menu.actions() if act.text() == "hero\t1").trigger()
    shows(stage, 1, "tag:hero")
    stage.window.header.filter.click()
    assert not bar.isVisible()
    assert stage.window.header.filter.text() == "1"  # what is set still shows


def test_nothing_found_says_what_and_where_and_offers_more(stage: WindowStage) -> None:
    stage.fill(3)
    board_in_view(stage)
    field(stage).ask_for("valley")
    stage.qtbot.waitUntil(lambda: "Search in all boards · 3" in offers(stage))
    assert "Searched this board for “valley”." in words(stage)
    offers(stage)["Search in all boards · 3"].click()
    shows(stage, 3, "valley")
    assert stage.session.gallery.query.board_id == ""
    assert field(stage).text() == "valley"


def test_nothing_found_offers_to_leave_a_word_out(stage: WindowStage) -> None:
    stage.fill(2)
    field(stage).ask_for("valley zebra dawn")
    stage.qtbot.waitUntil(lambda: "Without “zebra” · 2" in offers(stage))
    offers(stage)["Without “zebra” · 2"].click()
    shows(stage, 2, "valley dawn")


def test_a_search_by_colour_says_at_how_many_pictures_nobody_looked(stage: WindowStage) -> None:
    pictures = stage.fill(3)
    header, likeness = stage.window.header, stage.session.pictures.the_library().likeness
    likeness.keep({pictures[0].sha256: stage.session.worker.fingerprint(pictures[0].path)})
    field(stage).ask_for("colour:pink")
    shows(stage, 0, "colour:pink")
    stage.qtbot.waitUntil(lambda: "Not looked at yet: " in words(stage))
    assert header._count.text().startswith("0 found\n")
    for one in pictures[1:]:
        stage.session.likeness.note(one.sha256, likeness.fingerprint(pictures[0].sha256))
    stage.session.likeness.keep_now()
    stage.qtbot.waitUntil(lambda: "Not looked at yet" not in words(stage))
    assert header._count.text() == "0 found"
    field(stage).ask_for("valley")
    shows(stage, 3, "valley")
    assert header._count.text() == "3 found"


def test_nothing_found_can_be_cleared(stage: WindowStage) -> None:
    stage.fill(1)
    field(stage).ask_for("zebra")
    stage.qtbot.waitUntil(lambda: "Clear the search" in offers(stage))
    offers(stage)["Clear the search"].click()
    shows(stage, 1, "")


def test_an_empty_board_speaks_of_the_board_once_the_search_is_cleared(stage: WindowStage) -> None:
    stage.fill(1)
    board_in_view(stage)
    field(stage).ask_for("zebra")
    stage.qtbot.waitUntil(lambda: "Nothing found" in words(stage))
    field(stage).clear_all()
    stage.qtbot.waitUntil(lambda: "No pictures on this board" in words(stage))
    assert "Nothing found" not in words(stage)


def test_the_trash_says_that_it_was_searched(stage: WindowStage) -> None:
    stage.fill(1)
    stage.window.sidebar.query_requested.emit(Query(trash=True))
    field(stage).ask_for("valley")
    stage.qtbot.waitUntil(lambda: "Searched the trash for “valley”." in words(stage))
    stage.qtbot.waitUntil(lambda: "Search in all pictures · 1" in offers(stage))


def test_rejected_pictures_are_found_although_they_are_hidden(stage: WindowStage) -> None:
    pictures = stage.fill(2)
    stage.session.pictures.the_library().mark([pictures[0].id], rejected=True)
    stage.window.ties.browsing.set_hides_rejected(True)
    field(stage).ask_for("is:rejected")
    shows(stage, 1, "is:rejected")
    field(stage).ask_for("valley")
    shows(stage, 1, "valley")
    assert stage.session.gallery.query.hides_rejected


def test_a_picture_on_its_chip_is_taken_out_of_the_search(stage: WindowStage) -> None:
    pictures = stage.fill(2)
    browsing = stage.window.ties.browsing
    stage.session.likeness.of_picture(pictures[0], browsing.search_alike)
    stage.qtbot.waitUntil(lambda: bool(field(stage).like))
    assert stage.session.gallery.query.like == field(stage).like
    field(stage).remove_like()
    stage.qtbot.waitUntil(lambda: stage.session.gallery.query.like == "")
    assert stage.window.header.filter.text() == ""


@pytest.mark.parametrize("is_whole", [True, False], ids=["bytes", "file"])
def test_what_is_dropped_is_seen_on_its_chip(stage: WindowStage, is_whole: bool) -> None:
    path = stage.add(1).path
    found: list[QImage] = []
    stage.session.searching.preview(path.read_bytes() if is_whole else path, found.append)
    stage.qtbot.waitUntil(lambda: bool(found))
    assert not found[0].isNull()
