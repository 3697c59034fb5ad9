"""From the tray to the picture and back: the copy keeps the number, the prompt gets its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import Reference
from seedream_desktop.gui.markup_editor import MarkupEditor
from seedream_desktop.gui.markup_words import clause_of, speaks_chinese
from seedream_desktop.gui.reference_list import ReferenceList
from seedream_desktop.imaging.markup import Mark, MarkColour, MarkKind
from seedream_desktop.state.session import Session
from tests.compose_stage import part
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    pictures = stage.fill(2)
    with qtbot.waitSignal(session.intake.taken):
        session.intake.take_files(tuple(picture.path for picture in pictures))
    yield stage
    stage.window.hide()


def references(stage: WindowStage) -> tuple[Reference, ...]:
    return stage.session.draft.recipe.references or ()


def tiles(stage: WindowStage) -> ReferenceList:
    return part(stage.window.compose.tray, ReferenceList)


def open_editor(stage: WindowStage, index: int = 1) -> MarkupEditor:
    """Press M on a tile, and wait until the picture is there."""
    listed = tiles(stage)
    listed.setCurrentIndex(listed.model().index(index, 0))
    QTest.keyClick(listed, Qt.Key.Key_M)
    editor = stage.window.ties.markup.editor
    assert editor is not None
    stage.qtbot.waitUntil(lambda: editor.picture.full is not None)
    return editor


def use(stage: WindowStage, editor: MarkupEditor) -> None:
    with stage.qtbot.waitSignal(stage.session.marking_up.used):
        QTest.keyClick(editor, Qt.Key.Key_Return)


def test_m_on_a_tile_opens_it_in_the_gallery_s_place(stage: WindowStage) -> None:
    editor = open_editor(stage)
    assert stage.window.stage.currentWidget() is editor
    assert not stage.window.header.isVisible()
    assert editor.accessibleName().startswith("Mark up image 2")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert stage.window.stage.currentWidget() is stage.window.gallery
    assert stage.window.header.isVisible()


def test_the_menu_of_a_tile_offers_it(stage: WindowStage, qtbot: QtBot) -> None:
    listed = tiles(stage)
    with qtbot.waitSignal(stage.window.compose.tray.markup_requested) as told:
        menu = listed._menu(1)
        assert isinstance(menu, QMenu)
        next(act for act in menu.actions() if act.text() == "Mark up…").trigger()
        menu.close()
    assert told.args == [1]


def test_escape_goes_back_to_the_viewer_where_it_was_begun(stage: WindowStage) -> None:
    stage.window.viewer.show_row(0)
    stage.window.show_viewer()
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert stage.window.stage.currentWidget() is stage.window.viewer


def test_the_words_for_what_is_marked_go_into_the_prompt(stage: WindowStage) -> None:
    first, second = references(stage)
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    use(stage, editor)
    assert references(stage)[0] == first
    assert references(stage)[1] != second
    assert stage.window.stage.currentWidget() is stage.window.gallery
    act = next(one for one in stage.window.notices.findChildren(QPushButton) if one.isVisible())
    assert act.text() == "Insert “in the red box of image 2”"
    act.click()
    assert stage.session.draft.recipe.prompt == "in the red box of image 2"
    stage.window.compose.prompt.undo()
    assert stage.session.draft.recipe.prompt == ""


@pytest.mark.parametrize(
    ("prompt", "then"),
    [
        ("replace the cup", "replace the cup in the red box of image 2"),
        ("replace the cup ", "replace the cup in the red box of image 2"),
        ("替换", "替换图2中红色方框内"),
    ],
)
def test_the_words_stand_apart_from_those_before_them(stage: WindowStage, prompt: str, then: str) -> None:
    stage.window.compose.prompt.insertPlainText(prompt)
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    use(stage, editor)
    next(one for one in stage.window.notices.findChildren(QPushButton) if one.isVisible()).click()
    assert stage.session.draft.recipe.prompt == then


def test_one_undo_brings_the_original_back(stage: WindowStage) -> None:
    before = references(stage)
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    use(stage, editor)
    stage.session.draft.undo()
    assert references(stage) == before


def test_the_menu_undoes_on_the_picture_while_one_draws(stage: WindowStage) -> None:
    editor = open_editor(stage)
    stage.window.activateWindow()
    stage.qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_N)
    menu = stage.window.commands.menu()
    menu.aboutToShow.emit()
    act = next(act for act in menu.actions() if act.text() == "Undo on the picture")
    assert act.isEnabled()
    act.trigger()
    menu.aboutToHide.emit()
    assert stage.session.marking_up.markup.is_empty


def test_something_else_in_its_place_loses_no_stroke(stage: WindowStage) -> None:
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    stage.window.show_gallery()
    assert stage.session.marking_up.reference is None
    open_editor(stage)
    assert len(stage.session.marking_up.markup.marks) == 1


def test_a_copy_that_was_asked_for_comes_though_one_has_moved_on(stage: WindowStage) -> None:
    before = references(stage)
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    with stage.qtbot.waitSignal(stage.session.marking_up.used):
        stage.window.search()
    assert references(stage)[1] != before[1]
    assert not stage.window.compose.prompt.hasFocus()


def test_a_copy_that_cannot_be_kept_says_why_and_the_editor_stays(stage: WindowStage) -> None:
    editor = open_editor(stage)
    QTest.keyClick(editor, Qt.Key.Key_N)
    stage.session.reference_path(references(stage)[1]).unlink()
    for picture in stage.session.pictures.the_library().pictures(
        [stage.session.gallery.picture_id(row) or "" for row in range(2)]
    ):
        picture.path.unlink()
    with stage.qtbot.waitSignal(stage.session.marking_up.failed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert stage.window.stage.currentWidget() is editor
    assert stage.window.notices.isVisible()
    assert len(stage.session.marking_up.markup.marks) == 1


@pytest.mark.parametrize(
    ("kind", "colour", "is_chinese", "words"),
    [
        (MarkKind.BOX, MarkColour.RED, False, "in the red box of image 2"),
        (MarkKind.ARROW, MarkColour.BLUE, False, "where the blue arrow points in image 2"),
        (MarkKind.BRUSH, MarkColour.GREEN, False, "in the area painted green in image 2"),
        (MarkKind.BOX, MarkColour.RED, True, "图2中红色方框内"),
        (MarkKind.ARROW, MarkColour.YELLOW, True, "图2中黄色箭头所指处"),
        (MarkKind.BRUSH, MarkColour.BLUE, True, "图2中蓝色涂抹处"),
    ],
)
def test_a_clause_names_shape_colour_and_number(
    kind: MarkKind, colour: MarkColour, is_chinese: bool, words: str
) -> None:
    mark = Mark(kind, colour, 4.0, ((0.0, 0.0), (9.0, 9.0)))
    assert clause_of(mark, 2, is_chinese=is_chinese) == words


@pytest.mark.parametrize(
    ("prompt", "is_chinese"), [("把它换掉", True), ("replace it", False), ("", False), ("  ", False)]
)
def test_the_clause_is_in_the_prompt_s_own_language(prompt: str, is_chinese: bool) -> None:
    assert speaks_chinese(prompt) is is_chinese
