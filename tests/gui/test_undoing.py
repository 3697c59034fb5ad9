"""The menu names what would be undone, on the side that has the focus."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.gui.commands import Commands
from seedream_desktop.gui.undoing import Undoing
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.undo import UndoStack
from tests.compose_stage import catalog


@dataclass(frozen=True)
class Named:
    kind: str
    count: int

    def undo(self) -> None:
        """Nothing is done."""

    def redo(self) -> None:
        """Nothing is done."""


@dataclass(slots=True)
class Stage:
    """A window with two sides."""

    commands: Commands
    steps: UndoStack
    draft: Draft
    prompt: QLineEdit
    gallery: QLineEdit

    def said(self, qtbot: QtBot) -> dict[str, bool]:
        """What the menu offers to undo and redo, and whether it is there."""
        menu: QMenu = self.commands.menu()
        menu.aboutToShow.emit()
        found = {
            act.text(): act.isEnabled() for act in menu.actions() if act.text().startswith(("Undo", "Redo"))
        }
        menu.aboutToHide.emit()
        return found


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    window, composing = QWidget(), QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(composing)
    prompt, gallery = QLineEdit(composing), QLineEdit()
    column.addWidget(gallery)
    window.show()
    window.activateWindow()
    stage = Stage(Commands(window), UndoStack(), Draft(catalog(), Recipe(), 1, ""), prompt, gallery)
    Undoing(stage.commands, composing, stage.draft, stage.steps)
    gallery.setFocus()
    qtbot.waitUntil(gallery.hasFocus)
    return stage


def test_without_steps_there_is_nothing_to_undo(stage: Stage, qtbot: QtBot) -> None:
    assert stage.said(qtbot) == {"Undo": False, "Redo": False}


def test_the_newest_step_is_named_with_its_count(stage: Stage, qtbot: QtBot) -> None:
    stage.steps.push(Named("rate", 1))
    stage.steps.push(Named("trash", 3))
    assert "Undo: move 3 pictures to the trash" in stage.said(qtbot)
    stage.steps.undo()
    assert stage.said(qtbot) == {
        "Undo: rate 1 picture": True,
        "Redo: move 3 pictures to the trash": True,
    }


@pytest.mark.parametrize("kind", ["rate", "tag", "rename", "move", "trash", "restore"])
def test_every_kind_of_step_has_words(stage: Stage, qtbot: QtBot, kind: str) -> None:
    assert kind in set(ActivityKind)
    stage.steps.push(Named(kind, 2))
    assert any("2 pictures" in text for text in stage.said(qtbot))


def test_with_the_focus_in_the_request_its_own_steps_are_meant(stage: Stage, qtbot: QtBot) -> None:
    stage.steps.push(Named("trash", 3))
    stage.prompt.setFocus()
    qtbot.waitUntil(stage.prompt.hasFocus)
    assert stage.said(qtbot) == {"Undo in the request": False, "Redo in the request": False}
    stage.commands.undo_requested.emit()
    assert stage.steps.next_undo is not None


def test_the_keys_work_again_once_the_menu_is_closed(stage: Stage, qtbot: QtBot) -> None:
    stage.said(qtbot)
    stage.steps.push(Named("trash", 3))
    stage.commands.undo_requested.emit()
    assert stage.steps.next_redo is not None
    assert all(action.isEnabled() for action in stage.commands._actions.values())
