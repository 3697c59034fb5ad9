"""Earlier prompts in the real window: found by words, walked by key, put in as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.history_popup import HistoryPopup
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    for number, prompt in enumerate(("a cat", "a {dog}", "a bird", "a cat")):
        stage.add(number, prompt=prompt)
    stage.show_library(4)
    stage.window.compose.prompt.setFocus()
    yield stage
    stage.window.hide()


def opened(stage: WindowStage) -> HistoryPopup:
    stage.window.commands.history_requested.emit()
    popup = stage.window.ties.prompt_history.popup
    stage.qtbot.waitUntil(lambda: bool(popup.list.rows.rows))
    return popup


def titles(popup: HistoryPopup) -> list[str]:
    return [row.title for row in popup.list.rows.rows]


def prompt(stage: WindowStage) -> str:
    return stage.session.draft.recipe.prompt or ""


def test_every_prompt_is_listed_once_with_how_often(stage: WindowStage) -> None:
    popup = opened(stage)
    assert titles(popup) == ["a cat", "a bird", "a {dog}"]
    assert popup.list.rows.rows[0].line.startswith("2 pictures · ")
    assert all(row.sha256 for row in popup.list.rows.rows)
    popup.close()


def test_words_narrow_it_and_enter_puts_the_prompt_in_as_one_step(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("mine")
    popup = opened(stage)
    QTest.keyClicks(popup.field, "bird")
    stage.qtbot.waitUntil(lambda: titles(popup) == ["a bird"])
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert prompt(stage) == "a bird"
    assert not popup.isVisible()
    stage.session.draft.undo()
    assert prompt(stage) == "mine"


def test_braces_that_were_text_stay_text(stage: WindowStage) -> None:
    popup = opened(stage)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert stage.session.draft.request().prompt == "a {dog}"
    assert stage.session.draft.problems() == ()


def test_alt_up_walks_back_and_alt_down_returns_to_the_own_words(stage: WindowStage) -> None:
    field = stage.window.compose.prompt
    stage.session.draft.set_prompt("mine")
    history = stage.session.prompt_history
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    stage.qtbot.waitUntil(lambda: prompt(stage) == "a cat")
    history.older()
    assert prompt(stage) == "a bird"
    history.newer()
    assert prompt(stage) == "a cat"
    history.newer()
    assert prompt(stage) == "mine"


def test_a_whole_walk_is_one_step(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("mine")
    history = stage.session.prompt_history
    history.older()
    stage.qtbot.waitUntil(lambda: prompt(stage) == "a cat")
    for _ in range(5):
        history.older()
    assert stage.session.draft.request().prompt == "a {dog}"
    stage.session.draft.undo()
    assert prompt(stage) == "mine"
    stage.session.draft.undo()
    assert (prompt(stage), stage.session.draft.can_undo) == ("", False)


def test_another_board_has_its_own_prompts_and_all_on_request(stage: WindowStage) -> None:
    board = stage.session.pictures.the_library().create_board("Acme")
    stage.session.pictures.tell_everything()
    stage.qtbot.waitUntil(lambda: stage.session.pictures.library is not None)
    stage.session.draft.set_board(board.id)
    stage.qtbot.waitUntil(lambda: stage.session.target_board() == board)
    stage.window.ties.prompt_history.open()
    popup = stage.window.ties.prompt_history.popup
    stage.qtbot.waitUntil(popup.note.isVisible)
    assert titles(popup) == []
    popup.everywhere.setChecked(True)
    stage.qtbot.waitUntil(lambda: len(titles(popup)) == 3)
    popup.close()
