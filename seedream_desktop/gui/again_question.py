"""A question above Generate: the same request is still under way; shall it be sent once more?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.cost_words import cost_words, short_cost_words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import SPACE_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.job import Job


class AgainQuestion(QWidget):
    """Blocks nothing: it goes when it is answered, when the draft changes, or with the other request."""

    answered = Signal(bool)  # whether it is sent again

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._words = Label()
        self._words.setFont(caption_font())
        self._words.setWordWrap(True)
        set_tone(self._words, "amber")
        self._send, self._leave = QPushButton(), QPushButton()
        self._same: Job | None = None
        self._cost: Cost | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        for button, is_sent in ((self._send, True), (self._leave, False)):
            button.setFont(caption_font())
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, is_sent=is_sent: self.answered.emit(is_sent))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._words)
        column.addLayout(buttons)
        self.hide()

    def ask(self, same: Job, cost: Cost | None) -> None:
        """Ask about ``same``; the new request may cost ``cost``."""
        self._same, self._cost = same, cost
        self._write_words()
        self.show()

    def focus_first(self) -> None:
        """Put the keyboard where it can be answered."""
        self._send.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._same is not None:
            self._write_words()

    def _write_words(self) -> None:
        is_waiting = self._same is not None and self._same.state is JobState.QUEUED
        text = (
            self.tr("The same request is still waiting. Send it again ({money})?")
            if is_waiting
            else self.tr("The same request is still running. Send it again ({money})?")
        ).format(money=cost_words(self._cost))
        self._words.setText(text)
        self._words.setAccessibleName(text)
        send = self.tr("Send again · {money}").format(money=short_cost_words(self._cost))
        _label(self._send, send, self.tr("Both requests are billed"))
        _label(self._leave, self.tr("Don't send"), self.tr("Leave it at the one that is under way"))


def _label(button: QPushButton, text: str, hint: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(hint)
