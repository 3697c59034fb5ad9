"""Boards stand as a tree in the sidebar: folded, stepped through by key, dragged into each other."""

from __future__ import annotations

import time

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.board_drag import Spot, spot
from seedream_desktop.gui.board_tree import branches, ids_around
from seedream_desktop.gui.place_list import BOARD_ID_TYPE, words_left_px
from seedream_desktop.gui.places import Place
from seedream_desktop.gui.sidebar import Sidebar
from seedream_desktop.gui.spring import RESTS_MS
from seedream_desktop.library.boards import in_order
from seedream_desktop.library.values import Board, Query
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from tests.compose_stage import a_drop


def board(path: str, **changes: object) -> Board:
    return Board(path.casefold(), path.rpartition("/")[2], path, 1, **changes)  # type: ignore[arg-type]


BOARDS = (
    board("Inbox"),
    board("Acme", is_client_safe=True),
    board("Acme/Round 1"),
    board("Acme/Round 2"),
    board("Acme/Round 2/Final"),
    board("Zine"),
)


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(200, 600)
    sidebar.set_boards(BOARDS)
    with qtbot.waitActive(sidebar):
        sidebar.show()
    return sidebar


def shown(sidebar: Sidebar) -> list[str]:
    """The ids of the boards that can be seen."""
    return [one.board.id for one in sidebar._entries.branches]


def rect_point(sidebar: Sidebar, board_id: str, part: float = 0.5, x_px: int = 100) -> QPoint:
    row = sidebar._entries.row_of_board(board_id)
    rect = sidebar.places.visualRect(sidebar._entries.index(row))
    return QPoint(x_px, rect.top() + round(rect.height() * part))


def drop(sidebar: Sidebar, board_id: str, at: QPoint) -> None:
    mime = QMimeData()
    mime.setData(BOARD_ID_TYPE, board_id.encode())
    sidebar.places.dropEvent(a_drop(mime, at.toTuple()))


PATHS = st.lists(st.sampled_from(["a", "a/b", "a/b/c", "a/d", "e", "e/f", "Inbox"]), unique=True)


@hypothesis.settings(max_examples=80)
@given(PATHS, st.frozensets(st.sampled_from(["a", "a/b", "e", "inbox"])))
def test_what_is_folded_hides_just_what_is_in_it(paths: list[str], folded: frozenset[str]) -> None:
    boards = in_order([board(path) for path in paths])
    seen = {one.board.path for one in branches(boards, folded)}
    for path in paths:
        above = [other for other in paths if path.startswith(f"{other}/")]
        assert (path in seen) is not any(other.casefold() in folded for other in above)
    for one in branches(boards, folded):
        assert one.depth == len(ids_around(boards, one.board.id))
        assert one.has_boards is any(path.startswith(f"{one.board.path}/") for path in paths)


@hypothesis.settings(max_examples=80)
@given(
    st.sampled_from([one.id for one in BOARDS]),
    st.sampled_from([one.id for one in BOARDS]),
    st.floats(0, 1),
)
def test_no_board_is_dropped_into_itself(dragged: str, over: str, part: float) -> None:
    found = spot(branches(BOARDS, frozenset()), dragged, over, part)
    if found is not None:
        assert not f"{found.parent_id}/".startswith(f"{dragged}/")
        assert found.before_id != dragged


@pytest.mark.parametrize(
    ("over", "part", "wanted"),
    [
        ("acme", 0.5, Spot("acme", is_by_name=True)),
        ("acme", 0.1, Spot("", is_by_name=False, before_id="acme")),
        ("acme", 0.9, Spot("acme", is_by_name=False, before_id="acme/round 1")),
        ("acme/round 1", 0.9, Spot("acme", is_by_name=False, before_id="acme/round 2")),
        ("acme/round 2/final", 0.9, Spot("acme/round 2", is_by_name=False)),
        ("zine", 0.5, None),
    ],
)
def test_a_dropped_board_goes_into_another_or_beside_it(
    qtbot: QtBot, sidebar: Sidebar, over: str, part: float, wanted: Spot | None
) -> None:
    if wanted is None:
        with qtbot.assertNotEmitted(sidebar.board_moved):
            drop(sidebar, "zine", rect_point(sidebar, over, part))
        return
    with qtbot.waitSignal(sidebar.board_moved) as moved:
        drop(sidebar, "zine", rect_point(sidebar, over, part))
    assert moved.args == ["zine", wanted]


def test_a_board_dropped_on_the_caption_lies_in_no_other(qtbot: QtBot, sidebar: Sidebar) -> None:
    row = sidebar._entries.row_of(Place.BOARDS_CAPTION)
    at = sidebar.places.visualRect(sidebar._entries.index(row)).center()
    with qtbot.waitSignal(sidebar.board_moved) as moved:
        drop(sidebar, "acme/round 1", at)
    assert moved.args == ["acme/round 1", Spot("", is_by_name=True)]
    with qtbot.assertNotEmitted(sidebar.board_moved):
        drop(sidebar, "zine", at)


