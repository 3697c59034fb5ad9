"""Earlier prompts in the window: a quiet button beside the caption, a key for the list, two to walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from seedream_desktop.gui.shortcuts import keys_of

if TYPE_CHECKING:
    from seedream_desktop.gui.history_popup import HistoryPopup
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.session import Session


class HistoryTie(QObject):
    """Ties Compose to the prompts that the library knows, which are looked for when they are asked for."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Put the button up and give the prompt its keys."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._popup: HistoryPopup | None = None
        compose = parts.window.compose
        self.button = compose.add_caption_button()
        self.button.clicked.connect(self.open)
        parts.commands.history_requested.connect(self.open)
        compose.words_written.connect(self._write_words)
        newer = QKeySequence(QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down))
        for keys, walk in ((keys_of("older_prompt"), self._older), (newer, self._newer)):
            shortcut = QShortcut(keys, compose.prompt, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(walk)
        self._write_words()

    @property
    def popup(self) -> HistoryPopup:
        """The list."""
        if self._popup is None:
            from seedream_desktop.gui.history_popup import HistoryPopup  # late: when it is first opened

            popup = self._popup = HistoryPopup(self._parts.window, self._session.thumbnails)
            popup.asked.connect(self._ask)
            popup.picked.connect(self._use)
            self._session.prompt_history.found.connect(popup.show_prompts)
        return self._popup

    def open(self) -> None:
        """Show the prompts of the draft's board."""
        self._parts.right.show_compose()
        self.popup.open_below(self.button, self._parts.window.compose)

    def _ask(self, words: str, is_everywhere: bool) -> None:
        self._session.prompt_history.find(words, is_everywhere=is_everywhere)

    def _use(self, text: str) -> None:
        self._session.prompt_history.use(text)
        self._parts.window.compose_prompt()

    def _older(self) -> None:
        if not self._parts.window.compose.prompt.is_composing:
            self._session.prompt_history.older()

    def _newer(self) -> None:
        if not self._parts.window.compose.prompt.is_composing:
            self._session.prompt_history.newer()

    def _write_words(self) -> None:
        keys = keys_of("history").toString(QKeySequence.SequenceFormat.NativeText)
        self.button.setText(self.tr("Earlier"))
        self.button.setAccessibleName(self.tr("Earlier prompts"))
        self.button.setToolTip(self.tr("Prompts that were used before ({keys})").format(keys=keys))
