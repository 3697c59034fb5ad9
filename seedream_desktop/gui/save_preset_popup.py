"""Asks under which name parts of the draft shall be kept, and which parts."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from seedream_desktop.generation.recipe_parts import RecipePart
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.popup_place import open_below
from seedream_desktop.gui.recipe_part_words import part_words
from seedream_desktop.gui.theme import caption_font
from seedream_desktop.gui.toggle import Toggle

NAME_LONGEST = 120  # characters


class SavePresetPopup(Popup):
    """A name, a switch for each part, and one button."""

    save_requested = Signal(str, object)  # name, tuple[RecipePart, ...]

    def __init__(self, parent: QWidget) -> None:
        """Ask for nothing yet."""
        super().__init__(parent)
        self._is_taken: Callable[[str], bool] = lambda _: False
        self._title, self.field, self.note, self.save_button = Label(), QLineEdit(), Label(), QPushButton()
        self.toggles = {part: Toggle() for part in RecipePart}
        self._rows = {part: ParameterRow(toggle) for part, toggle in self.toggles.items()}
        self.field.setMaxLength(NAME_LONGEST)
        self.note.setFont(caption_font())
        self.note.setProperty("tone", "dim")
        self.note.setWordWrap(True)
        self.save_button.setAutoDefault(False)
        self.save_button.setProperty("filled", True)
        for widget in (self._title, self.field, *self._rows.values(), self.note, self.save_button):
            self.column.addWidget(widget)
        self.field.textChanged.connect(lambda _: self._look())
        self.field.returnPressed.connect(self._save)
        self.save_button.clicked.connect(lambda _: self._save())
        for toggle in self.toggles.values():
            toggle.toggled.connect(lambda _: self._look())

    def ask(
        self,
        proposal: str,
        parts: Collection[RecipePart],
        is_taken: Callable[[str], bool],
        below: QWidget,
        within: QWidget,
    ) -> None:
        """Ask for a name; ``parts`` are on at first, ``is_taken`` says whether a preset is called so."""
        self._is_taken = is_taken
        self._write_words()
        for part, toggle in self.toggles.items():
            toggle.setChecked(part in parts)
        self.field.setText(proposal[:NAME_LONGEST])
        self.field.selectAll()
        self._look()
        open_below(self, below, within)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def parts(self) -> tuple[RecipePart, ...]:
        """Those that are on."""
        return tuple(part for part, toggle in self.toggles.items() if toggle.isChecked())

    def _write_words(self) -> None:
        self._title.setText(self.tr("Save as preset"))
        self.setAccessibleName(self.tr("Save as preset"))
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setPlaceholderText(self.tr("Name"))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setAccessibleName(self.tr("Save"))
        for part, row in self._rows.items():
            row.set_words(part_words(part))
            self.toggles[part].setAccessibleName(part_words(part))

    def _name(self) -> str:
        return " ".join(self.field.text().split())

    def _look(self) -> None:
        name = self._name()
        is_taken = bool(name) and self._is_taken(name)
        if is_taken:
            self.note.setText(self.tr("Another preset has that name. Choose another one."))
        elif not self.parts:
            self.note.setText(self.tr("Choose what it shall hold."))
        else:
            self.note.setText(self.tr("It is kept in the library. Applying it changes nothing else."))
        self.save_button.setEnabled(bool(name) and not is_taken and bool(self.parts))
        self.adjustSize()

    def _save(self) -> None:
        if self.save_button.isEnabled():
            self.close()
            self.save_requested.emit(self._name(), self.parts)
