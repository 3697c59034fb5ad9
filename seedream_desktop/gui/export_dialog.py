"""Export…: what becomes of the chosen pictures, under which names, and where; nothing is written before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.export_choices import FileChoices, SheetChoices
from seedream_desktop.gui.form_rows import FormRows
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.imaging.export_form import (
    ExportForm,
    ExportWish,
    FileFormat,
    Outcome,
    Resize,
)
from seedream_desktop.library.exporting import names_of
from seedream_desktop.state.contact_sheet import page_count

if TYPE_CHECKING:
    from seedream_desktop.library.presets import Preset
    from seedream_desktop.state.exporting import ExportFacts, MarksFound

_WIDTH_PX = 600
_SHOWN_NAMES = 3


class ExportDialog(QDialog):
    """Shows a wish, and says when it is to be done."""

    export_requested = Signal(object, object)  # ExportWish, Path
    preset_saved = Signal(str, object)  # its name, ExportWish
    preset_removed = Signal(str)

    def __init__(self, facts: ExportFacts, parent: QWidget | None = None) -> None:
        """Show what was chosen last."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facts = facts
        self._presets: tuple[Preset, ...] = facts.presets
        self._folder = Path(facts.folder) if facts.folder else None
        self._marks: MarksFound | None = None
        self.preset, self.save_preset, self.remove_preset = Choice(), QPushButton(), QPushButton()
        self.outcome, self.client_safe = Choice(), Toggle()
        self.files, self.sheet = FileChoices(), SheetChoices()
        self._path, self.choose = ElidedLabel(Qt.TextElideMode.ElideMiddle), QPushButton()
        self.act, self._cancel = QPushButton(), QPushButton()
        self._head, self._foot = FormRows(), FormRows()
        self._preset_row = self._head.add(self.preset, self.save_preset, self.remove_preset)
        self._outcome_row = self._head.add(self.outcome)
        self._safe_row = self._foot.add(self.client_safe)
        self._folder_row = self._foot.add(self._path, self.choose)
        self._build()
        self._write_words()
        self._show_wish(facts.wish)
        self._connect()

    @property
    def wish(self) -> ExportWish:
        """What is chosen."""
        chosen = replace(
            self._facts.wish,
            outcome=Outcome(self.outcome.currentData()),
            is_client_safe=self.client_safe.isChecked() and not self._facts.client_safe,
        )
        return self.sheet.put_into(self.files.put_into(chosen))

    def show_marks(self, marks: MarksFound) -> None:
        """Say what the files carry."""
        self._marks = marks
        self.files.tell_marks(marks.with_credentials, marks.untagged)

    def show_presets(self, presets: tuple[Preset, ...]) -> None:
        """Offer other presets."""
        self._presets = presets
        self._list_presets()
        self._mark_preset()

    def set_folder(self, folder: Path) -> None:
        """Write there."""
        self._folder = folder
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._show()

    def event(self, event: QEvent) -> bool:
        """Take the height that is needed: words that wrap do not change a window's by themselves."""
        is_request = event.type() == QEvent.Type.LayoutRequest
        handled = super().event(event)
        if is_request and self.isVisible() and (layout := self.layout()) is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        return handled

    def _build(self) -> None:
        self.setMinimumWidth(_WIDTH_PX)
        self.act.setProperty("filled", True)
        self.act.setDefault(True)
        for button in (self.save_preset, self.remove_preset, self.choose, self._cancel):
            button.setAutoDefault(False)
        for outcome in Outcome:
            self.outcome.addItem("", outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(GROUP_PX)
        for part in (self._head, self.files, self.sheet, self._foot):
            column.addWidget(part)
        column.addStretch(1)
        column.addSpacing(SPACE_PX)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.act)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.preset.activated.connect(self._on_preset)
        self.save_preset.clicked.connect(self._on_save)
        self.remove_preset.clicked.connect(self._on_remove)
        self.outcome.currentIndexChanged.connect(lambda _: self._show())
        self.client_safe.toggled.connect(lambda _: self._show())
        self.files.changed.connect(self._show)
        self.sheet.changed.connect(self._show)
        self.choose.clicked.connect(self._on_choose)
        self.act.clicked.connect(self._on_act)
        self._cancel.clicked.connect(self.reject)

    def _show_wish(self, wish: ExportWish) -> None:
        self.outcome.setCurrentIndex(self.outcome.findData(wish.outcome))
        self.client_safe.setChecked(wish.is_client_safe or bool(self._facts.client_safe))
        self.files.show_wish(wish)
        self.sheet.show_wish(wish)
        self._list_presets()
        self._show()

    def _show(self) -> None:
        """Show what fits together, the names, and where it goes."""
        facts, wish = self._facts, self.wish
        is_sheet, count = wish.outcome is Outcome.SHEET, len(facts.pictures)
        self.files.setVisible(not is_sheet)
        self.sheet.setVisible(is_sheet)
        self.files.tell_names(names_of(facts.pictures, wish, facts.boards)[:_SHOWN_NAMES], count)
        self.sheet.tell_pages(page_count(count, wish.sheet))
        self.client_safe.setEnabled(not facts.client_safe)
        self.files.set_client_safe(self.client_safe.isChecked())
        self._tell_safety()
        self._path.show_text(str(self._folder) if self._folder else self.tr("Not chosen yet"))
        text = self.tr("Export {pictures}") if self._folder else self.tr("Export {pictures}…")
        self.act.setText(text.format(pictures=words.pictures(count)))
        self.act.setEnabled(count > 0)
        self._mark_preset()

    def _tell_safety(self) -> None:
        boards = self._facts.client_safe
        made = self.tr("Each file is labelled as made by a model (IPTC); all other notes are left out.")
        with_recipe = self.tr(
            "Each file is labelled as made by a model (IPTC), and holds prompt, model and settings."
        )
        embeds = self.wish.embeds_recipe and not self.client_safe.isChecked()
        self.files.tell_recipe(with_recipe if embeds else made)
        if boards:
            text = self.tr("{board} is client-safe: neither prompt, note nor recipe leaves it.")
            self._safe_row.tell(text.format(board=words.board(boards[0].name)))
        else:
            text = self.tr("Neither prompt, note nor recipe, in names or inside.")
            self._safe_row.tell(text if self.client_safe.isChecked() else "")

    def _write_words(self) -> None:
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        for row, text, control in (
            (self._preset_row, self.tr("Preset"), self.preset),
            (self._outcome_row, self.tr("Export as"), self.outcome),
            (self._safe_row, self.tr("Client-safe"), self.client_safe),
            (self._folder_row, self.tr("Folder"), self._path),
        ):
            row.words.setText(text)
            control.setAccessibleName(text)
        for button, text, name in (
            (self.save_preset, self.tr("Save…"), self.tr("Save as a preset")),
            (self.remove_preset, self.tr("Remove"), self.tr("Remove the preset")),
            (self.choose, self.tr("Choose…"), self.tr("Choose the folder")),
            (self._cancel, self.tr("Cancel"), self.tr("Cancel")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
        self.act.setAccessibleName(self.tr("Export now"))
        outcomes = (self.tr("Files in a folder"), self.tr("One ZIP"), self.tr("Contact sheet (PDF)"))
        for place, text in enumerate(outcomes):
            self.outcome.setItemText(place, text)
        self._list_presets()

    def _list_presets(self) -> None:
        """The designer's own, then what most want."""
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItem(self.tr("None"), None)
            for preset in self._presets:
                self.preset.addItem(preset.name, preset.wish)
            for name, wish in self._common():
                self.preset.addItem(name, wish)

    def _common(self) -> tuple[tuple[str, ExportWish], ...]:
        web = ExportForm(FileFormat.JPEG, 88, Resize.LONGEST_SIDE, 2048)
        return (
            (self.tr("Originals"), ExportWish()),
            (self.tr("For the web: JPEG, 2048 px"), ExportWish(form=web)),
            (self.tr("Numbered: 01, 02, 03"), ExportWish(pattern="{index}")),
            (self.tr("Contact sheet"), ExportWish(outcome=Outcome.SHEET)),
        )

    def _mark_preset(self) -> None:
        """Name the preset that says just what is chosen."""
        wish = self.wish
        places = range(1, self.preset.count())
        place = next((one for one in places if self.preset.itemData(one) == wish), 0)
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(place)
        self.remove_preset.setVisible(1 <= place <= len(self._presets))
        self.save_preset.setVisible(place == 0)

    def _on_preset(self, place: int) -> None:
        if (wish := self.preset.itemData(place)) is not None:
            self._show_wish(wish)

    def _on_save(self) -> None:
        name, is_wanted = QInputDialog.getText(self, self.tr("Save as a preset"), self.tr("Name"))
        if is_wanted and name.strip():
            self.preset_saved.emit(name.strip(), self.wish)

    def _on_remove(self) -> None:
        self.preset_removed.emit(self.preset.currentText())

    def _on_choose(self) -> None:
        start = str(self._folder or Path.home())
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export into"), start)
        if folder:
            self.set_folder(Path(folder))

    def _on_act(self) -> None:
        if self._folder is None:
            self._on_choose()
        if self._folder is not None:
            self.export_requested.emit(self.wish, self._folder)
            self.accept()
