"""The prompt: a text field of even lines that hands pictures on and leaves Ctrl+Enter to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from seedream_desktop.gui.plain_label import Label
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
    from seedream_desktop.gui.mention_completion import MentionCompletion
    from seedream_desktop.gui.prompt_chips import PixmapOf, PromptChips

_LINES_AT_LEAST = 4
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PromptEditor(QTextEdit):
    """Plain text in lines of one height; typing is undone here, the rest where ``undo_requested`` leads."""

    text_edited = Signal(str)  # what stands there now, without what an input method still composes
    pictures_pasted = Signal(object)  # Incoming: for the references
    recipe_pasted = Signal(object)  # Recipe, that was copied as text
    edit_dropped = Signal(object)  # Incoming: a picture was dropped on the prompt itself
    undo_requested = Signal()  # there is no typing left to undo
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._is_composing = False
        self._is_loading = False
        self._told = ""  # what was told last, or loaded
        self._chips: PromptChips | None = None
        self.completion: MentionCompletion | None = None
        self._question = Label(parent=self)  # viewport.py says what painting on the viewport costs
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(SPACE_PX)
        self._dress_question()
        self.textChanged.connect(self._on_text_changed)
        self.document().contentsChanged.connect(self._show_question)
        self._even_lines()

    @property
    def is_composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._is_composing

    def load(self, text: str) -> None:
        """Show ``text``, which did not come from here; typing before it can no longer be undone here."""
        if text == self.toPlainText():
            return
        self._is_loading = True
        self._told = text
        self.setPlainText(text)
        self._even_lines()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._is_loading = False

    def insert(self, words: str) -> None:
        """Put words where the cursor is, as typing that can be undone."""
        cursor = self.textCursor()
        cursor.beginEditBlock()  # a step of its own, apart from what was typed before
        cursor.insertText(words)
        cursor.endEditBlock()
        self.ensureCursorVisible()

    def show_references(self, references: tuple[Reference, ...], pixmap_of: PixmapOf) -> None:
        """Dress what the prompt says of these references; ``pixmap_of`` gives their thumbnails."""
        if self._chips is None:
            if not references:
                return
            from seedream_desktop.gui.mention_completion import MentionCompletion  # late: as below
            from seedream_desktop.gui.prompt_chips import PromptChips  # late: a prompt alone does without

            self._chips = PromptChips(self, pixmap_of)
            self.completion = MentionCompletion(self, pixmap_of)
        self._chips.show_references(references)
        if self.completion is not None:
            self.completion.show_references(references)

    def show_thumbnails(self) -> None:
        """A thumbnail was made: the references' may be among them."""
        if self._chips is not None:
            self._chips.show_references(self._chips.references)

    def ask(self, question: str) -> None:
        """Show ``question`` while the prompt is empty."""
        if question != self._question.text():
            self._question.setText(question)
            self.setAccessibleDescription(question)
            self._show_question()

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

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window while a word is being composed: nothing is sent by accident."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and self._is_composing and _is_ctrl_enter(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.PaletteChange and self._chips is not None:
            self._chips.follow_theme()
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._even_lines()
            self._place_question()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter makes no new line; undo goes on with the draft's steps where typing ends."""
        if self.completion is not None and self.completion.takes(event):
            event.ignore()
            return
        self._type(event)
        if self.completion is not None:
            self.completion.follow()

    def _type(self, event: QKeyEvent) -> None:
        if _is_ctrl_enter(event):
            if not self._is_composing:
                event.ignore()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            self.redo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            self._new_line()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice whether a word is still being composed."""
        super().inputMethodEvent(event)
        self._is_composing = bool(event.preeditString())
        if self.completion is not None and not self._is_composing:
            self.completion.follow()
        self._show_question()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, or pictures for the references."""
        return source.hasText() or offers_references(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words as they are; pictures go to the references."""
        if (recipe := recipe_of(source)) is not None:
            self.recipe_pasted.emit(recipe)
        elif prefers_text(source) or not offers_references(source):
            self.insertPlainText(source.text())
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
        """Give every line the same height, whatever script stands in it; not a step that can be undone."""
        self.document().setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(_line_format())
        self.document().setUndoRedoEnabled(True)

    def _on_text_changed(self) -> None:
        if self._is_loading:
            return
        if self.document().firstBlock().blockFormat().lineHeight() != _line_px():
            self._is_loading = True
            self._even_lines()
            self._is_loading = False
        text = self.toPlainText()
        if text != self._told:  # words that are dressed otherwise are the same words
            self._told = text
            self.text_edited.emit(text)


def _line_px() -> int:
    return round(PROMPT_LINE_PX * max(1.0, text_scale()))


def _line_format() -> QTextBlockFormat:
    line = QTextBlockFormat()
    line.setLineHeight(_line_px(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return line


def _is_ctrl_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    return event.key() in _ENTER_KEYS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
