"""The prompt takes words, hands pictures on, and leaves Ctrl+Enter to the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QImage, QInputMethodEvent, QKeySequence, QTextBlockFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.gui.theme import PROMPT_LINE_PX
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from tests.compose_stage import a_drop

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def editor(qtbot: QtBot, window: QWidget) -> PromptEditor:
    editor = PromptEditor()
    column = QVBoxLayout(window)
    column.addWidget(editor)
    column.addWidget(QPushButton())
    with qtbot.waitActive(window):
        window.show()
    editor.setFocus()
    return editor


@pytest.fixture
def pressed(window: QWidget) -> list[bool]:
    """Fills when the window's Ctrl+Enter is pressed."""
    pressed: list[bool] = []
    generate = QAction(window)
    generate.setShortcut(QKeySequence("Ctrl+Return"))
    generate.triggered.connect(lambda: pressed.append(True))
    window.addAction(generate)
    return pressed


def files(name: str = "/a/cat.png") -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name)])
    return mime


def compose(editor: PromptEditor, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def test_what_is_typed_is_told(qtbot: QtBot, editor: PromptEditor) -> None:
    with qtbot.waitSignal(editor.text_edited, check_params_cb=lambda text: text == "a"):
        QTest.keyClicks(editor, "a")


def test_what_is_loaded_is_not_told_back(qtbot: QtBot, editor: PromptEditor) -> None:
    with qtbot.assertNotEmitted(editor.text_edited):
        editor.load("from elsewhere")
    assert editor.toPlainText() == "from elsewhere"


@pytest.mark.parametrize("text", ["one\ntwo\n三", ""])
def test_every_line_has_the_same_height(qtbot: QtBot, editor: PromptEditor, text: str) -> None:
    editor.load(text)
    for _ in range(2):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "more")
    block = editor.document().begin()
    fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
    while block.isValid():
        assert (block.blockFormat().lineHeight(), block.blockFormat().lineHeightType()) == (22, fixed)
        block = block.next()
    assert PROMPT_LINE_PX == 22


def test_text_set_by_a_screen_reader_has_even_lines_too(editor: PromptEditor) -> None:
    editor.setPlainText("one\ntwo")
    heights = [editor.document().findBlockByNumber(line).blockFormat().lineHeight() for line in (0, 1)]
    assert heights == [22, 22]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_makes_no_line(qtbot: QtBot, editor: PromptEditor, key: Qt.Key) -> None:
    editor.load("a cat")
    QTest.keyClick(editor, key, CTRL)
    assert editor.toPlainText() == "a cat"


def test_ctrl_enter_reaches_the_window(editor: PromptEditor, pressed: list[bool]) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert len(pressed) == 1


def test_nothing_is_sent_while_a_word_is_being_composed(editor: PromptEditor, pressed: list[bool]) -> None:
    compose(editor, "mao")
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert (pressed, editor.is_composing) == ([], True)
    compose(editor, "", "猫")
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert (len(pressed), editor.toPlainText()) == (1, "猫")


def test_what_is_composed_is_told_once_it_is_there(qtbot: QtBot, editor: PromptEditor) -> None:
    said: list[str] = []
    editor.text_edited.connect(said.append)
    compose(editor, "mao")
    assert set(said) <= {""}
    compose(editor, "", "猫")
    assert said[-1] == "猫"


def test_undo_is_wished_for_and_leads_through_the_steps_of_the_draft(
    qtbot: QtBot, editor: PromptEditor
) -> None:
    QTest.keyClicks(editor, "x")
    with qtbot.waitSignals([editor.undo_requested, editor.redo_requested]):
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert editor.toPlainText() == "x"
    assert not editor.document().isUndoAvailable()


def test_words_are_pasted_plain(qtbot: QtBot, editor: PromptEditor) -> None:
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("bold")
    QApplication.clipboard().setMimeData(mime)
    editor.paste()
    assert editor.toPlainText() == "bold"
    assert "font-weight" not in editor.toHtml().split("<body")[1].split("bold")[0].split("<p")[1]


def test_a_pasted_picture_goes_to_the_references(qtbot: QtBot, editor: PromptEditor) -> None:
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    QApplication.clipboard().setImage(image)
    with qtbot.waitSignal(editor.pictures_pasted) as blocker:
        editor.paste()
    assert isinstance(blocker.args[0].picture, QImage | bytes)
    assert editor.toPlainText() == ""


def test_a_pasted_file_is_not_pasted_as_its_name(qtbot: QtBot, editor: PromptEditor) -> None:
    QApplication.clipboard().setMimeData(files())
    with qtbot.waitSignal(editor.pictures_pasted) as blocker:
        editor.paste()
    assert blocker.args[0].files == (Path("/a/cat.png"),)
    assert editor.toPlainText() == ""


def test_a_dropped_file_goes_to_the_references(qtbot: QtBot, editor: PromptEditor) -> None:
    mime = files()
    with qtbot.waitSignal(editor.pictures_pasted):
        editor.dropEvent(a_drop(mime))


def test_a_library_picture_dropped_on_the_prompt_is_an_edit(qtbot: QtBot, editor: PromptEditor) -> None:
    mime = files("/library/Inbox/cat.jpeg")
    mime.setData(PICTURE_IDS_TYPE, b"Inbox/cat.jpeg")
    with qtbot.waitSignal(editor.edit_dropped) as blocker, qtbot.assertNotEmitted(editor.pictures_pasted):
        editor.dropEvent(a_drop(mime))
    assert blocker.args[0].picture_ids == ("Inbox/cat.jpeg",)


def test_the_prompt_shows_that_a_picture_would_fall_on_it(editor: PromptEditor) -> None:
    mime = files()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    editor.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    assert editor.property("target")
    editor.dropEvent(a_drop(mime))
    assert not editor.property("target")


def test_the_question_is_seen_only_while_the_prompt_is_empty(qtbot: QtBot, editor: PromptEditor) -> None:
    empty = editor.grab().toImage()
    editor.ask("What should change in image 1?")
    assert editor.grab().toImage() != empty
    editor.insertPlainText("a")
    (question,) = editor.findChildren(QLabel)
    assert question.isHidden()
    editor.clear()
    assert not question.isHidden()
    assert editor.accessibleDescription() == "What should change in image 1?"


def test_tab_leaves_the_prompt(qtbot: QtBot, editor: PromptEditor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert (editor.toPlainText(), editor.hasFocus()) == ("", False)
