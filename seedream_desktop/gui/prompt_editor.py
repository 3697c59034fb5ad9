"""The prompt: a text field of even lines that hands pictures on and leaves Ctrl+Enter to the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.prompt_text import changes, cleaned, units, words_of
from seedream_desktop.gui.theme import PROMPT_LINE_PX, SPACE_PX, text_scale
from seedream_desktop.state.incoming import (
    Incoming,
    offers_references,
    prefers_text,
    read_incoming,
    recipe_of,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.prompt_mentions import PromptMentions
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_LINES_AT_LEAST = 4
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DRESS_EVENTS = frozenset({QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange})


class PromptEditor(QTextEdit):
    """Plain text in lines of one height. It takes nothing back by itself: one undo leads through a draft.

    What speaks of a reference is dressed once ``dress`` was called.
    """

    text_edited = Signal(str)  # what stands there now, without what an input method still composes
    pictures_pasted = Signal(object)  # Incoming: for the references
    recipe_pasted = Signal(object)  # Recipe, that was copied as text
    edit_dropped = Signal(object)  # Incoming: a picture was dropped on the prompt itself
    reference_wished = Signal(int)  # that at this place of the tray is to be shown there
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._is_composing = False
        self._is_loading = False
        self._told = ""  # what was told last, or loaded
        self._pictures: tuple[ThumbnailCache, Callable[[Reference], Path]] | None = None
        self._references: tuple[Reference, ...] = ()
        self._hint = ""
        self.mentions: PromptMentions | None = None  # once the words speak of a reference
        self.steps: Callable[[], tuple[bool, bool]] = lambda: (False, False)  # to undo, to redo
        self._question = Label(parent=self)  # viewport.py says what painting on the viewport costs
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(SPACE_PX)
        self._dress_question()
        self.textChanged.connect(self._on_text_changed)
        self.document().contentsChanged.connect(self._show_question)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self._even_lines()

    @property
    def is_composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._is_composing

    def words(self) -> str:
        """What stands there, as it was written, without what an input method still composes."""
        return words_of(self.document())

    def load(self, text: str) -> None:
        """Show ``text``, which did not come from here; only what differs changes, the cursor stays by it."""
        text, held = cleaned(text), self._told
        if text == held:
            return
        self._is_loading = True
        found = changes(held, text)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, removed, added in reversed(found):
            cursor.setPosition(units(held, start))
            cursor.setPosition(units(held, start + removed), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(added)
        cursor.endEditBlock()
        if any("\n" in added for _, _, added in found):
            self._even_lines()
        self._told = text
        self._compose_here()
        self._is_loading = False
        self._dress()

    def insert(self, words: str) -> None:
        """Put words where the cursor is, as typing that can be undone."""
        self.textCursor().insertText(cleaned(words))
        self.ensureCursorVisible()

    def dress(self, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path]) -> None:
        """From now on show what the words say of references; ``path_of`` blocks, and has their files."""
        self._pictures = thumbnails, path_of
        self._dress()

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """The words speak of these."""
        self._references = references
        if self.mentions is not None:
            self.mentions.show_references(references)

    def spoken_of(self) -> tuple[int, ...]:
        """The numbers of the references that the words speak of."""
        return self.mentions.numbers(self._told) if self.mentions is not None else ()

    def undo(self) -> None:
        """Wish for the step before, and go to where it made a difference."""
        self._go(self.undo_requested.emit)

    def redo(self) -> None:
        """Wish for the step after, as above."""
        self._go(self.redo_requested.emit)

    def ask(self, question: str) -> None:
        """Show ``question`` while the prompt is empty."""
        if question != self._question.text():
            self._question.setText(question)
            self.describe(self._hint)
            self._show_question()

    def describe(self, hint: str) -> None:
        """What a screen reader says of it: the question, and ``hint`` about what is written."""
        self._hint = hint
        self.setAccessibleDescription(" ".join(filter(None, (self._question.text(), hint))))

    def minimumSizeHint(self) -> QSize:
        """Room for a few lines."""
        return QSize(super().minimumSizeHint().width(), _LINES_AT_LEAST * _line_px() + 2 * (SPACE_PX + 2))

    def sizeHint(self) -> QSize:
        """As small as it may be; the panel gives it what is left."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the question on the very line where the first word will stand."""
        super().resizeEvent(event)
        self._place_question()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, what lies below them, and what lies above."""
        if self.mentions is None:
            super().paintEvent(event)
            return
        with QPainter(self.viewport()) as painter:
            self.mentions.chips.paint_grounds(painter)
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            self.mentions.chips.paint_pictures(painter)

    def viewportEvent(self, event: QEvent) -> bool:
        """What the pointer does may be about a mention."""
        if self.mentions is not None and self.mentions.notice(event):
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window while a word is being composed: nothing is sent by accident."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and self._is_for_list(event):
            self.keyPressEvent(event)  # else Tab would lead to the next field
            return True
        if (
            kind in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange}
            and self.mentions is not None
        ):
            self.mentions.chips.follow_theme()
        if kind == QEvent.Type.ApplicationFontChange:
            self._even_lines()
            self._place_question()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter makes no new line; undo goes through all of the draft's steps."""
        is_undo = event.matches(QKeySequence.StandardKey.Undo)
        if self._is_composing and (is_undo or event.matches(QKeySequence.StandardKey.Redo)):
            return  # what is half written is the input method's to take back
        if not self._is_composing and self.mentions is not None and self.mentions.press(event):
            event.accept()
        elif _is_ctrl_enter(event):
            event.setAccepted(self._is_composing)
        elif is_undo:
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            self._new_line()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice whether a word is still being composed."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self.mentions is not None:
            self.mentions.dress_again()
        self._show_question()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the words, and with the reference that they speak of there."""
        from seedream_desktop.gui.prompt_menu import prompt_menu  # late: when one asks

        prompt_menu(self, event).popup(event.globalPos())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, or pictures for the references."""
        return source.hasText() or offers_references(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words as they are; pictures go to the references."""
        if (recipe := recipe_of(source)) is not None:
            self.recipe_pasted.emit(recipe)
        elif prefers_text(source) or not offers_references(source):
            self.insert(source.text())
        elif not (incoming := read_incoming(source)).is_empty:
            self.pictures_pasted.emit(incoming)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures as well as words."""
        if offers_references(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_target(is_target=True)
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A picture falls on the whole field, a word between two others."""
        if offers_references(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The field is no longer where it would fall."""
        super().dragLeaveEvent(event)
        self._set_target(is_target=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin an edit with a picture of the library; files and bitmaps become references."""
        self._set_target(is_target=False)
        if not offers_references(event.mimeData()):
            super().dropEvent(event)
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._take(read_incoming(event.mimeData()))

    def _set_target(self, *, is_target: bool) -> None:
        if bool(self.property("target")) != is_target:
            self.setProperty("target", is_target)
            self.style().polish(self)

    def _take(self, incoming: Incoming) -> None:
        if incoming.picture_ids:
            self.edit_dropped.emit(incoming)
        elif not incoming.is_empty:
            self.pictures_pasted.emit(incoming)

    def _new_line(self) -> None:
        """Begin a line of the same height; Qt's own way loses it where the line before is empty."""
        self.textCursor().insertBlock(_line_format())
        self.ensureCursorVisible()

    def _dress_question(self) -> None:
        self._question.setWordWrap(True)
        self._question.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._question.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._question.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._question.setTextFormat(Qt.TextFormat.PlainText)

    def _show_question(self) -> None:
        self._question.setVisible(self.document().isEmpty() and not self._is_composing)

    def _place_question(self) -> None:
        lead_px = _line_px() - self.fontMetrics().height()
        room = self.contentsRect().adjusted(SPACE_PX, SPACE_PX + lead_px, -SPACE_PX, -SPACE_PX)
        self._question.setGeometry(room)

    def _even_lines(self) -> None:
        """Give every line the same height, whatever script stands in it."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(_line_format())

    def _on_text_changed(self) -> None:
        if self._is_loading:
            return
        if self.document().firstBlock().blockFormat().lineHeight() != _line_px():
            self._is_loading = True
            self._even_lines()
            self._is_loading = False
        text = self.words()
        if text == self._told:  # words that are dressed otherwise are the same words
            return
        self._told = text
        self._dress()
        self.text_edited.emit(text)
        if self.mentions is not None and not self._is_composing:
            self.mentions.follow_typing()

    def _on_cursor_moved(self) -> None:
        if self.mentions is not None and not self._is_composing and not self._is_loading:
            self.mentions.keep_whole()

    def _dress(self) -> None:
        """Begin to dress the words where they first speak of a reference, or ask for one."""
        if self.mentions is not None or self._pictures is None or not _may_speak(self._told):
            return
        from seedream_desktop.gui.prompt_mentions import PromptMentions  # late: most prompts do without

        self.mentions = PromptMentions(self, *self._pictures)
        self.mentions.show_references(self._references)

    def _go(self, wish: Callable[[], None]) -> None:
        before = self._told
        wish()
        if self._told != before:
            *_, (start, _, added) = changes(before, self._told)
            cursor = self.textCursor()
            cursor.setPosition(units(self._told, start + len(added)))
            self.setTextCursor(cursor)

    def _compose_here(self) -> None:
        """What is being composed stands where the cursor is, also when the words before it have changed."""
        cursor = self.textCursor()
        layout = cursor.block().layout()
        if self._is_composing and layout.preeditAreaText():
            layout.setPreeditArea(cursor.positionInBlock(), layout.preeditAreaText())
            self.document().markContentsDirty(cursor.block().position(), cursor.block().length())

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether the window must not take a key for one of its own."""
        return (self._is_composing and _is_ctrl_enter(event)) or self._is_for_list(event)

    def _is_for_list(self, event: QKeyEvent) -> bool:
        return self.mentions is not None and not self._is_composing and self.mentions.takes(event)


def _may_speak(text: str) -> bool:
    """Told quickly: whether it may speak of a reference, or ask for one."""
    return any(character in "@＠" or character.isdecimal() for character in text)


def _line_px() -> int:
    return round(PROMPT_LINE_PX * max(1.0, text_scale()))


def _line_format() -> QTextBlockFormat:
    line = QTextBlockFormat()
    line.setLineHeight(_line_px(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return line


def _is_ctrl_enter(event: QKeyEvent) -> bool:
    return event.key() in _ENTER_KEYS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
