"""What could stand where somebody types in the search line: operators, and what the library has for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.search_language import parse, written
from seedream_desktop.library.search_names import COLOURS, OPERATORS, STATES
from seedream_desktop.library.search_terms import Term, TermKind
from seedream_desktop.library.search_text import plain
from seedream_desktop.library.term_query import MODELS, TAGS

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

_MOST = 12
_OF_TAG = "SELECT count(*) FROM tags WHERE tag = name"
_OF_MODEL = "SELECT count(*) FROM pictures WHERE model = name"
_TAGS = f"{TAGS} SELECT name, ({_OF_TAG}) FROM held WHERE name <> ''"  # noqa: S608
_MODELS = f"{MODELS} SELECT name, ({_OF_MODEL}) FROM held WHERE name <> ''"  # noqa: S608
_BOARDS = (
    "SELECT path, (SELECT count(*) FROM pictures WHERE board_id = boards.id AND "  # noqa: S608
    f"{NOT_TRASHED}) FROM boards"
)
HELD = {TermKind.TAG: _TAGS, TermKind.MODEL: _MODELS, TermKind.BOARD: _BOARDS}
_FIXED: dict[TermKind, tuple[str, ...]] = {
    TermKind.RATING: (">=4", "5", ">=3", ">=1", "none"),
    TermKind.SIZE: ("1k", "2k", "3k", "4k"),
    TermKind.RATIO: ("portrait", "square", "landscape", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"),
    TermKind.DATE: ("today", "yesterday", "this week", "last week", "this month", "last month", "this year"),
    TermKind.COLOUR: tuple(dict.fromkeys(COLOURS.values())),
    TermKind.IS: tuple(dict.fromkeys(STATES.values())),
    TermKind.REFERENCE: ("any", "none"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``words`` instead of what stands from ``start`` to ``end`` in the line."""

    start: int
    end: int
    words: str
    kind: TermKind
    value: str  # empty: the operator alone, to be typed on
    count: int = -1  # of the pictures that have it; -1: not counted


def suggestions(index: Index, text: str, cursor: int) -> tuple[Suggestion, ...]:
    """What the word at ``cursor`` could become, what most pictures have first. Raises ProblemError."""
    term = next((term for term in parse(text) if term.start < cursor <= term.end), None)
    if term is None or term.kind is TermKind.NUMBER or (term.kind is TermKind.TEXT and term.is_exact):
        return ()

    def found(connection: sqlite3.Connection) -> tuple[Suggestion, ...]:
        made = _of_operator(connection, term) if _is_operator(term) else _of_word(connection, term)
        return tuple(one for _, one in zip(range(_MOST), made, strict=False))

    return index.read(found)


def _is_operator(term: Term) -> bool:
    return term.kind is not TermKind.TEXT and not term.is_guessed


def _of_operator(connection: sqlite3.Connection, term: Term) -> Iterator[Suggestion]:
    make = _maker(term)
    typed = plain(term.value)
    if term.kind in HELD:
        yield from (make(term.kind, *found) for found in _held(connection, term.kind, typed))
    for value in _FIXED.get(term.kind, ()):
        if value.startswith(typed) and value != typed:
            yield make(term.kind, value)


def _of_word(connection: sqlite3.Connection, term: Term) -> Iterator[Suggestion]:
    """Operators that begin so, then tags, boards and models of which a word does."""
    make = _maker(term)
    typed = plain(term.words)
    minus = "-" if term.is_negated else ""
    operators = {kind: name for name, kind in reversed(OPERATORS.items()) if name.startswith(typed)}
    for kind in reversed(operators):
        yield Suggestion(term.start, term.end, f"{minus}{operators[kind]}:", kind, "")
    for kind in HELD:
        yield from (make(kind, *found) for found in _held(connection, kind, typed))


def _maker(term: Term) -> Callable[..., Suggestion]:
    def make(kind: TermKind, value: str, count: int = -1) -> Suggestion:
        words = written(kind, value, term.is_negated)
        return Suggestion(term.start, term.end, words, kind, value, count)

    return make


def _held(connection: sqlite3.Connection, kind: TermKind, typed: str) -> Iterable[tuple[str, int]]:
    rows: list[tuple[str, int]] = connection.execute(HELD[kind]).fetchall()
    fitting = [(name, count) for name, count in rows if _begins(plain(name), typed)]
    return sorted(fitting, key=lambda row: (-row[1], row[0]))


def _begins(name: str, typed: str) -> bool:
    """Whether the name, or a word in it, begins so."""
    place = name.find(typed)
    while place > 0 and name[place - 1].isalnum() and name[place].isascii():
        place = name.find(typed, place + 1)
    return place >= 0
