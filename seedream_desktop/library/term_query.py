"""The terms of a search as SQL: each gives the rows (``pk``) of the pictures that it holds for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from seedream_desktop.library.likeness import DUPLICATE_ROWS, colour_rows
from seedream_desktop.library.query import NOT_TRASHED, REJECTED, Statement
from seedream_desktop.library.search_terms import Bound, Measure, Term, TermKind
from seedream_desktop.library.search_text import is_exact, match_expression, phrase_expression, plain

_MEASURES = {
    Measure.RATING: "rating",
    Measure.PLACED_MS: "placed_ms",
    Measure.WIDTH_PX: "width_px",
    Measure.HEIGHT_PX: "height_px",
    Measure.LONGER_PX: "max(width_px, height_px)",
    Measure.PIXELS: "width_px * height_px",
    Measure.RATIO: "width_px * 1.0 / height_px",
    Measure.NUMBER: "number",
}
_OF_PIXELS = frozenset(
    {Measure.WIDTH_PX, Measure.HEIGHT_PX, Measure.LONGER_PX, Measure.PIXELS, Measure.RATIO}
)
# Few are there of either, so that stepping from one to the next is quicker than reading all.
TAGS = (
    "WITH RECURSIVE held(name) AS (SELECT min(tag) FROM tags UNION ALL "
    "SELECT (SELECT min(tag) FROM tags WHERE tag > held.name) FROM held WHERE held.name IS NOT NULL) "
)
MODELS = (
    "WITH RECURSIVE held(name) AS (SELECT min(model) FROM pictures UNION ALL "
    "SELECT (SELECT min(model) FROM pictures WHERE model > held.name) FROM held WHERE held.name IS NOT NULL) "
)
STATES = {  # those that are not here are the rest of another, in OPPOSITES
    "set": "SELECT pk FROM pictures WHERE set_count > 1",
    "rejected": REJECTED,
    "rated": "SELECT pk FROM pictures WHERE rating > 0",
    "tagged": "SELECT pk FROM tags",
    "edited": "SELECT pk FROM links WHERE kind = 'made_from'",
    "imported": "SELECT pk FROM pictures WHERE job_id = ''",
    "duplicate": DUPLICATE_ROWS,
}
OPPOSITES = {"unrated": "rated", "untagged": "tagged", "made": "imported"}
_UNCOLOURED = "NOT EXISTS (SELECT 1 FROM colours WHERE colours.pk = found.pk)"
_WITH_REFERENCE = "SELECT pk FROM links WHERE kind = 'reference'"
_NUMBERED = re.compile(r"[#＃](\d{1,9})")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{6,64}")
_MODEL_PARTS = re.compile(r"\d+(?:[-._]\d+)*|[^\W\d_]+")


def rows_of(term: Term, titles: Mapping[str, str]) -> tuple[Statement, bool]:
    """The rows of what ``term`` stands for, whatever its minus; True: of all the others.

    ``titles``: what models are called, by their ids.

    A text is none of its business, nor what a guessed word says beyond its meaning.
    """
    if term.kind is TermKind.IS:
        opposite = OPPOSITES.get(term.value)
        return Statement(STATES[opposite or term.value]), opposite is not None
    if term.kind is TermKind.REFERENCE and term.value == "none":
        return Statement(_WITH_REFERENCE), True
    if term.bounds:
        return _bounded(term.bounds), False
    if term.kind is TermKind.MODEL:
        return _of_model(term, titles), False
    return _NAMED[term.kind](term), False


def text_rows(words: str, is_phrase: bool, has_full_text: bool) -> Statement:
    """The rows of the pictures whose texts hold ``words``: open at the end, or as a whole phrase."""
    expression = ""
    if has_full_text:
        expression = phrase_expression(words) if is_phrase else match_expression(words)
    found = "SELECT rowid AS pk FROM search WHERE search MATCH ?"
    if not expression:
        return Statement("SELECT pk FROM texts WHERE instr(plain, ?)", (plain(words),))
    if all(is_exact(word) for word in words.split()):
        return Statement(found, (expression,))
    compared = f"SELECT pk FROM texts WHERE pk IN ({found}) AND instr(plain, ?)"  # noqa: S608
    return Statement(compared, (expression, plain(words)))


def uncoloured(found: Statement) -> Statement:
    """The rows among ``found`` of the pictures that nobody looked at: their colours are not known."""
    sql = f"SELECT pk FROM ({found.sql}) AS found WHERE {_UNCOLOURED}"  # noqa: S608
    return Statement(sql, found.parameters)


def _bounded(bounds: tuple[Bound, ...]) -> Statement:
    conditions, parameters = [], list[str | int | float]()
    for bound in bounds:
        measured = _MEASURES[bound.measure]
        if bound.measure in _OF_PIXELS:
            conditions.append("height_px > 0")  # else they are not known
        for sign, limit in ((">=", bound.least), ("<=", bound.most)):
            if limit is not None:
                conditions.append(f"{measured} {sign} ?")
                parameters.append(limit)
        if bound.measure is Measure.NUMBER:
            conditions.append("number > 0")
    return Statement(f"SELECT pk FROM pictures WHERE {' AND '.join(conditions)}", tuple(parameters))  # noqa: S608


def _tagged(term: Term) -> Statement:
    """The tag of that name; while there is none, those that begin so."""
    value = plain(term.value)
    whole = "SELECT name FROM held WHERE plain(ifnull(name, '')) = ?1"
    begins = (
        f"SELECT name FROM held WHERE substr(plain(ifnull(name, '')), 1, ?2) = ?1 AND NOT EXISTS ({whole})"  # noqa: S608
    )
    names = whole if term.is_exact else f"{whole} UNION ALL {begins}"
    sql = f"{TAGS} SELECT pk FROM tags WHERE tag IN ({names})"  # noqa: S608
    return Statement(sql, (value,) if term.is_exact else (value, len(value)))


def _of_model(term: Term, titles: Mapping[str, str]) -> Statement:
    """Its id or its title has all parts: "5 lite", "4.5", "seedream-5-0-pro"; a 5 is not that of 4.5."""
    parts = [_dashed(part) for part in _MODEL_PARTS.findall(term.value)]
    patterns = tuple(f"*[^0-9]-{part}*" if part[0].isdecimal() else f"*-{part}*" for part in parts)
    matched = " AND ".join("'-' || replace(plain(ifnull(name, '')), '.', '-') GLOB ?" for _ in parts) or "0"
    shown = [re.compile(rf"{'(?<![0-9])' if part[0].isdecimal() else ''}-{part}") for part in parts]
    called = [one for one, title in titles.items() if parts and all(_says(title, part) for part in shown)]
    known = f"name IN ({', '.join('?' * len(called))})"
    names = f"SELECT name FROM held WHERE ({matched}) OR {known}"  # noqa: S608
    sql = f"{MODELS} SELECT pk FROM pictures WHERE model IN ({names})"  # noqa: S608
    return Statement(sql, (*patterns, *called))


def _says(title: str, part: re.Pattern[str]) -> bool:
    return part.search(f"-{_dashed(title)}") is not None


def _dashed(text: str) -> str:
    return re.sub(r"[\s._]", "-", text.casefold())


def _on_board(term: Term) -> Statement:
    """The board of that name with what is in it; while there is none, those whose names hold it."""
    value = plain(term.value).strip("/")
    path = "'/' || plain(path) || '/'"
    whole = f"SELECT id FROM boards WHERE instr({path}, '/' || ?1 || '/')"  # noqa: S608
    holds = f"SELECT id FROM boards WHERE instr(plain(path), ?1) AND NOT EXISTS ({whole})"  # noqa: S608
    names = whole if term.is_exact else f"{whole} UNION ALL {holds}"
    return Statement(f"SELECT pk FROM pictures WHERE {NOT_TRASHED} AND board_id IN ({names})", (value,))  # noqa: S608


def _with_reference(term: Term) -> Statement:
    """Made with a reference or from a picture: any, one by its number, its hash, or the name of its file."""
    if term.value == "any":
        return Statement(_WITH_REFERENCE)
    if number := _NUMBERED.fullmatch(term.value):
        made = "SELECT sha256 FROM pictures WHERE number = ? AND number > 0"
        return Statement(f"SELECT pk FROM links WHERE sha256 IN ({made})", (int(number[1]),))  # noqa: S608
    named = "SELECT pk FROM links WHERE name <> '' AND instr(name, ?)"
    if _HEXADECIMAL.fullmatch(term.value):
        begins = "SELECT pk FROM links WHERE sha256 >= ? AND sha256 < ? || 'g'"
        value = term.value.lower()
        return Statement(f"{begins} UNION {named}", (value, value, plain(term.value)))
    return Statement(named, (plain(term.value),))


def _of_colour(term: Term) -> Statement:
    return Statement(*colour_rows(term.value))


_NAMED: dict[TermKind, Callable[[Term], Statement]] = {
    TermKind.TAG: _tagged,
    TermKind.BOARD: _on_board,
    TermKind.REFERENCE: _with_reference,
    TermKind.COLOUR: _of_colour,
}
