"""Which pictures a query finds, in which order: quick enough to be asked at every key.

What is shown at one place is read once, with the numbers of its rows. Each term of a search is asked of the
index by itself, as the set of the rows that it holds for; the sets are joined here, and what is left is
picked out of the place. So a letter more asks for one set again, not for all. Everything is kept only until
a picture changes (``changes`` in the index).
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from operator import ne
from typing import TYPE_CHECKING

from seedream_desktop.library.query import (
    SEPARATOR,
    among_statement,
    ids_statement,
    is_gathered,
    is_parted,
    packed,
    rows_statement,
)
from seedream_desktop.library.values import Order, Query, place_stands_by_date

if TYPE_CHECKING:
    from seedream_desktop.library.arranging import Facts
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.known_rows import AllKnown
    from seedream_desktop.library.likeness import Nearest
    from seedream_desktop.library.place_rows import Arranged, PlaceRows
    from seedream_desktop.library.row_sets import RowSets
    from seedream_desktop.library.search_terms import Term

_STATE = "SELECT count, ifnull((SELECT value FROM meta WHERE name = 'looks'), '0') FROM changes"
_State = tuple[int, int, int]  # which index file, changes of pictures, of what is known of their looks
_IDS_KEPT = 120_000  # of several places; one is kept however many it has
_CUT_BYTES = 500_000  # of ids that are taken apart before another thread may have its turn


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


class _Kept:
    """What was read from one state of the index."""

    def __init__(self, state: _State) -> None:
        self.state = state
        self.places: OrderedDict[Query, PlaceRows] = OrderedDict()
        self.sets: RowSets | None = None
        self._ordered: tuple[Query, PlaceRows] | None = None  # by rating or name: one at a time
        self._known: AllKnown | None = None
        self._names: Sequence[int] | None = None  # all rows, by name
        self._learning = threading.RLock()
        self._near: tuple[str, tuple[tuple[int, int], ...]] = ("", ())
        self._groups: Mapping[int, int] | None = None

    def of(self, state: _State) -> _Kept:
        """What of it holds in another state: where only fingerprints came, all but what looks alike."""
        kept = _Kept(state)
        if state[:2] == self.state[:2]:
            kept.places, kept._ordered = self.places, self._ordered
            kept._known, kept._names = self._known, self._names
        return kept

    def near(self, connection: sqlite3.Connection, like: str) -> tuple[tuple[int, int], ...]:
        """``ranked``, kept while words are searched for among what looks alike."""
        if self._near[0] != like:
            from seedream_desktop.library.likeness import ranked  # late: only for a picture

            self._near = (like, ranked(connection, like))
        return self._near[1]

    def place_of_near(self, connection: sqlite3.Connection, query: Query, like: str) -> PlaceRows:
        """What looks alike, and is at a place, nearest first; the rest of the place is not read for that."""
        pks = [pk for pk, _ in self.near(connection, like)]
        few = among_statement(query, pks)
        ids = dict(connection.execute(few.sql, few.parameters).fetchall())
        return _rows_of(tuple(ids[pk] for pk in pks if pk in ids))

    def groups(self, connection: sqlite3.Connection) -> Mapping[int, int]:
        """Which pictures are there twice: a number for each row, the same for what is the same."""
        if self._groups is None:
            from seedream_desktop.library.likeness import duplicate_groups  # late: as above

            self._groups = duplicate_groups(connection)
        return self._groups

    def place(self, connection: sqlite3.Connection, query: Query) -> PlaceRows:
        """The place that ``query`` is about, without what is searched for there."""
        if is_parted(query):
            return self._in_order(connection, query)
        place = self.places.get(query)
        if place is None:
            statement = ids_statement(query)
            row = connection.execute(statement.sql, statement.parameters).fetchone()
            place = _rows_of(_split(row[0] or b""))
            if query.order is not Order.BY_HAND:  # which is no part of the state
                self.places[query] = place
            while len(self.places) > 1 and sum(len(held.ids) for held in self.places.values()) > _IDS_KEPT:
                self.places.popitem(last=False)
        return place

    def ready_place(self, connection: sqlite3.Connection, query: Query) -> PlaceRows:
        """The same, ready to be searched."""
        with self._learning:  # who comes meanwhile waits: to read it twice takes both twice as long
            return self._learned(connection, query)

    def _learned(self, connection: sqlite3.Connection, query: Query) -> PlaceRows:
        place = self.place(connection, query)
        if not place.is_ready:
            from seedream_desktop.library.row_sets import unpacked  # late: only for a search

            pks = unpacked(connection, packed(rows_statement(query)))
            place.learn(pks, self._all_known(connection), is_by_date=place_stands_by_date(query))
        return place

    def _in_order(self, connection: sqlite3.Connection, query: Query) -> PlaceRows:
        """A place in an order that has no index of its own: the newest first, put into it."""
        if self._ordered is None or self._ordered[0] != query:
            place = self.ready_place(connection, replace(query, order=Order.NEWEST))
            is_by_name = query.order is Order.NAME
            rows = place.by_name(self._all_names(connection)) if is_by_name else place.by_rank()
            self._ordered = (query, rows)
        return self._ordered[1]

    def _all_known(self, connection: sqlite3.Connection) -> AllKnown:
        if self._known is None:
            from seedream_desktop.library.known_rows import AllKnown  # late: as above

            self._known = AllKnown(connection)
        return self._known

    def _all_names(self, connection: sqlite3.Connection) -> Sequence[int]:
        if self._names is None:
            from seedream_desktop.library.row_sets import unpacked  # late: as above

            everything = rows_statement(Query(order=Order.NAME))
            self._names = array("I", unpacked(connection, packed(everything)))
        return self._names

    def ready_sets(self, connection: sqlite3.Connection, titles: Mapping[str, str]) -> RowSets:
        """The sets of rows of this state."""
        if self.sets is None:
            from seedream_desktop.library.row_sets import RowSets  # late: only for a search

            self.sets = RowSets(connection, titles)
        return self.sets


class Lookup:
    """Finds pictures in one library's index. Any thread; raises ProblemError."""

    def __init__(self, index: Index, boards: Boards) -> None:
        self._index = index
        self._boards = boards
        self._kept = _Kept((-1, -1, -1))
        self.titles: Mapping[str, str] = {}  # what models are called, by their ids

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        """The pictures that ``query`` asks for, in its order. Raises Overtaken when it was stopped."""
        return tuple(self.arranged_ids(query, stopper)[0])

    def arranged_ids(self, query: Query, stopper: Stopper | None = None) -> Arranged:
        """The same with what is known of them to arrange them; None where that has to be asked for."""
        query, stop = self._with_board(query), stopper or Stopper()

        def found(connection: sqlite3.Connection) -> Arranged:
            with stop.over(connection), _one_state(connection):
                pick = self._chosen(connection, query)
            return pick()

        return self._index.read(found)

    def facts(self, query: Query, ids: Sequence[str]) -> Facts | None:
        """What is known of ``ids``, if ``query`` is a place and these are all that is there; else None."""
        if query != _place_of(query) or query.order is Order.BY_HAND:
            return None
        self.prepare(query)
        held, facts = self.arranged_ids(query)
        return facts if len(held) == len(ids) and not any(map(ne, held, ids)) else None

    def prepare(self, query: Query) -> None:
        """Read what the first key of a search at that place would have to wait for."""
        place = _place_of(self._with_board(query))

        def read(connection: sqlite3.Connection) -> None:
            with _one_state(connection):
                kept = self._kept_of(connection)
                kept.ready_place(connection, place)
                kept.ready_sets(connection, self.titles)

        self._index.read(read)
        _terms(replace(query, text="-"))  # what is imported for it

    def count(self, query: Query) -> int:
        """How many pictures ``query`` asks for; what it is like does not count."""
        query = self._with_board(query)

        def counted(connection: sqlite3.Connection) -> int:
            with _one_state(connection):
                sets = self._kept_of(connection).ready_sets(connection, self.titles)
                return self._counted(connection, sets, query)

        return self._index.read(counted)

    def counts(self, queries: Sequence[Query], stopper: Stopper | None = None) -> tuple[int, ...]:
        """The same of several, of one moment; what is kept for who searches stays. Raises Overtaken."""
        asked, stop = [self._with_board(query) for query in queries], stopper or Stopper()

        def counted(connection: sqlite3.Connection) -> tuple[int, ...]:
            from seedream_desktop.library.row_sets import RowSets  # late: as in ready_sets

            with stop.over(connection), _one_state(connection):
                sets = RowSets(connection, self.titles)
                return tuple(self._counted(connection, sets, query) for query in asked)

        return self._index.read(counted)

    def state(self) -> _State:
        """What rises with every change of a picture, and of what is known of its looks."""
        return self._index.read(self._state_of)

    def nearest(self, like: str) -> Nearest | None:
        """The picture that looks most like a fingerprint, in the trash or not; None: none does at all."""
        from seedream_desktop.library.likeness import nearest_of  # late: only where a picture is looked for

        def found(connection: sqlite3.Connection) -> Nearest | None:
            with _one_state(connection):
                return nearest_of(connection, self._kept_of(connection).near(connection, like))

        return self._index.read(found)

    def _counted(self, connection: sqlite3.Connection, sets: RowSets, query: Query) -> int:
        place = sets.read(connection, rows_statement(_place_of(query, Order.NEWEST)), is_kept=True)
        return sets.joined(connection, _terms(query), place, self._index.doubt_search).bit_count()

    def _with_board(self, query: Query) -> Query:
        board = self._boards.find(query.board_id)
        return replace(query, board_id=board.id) if board is not None else query

    def _chosen(self, connection: sqlite3.Connection, query: Query) -> Callable[[], Arranged]:
        """Picks what ``query`` asks for; nothing is read any more for that."""
        kept, terms, gathers = self._kept_of(connection), _terms(query), is_gathered(query)
        if not terms and not query.like:
            return partial(kept.place(connection, _place_of(query)).whole, is_gathered=gathers)
        if query.like and not terms and query.order is Order.LIKENESS:
            return kept.place_of_near(connection, _place_of(query), query.like).whole
        place, sets = kept.ready_place(connection, _place_of(query)), kept.ready_sets(connection, self.titles)
        near = [pk for pk, _ in kept.near(connection, query.like)] if query.like else None
        among = None if near is None else sets.marked(near)
        rows = sets.marks(sets.joined(connection, terms, among, self._index.doubt_search))
        if near is not None and query.order is Order.LIKENESS:
            return partial(place.nearest, rows, near)
        if asks_for_duplicates(query):
            return partial(place.beside, rows, kept.groups(connection))
        return partial(place.chosen, rows, is_gathered=gathers)

    def _kept_of(self, connection: sqlite3.Connection) -> _Kept:
        """What was kept of this state of the index; nothing, if a picture changed since."""
        kept, state = self._kept, self._state_of(connection)
        if kept.state != state:
            kept = self._kept = kept.of(state)
        return kept

    def _state_of(self, connection: sqlite3.Connection) -> _State:
        changes, looks = connection.execute(_STATE).fetchone()
        return self._index.age, changes, int(looks)


