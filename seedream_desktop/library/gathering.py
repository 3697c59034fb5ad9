"""Pictures of one press, brought together where the first of them stands, so that they can be one stack."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")


def numbered(joined: bytes) -> array[int]:
    """A number for each of the presses in ``joined``, which has commas between; 0: of none."""
    numbers = {b"": 0}
    return array("I", (numbers.setdefault(press, len(numbers)) for press in joined.split(b",")))


def gathered(ids: Sequence[One], presses: Sequence[int]) -> tuple[One, ...]:
    """``ids`` with those of one press right behind its first; apart from that the order stays."""
    first: dict[int, int] = {}
    places = [first.setdefault(press, place) if press else place for place, press in enumerate(presses)]
    return tuple(ids[place] for place in sorted(range(len(places)), key=places.__getitem__))
