"""Which pictures a query finds, in which order: quick enough to be asked at every key.

What is shown at one place is read once, with the numbers of its rows. Each term of a search is asked of the
index by itself, as the set of the rows that it holds for; the sets are joined here, and what is left is
picked out of the place. So a letter more asks for one set again, not for all. Everything is kept only until
a picture changes (``changes`` in the index).
"""

from __future__ import annotations

import itertools
import operator
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from seedream_desktop.library.query import SEPARATOR, ids_statement, pks_statement
from seedream_desktop.library.values import Order, Query

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.row_sets import RowSets
    from seedream_desktop.library.search_terms import Term

Result = TypeVar("Result")

_PLACES_KEPT = 2  # the last one and the one before
_TERMS_LIMIT = 64  # of one question; nobody types more, a pasted page has thousands
_CUT = 500_000  # characters of ids that are taken apart before another thread may have its turn


class Overtaken(Exception):
    """The question was stopped, because another one is asked in its place."""


class Stopper:
    """Stops a question from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: sqlite3.Connection | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """Let the question end with Overtaken at once. Never blocks."""
        with self._lock:
            self._is_stopped = True
            if self._asked is not None:
                self._asked.interrupt()

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Stop what is asked on ``connection`` here. Raises Overtaken."""
        with self._lock:
            self._raise_if_stopped()
            self._asked = connection
        try:
            yield
        except sqlite3.OperationalError:
            self._raise_if_stopped()
            raise
        finally:
            with self._lock:
                self._asked = None

    def _raise_if_stopped(self) -> None:
        if self._is_stopped:
            raise Overtaken


class _Place:
    """The pictures of one place, in one order."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids
        self.pks: tuple[int, ...] | None = None  # read when something is searched for
        self._marks_of: Callable[[bytes], tuple[int, ...]] = tuple

    def read_pks(self, connection: sqlite3.Connection, query: Query) -> None:
        """Read which rows they are."""
        from seedream_desktop.library.row_sets import unpacked  # late: only where something is searched for

        self.pks = pks = tuple(unpacked(connection, pks_statement(query)))
        is_several = len(pks) > 1
        self._marks_of = (
            operator.itemgetter(*pks) if is_several else lambda rows: tuple(rows[pk] for pk in pks)
        )

    def marks(self, rows: bytes) -> tuple[int, ...]:
        """For each picture a 1, if its row has one, or a 0."""
        return self._marks_of(rows)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question finds at a place."""

    place: _Place
    marks: tuple[int, ...] | None = None  # None: all
    near: tuple[int, ...] | None = None  # the rows in the order of their likeness, if that is asked for


class _Kept:
    """What was read from one state of the index."""

    def __init__(self, state: tuple[int, int]) -> None:
        self.state = state
        self.places: OrderedDict[Query, _Place] = OrderedDict()
        self.sets: RowSets | None = None

    def place(self, connection: sqlite3.Connection, query: Query) -> _Place:
        """The place that ``query`` is about, without what is searched for there."""
        place = self.places.get(query)
        if place is None:
            statement = ids_statement(query)
            row = connection.execute(statement.sql, statement.parameters).fetchone()
            place = _Place(_split(row[0] or ""))
            if query.order is not Order.BY_HAND:  # which is no part of the state
                self.places[query] = place
            while len(self.places) > _PLACES_KEPT:
                self.places.popitem(last=False)
        return place


class Lookup:
    """Finds pictures in one library's index. Any thread; raises ProblemError."""

    def __init__(self, index: Index, boards: Boards) -> None:
        self._index = index
        self._boards = boards
        self._kept = _Kept((-1, -1))

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        """The pictures that ``query`` asks for, in its order. Raises Overtaken when it was stopped."""
        return self._asked(query, _ids, stopper or Stopper())

    def count(self, query: Query) -> int:
        """How many pictures ``query`` asks for."""
        return self._asked(query, _count, Stopper())

    def _asked(self, query: Query, of: Callable[[_Found], Result], stopper: Stopper) -> Result:
        board = self._boards.find(query.board_id)
        query = replace(query, board_id=board.id) if board is not None else query

        def act(connection: sqlite3.Connection) -> Result:
            with stopper.over(connection), _one_state(connection):
                return of(self._found(connection, query))

        return self._index.read(act)

    def _found(self, connection: sqlite3.Connection, query: Query) -> _Found:
        kept = self._kept_of(connection)
        order = Order.NEWEST if query.order is Order.LIKENESS else query.order
        place_query = replace(query, text="", literal=(), like="", order=order)
        place = kept.place(connection, place_query)
        terms = _terms(query)
        if not terms and not query.like:
            return _Found(place)
        from seedream_desktop.library.likeness import ranked  # late: only where something is searched for
        from seedream_desktop.library.row_sets import RowSets

        if place.pks is None:
            place.read_pks(connection, place_query)
        kept.sets = kept.sets or RowSets(connection)
        near = tuple(pk for pk, _ in ranked(connection, query.like)) if query.like else None
        rows = kept.sets.joined(connection, terms, near, self._index.doubt_search)
        return _Found(place, place.marks(rows), near if query.order is Order.LIKENESS else None)

    def _kept_of(self, connection: sqlite3.Connection) -> _Kept:
        """What was kept of this state of the index; nothing, if a picture changed since."""
        (changes,) = connection.execute("SELECT count FROM changes").fetchone()
        kept, state = self._kept, (self._index.age, changes)
        if kept.state != state:
            kept = self._kept = _Kept(state)
        return kept


def _ids(found: _Found) -> tuple[str, ...]:
    place, marks = found.place, found.marks
    if marks is None:
        return place.ids
    if found.near is None:
        return tuple(itertools.compress(place.ids, marks))
    chosen = dict(itertools.compress(zip(place.pks or (), place.ids, strict=True), marks))
    return tuple(chosen[pk] for pk in found.near if pk in chosen)


def _count(found: _Found) -> int:
    return len(found.place.ids) if found.marks is None else sum(found.marks)


def _terms(query: Query) -> tuple[Term, ...]:
    if not query.text.strip():
        return ()
    from seedream_desktop.library.search_language import parse  # late: only where something is searched for

    asked = (term for term in parse(query.text, query.literal) if term.problem is None)
    return tuple(dict.fromkeys(asked))[:_TERMS_LIMIT]


def _split(joined: str) -> tuple[str, ...]:
    ids: list[str] = []
    start = 0
    while start < len(joined):
        end = joined.find(SEPARATOR, start + _CUT)
        end = end if end >= 0 else len(joined)
        ids += joined[start:end].split(SEPARATOR)
        start = end + len(SEPARATOR)
    return tuple(ids)


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything that is read inside is of one moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
