"""Costs leave as a table that every program reads as it was meant, and that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.cost_csv import csv_bytes
from seedream_desktop.gui.cost_dialog import CostDialog
from seedream_desktop.gui.cost_words import budget_words
from seedream_desktop.library.cost_table import BudgetUse, CostRow, total
from tests.gui.panel_values import catalog

ROWS = (
    CostRow("2026-11", catalog().models[0].id, 42, 120, 4.2, 2, 0.08, 1, 0.14, 0),
    CostRow("2026-10", "=cmd|' /C calc'!A0", 3, 9, 0.1, 0, 0.0, 0, 0.0, 2),
)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def dialog(parent: QWidget) -> CostDialog:
    return CostDialog(parent, "品牌升级", ROWS, catalog())


def shown(dialog: CostDialog) -> list[list[str]]:
    table = dialog.table
    cells = (
        (table.item(row, place) for place in range(table.columnCount())) for row in range(table.rowCount())
    )
    return [[cell.text() if cell is not None else "" for cell in row] for row in cells]


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each_month_and_model_and_one_for_all(dialog: CostDialog) -> None:
    november, october, whole = shown(dialog)
    assert november == ["November 2026", "5.0 lite", "42", "120", "$4.20", "2 · $0.08", "1 · $0.14", "–"]
    assert october[0] == "October 2026"
    assert whole == ["In all", "", "45", "129", "$4.30", "2 · $0.08", "1 · $0.14", "2"]
    assert "no sum" in dialog._note.text()
    assert dialog.table.accessibleName() == "Cost of 品牌升级"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Acme", "Nothing was spent on Acme yet."), ("", "Nothing was spent in this library yet.")],
)
def test_where_nothing_was_spent_a_sentence_says_so(parent: QWidget, name: str, said: str) -> None:
    dialog = CostDialog(parent, name, (), catalog())
    dialog.show()
    assert [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()] == [said]
    assert not dialog.table.isVisible()
    assert not dialog.save.isVisible()
    assert dialog.accessibleDescription() == said
    assert dialog.windowTitle() == (f"Cost of {name}" if name else "Costs of the library")


def test_the_file_says_the_same_and_begins_so_that_excel_reads_chinese(dialog: CostDialog) -> None:
    content = dialog.content()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 4
    headings, november, october, whole = parsed(content)
    assert november == ["2026-11", ROWS[0].model, "42", "120", "4.20000", "2", "0.08000", "1", "0.14000", "0"]
    assert october[1] == "'=cmd|' /C calc'!A0"
    assert len(headings) == len(november)
    assert float(whole[4]) == pytest.approx(total(ROWS).billed_usd)


@hypothesis.settings(max_examples=80)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_every_text_comes_back_and_none_is_a_formula(texts: list[str]) -> None:
    (row,) = parsed(csv_bytes([texts]))
    for text, read in zip(texts, row, strict=True):
        assert read in {text, f"'{text}"}
        assert not read.lstrip().startswith(("=", "+", "-", "@"))


def test_saving_asks_where_and_hands_over_the_bytes(
    qtbot: QtBot, dialog: CostDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return str(tmp_path / "costs.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    with qtbot.waitSignal(dialog.save_requested) as saved:
        dialog.save.click()
    assert saved.args == [tmp_path / "costs.csv", dialog.content()]
    assert asked == ["Costs of 品牌升级.csv"]


@pytest.mark.parametrize(
    ("used_usd", "is_monthly", "said"),
    [
        (83.4, True, "83 % of the budget of Acme, $100.00 a month, is used."),
        (103.2, False, "The budget of Acme, $100.00 in all, is used up: $103.20."),
        (99.99, True, "99 % of the budget of Acme, $100.00 a month, is used."),
    ],
)
def test_a_budget_says_how_much_of_it_is_used(used_usd: float, is_monthly: bool, said: str) -> None:
    assert budget_words(BudgetUse("acme", "Acme", 100.0, is_monthly, used_usd)) == said
