"""What an empty gallery says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.empty_gallery import EmptyGallery
from seedream_desktop.library.values import Query


@pytest.fixture
def empty(qtbot: QtBot) -> Iterator[EmptyGallery]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield EmptyGallery(parent)
    parent.close()


def words(empty: EmptyGallery) -> str:
    return " ".join(label.text() for label in empty.findChildren(QLabel) if not label.isHidden())


def test_an_empty_library_says_what_to_do_and_where_pictures_are_kept(
    qtbot: QtBot, empty: EmptyGallery
) -> None:
    empty.set_folder(Path("/home/her/Pictures/Seedream"))
    empty.show_for(Query(), is_unfinished=False)
    assert "Write a prompt" in words(empty)
    assert "/home/her/Pictures/Seedream" in words(empty)
    button = empty.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(empty.open_library_requested):
        button.click()


def test_in_the_demo_nothing_is_said_to_be_sent(empty: EmptyGallery) -> None:
    empty.set_folder(Path("/demo"), is_demo=True)
    empty.show_for(Query(), is_unfinished=False)
    assert "Nothing is sent." in words(empty)
    assert "service" not in words(empty)


@pytest.mark.parametrize(
    ("query", "is_unfinished", "expected"),
    [
        (Query(text="blue"), False, "Nothing found"),
        (Query(trash=True), False, "The trash is empty"),
        (Query(rated=True), False, "No picture has stars yet"),
        (Query(rated=True, hides_rejected=True), False, "Rejected pictures are hidden"),
        (Query(since_ms=1), False, "No pictures today"),
        (Query(board_id="acme"), False, "No pictures on this board"),
        (Query(), True, "Nothing is unfinished"),
    ],
)
def test_every_empty_place_says_why(
    empty: EmptyGallery, query: Query, is_unfinished: bool, expected: str
) -> None:
    empty.show_for(query, is_unfinished)
    assert expected in words(empty)
    button = empty.findChild(QPushButton)
    assert button is not None
    assert button.isHidden()
