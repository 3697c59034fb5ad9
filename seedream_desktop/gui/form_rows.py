"""Rows of a form: words left, controls right, a quiet note below; a row can be taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.gui.controls import Choice, set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import CONTROL_PX, EDGE_PX, GAP_PX, GROUP_PX, SPACE_PX, caption_font

WORDS_PX, CHOICE_PX = 132, 196


class FormRow:
    """One row."""

    def __init__(self, words: Label, box: QWidget, note: Label) -> None:
        """Its parts."""
        self.words, self._box, self._note = words, box, note
        note.hide()

    def set_shown(self, is_shown: bool) -> None:
        """Show the row, or take it away."""
        self.words.setVisible(is_shown)
        self._box.setVisible(is_shown)

    def tell(self, text: str, tone: str = "dim") -> None:
        """Say something below the controls; nothing: take the line away."""
        self._note.setText(text)
        set_tone(self._note, tone)
        self._note.setVisible(bool(text))


class FormRows(QWidget):
    """Rows below each other, their words and controls in two lines."""

    def __init__(self) -> None:
        """Start without rows."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(EDGE_PX)
        self._grid.setVerticalSpacing(GROUP_PX)
        self._grid.setColumnMinimumWidth(0, WORDS_PX)
        self._grid.setColumnStretch(1, 1)

    def add(self, *controls: QWidget, is_wide: bool = False) -> FormRow:
        """A row of ``controls``; the first one is named by the words, and ``is_wide`` takes all the width."""
        words, note, box = Label(), Label(), QWidget()
        words.setBuddy(controls[0])
        words.setMinimumHeight(CONTROL_PX)
        note.setFont(caption_font())
        note.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addStrut(CONTROL_PX)
        for place, control in enumerate(controls):
            if isinstance(control, Choice):
                control.setMinimumWidth(CHOICE_PX)
            line.addWidget(control, 1 if is_wide and not place else 0)
        if not is_wide:
            line.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(line)
        column.addWidget(note)
        row = self._grid.rowCount()
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignTop)
        return FormRow(words, box, note)
