"""What a search can be narrowed by in one library, and how one that finds nothing could be widened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from seedream_desktop.library.query import NOT_TRASHED, rows_statement
from seedream_desktop.library.values import Order, Query

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.lookup import Lookup
    from seedream_desktop.library.search_terms import Term, TermKind

_VALUES_MOST = 200  # nobody looks through more of them in a menu
_TERMS_MOST = 8  # of a search that finds nothing, each of which costs a count
_MONTHS = (
    "SELECT strftime('%Y-%m', placed_ms / 1000, 'unixepoch', 'localtime') AS month, count(*) "  # noqa: S608
    f"FROM pictures WHERE {NOT_TRASHED} AND placed_ms > 0 GROUP BY month ORDER BY month DESC"
)
_UNSEEN = "NOT EXISTS (SELECT 1 FROM looks WHERE looks.sha256 = pictures.sha256)"


class Held(NamedTuple):
    """Something that pictures of the library have; of a date: a month as "2026-03"."""

    value: str
    pictures: int  # have it


class Widened(NamedTuple):
    """A search with less in it, and how many it finds."""

    term: Term | None  # what is left out; None: the place is
    query: Query
    pictures: int


class Filters:
    """Any thread; every method waits for the index and raises ProblemError."""

    def __init__(self, index: Index, lookup: Lookup) -> None:
        self._index = index
        self._lookup = lookup

    def values(self, kind: TermKind) -> tuple[Held, ...]:
        """Tags and models that most pictures have first, boards by their paths, the latest months first."""
        from seedream_desktop.library.search_terms import TermKind  # late: only while somebody searches
        from seedream_desktop.library.suggestions import HELD  # late: as above

        sql = _MONTHS if kind is TermKind.DATE else HELD[kind]
        rows = self._index.read(lambda connection: _rows(connection, sql))
        if kind is TermKind.BOARD:
            rows = sorted(rows, key=lambda row: row[0].casefold())
        elif kind is not TermKind.DATE:
            rows = sorted(rows, key=lambda row: (-row[1], row[0]))
        return tuple(Held(*row) for row in rows[:_VALUES_MOST])

    def widened(self, query: Query) -> tuple[Widened, ...]:
        """``query`` everywhere, then without each of its terms; what finds nothing either is left out."""
        from seedream_desktop.library.search_edits import still_literal, without  # late: as above
        from seedream_desktop.library.search_language import parse  # late: as above

        made = [Widened(None, everywhere(query), 0)] if everywhere(query) != query else []
        terms = [term for term in parse(query.text, query.literal) if term.problem is None]
        for term in terms[:_TERMS_MOST] if len(terms) > 1 or query.like else ():
            text = without(query.text, term)
            literal = still_literal(query.literal, text)
            made.append(Widened(term, replace(query, text=text, literal=literal), 0))
        counted = (one._replace(pictures=self._count(one.query)) for one in made)
        return tuple(one for one in counted if one.pictures)

    def unseen(self, query: Query) -> int:
        """How many pictures at the place of ``query`` nobody looked at: their colours are not known yet."""
        place = rows_statement(replace(query, text="", literal=(), like="", order=Order.NEWEST))
        sql = f"SELECT count(*) FROM pictures WHERE pk IN ({place.sql}) AND {_UNSEEN}"  # noqa: S608
        return self._index.read(lambda one: int(one.execute(sql, place.parameters).fetchone()[0]))

    def _count(self, query: Query) -> int:
        return len(self._lookup.ids(query)) if query.like else self._lookup.count(query)


def is_about_looks(query: Query) -> bool:
    """Whether what ``query`` finds depends on which pictures were looked at: by colour, alike, doubled."""
    if query.like or not query.text.strip():
        return bool(query.like)
    from seedream_desktop.library.search_language import is_of_duplicates, parse  # late: as above
    from seedream_desktop.library.search_terms import TermKind  # late: as above

    terms = (term for term in parse(query.text, query.literal) if term.problem is None)
    return any(term.kind is TermKind.COLOUR or is_of_duplicates(term) for term in terms)


def everywhere(query: Query) -> Query:
    """The same search in all pictures."""
    order = Order.NEWEST if query.order is Order.BY_HAND else query.order
    return replace(query, board_id="", rated=False, since_ms=None, trash=False, order=order)


def _rows(connection: sqlite3.Connection, sql: str) -> Sequence[tuple[str, int]]:
    rows: list[tuple[str, int]] = connection.execute(sql).fetchall()
    return rows
