"""The list of keys under ``?``."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.shortcuts import Shortcut, shortcuts
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, heading_font

COLUMN_PX = 24


class ShortcutsDialog(QDialog):
    """Every key in three columns; closed by Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the table; nothing in it can be changed yet."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        columns.setSpacing(COLUMN_PX)
        for group, entries in groupby(shortcuts(), key=lambda shortcut: shortcut.group):
            columns.addLayout(_column(group, tuple(entries)))


def _column(title: str, entries: tuple[Shortcut, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GROUP_PX)
    heading = Label(title)
    heading.setFont(heading_font())
    column.addWidget(heading)
    rows = QGridLayout()
    rows.setHorizontalSpacing(COLUMN_PX)
    rows.setVerticalSpacing(SPACE_PX)
    for row, shortcut in enumerate(entry for entry in entries if entry.keys):
        rows.addWidget(Label(shortcut.words), row, 0)
        rows.addWidget(Label(shortcut.shown), row, 1)
    column.addLayout(rows)
    column.addStretch()
    return column
