"""Drafts as tabs in the real window: a row once there are two, keys for all of it, back after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.draft_tabs import DraftTabs
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    stage.window.activateWindow()
    stage.window.compose_prompt()
    yield stage
    stage.window.hide()


def tabs(stage: WindowStage) -> DraftTabs:
    return stage.window.ties.draft_tabs.tabs


def titles(stage: WindowStage) -> list[str]:
    return [tabs(stage).tabText(index) for index in range(tabs(stage).count())]


def press(stage: WindowStage, key: Qt.Key, more: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(stage.window.compose.prompt, key, more)


def test_there_is_a_row_once_there_are_two(stage: WindowStage) -> None:
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    assert not tabs(stage).isVisible()
    press(stage, Qt.Key.Key_T)
    assert tabs(stage).isVisible()
    assert (titles(stage), tabs(stage).currentIndex()) == (["a cat", "Empty"], 1)
    QTest.keyClicks(stage.window.compose.prompt, "R & D, and many more words than fit")
    assert titles(stage)[1].startswith("R && D")


def test_keys_walk_close_and_bring_back(stage: WindowStage) -> None:
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    press(stage, Qt.Key.Key_T)
    QTest.keyClicks(stage.window.compose.prompt, "a dog")
    press(stage, Qt.Key.Key_Tab)
    assert stage.window.compose.prompt.toPlainText() == "a cat"
    press(stage, Qt.Key.Key_W)
    assert stage.window.compose.prompt.toPlainText() == "a dog"
    assert not tabs(stage).isVisible()
    press(stage, Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert stage.window.compose.prompt.toPlainText() == "a cat"
    assert titles(stage) == ["a cat", "a dog"]


def test_a_click_shows_and_a_middle_click_closes(stage: WindowStage) -> None:
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    press(stage, Qt.Key.Key_T)
    QTest.mouseClick(tabs(stage), Qt.MouseButton.LeftButton, pos=tabs(stage).tabRect(0).center())
    assert stage.session.draft.recipe.prompt == "a cat"
    QTest.mouseClick(tabs(stage), Qt.MouseButton.MiddleButton, pos=tabs(stage).tabRect(1).center())
    assert titles(stage) == ["a cat"]


def test_dragging_changes_the_order(stage: WindowStage) -> None:
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    press(stage, Qt.Key.Key_T)
    tabs(stage).moveTab(1, 0)
    assert [recipe.prompt for recipe in stage.session.drafts.recipes] == ["", "a cat"]
    assert (titles(stage), stage.session.drafts.place) == (["Empty", "a cat"], 0)


def test_they_come_back_after_a_restart(stage: WindowStage) -> None:
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    press(stage, Qt.Key.Key_T)
    settings = stage.window.settings()
    assert (settings.recipe.prompt, len(settings.drafts), settings.draft_place) == ("", 1, 1)
    assert "a cat" in settings.drafts[0]


def test_an_edit_is_one_tab_and_one_undo_away_from_what_was_written(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    QTest.keyClicks(stage.window.compose.prompt, "a cat")
    stage.session.edit(picture)
    stage.qtbot.waitUntil(lambda: stage.session.draft.is_edit)
    assert titles(stage) == ["a cat", "With references"]
    stage.session.draft.undo()
    assert titles(stage) == ["a cat"]
    assert stage.session.draft.recipe.prompt == "a cat"
