"""In the whole window: boards are made inside each other, set up, moved, trashed and brought back."""

from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed
from seedream_desktop.gui.board_drag import Spot
from seedream_desktop.gui.board_settings import BoardSettings
from seedream_desktop.gui.cost_dialog import CostDialog
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.board_file import budget_value
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Board, Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session

Part = TypeVar("Part", bound=QWidget)
SETTINGS = Settings(machine_id="0" * 32, folded_boards=("nobody",))


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
def library(window: MainWindow, session: Session) -> Library:
    return session.pictures.the_library()


@pytest.fixture
def acme(window: MainWindow, session: Session, qtbot: QtBot) -> Board:
    """A board, as it is made from the sidebar."""
    with qtbot.waitSignal(session.board_acts.created) as created:
        window.sidebar.board_created.emit("Acme", "")
    assert created.args is not None
    qtbot.waitUntil(lambda: window.sidebar._entries.row_of_board(created.args[0].id) >= 0)
    board: Board = created.args[0]
    return board


def paths(library: Library) -> list[str]:
    return [board.path for board in library.boards()]


def act(window: MainWindow, board: Board, words: str) -> None:
    """Choose something from the menu of a board."""
    menu = window.ties.board_menu.menu(board)
    next(one for one in menu.actions() if one.text() == words).trigger()


def said(window: MainWindow) -> str:
    shown = (one.text() for one in window.notices.findChildren(QLabel))
    return " ".join(shown) if window.notices.isVisible() else ""


