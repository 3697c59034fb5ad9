"""Days, stacks and shapes of rows stay right while rows come and go."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.arranging import Facts
from seedream_desktop.state.row_facts import ASPECT_ONE, RowFacts
from tests.gallery_stage import a_picture


def facts_of(begins: list[int], days: list[int] | None = None) -> RowFacts:
    facts = RowFacts()
    known = Facts(
        bytes(begins), array("I", days or [20261122] * len(begins)), array("H", [1024] * len(begins))
    )
    facts.renew(known, len(begins), is_by_date=True, is_stacked=True)
    return facts


def stacks(facts: RowFacts) -> list[int]:
    found, row = [], 0
    while row < len(facts):
        found.append(len(facts.stack(row)))
        row = facts.stack(row).stop
    return found


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30), st.data())
def test_what_is_left_of_a_stack_stays_one(sizes: list[int], data: st.DataObject) -> None:
    facts = facts_of([int(one == 0) for size in sizes for one in range(size)])
    start = data.draw(st.integers(0, len(facts) - 1))
    count = data.draw(st.integers(1, len(facts) - start))
    owner = [number for number, size in enumerate(sizes) for _ in range(size)]
    del owner[start : start + count]
    facts.remove(start, count)
    assert stacks(facts) == [owner.count(number) for number in sorted(set(owner))]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=20), st.data())
def test_what_went_and_comes_back_stands_in_its_stack_again(sizes: list[int], data: st.DataObject) -> None:
    facts = facts_of([int(one == 0) for size in sizes for one in range(size)])
    owner = [f"press {number}" for number, size in enumerate(sizes) for _ in range(size)]
    opened = data.draw(st.integers(0, len(owner) - 1))
    facts.set_open(opened, is_open=True)
    start = data.draw(st.integers(0, len(owner) - 1))
    count = data.draw(st.integers(1, len(owner) - start))
    whole = {one for one in owner if one not in owner[:start] + owner[start + count :]}
    facts.remove(start, count)
    rest = owner[:start] + owner[start + count :]
    beside = ["", *rest, ""][start : start + 2]
    facts.insert(start, [a_picture(0, press_id=one) for one in owner[start : start + count]], *beside)
    assert stacks(facts) == sizes
    if owner[opened] not in whole:
        assert [facts.is_open(row) for row in range(len(owner))] == [one == owner[opened] for one in owner]


def test_a_row_that_comes_into_a_stack_unread_belongs_to_it_until_more_is_known() -> None:
    facts = facts_of([1, 1, 0, 1])
    facts.insert(2, [None])
    assert stacks(facts) == [1, 3, 1]


def test_pictures_of_one_press_that_arrive_together_are_a_stack() -> None:
    facts = facts_of([1, 0, 1])
    facts.insert(0, [a_picture(n, press_id="new") for n in range(3)])
    assert stacks(facts) == [3, 2, 1]


def test_an_open_stack_shows_all_its_rows_and_stays_open_by_its_pictures() -> None:
    facts = facts_of([1, 1, 0, 0, 1])
    facts.set_open(2, is_open=True)
    assert facts.shown == bytes([1, 1, 1, 1, 1])
    opened = facts.opened(list("abcde"))
    assert opened == {"b", "c", "d"}
    facts.renew(
        Facts(bytes([1, 0, 0, 1]), array("I", [1] * 4), array("H", [1024] * 4)),
        4,
        is_by_date=True,
        is_stacked=True,
    )
    facts.open_again(list("bcde"), opened)
    assert [facts.is_open(row) for row in range(4)] == [True, True, True, False]


def test_each_day_begins_where_its_first_picture_stands() -> None:
    facts = facts_of([1] * 5, [20261122, 20261122, 20261120, 20261119, 20261119])
    assert facts.days() == ((0, 20261122), (2, 20261120), (3, 20261119))
    facts.remove(2, 1)
    assert facts.days() == ((0, 20261122), (2, 20261119))


def test_what_is_not_known_yet_stands_alone_on_the_day_before_it() -> None:
    facts = RowFacts()
    facts.renew(
        Facts(bytes([1, 0]), array("I", [5, 5]), array("H", [1024, 2048])),
        4,
        is_by_date=True,
        is_stacked=True,
    )
    assert stacks(facts) == [2, 1, 1]
    assert facts.days() == ((0, 5),)
    assert list(facts.aspects) == [1024, 2048, 1024, 1024]


def test_without_an_order_by_date_there_are_no_days() -> None:
    facts = RowFacts()
    facts.renew(Facts(b"\x01", array("I", [0]), array("H", [1024])), 1, is_by_date=False, is_stacked=False)
    assert facts.days() == ()


@given(st.lists(st.integers(1, 0xFFFFFFFF), min_size=1, max_size=40).map(sorted))
def test_a_day_begins_where_it_differs_from_the_one_before(days: list[int]) -> None:
    count = len(days)
    facts = RowFacts()
    known = Facts(b"\1" * count, array("I", days), array("H", [ASPECT_ONE] * count))
    facts.renew(known, count, is_by_date=True, is_stacked=True)
    expected = [row for row in range(count) if row == 0 or days[row] != days[row - 1]]
    assert facts.days() == tuple((row, days[row]) for row in expected)


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=6), min_size=1, max_size=9), st.data())
def test_the_cover_is_the_best_of_its_stack_whatever_goes(
    stacked: list[list[int]], data: st.DataObject
) -> None:
    begins = [int(one == 0) for stack in stacked for one in range(len(stack))]
    worths = [worth for stack in stacked for worth in stack]
    count = len(worths)
    facts = RowFacts()
    known = Facts(bytes(begins), array("I", [1] * count), array("H", [1024] * count), bytes(worths))
    facts.renew(known, count, is_by_date=True, is_stacked=True)
    gone = data.draw(st.integers(0, count - 1))
    facts.remove(gone, 1)
    del worths[gone]
    for row in range(len(facts)):
        stack = facts.stack(row)
        assert facts.cover(row) == max(stack, key=lambda one: (worths[one], -one))
