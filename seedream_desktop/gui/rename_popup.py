"""A field for the name of what is selected: it becomes the title, and the files are named by it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import caption_font

_LONGEST = 200  # characters


class RenamePopup(Popup):
    """Asks for one name."""

    name_given = Signal(object, str)  # tuple[str, ...] picture ids, the name; empty: the prompt's again

    def __init__(self, parent: QWidget) -> None:
        """Ask for nothing yet."""
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._title, self.field, self._note = Label(), QLineEdit(), Label()
        self.field.setMaxLength(_LONGEST)
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        for part in (self._title, self.field, self._note):
            self.column.addWidget(part)
        self.field.returnPressed.connect(self._on_return)

    def ask(self, ids: tuple[str, ...], name: str, over: QWidget) -> None:
        """Ask how these pictures shall be called; ``name`` is what they are called now."""
        self._ids = ids
        self._title.setText(self.tr("Rename {pictures}").format(pictures=words.pictures(len(ids))))
        self.setAccessibleName(self._title.text())
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setPlaceholderText(self.tr("As the prompt says"))
        self._note.setText(self.tr("The files are renamed, too, and keep their numbers. Enter renames."))
        self.field.setText(name)
        self.field.selectAll()
        self.pop_up(over)
        self.field.setFocus()

    def _on_return(self) -> None:
        self.close()
        self.name_given.emit(self._ids, self.field.text())
