"""The references: numbered thumbnails in their order, with room left, and what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.generation.catalog import REFERENCES_AND_PICTURES
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.reference_list import ReferenceList
from seedream_desktop.gui.reference_tile import AddTile
from seedream_desktop.gui.refused_list import RefusedList
from seedream_desktop.gui.sending_row import SendingRow
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font
from seedream_desktop.state.incoming import PICTURE_SUFFIXES

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.sent_forms import SentForms
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_NO_ROOM = (ProblemKind.TOO_MANY_REFERENCES, ProblemKind.NO_REFERENCE_TAKEN)
_QUIET_BELOW = 8  # references; above, or with a set, the tray says how much room is left


class ReferenceTray(QWidget):
    """Shows the draft's references and changes their order; new ones are wished for."""

    pictures_offered = Signal(
        object
    )  # Incoming: dropped between the thumbnails; beside them the panel takes it
    markup_requested = Signal(int)  # of the reference at that place
    files_chosen = Signal(object)  # tuple[Path, ...]: chosen in the dialog

    def __init__(
        self,
        draft: Draft,
        thumbnails: ThumbnailCache,
        reference_path: Callable[[Reference], Path],
        forms: SentForms,
    ) -> None:
        """``reference_path`` says where a reference's file lies, for a thumbnail that has to be made."""
        super().__init__()
        self._draft = draft
        self._forms = forms
        self._reading = 0
        self._room_for = draft.model.id, 0
        self._caption = Label()
        self._meter = Label()
        self._list = ReferenceList(thumbnails, reference_path, forms)
        self._add = AddTile(self._list.viewport())
        self._sending = SendingRow(draft, forms)
        self._refused = RefusedList()
        self._build()
        self._connect()
        self._write_words()
        self._show()

    def show_refused(self, problems: tuple[Problem, ...]) -> None:
        """Say which files were not taken, and why, until that is dismissed or the next drop."""
        self._refused.show_problems(problems)

    def show_reading(self, count: int) -> None:
        """Say that ``count`` files are being read."""
        self._reading = count
        if count:
            self._refused.dismiss()
        self._write_meter()

    def focus_list(self) -> None:
        """Put the focus on the references."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_reference(self, index: int) -> None:
        """Put the focus on one of them."""
        self._list.setCurrentIndex(self._list.model().index(index, 0))
        self.focus_list()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._write_meter()
            self._list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the thumbnails as many rows as they need."""
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        for label in (self._caption, self._meter):
            label.setFont(caption_font())
            label.setProperty("tone", "dim")
        self._caption.setBuddy(self._list)
        self._meter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._meter.setWordWrap(True)
        heading = QHBoxLayout()
        heading.setSpacing(SPACE_PX)
        heading.addWidget(self._caption)
        heading.addWidget(self._meter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(heading)
        column.addWidget(self._list)
        column.addWidget(self._sending)
        column.addWidget(self._refused)

    def _connect(self) -> None:
        self._draft.recipe_changed.connect(self._show)
        self._draft.references_refused.connect(self.show_refused)
        self._forms.changed.connect(self._write_meter)
        self._list.move_requested.connect(self._draft.move_reference)
        self._list.remove_requested.connect(self._draft.remove_reference)
        self._list.markup_requested.connect(self.markup_requested)
        self._list.pictures_offered.connect(self.pictures_offered)
        self._add.clicked.connect(self._on_add_clicked)

    def _write_words(self) -> None:
        self._caption.setText(self.tr("References"))
        self._list.setAccessibleName(self.tr("References"))
        self._add.setAccessibleName(self.tr("Add references"))
        self._add.setToolTip(self.tr("Choose pictures, or drop or paste them here"))

    def _show(self) -> None:
        references = self._draft.recipe.references or ()
        self._list.show_references(references)
        has_room = self._draft.references_room() > 0
        self._forget_no_room(len(references))
        self._add.setVisible(has_room)
        self._list.setVisible(bool(references) or has_room)
        self._place()
        self._sending.show_total()
        self._write_meter()

    def _forget_no_room(self, count: int) -> None:
        """What was refused for want of room is history with another model, or fewer references."""
        before, self._room_for = self._room_for, (self._draft.model.id, count)
        if before[0] != self._draft.model.id or count < before[1]:
            self._refused.forget(_NO_ROOM)

    def _place(self) -> None:
        self._list.lay_out(self.width(), with_add_tile=not self._add.isHidden())
        self._add.setGeometry(self._list.cell(self._list.count()))

    def _write_meter(self) -> None:
        recipe = self._draft.recipe
        references = recipe.references or ()
        parts = []
        if self._reading:
            parts.append(self.tr("reading {count} …").format(count=self._reading))
        if references:
            size = words.size_in_mb(self._forms.total_bytes())
            parts.append(self.tr("{count} · {size} to send").format(count=len(references), size=size))
        if room := self._room(len(references)):
            parts.append(room)
        self._meter.setText(" · ".join(parts))
        over = len(references) > self._draft.model.references_max
        set_tone(self._meter, "amber" if over else "dim")

    def _room(self, count: int) -> str:
        model, recipe = self._draft.model, self._draft.recipe
        if not model.references_max:
            return self.tr("not taken by {model}").format(model=words.short_model_name(model))
        is_set = bool(recipe.is_set) and model.takes_sets
        if is_set:
            left = REFERENCES_AND_PICTURES - count - (recipe.images_in_set or 1)
            text = self.tr("{used} of {most} with the set")
            return text.format(used=REFERENCES_AND_PICTURES - left, most=REFERENCES_AND_PICTURES)
        if count >= _QUIET_BELOW or count > model.references_max:
            room = self._draft.references_room()
            return self.tr("room for {count} more").format(count=room) if room else self.tr("full")
        return ""

    def _on_add_clicked(self) -> None:
        pattern = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
        kinds = self.tr("Pictures") + f" ({pattern})"
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add references"), "", kinds)
        if chosen:
            self.files_chosen.emit(tuple(Path(one) for one in chosen))
