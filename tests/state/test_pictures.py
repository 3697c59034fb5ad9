"""Acts on the library: off the GUI thread, told, undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.imaging.checking import check_picture
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Board, Picture, Query
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

    pictures = Pictures(opened, lambda path: check_picture(path, None), runner, undo)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    yield pictures
    assert runner.close(2000)
    if pictures.library is not None:
        pictures.library.close()


def drawn(folder: Path, name: str, colour: int = 0x336699) -> Path:
    path = folder / name
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path))
    return path


@pytest.fixture
def picture(pictures: Pictures, qtbot: QtBot, tmp_path: Path) -> Picture:
    """One that was imported."""
    path = drawn(tmp_path, "fox.png")
    inbox = pictures.the_library().inbox.id
    (picture,) = told(qtbot, pictures, lambda: pictures.import_files((path,), inbox)).added
    return picture


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


def test_trash_is_one_step_that_can_be_taken_back_and_done_again(
    pictures: Pictures, picture: Picture, undo: UndoStack, qtbot: QtBot
) -> None:
    change = told(qtbot, pictures, lambda: pictures.trash((picture.id,)))
    assert change.removed == (picture.id,)
    assert change.counts is not None
    assert change.counts.trash == 1
    assert not picture.path.exists()
    told(qtbot, pictures, undo.undo)
    assert picture.path.exists()
    told(qtbot, pictures, undo.redo)
    assert not picture.path.exists()


@pytest.fixture
def boards(pictures: Pictures) -> tuple[Board, Board]:
    library = pictures.the_library()
    return library.create_board("Acme"), library.create_board("Posters")


def board_of_each(pictures: Pictures) -> list[str]:
    """The names of the pictures' boards, newest picture first."""
    library = pictures.the_library()
    names = {board.id: board.name for board in library.boards()}
    return [names[picture.board_id] for picture in library.pictures(library.ids(Query()))]


def test_a_move_is_told_with_the_old_ids_and_the_new_pictures(
    pictures: Pictures, picture: Picture, boards: tuple[Board, Board], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pictures.moved) as moved:
        change = told(qtbot, pictures, lambda: pictures.move((picture.id, "gone"), boards[0].id))
    assert change.removed == (picture.id,)
    assert [(one.board_id, one.sha256) for one in change.added] == [(boards[0].id, picture.sha256)]
    assert [board.count for board in change.boards] == [0, 1, 0]
    assert moved.args == [1]


def test_a_move_is_one_step_that_brings_each_picture_back_to_its_board(
    pictures: Pictures,
    picture: Picture,
    boards: tuple[Board, Board],
    undo: UndoStack,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    acme, posters = boards
    path = drawn(tmp_path, "fox.png", 0x993366)  # of the same name as the other one, on another board
    (other,) = told(qtbot, pictures, lambda: pictures.import_files((path,), posters.id)).added
    told(qtbot, pictures, lambda: pictures.move((picture.id, other.id), acme.id))
    assert board_of_each(pictures) == ["Acme", "Acme"]
    change = told(qtbot, pictures, undo.undo)
    assert len(change.removed) == len(change.added) == 2
    assert board_of_each(pictures) == ["Posters", "Inbox"]
    told(qtbot, pictures, undo.redo)
    assert board_of_each(pictures) == ["Acme", "Acme"]
    told(qtbot, pictures, undo.undo)
    assert board_of_each(pictures) == ["Posters", "Inbox"]


def test_a_move_to_where_the_pictures_are_is_no_step(
    pictures: Pictures, picture: Picture, undo: UndoStack, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(pictures.moved):
        pictures.move((picture.id,), picture.board_id)
        ended: list[None] = []
        pictures._runner.call(lambda: None, ended.append)
        qtbot.waitUntil(lambda: bool(ended))
    assert undo.next_undo is None


def test_a_move_that_fails_is_told_and_everything_is_asked_for_again(
    pictures: Pictures, picture: Picture, undo: UndoStack, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pictures.failed):
        change = told(qtbot, pictures, lambda: pictures.move((picture.id,), "unknown"))
    assert change.is_everything
    assert undo.next_undo is None


def test_a_rating_is_told_and_taken_back(
    pictures: Pictures, picture: Picture, undo: UndoStack, qtbot: QtBot
) -> None:
    change = told(qtbot, pictures, lambda: pictures.rate((picture.id,), 4))
    assert [one.rating for one in change.changed] == [4]
    change = told(qtbot, pictures, undo.undo)
    assert [one.rating for one in change.changed] == [0]


def test_a_new_board_is_told_and_handed_over(pictures: Pictures, qtbot: QtBot) -> None:
    boards: list[Board] = []
    change = told(qtbot, pictures, lambda: pictures.create_board("Acme", boards.append))
    assert [board.name for board in change.boards] == ["Inbox", "Acme"]
    assert boards[0].name == "Acme"


def test_what_is_no_picture_is_refused_by_name_and_the_rest_is_taken(
    pictures: Pictures, qtbot: QtBot, tmp_path: Path
) -> None:
    text = tmp_path / "notes.png"
    text.write_text("no picture", encoding="utf-8")
    paths = (drawn(tmp_path, "fox.png"), text)
    inbox = pictures.the_library().inbox.id
    refused: list[tuple[Problem, ...]] = []
    pictures.refused.connect(refused.append)
    change = told(qtbot, pictures, lambda: pictures.import_files(paths, inbox))
    assert len(change.added) == 1
    assert [problem.kind for problem in refused[0]] == [ProblemKind.NOT_A_PICTURE]


def test_how_a_picture_was_made_is_looked_up(pictures: Pictures, picture: Picture, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pictures.origin_ready) as ready:
        pictures.look_up(picture)
    assert ready.args is not None
    assert ready.args[0].record.made.sha256 == picture.sha256


def test_a_folder_that_cannot_be_a_library_leaves_the_one_before_open(
    pictures: Pictures, qtbot: QtBot, tmp_path: Path
) -> None:
    before = pictures.library
    file = tmp_path / "a file"
    file.write_text("", encoding="utf-8")
    with qtbot.waitSignal(pictures.failed):
        pictures.open(file)
    assert pictures.library is before
