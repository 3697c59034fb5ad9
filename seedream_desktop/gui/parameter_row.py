"""One row of the panel: words on the left, what is set on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import CONTROL_PX, SPACE_PX


class ParameterRow(QWidget):
    """A label and its controls; the label is the buddy of the last one."""

    def __init__(self, *controls: QWidget, stretched: bool = False) -> None:
        """``stretched``: the control takes the larger part of the row."""
        super().__init__()
        self.label = Label()
        self.label.setWordWrap(True)
        self.label.setBuddy(controls[-1])
        self.setMinimumHeight(CONTROL_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX)
        row.addWidget(self.label, 3)
        for control in controls:
            alignment = Qt.AlignmentFlag(0) if stretched else Qt.AlignmentFlag.AlignRight
            row.addWidget(control, 7 if stretched else 0, alignment)

    def set_words(self, words: str) -> None:
        """What the label says."""
        self.label.setText(words)

    def set_live(self, *, is_live: bool) -> None:
        """Whether the model takes it; what it does not take is dim and cannot be set."""
        self.setEnabled(is_live)
