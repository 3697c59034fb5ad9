"""The field for the key: dots, paste but never copy, emptied as soon as it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu

KEY_LENGTH_MAX = 512


class KeyField(QLineEdit):
    """Shows dots whatever happens; what stands in it leaves only through ``take``."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(KEY_LENGTH_MAX)
        self.setDragEnabled(False)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText)

    def take(self) -> str:
        """What was entered; the field is empty afterwards."""
        entered = self.text().strip()
        self.clear()
        return entered

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to paste and to clear, nothing that takes the key out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paste = menu.addAction(self.tr("Paste"), self.paste)
        paste.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
        menu.addAction(self.tr("Clear"), self.clear)
        menu.popup(event.globalPos())
