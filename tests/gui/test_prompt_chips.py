"""Mentions are dressed, walked over and removed as one, and stay the words that were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.picture_bubble import PictureBubble
from seedream_desktop.gui.prompt_chips import Chip
from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.gui.prompt_mentions import PromptMentions
from seedream_desktop.gui.theme import DARK, PROMPT_LINE_PX, SPACE_PX
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_draft, nowhere, references

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
GREEN = QColor("#00ff00")
TYPED = "the cat of image 1, in image 2. Not image 7!"


@dataclass(slots=True)
class Stage:
    """A prompt tied to a draft with two references, whose pictures are green."""

    editor: PromptEditor
    draft: Draft

    @property
    def mentions(self) -> PromptMentions:
        assert self.editor.mentions is not None
        return self.editor.mentions

    @property
    def chips(self) -> list[Chip]:
        return list(self.mentions.chips.chips())

    @property
    def at(self) -> int:
        return self.editor.textCursor().position()

    def put(self, at: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(at)
        self.editor.setTextCursor(cursor)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, key, modifiers)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.editor, event)


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    runner.close(2000)


@pytest.fixture
def stage(qtbot: QtBot, runner: TaskRunner, tmp_path: Path) -> Iterator[Stage]:
    window, editor, draft = QMainWindow(), PromptEditor(), a_draft(references=references(2))
    thumbnails = ThumbnailCache(tmp_path, runner, lambda *_: None)
    green = QImage(64, 64, QImage.Format.Format_RGB32)
    green.fill(GREEN)
    for reference in references(9):
        thumbnails.put(reference.sha256, green, 32)
        thumbnails.put(reference.sha256, green, 240)
    qtbot.addWidget(window)
    window.setCentralWidget(editor)
    window.resize(500, 400)
    editor.dress(thumbnails, nowhere)
    editor.text_edited.connect(draft.set_prompt)
    editor.undo_requested.connect(draft.undo)
    editor.redo_requested.connect(draft.redo)
    draft.recipe_changed.connect(lambda recipe: editor.load(recipe.prompt or ""))
    draft.recipe_changed.connect(lambda recipe: editor.show_references(recipe.references or ()))
    editor.show_references(references(2))
    with qtbot.waitActive(window):
        window.show()
    editor.setFocus()
    yield Stage(editor, draft)
    window.hide()


def spaced(editor: PromptEditor) -> list[str]:
    """Behind which letters there is room."""
    block = editor.document().firstBlock()
    spans = block.layout().formats()
    return [
        block.text()[one.start : one.start + one.length] for one in spans if one.format.fontLetterSpacing()
    ]


def greens(editor: PromptEditor) -> int:
    image: QImage = editor.grab().toImage()
    return sum(image.pixelColor(x, y) == GREEN for x in range(image.width()) for y in range(image.height()))


def test_mentions_are_dressed_and_the_text_stays_plain(stage: Stage) -> None:
    stage.draft.set_prompt(TYPED)
    assert stage.editor.toPlainText() == stage.editor.words() == TYPED
    assert spaced(stage.editor) == ["1", "2", "7"]
    assert [chip.number for chip in stage.chips] == [1, 2, 7]
    assert greens(stage.editor) > 2 * 100


def test_a_chip_fits_its_line_and_its_picture_lies_behind_the_number(stage: Stage) -> None:
    stage.draft.set_prompt("image 1, 图2。")
    for chip in stage.chips:
        (ground,) = chip.grounds
        assert ground.height() <= PROMPT_LINE_PX
        assert ground.contains(chip.picture)
    line = stage.editor.document().firstBlock().layout().lineAt(0)
    assert stage.editor.document().size().height() == PROMPT_LINE_PX + 2 * SPACE_PX
    comma_px = line.cursorToX(len("image 1"))[0] + stage.editor.document().documentMargin()  # type: ignore[index]
    assert abs(stage.chips[0].grounds[0].right() - comma_px) < 0.01


def test_a_character_of_two_units_moves_no_chip_aside(stage: Stage) -> None:
    stage.draft.set_prompt("\U0001f600\U0001f600 image 1.")
    (chip,) = stage.chips
    cursor = QTextCursor(stage.editor.document())
    cursor.setPosition(chip.start)
    cursor.setPosition(chip.end, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "image 1"


def test_a_mention_on_two_lines_has_two_grounds(stage: Stage) -> None:
    words = "w" * 200
    stage.draft.set_prompt(f"{words} image 1 {words}")
    stage.editor.setLineWrapColumnOrWidth(0)
    number_px = stage.editor.fontMetrics().horizontalAdvance("image ")
    stage.editor.setFixedWidth(number_px + 40)
    stage.editor.setPlainText("aaa image 1")
    assert {len(chip.grounds) for chip in stage.chips} <= {1, 2}
    assert all(ground.width() > 0 for chip in stage.chips for ground in chip.grounds)


def test_what_is_missing_is_marked_until_it_is_there(stage: Stage) -> None:
    def colours() -> set[str]:
        spans = stage.editor.document().firstBlock().layout().formats()
        return {one.format.foreground().color().name() for one in spans if one.format.hasProperty(0x0821)}

    stage.draft.set_prompt("image 7")
    amber = stage.editor.grab().toImage()
    assert stage.mentions.chips.references == references(2)
    stage.draft.add_references(references(7)[2:])
    assert greens(stage.editor) > 100
    assert stage.editor.grab().toImage() != amber
    assert DARK.amber not in colours()


def test_dressing_is_no_edit(stage: Stage, qtbot: QtBot) -> None:
    QTest.keyClicks(stage.editor, "image 1")
    with qtbot.assertNotEmitted(stage.editor.text_edited):
        stage.editor.show_references(references(1))
        stage.mentions.chips.follow_theme()
    assert stage.editor.words() == "image 1"


def test_the_cursor_goes_over_a_chip_as_over_one_letter(stage: Stage) -> None:
    stage.draft.set_prompt("a image 1, b")
    stage.put(2)
    stage.key(Qt.Key.Key_Right)
    assert stage.at == 9
    stage.key(Qt.Key.Key_Left)
    assert stage.at == 2
    stage.key(Qt.Key.Key_Right, SHIFT)
    assert stage.editor.textCursor().selectedText() == "image 1"
    stage.key(Qt.Key.Key_Left, SHIFT)
    assert not stage.editor.textCursor().hasSelection()
    for at, edge in ((4, 2), (8, 9)):
        stage.put(0)
        stage.put(at)
        assert stage.at == edge


@pytest.mark.parametrize(("at", "key"), [(9, Qt.Key.Key_Backspace), (2, Qt.Key.Key_Delete)])
@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_a_chip_goes_as_a_whole_and_comes_back_by_one_undo(
    stage: Stage, at: int, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    stage.draft.set_prompt("a image 1, b")
    stage.put(at)
    stage.key(key, modifiers)
    assert stage.draft.recipe.prompt == "a , b"
    stage.key(Qt.Key.Key_Z, CTRL)
    assert stage.draft.recipe.prompt == stage.editor.words() == "a image 1, b"


def test_words_beside_a_chip_are_removed_letter_by_letter(stage: Stage) -> None:
    stage.draft.set_prompt("a image 1, b")
    stage.put(10)
    stage.key(Qt.Key.Key_Backspace)
    assert stage.editor.words() == "a image 1 b"
    stage.put(2)
    stage.key(Qt.Key.Key_Backspace)
    assert stage.editor.words() == "aimage 1 b"


def test_a_renumbering_keeps_the_cursor_and_is_one_step(stage: Stage) -> None:
    QTest.keyClicks(stage.editor, "image 1 and image 2 here")
    stage.put(12)
    stage.draft.move_reference(0, 1)
    assert (stage.editor.words(), stage.at) == ("image 2 and image 1 here", 12)
    stage.key(Qt.Key.Key_Z, CTRL)
    assert stage.editor.words() == "image 1 and image 2 here"
    assert stage.draft.recipe.references == references(2)
    stage.key(Qt.Key.Key_Z, CTRL)
    assert stage.editor.words() == ""


def test_what_is_composed_stays_while_the_words_around_it_change(stage: Stage) -> None:
    stage.draft.set_prompt("image 1 ")
    stage.put(8)
    stage.compose("mao")
    stage.draft.insert_references(0, references(9)[2:])
    assert stage.editor.words() == "image 8 "
    layout = stage.editor.document().firstBlock().layout()
    assert (layout.preeditAreaText(), layout.preeditAreaPosition()) == ("mao", 8)
    assert spaced(stage.editor) == ["8"]
    stage.compose("", "猫")
    assert stage.draft.recipe.prompt == stage.editor.words() == "image 8 猫"


def test_chips_keep_their_room_and_place_while_a_word_is_composed_before_them(stage: Stage) -> None:
    stage.draft.set_prompt("a image 1.")
    stage.put(1)
    before = stage.chips[0].grounds[0]
    stage.compose("mao")
    (chip,) = stage.chips
    assert abs(chip.grounds[0].width() - before.width()) < 1
    assert chip.grounds[0].left() > before.left()
    assert (chip.start, chip.end) == (2, 9)


def test_keys_are_the_input_methods_while_it_composes(stage: Stage) -> None:
    stage.draft.set_prompt("image 1")
    stage.put(7)
    stage.compose("ma")
    stage.key(Qt.Key.Key_Z, CTRL)
    assert stage.draft.recipe.prompt == "image 1"
    stage.compose("", "")
    assert stage.editor.words() == "image 1"


def test_the_pointer_shows_the_reference_larger(stage: Stage) -> None:
    stage.draft.set_prompt("image 1 and image 7")
    first, missing = (chip.grounds[0].center().toPoint() for chip in stage.chips)
    rest_on(stage, first)
    (bubble,) = stage.editor.window().findChildren(PictureBubble)
    assert bubble.isVisible()
    assert greens_of(bubble) > 200 * 150
    rest_on(stage, QPoint(450, 300))
    assert not bubble.isVisible()
    rest_on(stage, missing)
    assert not bubble.isVisible()


def rest_on(stage: Stage, at: QPoint) -> None:
    viewport = stage.editor.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))


def greens_of(bubble: PictureBubble) -> int:
    image = bubble.grab().toImage()
    return sum(image.pixelColor(x, y) == GREEN for x in range(image.width()) for y in range(image.height()))


def test_a_press_with_ctrl_leads_to_the_reference(stage: Stage, qtbot: QtBot) -> None:
    stage.draft.set_prompt("a image 2, image 7")
    at, missing = (chip.grounds[0].center().toPoint() for chip in stage.chips)
    with qtbot.waitSignal(stage.editor.reference_wished) as blocker:
        QTest.mouseClick(stage.editor.viewport(), Qt.MouseButton.LeftButton, CTRL, at)
    assert blocker.args == [1]
    with qtbot.assertNotEmitted(stage.editor.reference_wished):
        QTest.mouseClick(stage.editor.viewport(), Qt.MouseButton.LeftButton, CTRL, missing)


def test_a_prompt_that_speaks_of_nothing_is_not_dressed(stage: Stage) -> None:
    QTest.keyClicks(stage.editor, "a cat in the rain")
    assert stage.editor.mentions is None


def test_chip_at_is_the_one_under_the_place(stage: Stage) -> None:
    stage.draft.set_prompt("one\nimage 2")
    (chip,) = stage.chips
    found = stage.mentions.chips.chip_at(chip.picture.center())
    assert found == chip
    assert stage.mentions.chips.chip_at(QPointF(0, 0)) is None
