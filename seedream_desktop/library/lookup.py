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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from seedream_desktop.library.query import (
    SEPARATOR,
    among_statement,
    ids_statement,
    is_gathered,
    packed,
    rows_statement,
)
from seedream_desktop.library.values import Order, Query

if TYPE_CHECKING:
    from seedream_desktop.library.arranging import AllKnown, Facts, Known, Pick
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.likeness import Nearest
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


class _Place:
    """The pictures of one place, in one order."""

    def __init__(self, ids: tuple[str, ...], joined_presses: bytes | None = None) -> None:
        self.ids = ids
        self.pks: tuple[int, ...] | None = None  # read when something is searched for
        self._known: Known | None = None  # as above
        self._presses: Sequence[int] = _numbered(joined_presses) if joined_presses is not None else ()
        self._marks_of: Callable[[bytes], tuple[int, ...]] = tuple

    def read_pks(self, connection: sqlite3.Connection, query: Query, known: AllKnown) -> None:
        """Read which rows they are; ``known`` is of all rows."""
        from seedream_desktop.library.row_sets import unpacked  # late: only where something is searched for

        self.pks = pks = tuple(unpacked(connection, packed(rows_statement(query))))
        is_several = len(pks) > 1
        self._marks_of = (
            operator.itemgetter(*pks) if is_several else lambda rows: tuple(rows[pk] for pk in pks)
        )
        self._known = known.at(pks)

    def picked(self, pick: Pick | None) -> tuple[tuple[str, ...], Facts | None]:
        """The ids of what ``pick`` takes, and what is known of them; None where that was not read."""
        pick = pick or iter
        return tuple(pick(self.ids)), self._known.facts(pick) if self._known is not None else None

    def chosen(self, rows: bytes) -> Pick:
        """Takes those whose rows have a 1, in their order."""
        marks = self._marks_of(rows)
        return lambda values: itertools.compress(values, marks)

    def gathered(self, rows: bytes | None = None) -> Pick:
        """Takes those whose rows have a 1, or all, with those that belong together beside each other."""
        from seedream_desktop.library.gathering import gathered  # late: as above

        pick = self.chosen(rows) if rows is not None else iter
        return _at(gathered(tuple(pick(range(len(self.ids)))), tuple(pick(self._presses))))

    def beside(self, rows: bytes, groups: Mapping[int, int]) -> Pick:
        """Takes those whose rows have a 1, with those of one group beside the first of them."""
        from seedream_desktop.library.gathering import gathered  # late: as above

        pick = self.chosen(rows)
        presses = tuple(groups.get(pk, 0) for pk in pick(self.pks or ()))
        return _at(gathered(tuple(pick(range(len(self.ids)))), presses))

    def nearest(self, rows: bytes, near: Sequence[int]) -> Pick:
        """Takes the same in the order of ``near``, which are rows."""
        pick = self.chosen(rows)
        places = dict(zip(pick(self.pks or ()), pick(range(len(self.ids))), strict=True))
        return _at([places[pk] for pk in near if pk in places])


