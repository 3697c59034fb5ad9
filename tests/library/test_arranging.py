"""What is known of all pictures of a query: shapes always, days and stacks where they stand by date."""

from __future__ import annotations

import time
from array import array
from datetime import datetime
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library import arranging
from seedream_desktop.library.arranging import ASPECT_ONE
from seedream_desktop.library.gathering import gathered
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Order, Query, place_stands_by_date
from seedream_desktop.state.row_facts import worth_of
from tests.library.conftest import Bench

DAY_MS = 86_400_000


def add_press(bench: Bench, library: Library, press_id: str, numbers: range, pressed_ms: int) -> None:
    for index, number in enumerate(numbers):
        made = bench.new(number, press_id=press_id, press_index=index, pressed_ms=pressed_ms)
        library.add(made)


def test_pictures_of_one_press_that_stand_together_are_a_stack(bench: Bench, library: Library) -> None:
    now_ms = time.time_ns() // 1_000_000
    add_press(bench, library, "first", range(3), now_ms - 2000)
    add_press(bench, library, "", range(3, 5), now_ms - 1000)
    add_press(bench, library, "last", range(5, 7), now_ms)
    ids = library.ids(Query())
    assert list(library.arranging.facts(ids, is_by_date=True, is_stacked=True).begins) == [
        1,
        0,
        1,
        1,
        1,
        0,
        0,
    ]
    assert list(library.arranging.facts(ids, is_by_date=False, is_stacked=False).begins) == [1] * 7


def test_a_day_is_the_day_of_the_press_on_this_computer(bench: Bench, library: Library) -> None:
    now_ms = time.time_ns() // 1_000_000
    add_press(bench, library, "today", range(1), now_ms)
    add_press(bench, library, "long ago", range(1, 2), now_ms - 400 * DAY_MS)
    facts = library.arranging.facts(library.ids(Query()), is_by_date=True, is_stacked=True)
    days = (datetime.fromtimestamp(at_ms / 1000) for at_ms in (now_ms, now_ms - 400 * DAY_MS))  # noqa: DTZ006
    assert list(facts.days) == [int(f"{day:%Y%m%d}") for day in days]


def test_a_shape_is_the_width_by_the_height(bench: Bench, library: Library) -> None:
    add_press(bench, library, "press", range(1), 1)
    facts = library.arranging.facts(library.ids(Query()), is_by_date=False, is_stacked=False)
    assert list(facts.aspects) == [ASPECT_ONE * 30 // 20]


def test_what_is_read_in_parts_is_the_same(
    bench: Bench, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_press(bench, library, "one", range(5), 1000)
    add_press(bench, library, "two", range(5, 9), 500)
    ids = library.ids(Query())
    whole = library.arranging.facts(ids, is_by_date=True, is_stacked=True)
    monkeypatch.setattr(arranging, "_AT_ONCE", 2)
    assert library.arranging.facts(ids, is_by_date=True, is_stacked=True) == whole


def test_a_picture_that_has_just_gone_does_not_shift_the_others(bench: Bench, library: Library) -> None:
    add_press(bench, library, "one", range(2), 1000)
    first, second = library.ids(Query())
    facts = library.arranging.facts((first, "Inbox/gone.png", second), is_by_date=True, is_stacked=True)
    assert list(facts.begins) == [1, 1, 1]
    assert facts.days[1] == 0
    assert facts.days[0] == facts.days[2]


@pytest.mark.parametrize("order", [Order.RATING, Order.NAME])
@pytest.mark.parametrize("text", ["", "model:lite"])
def test_a_stack_stands_where_the_first_of_its_pictures_would(
    bench: Bench, library: Library, order: Order, text: str
) -> None:
    presses = {"one": range(3), "two": range(3, 5), "": range(5, 8)}
    for press_id, numbers in presses.items():
        add_press(bench, library, press_id, numbers, 1000)
    shown = library.ids(Query())
    press_of = {picture.id: picture.press_id for picture in library.pictures(shown)}
    best, good = (next(one for one in shown if press_of[one] == press) for press in ("two", ""))
    library.mark([best], rating=5)
    library.mark([good], rating=4)
    library.mark([next(one for one in shown if press_of[one] == "one")], rating=3)
    ids = library.ids(Query(order=order, text=text))
    assert sorted(ids) == sorted(shown)
    if order is Order.RATING:
        assert [press_of[one] for one in ids[:6]] == ["two", "two", "", "one", "one", "one"]
        assert (ids[0], ids[2]) == (best, good)
    begins = library.arranging.facts(ids, is_by_date=False, is_stacked=True).begins
    assert len(ids) - sum(begins) == 3


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST, Order.RATING, Order.NAME, Order.BY_HAND])
@pytest.mark.parametrize("text", ["", "model:lite", "#2 | -#3", "-#4", "-rating:5"])
def test_a_search_brings_along_what_would_be_read_of_its_pictures(
    bench: Bench, library: Library, order: Order, text: str
) -> None:
    for number, press_id in enumerate(["one", "", "two", "a,b"]):
        numbers = range(3 * number, 3 * number + 3)
        add_press(bench, library, press_id, numbers, 1_790_000_000_000 + number * DAY_MS)
    shown = library.ids(Query())
    library.trash([shown[4]])  # its number stays free
    library.mark([shown[0], shown[7]], rating=5)
    board = library.boards()[0].id
    for query in (Query(order=order, text=text), Query(order=order, text=text, board_id=board)):
        library.lookup.prepare(query)
        ids, facts = library.arranged_ids(query)
        assert tuple(ids) == library.ids(query)
        assert facts is not None or order is Order.BY_HAND
        for is_by_date, is_stacked in ((place_stands_by_date(query), True), (False, False)):
            expected = library.arranging.facts(ids, is_by_date=is_by_date, is_stacked=is_stacked)
            known = facts and facts.arranged(is_by_date=is_by_date, is_stacked=is_stacked)
            assert known is None or known._replace(aspects=array("H", known.aspects)) == expected


