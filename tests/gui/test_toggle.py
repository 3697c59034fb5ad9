"""A switch is a check box to keyboard and screen reader."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.toggle import Toggle


@pytest.fixture
def toggle(qtbot: QtBot) -> Toggle:
    toggle = Toggle()
    toggle.setAccessibleName("Watermark")
    qtbot.addWidget(toggle)
    toggle.show()
    return toggle


def picture(toggle: Toggle) -> QImage:
    return toggle.grab().toImage()


def test_a_screen_reader_finds_a_check_box(toggle: Toggle) -> None:
    accessible = QAccessible.queryAccessibleInterface(toggle)
    assert accessible.role() is QAccessible.Role.CheckBox
    assert accessible.text(QAccessible.Text.Name) == "Watermark"


@pytest.mark.parametrize("corner", ["topLeft", "center", "bottomRight"])
def test_a_click_anywhere_switches(qtbot: QtBot, toggle: Toggle, corner: str) -> None:
    position: QPoint = getattr(toggle.rect(), corner)()
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=position)
    assert toggle.isChecked()


def test_the_space_bar_switches(qtbot: QtBot, toggle: Toggle) -> None:
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert toggle.isChecked()


def test_every_state_looks_different(qtbot: QtBot, toggle: Toggle) -> None:
    off = picture(toggle)
    toggle.setChecked(True)
    on = picture(toggle)
    toggle.setEnabled(False)
    assert len({bytes(image.constBits()) for image in (off, on, picture(toggle))}) == 3
