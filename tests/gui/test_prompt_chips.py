"""Mentions are dressed and completed, and stay the words that were written."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QPixmap, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import Reference
from seedream_desktop.gui.prompt_editor import PromptEditor
from tests.compose_stage import references

GREEN = QColor("#00ff00")
TYPED = "the cat of image 1, in image 2. Not image 7!"


def green(_reference: Reference, side_px: int) -> QPixmap:
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(GREEN)
    return pixmap


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[PromptEditor]:
    editor = PromptEditor()
    qtbot.addWidget(editor)
    editor.resize(500, 200)
    with qtbot.waitActive(editor):
        editor.show()
    editor.setFocus()
    editor.show_references(references(2), green)
    yield editor
    editor.hide()


def formats(editor: PromptEditor) -> list[tuple[int, int, bool, float]]:
    """Start, length, whether it is marked as missing, the spacing."""
    spans = editor.document().firstBlock().layout().formats()
    return [
        (one.start, one.length, one.format.fontUnderline(), one.format.fontLetterSpacing()) for one in spans
    ]


def underlines(editor: PromptEditor) -> list[QTextCharFormat.UnderlineStyle]:
    spans = editor.document().firstBlock().layout().formats()
    return [one.format.underlineStyle() for one in spans]


def greens(editor: PromptEditor) -> int:
    image: QImage = editor.grab().toImage()
    return sum(image.pixelColor(x, y) == GREEN for x in range(image.width()) for y in range(image.height()))


def test_mentions_are_dressed_and_the_text_stays_plain(editor: PromptEditor) -> None:
    editor.setPlainText(TYPED)
    assert editor.toPlainText() == TYPED
    spaced = [TYPED[start : start + length] for start, length, _, spacing in formats(editor) if spacing]
    assert spaced == ["1", "2"]
    assert greens(editor) > 2 * 100


def test_what_is_missing_is_marked_until_it_is_there(editor: PromptEditor) -> None:
    editor.setPlainText("image 7")
    assert underlines(editor) == [QTextCharFormat.UnderlineStyle.WaveUnderline]
    editor.show_references(references(7), green)
    assert set(underlines(editor)) == {QTextCharFormat.UnderlineStyle.NoUnderline}
    assert greens(editor) > 100
    editor.show_references((), green)
    assert greens(editor) == 0


def test_dressing_is_no_edit(editor: PromptEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(editor, "image 1")
    with qtbot.assertNotEmitted(editor.text_edited):
        editor.show_references(references(1), green)
        editor.show_thumbnails()
    editor.undo()
    assert editor.toPlainText() == ""


@pytest.mark.parametrize(("typed", "written"), [("a cat @", "a cat image 2"), ("把猫放到@", "把猫放到图2")])
def test_completion_writes_a_mention_in_the_script_of_the_prompt(
    editor: PromptEditor, typed: str, written: str
) -> None:
    editor.insertPlainText(typed[:-1])
    QTest.keyClicks(editor, typed[-1])
    completion = editor.completion
    assert completion is not None
    assert completion.is_open
    QTest.keyClick(completion.popup, Qt.Key.Key_Down)
    QTest.keyClick(completion.popup, Qt.Key.Key_Return)
    assert editor.toPlainText() == written
    assert not completion.is_open


def test_typing_narrows_what_is_offered_and_escape_leaves_the_words(editor: PromptEditor) -> None:
    completion = editor.completion
    assert completion is not None
    QTest.keyClicks(editor, "@2")
    assert completion.completer.completionCount() == 1
    QTest.keyClick(completion.popup, Qt.Key.Key_Escape)
    assert not completion.is_open
    assert editor.toPlainText() == "@2"
    QTest.keyClicks(editor, "xyz")
    assert not completion.is_open


def test_what_an_input_method_composes_is_not_completed_before_it_is_written(editor: PromptEditor) -> None:
    completion = editor.completion
    assert completion is not None
    QApplication.sendEvent(editor, QInputMethodEvent("@", []))
    assert not completion.is_open
    written = QInputMethodEvent()
    written.setCommitString("＠")
    QApplication.sendEvent(editor, written)
    assert completion.is_open
    completion.popup.hide()


def test_words_are_inserted_as_typing_that_can_be_undone(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "a cat")
    editor.insert(" in the style of image 2")
    assert editor.toPlainText() == "a cat in the style of image 2"
    editor.undo()
    assert editor.toPlainText() == "a cat"


def test_a_prompt_without_references_is_not_dressed(qtbot: QtBot) -> None:
    editor = PromptEditor()
    qtbot.addWidget(editor)
    editor.show_references((), green)
    editor.setPlainText("image 1")
    assert formats(editor) == []
    assert editor.completion is None
