"""Results go to a board of the list, or to a new one named in place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.board_choice import BoardChoice
from seedream_desktop.library.values import Board

BOARDS = (Board("b1", "Inbox", "Inbox", 3), Board("b2", "Acme rebrand", "Acme rebrand", 128))


@pytest.fixture
def choice(qtbot: QtBot) -> BoardChoice:
    choice = BoardChoice()
    choice.show_boards(BOARDS, "b2")
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
    return choice


def field(choice: BoardChoice) -> QLineEdit:
    current = choice.currentWidget()
    assert isinstance(current, QLineEdit)
    return current


def new_board(choice: BoardChoice) -> None:
    choice.combo.activated.emit(choice.combo.count() - 1)


def test_the_chosen_board_is_marked_with_a_dot(choice: BoardChoice) -> None:
    assert choice.combo.currentText() == "Acme rebrand"
    assert [choice.combo.itemIcon(row).isNull() for row in range(2)] == [True, False]


def test_a_board_is_chosen(qtbot: QtBot, choice: BoardChoice) -> None:
    with qtbot.waitSignal(choice.board_chosen) as blocker:
        choice.combo.setCurrentIndex(0)
    assert blocker.args == ["b1"]


def test_showing_boards_chooses_none(qtbot: QtBot, choice: BoardChoice) -> None:
    with qtbot.assertNotEmitted(choice.board_chosen):
        choice.show_boards(BOARDS, "b1")
    assert choice.combo.currentText() == "Inbox"


@pytest.mark.parametrize("board_id", ["", "gone"])
def test_an_unknown_board_means_the_inbox(choice: BoardChoice, board_id: str) -> None:
    choice.show_boards(BOARDS, board_id)
    assert choice.combo.currentText() == "Inbox"


def test_a_new_board_is_named_in_place(qtbot: QtBot, choice: BoardChoice) -> None:
    new_board(choice)
    QTest.keyClicks(field(choice), "Zine No. 4")
    with qtbot.waitSignal(choice.new_board_requested) as blocker:
        QTest.keyClick(field(choice), Qt.Key.Key_Return)
    assert blocker.args == ["Zine No. 4"]
    assert choice.currentWidget() is choice.combo


def test_escape_leaves_the_name_and_the_board_as_it_was(qtbot: QtBot, choice: BoardChoice) -> None:
    new_board(choice)
    with qtbot.assertNotEmitted(choice.new_board_requested):
        QTest.keyClick(field(choice), Qt.Key.Key_Escape)
    assert choice.combo.currentText() == "Acme rebrand"


def test_an_empty_name_makes_no_board(qtbot: QtBot, choice: BoardChoice) -> None:
    new_board(choice)
    with qtbot.assertNotEmitted(choice.new_board_requested):
        QTest.keyClick(field(choice), Qt.Key.Key_Return)


def test_a_name_without_room_ends_in_an_ellipsis_and_the_tooltip_has_all_of_it(choice: BoardChoice) -> None:
    name = "Acme rebrand, autumn campaign, posters for the underground, round 3"
    choice.show_boards((*BOARDS, Board("b3", name, name, 0)), "b3")
    choice.combo.setFixedWidth(160)
    seen = choice.combo.seen_text()
    assert "…" in seen
    assert seen.startswith("Acme")
    assert seen.endswith("3")
    assert choice.combo.fontMetrics().horizontalAdvance(seen) < 160
    assert choice.combo.toolTip().replace("\n", " ").startswith(name)
    choice.show_board("b1")
    assert choice.combo.seen_text() == "Inbox"


def test_a_budget_is_told_beside_the_name_of_its_board(choice: BoardChoice) -> None:
    choice.warn("Most of the budget is used.")
    assert choice.combo.toolTip() == "Acme rebrand\nMost of the budget is used."
