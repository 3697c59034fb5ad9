"""Presets in the real window: kept from the draft, picked by key, one step to undo, never a surprise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_parts import RecipePart
from seedream_desktop.gui.preset_tie import PresetTie
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def tie(stage: WindowStage) -> PresetTie:
    return stage.window.ties.presets


def said(stage: WindowStage) -> str:
    return stage.window.notices._words.text()


def names(stage: WindowStage) -> list[str]:
    return [preset.name for preset in stage.session.presets.presets]


def save(stage: WindowStage, name: str) -> None:
    tie(stage).ask()
    tie(stage).save_popup.field.setText(name)
    QTest.keyClick(tie(stage).save_popup.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: name in names(stage))


def open_list(stage: WindowStage) -> None:
    tie(stage).button.click()
    stage.qtbot.waitUntil(tie(stage).popup.isVisible)


def test_saving_asks_for_what_was_chosen_in_the_draft(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("a cat")
    stage.session.draft.set_seed(3)
    tie(stage).ask()
    popup = tie(stage).save_popup
    assert popup.parts == (RecipePart.PROMPT, RecipePart.OPTIONS)
    assert popup.field.text() == "a cat"
    popup.toggles[RecipePart.PROMPT].setChecked(False)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: names(stage) == ["a cat"])
    (held,) = stage.session.presets.presets
    assert (held.recipe.prompt, held.recipe.seed) == (None, 3)


def test_a_name_that_is_taken_and_nothing_to_hold_cannot_be_saved(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("a cat")
    save(stage, "Look")
    tie(stage).ask()
    popup = tie(stage).save_popup
    popup.field.setText("LOOK")
    assert not popup.save_button.isEnabled()
    popup.field.setText("Other")
    popup.toggles[RecipePart.PROMPT].setChecked(False)
    assert not popup.save_button.isEnabled()
    popup.close()


def test_a_preset_is_applied_by_key_and_says_what_changed_with_undo(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("grain")
    save(stage, "Look")
    stage.session.draft.set_prompt("something else")
    before = stage.session.draft.recipe
    open_list(stage)
    QTest.keyClick(tie(stage).popup.list, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.session.draft.recipe.prompt == "grain")
    assert said(stage) == "Preset Look: prompt changed."
    assert not tie(stage).popup.isVisible()
    stage.window.notices._act.click()
    assert stage.session.draft.recipe == before


def test_the_offer_to_undo_goes_with_the_next_change(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("grain")
    save(stage, "Look")
    stage.session.draft.set_prompt("other")
    tie(stage).apply(stage.session.presets.presets[0].id)
    stage.qtbot.waitUntil(lambda: said(stage) == "Preset Look: prompt changed.")
    stage.session.draft.set_seed(4)
    assert not stage.window.notices.isVisible()


def test_presets_are_renamed_and_removed_by_key_and_come_back(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("grain")
    save(stage, "Look")
    open_list(stage)
    rows = tie(stage).popup.list
    rows.setFocus()
    rows.edit(rows.currentIndex())
    editor = rows.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Film")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: names(stage) == ["Film"])
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    stage.qtbot.waitUntil(lambda: names(stage) == [])
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: names(stage) == ["Film"])
    tie(stage).popup.close()


def test_the_menu_updates_a_preset_in_the_parts_that_it_holds(stage: WindowStage) -> None:
    stage.session.draft.set_prompt("grain")
    save(stage, "Look")
    stage.session.draft.set_prompt("grey")
    stage.session.draft.set_seed(4)
    open_list(stage)
    update = tie(stage).popup.menu(stage.session.presets.presets[0].id).actions()[1]
    update.trigger()
    stage.qtbot.waitUntil(lambda: stage.session.presets.presets[0].recipe.prompt == "grey")
    assert stage.session.presets.presets[0].recipe.seed is None
    tie(stage).popup.close()


def test_one_of_a_newer_version_says_so_and_changes_nothing(stage: WindowStage) -> None:
    saved = stage.session.pictures.the_library().recipe_presets.save("Look", Recipe(prompt="grain"))
    assert saved is not None
    path = stage.session.pictures.the_library().root / ".seedream" / "presets" / f"{saved.id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    before = stage.session.draft.recipe
    open_list(stage)
    assert [row.line for row in tie(stage).popup.list.rows.rows] == ["Made by a newer version"]
    QTest.keyClick(tie(stage).popup.list, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: "newer version" in said(stage))
    assert stage.session.draft.recipe == before
    tie(stage).remove(saved.id)
    assert path.exists()


def test_an_empty_list_says_what_presets_are(stage: WindowStage) -> None:
    open_list(stage)
    assert tie(stage).popup.save_button.hasFocus()
    assert not tie(stage).popup.list.isVisible()
    tie(stage).popup.close()