class _Kept:
    """What was read from one state of the index."""

    def __init__(self, state: _State) -> None:
        self.state = state
        self.places: OrderedDict[Query, _Place] = OrderedDict()
        self.sets: RowSets | None = None
        self._known: AllKnown | None = None
        self._near: tuple[str, tuple[tuple[int, int], ...]] = ("", ())
        self._groups: Mapping[int, int] | None = None

    def of(self, state: _State) -> _Kept:
        """What of it holds in another state: where only fingerprints came, all but what looks alike."""
        kept = _Kept(state)
        if state[:2] == self.state[:2]:
            kept.places, kept._known = self.places, self._known
        return kept

    def near(self, connection: sqlite3.Connection, like: str) -> tuple[tuple[int, int], ...]:
        """``ranked``, kept while words are searched for among what looks alike."""
        if self._near[0] != like:
            from seedream_desktop.library.likeness import ranked  # late: only for a picture

            self._near = (like, ranked(connection, like))
        return self._near[1]

    def place_of_near(self, connection: sqlite3.Connection, query: Query, like: str) -> _Place:
        """What looks alike, and is at a place, nearest first; the rest of the place is not read for that."""
        pks = [pk for pk, _ in self.near(connection, like)]
        few = among_statement(query, pks)
        ids = dict(connection.execute(few.sql, few.parameters).fetchall())
        return _Place(tuple(ids[pk] for pk in pks if pk in ids))

    def groups(self, connection: sqlite3.Connection) -> Mapping[int, int]:
        """Which pictures are there twice: a number for each row, the same for what is the same."""
        if self._groups is None:
            from seedream_desktop.library.likeness import duplicate_groups  # late: as above

            self._groups = duplicate_groups(connection)
        return self._groups

    def place(self, connection: sqlite3.Connection, query: Query) -> _Place:
        """The place that ``query`` is about, without what is searched for there."""
        place = self.places.get(query)
        if place is None:
            statement = ids_statement(query)
            row = connection.execute(statement.sql, statement.parameters).fetchone()
            place = _Place(_split(row[0] or b""), row[1])
            if query.order is not Order.BY_HAND:  # which is no part of the state
                self.places[query] = place
            while len(self.places) > 1 and sum(len(held.ids) for held in self.places.values()) > _IDS_KEPT:
                self.places.popitem(last=False)
        return place

    def ready_place(self, connection: sqlite3.Connection, query: Query) -> _Place:
        """The same, ready to be searched."""
        place = self.place(connection, query)
        if place.pks is None:
            if self._known is None:
                from seedream_desktop.library.arranging import AllKnown  # late: only for a search

                self._known = AllKnown(connection)
            place.read_pks(connection, query, self._known)
        return place

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
        return self.arranged_ids(query, stopper)[0]

    def arranged_ids(
        self, query: Query, stopper: Stopper | None = None
    ) -> tuple[tuple[str, ...], Facts | None]:
        """The same with what is known of them to arrange them; None where that has to be asked for."""
        query, stop = self._with_board(query), stopper or Stopper()

        def found(connection: sqlite3.Connection) -> tuple[tuple[str, ...], Facts | None]:
            with stop.over(connection), _one_state(connection):
                place, pick = self._chosen(connection, query)
            return place.picked(pick)

        return self._index.read(found)

    def prepare(self, query: Query) -> None:
        """Read what the first key of a search at that place would have to wait for."""
        place = _place_of(self._with_board(query))

        def read(connection: sqlite3.Connection) -> None:
            with _one_state(connection):
                self._kept_of(connection).ready_place(connection, place)

        self._index.read(read)

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

    def _chosen(self, connection: sqlite3.Connection, query: Query) -> tuple[_Place, Pick | None]:
        """The place that ``query`` is about, and what takes those it asks for; None: all."""
        kept, terms = self._kept_of(connection), _terms(query)
        if not terms and not query.like:
            place = kept.place(connection, _place_of(query))
            return place, place.gathered() if is_gathered(query) else None
        if query.like and not terms and query.order is Order.LIKENESS:
            return kept.place_of_near(connection, _place_of(query), query.like), None
        place, sets = kept.ready_place(connection, _place_of(query)), kept.ready_sets(connection, self.titles)
        near = [pk for pk, _ in kept.near(connection, query.like)] if query.like else None
        among = None if near is None else sets.marked(near)
        rows = sets.marks(sets.joined(connection, terms, among, self._index.doubt_search))
        if near is not None and query.order is Order.LIKENESS:
            return place, place.nearest(rows, near)
        if asks_for_duplicates(query):
            return place, place.beside(rows, kept.groups(connection))
        return place, place.gathered(rows) if is_gathered(query) else place.chosen(rows)

    def _kept_of(self, connection: sqlite3.Connection) -> _Kept:
        """What was kept of this state of the index; nothing, if a picture changed since."""
        kept, state = self._kept, self._state_of(connection)
        if kept.state != state:
            kept = self._kept = kept.of(state)
        return kept

    def _state_of(self, connection: sqlite3.Connection) -> _State:
        changes, looks = connection.execute(_STATE).fetchone()
        return self._index.age, changes, int(looks)


def _at(places: Sequence[int]) -> Pick:
    return lambda values: map(values.__getitem__, places)


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


def _numbered(joined: bytes) -> Sequence[int]:
    from seedream_desktop.library.gathering import numbered  # late: only in an order that parts a press

    return numbered(joined)


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
