"""All rows at once give what each by itself would."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.known_rows import RANKS, AllKnown
from seedream_desktop.library.place_rows import PlaceRows, Stacks, day_runs

PRESSES = st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=40)
A_YEAR_S = 366 * 86_400
NOW_S = 1_795_000_000


def in_runs(pressed: list[tuple[int, bool]]) -> tuple[list[int], bytes]:
    """A press for each row, those of one beside each other, and which rows are picked."""
    presses = [number for number, (size, _) in enumerate(pressed, 1) for _ in range(size)]
    picked = [(number * 7 + row) % 3 > 0 if is_mixed else False for number, (size, is_mixed) in
              enumerate(pressed) for row in range(size)]  # fmt: skip
    return presses, bytes(picked)


@given(PRESSES)
def test_of_each_stack_the_first_that_is_picked_begins_it(pressed: list[tuple[int, bool]]) -> None:
    presses, picked = in_runs(pressed)
    stacks = Stacks(presses)
    begun = stacks.begun(int.from_bytes(picked, "little")).to_bytes(len(picked), "little")
    rows = [row for row, mark in enumerate(picked) if mark]
    expected = [next(group) for _, group in groupby(rows, key=presses.__getitem__)]
    assert [row for row, mark in enumerate(begun) if mark] == expected
    assert stacks.lie_together


@given(st.lists(st.integers(1, 4), max_size=20))
def test_a_press_that_lies_in_two_parts_is_noticed(presses: list[int]) -> None:
    parts = [press for press, _ in groupby(presses)]
    assert Stacks(presses).lie_together == (len(parts) == len(set(parts)))


@given(st.lists(st.integers(NOW_S - A_YEAR_S, NOW_S), max_size=60), st.booleans())
def test_runs_of_days_say_the_day_of_every_row(moments_s: list[int], is_falling: bool) -> None:
    moments_s.sort(reverse=is_falling)
    days = [day for start, stop, day in day_runs(moments_s) for _ in range(start, stop)]
    assert days == [int(f"{datetime.fromtimestamp(at_s):%Y%m%d}") for at_s in moments_s]  # noqa: DTZ006


def test_a_moment_that_no_calendar_has_is_of_no_day() -> None:
    assert [run[2] for run in day_runs([1 << 62, 1 << 61, NOW_S])][:2] == [0, 0]


@given(PRESSES, st.data())
def test_what_is_picked_at_once_is_what_is_picked_one_by_one(
    pressed: list[tuple[int, bool]], data: st.DataObject
) -> None:
    presses, picked = in_runs(pressed)
    count = len(presses)
    ranks = data.draw(st.lists(st.sampled_from(RANKS), min_size=count, max_size=count))
    rows = PlaceRows(tuple(f"picture {row}" for row in range(count)))
    known = SimpleNamespace(
        presses=presses, ranks=ranks, aspects=[row + 1 for row in range(count)], placed_s=[NOW_S] * count
    )
    rows.learn(range(count), cast("AllKnown", known), is_by_date=False)
    ids, facts = rows.chosen(picked)
    same_ids, same_facts = rows.nearest(picked, range(count))
    assert facts is not None
    assert same_facts is not None
    assert tuple(ids) == tuple(same_ids)
    assert facts._replace(aspects=()) == same_facts._replace(aspects=())
    assert tuple(facts.aspects) == tuple(same_facts.aspects)
    worths = [max(0, 7 - ranks[row]) if ranks[row] <= 6 else 0 for row in range(count) if picked[row]]
    assert [*facts.worths] == worths


@given(st.lists(st.sampled_from(RANKS), max_size=40))
def test_by_rank_the_best_stand_first_and_equals_as_before(ranks: list[int]) -> None:
    count = len(ranks)
    rows = PlaceRows(tuple(map(str, range(count))))
    known = SimpleNamespace(presses=range(count), ranks=ranks, aspects=[1] * count, placed_s=[0] * count)
    rows.learn(range(count), cast("AllKnown", known), is_by_date=True)
    assert rows.by_rank().ids == tuple(map(str, sorted(range(count), key=ranks.__getitem__)))
