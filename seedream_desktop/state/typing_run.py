"""What is typed in one go: how much of it one undo takes back, told by the texts before and after alone."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_LONG = 30  # characters: from then on a new word is a step of its own


class Change(NamedTuple):
    """What made one text out of another: ``removed`` characters at ``start`` gave way to ``added``."""

    start: int
    removed: int
    added: str


class TypingRun(NamedTuple):
    """Typing that may go on: where the next letter would stand, and how many were written or taken away."""

    end: int
    length: int
    is_writing: bool


def change_between(before: str, after: str) -> Change:
    """The shortest change, as far to the left as it may stand."""
    most = min(len(before), len(after))
    tail = _same(before[::-1], after[::-1], most)
    head = _same(before, after, most - tail)
    return Change(head, len(before) - head - tail, after[head : len(after) - tail])


def typed_on(run: TypingRun | None, before: str, after: str) -> tuple[TypingRun | None, bool]:
    """The run as it stands after a change, and whether that change goes on with ``run``.

    A run ends where a sentence or its part does, where a new word begins once it is long, where somebody
    writes elsewhere, and where words come in a block: pasted or completed.
    """
    change = change_between(before, after)
    if not change.added:
        return _taken_away(run, change)
    if (change.removed and len(change.added) > 1) or _is_block(change.added):
        return None, False
    if run is not None and run.is_writing and not change.removed:
        start = run.end if _stands_at(run.end, change, before, after) else change.start
        if start == run.end and not _begins_anew(run, before[:start], change.added):
            return TypingRun(start + len(change.added), run.length + len(change.added), True), True
        return TypingRun(start + len(change.added), len(change.added), True), False
    return TypingRun(change.start + len(change.added), len(change.added), True), False


def _taken_away(run: TypingRun | None, change: Change) -> tuple[TypingRun, bool]:
    is_beside = run is not None and run.end in {change.start, change.start + change.removed}
    goes_on = run is not None and not run.is_writing and is_beside and change.removed == 1
    return TypingRun(change.start, change.removed, is_writing=False), goes_on


def _stands_at(end: int, change: Change, before: str, after: str) -> bool:
    """Whether the same letters may as well have been written there: the second ``l`` of ``hello``."""
    count = len(change.added)
    return before[:end] == after[:end] and before[end:] == after[end + count :]


def _begins_anew(run: TypingRun, written: str, added: str) -> bool:
    if not written or added[0].isspace():
        return False
    last = written[-1]
    if last == "\n":
        return True
    is_part_over = _is_sign(written.rstrip(" \u3000")[-1:])
    if last.isspace():
        return is_part_over or run.length >= _LONG
    return is_part_over and not _is_sign(added[0]) and ord(last) > 0x2000  # 。 needs no blank behind it


def _is_sign(character: str) -> bool:
    return (bool(character) and character in ".,;:!?") or unicodedata.category(character or " ") == "Po"


def _is_block(added: str) -> bool:
    return len(added) > 1 and any(character.isspace() for character in added)


def _same(one: str, other: str, most: int) -> int:
    """How many characters both begin with, at most ``most``; by halves, as each look is quick."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
