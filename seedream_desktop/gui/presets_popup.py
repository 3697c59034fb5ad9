"""The presets, below the prompt's caption: picked, renamed and let go by keys; and a way to keep another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from seedream_desktop.gui.pick_list import PickList, PickRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.popup_place import open_below
from seedream_desktop.gui.theme import caption_font

if TYPE_CHECKING:
    from collections.abc import Sequence


class PresetsPopup(Popup):
    """Wishes; who opens it does."""

    picked = Signal(str)  # id
    renamed = Signal(str, str)  # id, name
    removal_requested = Signal(str)  # id
    update_requested = Signal(str)  # id: it shall hold what the draft says of its parts
    save_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._title, self._note = Label(), Label()
        self.list, self.save_button = PickList(), QPushButton()
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        for part in (self._title, self.list, self._note, self.save_button):
            self.column.addWidget(part)
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self._on_save)
        self.list.picked.connect(self._on_picked)
        self.list.removal_requested.connect(self.removal_requested)
        self.list.rows.renamed.connect(self.renamed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)

    def open_below(self, rows: Sequence[PickRow], below: QWidget, within: QWidget) -> None:
        """Open below a widget, at the right edge of ``within``."""
        self._title.setText(self.tr("Presets"))
        self.setAccessibleName(self.tr("Presets"))
        self.list.setAccessibleName(self.tr("Presets"))
        self.save_button.setText(self.tr("Save as preset…"))
        self.save_button.setAccessibleName(self.tr("Save as preset…"))
        self.show_rows(rows)
        open_below(self, below, within)
        (self.list if rows else self.save_button).setFocus(Qt.FocusReason.PopupFocusReason)

    def show_rows(self, rows: Sequence[PickRow]) -> None:
        """Show what there is now."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        if rows:
            self._note.setText(self.tr("Enter applies, F2 renames, Del removes."))
        else:
            self._note.setText(
                self.tr(
                    "A preset keeps a part of this draft under a name: a look, a size, a set of references."
                )
            )
        self.adjustSize()

    def menu(self, preset_id: str) -> QMenu:
        """What can be done to a preset."""
        row = next(row for row in self.list.rows.rows if row.key == preset_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Apply"), lambda: self._on_picked(preset_id))
        update = menu.addAction(
            self.tr("Update from this draft"), lambda: self.update_requested.emit(preset_id)
        )
        menu.addSeparator()
        rename = menu.addAction(self.tr("Rename"), lambda: self.list.edit(self.list.currentIndex()))
        remove = menu.addAction(self.tr("Remove"), lambda: self.removal_requested.emit(preset_id))
        for act in (update, rename, remove):
            act.setEnabled(row.can_be_renamed)
        return menu

    def _on_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.menu(self.list.current_key).popup(self.list.viewport().mapToGlobal(place))

    def _on_picked(self, preset_id: str) -> None:
        self.close()
        self.picked.emit(preset_id)

    def _on_save(self) -> None:
        self.close()
        self.save_requested.emit()
