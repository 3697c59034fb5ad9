"""More sizes: shapes by their names, as large as a sheet that is to be printed, and as reference 1."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from seedream_desktop.generation.size_forms import (
    DPI_MAX,
    DPI_MIN,
    SIDE_MM_MAX,
    SIDE_MM_MIN,
    Form,
    Print,
    size_like,
    size_of_form,
    size_of_print,
)
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice, ScaleBox, StepBox
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, SPACE_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference, Size
    from seedream_desktop.state.draft import Draft

_USUAL = Print(240, 140)
_PLACES = (  # of the shapes: row, column, span
    (0, 0, 2),
    (0, 2, 2),
    *((1, column, 1) for column in range(4)),
    (2, 0, 1),
    (2, 1, 1),
)
_UNIT_PX = 72


class Unit(StrEnum):
    """What a sheet is measured in."""

    CM = "cm"
    MM = "mm"
    INCH = "in"

    @property
    def mm(self) -> float:
        """How many millimetres one is."""
        return {Unit.CM: 10.0, Unit.MM: 1.0, Unit.INCH: 25.4}[self]


class MoreSizes(Popup):
    """Sets the draft's size; every choice closes it."""

    def __init__(self, draft: Draft, parent: QWidget) -> None:
        """Nothing is offered before ``open_by``."""
        super().__init__(parent)
        self._draft = draft
        self._unit = Unit.CM
        self._shapes, self._sheet, self._found, self._why = Label(), Label(), Label(), Label()
        self._forms = {form: QPushButton() for form in Form}
        self._as_reference = QPushButton()
        self.width_box, self.height_box, self.dpi_box = ScaleBox(), ScaleBox(), StepBox()
        self.unit = Choice()
        self._use = QPushButton()
        self._build()
        self._connect()

    def open_by(self, button: QWidget) -> None:
        """Open above or below ``button``, its right edges together."""
        self._write_words()
        self._show()
        self.adjustSize()
        self.move(_beside(button, self.size()))
        self.show()
        next(iter(self._forms.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _build(self) -> None:
        for label in (self._shapes, self._sheet, self._found, self._why):
            label.setFont(caption_font())
            label.setProperty("tone", "dim")
            label.setWordWrap(True)
        for box in (self.width_box, self.height_box):
            box.setRange(SIDE_MM_MIN, SIDE_MM_MAX)
            box.setAccelerated(True)
        self.dpi_box.setRange(DPI_MIN, DPI_MAX)
        self.dpi_box.setSingleStep(50)
        self.dpi_box.setValue(_USUAL.dpi)
        for unit in Unit:
            self.unit.addItem("", unit)
        self._measure(_USUAL)
        forms = QGridLayout()
        forms.setSpacing(GAP_PX)
        for button, (row, column, span) in zip(self._forms.values(), _PLACES, strict=True):
            forms.addWidget(button, row, column, 1, span)
        forms.addWidget(self._as_reference, 2, 2, 1, 2)
        sides = QHBoxLayout()
        sides.setSpacing(GAP_PX)
        sides.addWidget(self.width_box, 1)
        sides.addWidget(Label("×"))
        sides.addWidget(self.height_box, 1)
        sides.addWidget(self.unit)
        self.unit.setMinimumWidth(_UNIT_PX)
        last = QHBoxLayout()
        last.setSpacing(SPACE_PX)
        last.addWidget(self.dpi_box, 1)
        last.addWidget(self._use, 1)
        self.column.addWidget(self._shapes)
        self.column.addLayout(forms)
        self.column.addWidget(self._why)
        self.column.addSpacing(GROUP_PX - SPACE_PX)
        self.column.addWidget(self._sheet)
        self.column.addLayout(sides)
        self.column.addWidget(self._found)
        self.column.addLayout(last)

    def _connect(self) -> None:
        for form, button in self._forms.items():
            button.clicked.connect(lambda _, form=form: self._take(self._size_of(form)))
        self._as_reference.clicked.connect(lambda: self._take(self._reference_size()))
        self._use.clicked.connect(lambda: self._take(self._sheet_size()))
        for box in (self.width_box, self.height_box, self.dpi_box):
            box.valueChanged.connect(lambda _: self._show_sheet())
        self.unit.currentIndexChanged.connect(self._on_unit_changed)

    def _write_words(self) -> None:
        self._shapes.setText(self.tr("Shapes"))
        self._sheet.setText(self.tr("For print"))
        named = {Form.PAPER_UPRIGHT: self.tr("A4 portrait"), Form.PAPER_LYING: self.tr("A4 landscape")}
        for form, button in self._forms.items():
            button.setText(named.get(form, form.value))
            button.setAccessibleName(button.text())
        self._as_reference.setText(self.tr("As image 1"))
        self._as_reference.setAccessibleName(self.tr("As image 1"))
        self.width_box.setAccessibleName(self.tr("Width in print"))
        self.height_box.setAccessibleName(self.tr("Height in print"))
        self.unit.setAccessibleName(self.tr("Unit"))
        self.dpi_box.setAccessibleName(self.tr("Dots per inch"))
        self.dpi_box.setSuffix(self.tr(" dpi"))
        self._use.setText(self.tr("Use"))
        self._use.setAccessibleName(self.tr("Use the size for print"))
        units = {Unit.CM: self.tr("cm"), Unit.MM: self.tr("mm"), Unit.INCH: self.tr("in")}
        for row, unit in enumerate(Unit):
            self.unit.setItemText(row, units[unit])

    def _show(self) -> None:
        for form, button in self._forms.items():
            self._show_offer(button, self._size_of(form))
        self._show_offer(self._as_reference, self._reference_size())
        if self._reference() is None:
            self._as_reference.setToolTip(self.tr("There is no reference yet"))
        is_fixed = not self._draft.model.sizes
        self._why.setVisible(is_fixed)
        if is_fixed:
            model = words.short_model_name(self._draft.model)
            self._why.setText(self.tr("{model} takes no sizes of your own.").format(model=model))
        self._show_sheet()

    def _show_offer(self, button: QPushButton, size: Size | None) -> None:
        button.setEnabled(size is not None)
        pixels = "" if size is None else words.pixels(size.width_px, size.height_px)
        button.setToolTip(pixels or self.tr("The model takes no such shape"))
        button.setAccessibleDescription(button.toolTip())

    def _show_sheet(self) -> None:
        sheet, size = self._printed(), self._sheet_size()
        self._use.setEnabled(size is not None)
        if size is None:
            self._found.setText(self.tr("The model takes no such shape"))
            return
        text = self.tr("{pixels}, printed at {dpi} dpi")
        pixels = words.pixels(size.width_px, size.height_px)
        self._found.setText(text.format(pixels=pixels, dpi=words.number(sheet.dpi_of(size))))
        is_coarse = sheet.dpi_of(size) < sheet.dpi
        self._found.setToolTip(self.tr("The model makes no more pixels than these") if is_coarse else "")

    def _printed(self) -> Print:
        mm = self._unit.mm
        return Print(self.width_box.value() * mm, self.height_box.value() * mm, self.dpi_box.value())

    def _measure(self, sheet: Print) -> None:
        """Show a sheet in the unit of now."""
        for box, side_mm in ((self.width_box, sheet.width_mm), (self.height_box, sheet.height_mm)):
            box.setRange(SIDE_MM_MIN / self._unit.mm, SIDE_MM_MAX / self._unit.mm)
            box.setValue(side_mm / self._unit.mm)

    def _on_unit_changed(self, row: int) -> None:
        if row >= 0:
            sheet = self._printed()
            self._unit = Unit(self.unit.itemData(row))
            self._measure(sheet)

    def _reference(self) -> Reference | None:
        return next(iter(self._draft.recipe.references or ()), None)

    def _reference_size(self) -> Size | None:
        reference, model = self._reference(), self._draft.model
        return size_like(reference, model) if reference is not None and model.sizes else None

    def _size_of(self, form: Form) -> Size | None:
        return size_of_form(form, self._draft.recipe.size, self._draft.model)

    def _sheet_size(self) -> Size | None:
        return size_of_print(self._printed(), self._draft.model)

    def _take(self, size: Size | None) -> None:
        if size is not None:
            self._draft.set_size(size)
            self.close()


def _beside(button: QWidget, size: QSize) -> QPoint:
    """Where a panel of that size opens: below ``button``, above it where the screen ends."""
    corner = button.mapToGlobal(QPoint(button.width(), button.height()))
    left_px, top_px = corner.x() - size.width(), corner.y() + GAP_PX
    screen = button.screen().availableGeometry()
    if top_px + size.height() > screen.bottom():
        top_px = corner.y() - button.height() - GAP_PX - size.height()
    return QPoint(max(screen.left(), left_px), max(screen.top(), top_px))
