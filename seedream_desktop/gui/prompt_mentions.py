"""What the prompt does with its mentions: dresses and completes them, and takes each for one letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip

from seedream_desktop.generation.mentions import mentions
from seedream_desktop.gui.plain_label import plain_tip
from seedream_desktop.gui.prompt_chips import Chip, PromptChips
from seedream_desktop.gui.words import reference_name

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.mention_completion import MentionCompletion
    from seedream_desktop.gui.picture_bubble import PictureBubble
    from seedream_desktop.gui.prompt_editor import PromptEditor
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_WORD_KEYS = {
    Qt.Key.Key_Backspace: QKeySequence.StandardKey.DeleteStartOfWord,
    Qt.Key.Key_Delete: QKeySequence.StandardKey.DeleteEndOfWord,
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVE = QTextCursor.MoveMode.MoveAnchor
_LEAVING = frozenset(
    {QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Hide, QEvent.Type.Resize}
)


class PromptMentions(QObject):
    """Belongs to one prompt, which asks it about keys, the cursor and the pointer."""

    def __init__(
        self, editor: PromptEditor, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path]
    ) -> None:
        """``path_of`` says where a reference's file lies, for a thumbnail that has to be made; it blocks."""
        super().__init__(editor)
        self._editor = editor
        self._thumbnails = thumbnails
        self._path_of = path_of
        self._last = 0  # where the cursor was
        self._completion: MentionCompletion | None = None
        self._bubble: PictureBubble | None = None
        self.chips = PromptChips(editor, self._pixmap_of)
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)

    @property
    def completion(self) -> MentionCompletion | None:
        """The list from ``@``, once there was one."""
        return self._completion

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Speak of these."""
        self.chips.show_references(references)
        if self._completion is not None:
            self._completion.references = references

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to what is open."""
        return self._completion is not None and self._completion.takes(event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False: it means nothing here."""
        if self._completion is not None and self.takes(event):
            self._completion.press(event)
            return True
        return self._remove_whole(event)

    def follow_typing(self) -> None:
        """Something was written: it may be the sign that asks for a reference."""
        if self._completion is None:
            if not self.chips.references or not self._stands_behind_sign():
                return
            from seedream_desktop.gui.mention_completion import MentionCompletion  # late: when one asks

            self._completion = MentionCompletion(self._editor, self._thumbnails, self._path_of)
            self._completion.references = self.chips.references
        self._completion.follow()

    def numbers(self, text: str) -> tuple[int, ...]:
        """Of the references that a text speaks of."""
        return tuple(one.number for one in mentions(text))

    def dress_again(self) -> None:
        """An input method has put its own dress over the line that it writes in."""
        self.chips.rehighlightBlock(self._editor.textCursor().block())

    def keep_whole(self) -> None:
        """Let the cursor stand before or behind a mention, never in it."""
        cursor, before = self._editor.textCursor(), self._last
        place = cursor.position()
        if (span := self.chips.around(place)) is not None:
            mode = QTextCursor.MoveMode.KeepAnchor if cursor.hasSelection() else _MOVE
            is_by_pointer = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
            place = self._last = _edge(span, place, -1 if is_by_pointer else before)
            cursor.setPosition(place, mode)
            self._editor.setTextCursor(cursor)
        self._last = place

    def notice(self, event: QEvent) -> bool:
        """An event of the viewport; True: it is dealt with."""
        if event.type() in _LEAVING and self._bubble is not None:
            self._bubble.hide()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._tell(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            is_wish = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            chip = self.chips.chip_at(event.position()) if is_wish else None
            if chip is not None and chip.number <= len(self.chips.references):
                self._editor.reference_wished.emit(chip.number - 1)
                return True
        return False

    def number_at(self, place: QPoint, *, is_by_mouse: bool) -> int:
        """Of the reference that is spoken of under the pointer, or beside the cursor; 0: none."""
        position = self._editor.textCursor().position()
        for chip in self.chips.chips():
            is_meant = (
                any(ground.contains(place) for ground in chip.grounds)
                if is_by_mouse
                else chip.start <= position <= chip.end
            )
            if is_meant and chip.number <= len(self.chips.references):
                return chip.number
        return 0

    def _tell(self, event: QHelpEvent) -> bool:
        chip = self.chips.chip_at(event.pos().toPointF())
        if chip is None:
            if self._bubble is not None:
                self._bubble.hide()
            return False
        references = self.chips.references
        if chip.number > len(references):
            said = self.tr("There is no image {number} among the references.").format(number=chip.number)
            QToolTip.showText(event.globalPos(), plain_tip(said), self._editor.viewport())
        else:
            self._show_larger(chip, references[chip.number - 1])
        return True

    def _show_larger(self, chip: Chip, reference: Reference) -> None:
        if self._bubble is None:
            from seedream_desktop.gui.picture_bubble import PictureBubble  # late: when one looks

            self._bubble = PictureBubble(self._editor.window(), self._thumbnails, self._path_of)
        place = chip.grounds[-1].toAlignedRect()
        place.moveTopLeft(self._editor.viewport().mapTo(self._editor.window(), place.topLeft()))
        self._bubble.show_beside(reference, reference_name(chip.number, reference), place)

    def _remove_whole(self, event: QKeyEvent) -> bool:
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return False
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
        if key not in _WORD_KEYS or not (is_plain or event.matches(_WORD_KEYS[key])):
            return False
        is_back = key == Qt.Key.Key_Backspace
        span = (self.chips.ending_at if is_back else self.chips.beginning_at)(cursor.position())
        if span is None:
            return False
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        return True

    def _stands_behind_sign(self) -> bool:
        cursor = self._editor.textCursor()
        written = cursor.block().text()
        return any(sign in written for sign in "@＠")

    def _pixmap_of(self, reference: Reference, side_px: int) -> QPixmap | None:
        return self._thumbnails.pixmap(reference.sha256, lambda: self._path_of(reference), side_px)

    def _on_thumbnail(self, sha256: str) -> None:
        if any(one.sha256 == sha256 for one in self.chips.references):
            self._editor.viewport().update()


def _edge(span: tuple[int, int], place: int, before: int) -> int:
    """Where a cursor goes that came into the middle of a mention: through it, or to the nearer end."""
    start, end = span
    if before == start:
        return end
    if before == end:
        return start
    return start if place - start < end - place else end
