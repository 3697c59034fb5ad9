"""A scroll area with a viewport of its own looks like any other."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.viewport import set_own_viewport


def test_a_page_stands_on_the_ground_of_its_panel(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    set_own_viewport(area)
    page = QWidget()
    area.setWidget(page)
    assert page.backgroundRole() is QPalette.ColorRole.Window
