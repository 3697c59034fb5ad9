"""The settings of a board: what it wants of requests, how its files are called, budget and secrecy."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from seedream_desktop.generation.codec import encode
from seedream_desktop.generation.plain import plain
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice, MoneyBox, set_tone
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS, Label, plain_tip
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import SPACE_PX, caption_font, strong_font
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.library.board_file import budget_value
from seedream_desktop.library.name_pattern import PLACEHOLDERS, NameFacts, stem_of, unknown_placeholders

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.library.board_file import BoardFile
    from seedream_desktop.library.values import Board

_WIDTH_PX = 380
_LONGEST = 120  # characters of a pattern
_BUDGET_MOST_USD = 999_999.0
_LEFT_OUT = ("prompt", "references", "response_format", "smaller_references", "watermark")  # of a default
_WATERMARKS = (None, True, False)


class BoardSettings(Popup):
    """Shows how a board is set up; *Save* wishes for what was changed."""

    changed = Signal(str, object)  # board id, dict[str, Any] as ``board_file`` names them

    def __init__(self, parent: QWidget, catalog: Catalog) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._catalog = catalog
        self._board_id = ""
        self._held: dict[str, Any] = {}
        self._defaults, self._of_draft = Recipe(), Recipe()
        self._title, self._recipe, self._note, self._example = Label(), Label(), Label(), Label()
        self._safe_note = Label()
        self.take, self.clear, self.save = QPushButton(), QPushButton(), QPushButton()
        self.watermark, self.per = Choice(), Choice()
        self.pattern, self.budget, self.client_safe = QLineEdit(), MoneyBox(), Toggle()
        self._rows = [
            ParameterRow(self.watermark, stretched=True),
            ParameterRow(self.pattern, stretched=True),
        ]
        self._rows.append(ParameterRow(_beside(self.budget, self.per), stretched=True))
        self._rows.append(ParameterRow(self.client_safe))
        self._build()
        self._connect()

    def show_settings(self, board: Board, held: BoardFile, draft: Recipe, over: QWidget) -> None:
        """Open for ``board``, which is set up as ``held`` says; ``draft`` may become its defaults."""
        self._board_id = board.id
        self._defaults = replace(held.defaults, watermark=None)
        self._of_draft = replace(draft, **dict.fromkeys(_LEFT_OUT, None))
        self._write_words(plain(board.name, LABEL_CHARACTERS))
        self.watermark.setCurrentIndex(_WATERMARKS.index(held.defaults.watermark))
        self.pattern.setText(held.name_pattern)
        self.budget.setValue(held.budget_usd)
        self.per.setCurrentIndex(0 if held.budget_is_monthly else 1)
        self.client_safe.setChecked(held.is_client_safe)
        self._held = self._values()
        self._show()
        self.pop_up(over)
        self.take.setFocus()

    def sizeHint(self) -> QSize:
        """As wide as it is, as high as its words need."""
        return QSize(_WIDTH_PX, self.column.totalHeightForWidth(_WIDTH_PX))

    def _build(self) -> None:
        self.setFixedWidth(_WIDTH_PX)
        self._title.setFont(strong_font())
        for label in (self._note, self._example, self._safe_note):
            label.setFont(caption_font())
            set_tone(label, "dim")
            label.setWordWrap(True)
        self._recipe.setWordWrap(True)
        self.pattern.setMaxLength(_LONGEST)
        self.budget.setRange(0.0, _BUDGET_MOST_USD)
        self.save.setProperty("filled", True)
        for button in (self.take, self.clear, self.save):
            button.setAutoDefault(False)
        parts = (self._title, self._recipe, _row(self.take, self.clear), self._note, *self._rows)
        for part in parts:
            self.column.addWidget(part)
        self.column.insertWidget(self.column.indexOf(self._rows[1]) + 1, self._example)
        self.column.addWidget(self._safe_note)
        self.column.addWidget(_row(self.save, is_at_end=True))

    def _connect(self) -> None:
        self.take.clicked.connect(lambda: self._set_defaults(self._of_draft))
        self.clear.clicked.connect(lambda: self._set_defaults(Recipe()))
        self.pattern.textChanged.connect(self._show)
        self.client_safe.toggled.connect(self._show)
        self.budget.valueChanged.connect(self._show)
        self.save.clicked.connect(self._on_save)
        self.pattern.returnPressed.connect(self._on_save)

    def _set_defaults(self, recipe: Recipe) -> None:
        self._defaults = recipe
        self._show()

    def _write_words(self, name: str) -> None:
        self._title.setText(self.tr("Settings of {board}").format(board=name))
        self.setAccessibleName(self._title.text())
        _name(self.take, self.tr("Take from the request"))
        _name(self.clear, self.tr("No defaults"))
        _name(self.save, self.tr("Save"))
        self._note.setText(
            self.tr(
                "When results are to go to this board, model, size and options become those of the request. "
                "Prompt and references stay. It can be undone."
            )
        )
        choices = (self.tr("As in the request"), self.tr("On"), self.tr("Off"))
        self.watermark.clear()
        self.watermark.addItems(choices)
        self.per.clear()
        self.per.addItems((self.tr("a month"), self.tr("in all")))
        labels = (self.tr("Watermark"), self.tr("File names"), self.tr("Budget"), self.tr("Client-safe"))
        for row, text in zip(self._rows, labels, strict=True):
            row.set_words(text)
        controls = (self.watermark, self.pattern, self.budget, self.client_safe)
        for control, text in zip(controls, labels, strict=True):
            control.setAccessibleName(text)
        self.per.setAccessibleName(self.tr("What the budget is for"))
        self.budget.setSpecialValueText(self.tr("None"))
        self.pattern.setPlaceholderText(self.tr("The prompt and a number"))
        parts = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        self.pattern.setToolTip(plain_tip(self.tr("What a name can be made of: {parts}").format(parts=parts)))
        self._safe_note.setText(
            self.tr(
                "Nothing that leaves it tells how it was made: no prompt, note or recipe in names and files."
            )
        )
        self._board = name

    def _show(self) -> None:
        self._recipe.setText(self._recipe_words())
        self._recipe.setAccessibleName(self._recipe.text())
        self.clear.setEnabled(self._defaults != Recipe())
        self.pattern.setEnabled(not self.client_safe.isChecked())
        self.per.setEnabled(self.budget.value() > 0)
        self._example.setText(self._example_words())
        is_mistaken = bool(unknown_placeholders(self.pattern.text())) and self.pattern.isEnabled()
        set_tone(self._example, "amber" if is_mistaken else "dim")
        self.save.setEnabled(not is_mistaken)
        if self.isVisible():
            self.adjustSize()

    def _recipe_words(self) -> str:
        defaults = self._defaults
        if defaults == Recipe():
            return self.tr("Defaults for requests: none")
        model = self._catalog.model(defaults.model or "")
        told = [words.model_name(model)] if defaults.model else []
        if defaults.size is not None:
            size = defaults.size
            told.append(size.preset or words.pixels(size.width_px, size.height_px))
        if defaults.is_set:
            told.append(self.tr("sets of up to {count}").format(count=defaults.images_in_set or 1))
        if defaults.output_format is not None:
            told.append(words.output_format(defaults.output_format))
        return self.tr("Defaults for requests: {parts}").format(parts=" · ".join(told))

    def _example_words(self) -> str:
        if self.client_safe.isChecked():
            text = self.tr("New files are called {example}.")
            return text.format(example=f"{self._board} 0142.jpg")
        mistaken = unknown_placeholders(self.pattern.text())
        if mistaken:
            return self.tr("There is no {name}.").format(name="{" + mistaken[0] + "}")
        pattern = self.pattern.text().strip()
        prompt = self.tr("a lighthouse at dawn")
        if not pattern:
            return self.tr("New files are called {example}.").format(example=f"{prompt} 0142.jpeg")
        facts = NameFacts(self._board, 142, prompt=prompt, name=prompt, model="seedream-5-0-lite")
        facts = replace(facts, at_ms=1_795_336_380_000, width_px=2048, height_px=2048)
        return self.tr("New files are called {example}.").format(example=f"{stem_of(pattern, facts)}.jpeg")

    def _values(self) -> dict[str, Any]:
        defaults = replace(self._defaults, watermark=_WATERMARKS[self.watermark.currentIndex()])
        return {
            "defaults": _held(defaults),
            "name_pattern": self.pattern.text().strip(),
            "budget": budget_value(self.budget.value(), self.per.currentIndex() == 0),
            "client_safe": self.client_safe.isChecked(),
        }

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        now = self._values()
        different = {name: value for name, value in now.items() if value != self._held[name]}
        self.close()
        if different:
            self.changed.emit(self._board_id, different)


def _held(recipe: Recipe) -> dict[str, Any]:
    """What of a recipe is given, as a file holds it."""
    return {
        one.name: encode(value) for one in fields(recipe) if (value := getattr(recipe, one.name)) is not None
    }


def _name(button: QPushButton, text: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)


def _row(*parts: QWidget, is_at_end: bool = False) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE_PX)
    if is_at_end:
        line.addStretch(1)
    for part in parts:
        line.addWidget(part)
    if not is_at_end:
        line.addStretch(1)
    return row


def _beside(first: QWidget, second: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE_PX)
    for part in (first, second):
        part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(part, 1)
    return row
