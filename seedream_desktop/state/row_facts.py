"""What is known of each row of the gallery to arrange it; kept beside the ids, whatever comes and goes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import compress, repeat
from operator import ne, not_, or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.library.arranging import Facts
    from seedream_desktop.library.values import Picture

ASPECT_ONE = 1024  # a square, as ``library.arranging`` has it
_WORTH_UNKNOWN = 1
_NOT_ZERO = re.compile(rb"[^\0]")


class RowFacts:
    """Parallel rows of facts. What has not been read yet stands alone, square, on the day before it."""

    def __init__(self) -> None:
        self.is_by_date = False  # days are told
        self.is_stacked = True  # what belongs together is one stack
        self._begins = bytearray()  # 1: it begins a stack, or stands alone
        self._opened = bytearray()  # 1: its stack lies open
        self._days = array("I")
        self._aspects: Sequence[int] = array("H")  # an array once somebody asks
        self._worths = bytearray()  # for the cover of a stack, as ``worth_of`` has it
        self._day_rows: tuple[int, ...] | None = None  # where days begin; None: to be looked for
        self._shown_rows: Sequence[int] | None = None  # as above

    def __len__(self) -> int:
        return len(self._begins)

    @property
    def aspects(self) -> array[int]:
        """Width by height of every row, in 1 / ASPECT_ONE."""
        if not isinstance(self._aspects, array):
            self._aspects = array("H", self._aspects)
        return self._aspects

    @property
    def shown_rows(self) -> Sequence[int]:
        """The rows that can be seen."""
        if self._shown_rows is None:
            rows = range(len(self._begins))
            self._shown_rows = rows if self.stands_alone else array("I", compress(rows, self.shown))
        return self._shown_rows

    @property
    def shown(self) -> bytes:
        """1 for every row that can be seen: it begins a stack, stands alone, or its stack lies open."""
        if 1 not in self._opened:
            return bytes(self._begins)
        both = int.from_bytes(self._begins, "big") | int.from_bytes(self._opened, "big")
        return both.to_bytes(len(self._begins), "big")

    def shown_from(self, row: int, count: int) -> bytes:
        """The same for ``count`` rows from ``row`` on."""
        pairs = zip(self._begins[row : row + count], self._opened[row : row + count], strict=True)
        return bytes(begins | opened for begins, opened in pairs)

    def of(self, row: int) -> tuple[bool, int, int, int]:
        """Whether a row begins a stack or stands alone, its day, its shape, and its worth as a cover."""
        return bool(self._begins[row]), self._days[row], self._aspects[row], self._worths[row]

    def is_hidden(self, row: int) -> bool:
        """Whether a row lies in a closed stack, and not at its top."""
        return row < len(self._begins) and not (self._begins[row] or self._opened[row])

    @property
    def stands_alone(self) -> bool:
        """Whether no row is hidden in a stack."""
        return 0 not in self._begins

    def day(self, row: int) -> int:
        """The day of a row, as 20261122; 0: there are none in this order."""
        return self._days[row] if row < len(self._days) else 0

    def days(self) -> tuple[tuple[int, int], ...]:
        """The first row of each day, and the day."""
        if not self.is_by_date or not self._days:
            return ()
        if self._day_rows is None:
            self._day_rows = (0, *_changes(self._days))
        return tuple((row, self._days[row]) for row in self._day_rows)

    def stack(self, row: int) -> range:
        """The rows of the stack that ``row`` is in; one row alone is a stack of one."""
        start = self._begins.rfind(b"\x01", 0, row + 1)
        end = self._begins.find(b"\x01", row + 1)
        return range(max(0, start), end if end >= 0 else len(self._begins))

    def cover(self, row: int) -> int:
        """The row whose picture stands for ``row``: itself, or the cover of the closed stack it lies in.

        That is the best rated of it that is not rejected, else the first that is not, else the first.
        """
        rows = self.stack(row)
        if len(rows) < 2 or self.is_open(row):
            return row
        worths = self._worths[rows.start : rows.stop]
        return rows.start + worths.index(max(worths))

    def judge(self, row: int, picture: Picture) -> None:
        """Follow how the picture of ``row`` was judged."""
        self._worths[row] = worth_of(picture)

    def is_open(self, row: int) -> bool:
        """Whether the stack of ``row`` lies open."""
        return row < len(self._opened) and bool(self._opened[row])

    def set_open(self, row: int, is_open: bool) -> None:
        """Open or close the stack of ``row``."""
        rows = self.stack(row)
        self._shown_rows = None
        self._opened[rows.start : rows.stop] = bytes([is_open]) * len(rows)

    def opened(self, ids: Sequence[str]) -> set[str]:
        """Which of ``ids``, one for each row, are in stacks that lie open."""
        return set(compress(ids, self._opened)) if 1 in self._opened else set()

    def renew(self, facts: Facts | None, count: int, *, is_by_date: bool, is_stacked: bool) -> None:
        """Know only ``facts``, of the first of ``count`` rows."""
        self._day_rows = self._shown_rows = None
        self.is_by_date, self.is_stacked = is_by_date, is_stacked
        known = len(facts.begins) if facts is not None else 0
        rest = count - known
        begins, days, aspects, worths = facts if facts is not None else (b"", array("I"), array("H"), b"")
        self._begins = bytearray(begins) + bytearray(b"\x01" * rest)
        self._opened = bytearray(count)
        self._days = days + array("I", [days[-1] if days else 0]) * rest
        is_known_here = rest or isinstance(aspects, array)
        self._aspects = array("H", aspects) + array("H", [ASPECT_ONE]) * rest if is_known_here else aspects
        self._worths = bytearray(worths).ljust(count, bytes([_WORTH_UNKNOWN]))
        if is_by_date and any(day == 0 for _, day in self.days()):  # a picture that has just gone
            _fill(self._days)
            self._day_rows = None

    def open_again(self, ids: Sequence[str], opened: Collection[str]) -> None:
        """Open the stacks that hold one of ``opened``; ``ids`` are those of all rows."""
        if opened:
            for row in compress(range(len(ids)), map(opened.__contains__, ids)):
                self.set_open(row, is_open=True)

    def remove(self, start: int, count: int) -> None:
        """Rows go; what is left of a stack stays one."""
        self._day_rows = self._shown_rows = None
        begins_gone = 1 in self._begins[start : start + count]
        for kept in (self._begins, self._opened, self._days, self.aspects, self._worths):
            del kept[start : start + count]
        if begins_gone and start < len(self._begins):
            self._begins[start] = 1

    def insert(
        self, start: int, pictures: Sequence[Picture | None], before: str = "", after: str = ""
    ) -> None:
        """Rows come, between those of the presses ``before`` and ``after`` them, if these are known.

        Of a row that is not at hand nothing is known; within a stack it is taken for one of it.
        """
        self._day_rows = self._shown_rows = None
        known = [(place, one) for place, one in enumerate(pictures) if one is not None]
        is_within = 0 < start < len(self._begins) and not self._begins[start]
        if is_within:
            before = after = before or (known[0][1].press_id if known else "") or "?"
        presses = [before if is_within else ""] * len(pictures)
        days = array("I", [self._day_before(start)]) * len(pictures)
        aspects = array("H", [ASPECT_ONE]) * len(pictures)
        self._worths[start:start] = bytes(map(worth_of, pictures))
        for place, one in known:
            presses[place], aspects[place] = one.press_id, aspect_of(one)
            days[place] = day_of(one.made_ms) if self.is_by_date else 0
        self._days[start:start], self.aspects[start:start] = days, aspects
        self._insert_stacks(start, presses, before, after)
        if self.is_by_date and start == 0:
            self._calm(len(pictures))

    def _day_before(self, row: int) -> int:
        if not self.is_by_date or not self._days:
            return 0
        return self._days[max(0, row - 1)]

    def _insert_stacks(self, start: int, presses: Sequence[str], before: str, after: str) -> None:
        """What is of the same press as what stands beside it belongs to that stack, open or not."""
        end = start + len(presses)
        is_open = {before: start > 0 and self.is_open(start - 1), after: self.is_open(start)} | {"": False}
        self._opened[start:start] = bytes(map(is_open.get, presses, repeat(False)))
        others = map(ne, [*presses, after], [before, *presses])
        begins = bytes(map(or_, others, map(not_, [*presses, after])))
        if not self.is_stacked:
            begins = b"\x01" * len(begins)
        self._begins[start:start] = begins[:-1]
        if end < len(self._begins):
            self._begins[end] = begins[-1]

    def _calm(self, known: int) -> None:
        """Let the days fall or rise throughout: a clock that jumped must not make a day anew each time."""
        days = self._days
        if known < len(days) and days[known] > days[known - 1] and days[0] > days[-1]:
            days[:known] = array("I", [max(day, days[known]) for day in days[:known]])


def facts_of_rows(facts: Facts, count: int, *, is_by_date: bool, is_stacked: bool) -> RowFacts:
    """``facts`` of the first of ``count`` rows, ready to be shown. Any thread: 100,000 take 10 ms."""
    found = RowFacts()
    found.renew(facts, count, is_by_date=is_by_date, is_stacked=is_stacked)
    found.days()
    _ = found.shown_rows
    return found


def _changes(days: array[int]) -> Iterable[int]:
    """Where a day differs from the one before: told by the bytes that do, as 100,000 numbers take long."""
    size = days.itemsize
    one, other = (int.from_bytes(part, "little") for part in (days[1:].tobytes(), days[:-1].tobytes()))
    differs = (one ^ other).to_bytes(size * (len(days) - 1), "little")
    return dict.fromkeys(found.start() // size + 1 for found in _NOT_ZERO.finditer(differs))


def aspect_of(picture: Picture | None) -> int:
    """Width by height, in 1 / ASPECT_ONE; a square where it is not known."""
    if picture is None or picture.width_px <= 0 or picture.height_px <= 0:
        return ASPECT_ONE
    return max(1, min(0xFFFF, ASPECT_ONE * picture.width_px // picture.height_px))


def worth_of(picture: Picture | None) -> int:
    """For the cover of its stack, as ``library.arranging`` has it: 0 rejected, 1 not, 2 to 6 rated."""
    if picture is None:
        return _WORTH_UNKNOWN
    return 0 if picture.rejected else 1 + min(picture.rating, 5)


def day_of(time_ms: int) -> int:
    """The day of a moment, local time, as 20261122; 0 for one that no calendar has."""
    try:
        day = datetime.fromtimestamp(time_ms / 1000)  # noqa: DTZ006 - the designer's own day
    except (OverflowError, ValueError, OSError):
        return 0
    return day.year * 10_000 + day.month * 100 + day.day


def _fill(days: array[int]) -> None:
    """Give every row without a day that of the row before."""
    for row in range(1, len(days)):
        days[row] = days[row] or days[row - 1]
