"""The request can be read and copied before it is sent, and looking sends nothing."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.request_view import RequestView
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from tests.compose_stage import part, references


@pytest.fixture
def window(session: Session, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    session.queue.pause()
    session.open(tmp_path / "library")
    qtbot.waitUntil(lambda: session.target_board() is not None)
    return window


def looked(window: MainWindow, qtbot: QtBot) -> RequestView:
    window.generate_bar.look.click()
    view = part(window, RequestView)
    qtbot.waitUntil(lambda: view.text.toPlainText() != "")
    return view


def test_the_request_is_shown_as_the_draft_stands(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.draft.set_prompt("a {red|blue} cat")
    view = looked(window, qtbot)
    text = view.text.toPlainText()
    assert text.startswith("POST ")
    assert '"prompt": "a red cat"' in text
    assert "$COMETAPI_KEY" in text
    assert "The first of 2 requests" in " ".join(one.text() for one in view.findChildren(QLabel))
    assert view.text.isReadOnly()
    view.close()
    session.draft.set_prompt("a dog")
    assert '"prompt": "a dog"' in looked(window, qtbot).text.toPlainText()
    assert not session.queue.jobs


def test_it_is_copied_as_a_command_or_as_text(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.draft.set_prompt("a cat")
    view = looked(window, qtbot)
    buttons = {one.accessibleName(): one for one in view.findChildren(QPushButton)}
    buttons["Copy the text"].click()
    assert QGuiApplication.clipboard().text() == view.text.toPlainText()
    with qtbot.waitSignal(session.terminal.command_copied):
        buttons["Copy as curl"].click()
    assert QGuiApplication.clipboard().text().startswith("curl ")
    assert "$COMETAPI_KEY" in QGuiApplication.clipboard().text()


def test_a_client_safe_board_gives_neither_text_nor_command(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    library = session.pictures.the_library()
    library.set_up_board(library.inbox.id, {"client_safe": True})
    with qtbot.waitSignal(session.pictures.library_changed):
        session.pictures.tell_everything()
    session.draft.set_prompt("a secret cat")
    view = looked(window, qtbot)
    QGuiApplication.clipboard().setText("what was there")
    for name in ("Copy the text", "Copy as curl"):
        button = next(one for one in view.findChildren(QPushButton) if one.accessibleName() == name)
        with qtbot.waitSignal(session.terminal.failed):
            button.click()
    assert QGuiApplication.clipboard().text() == "what was there"


def test_a_request_that_cannot_be_made_says_why(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.draft.set_prompt("a cat like image 1")
    session.draft.add_references(references(1))  # its file was never there
    assert "is no longer" in looked(window, qtbot).text.toPlainText()
