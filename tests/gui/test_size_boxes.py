"""The boxes are one combo box of ratios: for the eye a grid, for keyboard and screen reader a list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.accessible_choice import name_combo_boxes
from seedream_desktop.gui.size_boxes import EXACT_PIXELS, MODEL_PICKS, SizeBoxes
from tests.compose_stage import EDIT, LITE, V3, catalog


@pytest.fixture
def boxes(qapp: QApplication, qtbot: QtBot) -> SizeBoxes:
    name_combo_boxes(qapp)
    boxes = SizeBoxes()
    boxes.setAccessibleName("Aspect ratio")
    boxes.load(catalog().model(LITE), "16:9")
    qtbot.addWidget(boxes)
    boxes.resize(308, boxes.sizeHint().height())
    with qtbot.waitExposed(boxes):
        boxes.show()
    return boxes


def test_a_screen_reader_finds_a_combo_box_with_its_value(boxes: SizeBoxes) -> None:
    accessible = QAccessible.queryAccessibleInterface(boxes)
    assert accessible.role() is QAccessible.Role.ComboBox
    assert accessible.text(QAccessible.Text.Name) == "Aspect ratio"
    assert accessible.text(QAccessible.Text.Value) == "16:9"


def test_upright_shapes_stand_below_the_lying_ones(boxes: SizeBoxes) -> None:
    texts = [boxes.itemText(row) for row in range(boxes.count())]
    assert texts[:5] == ["1:1", "4:3", "3:2", "16:9", "21:9"]
    assert texts[5:] == ["model picks", "3:4", "2:3", "9:16", "exact pixels"]
    assert boxes.box(1).left() == boxes.box(6).left()


def test_boxes_are_equal_and_do_not_overlap(boxes: SizeBoxes) -> None:
    drawn = [boxes.box(row) for row in range(boxes.count())]
    assert len({(box.width(), box.height()) for box in drawn}) == 1
    assert not any(one.intersects(other) for one in drawn for other in drawn if one is not other)
    assert drawn[4].right() < boxes.width() + 1
    assert drawn[-1].bottom() < boxes.height()


@pytest.mark.parametrize("shape", ["1:1", "9:16", MODEL_PICKS, EXACT_PIXELS])
def test_a_click_on_a_box_chooses_it(qtbot: QtBot, boxes: SizeBoxes, shape: str) -> None:
    box = boxes.box(boxes.findData(shape))
    with qtbot.waitSignal(boxes.shape_chosen) as blocker:
        QTest.mouseClick(boxes, Qt.MouseButton.LeftButton, pos=box.center())
    assert blocker.args == [shape]


@pytest.mark.parametrize(
    ("key", "shape"),
    [(Qt.Key.Key_Left, "3:2"), (Qt.Key.Key_Right, "21:9"), (Qt.Key.Key_Down, "9:16")],
)
def test_arrows_go_from_box_to_box(qtbot: QtBot, boxes: SizeBoxes, key: Qt.Key, shape: str) -> None:
    with qtbot.waitSignal(boxes.shape_chosen) as blocker:
        QTest.keyClick(boxes, key)
    assert blocker.args == [shape]


def test_arrows_stop_at_the_edge(qtbot: QtBot, boxes: SizeBoxes) -> None:
    with qtbot.assertNotEmitted(boxes.shape_chosen):
        QTest.keyClick(boxes, Qt.Key.Key_Up)


def test_showing_a_shape_chooses_nothing(qtbot: QtBot, boxes: SizeBoxes) -> None:
    with qtbot.assertNotEmitted(boxes.shape_chosen):
        boxes.load(catalog().model(LITE), "1:1")
    assert boxes.currentText() == "1:1"


@pytest.mark.parametrize(("model", "expected"), [(V3, "1:1"), (EDIT, MODEL_PICKS)])
def test_only_what_the_model_takes_is_offered(boxes: SizeBoxes, model: str, expected: str) -> None:
    boxes.load(catalog().model(model), expected)
    shapes = [boxes.itemData(row) for row in range(boxes.count())]
    assert (MODEL_PICKS in shapes) is bool(catalog().model(model).presets)
    assert (EXACT_PIXELS in shapes) is bool(catalog().model(model).sizes)
    assert boxes.currentData() == expected


def test_the_chosen_box_looks_different(boxes: SizeBoxes) -> None:
    row = boxes.findData("1:1")
    before = boxes.grab(boxes.box(row)).toImage()
    boxes.setCurrentIndex(row)
    assert boxes.grab(boxes.box(row)).toImage() != before
