"""The screen reader that the tests use, tried on a small window."""

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from tests.accessibility import AccessibilityError, Node, accessibility_bus, wait_for

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
application = QApplication(sys.argv)
window = QWidget()
layout = QVBoxLayout(window)
text, number = QLineEdit(accessibleName="Words"), QSpinBox(accessibleName="Count")
button, dead = QPushButton("&Go"), QPushButton("Dead")
dead.setEnabled(False)
for widget in (text, number, button, dead):
    layout.addWidget(widget)
button.clicked.connect(lambda: (text.setText(text.text().upper()), number.setValue(7)))
window.show()
sys.exit(application.exec())
"""


@pytest.fixture
def window(private_desktop: Mapping[str, str]) -> Iterator[Node]:
    process = subprocess.Popen([sys.executable, "-c", WINDOW], env=dict(private_desktop))
    try:
        with accessibility_bus(private_desktop["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            yield bus.application(process.pid)
    finally:
        process.kill()
        process.wait()


def test_a_text_is_typed_a_button_pressed_and_the_result_read(window: Node) -> None:
    words = window.find("Words", "text")
    words.type("a red fox")
    window.find("Go", "push button").press()
    wait_for(lambda: words.text == "A RED FOX", "changed text")
    assert window.find("Count", "spin box").value == 7


def test_a_process_that_ended_is_not_waited_for(private_desktop: Mapping[str, str]) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with (
        accessibility_bus(private_desktop["DBUS_SESSION_BUS_ADDRESS"]) as bus,
        pytest.raises(AccessibilityError, match="ended before it had a window"),
    ):
        bus.application(ended.pid)


def test_what_is_not_there_is_not_found(window: Node) -> None:
    with pytest.raises(AccessibilityError, match="no thing called 'Missing'"):
        window.find("Missing", timeout_s=0.2)


def test_a_disabled_button_is_not_pressed(window: Node) -> None:
    with pytest.raises(AccessibilityError, match="chance to press 'Dead'"):
        window.find("Dead").press(timeout_s=0.2)
