"""The words about a search line: what a term asks for, what is not understood, what could be typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.dates import month_and_year
from seedream_desktop.library.search_terms import TermKind, TermProblem

if TYPE_CHECKING:
    from seedream_desktop.library.search_terms import Term

translate = QCoreApplication.translate
_LONGEST = 60  # characters of a term in a sentence
_MONTH = re.compile(r"\d{4}-\d{2}")


def term_tip(term: Term, *, is_asleep: bool = False) -> str:
    """What a chip stands for, and what its cross does."""
    shown = plain(term.words, _LONGEST)
    if term.is_filler:
        return _filler_tip(is_asleep).format(words=shown)
    if term.kind is TermKind.COLOUR and (is_asleep or term.is_guessed):
        return _colour_tip(is_asleep).format(words=shown)
    if is_asleep:
        tip = translate("search", "Finds “{words}” in texts only. Click the plus to find {kind} as well.")
        return tip.format(kind=_guessed(term.kind), words=shown)
    if term.is_guessed:
        tip = translate(
            "search", "Finds {kind}, and “{words}” in texts. Click the cross to look in texts only."
        )
        return tip.format(kind=_guessed(term.kind), words=shown)
    if term.is_negated:
        return translate("search", "Leaves out {kind}. Click the cross to take it out of the search.").format(
            kind=kind_words(term.kind)
        )
    return translate("search", "Finds by {kind}. Click the cross to take it out of the search.").format(
        kind=kind_words(term.kind)
    )


def _colour_tip(is_asleep: bool) -> str:
    """It is either the colour or the word, as many a picture says blue and is not."""
    if is_asleep:
        return translate("search", "Finds “{words}” in texts. Click the plus to find the colour instead.")
    return translate("search", "Finds the colour. Click the cross to find “{words}” in texts instead.")


def _filler_tip(is_asleep: bool) -> str:
    if is_asleep:
        return translate("search", "“{words}” is left out. Click the plus to find it in texts.")
    return translate("search", "Finds “{words}” in texts. Click the cross to leave it out.")


def term_spoken(term: Term, *, is_asleep: bool = False) -> str:
    """What a screen reader says of the chip that the keyboard is on."""
    shown = plain(term.words, _LONGEST)
    if term.is_filler and is_asleep:
        return translate("search", "{words}: left out. Backspace: find it in texts.").format(words=shown)
    if term.is_filler:
        return translate("search", "{words}: in texts. Backspace: leave it out.").format(words=shown)
    if is_asleep and term.kind is TermKind.COLOUR:
        return translate("search", "{words}: in texts. Backspace: find the colour instead.").format(
            words=shown
        )
    if is_asleep:
        text = translate("search", "{words}: in texts only. Backspace: find {kind} as well.")
        return text.format(words=shown, kind=_guessed(term.kind))
    if term.is_guessed:
        text = translate("search", "{words}: {kind}. Backspace: look in texts only.")
        return text.format(words=shown, kind=_guessed(term.kind))
    text = translate("search", "{words}: {kind}. Backspace: take it out.")
    return text.format(words=shown, kind=kind_words(term.kind))


def kind_words(kind: TermKind) -> str:
    """What a term of that kind asks about."""
    return {
        TermKind.TEXT: translate("search", "words"),
        TermKind.TAG: translate("search", "tag"),
        TermKind.MODEL: translate("search", "model"),
        TermKind.RATING: translate("search", "stars"),
        TermKind.SIZE: translate("search", "size"),
        TermKind.RATIO: translate("search", "shape"),
        TermKind.DATE: translate("search", "date"),
        TermKind.BOARD: translate("search", "board"),
        TermKind.REFERENCE: translate("search", "reference"),
        TermKind.COLOUR: translate("search", "colour"),
        TermKind.IS: translate("search", "state"),
        TermKind.NUMBER: translate("search", "number"),
    }[kind]


def problem_sentence(term: Term) -> str:
    """Why a term asks for nothing, and how it is written."""
    shown = plain(term.words, _LONGEST)
    return _problem(term).format(words=shown)


def _problem(term: Term) -> str:
    match term.problem:
        case TermProblem.NO_RATING:
            return translate("search", "“{words}” is left out: stars go from 0 to 5, as in rating:>=4.")
        case TermProblem.NO_SIZE:
            return translate("search", "“{words}” is left out: a size is written as size:2k or size:>2000.")
        case TermProblem.NO_RATIO:
            return translate("search", "“{words}” is left out: a shape is written as 16:9 or portrait.")
        case TermProblem.NO_DATE:
            return translate(
                "search", "“{words}” is left out: a date is written as today, last week, march or 2026-03-14."
            )
        case TermProblem.NO_COLOUR:
            return translate("search", "“{words}” is left out: it is not the name of a colour known here.")
        case TermProblem.NO_STATE:
            return translate(
                "search", "“{words}” is left out: known are is:set, is:rejected, is:rated and more."
            )
        case TermProblem.TOO_MANY:
            return translate("search", "The end of the search is left out: it has too many words.")
        case _:
            return translate("search", "“{words}” is left out: nothing is written behind it.")


def _guessed(kind: TermKind) -> str:
    return {
        TermKind.COLOUR: translate("search", "the colour"),
        TermKind.DATE: translate("search", "the time"),
        TermKind.RATING: translate("search", "the stars"),
        TermKind.RATIO: translate("search", "the shape"),
        TermKind.SIZE: translate("search", "the size"),
    }.get(kind, kind_words(kind))


def operator_words(kind: TermKind) -> str:
    """What can stand behind an operator."""
    return {
        TermKind.TAG: translate("search", "has this tag"),
        TermKind.MODEL: translate("search", "made with this model"),
        TermKind.RATING: translate("search", "stars, 0 to 5"),
        TermKind.SIZE: translate("search", "pixels, as 2k"),
        TermKind.RATIO: translate("search", "shape, as 16:9"),
        TermKind.DATE: translate("search", "day, week, month or year"),
        TermKind.BOARD: translate("search", "kept on this board"),
        TermKind.REFERENCE: translate("search", "made with this reference"),
        TermKind.COLOUR: translate("search", "a colour in the picture"),
        TermKind.IS: translate("search", "set, rejected, rated, tagged"),
    }.get(kind, "")


def value_words(kind: TermKind, value: str) -> str:
    """What a value is called in a menu or on a button; one that people named is called as they did."""
    if kind is TermKind.DATE and _MONTH.fullmatch(value):
        return month_and_year(int(value.replace("-", "")) * 100 + 1)
    named = {
        TermKind.DATE: _dates,
        TermKind.RATIO: _shapes,
        TermKind.COLOUR: _colours,
        TermKind.RATING: _stars,
        TermKind.SIZE: lambda: {"1k": "1K", "2k": "2K", "3k": "3K", "4k": "4K"},
        TermKind.REFERENCE: _references,
        TermKind.IS: _states,
    }.get(kind)
    return plain(named().get(value, value) if named is not None else value, _LONGEST)


def _dates() -> dict[str, str]:
    return {
        "today": translate("search", "Today"),
        "yesterday": translate("search", "Yesterday"),
        "this week": translate("search", "This week"),
        "last week": translate("search", "Last week"),
        "this month": translate("search", "This month"),
        "last month": translate("search", "Last month"),
        "this year": translate("search", "This year"),
        "last year": translate("search", "Last year"),
    }


def _references() -> dict[str, str]:
    return {
        "any": translate("search", "With a reference"),
        "none": translate("search", "Without a reference"),
    }


def _states() -> dict[str, str]:
    return {
        "set": translate("search", "Part of a set"),
        "rejected": translate("search", "Rejected"),
        "duplicate": translate("search", "There twice"),
        "edited": translate("search", "Made from another picture"),
        "imported": translate("search", "Brought in"),
        "made": translate("search", "Made here"),
        "rated": translate("search", "With stars"),
        "unrated": translate("search", "Without stars"),
        "tagged": translate("search", "With a tag"),
        "untagged": translate("search", "Without a tag"),
        "titled": translate("search", "With a title"),
        "noted": translate("search", "With a note"),
    }


def _shapes() -> dict[str, str]:
    return {
        "portrait": translate("search", "Portrait"),
        "square": translate("search", "Square"),
        "landscape": translate("search", "Landscape"),
    }


def _stars() -> dict[str, str]:
    at_least = translate("search", "{stars} and more")
    return {
        "5": "★★★★★",
        **{f">={count}": at_least.format(stars="★" * count) for count in (4, 3, 2, 1)},
        "0": translate("search", "Without stars"),
    }


def _colours() -> dict[str, str]:
    return {
        "red": translate("search", "Red"),
        "orange": translate("search", "Orange"),
        "yellow": translate("search", "Yellow"),
        "green": translate("search", "Green"),
        "teal": translate("search", "Teal"),
        "blue": translate("search", "Blue"),
        "purple": translate("search", "Purple"),
        "pink": translate("search", "Pink"),
        "brown": translate("search", "Brown"),
        "black": translate("search", "Black"),
        "white": translate("search", "White"),
        "grey": translate("search", "Grey"),
    }
