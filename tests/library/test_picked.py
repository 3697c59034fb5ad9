"""What is picked out of a row can be looked at like a copy of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.picked import Picked

MARKS = st.lists(st.sampled_from((0, 0, 0, 1)), max_size=700).map(bytes)


@given(MARKS, st.integers(-400, 400), st.integers(-400, 400), st.sampled_from((1, 1, 2, -1)))
def test_it_is_like_a_copy(marks: bytes, start: int, stop: int, step: int) -> None:
    values = tuple(f"picture {number}" for number in range(len(marks)))
    copy = tuple(value for value, mark in zip(values, marks, strict=True) if mark)
    picked = Picked(values, marks)
    assert tuple(picked) == copy
    assert [picked[number] for number in range(-len(picked), len(picked))] == [*copy, *copy]
    assert picked[start:stop:step] == copy[start:stop:step]
    assert [picked.index(value) for value in copy] == [*range(len(copy))]
    assert [value in picked for value in values] == [bool(mark) for mark in marks]


@pytest.mark.parametrize("number", [-3, 2, 100])
def test_there_is_nothing_beyond_its_ends(number: int) -> None:
    with pytest.raises(IndexError):
        Picked("abcd", b"\0\1\1\0")[number]


def test_what_is_not_picked_has_no_place() -> None:
    picked = Picked("abcd", b"\0\1\1\0")
    for absent in "ax":
        with pytest.raises(ValueError, match=r"."):
            picked.index(absent)
