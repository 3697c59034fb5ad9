"""The tray shows the draft's references, how much room is left, and what was refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.reference_list import ReferenceList
from seedream_desktop.gui.reference_tile import AddTile
from seedream_desktop.gui.reference_tray import ReferenceTray
from seedream_desktop.gui.refused_list import RefusedList
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import LITE, V3, a_draft, a_reference, nowhere, part, references


@pytest.fixture
def draft() -> Draft:
    return a_draft(references=references(2))


@pytest.fixture
def tray(qtbot: QtBot, draft: Draft, tmp_path: Path) -> Iterator[ReferenceTray]:
    runner = TaskRunner(1)
    tray = ReferenceTray(draft, ThumbnailCache(tmp_path, runner, lambda picture, thumbnail: None), nowhere)
    qtbot.addWidget(tray)
    tray.resize(308, 200)
    tray.show()
    yield tray
    assert runner.close(60_000)


def said(tray: ReferenceTray) -> str:
    return " | ".join(label.text() for label in tray.findChildren(QLabel) if label.isVisible())


def test_it_says_how_much_will_be_sent(tray: ReferenceTray) -> None:
    assert "2 · 1.9 MB to send" in said(tray)


def test_room_is_told_from_eight_references_on(tray: ReferenceTray, draft: Draft) -> None:
    assert "room" not in said(tray)
    draft.add_references(tuple(a_reference(number) for number in range(10, 17)))
    assert "room for 5 more" in said(tray)


def test_a_set_shares_its_fifteen_places(tray: ReferenceTray, draft: Draft) -> None:
    draft.set_set(True)
    draft.set_images_in_set(6)
    assert "8 of 15 with the set" in said(tray)


def test_a_model_without_references_says_so(tray: ReferenceTray, draft: Draft) -> None:
    draft.set_model(V3)
    assert "not taken by 3.0" in said(tray)
    assert not part(tray, AddTile).isVisible()
    draft.set_model(LITE)
    assert part(tray, AddTile).isVisible()


def test_the_tile_that_adds_follows_the_last_reference(tray: ReferenceTray, draft: Draft) -> None:
    tiles = part(tray, ReferenceList)
    assert part(tray, AddTile).geometry() == tiles.cell(2)
    draft.remove_reference(0)
    assert part(tray, AddTile).geometry() == tiles.cell(1)


def test_the_tile_that_adds_asks_for_files(
    qtbot: QtBot, tray: ReferenceTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/a/1.png", "/a/2.png"], ""))
    with qtbot.waitSignal(tray.files_chosen) as blocker:
        part(tray, AddTile).click()
    assert blocker.args == [(Path("/a/1.png"), Path("/a/2.png"))]


def test_moving_and_removing_change_the_draft(tray: ReferenceTray, draft: Draft) -> None:
    tiles = part(tray, ReferenceList)
    tiles.move_requested.emit(0, 1)
    tiles.remove_requested.emit(0)
    assert [reference.name for reference in draft.recipe.references or ()] == ["cat 1.png"]


def test_what_was_refused_is_listed_once_with_its_reason_until_dismissed(tray: ReferenceTray) -> None:
    problem = Problem(ProblemKind.NOT_A_PICTURE, subject="brief.docx")
    tray.show_refused((problem, Problem(ProblemKind.EMPTY_FILE, subject="empty.png")))
    tray.show_refused((problem,))
    assert said(tray).count("brief.docx is not a picture.") == 1
    assert "empty.png is empty." in said(tray)
    part(part(tray, RefusedList), QToolButton).click()
    assert "brief.docx" not in said(tray)


def test_hundreds_of_refused_files_take_five_lines(tray: ReferenceTray) -> None:
    refused = tuple(Problem(ProblemKind.EMPTY_FILE, subject=f"{number}.png") for number in range(300))
    tray.show_refused(refused)
    assert "and 296 more" in said(tray)
    assert said(tray).count("is empty") == 4


def test_a_reference_without_room_is_refused_in_the_tray(tray: ReferenceTray, draft: Draft) -> None:
    draft.add_references(references(13))
    assert "There is room for 14 references." in said(tray)


def test_it_says_while_files_are_being_read(tray: ReferenceTray) -> None:
    tray.show_reading(3)
    assert "reading 3" in said(tray)
    tray.show_reading(0)
    assert "reading" not in said(tray)
