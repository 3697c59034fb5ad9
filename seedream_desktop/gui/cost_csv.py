"""Costs as a table for other programs: RFC 4180, and safe in spreadsheets, where some texts are formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_MARK = "\ufeff"  # without it Excel takes the bytes for another encoding and garbles Chinese
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cell = str | int | float


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as a file's bytes; amounts of money to a thousandth of a cent."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect="excel")  # lines end in CR LF
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return (_MARK + text.getvalue()).encode("utf-8", "replace")


def _cell(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.5f}"
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA_SIGNS) else cell
