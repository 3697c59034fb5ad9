"""Some of a row of values, each found when it is asked for: to copy 100,000 takes longer than to find one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, islice
from typing import Any, TypeVar, overload

One = TypeVar("One")
_BLOCK = 128  # rows that are counted together


class Picked(Sequence[One]):
    """The values whose marks are 1, in their order."""

    __slots__ = ("_before", "_marks", "_values")

    def __init__(self, values: Sequence[One], marks: bytes) -> None:
        """``marks``: a byte for each of ``values``, 0 or 1."""
        self._values, self._marks = values, marks
        blocks = range(0, len(marks), _BLOCK)
        counts = (marks.count(1, start, start + _BLOCK) for start in blocks)
        self._before = (0, *accumulate(counts))  # how many stand before each block

    def __len__(self) -> int:
        """How many are picked."""
        return self._before[-1]

    def __iter__(self) -> Iterator[One]:
        """All of them."""
        return compress(self._values, self._marks)

    @overload
    def __getitem__(self, number: int) -> One: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[One]: ...

    def __getitem__(self, number: int | slice) -> One | Sequence[One]:
        """One of them, or some that stand beside each other. Raises IndexError."""
        if isinstance(number, int):
            if not -len(self) <= number < len(self):
                raise IndexError(number)
            return self._values[self._place(number % len(self))]
        start, stop, step = number.indices(len(self))
        if step != 1 or start >= stop:
            return tuple(self)[number]
        first, last = self._place(start), self._place(stop - 1)
        return tuple(compress(self._values[first : last + 1], self._marks[first : last + 1]))

    def __contains__(self, value: object) -> bool:
        """Whether it is one of them."""
        try:
            self.index(value)
        except ValueError:
            return False
        return True

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The how manieth it is, from 0; no value is there twice. Raises ValueError."""
        place = self._values.index(value)
        block = place // _BLOCK
        number = self._before[block] + self._marks.count(1, block * _BLOCK, place)
        if not self._marks[place] or number not in range(len(self))[start:stop]:
            raise ValueError("not picked")
        return number

    def _place(self, number: int) -> int:
        """Where among all values one of them stands."""
        block = bisect_right(self._before, number) - 1
        start = block * _BLOCK
        marks = self._marks[start : start + _BLOCK]
        return next(islice(compress(range(start, start + _BLOCK), marks), number - self._before[block], None))
