"""The key in the preferences: where it is kept, another one, test, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.key_field import KeyField
from seedream_desktop.gui.key_words import key_state_words, key_test_tone, key_test_words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.problem_acts import has_page, open_page
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.theme import SPACE_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.api.account import KeyTest
    from seedream_desktop.generation.errors import Problem


class KeySection(QWidget):
    """Says what is known of the key, never the key."""

    key_entered = Signal(str)
    test_requested = Signal()
    forget_requested = Signal()

    def __init__(self, state: KeyState) -> None:
        """Show ``state``."""
        super().__init__()
        self._state = state
        self._kept, self._said = Label(), Label()
        self._field = KeyField()
        self._store, self._test, self._forget = QPushButton(), QPushButton(), QPushButton()
        self._page = QPushButton()
        self._problem: Problem | None = None  # of the last test
        self._build()
        self._connect()
        self._write_words()
        self.show_state(state)

    def show_state(self, state: KeyState) -> None:
        """Say where the key is kept."""
        self._state = state
        self._kept.setText(key_state_words(state))
        self._kept.setAccessibleName(self._kept.text())
        has_key = state.source is not KeySource.NONE
        self._field.setPlaceholderText(self.tr("Paste another key") if has_key else self.tr("Paste a key"))
        set_tone(self._kept, "amber" if state.problem else ("" if has_key else "dim"))
        self._test.setEnabled(has_key or state.problem is not None)
        if not has_key:
            self._say("", "dim")
        self._write_test()
        self._forget.setEnabled(state.source in {KeySource.KEYRING, KeySource.SESSION})

    def show_test(self, test: KeyTest) -> None:
        """Say what a test showed."""
        self._say(key_test_words(test), key_test_tone(test))
        self._problem = test.problem
        self._page.setVisible(has_page(test.problem))
        self._test.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """Say why the key was not taken, kept or tested."""
        self._say(problem_words(problem).without_money, "red")
        self._test.setEnabled(self._state.source is not KeySource.NONE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self.show_state(self._state)

    def _build(self) -> None:
        for label in (self._kept, self._said):
            label.setWordWrap(True)
        self._said.setFont(caption_font())
        self._said.hide()
        self._page.hide()
        self._store.setEnabled(False)
        for button in (self._store, self._test, self._forget, self._page):
            button.setAutoDefault(False)  # Return in another field must not press it
        entry = QHBoxLayout()
        entry.setSpacing(SPACE_PX)
        entry.addWidget(self._field, 1)
        entry.addWidget(self._store)
        acts = QHBoxLayout()
        acts.setSpacing(SPACE_PX)
        acts.addWidget(self._test)
        acts.addWidget(self._forget)
        acts.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._kept)
        column.addLayout(entry)
        column.addLayout(acts)
        column.addWidget(self._said)
        column.addWidget(self._page, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self._field.textChanged.connect(lambda text: self._store.setEnabled(bool(text.strip())))
        self._field.returnPressed.connect(self._on_store)
        self._store.clicked.connect(self._on_store)
        self._test.clicked.connect(self._on_test)
        self._forget.clicked.connect(self._on_forget)
        self._page.clicked.connect(lambda: open_page(self._problem))

    def _write_words(self) -> None:
        self._field.setAccessibleName(self.tr("Key"))
        self._store.setText(self.tr("Use it"))
        self._write_test()
        self._forget.setText(self.tr("Forget it"))
        self._forget.setToolTip(self.tr("Take the key out of the keyring"))
        self._page.setText(self.tr("Open the page"))
        self._page.setToolTip(self.tr("Open the network's sign-in page in the browser"))
        for button in (self._store, self._test, self._forget, self._page):
            button.setAccessibleName(button.text())

    def _write_test(self) -> None:
        """Without a key it is the keyring that is asked."""
        if self._state.source is KeySource.NONE and self._state.problem is not None:
            self._test.setText(self.tr("Ask the keyring again"))
            self._test.setToolTip(self.tr("Look once more whether there is a key in the keyring"))
        else:
            self._test.setText(self.tr("Test it"))
            self._test.setToolTip(
                self.tr("Ask the service whether address and key are right; it costs nothing")
            )
        self._test.setAccessibleName(self._test.text())

    def _say(self, text: str, tone: str) -> None:
        self._said.setText(text)
        self._said.setAccessibleName(text)
        set_tone(self._said, tone)
        self._page.hide()
        self._said.setVisible(bool(text))

    def _on_store(self) -> None:
        if key := self._field.take():
            self._say(self.tr("Testing the key…"), "dim")
            self.key_entered.emit(key)

    def _on_test(self) -> None:
        self._test.setEnabled(False)
        self._say(self.tr("Testing the key…"), "dim")
        self.test_requested.emit()

    def _on_forget(self) -> None:
        self._say("", "dim")
        self.forget_requested.emit()