def test_a_chevron_hides_and_shows_and_chooses_nothing(qtbot: QtBot, sidebar: Sidebar) -> None:
    entry = sidebar._entries.entry(sidebar._entries.row_of_board("acme"))
    assert entry is not None
    at = rect_point(sidebar, "acme", x_px=words_left_px(entry) - 4)
    with qtbot.assertNotEmitted(sidebar.query_requested), qtbot.waitSignal(sidebar.folded):
        QTest.mouseClick(sidebar.places.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(sidebar) == ["inbox", "acme", "zine"]
    assert sidebar.folded_boards == ("acme",)
    QTest.mouseClick(sidebar.places.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(shown(sidebar)) == len(BOARDS)


def test_arrows_fold_unfold_and_step_in_and_out(sidebar: Sidebar) -> None:
    places, entries = sidebar.places, sidebar._entries
    places.setCurrentIndex(entries.index(entries.row_of_board("acme/round 2")))
    QTest.keyClick(places, Qt.Key.Key_Left)
    assert sidebar.folded_boards == ("acme/round 2",)
    QTest.keyClick(places, Qt.Key.Key_Left)
    assert places.currentIndex().row() == entries.row_of_board("acme")
    QTest.keyClick(places, Qt.Key.Key_Right)
    assert places.currentIndex().row() == entries.row_of_board("acme/round 1")


def test_the_board_that_is_shown_is_never_hidden(sidebar: Sidebar) -> None:
    sidebar.fold_boards(("acme", "acme/round 2"))
    sidebar.show_query(Query(board_id="acme/round 2/final"))
    assert "acme/round 2/final" in shown(sidebar)


def test_a_screen_reader_hears_where_a_board_is_and_that_it_is_client_safe(sidebar: Sidebar) -> None:
    def spoken(board_id: str) -> object:
        index = sidebar._entries.index(sidebar._entries.row_of_board(board_id))
        return index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken("acme") == "Acme, 1 picture, client-safe, boards in it shown"
    assert spoken("acme/round 1") == "Round 1, 1 picture, in Acme, client-safe"
    assert spoken("zine") == "Zine, 1 picture"


def test_a_board_inside_is_named_below_those_that_are_in_it(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.fold_boards(("acme",))
    sidebar.start_naming("acme")
    row = sidebar._entries.row_of(Place.NEW_BOARD)
    assert row == sidebar._entries.row_of_board("zine") - 1
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Round 3")
    with qtbot.waitSignal(sidebar.board_created) as created:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert created.args == ["Round 3", "acme"]


def test_the_rows_stay_true_while_boards_are_folded_and_change(sidebar: Sidebar) -> None:
    tester = QAbstractItemModelTester(
        sidebar._entries, QAbstractItemModelTester.FailureReportingMode.Fatal, sidebar
    )
    sidebar.fold_boards(("acme",))
    sidebar.set_boards(BOARDS[:3])
    sidebar.start_naming("acme")
    sidebar.set_boards(BOARDS)
    assert tester.model() is sidebar._entries


def test_hundreds_of_boards_are_shown_in_no_time(sidebar: Sidebar) -> None:
    many = tuple(board(f"client {one:03d}") for one in range(100))
    inside = tuple(board(f"client {one:03d}/round {two}") for one in range(100) for two in range(4))
    boards = in_order((BOARDS[0], *many, *inside))
    took_s = []
    for count in range(5):
        start_s = time.process_time()
        sidebar.set_boards(boards)
        sidebar.set_target(f"client 00{count}")
        sidebar.places.grab()
        took_s.append(time.process_time() - start_s)
    assert min(took_s) < 0.08


@pytest.mark.parametrize(
    ("board_id", "key", "wanted"),
    [
        ("zine", Qt.Key.Key_Up, Spot("", is_by_name=False, before_id="acme")),
        ("acme", Qt.Key.Key_Down, Spot("", is_by_name=False)),
        ("acme/round 2", Qt.Key.Key_Up, Spot("acme", is_by_name=False, before_id="acme/round 1")),
        ("acme", Qt.Key.Key_Up, None),  # the Inbox stays first
        ("zine", Qt.Key.Key_Down, None),
    ],
)
def test_a_board_is_ordered_by_key(sidebar: Sidebar, board_id: str, key: Qt.Key, wanted: Spot | None) -> None:
    moved: list[tuple[str, object]] = []
    sidebar.board_moved.connect(lambda *told: moved.append(told))
    entries = sidebar._entries
    sidebar.places.setCurrentIndex(entries.index(entries.row_of_board(board_id)))
    QTest.keyClick(sidebar.places, key, Qt.KeyboardModifier.AltModifier)
    assert moved == ([(board_id, wanted)] if wanted is not None else [])
    assert sidebar.places.currentIndex().row() == entries.row_of_board(board_id)


def test_the_keyboard_stays_with_its_board_when_the_order_changes(sidebar: Sidebar) -> None:
    entries = sidebar._entries
    sidebar.places.setFocus()
    sidebar.places.setCurrentIndex(entries.index(entries.row_of_board("zine")))
    sidebar.set_boards((BOARDS[0], BOARDS[-1], *BOARDS[1:-1]))
    assert sidebar.places.currentIndex().row() == entries.row_of_board("zine")


def drag_over(sidebar: Sidebar, at: QPoint) -> None:
    mime = QMimeData()
    mime.setData(PICTURE_IDS_TYPE, b'["p1"]')
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    sidebar.places.dragMoveEvent(QDragMoveEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))


def test_a_folded_board_opens_where_a_drag_rests_on_it(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.fold_boards(("acme", "acme/round 2"))
    with qtbot.waitSignal(sidebar.folded):
        drag_over(sidebar, rect_point(sidebar, "acme"))
    assert shown(sidebar) == ["inbox", "acme", "acme/round 1", "acme/round 2", "zine"]
    with qtbot.waitSignal(sidebar.folded):
        drag_over(sidebar, rect_point(sidebar, "acme/round 2"))
    assert "acme/round 2/final" in shown(sidebar)


def test_a_drag_that_passes_over_a_folded_board_leaves_it_folded(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.fold_boards(("acme",))
    with qtbot.assertNotEmitted(sidebar.folded, wait=RESTS_MS + 100):
        drag_over(sidebar, rect_point(sidebar, "acme"))
        drag_over(sidebar, rect_point(sidebar, "zine"))
    assert sidebar.folded_boards == ("acme",)
