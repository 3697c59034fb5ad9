"""The size: the boxes, the resolution, exact pixels with their legality, and how large it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.generation.cost import PRESET_SIDE_PX
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import nearest_size, size_is_disputed, size_is_legal
from seedream_desktop.gui import size_words, words
from seedream_desktop.gui.controls import Choice, StepBox
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.size_boxes import EXACT_PIXELS, MODEL_PICKS, SizeBoxes
from seedream_desktop.gui.size_notes import SizeNotes
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.gui.more_sizes import MoreSizes
    from seedream_desktop.state.draft import Draft

_SIDE_PX_MAX = 16_384
_SIDE_STEP_PX = 16


class SizeSection(QWidget):
    """Shows the draft's size and changes it."""

    def __init__(self, draft: Draft) -> None:
        """Show what ``draft`` asks for."""
        super().__init__()
        self._draft = draft
        self._is_exact = False
        self._is_showing = False
        self.boxes = SizeBoxes()
        self.resolution = Choice()
        self.width_box, self.height_box = StepBox(), StepBox()
        self._swap = QToolButton()
        self.more = QToolButton()
        self._more_sizes: MoreSizes | None = None
        self._line = Label()
        self._notes = SizeNotes()
        self._exact_row = QWidget()
        self._build()
        self._connect()
        self._write_words()
        self.show_size()

    def show_size(self) -> None:
        """Show the size as the draft has it now."""
        model, size = self._draft.model, self._draft.recipe.size
        named = model.named(size)
        self._is_exact = bool(model.sizes) and (self._is_exact or named is None)
        shape = EXACT_PIXELS if self._is_exact or named is None else named.ratio
        self._is_showing = True
        self.boxes.load(model, shape)
        self._show_resolutions(model, shape, named.resolution if named else "")
        self._show_pixels(size, model)
        self._is_showing = False
        self._show_notes()

    def controls(self) -> tuple[QWidget, ...]:
        """In the order of the tabulator."""
        pixels = self.width_box, self._swap, self.height_box
        return self.boxes, *pixels, *self._notes.uses, self.resolution, self.more

    def focus_size(self) -> None:
        """Put the focus where the size is set."""
        (self.width_box if self._is_exact else self.boxes).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()
            self.show_size()

    def _build(self) -> None:
        self._line.setFont(caption_font())
        self._line.setWordWrap(True)
        self._line.setProperty("tone", "dim")
        for box in (self.width_box, self.height_box):
            box.setRange(1, _SIDE_PX_MAX)
            box.setSingleStep(_SIDE_STEP_PX)
            box.setAccelerated(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(self.boxes)
        exact = QHBoxLayout(self._exact_row)
        exact.setContentsMargins(0, 0, 0, 0)
        exact.setSpacing(GAP_PX)
        exact.addWidget(self.width_box, 1)
        exact.addWidget(self._swap)
        exact.addWidget(self.height_box, 1)
        column.addWidget(self._exact_row)
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self._line, 1)
        line.addWidget(self.resolution)
        line.addWidget(self.more)
        self.more.setFixedHeight(self.resolution.sizeHint().height())
        column.addLayout(line)
        column.addWidget(self._notes)

    def _connect(self) -> None:
        self.boxes.shape_chosen.connect(self._on_shape_chosen)
        self.resolution.currentIndexChanged.connect(self._on_resolution_changed)
        self.width_box.valueChanged.connect(self._on_side_changed)
        self.height_box.valueChanged.connect(self._on_side_changed)
        self._swap.clicked.connect(self._on_swap_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self._notes.size_chosen.connect(self._draft.set_size)
        self._draft.adjusted.connect(self._show_notes)

    def _write_words(self) -> None:
        self.boxes.setAccessibleName(self.tr("Aspect ratio"))
        self.resolution.setAccessibleName(self.tr("Resolution"))
        self.resolution.setToolTip(self.tr("How many pixels the picture has"))
        self.width_box.setAccessibleName(self.tr("Width"))
        self.width_box.setToolTip(self.tr("Width in pixels"))
        self.height_box.setAccessibleName(self.tr("Height"))
        self.height_box.setToolTip(self.tr("Height in pixels"))
        self._swap.setAccessibleName(self.tr("Swap width and height"))
        self._swap.setToolTip(self.tr("Swap width and height"))
        self.more.setAccessibleName(self.tr("More sizes"))
        self.more.setToolTip(self.tr("Paper, formats by name, print sizes, or as image 1"))
        self.more.setText("…")
        self._swap.setIcon(icon("swap", colours_of(self.palette()).text))

    def _show_resolutions(self, model: Model, shape: str, resolution: str) -> None:
        offered = () if shape == EXACT_PIXELS else model.resolutions(shape)
        self.resolution.setHidden(len(offered) < 1 or "adaptive" in offered)
        if offered != tuple(self.resolution.itemData(row) for row in range(self.resolution.count())):
            self.resolution.clear()
            for one in offered:
                self.resolution.addItem(words.resolution(one), one)
        self._mark_disputed(offered, shape, model)
        self.resolution.setCurrentIndex(self.resolution.findData(resolution))

    def _mark_disputed(self, offered: tuple[str, ...], shape: str, model: Model) -> None:
        """A sign and a tooltip on what may be refused."""
        sign = icon("warning", colours_of(self.palette()).amber)
        for row, one in enumerate(offered):
            is_disputed = size_is_disputed(model.size_of(shape, one), model)
            self.resolution.setItemIcon(row, sign if is_disputed else QIcon())
            tip = size_words.may_be_refused(model) if is_disputed else ""
            self.resolution.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
            self.resolution.setItemData(row, tip, Qt.ItemDataRole.AccessibleDescriptionRole)

    def _show_pixels(self, size: Size | None, model: Model) -> None:
        self._exact_row.setVisible(self._is_exact)
        self.more.setVisible(bool(model.sizes))
        is_legal = size is None or size_is_legal(size, model)
        if size is None or size.is_preset:
            picked = self.tr("The size of image 1"), self.tr("The model picks the shape")
            self._line.setText(picked[0] if "adaptive" in model.presets else picked[1])
            return
        self.width_box.setValue(size.width_px)
        self.height_box.setValue(size.height_px)
        for box in (self.width_box, self.height_box):
            _mark(box, is_problem=not is_legal)
        print_size = words.print_size(size.width_px, size.height_px)
        pixels = words.pixels(size.width_px, size.height_px)
        self._line.setText(print_size if self._is_exact else f"{pixels} · {print_size}")

    def _show_notes(self) -> None:
        draft = self._draft
        self._notes.show_notes(draft.recipe.size, draft.model, draft.adjustments)

    def _on_shape_chosen(self, shape: str) -> None:
        model, size = self._draft.model, self._draft.recipe.size
        self._is_exact = shape == EXACT_PIXELS
        if not self._is_exact:
            self._draft.set_size(_in_shape(shape, size, model))
        elif size is not None and size.is_preset:
            side_px = PRESET_SIDE_PX.get(size.preset, 2048)
            self._draft.set_size(nearest_size(Size(width_px=side_px, height_px=side_px), model))
        self.show_size()

    def _on_resolution_changed(self, row: int) -> None:
        shape = self.boxes.currentData()
        if self._is_showing or row < 0 or shape is None:
            return
        if size := self._draft.model.size_of(shape, self.resolution.itemData(row)):
            self._draft.set_size(size)

    def _on_side_changed(self, _value: int) -> None:
        if not self._is_showing:
            self._draft.set_size(Size(width_px=self.width_box.value(), height_px=self.height_box.value()))

    def _on_more_clicked(self) -> None:
        from seedream_desktop.gui.more_sizes import MoreSizes  # late: no start needs it

        if self._more_sizes is None:
            self._more_sizes = MoreSizes(self._draft, self)
        self._more_sizes.open_by(self.more)

    def _on_swap_clicked(self) -> None:
        self._draft.set_size(Size(width_px=self.height_box.value(), height_px=self.width_box.value()))


def _mark(box: StepBox, *, is_problem: bool) -> None:
    if bool(box.property("problem")) != is_problem:
        box.setProperty("problem", is_problem)
        box.style().polish(box)


def _in_shape(shape: str, size: Size | None, model: Model) -> Size:
    """The size of ``shape`` whose resolution is the present one, or the nearest in pixels."""
    named = model.named(size)
    resolution = named.resolution if named else ""
    if found := model.size_of(shape, resolution):
        return found
    if shape == MODEL_PICKS:
        return Size(preset=model.presets[0])
    pixels = size.width_px * size.height_px if size else 0
    offered = (one.size for one in model.sizes if one.ratio == shape)
    return min(offered, key=lambda one: abs(one.width_px * one.height_px - pixels))
