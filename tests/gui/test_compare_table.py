"""What differs stands on the ground of the pictures, in either theme, and what is marked can be read."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.compare_table import CompareTable, MarkedText
from seedream_desktop.gui.compare_words import Line
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.state.word_differences import Piece
from tests.gallery_stage import a_picture


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    style, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield str(request.param)
    qapp.setStyleSheet(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_ground_and_marks_follow_the_theme(theme: str, qapp: QApplication, qtbot: QtBot) -> None:
    colours = apply_theme(qapp, theme)
    table = CompareTable(2)
    qtbot.addWidget(table)
    table.resize(600, 200)
    cell = (Piece("the same, ", is_shared=True), Piece("other", is_shared=False))
    table.show_lines((Line("Prompt", (cell, cell), ("", "")),), ("A", "B"))
    table.show()
    assert table.grab().toImage().pixelColor(2, 190).name() == colours.canvas
    text = table.findChildren(MarkedText)[0]
    cursor = text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().background().color().name() == colours.hairline
    assert cursor.charFormat().fontWeight() > 500


def test_what_has_room_is_shown_without_a_scroll_bar(theme: str, qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, theme)
    whole, table = QWidget(), CompareTable(4)
    qtbot.addWidget(whole)
    table.setParent(whole)
    whole.resize(900, 700)
    whole.show()
    table.show_pictures((a_picture(1),), ("A",), 0, has_choice=False)
    table.resize(900, table.sizeHint().height())
    table.show()
    QApplication.processEvents()
    assert not table.verticalScrollBar().isVisible()
    assert table.height() < 100
