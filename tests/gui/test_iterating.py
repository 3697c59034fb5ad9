"""From a result to the next request sent: one key, the words, one chord, and no click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials
from seedream_desktop.library.values import Picture
from seedream_desktop.settings import Settings, places
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.compose_stage import catalog
from tests.demo_fixtures import Demo
from tests.gui.window_stage import WindowStage, window_stage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = "make it night"


@pytest.fixture
def session(demo: Demo, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    where = places(tmp_path / "data")
    where.data_dir.mkdir()
    settings = Settings(machine_id="0" * 32)
    credentials = Credentials("http://127.0.0.1", demo.key, lambda: None)
    session = Session(where, settings, Provider(demo.base_url, lambda: credentials, is_demo=True), catalog())
    yield session
    assert session.close(60_000)


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    with qtbot.waitSignal(session.account.key_changed):
        session.account.load()
    stage.window.activateWindow()
    yield stage
    stage.window.hide()


def in_gallery(stage: WindowStage, pictures: tuple[Picture, ...]) -> QWidget:
    stage.select(pictures[:1])
    return stage.window.gallery


def in_viewer(stage: WindowStage, pictures: tuple[Picture, ...]) -> QWidget:
    stage.select(pictures[:1])
    QTest.keyClick(stage.window.gallery, Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.window.viewer.stage.picture == pictures[0])
    return stage.window.viewer


def in_comparison(stage: WindowStage, pictures: tuple[Picture, ...]) -> QWidget:
    stage.select(pictures)
    QTest.keyClick(stage.window.gallery, Key.Key_C)
    stage.qtbot.waitUntil(lambda: stage.window.stage.currentIndex() > 1)
    shown = stage.window.stage.currentWidget()
    assert shown is not None
    return shown


def in_table(stage: WindowStage, pictures: tuple[Picture, ...]) -> QWidget:
    tie = stage.window.ties.press_grid
    tie.show_press(pictures[0])
    stage.qtbot.waitUntil(lambda: tie.table is not None and tie.table.isVisible())
    assert tie.table is not None
    return tie.table.table


def type_on(key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is, as the window system does."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


@pytest.mark.parametrize("place", [in_gallery, in_viewer, in_comparison, in_table])
def test_one_key_the_words_and_one_chord_send_the_next_request(
    stage: WindowStage,
    demo: Demo,
    place: Callable[[WindowStage, tuple[Picture, ...]], QWidget],
) -> None:
    session, qtbot = stage.session, stage.qtbot
    pictures = stage.fill(2)
    session.draft.set_prompt("what was written before")
    model, board = session.draft.model, session.draft.board_id
    place(stage, pictures).setFocus()
    type_on(Key.Key_E)
    prompt = stage.window.compose.prompt
    assert prompt.hasFocus()
    assert prompt.accessibleDescription() == "What should change in image 1?"
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, WORDS)
    type_on(Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(demo.posts()))
    (sent,) = [post["fields"] for post in demo.posts()]
    assert (sent["prompt"], sent["model"]) == (WORDS, model.id)
    assert sent["image"]
    (job,) = session.queue.jobs
    (edited,) = job.request.references
    shown = pictures if place is in_comparison else pictures[:1]
    assert edited.sha256 in {one.sha256 for one in shown}
    assert (session.draft.board_id, session.draft.model, session.draft.recipe.prompt) == (board, model, WORDS)
    assert prompt.hasFocus()


def test_the_words_find_the_new_draft_however_slowly_its_file_is_read_and_undo_brings_the_old_one(
    stage: WindowStage, demo: Demo
) -> None:
    session, pictures = stage.session, stage.fill(1)
    session.draft.set_prompt("what was written before")
    before = session.draft.recipe
    in_gallery(stage, pictures)
    session.reading.set_threads(0)  # nothing is read now
    type_on(Key.Key_E)
    QTest.keyClicks(stage.window.compose.prompt, WORDS)
    assert session.draft.recipe.prompt == WORDS
    session.reading.set_threads(2)
    stage.qtbot.waitUntil(lambda: (session.pictures.the_library()._references._kept()) != [])
    assert session.draft.recipe.prompt == WORDS
    for _ in range(8):  # the words may be several steps
        if session.draft.recipe != before:
            type_on(Key.Key_Z, CONTROL)
    assert session.draft.recipe == before
    assert demo.posts() == []


def test_a_picture_whose_file_is_gone_leaves_the_draft_as_it_was_and_says_so(stage: WindowStage) -> None:
    session, pictures = stage.session, stage.fill(1)
    session.draft.set_prompt("what was written before")
    before = session.draft.recipe
    stage.select(pictures)
    pictures[0].path.unlink()
    with stage.qtbot.waitSignal(session.intake.refused):
        type_on(Key.Key_E)
    assert (session.draft.recipe, session.draft.is_edit) == (before, False)


def test_the_same_key_twice_is_one_edit(stage: WindowStage) -> None:
    session, pictures = stage.session, stage.fill(1)
    session.draft.set_prompt("what was written before")
    before = session.draft.recipe
    for _ in range(2):
        session.edit(pictures[0])
    session.draft.undo()
    assert session.draft.recipe == before
