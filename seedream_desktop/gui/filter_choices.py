"""What the menus of the filter bar offer: fixed values, and what the library has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from seedream_desktop.gui.search_words import value_words
from seedream_desktop.library.search_terms import TermKind

if TYPE_CHECKING:
    from seedream_desktop.library.filters import Held

translate = QCoreApplication.translate
SWATCHES = {  # what a colour's name looks like
    "red": "#d83a34",
    "orange": "#ee8a2c",
    "yellow": "#ecc93a",
    "green": "#4aa654",
    "teal": "#2fa8a5",
    "blue": "#3b78d8",
    "purple": "#8754c4",
    "pink": "#e77fae",
    "brown": "#8a5a3c",
    "black": "#101010",
    "white": "#fafafa",
    "grey": "#8c8c8c",
}
MENUS: tuple[tuple[TermKind, ...], ...] = (  # the kinds that each menu is about, the first one its own
    (TermKind.RATING,),
    (TermKind.COLOUR,),
    (TermKind.DATE,),
    (TermKind.TAG,),
    (TermKind.MODEL,),
    (TermKind.BOARD,),
    (TermKind.RATIO, TermKind.SIZE),
    (TermKind.REFERENCE,),
    (TermKind.IS,),
)
MANY = (TermKind.TAG, TermKind.COLOUR, TermKind.IS)  # a picture can have several
ASKED = (TermKind.DATE, TermKind.TAG, TermKind.MODEL, TermKind.BOARD)  # of the library
TYPED = (TermKind.TAG, TermKind.MODEL, TermKind.BOARD, TermKind.DATE, TermKind.SIZE)
_FIXED: dict[TermKind, tuple[str, ...]] = {
    TermKind.RATING: ("5", ">=4", ">=3", ">=2", ">=1", "0"),
    TermKind.DATE: ("today", "yesterday", "this week", "last week", "this month", "last month"),
    TermKind.RATIO: ("portrait", "square", "landscape", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"),
    TermKind.SIZE: ("1k", "2k", "3k", "4k"),
    TermKind.COLOUR: tuple(SWATCHES),
    TermKind.REFERENCE: ("any", "none"),
    TermKind.IS: ("set", "rejected", "duplicate", "edited", "imported"),
}


class Choice(NamedTuple):
    """Something that can be chosen."""

    kind: TermKind
    value: str
    words: str
    pictures: int = -1  # have it; -1: not counted


class Group(NamedTuple):
    """Choices that stand together, below a line, or under a heading of their own."""

    choices: tuple[Choice, ...]
    heading: str = ""
    is_apart: bool = True  # below a line


def menu_name(kind: TermKind) -> str:
    """What the menu of that kind is called."""
    return {
        TermKind.RATING: translate("filters", "Stars"),
        TermKind.MODEL: translate("filters", "Model"),
        TermKind.TAG: translate("filters", "Tags"),
        TermKind.DATE: translate("filters", "Date"),
        TermKind.RATIO: translate("filters", "Shape"),
        TermKind.COLOUR: translate("filters", "Colour"),
        TermKind.BOARD: translate("filters", "Board"),
        TermKind.REFERENCE: translate("filters", "References"),
        TermKind.IS: translate("filters", "More"),
    }[kind]


def groups(kinds: Sequence[TermKind], held: Sequence[Held], titles: Mapping[str, str]) -> tuple[Group, ...]:
    """What the menu for ``kinds`` offers; ``held`` is what the library has, ``titles`` are of models."""
    fixed = (
        Group(tuple(Choice(kind, value, value_words(kind, value)) for value in _FIXED[kind]))
        for kind in kinds
        if kind in _FIXED
    )
    own = kinds[0]
    if own is TermKind.DATE:
        return (*fixed, *_years(held))
    if own not in ASKED:
        return tuple(fixed)
    words = titles if own is TermKind.MODEL else {}
    choices = (Choice(own, one.value, words.get(one.value) or one.value, one.pictures) for one in held)
    return (Group(tuple(choices)),) if held else ()


def _years(months: Sequence[Held]) -> tuple[Group, ...]:
    """A group for each year that has pictures: all of it, then its months."""
    made: list[Group] = []
    for year in dict.fromkeys(month.value[:4] for month in months):
        own = [month for month in months if month.value.startswith(year)]
        whole = translate("filters", "All of {year}").format(year=year)
        choices = [Choice(TermKind.DATE, year, whole, sum(month.pictures for month in own))]
        choices += [
            Choice(TermKind.DATE, month.value, value_words(TermKind.DATE, month.value), month.pictures)
            for month in own
        ]
        made.append(Group(tuple(choices), heading=year, is_apart=not made))
    return tuple(made)
