"""A set as a storyboard in the real window: ordered by hand, captioned, a frame made anew in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import Frame
from seedream_desktop.gui.storyboard_panel import StoryboardPanel
from seedream_desktop.library.values import Picture
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def opened(stage: WindowStage, count: int = 3) -> tuple[StoryboardPanel, tuple[Picture, ...]]:
    """A set, opened by its key."""
    made: dict[str, Any] = {
        "press_id": "press",
        "job_id": "job",
        "set_count": count,
        "pressed_ms": 1_795_000_000_000,
    }
    pictures = tuple(
        stage.add(number, set_index=number, prompt="dawn\nnoon\nnight", **made) for number in range(count)
    )
    stage.show_library(count)
    stage.select(pictures[:1])
    QTest.keyClick(stage.window.gallery, Qt.Key.Key_S)
    tie = stage.window.ties.storyboard
    stage.qtbot.waitUntil(lambda: tie.panel is not None and tie.panel.isVisible())
    assert tie.panel is not None
    return tie.panel, pictures


def order(panel: StoryboardPanel) -> list[int]:
    assert panel.board is not None
    return [frame.set_index for frame in panel.board.frames]


def test_alt_and_the_arrows_order_the_frames_and_undo_takes_it_back(
    stage: WindowStage, qtmodeltester: ModelTester
) -> None:
    panel, _ = opened(stage)
    qtmodeltester.check(panel.list.frames)  # type: ignore[no-untyped-call]
    panel.list.setCurrentIndex(panel.list.frames.index(2))
    QTest.keyClick(panel.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    stage.qtbot.waitUntil(lambda: order(panel) == [0, 2, 1])
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: order(panel) == [0, 1, 2])


def test_a_frame_is_dropped_between_others(stage: WindowStage) -> None:
    panel, _ = opened(stage)
    model = panel.list.frames
    mime: QMimeData = model.mimeData([model.index(0)])
    model.dropMimeData(mime, Qt.DropAction.MoveAction, 3, 0, model.index(-1))
    stage.qtbot.waitUntil(lambda: order(panel) == [1, 2, 0])


def test_a_caption_is_written_in_place(stage: WindowStage) -> None:
    panel, _ = opened(stage)
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    field = panel.list.findChild(QLineEdit)
    assert field is not None
    field.setText("The harbour wakes")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: panel.list.frames.frames[0].front.title == "The harbour wakes")
    assert panel.isVisible()
    assert "The harbour wakes" in str(panel.list.frames.index(0).data())


def test_redoing_a_frame_brings_its_neighbours_and_its_words(stage: WindowStage) -> None:
    panel, pictures = opened(stage)
    panel.list.setCurrentIndex(panel.list.frames.index(1))
    panel.redo.click()
    draft = stage.session.draft
    stage.qtbot.waitUntil(lambda: draft.frame is not None)
    assert draft.frame == Frame("press", 0, (1,), 1_795_000_000_000, pictures[1].sha256)
    held = draft.recipe.references or ()
    assert [one.sha256 for one in held] == [pictures[0].sha256, pictures[2].sha256]
    draft.undo()
    assert draft.frame is None


def test_the_result_takes_the_place_and_the_old_one_can_be_put_back(stage: WindowStage) -> None:
    panel, pictures = opened(stage)
    frame = Frame("press", 0, (1,), 1_795_000_000_000, pictures[1].sha256)
    new = stage.add(5, press_id="later", frame=frame)
    stage.session.pictures.saved(new)
    stage.qtbot.waitUntil(lambda: panel.list.frames.frames[1].front.id == new.id)
    panel.list.setCurrentIndex(panel.list.frames.index(1))
    assert panel.earlier.isVisible()
    shown = panel.frame()
    assert shown is not None
    panel.earlier_menu(shown).actions()[0].trigger()
    stage.qtbot.waitUntil(lambda: panel.list.frames.frames[1].front.id == pictures[1].id)
    assert order(panel) == [0, 1, 2]
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: panel.list.frames.frames[1].front.id == new.id)


def test_escape_leads_back_to_the_gallery(stage: WindowStage) -> None:
    panel, _ = opened(stage)
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert stage.window.stage.currentWidget() is stage.window.gallery