@pytest.mark.parametrize("query", [Query(), Query(order=Order.OLDEST), Query(order=Order.NAME)])
def test_what_is_read_to_arrange_a_place_is_kept_for_who_searches_there(
    bench: Bench, library: Library, query: Query
) -> None:
    add_press(bench, library, "one", range(3), 1_790_000_000_000)
    add_press(bench, library, "", range(3, 6), 1_790_000_000_000 + DAY_MS)
    ids = library.ids(query)
    by_date = place_stands_by_date(query)
    expected = library.arranging.facts(ids, is_by_date=by_date, is_stacked=True)
    for asked in (ids, ids[1:]):
        found = library.arranging.facts(asked, is_by_date=by_date, is_stacked=True, query=query)
        assert (len(asked) < len(ids)) or found._replace(aspects=array("H", found.aspects)) == expected
        assert [*found.aspects] == [*expected.aspects[-len(asked) :]]
    assert all(place.is_ready for place in library.lookup._kept.places.values())


def test_nothing_found_has_no_facts(library: Library) -> None:
    library.lookup.prepare(Query())
    ids, facts = library.arranged_ids(Query(text="nothing"))
    assert facts is not None
    assert (len(ids), *map(len, facts)) == (0, 0, 0, 0, 0)


def test_a_first_look_does_not_wait_for_what_is_known_of_all(bench: Bench, library: Library) -> None:
    add_press(bench, library, "one", range(2), 1000)
    assert library.arranged_ids(Query())[1] is None


@given(st.lists(st.integers(0, 5), max_size=60))
def test_gathering_keeps_the_order_of_the_first_and_within_a_press(presses: list[int]) -> None:
    ids = [str(number) for number in range(len(presses))]
    found = [int(one) for one in gathered(ids, presses)]
    assert sorted(found) == list(range(len(presses)))
    groups = [
        list(group) for _, group in groupby(found, key=lambda one: (presses[one], one * (not presses[one])))
    ]
    assert all(group == sorted(group) for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert len(groups) == len(set(presses) - {0}) + presses.count(0)


def test_how_a_picture_was_judged_says_what_it_is_worth_as_a_cover(bench: Bench, library: Library) -> None:
    add_press(bench, library, "one", range(4), 1000)
    ids = library.ids(Query())
    library.mark([ids[0]], rejected=True)
    library.mark([ids[1]], rating=1)
    library.mark([ids[2]], rating=5)
    asked = (*ids, "Inbox/gone.png")
    facts = library.arranging.facts(asked, is_by_date=False, is_stacked=True)
    pictures = library.pictures(ids)
    assert list(facts.worths) == [*map(worth_of, pictures), worth_of(None)] == [0, 2, 6, 1, 1]
