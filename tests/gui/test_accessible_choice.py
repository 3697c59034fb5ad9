"""A screen reader knows combo boxes by their names and can choose in them."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.accessible_choice import name_combo_boxes


@pytest.fixture
def combo(qapp: QApplication, qtbot: QtBot) -> QComboBox:
    name_combo_boxes(qapp)
    name_combo_boxes(qapp)
    combo = QComboBox()
    combo.setAccessibleName("Model")
    combo.addItems(["lite", "pro"])
    qtbot.addWidget(combo)
    return combo


def test_name_and_value_are_told_apart(combo: QComboBox) -> None:
    accessible = QAccessible.queryAccessibleInterface(combo)
    assert accessible.role() is QAccessible.Role.ComboBox
    assert accessible.text(QAccessible.Text.Name) == "Model"
    assert accessible.text(QAccessible.Text.Value) == "lite"
    assert "ShowMenu" in accessible.actionInterface().actionNames()


def test_its_entries_can_be_read(combo: QComboBox) -> None:
    entries = QAccessible.queryAccessibleInterface(combo).child(0)
    names = [entries.child(row).text(QAccessible.Text.Name) for row in range(entries.childCount())]
    assert (entries.role(), names) == (QAccessible.Role.List, ["lite", "pro"])


def test_selecting_an_entry_of_the_closed_list_chooses_it(qtbot: QtBot, combo: QComboBox) -> None:
    QAccessible.queryAccessibleInterface(combo)
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    with qtbot.waitSignal(combo.currentIndexChanged):
        combo.view().selectionModel().select(combo.model().index(1, 0), select)
    assert combo.currentText() == "pro"


def test_hundreds_of_combo_boxes_come_and_go(qapp: QApplication, combo: QComboBox) -> None:
    for number in range(300):
        other = QComboBox()
        other.addItem(str(number))
        assert QAccessible.queryAccessibleInterface(other).text(QAccessible.Text.Value) == str(number)
        other.deleteLater()
        del other
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert QAccessible.queryAccessibleInterface(combo).text(QAccessible.Text.Name) == "Model"
