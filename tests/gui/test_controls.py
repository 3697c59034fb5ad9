"""In a panel that scrolls, the wheel turns only what has the focus."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.controls import Choice, ScaleBox, StepBox, set_tone

KINDS = pytest.mark.parametrize("kind", [Choice, StepBox, ScaleBox])


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QPushButton())
    return window


def shown(
    qtbot: QtBot, window: QWidget, kind: type[Choice | StepBox | ScaleBox]
) -> Choice | StepBox | ScaleBox:
    control = kind()
    if isinstance(control, Choice):
        control.addItems(["one", "two", "three"])
        control.setCurrentIndex(1)
    else:
        control.setValue(1)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(control)
    with qtbot.waitActive(window):
        window.show()
    return control


def turned(control: Choice | StepBox | ScaleBox) -> bool:
    """Whether the control took the turn of the wheel."""
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    centre, phase = QPointF(control.rect().center()), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(centre, centre, QPoint(), QPoint(0, -120), no_button, no_key, phase, False)
    control.wheelEvent(event)
    return event.isAccepted()


@KINDS
def test_the_wheel_passes_over_what_has_no_focus(
    qtbot: QtBot, window: QWidget, kind: type[Choice | StepBox | ScaleBox]
) -> None:
    control = shown(qtbot, window, kind)
    window.findChildren(QPushButton)[0].setFocus()
    assert not turned(control)


@KINDS
def test_the_wheel_turns_what_has_the_focus(
    qtbot: QtBot, window: QWidget, kind: type[Choice | StepBox | ScaleBox]
) -> None:
    control = shown(qtbot, window, kind)
    control.setFocus()
    assert turned(control)


def test_a_tone_colours_a_label(qtbot: QtBot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    set_tone(label, "amber")
    assert label.property("tone") == "amber"
