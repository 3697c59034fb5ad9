"""Completion from ``@``: the references with their thumbnails, written as ``image 2`` or ``图2``.

The list lies in the window and never takes the focus: an input method goes on composing beside it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout

from seedream_desktop.generation.mentions import mention_of
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.pick_list import PickList, PickRow
from seedream_desktop.gui.popup import draw_panel, rounded
from seedream_desktop.gui.prompt_text import units
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, colours_of
from seedream_desktop.gui.words import pixels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.prompt_editor import PromptEditor
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_BEGUN = re.compile(r"(?:^|[^A-Za-z0-9_.@＠])(?P<words>[@＠](?P<asked>[^\s@＠]{0,24}))$")
_SAID = re.compile(r"^(?:image|图片|图像|参考图|图)?#?(?P<number>\d{0,2})$")
_WIDTH_PX = 260
_NAME_CHARACTERS = 60
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
_PICKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class MentionCompletion(QFrame):
    """Follows what is typed into one prompt; hidden while there is nothing to offer."""

    def __init__(
        self, editor: PromptEditor, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path]
    ) -> None:
        """``path_of`` says where a reference's file lies; it blocks."""
        super().__init__(editor.window())
        self._editor = editor
        self._path_of = path_of
        self._left_at = -1  # where a sign stands that shall be no more than that
        self.references: tuple[Reference, ...] = ()
        self.list = PickList(thumbnails)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        column.addWidget(self.list)
        self.hide()
        self.list.picked.connect(self._on_picked)
        editor.installEventFilter(self)
        editor.verticalScrollBar().valueChanged.connect(self.hide)

    @property
    def is_open(self) -> bool:
        """Whether something is offered now."""
        return self.isVisible()

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the list while it is open."""
        if not self.is_open or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        return event.key() in _PICKING or event.key() in _STEPS or event.key() == Qt.Key.Key_Escape

    def press(self, event: QKeyEvent) -> None:
        """Do what a key means that belongs to the list."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            begun = self._begun()
            self._left_at = begun[0] if begun else -1
            self.hide()
        elif key in _STEPS:
            self.list.step(_STEPS[key])
            self._announce()
        else:
            self.list.pick()

    def follow(self) -> None:
        """Open, narrow or close the list by what stands before the cursor."""
        begun = self._begun()
        if begun is None or begun[0] != self._left_at:
            self._left_at = -1
        rows = self._rows(begun[1]) if begun is not None and self._left_at < 0 else []
        if not rows:
            self.hide()
            return
        was_open = self.is_open
        self.list.setAccessibleName(self.tr("References"))
        self.list.show_rows(rows)
        self.list.setCurrentIndex(self.list.rows.index(0))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        if not was_open:
            self._announce()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is offered to somebody who has gone elsewhere."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize}:
            self.hide()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off."""
        super().resizeEvent(event)
        self.setMask(rounded(self.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with an outline."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.panel, colours.outline)

    def _begun(self) -> tuple[int, str] | None:
        """Where the sign stands in the document, and what was typed since; None: there is none."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return None
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()]
        text = before.decode("utf-16-le", "ignore")
        found = _BEGUN.search(text)
        if found is None:
            return None
        return cursor.block().position() + units(text, found.start("words")), found["asked"]

    def _rows(self, asked: str) -> list[PickRow]:
        rest = self._words_without(asked)
        asked = unicodedata.normalize("NFKC", asked).casefold()
        said = _SAID.match(asked)
        number = said["number"] if said else None
        numbered = list(enumerate(self.references, start=1))
        by_number = [one for one in numbered if number is not None and str(one[0]).startswith(number)]
        by_name = [one for one in numbered if asked in one[1].name.casefold()]
        return [self._row(place, reference, rest) for place, reference in by_number or by_name]

    def _row(self, place: int, reference: Reference, rest: str) -> PickRow:
        name = plain(reference.name, _NAME_CHARACTERS)
        name = name or QCoreApplication.translate("words", "pasted picture")
        line = f"{name} · {pixels(reference.width_px, reference.height_px)}"
        path_of = lambda: self._path_of(reference)  # noqa: E731
        return PickRow(str(place), self._written(place, rest), line, reference.sha256, path_of)

    def _written(self, number: int, rest: str) -> str:
        """In the script of the prompt; where that has no letters yet, as the window speaks."""
        if any(letter.isalpha() for letter in rest):
            return mention_of(number, rest)
        return self.tr("image {number}").format(number=number)

    def _words_without(self, asked: str) -> str:
        """The prompt but for what is being completed, which says nothing of its script."""
        return self._editor.words().replace(f"@{asked}", "").replace(f"＠{asked}", "")

    def _place(self) -> None:
        """Below the cursor's line, or above it where there is more room; within the window."""
        window, caret = self._editor.window(), self._editor.cursorRect()
        below = self._editor.viewport().mapTo(window, caret.bottomLeft()) + QPoint(-SPACE_PX, GAP_PX)
        above_px = self._editor.viewport().mapTo(window, caret.topLeft()).y() - GAP_PX
        below_px = window.height() - below.y() - GAP_PX
        is_above = below_px < self.height() and above_px > below_px
        room_px = (above_px if is_above else below_px) - 2 * GAP_PX
        self.list.setFixedHeight(max(self.list.sizeHintForRow(0), min(self.list.height(), room_px)))
        self.adjustSize()
        left = max(0, min(below.x(), window.width() - self.width() - SPACE_PX))
        self.move(left, above_px - self.height() if is_above else below.y())

    def _announce(self) -> None:
        """Tell a screen reader what is ringed: the focus stays with the words."""
        row = self.list.currentIndex().row()
        if QAccessible.isActive() and 0 <= row < len(self.list.rows.rows):
            one = self.list.rows.rows[row]
            said = QAccessibleAnnouncementEvent(self._editor, f"{one.title}, {one.line}")
            QAccessible.updateAccessibility(said)

    def _on_picked(self, key: str) -> None:
        begun = self._begun()
        self.hide()
        if begun is not None:
            cursor = self._editor.textCursor()
            cursor.setPosition(begun[0], QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._written(int(key), self._words_without(begun[1])))
            self._editor.setTextCursor(cursor)
