"""What waits is moved by dragging, by keys and by a menu; what runs or needs a decision stays above it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.gui.queue_list import QueueList
from seedream_desktop.gui.queue_model import QueueModel
from tests.gui.panel_values import catalog, job, press

ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
RUNNING = job(1, JobState.SENDING, sending_ms=now_ms())
Move = tuple[tuple[str, ...], str | None]


def ids(jobs: tuple[Job, ...]) -> tuple[str, ...]:
    return tuple(one.id for one in jobs)


def waiting(count: int, press_id: str, start: int) -> tuple[Job, ...]:
    return tuple(replace(one, id=f"job{start + number}") for number, one in enumerate(press(count, press_id)))


FIRST, SECOND, THIRD = waiting(2, "first", 10), waiting(1, "second", 20), waiting(3, "third", 30)


@pytest.fixture
def stage(qtbot: QtBot) -> QWidget:
    stage = QWidget()
    qtbot.addWidget(stage)
    return stage


@pytest.fixture
def rows(qtbot: QtBot, stage: QWidget) -> QueueList:
    model = QueueModel(catalog(), stage)
    model.set_jobs((RUNNING, *FIRST, *SECOND, *THIRD), False)
    rows = QueueList(model)
    QVBoxLayout(stage).addWidget(rows)
    stage.resize(500, 500)
    with qtbot.waitActive(stage):
        stage.show()
    rows.setFocus()
    return rows


@pytest.fixture
def moves(rows: QueueList) -> list[Move]:
    moves: list[Move] = []
    rows.move_requested.connect(lambda moving, before: moves.append((moving, before)))
    return moves


def drag(rows: QueueList, row: int, target: QPoint) -> None:
    view, start = rows.viewport(), middle(rows, row)
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, (start + target) / 2)
    QTest.mouseMove(view, target)
    rows.grab()
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, target)


def middle(rows: QueueList, row: int) -> QPoint:
    return rows.visualRect(rows.model().index(row, 0)).center()


@pytest.mark.parametrize(
    ("row", "key", "move"),
    [
        (2, Qt.Key.Key_Up, (ids(SECOND), "job10")),
        (2, Qt.Key.Key_Down, (ids(SECOND), None)),
        (1, Qt.Key.Key_Down, (ids(FIRST), "job30")),
        (3, Qt.Key.Key_Home, (ids(THIRD), "job10")),
        (1, Qt.Key.Key_End, (ids(FIRST), None)),
        (1, Qt.Key.Key_Up, None),
        (3, Qt.Key.Key_Down, None),
        (0, Qt.Key.Key_Down, None),
    ],
)
def test_keys_move_what_waits(
    rows: QueueList, moves: list[Move], row: int, key: Qt.Key, move: Move | None
) -> None:
    rows.setCurrentIndex(rows.model().index(row, 0))
    QTest.keyClick(rows, key, ALT)
    assert moves == ([move] if move else [])


def test_the_menu_offers_what_the_keys_do(rows: QueueList) -> None:
    assert rows.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    rows.setCurrentIndex(rows.model().index(1, 0))
    offered = {action.text(): action.isEnabled() for action in rows.actions()}
    assert offered == {"Send earlier": False, "Send later": True, "Send first": False, "Send last": True}
    rows.setCurrentIndex(rows.model().index(0, 0))
    assert not any(action.isEnabled() for action in rows.actions())


def test_a_row_is_dragged_before_another(rows: QueueList, moves: list[Move]) -> None:
    drag(rows, 3, rows.visualRect(rows.model().index(1, 0)).topLeft() + QPoint(40, 6))
    assert moves == [(ids(THIRD), "job10")]


def test_a_row_is_dragged_to_the_end(rows: QueueList, moves: list[Move]) -> None:
    drag(rows, 1, QPoint(100, rows.viewport().height() - 2))
    assert moves == [(ids(FIRST), None)]


def test_what_runs_stays_above_what_waits(rows: QueueList, moves: list[Move]) -> None:
    drag(rows, 0, middle(rows, 3))
    assert moves == []
    drag(rows, 2, QPoint(100, 2))
    assert moves == [(ids(SECOND), "job10")]


def test_a_click_moves_nothing(rows: QueueList, moves: list[Move]) -> None:
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(rows, 2))
    QTest.mouseMove(rows.viewport(), middle(rows, 3))
    assert moves == []


def test_escape_ends_a_drag(rows: QueueList, moves: list[Move]) -> None:
    view = rows.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, middle(rows, 3))
    QTest.mouseMove(view, middle(rows, 1))
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, middle(rows, 1))
    assert moves == []
