"""The menu of the prompt: its undo leads through the draft, and it knows the reference that is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QContextMenuEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from seedream_desktop.gui.prompt_editor import PromptEditor


def prompt_menu(editor: PromptEditor, event: QContextMenuEvent) -> QMenu:
    """What can be done with the words, and with the reference that they speak of there."""
    menu = editor.createStandardContextMenu(event.pos())
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action in menu.actions():
        if action.objectName() in {"edit-undo", "edit-redo"}:
            is_undo = action.objectName() == "edit-undo"
            action.triggered.disconnect()
            action.triggered.connect(editor.undo if is_undo else editor.redo)
            action.setEnabled(editor.steps()[0 if is_undo else 1])
    is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
    number = editor.mentions.number_at(event.pos(), is_by_mouse=is_by_mouse) if editor.mentions else 0
    if number:
        menu.addSeparator()
        said = QCoreApplication.translate("PromptEditor", "Show image {number} among the references")
        menu.addAction(said.format(number=number), lambda: editor.reference_wished.emit(number - 1))
    return menu
