"""Any sequence of rows becomes any other, by steps that can be applied one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.state.row_edits import EDITS_AT_MOST, Edit, edits, removals

keys = st.lists(st.integers(0, 40).map(str), unique=True, max_size=30)


def applied(old: Sequence[str], steps: Sequence[Edit]) -> list[str]:
    rows = list(old)
    for step in steps:
        assert 0 <= step.start <= step.start + step.removed <= len(rows)
        rows[step.start : step.start + step.removed] = step.inserted
    return rows


@given(keys, keys)
def test_the_steps_lead_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    assert applied(old, edits(old, new)) == new


@given(keys, st.sets(st.integers(0, 40).map(str)))
def test_however_many_go_only_they_do(old: list[str], gone: set[str]) -> None:
    steps = removals(old, gone)
    assert applied(old, steps) == [key for key in old if key not in gone]
    assert sum(step.removed for step in steps) == len(gone & set(old))


@given(keys, st.data())
def test_what_stays_is_never_touched_when_rows_only_go_or_only_come(
    old: list[str], data: st.DataObject
) -> None:
    fewer = [key for key in old if data.draw(st.booleans())]
    assert sum(step.removed for step in edits(old, fewer)) == len(old) - len(fewer)
    assert sum(len(step.inserted) for step in edits(fewer, old)) == len(old) - len(fewer)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", ()),
        ("abc", "xabc", (Edit(0, 0, ("x",)),)),
        ("abc", "ac", (Edit(1, 1, ()),)),
        ("abcd", "axcy", (Edit(3, 1, ("y",)), Edit(1, 1, ("x",)))),
    ],
)
def test_small_changes_are_small_steps(old: str, new: str, expected: tuple[Edit, ...]) -> None:
    assert edits(old, new) == expected


def test_a_great_difference_is_one_step() -> None:
    old = [str(number) for number in range(10_000)]
    new = old[::2]
    assert edits(old, new) == (Edit(1, 9_999, tuple(new[1:])),)
    assert len(edits(old, new)) <= EDITS_AT_MOST


@given(st.integers(100, 3000), st.data())
def test_a_picture_or_a_stack_that_moves_far_is_two_small_steps(count: int, data: st.DataObject) -> None:
    old = [str(number) for number in range(count)]
    start, size = data.draw(st.integers(0, count - 20)), data.draw(st.integers(1, 16))
    moved, rest = old[start : start + size], old[:start] + old[start + size :]
    target = data.draw(st.integers(0, len(rest)))
    new = [*rest[:target], *moved, *rest[target:]]
    steps = edits(old, new)
    assert applied(old, steps) == new
    assert sum(step.removed for step in steps) <= 2 * size + abs(target - start) % (size + 1)
