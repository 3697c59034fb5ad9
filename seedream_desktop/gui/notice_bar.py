"""A bar below the header that says one thing, may offer one act, and goes away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, SPACE_PX, colours_of

SHOWN_MS = 10_000


class NoticeBar(QWidget):
    """One notice at a time; the newer takes the place of the older."""

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self._name = ""  # for screen readers, where it is not a passing notice
        self._words = Label()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._act = QPushButton()
        self._act.clicked.connect(self._on_act)
        self._close = QToolButton()
        self._close.clicked.connect(self._dismiss)
        self._then: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._dismiss)
        self._is_hushed = False
        self._is_waiting = False  # it has something to say, shown or not
        self._lay_out()
        self._write_words()
        self.hide()

    def say(self, words: str, act: str = "", then: Callable[[], None] | None = None) -> None:
        """Show ``words`` for ten seconds, with a button ``act`` that calls ``then``."""
        self._show(words, act, then)
        self._timer.start()

    def warn(self, words: str, act: str = "", then: Callable[[], None] | None = None) -> None:
        """Show ``words`` until they are dismissed."""
        self._timer.stop()
        self._show(words, act, then)

    def withdraw_offer(self) -> None:
        """Take a passing notice away whose act was done elsewhere."""
        if self._timer.isActive() and self._then is not None:
            self._timer.stop()
            self._dismiss()

    def set_hushed(self, is_hushed: bool) -> None:
        """Say nothing for now; what is to be dismissed by hand is said afterwards."""
        self._is_hushed = is_hushed
        self.setVisible(self._is_waiting and not is_hushed)

    def stay(self, words: str, act: str, then: Callable[[], None]) -> None:
        """Show ``words`` for good, without a way to dismiss them."""
        self.warn(words, act, then)
        self._close.hide()
        self._name = words
        self._write_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stand on a raised ground with a hairline below."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.raised))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.hairline))

    def _write_words(self) -> None:
        self.setAccessibleName(self._name or self.tr("Notice"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(self.tr("Dismiss notice"))

    def _show(self, words: str, act: str, then: Callable[[], None] | None) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._act.setText(act)
        self._act.setAccessibleName(act)
        self._act.setVisible(bool(act))
        self._then = then
        self._close.setIcon(icon("close", colours_of(self.palette()).text))
        self._close.show()
        self._is_waiting = True
        self.setVisible(not self._is_hushed)

    def _on_act(self) -> None:
        then, self._then = self._then, None
        self._dismiss()
        if then is not None:
            then()

    def _dismiss(self) -> None:
        self._is_waiting = False
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, GAP_PX, SPACE_PX, GAP_PX + 1)
        row.setSpacing(SPACE_PX)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
