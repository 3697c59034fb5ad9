"""The field under Ctrl+K in the real window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.command_palette import CommandPalette
from seedream_desktop.gui.shortcuts import shortcuts
from seedream_desktop.library.values import Query
from seedream_desktop.settings import Settings, load_settings, save_settings
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    stage.window.activateWindow()
    yield stage
    if popup := QApplication.activePopupWidget():
        popup.close()
    stage.window.hide()


def opened(stage: WindowStage) -> CommandPalette:
    stage.window.commands.palette_requested.emit()
    palette = stage.window.ties.palette.palette
    stage.qtbot.waitUntil(palette.field.hasFocus)
    return palette


def rows(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def choose(stage: WindowStage, typed: str) -> None:
    palette = opened(stage)
    palette.field.insert(typed)
    QTest.keyClick(palette.field, Key.Key_Return)
    assert not palette.isVisible()


@pytest.mark.parametrize("place", ["gallery", "prompt", "search"])
def test_control_k_opens_it_wherever_the_focus_is(stage: WindowStage, place: str) -> None:
    window = stage.window
    {"gallery": window.show_gallery, "prompt": window.compose_prompt, "search": window.search}[place]()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Key.Key_K, CONTROL)
    palette = window.ties.palette.palette
    assert palette.isVisible()
    QTest.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    stage.qtbot.waitUntil(focused.hasFocus)


def test_every_command_of_the_menu_and_the_table_is_there_with_its_key(stage: WindowStage) -> None:
    stage.select(stage.fill(2))
    palette, menu = opened(stage), stage.window.commands.menu()
    shown = set(rows(palette))
    missing = {act.text() for act in menu.actions() if act.text() and act.isEnabled()} - shown
    assert missing == {"Find a command…", "Undo", "Redo"}  # there is nothing to be taken back
    keys = {offer.words: offer.keys for offer in palette._offers}
    table = {one.words.rstrip("…"): one.shown for one in shortcuts()}
    assert keys["Export…"] == table["Export"]
    assert keys["Preferences"] == table["Preferences"]
    assert {"Rate: 5 stars", "Copy as curl", "More like this"} <= shown
    menu.deleteLater()


def test_boards_searches_and_presets_are_reached_by_their_names(stage: WindowStage, session: Session) -> None:
    library = session.pictures.the_library()
    acme = library.create_board("Acme rebrand")
    inside = library.create_board("海报", acme.id)
    session.pictures.tell_everything()
    session.searches.save("Blue ones", Query(text="colour:blue"))
    session.presets.save("Studio light", session.draft.recipe)
    stage.qtbot.waitUntil(lambda: bool(session.searches.searches))
    stage.qtbot.waitUntil(
        lambda: any(entry.board_id == inside.id for entry in stage.window.sidebar.every_place())
    )
    choose(stage, "海")
    assert session.gallery.query.board_id == inside.id
    choose(stage, "blue o")
    stage.qtbot.waitUntil(lambda: session.gallery.query.text == "colour:blue")
    palette = opened(stage)
    stage.qtbot.waitUntil(lambda: "Studio light" in rows(palette))
    palette.close()
    with stage.qtbot.waitSignal(session.presets.applied):
        choose(stage, "stud")
    choose(stage, "trash")
    assert session.gallery.query.trash


def test_what_was_chosen_lately_is_the_first_next_time_and_after_a_restart(
    stage: WindowStage, tmp_path: Path
) -> None:
    choose(stage, "rated")
    choose(stage, "hide the pan")
    assert rows(opened(stage))[:2] == ["Hide the panels", "Rated"]
    kept = stage.window.settings()
    assert kept.recent_commands == ("command:panels", "rated:")
    path = tmp_path / "settings.json"
    save_settings(path, kept)
    assert load_settings(path).recent_commands == kept.recent_commands


def test_arrows_go_round_and_pages_stop(stage: WindowStage) -> None:
    palette = opened(stage)
    last = palette.list.count() - 1
    assert palette.list.currentRow() == -1
    QTest.keyClick(palette.field, Key.Key_Down)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.field, Key.Key_Up)
    assert palette.list.currentRow() == last
    QTest.keyClick(palette.field, Key.Key_Down)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.field, Key.Key_PageUp)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.field, Key.Key_PageDown)
    assert palette.list.currentRow() == 10
    assert palette.field.hasFocus()
    assert palette.field.accessibleDescription().startswith(palette.list.currentItem().text())


def test_enter_does_nothing_before_something_was_typed_or_chosen(stage: WindowStage) -> None:
    palette = opened(stage)
    assert rows(palette)[0] == "Generate"  # which costs money
    with stage.qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Key.Key_Up)
    assert palette.list.currentRow() == palette.list.count() - 1


def test_what_is_no_command_is_looked_for_among_the_pictures(stage: WindowStage) -> None:
    stage.fill(2)
    choose(stage, "valley dawn")
    stage.qtbot.waitUntil(lambda: stage.session.gallery.query.text == "valley dawn")
    assert stage.window.header.search.text() == "valley dawn"


def test_chinese_is_composed_in_it(stage: WindowStage, session: Session) -> None:
    board = session.pictures.the_library().create_board("海报设计")
    session.pictures.tell_everything()
    sidebar = stage.window.sidebar
    stage.qtbot.waitUntil(lambda: any(entry.board_id == board.id for entry in sidebar.every_place()))
    palette = opened(stage)
    count = palette.list.count()
    QApplication.sendEvent(palette.field, QInputMethodEvent("she", []))
    assert palette.list.count() == count  # nothing is chosen while it is composed
    done = QInputMethodEvent("", [])
    done.setCommitString("设计")
    QApplication.sendEvent(palette.field, done)
    assert rows(palette)[0] == "海报设计"


def test_what_is_done_to_pictures_is_done_to_the_selected_ones(stage: WindowStage) -> None:
    pictures = stage.fill(3)
    stage.select(pictures[:2])
    choose(stage, "rate 4")
    stage.qtbot.waitUntil(lambda: [stage.now(one).rating for one in pictures] == [4, 4, 0])
    stage.window.gallery.clearSelection()
    assert "Rate: 4 stars" not in rows(opened(stage))


def test_everything_in_it_has_a_name(stage: WindowStage) -> None:
    palette = opened(stage)
    assert all((palette.accessibleName(), palette.field.accessibleName(), palette.list.accessibleName()))
    assert Settings().recent_commands == ()
