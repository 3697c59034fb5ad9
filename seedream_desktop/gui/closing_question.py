"""What to do with requests under way when the window is closed: the one question before the end."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


class Closing(Enum):
    """What the designer decides."""

    WAIT = "wait"  # the window goes, the process finishes what was sent
    NOW = "now"
    STAY = "stay"


def ask_how_to_close(parent: QWidget, count: int, on_answer: Callable[[Closing], None]) -> QMessageBox:
    """Ask without blocking; ``count`` requests have been sent and not been answered. Esc stays."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(QCoreApplication.translate("closing", "Close"))
    box.setText(_unanswered(count))
    box.setInformativeText(
        QCoreApplication.translate(
            "closing",
            "Closing now gives up on them: they may be billed, and their pictures may be lost. "
            "Waiting closes the window and keeps the pictures when they come.",
        )
    )
    answers: dict[QPushButton, Closing] = {}
    role = QMessageBox.ButtonRole
    for words, kind, answer in (
        (QCoreApplication.translate("closing", "Wait and close"), role.AcceptRole, Closing.WAIT),
        (QCoreApplication.translate("closing", "Close now"), role.DestructiveRole, Closing.NOW),
        (QCoreApplication.translate("closing", "Stay"), role.RejectRole, Closing.STAY),
    ):
        button = box.addButton(words, kind)
        button.setAccessibleName(words)
        answers[button] = answer
        if answer is Closing.WAIT:
            box.setDefaultButton(button)
        if answer is Closing.STAY:
            box.setEscapeButton(button)
    box.buttonClicked.connect(lambda button: on_answer(answers[button]))
    box.open()
    return box


def _unanswered(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("closing", "One request has not been answered yet.")
    text = QCoreApplication.translate("closing", "{count} requests have not been answered yet.")
    return text.format(count=count)
