"""The window's own keys on layouts without Latin letters: Qt knows them by their letters only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from seedream_desktop.gui.meant_keys import is_said_otherwise, meant_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from seedream_desktop.gui.commands import Commands


class WindowKeys(QObject):
    """Does what a key means that nothing in the window took; a key that Qt understands never comes here."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        """Listen to what comes up to ``window``."""
        super().__init__(window)
        self._commands = commands
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Where text is typed, a letter is a letter."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.isAutoRepeat() or not is_said_otherwise(event) or _is_typing():
            return False
        return self._commands.press(meant_words(event))


def _is_typing() -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
