"""What boards cost, month by month and model by model, and how much of a budget is used.

Every request that was sent is in it, whatever became of its pictures. A board's costs are those of the boards
within it, too, and of those that were within it and are removed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.library.board_folders import within
from seedream_desktop.library.spending import spent

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.costs import Costs
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.values import Board

AMBER_PART = 0.8  # of a budget, from which on it warns
_ROWS = """
SELECT month, model, count(*), total(delivered),
    total(usd) FILTER (WHERE billed = 'yes' AND delivered > 0),
    count(*) FILTER (WHERE billed <> 'maybe' AND delivered = 0),
    total(usd) FILTER (WHERE billed = 'yes' AND delivered = 0),
    count(*) FILTER (WHERE billed = 'maybe'),
    total(usd) FILTER (WHERE billed = 'maybe'),
    count(*) FILTER (WHERE usd IS NULL AND billed <> 'no')
FROM spend WHERE {condition} GROUP BY month, model ORDER BY month DESC, model
"""
_OF_BOARDS = "board_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class CostRow:
    """What was asked of one model in one month cost, in US dollars, as estimated."""

    month: str  # "2026-11", UTC; empty: of all months
    model: str  # id; empty: of all models
    requests: int
    pictures: int  # that came
    billed_usd: float  # for requests that brought pictures
    failed: int  # requests that surely brought none
    failed_usd: float  # for those of them that were billed all the same
    maybe: int  # requests that may have been billed
    maybe_usd: float
    unpriced: int  # requests, billed or maybe billed, whose price is not known: in no sum


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """How much of a board's budget is used; what may have been billed counts as if it was."""

    board_id: str
    name: str
    usd: float
    is_monthly: bool
    used_usd: float

    @property
    def part(self) -> float:
        """How much of it is used: 1.0 is all."""
        return self.used_usd / self.usd

    @property
    def is_low(self) -> bool:
        """Whether that is worth a warning."""
        return self.part >= AMBER_PART

    @property
    def is_used_up(self) -> bool:
        """Whether nothing of it is left."""
        return self.part >= 1.0


class CostTable:
    """Adds up what requests cost. Any thread; raises ProblemError."""

    def __init__(self, index: Index, boards: Boards) -> None:
        self._index = index
        self._boards = boards

    def rows(self, board_id: str | None) -> tuple[CostRow, ...]:
        """By month, the newest first, and by model; None: of the whole library."""
        ids = None if board_id is None else self._ids(board_id)
        return self._index.read(lambda connection: _rows(connection, ids))

    def spent(self, board_id: str | None, month: str) -> Costs:
        """What was billed and maybe billed in that month; None: in the whole library."""
        ids = None if board_id is None else self._ids(board_id)
        return self._index.read(lambda connection: spent(connection, ids, month))

    def budget(self, board_id: str, month: str) -> BudgetUse | None:
        """How much is used of the budget of a board, or of one around it: of that of which least is left."""
        found = self._boards.find(board_id)
        path = f"{found.path}/" if found is not None else ""
        around = [one for one in self._boards.all() if path.startswith(f"{one.path}/") and one.budget_usd]
        uses = [self._use(one, month) for one in around]
        return max(uses, key=lambda use: use.part, default=None)

    def _use(self, board: Board, month: str) -> BudgetUse:
        rows = self.rows(board.id)
        counted = [row for row in rows if row.month == month] if board.budget_is_monthly else rows
        whole = total(counted)
        used_usd = whole.billed_usd + whole.failed_usd + whole.maybe_usd
        return BudgetUse(board.id, board.name, board.budget_usd, board.budget_is_monthly, used_usd)

    def _ids(self, board_id: str) -> tuple[str, ...]:
        """Every id that what the board cost may be filed under."""
        found = self._boards.find(board_id)
        if found is None:
            return (board_id,)
        boards = self._boards.all()
        inside = [one for one in boards if f"{one.path}/".startswith(f"{found.path}/")]
        outside = {one.id for one in boards} - {one.id for one in inside}
        ids = {board_id, *(one.id for one in inside)}
        for one in inside:
            ids |= {*self._boards.settings(one.id).also, *within(self._boards.document(one.path) or {})}
        return tuple(sorted(ids - outside))


def total(rows: Iterable[CostRow]) -> CostRow:
    """All of them together."""
    every = tuple(rows)
    return CostRow(
        month="",
        model="",
        requests=sum(row.requests for row in every),
        pictures=sum(row.pictures for row in every),
        billed_usd=sum(row.billed_usd for row in every),
        failed=sum(row.failed for row in every),
        failed_usd=sum(row.failed_usd for row in every),
        maybe=sum(row.maybe for row in every),
        maybe_usd=sum(row.maybe_usd for row in every),
        unpriced=sum(row.unpriced for row in every),
    )


def _rows(connection: sqlite3.Connection, ids: Sequence[str] | None) -> tuple[CostRow, ...]:
    condition, parameters = ("1", ()) if ids is None else (_OF_BOARDS, (json.dumps(ids),))
    found = connection.execute(_ROWS.format(condition=condition), parameters)
    return tuple(CostRow(row[0], row[1], row[2], int(row[3]), *row[4:]) for row in found)
