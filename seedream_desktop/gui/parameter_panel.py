"""The parameters: everything that the chosen model takes is live, the rest is one quiet line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.offer import Offer, offer_of
from seedream_desktop.generation.request import OutputFormat, ResponseFormat
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice, ScaleBox, StepBox
from seedream_desktop.gui.fold import Fold
from seedream_desktop.gui.model_choice import ModelChoice
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.size_section import SizeSection
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, SPACE_PX, caption_font
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.state.draft import GUIDANCE_MAX, GUIDANCE_MIN, SEED_MAX, SEED_MIN, Draft

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog, Model
    from seedream_desktop.generation.recipe import Recipe

_GUIDANCE_STEP = 0.5


class ParameterPanel(QWidget):
    """Shows the draft's parameters and changes them."""

    def __init__(self, draft: Draft, catalog: Catalog) -> None:
        """Offer the models of ``catalog``."""
        super().__init__()
        self._draft = draft
        self._offer = offer_of(catalog, ())
        self._is_showing = False
        self._shown: Recipe | None = None
        self.model = ModelChoice(self._offer)
        self.output_format, self.response_format = Choice(), Choice()
        self.set_toggle, self.watermark = Toggle(), Toggle()
        self.images_in_set, self.seed, self.guidance_scale = StepBox(), StepBox(), ScaleBox()
        self.size_section = SizeSection(draft)
        self._model_line, self._model_note, self._label_note = Label(), Label(), Label()
        self._not_taken, self._advanced = Fold(), Fold()
        self.reset = QPushButton()
        self._live = QVBoxLayout()
        self._make_rows()
        self._build()
        self._connect()
        self._write_words()
        self._show()

    def show_offer(self, offer: Offer) -> None:
        """Offer other models."""
        self._offer = offer
        self.model.show_offer(offer, self._draft.model)
        self._show_model(self._draft.model)

    def focus_model(self) -> None:
        """Put the focus on the model."""
        self.model.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._shown = None
            self._show()

    def _make_rows(self) -> None:
        self._model_row = ParameterRow(self.model, stretched=True)
        self._set_row = ParameterRow(self.images_in_set, self.set_toggle)
        self._watermark_row = ParameterRow(self.watermark)
        self._format_row = ParameterRow(self.output_format)
        self._guidance_row = ParameterRow(self.guidance_scale)
        self._seed_row = ParameterRow(self.seed)
        self._response_row = ParameterRow(self.response_format)

    def _build(self) -> None:
        for label in (self._model_line, self._model_note, self._label_note):
            label.setFont(caption_font())
            label.setProperty("tone", "amber" if label is self._model_note else "dim")
            label.setWordWrap(True)
        for label in (self._model_line, self._model_note):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._label_note.hide()
        self.seed.setRange(SEED_MIN, SEED_MAX)
        self.guidance_scale.setRange(GUIDANCE_MIN, GUIDANCE_MAX)
        self.guidance_scale.setSingleStep(_GUIDANCE_STEP)
        for value in ResponseFormat:
            self.response_format.addItem("", value)
        model = QVBoxLayout()
        model.setSpacing(GAP_PX)
        model.addWidget(self._model_row)
        model.addWidget(self._model_line)
        model.addWidget(self._model_note)
        self._live.setSpacing(SPACE_PX)
        self._advanced.column.addWidget(self._response_row)
        self.reset.setProperty("quiet", True)
        self._advanced.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_PX)
        column.addLayout(model)
        column.addWidget(self.size_section)
        column.addLayout(self._live)
        folds = QVBoxLayout()
        folds.setSpacing(0)
        folds.addWidget(self._not_taken)
        folds.addWidget(self._advanced)
        column.addLayout(folds)

    def _order_tabs(self) -> None:
        order = (
            self.model,
            *self.size_section.controls(),
            self.images_in_set,
            self.set_toggle,
            self.watermark,
            self.output_format,
            self.guidance_scale,
            self.seed,
            self._not_taken.line,
            self._advanced.line,
            self.response_format,
            self.reset,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        draft = self._draft
        draft.recipe_changed.connect(self._show)
        self.model.currentIndexChanged.connect(self._on_model_changed)
        self.set_toggle.toggled.connect(self._on_set_toggled)
        self.watermark.toggled.connect(self._on_watermark_toggled)
        self.images_in_set.valueChanged.connect(self._on_images_changed)
        self.output_format.currentIndexChanged.connect(self._on_format_changed)
        self.response_format.currentIndexChanged.connect(self._on_response_changed)
        self.seed.valueChanged.connect(self._on_seed_changed)
        self.guidance_scale.valueChanged.connect(self._on_guidance_changed)

    def _show(self) -> None:
        recipe, model = replace(self._draft.recipe, prompt=""), self._draft.model
        if recipe == self._shown:
            return
        is_other_model = self._shown is None or self._shown.model != recipe.model
        self._shown = recipe
        self._is_showing = True
        self._show_model(model)
        self.size_section.show_size()
        if is_other_model:
            self._arrange(model)
            self._order_tabs()
        self._show_set(recipe, model)
        self._show_rest(recipe, model)
        self._is_showing = False

    def _show_model(self, model: Model) -> None:
        self.model.show_model(model)
        self._model_note.setHidden(self._offer.holds(model.id))
        self._model_line.setText(words.model_line(model, self._draft.recipe.size))

    def _show_set(self, recipe: Recipe, model: Model) -> None:
        is_set = bool(recipe.is_set) and model.takes_sets
        self.set_toggle.setChecked(is_set)
        self.images_in_set.setVisible(is_set)
        self.images_in_set.setRange(1, self._draft.images_in_set_max())
        self.images_in_set.setValue(recipe.images_in_set or 1)

    def _show_rest(self, recipe: Recipe, model: Model) -> None:
        is_marked = recipe.watermark is not False
        self.watermark.setChecked(is_marked)
        if is_marked:
            self._label_note.hide()
        offered = model.output_formats or (OutputFormat.JPEG,)
        if offered != tuple(self.output_format.itemData(row) for row in range(self.output_format.count())):
            self.output_format.clear()
            for one in offered:
                self.output_format.addItem(words.output_format(one), one)
        self.output_format.setCurrentIndex(max(0, self.output_format.findData(recipe.output_format)))
        self.response_format.setCurrentIndex(self.response_format.findData(recipe.response_format))
        self.seed.setValue(SEED_MIN if recipe.seed is None else recipe.seed)
        own = model.default_guidance or GUIDANCE_MIN
        self.guidance_scale.setValue(own if recipe.guidance_scale is None else recipe.guidance_scale)

    def _arrange(self, model: Model) -> None:
        """Put each row among the live ones, or under the line of what the model does not take."""
        taken = (
            (self._set_row, model.takes_sets, self.tr("set")),
            (self._watermark_row, True, ""),
            (self._label_note, True, ""),
            (self._format_row, bool(model.output_formats), self.tr("format")),
            (self._guidance_row, model.default_guidance is not None, self.tr("guidance scale")),
            (self._seed_row, model.takes_seed, self.tr("seed")),
        )
        for row, is_live, _ in taken:
            (self._live if is_live else self._not_taken.column).addWidget(row)
            row.setEnabled(is_live)
            row.setHidden(row is self._label_note and self._label_note.isHidden())
        names = [self.tr("references")] if not model.references_max else []
        names += [name for _, is_live, name in taken if not is_live]
        self._not_taken.setVisible(bool(names))
        text = self.tr("Not for {model}: {names}")
        self._not_taken.set_words(
            text.format(model=words.short_model_name(model), names=self.tr(", ").join(names))
        )

    def _write_words(self) -> None:
        self._write_labels()
        self._write_names()
        self._write_tips()
        self._model_note.setText(self.tr("Not offered to this key: a request may be refused"))
        self.images_in_set.setPrefix(self.tr("up to "))
        self.seed.setSpecialValueText(self.tr("random"))
        self._advanced.set_words(self.tr("Advanced"))
        self._label_note.setText(
            self.tr("Some countries require AI pictures to be labelled; without the mark that is up to you.")
        )
        for row, value in enumerate(ResponseFormat):
            self.response_format.setItemText(row, words.response_format(value))

    def _write_labels(self) -> None:
        self._model_row.set_words(self.tr("Model"))
        self._set_row.set_words(self.tr("As a set"))
        self._watermark_row.set_words(self.tr("Watermark"))
        self._format_row.set_words(self.tr("Format"))
        self._guidance_row.set_words(self.tr("Guidance scale"))
        self._seed_row.set_words(self.tr("Seed"))
        self._response_row.set_words(self.tr("Pictures come"))
        self.reset.setText(self.tr("Reset parameters"))

    def _write_names(self) -> None:
        self.model.setAccessibleName(self.tr("Model"))
        self.set_toggle.setAccessibleName(self.tr("Set"))
        self.images_in_set.setAccessibleName(self.tr("Images in set"))
        self.watermark.setAccessibleName(self.tr("Watermark"))
        self.output_format.setAccessibleName(self.tr("Output format"))
        self.guidance_scale.setAccessibleName(self.tr("Guidance scale"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.response_format.setAccessibleName(self.tr("Response format"))

    def _write_tips(self) -> None:
        self.model.setToolTip(self.tr("Which model makes the picture"))
        self.set_toggle.setToolTip(self.tr("Several pictures that belong together, from one request"))
        self.images_in_set.setToolTip(
            self.tr("The most it may make; say the number in the prompt. With references fifteen in all.")
        )
        self.watermark.setToolTip(self.tr("“AI generated” in the corner of the picture"))
        self.output_format.setToolTip(self.tr("The format of the picture file"))
        self.guidance_scale.setToolTip(
            self.tr("Higher follows the prompt more closely and looks less natural")
        )
        self.seed.setToolTip(self.tr("The same seed and prompt make a similar picture"))
        self.reset.setAccessibleName(self.tr("Reset parameters"))
        self.reset.setToolTip(self.tr("As the board wants them; prompt, references and model stay"))
        self.response_format.setToolTip(self.tr("How the service hands over the pictures"))

    def _on_model_changed(self, row: int) -> None:
        if not self._is_showing and row >= 0:
            self._draft.set_model(self.model.itemData(row))

    def _on_set_toggled(self, is_on: bool) -> None:
        if not self._is_showing:
            self._draft.set_set(is_on)

    def _on_watermark_toggled(self, is_on: bool) -> None:
        if not self._is_showing:
            self._label_note.setVisible(not is_on)
            self._draft.set_watermark(is_on)

    def _on_images_changed(self, count: int) -> None:
        if not self._is_showing:
            from seedream_desktop.state.set_asking import set_ceiling  # late: only where sets are asked for

            set_ceiling(self._draft, count)

    def _on_format_changed(self, row: int) -> None:
        if not self._is_showing and row >= 0:
            self._draft.set_output_format(OutputFormat(self.output_format.itemData(row)))

    def _on_response_changed(self, row: int) -> None:
        if not self._is_showing and row >= 0:
            self._draft.set_response_format(ResponseFormat(self.response_format.itemData(row)))

    def _on_seed_changed(self, seed: int) -> None:
        if not self._is_showing:
            self._draft.set_seed(seed)

    def _on_guidance_changed(self, scale: float) -> None:
        if not self._is_showing:
            self._draft.set_guidance_scale(scale)
