"""Lines of facts: what each is about on the left, what it says on the right, to be selected and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.plain_text import PlainText
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.gui.origin_words import Fact

_COPY_PX = 22
_COPY_HEIGHT_PX = 18  # no higher than a line, so that the icon stands on it
_COPY_ICON_PX = 14
_COPIED_MS = 1200
_LABEL_SHARE, _VALUE_SHARE = 1, 2


class CopyButton(QToolButton):
    """Puts a text on the clipboard and says so for a moment."""

    def __init__(self) -> None:
        """Start with nothing to copy."""
        super().__init__()
        self._text = ""
        self._words = ""
        self.setFixedSize(_COPY_PX, _COPY_HEIGHT_PX)
        self.setStyleSheet("QToolButton { padding: 0; }")
        self.setIconSize(QSize(_COPY_ICON_PX, _COPY_ICON_PX))
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(self._show)
        self.clicked.connect(self._on_clicked)

    def offer(self, text: str, words: str) -> None:
        """Copy ``text`` when pressed; ``words`` say so."""
        self._text, self._words = text, words
        self._copied.stop()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.setIcon(icon("check", colours_of(self.palette()).green))
        self.setToolTip(self.tr("Copied"))
        self._copied.start()

    def _show(self) -> None:
        self.setIcon(icon("copy", colours_of(self.palette()).dim))
        self.setAccessibleName(self._words)
        self.setToolTip(plain_tip(self._words))


class FactList(QWidget):
    """One row for each fact; rows are kept and reused, so that moving through pictures stays quick."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._rows: list[_FactRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(EDGE_PX)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these."""
        while len(self._rows) < len(facts):
            self._rows.append(_FactRow())
            self._column.addWidget(self._rows[-1])
        for row, fact in zip(self._rows, facts, strict=False):
            row.show_fact(fact)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(facts))


class _FactRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._label, self._note = Label(), Label()
        self._value = PlainText(Qt.AlignmentFlag.AlignRight)
        self._copy = CopyButton()
        self._label.setProperty("tone", "dim")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._note.setProperty("tone", "amber")
        self._note.setFont(caption_font())
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GROUP_PX)
        grid.setVerticalSpacing(0)
        said = QHBoxLayout()
        said.setSpacing(GAP_PX)
        said.addWidget(self._value, 1)
        said.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._label, 0, 0)
        grid.addLayout(said, 0, 1)
        grid.addWidget(self._note, 1, 1)
        grid.setColumnStretch(0, _LABEL_SHARE)
        grid.setColumnStretch(1, _VALUE_SHARE)

    def show_fact(self, fact: Fact) -> None:
        self._label.setText(fact.label)
        self._value.setFont(caption_font() if fact.copy_words else self.font())
        self._value.show_text(fact.value)
        self._value.setAccessibleName(fact.label)
        self._note.setText(fact.note)
        self._note.setVisible(bool(fact.note))
        self._copy.offer(fact.copied or fact.value, fact.copy_words)
        self._copy.setVisible(bool(fact.copy_words))
