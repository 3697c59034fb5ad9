"""A ``Query`` as SQL; what people typed goes in as parameters only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from seedream_desktop.library.values import Order, Query

SEPARATOR = "//"  # between ids in one text: no relative path holds it
NOT_TRASHED = "trash_id = ''"  # literally so in the partial indexes
REJECTED = "SELECT pk FROM pictures WHERE rejected = 1"
_NEWEST = "placed_ms DESC, press_index, set_index, id"
_OLDEST = "placed_ms, press_index, set_index, id"
_LATELY_TRASHED = "trashed_ms DESC, id"
_ORDERS = {
    Order.NEWEST: _NEWEST,
    Order.OLDEST: _OLDEST,
    Order.RATING: f"rejected, rating DESC, {_NEWEST}",
    Order.NAME: "name_key, id",
    Order.LIKENESS: _NEWEST,
}
_POSITION = "SELECT position FROM arranged WHERE arranged.id = pictures.id"
_BY_HAND = f"({_POSITION}) NULLS LAST, {_NEWEST}"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters."""

    sql: str
    parameters: tuple[str | int | float, ...] = ()


def ids_statement(query: Query) -> Statement:
    """One row with a text, as bytes: the ids of the place of ``query``, in order, with separators; or null.

    What is searched for there is left out. One text, because 100,000 rows handed over one by one would hold
    up all other threads.
    """
    chosen = _place(query, "id")
    joined = f"CAST(group_concat(id, '{SEPARATOR}') AS BLOB)"
    return Statement(f"SELECT {joined} FROM ({chosen.sql})", chosen.parameters)  # noqa: S608


def rows_statement(query: Query) -> Statement:
    """The numbers of the same rows, one each."""
    return _place(query, "pk")


def among_statement(query: Query, pks: Sequence[int]) -> Statement:
    """The numbers and ids of those of ``pks``, which are few, that are at the place of ``query``."""
    where, parameters = _where(query)
    few = f"pk IN ({', '.join('?' * len(pks))})"
    return Statement(f"SELECT pk, id FROM pictures WHERE {few} AND {where}", (*pks, *parameters))  # noqa: S608


def is_gathered(query: Query) -> bool:
    """Whether pictures of one press are brought together to where the first of them stands.

    By date they stand together anyway, and by hand they stand where the hand put them.
    """
    return is_parted(query) and not query.like


def is_parted(query: Query) -> bool:
    """Whether it stands in an order that parts what was made together."""
    return query.order in {Order.RATING, Order.NAME} and not query.trash


def packed(chosen: Statement) -> Statement:
    """One row with one text: each ``pk`` that ``chosen`` gives, with commas between; or null."""
    return Statement(f"SELECT {_PACKED} FROM ({chosen.sql})", chosen.parameters)  # noqa: S608


_PACKED = "group_concat(pk)"


def today_ms() -> tuple[int, int]:
    """When the day of now begins and ends here, in UTC milliseconds."""
    today = dt.date.today()  # noqa: DTZ011 - the designer's own day
    days = (dt.datetime.combine(day, dt.time()) for day in (today, today + dt.timedelta(1)))
    begins_ms, ends_ms = (int(day.astimezone().timestamp() * 1000) for day in days)
    return begins_ms, ends_ms


def _place(query: Query, column: str) -> Statement:
    where, parameters = _where(query)
    sql = f"SELECT {column} FROM pictures WHERE {where} ORDER BY {_order(query)} LIMIT -1"  # noqa: S608
    return Statement(sql, parameters)


def _where(query: Query) -> tuple[str, tuple[str | int, ...]]:
    conditions, parameters = ["trash_id <> ''" if query.trash else NOT_TRASHED], list[str | int]()
    if query.board_id:
        conditions.append("board_id = ?")
        parameters.append(query.board_id)
    if query.rated:
        conditions.append("rating > 0")
    if query.since_ms is not None:
        conditions.append("placed_ms >= ? AND placed_ms < ?")
        parameters += (query.since_ms, today_ms()[1])
    if query.hides_rejected:
        conditions.append(f"+pk NOT IN ({REJECTED})")
    if query.only_rejected:
        conditions.append(f"pk IN ({REJECTED})")
    return " AND ".join(conditions), tuple(parameters)


def _order(query: Query) -> str:
    if query.trash:
        return _LATELY_TRASHED
    if query.order is Order.BY_HAND:
        return _BY_HAND if query.board_id else _NEWEST
    return _ORDERS[query.order]
