"""Completion from ``@``: the references with their thumbnails, written as ``image 2`` or ``图2``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QStandardItem, QStandardItemModel, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QTextEdit

from seedream_desktop.generation.mentions import mention_of
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.words import reference_name

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.prompt_chips import PixmapOf

_BEGUN = re.compile(r"[@＠]([^@＠\n]{0,40})$")
_ICON_PX = 24
_WIDTH_PX = 280
_NAME_CHARACTERS = 60
_NUMBER_ROLE = Qt.ItemDataRole.UserRole
_TAKEN_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
)


class MentionCompletion(QObject):
    """Follows what is typed into one text edit."""

    def __init__(self, edit: QTextEdit, pixmap_of: PixmapOf) -> None:
        """Nothing is offered before there are references."""
        super().__init__(edit)
        self._edit = edit
        self._pixmap_of = pixmap_of
        self._references: tuple[Reference, ...] = ()
        self._entries = QStandardItemModel(self)
        self.completer = QCompleter(self._entries, self)
        self.completer.setWidget(edit)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.popup.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.popup.setAccessibleName(self.tr("References"))
        self.completer.activated.connect(self._on_chosen)

    @property
    def popup(self) -> QAbstractItemView:
        """The list; the completer makes it when it is first asked for."""
        return cast("QAbstractItemView", self.completer.popup())

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Offer these."""
        self._references = references

    @property
    def is_open(self) -> bool:
        """Whether something is offered now."""
        return self.popup.isVisible()

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the list; it comes there by itself."""
        return self.is_open and event.key() in _TAKEN_KEYS

    def follow(self) -> None:
        """Open, narrow or close the list by what stands before the cursor."""
        begun = self._begun()
        if begun is None or not self._references:
            self.popup.hide()
            return
        if not self.is_open:
            self._fill()
        self.completer.setCompletionPrefix(begun.strip())
        if not self.completer.completionCount():
            self.popup.hide()
            return
        place = self._edit.cursorRect()
        place.setWidth(_WIDTH_PX)
        self.completer.complete(place)
        self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _begun(self) -> str | None:
        """What was typed since the sign; None: none was."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return None
        found = _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[1] if found else None

    def _fill(self) -> None:
        self._entries.clear()
        for number, reference in enumerate(self._references, start=1):
            entry = QStandardItem(f"{number} · {plain(reference.name, _NAME_CHARACTERS)}")
            entry.setAccessibleText(reference_name(number, reference))
            entry.setData(number, _NUMBER_ROLE)
            if pixmap := self._pixmap_of(reference, _ICON_PX * 2):
                entry.setIcon(QIcon(pixmap))
            self._entries.appendRow(entry)

    def _on_chosen(self, text: str) -> None:
        rows = [row for row in range(self._entries.rowCount()) if self._entries.item(row).text() == text]
        begun = self._begun()
        if not rows or begun is None:
            return
        number = int(self._entries.item(rows[0]).data(_NUMBER_ROLE))
        cursor = self._edit.textCursor()
        left = QTextCursor.MoveOperation.Left
        cursor.movePosition(left, QTextCursor.MoveMode.KeepAnchor, len(begun) + 1)
        cursor.insertText(mention_of(number, self._edit.toPlainText()))
        self._edit.setTextCursor(cursor)
