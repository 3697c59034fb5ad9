"""A sign asks for a reference: the list narrows by what is typed, and what is picked is only words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.mention_completion import MentionCompletion
from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import nowhere, references

Key = Qt.Key


@pytest.fixture
def editor(qtbot: QtBot, tmp_path: Path) -> Iterator[PromptEditor]:
    runner, window, editor = TaskRunner(1), QWidget(), PromptEditor()
    column = QVBoxLayout(window)
    column.addWidget(editor)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.resize(340, 500)
    editor.dress(ThumbnailCache(tmp_path, runner, lambda *_: None), nowhere)
    editor.show_references(references(12))
    with qtbot.waitActive(window):
        window.show()
    editor.setFocus()
    yield editor
    window.hide()
    runner.close(2000)


def the_list(editor: PromptEditor) -> MentionCompletion:
    assert editor.mentions is not None
    assert editor.mentions.completion is not None
    return editor.mentions.completion


def offered(editor: PromptEditor) -> list[str]:
    if editor.mentions is None or editor.mentions.completion is None or not the_list(editor).is_open:
        return []
    return [row.title for row in the_list(editor).list.rows.rows]


def commit(editor: PromptEditor, words: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


@pytest.mark.parametrize(
    ("before", "sign", "written"),
    [
        ("a cat ", "@", "a cat image 2"),
        ("把猫放到", "＠", "把猫放到图2"),
        ("", "@", "image 2"),
        ("(", "@", "(image 2"),
    ],
)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Tab])
def test_what_is_picked_is_written_in_the_script_of_the_prompt(
    editor: PromptEditor, before: str, sign: str, written: str, key: Key
) -> None:
    editor.insert(before)
    commit(editor, sign)
    QTest.keyClick(editor, Key.Key_Down)
    QTest.keyClick(editor, key)
    assert editor.words() == written
    assert offered(editor) == []
    assert editor.hasFocus()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("@", 12),
        ("@1", 4),  # 1, 10, 11, 12
        ("@2", 1),  # that the name of another has it as well is no number
        ("@t 3", 0),
        ("@3.p", 1),
        ("@12", 1),
        ("@cat", 12),
        ("@CAT", 12),
        ("@image2", 1),
        ("@图2", 1),
        ("@１２", 1),
        ("@nothing", 0),
        ("@ ", 0),
        ("me@", 0),
        ("@@", 0),
        ("@13", 0),
    ],
)
def test_what_is_typed_narrows_the_list(editor: PromptEditor, asked: str, found: int) -> None:
    for letter in asked:
        commit(editor, letter)
    assert len(offered(editor)) == found


def test_words_after_the_cursor_stay(editor: PromptEditor) -> None:
    editor.insert("put  there")
    cursor = editor.textCursor()
    cursor.setPosition(4)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "@3")
    QTest.keyClick(editor, Key.Key_Return)
    assert editor.words() == "put image 3 there"


def test_escape_leaves_the_sign_and_is_no_step_back_of_the_window(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "@2")
    assert offered(editor)
    QTest.keyClick(editor, Key.Key_Escape)
    assert (offered(editor), editor.words()) == ([], "@2")
    QTest.keyClicks(editor, "3")
    assert offered(editor) == []
    QTest.keyClicks(editor, " @2")
    assert len(offered(editor)) == 1


def test_removing_the_sign_closes_the_list(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "@1")
    for _ in range(2):
        QTest.keyClick(editor, Key.Key_Backspace)
    assert (offered(editor), editor.words()) == ([], "")


def test_going_elsewhere_closes_the_list(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "@")
    assert offered(editor)
    editor.window().findChild(QLineEdit).setFocus()  # type: ignore[union-attr]
    assert offered(editor) == []


def test_keys_are_the_input_methods_while_it_composes_and_nothing_is_lost(editor: PromptEditor) -> None:
    commit(editor, "＠")
    assert len(offered(editor)) == 12
    commit(editor, "", "tu")
    QTest.keyClick(editor, Key.Key_Down)
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.words() == "＠"
    assert editor.document().firstBlock().layout().preeditAreaText() == "tu"
    commit(editor, "图2")
    assert editor.words() == "＠图2"


def test_what_is_composed_after_the_sign_narrows_once_it_is_written(editor: PromptEditor) -> None:
    commit(editor, "@")
    commit(editor, "", "tu2")
    assert len(offered(editor)) == 12
    commit(editor, "图2")
    assert offered(editor) == ["image 2"]


def test_the_list_lies_in_the_window_and_is_read(editor: PromptEditor) -> None:
    editor.insert("\n" * 12)
    QTest.keyClicks(editor, "@")
    completion = the_list(editor)
    assert editor.window().rect().contains(completion.geometry())
    assert completion.list.accessibleName() == "References"
    assert completion.list.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_without_references_a_sign_is_a_sign(editor: PromptEditor) -> None:
    editor.show_references(())
    QTest.keyClicks(editor, "@")
    assert offered(editor) == []


def test_a_pick_and_what_was_asked_are_two_texts(editor: PromptEditor) -> None:
    said: list[str] = []
    editor.text_edited.connect(said.append)
    QTest.keyClicks(editor, "@2")
    QTest.keyClick(editor, Key.Key_Return)
    assert said == ["@", "@2", "image 2"]
