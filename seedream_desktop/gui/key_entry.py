"""What stands in the place of Generate while there is no key: paste one, get one, or try the demo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.key_field import KEY_LENGTH_MAX, KeyField
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font, colours_of

KEY_PAGE = "https://www.cometapi.com/"  # keys are made there; no deeper address is documented
_SHORTEST_KEY = 16


class KeyEntry(QWidget):
    """Three ways on; a key is tested in place."""

    key_entered = Signal(str)
    demo_requested = Signal()

    def __init__(self) -> None:
        """Start with the three ways."""
        super().__init__()
        self._paste, self._where, self._demo = QPushButton(), QPushButton(), QPushButton()
        self._field, self._test, self._close = KeyField(), QPushButton(), QToolButton()
        self._progress, self._said = QProgressBar(), Label()
        self._ways, self._form = QWidget(), QWidget()
        self._links = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._connect()
        self._write_words()

    def show_testing(self, words: str) -> None:
        """Say that the key is being tested."""
        self._set_busy(is_busy=True)
        self.say(words, "dim")

    def say(self, words: str, tone: str) -> None:
        """Say what came of it."""
        self._said.setText(words)
        self._said.setAccessibleName(words)
        set_tone(self._said, tone)
        self._said.setVisible(bool(words))

    def ask_again(self, words: str) -> None:
        """Say why the key was not taken, and wait for another."""
        self._set_busy(is_busy=False)
        self._show_form()
        self.say(words, "red")

    def reset(self) -> None:
        """Back to the three ways."""
        self._set_busy(is_busy=False)
        self._field.clear()
        self._form.hide()
        self._ways.show()
        self.say("", "dim")

    def focus_first(self) -> None:
        """Put the focus where a key can be entered."""
        (self._field if self._form.isVisible() else self._paste).setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Claim Escape from the window's keys while there is a way back."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.setAccepted(self._form.isVisible())
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the three ways."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self.reset()
            self._paste.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two links beside each other where there is room, else below each other."""
        super().resizeEvent(event)
        needed_px = 2 * max(self._where.sizeHint().width(), self._demo.sizeHint().width())
        direction = QBoxLayout.Direction
        fits = needed_px <= self.width()
        self._links.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def _build(self) -> None:
        self._paste.setProperty("filled", True)
        for button in (self._where, self._demo):
            button.setProperty("quiet", True)
        self._test.setProperty("filled", True)
        for button in (self._paste, self._where, self._demo, self._test):
            button.setAutoDefault(True)  # Enter presses the one that has the focus, as in a dialog
        self._said.setFont(caption_font())
        self._said.setWordWrap(True)
        self._said.hide()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._form.hide()
        ways = QVBoxLayout(self._ways)
        ways.addWidget(self._paste)
        ways.addLayout(self._links)
        self._links.setSpacing(0)
        for link in (self._where, self._demo):
            link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._links.addWidget(link)
        form = QVBoxLayout(self._form)
        form.addLayout(_row(self._field, self._test, self._close))
        form.addWidget(self._progress)
        column = QVBoxLayout(self)
        for layout in (ways, form, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(GAP_PX)
        for widget in (self._said, self._ways, self._form):
            column.addWidget(widget)

    def _connect(self) -> None:
        self._paste.clicked.connect(self._on_paste_clicked)
        self._where.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(KEY_PAGE)))
        self._demo.clicked.connect(self.demo_requested)
        self._field.returnPressed.connect(self._on_test_clicked)
        self._field.textChanged.connect(lambda text: self._test.setEnabled(bool(text.strip())))
        self._test.clicked.connect(self._on_test_clicked)
        self._close.clicked.connect(self.reset)

    def _write_words(self) -> None:
        self._paste.setText(self.tr("Paste a key"))
        self._where.setText(self.tr("Where do I get one"))
        self._where.setToolTip(KEY_PAGE)
        self._demo.setText(self.tr("Try the demo"))
        self._demo.setToolTip(
            self.tr("Pictures drawn on this computer; nothing is sent and nothing is billed")
        )
        self._field.setAccessibleName(self.tr("Key"))
        self._field.setPlaceholderText(self.tr("Your CometAPI key"))
        self._test.setText(self.tr("Test it"))
        self._close.setAccessibleName(self.tr("Back"))
        self._close.setToolTip(self.tr("Back") + " (Esc)")
        self._close.setIcon(icon("close", colours_of(self.palette()).text))
        for button in (self._paste, self._where, self._demo, self._test):
            button.setAccessibleName(button.text())

    def _show_form(self) -> None:
        self._ways.hide()
        self._form.show()
        self._test.setEnabled(bool(self._field.text().strip()))
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._progress.setVisible(is_busy)
        self._field.setEnabled(not is_busy)
        self._test.setEnabled(not is_busy)

    def _on_paste_clicked(self) -> None:
        copied = QGuiApplication.clipboard().text().strip()
        if _SHORTEST_KEY <= len(copied) <= KEY_LENGTH_MAX and not any(letter.isspace() for letter in copied):
            self._field.setText(copied)
        self.say("", "dim")
        self._show_form()

    def _on_test_clicked(self) -> None:
        if key := self._field.take():
            self.key_entered.emit(key)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_PX)
    for widget in widgets:
        row.addWidget(widget, _stretch(widget))
    return row


def _stretch(widget: QWidget) -> int:
    if isinstance(widget, QToolButton):
        return 0
    return 2 if isinstance(widget, KeyField) else 1
