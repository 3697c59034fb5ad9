"""A ``Query`` as SQL; what people typed goes in as parameters only."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.library.search_text import is_exact, match_expression, plain, terms
from seedream_desktop.library.values import Order, Query

SEPARATOR = "//"  # between ids in one text: no relative path holds it
NOT_TRASHED = "trash_id = ''"  # literally so in the partial indexes
_NEWEST = "placed_ms DESC, press_index, set_index, id"
_OLDEST = "placed_ms, press_index, set_index, id"
_LATELY_TRASHED = "trashed_ms DESC, id"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters."""

    sql: str
    parameters: tuple[str | int, ...]


def ids_statement(query: Query, has_full_text: bool = True) -> Statement:
    """One row with one text: the ids in their order, between separators; null when there are none.

    One text, because 100,000 rows handed over one by one would hold up all other threads.
    """
    conditions, parameters = ["trash_id <> ''" if query.trash else NOT_TRASHED], list[str | int]()
    if query.board_id:
        conditions.append("board_id = ?")
        parameters.append(query.board_id)
    if query.rated:
        conditions.append("rating > 0")
    if query.since_ms is not None:
        conditions.append("placed_ms >= ?")
        parameters.append(query.since_ms)
    for condition, parameter in _text_conditions(query.text, has_full_text):
        conditions.append(condition)
        parameters.append(parameter)
    chosen = f"SELECT id FROM pictures WHERE {' AND '.join(conditions)} ORDER BY {_order(query)} LIMIT -1"  # noqa: S608
    return Statement(f"SELECT group_concat(id, '{SEPARATOR}') FROM ({chosen})", tuple(parameters))  # noqa: S608


def _order(query: Query) -> str:
    if query.trash:
        return _LATELY_TRASHED
    return _OLDEST if query.order is Order.OLDEST else _NEWEST


def _text_conditions(text: str, has_full_text: bool) -> list[tuple[str, str]]:
    """The plus keeps SQLite to the order's own index: looking up each row and sorting is slower."""
    expressions, compared = [], []
    for term in terms(text):
        expression = match_expression(term) if has_full_text else ""
        if expression:
            expressions.append(expression)
        if not expression or not is_exact(term):
            compared.append(("+pk IN (SELECT pk FROM texts WHERE instr(plain, ?))", plain(term)))
    if not expressions:
        return compared
    return [("+pk IN (SELECT rowid FROM search WHERE search MATCH ?)", " ".join(expressions)), *compared]
