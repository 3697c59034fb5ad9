"""Sets of rows: what each term of a search holds for, joined.

A set is a number with a byte for each row, 0 or 1: joining two of 100,000 takes some microseconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from seedream_desktop.library.query import Statement, packed
from seedream_desktop.library.search_terms import Term, TermKind
from seedream_desktop.library.term_query import rows_of, text_rows, uncoloured

_SETS_KEPT = 16
_NOT_COUNTED = frozenset({TermKind.BOARD, TermKind.COLOUR})  # they change without a picture that changes
_ROW_COUNT = "SELECT ifnull(max(pk), -1) + 1 FROM pictures"


class RowSets:
    """The sets of one state of the index."""

    def __init__(self, connection: sqlite3.Connection, titles: Mapping[str, str]) -> None:
        """``titles``: what models are called, by their ids."""
        self.titles = titles
        (self._row_count,) = connection.execute(_ROW_COUNT).fetchone()
        self._full = int.from_bytes(b"\1" * self._row_count, "little")
        self._kept: OrderedDict[Statement, int] = OrderedDict()

    def joined(
        self,
        connection: sqlite3.Connection,
        terms: Sequence[Term],
        among: int | None,
        doubt_search: Callable[[], None],
    ) -> int:
        """The rows that all of ``terms`` hold for, ``among`` those.

        ``doubt_search`` hears when the full-text index gives an error; the texts themselves are asked then.
        """
        asking = _Asking(self, connection, doubt_search)
        rows = self._full if among is None else among
        for term in terms:
            if rows:
                rows &= asking.rows(term)
        return rows

    def marks(self, rows: int) -> bytes:
        """A 1 for each row that is in the set, a 0 for each other."""
        return rows.to_bytes(self._row_count, "little")

    @property
    def full(self) -> int:
        """All rows."""
        return self._full

    def marked(self, pks: Sequence[int]) -> int:
        """The set of those rows; numbers that no picture has are left out."""
        marks = bytearray(self._row_count)
        try:
            for pk in pks:
                marks[pk] = 1
        except IndexError:  # something of a picture that is gone
            return self.marked([pk for pk in pks if 0 <= pk < self._row_count])
        return int.from_bytes(marks, "little")

    def read(self, connection: sqlite3.Connection, statement: Statement, is_kept: bool) -> int:
        """What ``statement`` chooses."""
        rows = self._kept.get(statement)
        if rows is None:
            rows = self.marked(unpacked(connection, packed(statement)))
            if is_kept:
                self._kept[statement] = rows
            while len(self._kept) > _SETS_KEPT:
                self._kept.popitem(last=False)
        return rows


class _Asking:
    """One question."""

    def __init__(
        self, sets: RowSets, connection: sqlite3.Connection, doubt_search: Callable[[], None]
    ) -> None:
        self._sets = sets
        self._connection = connection
        self._doubt_search = doubt_search
        self._has_full_text = True

    def rows(self, term: Term) -> int:
        """Those that the term holds for."""
        is_text = term.kind is TermKind.TEXT
        rows = self._text(term.value, term.is_exact) if is_text else self._meant(term)
        if term.is_guessed:
            rows |= self._words(term.words, only_uncoloured=term.kind is TermKind.COLOUR)
        return rows ^ self._sets.full if term.is_negated else rows

    def _meant(self, term: Term) -> int:
        statement, is_rest = rows_of(term, self._sets.titles)
        rows = self._sets.read(self._connection, statement, term.kind not in _NOT_COUNTED)
        return rows ^ self._sets.full if is_rest else rows

    def _words(self, words: str, only_uncoloured: bool) -> int:
        """Those whose texts hold all of ``words``; or of these the ones whose colours nobody knows yet."""
        rows = self._sets.full
        for word in words.split():
            rows &= self._text(word, is_phrase=False, only_uncoloured=only_uncoloured)
        return rows

    def _text(self, words: str, is_phrase: bool, only_uncoloured: bool = False) -> int:
        statement = text_rows(words, is_phrase, self._has_full_text)
        if only_uncoloured:
            statement = uncoloured(statement)
        try:
            return self._sets.read(self._connection, statement, is_kept=True)
        except sqlite3.DatabaseError as error:
            if not self._has_full_text or error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise
        self._doubt_search()
        self._has_full_text = False  # slower, and the same letter by letter
        return self._text(words, is_phrase, only_uncoloured)


def unpacked(connection: sqlite3.Connection, statement: Statement) -> list[int]:
    """The numbers of the rows that a ``packed`` statement chooses."""
    row = connection.execute(statement.sql, statement.parameters).fetchone()
    numbers: list[int] = json.loads(f"[{row[0] or ''}]")  # several times as quick as int() for each
    return numbers
