"""What the queue has to say in its head: why it pauses, or a question, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.queue_acts import COMPACT_STYLE
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, SPACE_PX, caption_font, colours_of

_SIGN_PX = 14


@dataclass(frozen=True, slots=True)
class NoteAct:
    """A button below the words."""

    text: str
    hint: str
    then: Callable[[], object]


class QueueNote(QWidget):
    """Words with a sign, and buttons below them; hidden while there is nothing to say."""

    def __init__(self) -> None:
        """Say nothing."""
        super().__init__()
        self._sign, self._words = Label(), Label()
        self._words.setFont(caption_font())
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_PX)
        self._acts: tuple[NoteAct, ...] = ()
        self._build()
        self.hide()

    @property
    def said(self) -> str:
        """What it says; empty: nothing."""
        return self._words.text()

    def say(self, text: str, acts: Sequence[NoteAct] = ()) -> None:
        """Show ``text`` with these buttons; buttons that stay the same keep the focus."""
        self._words.setText(text)
        self._words.setAccessibleName(text)
        names = [(act.text, act.hint) for act in self._acts]
        self._acts = tuple(acts)
        if [(act.text, act.hint) for act in acts] != names:
            self._renew_buttons()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_sign()

    def _build(self) -> None:
        self._show_sign()
        text = QVBoxLayout()
        text.setSpacing(SPACE_PX)
        text.addWidget(self._words)
        text.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, 0, EDGE_PX, SPACE_PX + GAP_PX)
        row.setSpacing(GAP_PX)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)

    def _show_sign(self) -> None:
        self._sign.setPixmap(icon("warning", colours_of(self.palette()).amber).pixmap(_SIGN_PX, _SIGN_PX))

    def _renew_buttons(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        for place, act in enumerate(self._acts):
            self._buttons.addWidget(self._button(act, place))
        self._buttons.addStretch(1)

    def _button(self, act: NoteAct, place: int) -> QPushButton:
        button = QPushButton(act.text)
        button.setAccessibleName(act.text)
        button.setToolTip(act.hint)
        button.setFont(caption_font())
        button.setStyleSheet(COMPACT_STYLE)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._do(place))
        return button

    def _do(self, place: int) -> None:
        self._acts[place].then()
