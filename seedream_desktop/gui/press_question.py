"""A question above Generate: the same request is under way already, or the press is a large one; send it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.cost_words import cost_words, short_cost_words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import SPACE_PX, caption_font
from seedream_desktop.gui.words import number, pictures

if TYPE_CHECKING:
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.job import Job


class PressQuestion(QWidget):
    """Blocks nothing: it goes when it is answered, when the draft changes, or with the other request."""

    answered = Signal(bool)  # whether it is sent

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._words = Label()
        self._words.setFont(caption_font())
        self._words.setWordWrap(True)
        set_tone(self._words, "amber")
        self._send, self._leave = QPushButton(), QPushButton()
        self._same: Job | None = None
        self._requests, self._pictures = 0, 0
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

    @property
    def is_about_another(self) -> bool:
        """Whether it asks about the same request that is under way."""
        return self._same is not None

    def ask_again(self, same: Job, cost: Cost | None) -> None:
        """Ask about ``same``; the new press may cost ``cost``."""
        self._ask(same, 0, 0, cost)

    def ask_all(self, requests: int, most: int, cost: Cost | None) -> None:
        """Ask about a press of so many requests for so many pictures at most."""
        self._ask(None, requests, most, cost)

    def focus_first(self) -> None:
        """Put the keyboard where it can be answered."""
        self._send.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self._write_words()

    def _ask(self, same: Job | None, requests: int, most: int, cost: Cost | None) -> None:
        self._same, self._cost = same, cost
        self._requests, self._pictures = requests, most
        self._write_words()
        self.show()

    def _write_words(self) -> None:
        if self._same is None:
            text = self._words_of_all()
            send = self.tr("Send all · {money}").format(money=short_cost_words(self._cost))
            _label(self._send, send, self.tr("Each request is billed by itself"))
            _label(self._leave, self.tr("Don't send"), self.tr("Nothing is sent; the draft stays as it is"))
        else:
            text = self._words_of_the_same(self._same)
            send = self.tr("Send again · {money}").format(money=short_cost_words(self._cost))
            _label(self._send, send, self.tr("Both requests are billed"))
            _label(self._leave, self.tr("Don't send"), self.tr("Leave it at the one that is under way"))
        self._words.setText(text)
        self._words.setAccessibleName(text)

    def _words_of_all(self) -> str:
        text = self.tr("{requests} requests for up to {pictures} ({money}). Send all of them?")
        if self._requests == 1:
            text = self.tr("This request may make up to {pictures} ({money}). Send it?")
        count, most = number(self._requests), pictures(self._pictures)
        return text.format(requests=count, pictures=most, money=cost_words(self._cost))

    def _words_of_the_same(self, same: Job) -> str:
        text = (
            self.tr("The same request is still waiting. Send it again ({money})?")
            if same.state is JobState.QUEUED
            else self.tr("The same request is still running. Send it again ({money})?")
        )
        return text.format(money=cost_words(self._cost))


def _label(button: QPushButton, text: str, hint: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(hint)
