"""What a designer notes about pictures: a field that is as high as its words, kept when it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_LINES_MOST = 8
_INSET_PX = 14  # border, padding and margin above and below
_CHARACTERS_MOST = 20_000


class NoteField(QPlainTextEdit):
    """Esc and Tab leave it, and leaving it keeps what was written."""

    note_given = Signal(object, str)  # tuple[str, ...]: picture ids; the note

    def __init__(self) -> None:
        """Start about nothing."""
        super().__init__()
        self._ids: tuple[str, ...] = ()
        self._kept = ""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._write_words()
        self._fit()

    def show_note(self, ids: tuple[str, ...], note: str) -> None:
        """Show the note of these pictures; what is being written about them stays."""
        if ids == self._ids and self.hasFocus() and self.toPlainText() != self._kept:
            return
        self.keep()
        self._ids, self._kept = ids, note
        if note != self.toPlainText():
            self.setPlainText(note)

    def keep(self) -> None:
        """Wish for what was written to be kept, if it is new."""
        written = self.toPlainText()[:_CHARACTERS_MOST].strip()
        if self._ids and written != self._kept.strip():
            self._kept = written
            self.note_given.emit(self._ids, written)

    def event(self, event: QEvent) -> bool:
        """Claim Esc from the window."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep it."""
        super().focusOutEvent(event)
        self.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep it, also when the window is closed."""
        super().hideEvent(event)
        self.keep()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("Add a note"))
        self.setToolTip(self.tr("Found by search, and kept in the library; no part of the prompt"))

    def _fit(self) -> None:
        lines = min(_LINES_MOST, max(1, round(self.document().size().height())))
        self.setFixedHeight(lines * QFontMetrics(self.font()).lineSpacing() + _INSET_PX)