def opened(qtbot: QtBot, window: MainWindow, kind: type[Part]) -> Part:
    """The panel of that kind, once it is there."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def spend(board_id: str, usd: float) -> Spend:
    at_ms = int(time.time() * 1000)
    return Spend("job", at_ms, board_id, "seedream-5-0-lite", 1, 1, 0, usd, "2026-11-01", Billed.YES)


def test_a_board_is_made_inside_another_one_shown_and_taken_back(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    act(window, acme, "New board inside")
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Round 1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Acme/Round 1" in paths(library))
    qtbot.waitUntil(lambda: session.gallery.query.board_id not in {"", acme.id})
    session.undo.undo()
    qtbot.waitUntil(lambda: paths(library) == ["Inbox", "Acme"])


def test_a_board_dropped_on_another_one_moves_into_it(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    zine = library.create_board("Zine")
    window.sidebar.board_moved.emit(zine.id, Spot(acme.id, is_by_name=True))
    qtbot.waitUntil(lambda: paths(library) == ["Inbox", "Acme", "Acme/Zine"])
    window.sidebar.board_moved.emit(zine.id, Spot("", is_by_name=False, before_id=acme.id))
    qtbot.waitUntil(lambda: paths(library) == ["Inbox", "Zine", "Acme"])
    session.undo.undo()
    session.undo.undo()
    qtbot.waitUntil(lambda: paths(library) == ["Inbox", "Acme", "Zine"])


def test_a_trashed_board_comes_back_with_its_pictures_by_the_notice(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot, tmp_path: Path
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(tmp_path / "fox.png"))
    session.importing.begin((tmp_path / "fox.png",), acme.id)
    qtbot.waitUntil(lambda: library.counts().all == 1)
    window.sidebar.query_requested.emit(Query(board_id=acme.id))
    act(window, acme, "Move to the trash")
    qtbot.waitUntil(lambda: "Acme and its 1 picture moved to the trash." in said(window))
    assert paths(library) == ["Inbox"]
    qtbot.waitUntil(lambda: not session.gallery.query.board_id)  # what is shown is not a board that is gone
    next(one for one in window.notices.findChildren(QPushButton) if one.text() == "Undo").click()
    qtbot.waitUntil(lambda: library.counts().all == 1)
    assert library.ids(Query(board_id=acme.id)) == ("Acme/fox 0001.png",)


def test_settings_are_changed_in_a_panel_and_taken_back(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    act(window, acme, "Board settings…")
    panel = opened(qtbot, window, BoardSettings)
    panel.client_safe.setChecked(True)
    panel.save.click()
    qtbot.waitUntil(lambda: library.board_settings(acme.id).is_client_safe)
    session.undo.undo()
    qtbot.waitUntil(lambda: not library.board_settings(acme.id).is_client_safe)


def test_the_defaults_of_the_board_that_results_go_to_are_said_and_can_be_undone(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    library.set_up_board(acme.id, {"defaults": {"watermark": False}})
    before = session.draft.recipe
    act(window, acme, "Save new results here")
    qtbot.waitUntil(lambda: "The defaults of Acme are in the request now." in said(window))
    assert session.draft.recipe.watermark is False
    next(one for one in window.notices.findChildren(QPushButton) if one.text() == "Undo").click()
    assert session.draft.recipe == before


def test_a_board_that_is_deleted_outside_while_it_is_shown_is_said_to_be_gone(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    window.ties.browsing.show_board(acme.id)
    shutil.rmtree(library.root / "Acme")
    session.pictures.act(lambda held: held.synchronise(), lambda _: session.pictures.tell_everything())
    words = "The board Acme is gone: its folder was deleted or moved away."
    qtbot.waitUntil(lambda: words in said(window))
    assert session.gallery.query.board_id == ""


def test_the_parameters_are_reset_by_a_button_and_come_back(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.draft.set_watermark(False)
    window.compose.parameters.reset.click()
    qtbot.waitUntil(lambda: session.draft.recipe.watermark is True)
    session.draft.undo()
    assert session.draft.recipe.watermark is False


def test_a_budget_that_is_used_up_turns_save_to_amber_and_says_so(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot
) -> None:
    library.set_up_board(acme.id, {"budget": budget_value(1.0, is_monthly=True)})
    library.record_spend(spend(acme.id, 0.85))
    session.draft.set_board(acme.id)
    combo = window.generate_bar.boards.combo
    qtbot.waitUntil(lambda: "85 % of the budget of Acme" in combo.accessibleDescription())
    assert combo.property("problem") is True
    library.record_spend(spend(acme.id, 1.5))
    session.ask_what_was_spent()
    qtbot.waitUntil(lambda: "is used up: $1.50" in combo.accessibleDescription())
    session.draft.set_board(library.inbox.id)
    qtbot.waitUntil(lambda: not combo.accessibleDescription())


def test_what_a_board_and_the_library_cost_opens_as_a_table_and_is_saved(
    window: MainWindow, session: Session, library: Library, acme: Board, qtbot: QtBot, tmp_path: Path
) -> None:
    library.record_spend(spend(acme.id, 0.25))
    library.record_spend(dataclasses.replace(spend("other", 0.5), job_id="2"))
    act(window, acme, "Cost…")
    dialog = opened(qtbot, window, CostDialog)
    assert b"0.25000" in dialog.content()
    assert b"0.75000" not in dialog.content()
    dialog.save_requested.emit(tmp_path / "acme.csv", dialog.content())
    qtbot.waitUntil(lambda: "Saved as acme.csv." in said(window))
    assert (tmp_path / "acme.csv").read_bytes() == dialog.content()
    dialog.close()
    window.status.cost_table_requested.emit()
    qtbot.waitUntil(lambda: any(b"0.75000" in one.content() for one in window.findChildren(CostDialog)))


def test_which_boards_are_folded_comes_back_after_a_restart(window: MainWindow, acme: Board) -> None:
    assert window.settings().folded_boards == ("nobody",)
    window.sidebar.fold_boards((acme.id,))
    assert window.settings().folded_boards == (acme.id,)


def test_a_board_that_is_made_where_results_go_is_chosen_there_and_can_be_taken_back(
    window: MainWindow, session: Session, library: Library, qtbot: QtBot
) -> None:
    shown = session.gallery.query
    window.generate_bar.new_board_requested.emit("Round 2")
    combo = window.generate_bar.boards.combo
    qtbot.waitUntil(lambda: combo.currentText() == "Round 2")
    assert session.gallery.query == shown
    session.undo.undo()
    qtbot.waitUntil(lambda: combo.currentText() == "Inbox")
    assert [board.name for board in library.boards()] == ["Inbox"]
    session.undo.redo()
    qtbot.waitUntil(lambda: combo.currentText() == "Round 2")
