"""How one sequence of rows becomes another, in few steps, so that what is looked at keeps its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import ne

COMPARED_AT_MOST = 400  # rows; comparing is quadratic, and a larger difference is a new view anyway
EDITS_AT_MOST = 64
_AHEAD = 16  # rows; what moves is a picture or a stack


@dataclass(frozen=True, slots=True)
class Edit:
    """At ``start`` of the old sequence, ``removed`` rows go and ``inserted`` come in their place."""

    start: int
    removed: int
    inserted: tuple[str, ...]


def edits(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """The steps from ``old`` to ``new``, last place first, so that each can be applied as it is."""
    shorter = min(len(old), len(new))
    head = next(compress(count(), map(ne, old, new)), shorter)
    tail = min(shorter - head, next(compress(count(), map(ne, reversed(old), reversed(new))), shorter))
    before, after = tuple(old[head : len(old) - tail]), tuple(new[head : len(new) - tail])
    if not before and not after:
        return ()
    if not before or not after:
        return (Edit(head, len(before), after),)
    found = _by_membership(before, after) or _by_steps(before, after)
    if found is None and max(len(before), len(after)) <= COMPARED_AT_MOST:
        found = _by_comparison(before, after)
    if found is None or len(found) > EDITS_AT_MOST:
        return (Edit(head, len(before), after),)
    return tuple(Edit(head + edit.start, edit.removed, edit.inserted) for edit in found)


def removals(rows: Sequence[str], gone: Collection[str]) -> tuple[Edit, ...]:
    """The steps that take ``gone`` out of ``rows``, last place first: what stays keeps its rows."""
    return tuple(_runs_removed([row not in gone for row in rows]))


def _by_membership(before: Sequence[str], after: Sequence[str]) -> list[Edit] | None:
    """Only removals or only insertions, wherever they are; None when it is something else."""
    kept, wanted = set(before), set(after)
    if [key for key in before if key in wanted] == list(after):
        return _runs_removed([key in wanted for key in before])
    if [key for key in after if key in kept] == list(before):
        return _runs_inserted(after, kept)
    return None


def _runs_removed(stays: Sequence[bool]) -> list[Edit]:
    found: list[Edit] = []
    row = len(stays)
    while row > 0:
        end = row
        while row > 0 and not stays[row - 1]:
            row -= 1
        if row < end:
            found.append(Edit(row, end - row, ()))
        row -= 1
    return found


def _runs_inserted(after: Sequence[str], kept: set[str]) -> list[Edit]:
    found: list[Edit] = []
    run: list[str] = []
    place = 0
    for key in after:
        if key not in kept:
            run.append(key)
            continue
        if run:
            found.append(Edit(place, 0, tuple(run)))
            run = []
        place += 1
    if run:
        found.append(Edit(place, 0, tuple(run)))
    return found[::-1]


def _by_steps(before: Sequence[str], after: Sequence[str]) -> list[Edit] | None:
    """A few short runs that go and come, as where a picture moves to another place; None: it is not that."""
    found: list[Edit] = []
    old = new = 0
    while old < len(before) and new < len(after):
        same = next(compress(count(), map(ne, before[old:], after[new:])), None)
        if same is None:
            step = min(len(before) - old, len(after) - new)
            old, new = old + step, new + step
            break
        old, new = old + same, new + same
        ahead = _goes_on(before, old, after, new)
        if ahead is None or len(found) >= EDITS_AT_MOST:
            return None
        gone, come = ahead
        found.append(Edit(old, gone, tuple(after[new : new + come])))
        old, new = old + gone, new + come
    if old < len(before) or new < len(after):
        found.append(Edit(old, len(before) - old, tuple(after[new:])))
    return found[::-1]


def _goes_on(before: Sequence[str], old: int, after: Sequence[str], new: int) -> tuple[int, int] | None:
    """How many rows go or come before both are the same again for a while."""
    for ahead in range(1, _AHEAD + 1):
        if before[old + ahead : old + ahead + 2] == after[new : new + 2]:
            return ahead, 0
        if before[old : old + 2] == after[new + ahead : new + ahead + 2]:
            return 0, ahead
    return None


def _by_comparison(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    from difflib import SequenceMatcher  # late: nothing is compared at the start

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return [Edit(a0, a1 - a0, tuple(after[b0:b1])) for _, a0, a1, b0, b1 in reversed(codes)]
