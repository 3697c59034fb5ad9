"""What exported files are called and how they are written; and how a contact sheet is laid out."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QToolButton, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice, StepBox
from seedream_desktop.gui.form_rows import FormRows
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.imaging.export_form import (
    PERCENT_MAX,
    PERCENT_MIN,
    QUALITY_MAX,
    QUALITY_MIN,
    SHEET_MOST,
    SIDE_PX_MAX,
    Colours,
    ExportForm,
    ExportWish,
    FileFormat,
    Paper,
    Resize,
    SheetForm,
)
from seedream_desktop.library.name_pattern import PLACEHOLDERS, unknown_placeholders

_NUMBER_PX = 92


class _Choices(FormRows):
    """Tells when something was chosen, and writes its words anew."""

    changed = Signal()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.write_words()

    def write_words(self) -> None:
        """Write words in the language of now."""

    def _listen(self, *controls: QWidget) -> None:
        for control in controls:
            if isinstance(control, QComboBox):
                control.currentIndexChanged.connect(self.changed)
            elif isinstance(control, StepBox):
                control.setFixedWidth(_NUMBER_PX)
                control.valueChanged.connect(self.changed)
            elif isinstance(control, QLineEdit):
                control.textChanged.connect(self.changed)
            elif isinstance(control, Toggle):
                control.toggled.connect(self.changed)


class FileChoices(_Choices):
    """Name, format, size, colours, and what is told inside."""

    def __init__(self) -> None:
        """Show what is chosen at first."""
        super().__init__()
        self.pattern, self.insert = QLineEdit(), QToolButton()
        self.format, self.quality = Choice(), StepBox()
        self.resize_how, self.longest, self.percent = Choice(), StepBox(), StepBox()
        self.box_width, self.box_height = StepBox(), StepBox()
        self.colours, self.recipe, self.credentials = Choice(), Choice(), Choice()
        self._name = self.add(self.pattern, self.insert, is_wide=True)
        self._format = self.add(self.format, self.quality)
        sizes = (self.longest, self.box_width, self.box_height, self.percent)
        self._size = self.add(self.resize_how, *sizes)
        self._colours = self.add(self.colours)
        self._recipe = self.add(self.recipe)
        self._credentials = self.add(self.credentials)
        self._build()
        self.write_words()
        self._listen(self.pattern, self.format, self.quality, self.resize_how, *sizes)
        self._listen(self.colours, self.recipe, self.credentials)
        self.changed.connect(self._show_fitting)
        self._show_fitting()

    def show_wish(self, wish: ExportWish) -> None:
        """Show what is chosen, without a signal."""
        form = wish.form
        with QSignalBlocker(self):
            self.pattern.setText(wish.pattern)
            self.quality.setValue(form.quality)
            self.longest.setValue(form.longest_px)
            self.box_width.setValue(form.width_px)
            self.box_height.setValue(form.height_px)
            self.percent.setValue(form.percent)
            for control, value in (
                (self.format, form.format),
                (self.resize_how, form.resize),
                (self.colours, form.colours),
                (self.recipe, wish.embeds_recipe),
                (self.credentials, wish.keeps_credentials),
            ):
                control.setCurrentIndex(control.findData(value))
        self._show_fitting()

    def put_into(self, wish: ExportWish) -> ExportWish:
        """``wish`` with what is chosen here."""
        return replace(
            wish,
            pattern=self.pattern.text(),
            form=self.form,
            embeds_recipe=bool(self.recipe.currentData()),
            keeps_credentials=bool(self.credentials.currentData()),
        )

    @property
    def form(self) -> ExportForm:
        """How the files are written."""
        return ExportForm(
            FileFormat(self.format.currentData()),
            self.quality.value(),
            Resize(self.resize_how.currentData()),
            self.longest.value(),
            self.box_width.value(),
            self.box_height.value(),
            self.percent.value(),
            Colours(self.colours.currentData()),
        )

    def tell_names(self, names: tuple[str, ...], count: int) -> None:
        """Say what the first files will be called, of ``count``."""
        unknown = unknown_placeholders(self.pattern.text())
        if unknown:
            text = self.tr("{what} means nothing and stays in the names as it is.")
            self._name.tell(text.format(what=", ".join(f"{{{name}}}" for name in unknown)), "amber")
            return
        more = self.tr("and {count} more").format(count=words.number(count - len(names)))
        self._name.tell("\n".join(names if count <= len(names) else (*names, more)))

    def tell_marks(self, credentials: int, untagged: int) -> None:
        """Say how many pictures carry content credentials, and how many have no colour profile."""
        text = self.tr("{pictures} without a colour profile: taken as sRGB.")
        self._colours.tell(text.format(pictures=words.pictures(untagged)) if untagged else "")
        text = self.tr("{pictures} with content credentials. Any change to the file breaks them.")
        self._credentials.tell(text.format(pictures=words.pictures(credentials)) if credentials else "")

    def tell_recipe(self, text: str) -> None:
        """Say what is written into the files."""
        self._recipe.tell(text)

    def set_client_safe(self, is_client_safe: bool) -> None:
        """Offer no recipe where none may leave."""
        self.recipe.setEnabled(not is_client_safe)

    def write_words(self) -> None:
        """Write words in the language of now."""
        for row, text, control in (
            (self._name, self.tr("File names"), self.pattern),
            (self._format, self.tr("Format"), self.format),
            (self._size, self.tr("Size"), self.resize_how),
            (self._colours, self.tr("Colours"), self.colours),
            (self._recipe, self.tr("How it was made"), self.recipe),
            (self._credentials, self.tr("Credentials"), self.credentials),
        ):
            row.words.setText(text)
            control.setAccessibleName(text)
        named: tuple[tuple[QWidget, str], ...] = (
            (self.quality, self.tr("Quality")),
            (self.longest, self.tr("Longest side")),
            (self.box_width, self.tr("Width")),
            (self.box_height, self.tr("Height")),
            (self.percent, self.tr("Scale")),
            (self.insert, self.tr("Insert into the name")),
        )
        for part, name in named:
            part.setAccessibleName(name)
            part.setToolTip(name)
        self.insert.setText("{ }")
        self.quality.setPrefix(self.tr("Quality") + " ")
        for side in (self.longest, self.box_width, self.box_height):
            side.setSuffix(self.tr(" px"))
        self.percent.setSuffix(" %")
        self._name_choices()

    def _name_choices(self) -> None:
        _name(
            self.format,
            (FileFormat.AS_IS, self.tr("As it is")),
            *((one, one.value.upper().replace("WEBP", "WebP")) for one in list(FileFormat)[1:]),
        )
        _name(
            self.resize_how,
            (Resize.ORIGINAL, self.tr("Original")),
            (Resize.LONGEST_SIDE, self.tr("Longest side")),
            (Resize.BOX, self.tr("Exact box, cut to fit")),
            (Resize.SCALE, self.tr("Scaled")),
        )
        _name(
            self.colours,
            (Colours.KEEP, self.tr("Keep the profile")),
            (Colours.SRGB, self.tr("Convert to sRGB")),
        )
        _name(
            self.recipe,
            (False, self.tr("Left out")),
            (True, self.tr("Written into each file (XMP)")),
        )
        _name(
            self.credentials,
            (True, self.tr("Leave such pictures as they are")),
            (False, self.tr("Convert them, and lose the credentials")),
        )

    def _build(self) -> None:
        self.quality.setRange(QUALITY_MIN, QUALITY_MAX)
        self.percent.setRange(PERCENT_MIN, PERCENT_MAX)
        for side in (self.longest, self.box_width, self.box_height):
            side.setRange(1, SIDE_PX_MAX)
        menu = QMenu(self)
        for name in PLACEHOLDERS:
            menu.addAction(f"{{{name}}}").triggered.connect(
                lambda _checked, name=name: self.pattern.insert(f"{{{name}}}")
            )
        self.insert.setMenu(menu)
        self.insert.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _show_fitting(self) -> None:
        """Only what matters for what is chosen."""
        how = self.resize_how.currentData()
        self.quality.setVisible(self.format.currentData() in {FileFormat.JPEG, FileFormat.WEBP})
        self.longest.setVisible(how == Resize.LONGEST_SIDE)
        self.box_width.setVisible(how == Resize.BOX)
        self.box_height.setVisible(how == Resize.BOX)
        self.percent.setVisible(how == Resize.SCALE)
        self._credentials.set_shown(self.form.changes_pixels)


class SheetChoices(_Choices):
    """Paper, rows and columns, titles."""

    def __init__(self) -> None:
        """Show what is chosen at first."""
        super().__init__()
        self.paper, self.turn = Choice(), Choice()
        self.columns, self.rows, self.titles = StepBox(), StepBox(), Toggle()
        self._paper = self.add(self.paper, self.turn)
        self._cells = self.add(self.columns, self.rows)
        self._titles = self.add(self.titles)
        for box in (self.columns, self.rows):
            box.setRange(1, SHEET_MOST)
        self.write_words()
        self._listen(self.paper, self.turn, self.columns, self.rows, self.titles)
        for box in (self.columns, self.rows):
            box.setFixedWidth(_NUMBER_PX + 40)

    def show_wish(self, wish: ExportWish) -> None:
        """Show what is chosen, without a signal."""
        with QSignalBlocker(self):
            self.paper.setCurrentIndex(self.paper.findData(wish.sheet.paper))
            self.turn.setCurrentIndex(self.turn.findData(wish.sheet.is_landscape))
            self.rows.setValue(wish.sheet.rows)
            self.columns.setValue(wish.sheet.columns)
            self.titles.setChecked(wish.sheet.has_titles)

    def put_into(self, wish: ExportWish) -> ExportWish:
        """``wish`` with what is chosen here."""
        paper, is_landscape = Paper(self.paper.currentData()), bool(self.turn.currentData())
        sizes = self.rows.value(), self.columns.value()
        return replace(wish, sheet=SheetForm(paper, is_landscape, *sizes, self.titles.isChecked()))

    def tell_pages(self, pages: int) -> None:
        """Say how many pages it will have."""
        one, several = self.tr("1 page"), self.tr("{count} pages")
        self._cells.tell(one if pages == 1 else several.format(count=words.number(pages)))

    def write_words(self) -> None:
        """Write words in the language of now."""
        for row, text in (
            (self._paper, self.tr("Paper")),
            (self._cells, self.tr("On a page")),
            (self._titles, self.tr("Titles below the pictures")),
        ):
            row.words.setText(text)
        self._titles.words.setWordWrap(True)
        for control, name in (
            (self.paper, self.tr("Paper")),
            (self.turn, self.tr("Orientation")),
            (self.columns, self.tr("Columns")),
            (self.rows, self.tr("Rows")),
            (self.titles, self.tr("Titles below the pictures")),
        ):
            control.setAccessibleName(name)
        self.columns.setSuffix(" " + self.tr("columns"))
        self.rows.setSuffix(" " + self.tr("rows"))
        _name(self.paper, (Paper.A4, "A4"), (Paper.LETTER, self.tr("Letter")))
        _name(self.turn, (False, self.tr("Upright")), (True, self.tr("Landscape")))


def _name(choice: QComboBox, *entries: tuple[StrEnum | bool, str]) -> None:
    """Name the entries of a choice; the one that is chosen stays."""
    with QSignalBlocker(choice):
        for value, text in entries:
            if (place := choice.findData(value)) >= 0:
                choice.setItemText(place, text)
            else:
                choice.addItem(text, value)
