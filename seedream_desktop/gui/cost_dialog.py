"""What a board, or the whole library, cost: one table by month and model, that can be saved for others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.cost_csv import Cell, csv_bytes
from seedream_desktop.gui.dates import month_name
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS, Label
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, caption_font, colours_of, strong_font
from seedream_desktop.library.cost_table import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.library.cost_table import CostRow

translate = QCoreApplication.translate
_SIZE_PX = (860, 460)
_NOTHING_PX = (420, 160)  # where nothing was spent
_LEAST_PX = 72  # of a column
_ROW_PX = 28
_NONE = "–"
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_WORDS_COLUMNS = 2  # month and model; figures follow


class CostDialog(QDialog):
    """Shows costs beside the window; it can stay open."""

    save_requested = Signal(Path, bytes)

    def __init__(self, parent: QWidget, name: str, rows: Sequence[CostRow], catalog: Catalog) -> None:
        """``name`` is the board's; empty: of the whole library."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name, self._rows, self._catalog = name, tuple(rows), catalog
        title = self.tr("Cost of {board}").format(board=name) if name else self.tr("Costs of the library")
        self.setWindowTitle(plain(title, LABEL_CHARACTERS))
        self.table = QTableWidget()
        self.save, self._close = QPushButton(self.tr("Save as CSV…")), QPushButton(self.tr("Close"))
        self._note = Label(self._about())
        self._build()
        if self._rows:
            self._fill()
            self.resize(*_SIZE_PX)
        else:
            self._show_nothing()

    def content(self) -> bytes:
        """The table as a CSV file."""
        whole = [*self._rows, total(self._rows)]
        return csv_bytes([_csv_headings(), *(self._csv_row(row) for row in whole)])

    def _build(self) -> None:
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        for button in (self.save, self._close):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self.save.clicked.connect(self._on_save)
        self._close.clicked.connect(self.close)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        acts = QHBoxLayout()
        acts.setSpacing(SPACE_PX)
        acts.addStretch(1)
        acts.addWidget(self.save)
        acts.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(self.table, 1)
        column.addWidget(self._note)
        column.addLayout(acts)
        self.save.setFocus()  # else the first cell of the table looks chosen

    def _show_nothing(self) -> None:
        """A sentence instead of an empty table, which nobody would save either."""
        self._note.setText(self._nothing())
        self._note.setFont(self.font())
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleDescription(self._note.text())
        self.table.hide()
        self.save.hide()
        self._close.setFocus()
        self.resize(*_NOTHING_PX)

    def _nothing(self) -> str:
        if not self._name:
            return self.tr("Nothing was spent in this library yet.")
        said = self.tr("Nothing was spent on {board} yet.")
        return plain(said.format(board=self._name), LABEL_CHARACTERS)

    def _fill(self) -> None:
        headings = _headings()
        self.table.setColumnCount(len(headings))
        for place, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_LEFT if place < _WORDS_COLUMNS else _RIGHT)
            self.table.setHorizontalHeaderItem(place, item)
        self.table.setRowCount(len(self._rows) + 1)
        last_month = ""
        for number, row in enumerate(self._rows):
            self._put(number, row, "" if row.month == last_month else _month(row.month))
            last_month = row.month
        self._put(len(self._rows), total(self._rows), self.tr("In all"))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(_LEAST_PX)
        self.table.setColumnHidden(len(headings) - 1, not any(row.unpriced for row in self._rows))

    def _put(self, number: int, row: CostRow, first: str) -> None:
        colours = colours_of(self.palette())
        cells = (first, self._model(row.model), *_figures(row))
        for place, text in enumerate(cells):
            item = QTableWidgetItem(plain(text, LABEL_CHARACTERS))
            item.setTextAlignment(_LEFT if place < _WORDS_COLUMNS else _RIGHT)
            if number == len(self._rows):
                item.setFont(strong_font())
            if text == _NONE:
                item.setForeground(QColor(colours.dim))
            self.table.setItem(number, place, item)

    def _model(self, model_id: str) -> str:
        return words.short_model_name(self._catalog.model(model_id)) if model_id else ""

    def _csv_row(self, row: CostRow) -> tuple[Cell, ...]:
        named = (row.month, row.model) if row.month else (self.tr("In all"), "")
        counts = (row.requests, row.pictures, row.billed_usd, row.failed, row.failed_usd)
        return (*named, *counts, row.maybe, row.maybe_usd, row.unpriced)

    def _about(self) -> str:
        told = [
            self.tr(
                "By the price lists of the day of each request; the provider's bill decides. Months are "
                "those of UTC. Requests of deleted pictures count."
            )
        ]
        if self._name:
            told.append(self.tr("Boards in this one count, too."))
        if any(row.unpriced for row in self._rows):
            told.append(self.tr("What has no known price is in no sum."))
        return " ".join(told)

    def _on_save(self) -> None:
        name = self.tr("Costs of {board}").format(board=self._name) if self._name else self.tr("Costs")
        from seedream_desktop.file_names import legal_name  # late: only when it is saved

        start = Path.home() / f"{legal_name(name)}.csv"
        kinds = self.tr("Tables") + " (*.csv)"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save as CSV"), str(start), kinds)
        if path:
            self.save_requested.emit(Path(path), self.content())


def _headings() -> tuple[str, ...]:
    return (
        translate("costs", "Month"),
        translate("costs", "Model"),
        translate("costs", "Requests"),
        translate("costs", "Pictures"),
        translate("costs", "Billed"),
        translate("costs", "Failed"),
        translate("costs", "Maybe billed"),
        translate("costs", "No known price"),
    )


def _csv_headings() -> tuple[str, ...]:
    return (
        translate("costs", "Month"),
        translate("costs", "Model"),
        translate("costs", "Requests"),
        translate("costs", "Pictures"),
        translate("costs", "Billed, USD"),
        translate("costs", "Failed requests"),
        translate("costs", "Failed but billed, USD"),
        translate("costs", "Maybe billed requests"),
        translate("costs", "Maybe billed, USD"),
        translate("costs", "Requests without a known price"),
    )


def _figures(row: CostRow) -> tuple[str, ...]:
    return (
        words.number(row.requests),
        words.number(row.pictures) if row.pictures else _NONE,
        words.money(row.billed_usd) if row.billed_usd else _NONE,
        _counted(row.failed, row.failed_usd),
        _counted(row.maybe, row.maybe_usd),
        words.number(row.unpriced) if row.unpriced else _NONE,
    )


def _counted(count: int, usd: float) -> str:
    """``3`` or, where it costs something, ``3 · $0.28``."""
    if not count:
        return _NONE
    return f"{words.number(count)} · {words.money(usd)}" if usd else words.number(count)


def _month(month: str) -> str:
    """``November 2026`` for ``2026-11``; what a folder of another name says as it is."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return month
    text = translate("costs", "{month} {year}")
    return text.format(month=month_name(first), year=first.year)
