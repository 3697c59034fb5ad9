"""What is wished for in the window reaches the library, and is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.values import Board, Picture, Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session

SETTINGS = Settings(machine_id="0" * 32)


@pytest.fixture
def window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(session, SETTINGS)
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    yield window
    window.hide()


@pytest.fixture
def picture(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> Picture:
    """One in the inbox."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(tmp_path / "fox.png"))
    inbox = session.pictures.the_library().inbox.id
    session.importing.begin((tmp_path / "fox.png",), inbox)
    qtbot.waitUntil(lambda: bool(pictures_of(session)))
    return pictures_of(session)[0]


@pytest.fixture
def acme(window: MainWindow, session: Session) -> Board:
    return session.pictures.the_library().create_board("Acme")


def pictures_of(session: Session) -> tuple[Picture, ...]:
    library = session.pictures.the_library()
    return library.pictures(library.ids(Query()))


def board_of(session: Session) -> str:
    """The board of the only picture; nothing while it is on its way."""
    return next((picture.board_id for picture in pictures_of(session)), "")


def undo_button(window: MainWindow) -> QPushButton:
    return notice_button(window, "Undo")


def notice_button(window: MainWindow, words: str) -> QPushButton:
    return next(button for button in window.notices.findChildren(QPushButton) if button.text() == words)


def test_what_is_pasted_beside_the_prompt_becomes_a_reference(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QApplication.clipboard().setImage(image)
    window.right.toggle()
    window.gallery.setFocus()
    QTest.keySequence(window, QKeySequence("Ctrl+V"))
    qtbot.waitUntil(lambda: bool(session.draft.recipe.references))
    assert window.compose.isVisible()
    QApplication.clipboard().clear()


def test_pictures_dropped_on_a_board_move_there_which_can_be_taken_back(
    window: MainWindow, session: Session, picture: Picture, acme: Board, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.pictures.acts.done):
        window.sidebar.pictures_dropped.emit((picture.id,), acme.id)
    assert board_of(session) == acme.id
    assert "1 picture moved." in [label.text() for label in window.notices.findChildren(QLabel)]
    undo_button(window).click()
    qtbot.waitUntil(lambda: board_of(session) == picture.board_id)


def test_pictures_dropped_where_they_are_say_nothing(
    window: MainWindow, session: Session, picture: Picture, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.pictures.spent_known):
        window.sidebar.pictures_dropped.emit((picture.id,), picture.board_id)
        session.pictures.ask_what_was_spent(picture.board_id, "2026-11")  # answered after the drop
    assert not window.notices.isVisible()


def test_a_notice_does_not_offer_what_was_undone_by_key(
    window: MainWindow, session: Session, picture: Picture, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.pictures.acts.done):
        window.gallery.trash_requested.emit((picture.id,))
    assert window.notices.isVisible()
    session.undo.undo()
    assert not window.notices.isVisible()


def test_requests_are_not_counted_as_pictures(window: MainWindow, picture: Picture, qtbot: QtBot) -> None:
    window.resize(1440, 800)
    qtbot.waitUntil(lambda: header_of(window) == "All pictures 1 picture")
    window.sidebar.unfinished_requested.emit()
    assert header_of(window) == "Unfinished"


def test_a_library_that_is_away_offers_to_open_another(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.pictures.failed.emit(Problem(ProblemKind.LIBRARY_AWAY, subject="/drive"))
    window.ties.browsing.library_requested.disconnect()  # the system's dialog
    with qtbot.waitSignal(window.ties.browsing.library_requested):
        notice_button(window, "Open a library…").click()


def header_of(window: MainWindow) -> str:
    labels = (label for label in window.header.findChildren(QLabel) if label.isVisible())
    return " ".join(label.text() for label in labels if label.text())


def test_without_a_library_nothing_is_sent_and_it_is_said(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, SETTINGS)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    session.draft.set_prompt("a cat")
    window.making.generate()
    assert notice_button(window, "Open a library…").isVisible()
    assert session.queue.jobs == ()


def test_heading_count_and_rows_change_together(
    window: MainWindow, session: Session, picture: Picture, acme: Board, qtbot: QtBot
) -> None:
    window.resize(1440, 800)
    qtbot.waitUntil(lambda: header_of(window) == "All pictures 1 picture")
    with qtbot.waitSignal(session.pictures.library_changed):
        session.pictures.tell()  # of the board
    steps: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: window.ties.browsing.search("nothing like that", ()), "All pictures 0 found"),
        (lambda: window.sidebar.query_requested.emit(Query(board_id=acme.id)), "Acme 0 pictures"),
    )
    for go, heading in steps:
        before = header_of(window)
        with qtbot.waitSignal(session.gallery.query_shown):
            go()
            assert header_of(window) == before
        assert header_of(window) == heading
