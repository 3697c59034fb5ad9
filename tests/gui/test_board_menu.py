"""A board's menu by pointer and key, its new name in place, and the one question before it goes for good."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.board_menu import BoardMenu, ask_whether_to_forget
from seedream_desktop.gui.notice_bar import NoticeBar
from seedream_desktop.gui.sidebar import Sidebar
from seedream_desktop.state.forgetting import Forgettable
from tests.gui.panel_values import BOARDS

THERE = Forgettable(BOARDS[1], 12, 3, 2, 1, boards=2, under_way=0, waiting=4, unfinished=1)


class Pictures(QObject):
    library_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[Any] = []
        self.library = None

    def act(self, act: Any, _then: Any) -> None:
        self.acts.append(act)

    def tell_everything(self) -> None:
        pass


class Forgetting(QObject):
    known, forgotten, failed = Signal(object), Signal(str), Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.looked: list[object] = []

    def look(self, board: object) -> None:
        self.looked.append(board)


class BoardActs:
    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []

    def rename(self, *told: object) -> None:
        self.done.append(("rename", *told))

    def move(self, *told: object) -> None:
        self.done.append(("move", *told))

    def trash(self, *told: object) -> None:
        self.done.append(("trash", *told))


class Draft:
    board_id = ""

    def set_board(self, board_id: str) -> None:
        self.board_id = board_id


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(200, 600)
    sidebar.set_boards(BOARDS)
    with qtbot.waitActive(sidebar):
        sidebar.show()
    return sidebar


@pytest.fixture
def session() -> Any:
    acts = BoardActs()
    return SimpleNamespace(
        pictures=Pictures(), forgetting=Forgetting(), handing_out=None, board_acts=acts, draft=Draft()
    )


@pytest.fixture
def menu(qtbot: QtBot, sidebar: Sidebar, session: Any) -> BoardMenu:
    notices = NoticeBar()
    qtbot.addWidget(notices)
    menu = BoardMenu(sidebar, notices, session)
    session.pictures.library_changed.emit(SimpleNamespace(boards=BOARDS))
    return menu


def entries(menu: BoardMenu, position: int | None) -> dict[str, Any]:
    shown = menu.menu(None if position is None else BOARDS[position])
    return {action.text(): action for action in shown.actions() if action.text()}


def test_a_board_offers_what_can_be_done_to_it(menu: BoardMenu, session: Any) -> None:
    there = entries(menu, 1)
    assert list(there) == [
        "New board",
        "New board inside",
        "Save new results here",
        "Board settings…",
        "Cost…",
        "Rename…",
        "Show in the file manager",
        "Hand over…",
        "Move to the trash",
        "Forget this board for good…",
    ]
    there["Forget this board for good…"].trigger()
    assert session.forgetting.looked == [BOARDS[1]]
    for act in ("Rename…", "Move to the trash"):
        assert not entries(menu, 0)[act].isEnabled()
        assert there[act].isEnabled()
    assert list(entries(menu, None)) == ["New board"]


@pytest.mark.parametrize("by_key", [True, False])
def test_the_menu_is_asked_for_by_pointer_and_by_key(qtbot: QtBot, sidebar: Sidebar, by_key: bool) -> None:
    row = sidebar._entries.row_of_board(BOARDS[1].id)
    sidebar.places.setCurrentIndex(sidebar._entries.index(row))
    point = sidebar.places.visualRect(sidebar._entries.index(row)).center()
    reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, QPoint(1, 1) if by_key else point, QPoint(5, 5))
    with qtbot.waitSignal(sidebar.board_menu_requested) as asked:
        QApplication.sendEvent(sidebar.places.viewport(), event)
    assert asked.args is not None
    assert asked.args[0] == BOARDS[1].id


def test_a_board_is_renamed_in_its_own_row(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.start_renaming(BOARDS[1])
    assert sidebar._name.text() == BOARDS[1].name
    assert BOARDS[1].name in sidebar._name.accessibleName()
    row = sidebar.places.visualRect(sidebar._entries.index(sidebar._entries.row_of_board(BOARDS[1].id)))
    assert sidebar._name.geometry().center().y() == pytest.approx(
        sidebar.places.viewport().mapTo(sidebar, row.center()).y(), abs=3
    )
    sidebar._name.setText(" Another ")
    with qtbot.waitSignal(sidebar.board_renamed) as renamed, qtbot.assertNotEmitted(sidebar.board_created):
        QTest.keyClick(sidebar._name, Qt.Key.Key_Return)
    assert renamed.args == [BOARDS[1].id, "Another"]


def test_escape_keeps_the_name_and_a_new_board_is_asked_for_as_before(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.start_renaming(BOARDS[1])
    with qtbot.assertNotEmitted(sidebar.board_renamed):
        QTest.keyClick(sidebar._name, Qt.Key.Key_Escape)
    sidebar.start_naming()
    assert sidebar._name.text() == ""
    sidebar._name.setText("New")
    with qtbot.waitSignal(sidebar.board_created) as created:
        QTest.keyClick(sidebar._name, Qt.Key.Key_Return)
    assert created.args == ["New", ""]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def asked(parent: QWidget, there: Forgettable) -> tuple[QMessageBox, list[bool]]:
    forgotten = list[bool]()
    return ask_whether_to_forget(parent, there, lambda: forgotten.append(True)), forgotten


def test_the_question_counts_what_goes_and_what_stays(parent: QWidget) -> None:
    box, forgotten = asked(parent, THERE)
    said = box.informativeText()
    for part in (
        "12 pictures",
        "3 pictures in the trash",
        "2 references that",
        "cancelled: 4",
        "given up: 1",
    ):
        assert part in said
    assert "What it cost stays on record." in said
    assert "Other files in its folder stay: 1." in said
    assert "Boards inside it stay, and its folder around them: 2 boards." in said
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert forgotten == []


def test_enter_keeps_it_and_only_its_own_button_forgets(parent: QWidget) -> None:
    box, forgotten = asked(parent, replace(THERE, waiting=0, unfinished=0, other_files=0))
    assert "given up" not in box.informativeText()
    assert box.defaultButton().text() == "Keep it"
    go = next(button for button in box.buttons() if button.text() == "Forget it for good")
    go.click()
    assert forgotten == [True]


def test_while_a_request_is_under_way_there_is_nothing_to_choose(parent: QWidget) -> None:
    box, _ = asked(parent, replace(THERE, under_way=1))
    assert len(box.buttons()) == 1
    assert "under way" in box.text()


def test_a_name_that_looks_like_a_page_is_shown_as_it_is(parent: QWidget) -> None:
    box, _ = asked(parent, replace(THERE, board=replace(BOARDS[1], name="<b>x</b>")))
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert "<b>x</b>" in box.text()


def test_what_is_wished_of_a_board_is_done_to_it(
    qtbot: QtBot, menu: BoardMenu, sidebar: Sidebar, session: Any
) -> None:
    sidebar.board_renamed.emit("acme", "Another")
    there = entries(menu, 1)
    there["Save new results here"].trigger()
    there["Move to the trash"].trigger()
    assert session.draft.board_id == "acme"
    assert session.board_acts.done == [("rename", "acme", "Another"), ("trash", BOARDS[1])]
    for act, signal in (("Cost…", menu.costs_requested), ("Board settings…", menu.settings_requested)):
        with qtbot.waitSignal(signal) as asked:
            there[act].trigger()
        assert asked.args == [BOARDS[1]]


def test_a_board_is_taken_out_of_the_one_around_it(menu: BoardMenu, session: Any) -> None:
    inner = replace(BOARDS[2], path="Acme rebrand/Round 2/Zine")
    around = replace(BOARDS[0], id="round", path="Acme rebrand/Round 2")
    session.pictures.library_changed.emit(SimpleNamespace(boards=(BOARDS[1], around, inner)))
    for board in (inner, around):
        acts = {one.text(): one for one in menu.menu(board).actions()}
        acts["Take out of the board around it"].trigger()
    assert session.board_acts.done == [("move", "zine", "acme"), ("move", "round", "")]
