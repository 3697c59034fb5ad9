"""Undo and redo: on the side that has the focus, and named in the menu by what they would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from seedream_desktop.gui import words

if TYPE_CHECKING:
    from seedream_desktop.gui.commands import Commands
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.marking_up import MarkingUp
    from seedream_desktop.state.undo import Step, UndoStack


class Undoing(QObject):
    """Ties the two commands to the draft while the focus is in ``composing``, else to the library's steps."""

    def __init__(
        self,
        commands: Commands,
        composing: QWidget,
        draft: Draft,
        steps: UndoStack,
        details: QWidget | None = None,
    ) -> None:
        """Listen to ``commands``. ``details`` stand in ``composing``, and are about the library."""
        super().__init__(commands)
        self._commands = commands
        self._composing = composing
        self._details = details
        self._draft = draft
        self._steps = steps
        self._drawing: tuple[QWidget, MarkingUp] | None = None
        commands.undo_requested.connect(lambda: self._side().undo())
        commands.redo_requested.connect(lambda: self._side().redo())
        commands.menu_opening.connect(self._name)

    def follow_drawing(self, editor: QWidget, marking: MarkingUp) -> None:
        """While the focus is in ``editor``, what is drawn there is meant."""
        self._drawing = editor, marking

    def _drawn(self) -> MarkingUp | None:
        """What is drawn on, where the focus is there."""
        focused = QApplication.focusWidget()
        if self._drawing is None or focused is None:
            return None
        editor, marking = self._drawing
        return marking if focused is editor or editor.isAncestorOf(focused) else None

    def _side(self) -> Draft | UndoStack | MarkingUp:
        if (drawn := self._drawn()) is not None:
            return drawn
        return self._draft if self._is_composing() else self._steps

    def _is_composing(self) -> bool:
        focused = QApplication.focusWidget()
        if focused is None or (self._details is not None and self._details.isAncestorOf(focused)):
            return False
        return self._composing.isAncestorOf(focused)

    def _name(self) -> None:
        if (drawn := self._drawn()) is not None:
            self._commands.offer("undo", self.tr("Undo on the picture"), is_there=drawn.can_undo)
            self._commands.offer("redo", self.tr("Redo on the picture"), is_there=drawn.can_redo)
            return
        if self._is_composing():
            self._commands.offer("undo", self.tr("Undo in the request"), is_there=self._draft.can_undo)
            self._commands.offer("redo", self.tr("Redo in the request"), is_there=self._draft.can_redo)
            return
        undo, redo = self._steps.next_undo, self._steps.next_redo
        undo_words = self.tr("Undo: {step}").format(step=self._step(undo)) if undo else self.tr("Undo")
        redo_words = self.tr("Redo: {step}").format(step=self._step(redo)) if redo else self.tr("Redo")
        self._commands.offer("undo", undo_words, is_there=undo is not None)
        self._commands.offer("redo", redo_words, is_there=redo is not None)

    def _step(self, step: Step) -> str:
        named = {
            "rate": self.tr("rate {pictures}"),
            "reject": self.tr("reject {pictures}"),
            "unreject": self.tr("take back the rejection of {pictures}"),
            "tag": self.tr("tag {pictures}"),
            "note": self.tr("note on {pictures}"),
            "rename": self.tr("rename {pictures}"),
            "move": self.tr("move {pictures} to another board"),
            "trash": self.tr("move {pictures} to the trash"),
            "restore": self.tr("put {pictures} back from the trash"),
            "rename_tag": self.tr("rename a tag on {pictures}"),
            "open_with": self.tr("working copies of {pictures}"),
            "import": self.tr("import {pictures}"),
            "arrange": self.tr("order {pictures} by hand"),
            "make_board": self.tr("new board"),
            "rename_board": self.tr("rename a board"),
            "move_board": self.tr("move a board"),
            "order_boards": self.tr("order boards"),
            "set_up_board": self.tr("board settings"),
            "trash_board": self.tr("move a board with {pictures} to the trash"),
            "save_search": self.tr("save a search"),
            "rename_search": self.tr("rename a saved search"),
            "change_search": self.tr("change a saved search"),
            "remove_search": self.tr("remove a saved search"),
            "save_preset": self.tr("save a preset"),
            "rename_preset": self.tr("rename a preset"),
            "change_preset": self.tr("change a preset"),
            "remove_preset": self.tr("remove a preset"),
        }
        return named[step.kind].format(pictures=words.pictures(step.count))
