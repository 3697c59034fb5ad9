"""Acts on the library: off the GUI thread, told, undoable."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Board
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.pictures import LibraryChange, Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner


@pytest.fixture
def undo() -> UndoStack:
    return UndoStack()


@pytest.fixture
def pictures(qtbot: QtBot, tmp_path: Path, undo: UndoStack) -> Iterator[Pictures]:
    """An open library without a picture."""
    runner = TaskRunner(1)

    def opened(root: Path) -> Library:
        return open_library(root, tmp_path / f"{root.name}.sqlite3", "m" * 32)

    pictures = Pictures(opened, runner, undo, Activities())
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    yield pictures
    assert runner.close(2000)
    if pictures.library is not None:
        pictures.library.close()


def told(qtbot: QtBot, pictures: Pictures, act: Callable[[], object]) -> LibraryChange:
    """What is told last once ``act`` is done."""
    changes: list[LibraryChange] = []
    pictures.library_changed.connect(changes.append)
    runner = pictures._runner
    act()
    ended: list[None] = []
    for _ in range(3):  # an act, what it tells, and what the telling looks up
        runner.call(lambda: None, ended.append)
        qtbot.waitUntil(lambda: bool(ended))
        ended.clear()
    pictures.library_changed.disconnect(changes.append)
    return changes[-1]


def test_an_opened_library_tells_its_boards(pictures: Pictures) -> None:
    assert [board.name for board in pictures.the_library().boards()] == ["Inbox"]


def test_a_new_board_is_told_and_handed_over(pictures: Pictures, qtbot: QtBot) -> None:
    boards: list[Board] = []
    change = told(qtbot, pictures, lambda: pictures.create_board("Acme", boards.append))
    assert [board.name for board in change.boards] == ["Inbox", "Acme"]
    assert boards[0].name == "Acme"


def test_a_folder_that_cannot_be_a_library_leaves_the_one_before_open(
    pictures: Pictures, qtbot: QtBot, tmp_path: Path
) -> None:
    before = pictures.library
    file = tmp_path / "a file"
    file.write_text("", encoding="utf-8")
    with qtbot.waitSignal(pictures.failed):
        pictures.open(file)
    assert pictures.library is before


def test_a_folder_that_may_not_be_read_is_no_defect_of_ours(pictures: Pictures, qtbot: QtBot) -> None:
    def refused(_: Library) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with qtbot.waitSignal(pictures.failed) as failed:
        pictures.act(refused, lambda _: None)
    root = str(pictures.the_library().root)
    assert failed.args == [Problem(ProblemKind.FOLDER_NOT_WRITABLE, said="Permission denied", subject=root)]
