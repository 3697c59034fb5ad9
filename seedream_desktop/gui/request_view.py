"""What a press of Generate would send, to be read and copied before it is sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font
from seedream_desktop.gui.words import number

_WIDTH_PX, _TEXT_PX = 560, 420


class RequestView(Popup):
    """Text that can be selected, and what can be done with it."""

    curl_requested = Signal()
    copy_requested = Signal(str)  # the text

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setFixedWidth(_WIDTH_PX)
        self._count = 1
        self._title, self._note = Label(), Label()
        self.text = QPlainTextEdit()
        self.curl, self._copy = QPushButton(), QPushButton()
        self._build()
        self._write_words()

    def open_by(self, button: QWidget, count: int) -> None:
        """Open above ``button`` for a press of so many requests; the text comes by ``show_request``."""
        self._count = max(1, count)
        self._write_words()
        self.text.clear()
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), -self.height() - GAP_PX))
        screen = button.screen().availableGeometry()
        self.move(max(screen.left(), corner.x()), max(screen.top(), corner.y()))
        self.show()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_request(self, text: str) -> None:
        """Show what would be sent."""
        self.text.setPlainText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _build(self) -> None:
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        self.text.setReadOnly(True)
        self.text.setFixedHeight(_TEXT_PX)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(flags)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addStretch(1)
        for button in (self._copy, self.curl):
            buttons.addWidget(button)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.text.toPlainText()))
        self.curl.clicked.connect(self.curl_requested)
        for part in (self._title, self.text, self._note):
            self.column.addWidget(part)
        self.column.addLayout(buttons)

    def _write_words(self) -> None:
        self._title.setText(self.tr("The request as it will be sent"))
        if self._count > 1:
            text = self.tr("The first of {count} requests as it will be sent")
            self._title.setText(text.format(count=number(self._count)))
        self.setAccessibleName(self._title.text())
        self.text.setAccessibleName(self.tr("Request"))
        self._note.setText(
            self.tr("The key stays in the keyring. References and links are cut short only here.")
        )
        for button, words in ((self._copy, self.tr("Copy the text")), (self.curl, self.tr("Copy as curl"))):
            button.setText(words)
            button.setAccessibleName(words)
