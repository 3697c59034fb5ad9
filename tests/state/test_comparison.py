"""What is compared follows what happens to the pictures, and who is active."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedream_desktop.library.values import Picture
from seedream_desktop.state.comparison import Comparison
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.run_off import Verdict
from tests.gallery_stage import a_picture


def of(count: int) -> Comparison:
    comparison = Comparison()
    comparison.begin(tuple(a_picture(number) for number in range(count)))
    return comparison


@pytest.fixture
def pictures() -> tuple[Picture, ...]:
    return tuple(a_picture(number) for number in range(6))


def test_four_are_compared_and_more_run_off() -> None:
    assert len(of(4).pictures) == 4
    assert of(4).run_off is None
    assert len(of(5).pictures) == 2
    assert of(5).run_off is not None


def test_swapping_takes_the_active_one_along(pictures: tuple[Picture, ...]) -> None:
    comparison = of(3)
    comparison.swap()
    assert comparison.pictures == (pictures[1], pictures[0], pictures[2])
    assert comparison.active_picture == pictures[0]
    comparison.activate(2)
    comparison.swap()
    assert comparison.pictures == (pictures[2], pictures[0], pictures[1])


def test_another_takes_the_place_of_the_active_one(pictures: tuple[Picture, ...]) -> None:
    comparison = of(2)
    comparison.activate(1)
    comparison.put(pictures[5])
    assert comparison.pictures == (pictures[0], pictures[5])
    comparison.put(pictures[0])
    assert comparison.active == 0
    assert comparison.pictures == (pictures[0], pictures[5])


def test_one_more_is_added_or_taken_away_and_two_stay(pictures: tuple[Picture, ...]) -> None:
    comparison = of(2)
    for number in (2, 3, 4):
        comparison.add(pictures[number])
    assert comparison.pictures == pictures[:4]
    for number in (0, 1, 2):
        comparison.add(pictures[number])
    assert comparison.pictures == pictures[2:4]


def test_a_rating_and_a_new_name_are_followed(pictures: tuple[Picture, ...]) -> None:
    comparison = of(2)
    rated, renamed = replace(pictures[0], rating=5), replace(pictures[1], id="Inbox/other.png")
    comparison.apply_change(LibraryChange(changed=(rated,)))
    comparison.apply_change(LibraryChange(added=(renamed,), removed=(pictures[1].id,)))
    assert comparison.pictures == (rated, renamed)
    again = replace(renamed, rating=1)
    comparison.apply_change(LibraryChange(changed=(again,)))
    assert comparison.pictures == (rated, again)


def test_what_is_gone_leaves_and_one_alone_is_no_comparison(pictures: tuple[Picture, ...]) -> None:
    comparison, ended = of(3), list[None]()
    comparison.ended.connect(lambda: ended.append(None))
    comparison.apply_change(LibraryChange(removed=(pictures[0].id,)))
    assert comparison.pictures == pictures[1:3]
    assert not ended
    comparison.apply_change(LibraryChange(removed=(pictures[1].id,)))
    assert len(ended) == 1
    assert comparison.pictures == ()


@pytest.mark.parametrize(("gone", "left"), [(0, (1, 2)), (1, (0, 2)), (3, (0, 1))])
def test_in_a_run_off_who_is_gone_is_beaten(
    pictures: tuple[Picture, ...], gone: int, left: tuple[int, int]
) -> None:
    comparison = of(6)
    comparison.apply_change(LibraryChange(removed=(pictures[gone].id,)))
    assert comparison.pictures == tuple(pictures[number] for number in left)
    seen = {comparison.pictures[1].id}
    while comparison.run_off is not None and not comparison.run_off.is_over:
        comparison.decide(Verdict.LOST)
        seen |= {picture.id for picture in comparison.pictures}
    assert gone == 3 or pictures[5].id in seen
    assert gone != 3 or pictures[3].id not in seen


def test_the_next_challenger_is_known_before_its_turn(pictures: tuple[Picture, ...]) -> None:
    comparison = of(5)
    assert comparison.upcoming == (pictures[2],)
    for _ in range(3):
        comparison.decide(Verdict.LOST)
    assert not comparison.upcoming


def test_a_step_back_names_who_was_rejected(pictures: tuple[Picture, ...]) -> None:
    comparison = of(5)
    comparison.decide(Verdict.REJECTED)
    step = comparison.take_back()
    assert step is not None
    assert (step[0].verdict, step[1]) == (Verdict.REJECTED, pictures[1])
    assert comparison.take_back() is None
