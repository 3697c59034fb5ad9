"""Pictures of one press, brought together where the first of them stands, so that they can be one stack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import TypeVar

One = TypeVar("One")


def gathered(ids: Sequence[One], presses: Iterable[int]) -> tuple[One, ...]:
    """``ids`` with those of one press right behind its first; apart from that the order stays.

    ``presses`` are above 0, or 0 for what is of none.
    """
    return grouped(ids, (press or alone for press, alone in zip(presses, count(-1, -1), strict=False)))


def grouped(ids: Iterable[One], presses: Iterable[int]) -> tuple[One, ...]:
    """The same where each that is of none has a number of its own."""
    groups: dict[int, list[One]] = {}
    for one, press in zip(ids, presses, strict=True):
        if (group := groups.get(press)) is not None:
            group.append(one)
        else:
            groups[press] = [one]
    return tuple(chain.from_iterable(groups.values()))
