"""Marking up as it is seen: drawn by mouse and by key, undone, cropped, left and come back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.markup_editor import MarkupEditor
from seedream_desktop.gui.theme import DARK, apply_theme
from seedream_desktop.gui.viewer_header import HEADER_PX
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.imaging.markup import Crop, MarkColour, MarkKind, Rect
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.markup_stage import SIZE, MarkupStage

LEFT = Qt.MouseButton.LeftButton


class EditorStage(MarkupStage):
    """With an editor that shows the first reference."""

    def __init__(self, folder: Path, runner: TaskRunner, qtbot: QtBot) -> None:
        super().__init__(folder, runner, qtbot)
        thumbnails = ThumbnailCache(folder / "thumbnails", runner, lambda picture, thumbnail: None)
        path_of = self.library.reference_path
        self.editor = MarkupEditor(self.marking, thumbnails, runner, path_of, draw_picture)
        qtbot.addWidget(self.editor)
        self.editor.resize(700, 600)
        self.editor.show()
        self.show(0)

    def show(self, index: int) -> None:
        self.open(index)
        self.editor.show()
        self.editor.setFocus()
        self.qtbot.waitUntil(lambda: self.colour_at((2, 2)) != QColor(DARK.panel).name())

    def at(self, point: tuple[float, float]) -> QPoint:
        view = self.editor.canvas.view()
        assert view is not None
        return view.point(point).toPoint()

    def colour_at(self, point: tuple[float, float]) -> str:
        image = self.editor.canvas.grab().toImage()
        return image.pixelColor(self.at(point) * image.devicePixelRatio()).name()

    def drag(self, *way: tuple[float, float]) -> None:
        canvas = self.editor.canvas
        QTest.mousePress(canvas, LEFT, pos=self.at(way[0]))
        for point in way[1:]:
            QTest.mouseMove(canvas, self.at(point))
        QTest.mouseRelease(canvas, LEFT, pos=self.at(way[-1]))

    def press(self, sign: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, Qt.Key(ord(sign.upper())), modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, key, modifiers)

    @property
    def said(self) -> str:
        return self.editor.foot.findChildren(ElidedLabel)[0].whole_text

    def button(self, name: str) -> QWidget:
        found = [one for one in self.editor.findChildren(QWidget) if one.accessibleName() == name]
        assert len(found) == 1, name
        return found[0]


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[EditorStage]:
    apply_theme(qapp, "dark")
    runner = TaskRunner(2)
    stage = EditorStage(tmp_path, runner, qtbot)
    yield stage
    stage.editor.hide()
    assert runner.close(60_000)
    stage.library.close()


def test_a_box_is_drawn_where_it_is_dragged_and_seen_there(stage: EditorStage) -> None:
    stage.drag((20, 20), (50, 40), (70, 60))
    (mark,) = stage.marking.markup.marks
    assert (mark.kind, mark.colour) == (MarkKind.BOX, MarkColour.RED)
    assert Rect(19, 19, 71, 61).holds((mark.frame.left, mark.frame.top))
    stage.press("s")
    stage.key(Qt.Key.Key_Escape)
    assert stage.colour_at((45, 20)) == "#ff0000"
    assert stage.colour_at((45, 40)) == "#205080"


def test_tools_and_colours_are_single_keys(stage: EditorStage) -> None:
    stage.press("a")
    stage.press("2")
    stage.drag((20, 20), (70, 60))
    stage.press("d")
    stage.press("4")
    stage.drag((20, 70), (50, 75), (70, 70))
    stage.press("c")
    stage.drag((10, 10), (90, 78))
    markup = stage.marking.markup
    drawn = [(mark.kind, mark.colour) for mark in markup.marks]
    assert drawn == [(MarkKind.ARROW, MarkColour.BLUE), (MarkKind.BRUSH, MarkColour.YELLOW)]
    assert markup.crop == Crop(10, 10, 80, 68)


def test_what_a_crop_takes_away_is_darkened_and_nothing_else(stage: EditorStage) -> None:
    before = stage.colour_at((50, 40))
    stage.press("c")
    stage.drag((20, 20), (80, 60))
    stage.press("b")
    assert stage.colour_at((50, 40)) == before
    outside = {stage.colour_at(point) for point in ((10, 40), (90, 40), (50, 10), (50, 70), (5, 5))}
    assert len(outside) == 1
    assert QColor(outside.pop()).lightness() < QColor(before).lightness()


def test_a_brush_stroke_is_seen_while_it_is_drawn(stage: EditorStage) -> None:
    stage.press("d")
    stage.press("]")
    canvas = stage.editor.canvas
    QTest.mousePress(canvas, LEFT, pos=stage.at((20, 20)))
    for point in ((40, 30), (60, 20), (70, 60), (30, 60)):
        QTest.mouseMove(canvas, stage.at(point))
    colours = [QColor(stage.colour_at(point)) for point in ((30, 25), (50, 25), (65, 40), (50, 60))]
    assert all(colour.red() > 240 and colour.green() < 16 for colour in colours)
    QTest.mouseRelease(canvas, LEFT, pos=stage.at((30, 60)))
    assert QColor(stage.colour_at((65, 40))).red() > 240


def test_everything_is_done_by_key_alone(stage: EditorStage) -> None:
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    stage.press("b")
    stage.press("n")
    assert stage.marking.markup.marks[0].frame == Rect(25, 20, 75, 60)
    stage.key(Qt.Key.Key_Right)
    stage.key(Qt.Key.Key_Down, ctrl)
    stage.key(Qt.Key.Key_Right, shift)
    assert stage.marking.markup.marks[0].frame == Rect(26, 21, 77, 61)
    assert stage.said == "Red box, 51 × 40 at 26, 21"
    stage.press("]")
    assert stage.marking.markup.marks[0].width_px == 2.0
    stage.key(Qt.Key.Key_Delete)
    assert stage.marking.markup.is_empty


def test_ctrl_z_undoes_on_the_picture_and_not_in_the_window(stage: EditorStage) -> None:
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    stage.drag((20, 20), (70, 60))
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Z, ctrl)
    event.ignore()
    QApplication.sendEvent(stage.editor, event)
    assert event.isAccepted()
    stage.press("z", ctrl)
    assert stage.marking.markup.is_empty
    stage.press("z", ctrl | shift)
    assert len(stage.marking.markup.marks) == 1


def test_escape_goes_back_one_step_at_a_time(stage: EditorStage, qtbot: QtBot) -> None:
    left: list[bool] = []
    stage.editor.closed.connect(lambda: left.append(True))
    QTest.mousePress(stage.editor.canvas, LEFT, pos=stage.at((20, 20)))
    QTest.mouseMove(stage.editor.canvas, stage.at((60, 60)))
    stage.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(stage.editor.canvas, LEFT, pos=stage.at((60, 60)))
    assert stage.marking.markup.is_empty
    stage.drag((20, 20), (70, 60))
    stage.key(Qt.Key.Key_Escape)  # lets go of the box
    assert not left
    stage.key(Qt.Key.Key_Escape)
    assert left


def test_what_was_drawn_is_there_when_it_is_opened_again(stage: EditorStage) -> None:
    stage.drag((20, 20), (70, 60))
    stage.editor.hide()
    assert stage.marking.reference is None
    stage.show(0)
    assert len(stage.marking.markup.marks) == 1


def test_enter_uses_the_copy_and_a_button_with_the_focus_is_pressed(stage: EditorStage, qtbot: QtBot) -> None:
    before = stage.references
    stage.drag((20, 20), (70, 60))
    reset = stage.button("Reset")
    reset.setFocus()
    QTest.keyClick(reset, Qt.Key.Key_Return)
    assert stage.marking.markup.is_empty
    stage.editor.setFocus()
    stage.press("z", Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(stage.marking.used):
        stage.key(Qt.Key.Key_Return)
    assert stage.references[0] != before[0]


def test_the_button_names_the_place_and_waits_for_something_to_use(stage: EditorStage) -> None:
    use = stage.button("Use as image 1")
    assert not use.isEnabled()
    stage.drag((20, 20), (70, 60))
    assert use.isEnabled()
    stage.draft.move_reference(0, 1)
    assert use.accessibleName() == "Use as image 2"
    stage.draft.remove_reference(1)
    assert use.accessibleName() == "Use as reference"


def test_a_crop_that_no_model_takes_says_so_and_cannot_be_used(stage: EditorStage) -> None:
    stage.press("c")
    stage.drag((10, 10), (16, 70))
    use = stage.button("Use as image 1")
    assert not use.isEnabled()
    assert stage.said == "What the crop leaves is too small. Each side has to be longer than 14 pixels."
    assert use.accessibleDescription() == stage.said
    stage.key(Qt.Key.Key_Return)
    assert not stage.marking.is_keeping


def test_what_is_drawn_is_told_to_those_who_cannot_see_it(stage: EditorStage) -> None:
    assert stage.editor.accessibleName().startswith("Mark up image 1")
    assert stage.editor.accessibleDescription() == "Nothing is drawn yet."
    stage.press("n")
    stage.press("a")
    stage.press("n")
    told = stage.editor.accessibleDescription()
    assert told == "Red box, 50 × 40 at 25, 20; Red arrow to 75, 60"


def test_every_control_has_a_name(stage: EditorStage) -> None:
    buttons = (*stage.editor.findChildren(QToolButton), *stage.editor.findChildren(QPushButton))
    assert len(buttons) > 10
    assert all(button.accessibleName() for button in buttons)


def test_a_picture_that_is_gone_says_so_and_takes_no_strokes(stage: EditorStage, qtbot: QtBot) -> None:
    stage.library.reference_path(stage.references[1]).unlink()
    stage.open(1)
    qtbot.waitUntil(lambda: stage.editor.canvas.shown_markup is None)
    QTest.mouseClick(stage.editor.canvas, LEFT)
    stage.press("n")
    assert stage.marking.markup.is_empty
    assert not stage.button("Use as image 2").isEnabled()


def test_space_pans_and_the_wheel_zooms_what_is_drawn_on(stage: EditorStage) -> None:
    canvas = stage.editor.canvas
    canvas.zoom_by(10.0)
    before = canvas.picture_rect.topLeft()
    QTest.keyPress(stage.editor, Qt.Key.Key_Space)
    QTest.mousePress(canvas, LEFT, pos=QPoint(300, 300))
    QTest.mouseMove(canvas, QPoint(320, 310))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(320, 310))
    QTest.keyRelease(stage.editor, Qt.Key.Key_Space)
    assert stage.marking.markup.is_empty
    assert canvas.picture_rect.topLeft() - before == QPointF(20, 10)
    stage.press("n")
    seen = canvas.seen()
    assert seen is not None
    assert seen.width < SIZE[0]
    assert seen.holds((stage.marking.markup.marks[0].frame.left, stage.marking.markup.marks[0].frame.top))


@pytest.mark.parametrize("width_px", [392, 560, 739, 1200])
def test_no_control_is_cut_however_narrow_it_is(stage: EditorStage, width_px: int) -> None:
    stage.editor.resize(width_px, 600)
    row = stage.editor.row
    buttons = [one for one in row.findChildren(QWidget) if one.accessibleName()]
    for button in buttons:
        corner = button.mapTo(row, QPoint(button.width(), button.height()))
        assert button.width() >= button.sizeHint().width(), button.accessibleName()
        assert corner.x() <= row.width()
        assert corner.y() <= row.height()


def test_beside_the_panels_of_1280_px_there_is_room_in_one_line(stage: EditorStage) -> None:
    stage.editor.resize(739, 600)
    assert stage.editor.row.height() == HEADER_PX


def test_esc_stops_a_copy_that_is_made(stage: EditorStage, qtbot: QtBot) -> None:
    before = stage.references
    stage.drag((20, 20), (70, 60))
    height_px = stage.editor.canvas.height()
    stage.marking.use()
    assert stage.said == "The copy is being made. Esc stops it."
    assert stage.editor.canvas.height() == height_px
    stage.key(Qt.Key.Key_Escape)
    assert not stage.marking.is_keeping
    stage.open(1)
    assert stage.references == before