def _rows_of(ids: tuple[str, ...]) -> PlaceRows:
    from seedream_desktop.library.place_rows import PlaceRows  # late: the first paint does without

    return PlaceRows(ids)


def _place_of(query: Query, order: Order | None = None) -> Query:
    """Without what is searched for there."""
    order = order or (Order.NEWEST if query.order is Order.LIKENESS else query.order)
    return replace(query, text="", literal=(), like="", order=order)


def _terms(query: Query) -> tuple[Term, ...]:
    if not query.text.strip():
        return ()
    from seedream_desktop.library.search_language import parse  # late: only where something is searched for

    asked = (term for term in parse(query.text, query.literal) if term.problem is None)
    return tuple(dict.fromkeys(asked))


def asks_for_duplicates(query: Query) -> bool:
    """Whether pictures that are there twice are searched for; those of one kind stand side by side then."""
    from seedream_desktop.library.search_language import is_of_duplicates  # late: as in _terms

    return any(is_of_duplicates(term) for term in _terms(query))


def _split(joined: bytes) -> tuple[str, ...]:
    ids: list[str] = []
    start, separator = 0, SEPARATOR.encode()
    while start < len(joined):
        end = joined.find(separator, start + _CUT_BYTES)
        end = end if end >= 0 else len(joined)
        ids += joined[start:end].decode().split(SEPARATOR)
        start = end + len(separator)
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
