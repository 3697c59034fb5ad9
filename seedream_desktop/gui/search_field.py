"""The search: what is typed counts after a short pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton

from seedream_desktop.gui.escape_field import EscapeField
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.theme import colours_of

PAUSE_MS = 150
WIDTH_PX = 300
LEAST_WIDTH_PX = 132
_ICON_PX = 16


class SearchField(EscapeField):
    """A text field with a magnifier. Escape empties it, and leaves it when it is empty."""

    search_changed = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._said = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self._magnifier = self.addAction(
            icon("search", colours_of(self.palette()).dim, _ICON_PX), QLineEdit.ActionPosition.LeadingPosition
        )
        self._magnifier.triggered.connect(self.setFocus)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda _: self._pause.start())
        self._write_words()

    def empty(self) -> None:
        """Empty it without a word: another place is shown."""
        self.clear()
        self._pause.stop()
        self._said = ""

    def show_search(self, text: str) -> None:
        """Hold ``text``, which is searched for already."""
        self.setText(text)
        self._pause.stop()
        self._said = text

    def sizeHint(self) -> QSize:
        """Wide enough for what people look for."""
        return QSize(WIDTH_PX, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty, leave, or type."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._say()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._say()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.PaletteChange:
            self._magnifier.setIcon(icon("search", colours_of(self.palette()).dim, _ICON_PX))

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Search"))
        self.setPlaceholderText(self.tr("Search prompts, titles, files…"))
        self.setToolTip(self.tr("Search prompts, titles and file names"))
        names = (self.tr("Go to the search"), self.tr("Empty the search"))
        for button, name in zip(self.findChildren(QToolButton), names, strict=True):
            button.setAccessibleName(name)

    def _say(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.search_changed.emit(self._said)
