"""A fold is one line until it is opened, by mouse or keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.fold import Fold


@pytest.fixture
def fold(qtbot: QtBot) -> Fold:
    fold = Fold()
    fold.set_words("Not for 5.0 lite: guidance scale, seed")
    fold.column.addWidget(QLabel("inside"))
    qtbot.addWidget(fold)
    fold.resize(300, 40)
    with qtbot.waitActive(fold):
        fold.show()
    return fold


def inside(fold: Fold) -> QLabel:
    return fold.findChildren(QLabel)[0]


def test_a_click_opens_and_closes(fold: Fold) -> None:
    assert not inside(fold).isVisible()
    QTest.mouseClick(fold.line, Qt.MouseButton.LeftButton)
    assert inside(fold).isVisible()
    QTest.mouseClick(fold.line, Qt.MouseButton.LeftButton)
    assert not inside(fold).isVisible()


def test_the_space_bar_opens(fold: Fold) -> None:
    fold.line.setFocus()
    QTest.keyClick(fold.line, Qt.Key.Key_Space)
    assert inside(fold).isVisible()


def test_long_words_wrap(fold: Fold) -> None:
    assert fold.line.heightForWidth(100) > fold.line.heightForWidth(400)
    assert fold.line.accessibleName() == "Not for 5.0 lite: guidance scale, seed"
