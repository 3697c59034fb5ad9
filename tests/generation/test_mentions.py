"""A prompt goes on meaning the same references when they change their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.mentions import (
    after_insertion,
    after_move,
    after_removal,
    inverse,
    mention_of,
    mentions,
    renumbered,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the cat of image 1 beside Image #2", [1, 2]),
        ("IMAGE 3, image4 and image\u00a05.", [3, 4, 5]),
        ("把图1的猫放到图片 2里，参考图3，图像４", [1, 2, 3, 4]),
        ("image 14", [14]),
        ("image 01", [1]),
        ("preimage 1, images 2, image 4k, image 1.5, image 100, 图2K画质, image 0, image", []),
        ("an image 2, 3", [2]),
        ("构图1:1，地图1，生成图4张，图片 3 张，图1：1", []),
        ("image 2: the cat, 图1：猫", [2, 1]),
        ("image 99999999999999999999", []),
    ],
)
def test_what_speaks_of_a_reference(text: str, numbers: list[int]) -> None:
    assert [one.number for one in mentions(text)] == numbers


def test_a_mention_says_where_it_stands() -> None:
    (one,) = mentions("of image 12.")
    assert "of image 12."[one.start : one.end] == "image 12"
    assert "of image 12."[one.number_start : one.end] == "12"


def test_words_stay_as_they_were_written() -> None:
    text = "IMAGE #1, 图片 2, image\u00a03, 图４"
    assert renumbered(text, {1: 3, 2: 1, 3: 2, 4: 10}) == "IMAGE #3, 图片 1, image\u00a02, 图１０"
    assert renumbered(text, {}) == text


def test_what_spoke_of_a_removed_reference_speaks_of_one_that_is_not_there() -> None:
    assert renumbered("image 1 in image 2 by image 3", after_removal(3, 1)) == "image 1 in image 3 by image 2"


def test_what_is_put_at_the_end_changes_no_number() -> None:
    assert after_insertion(3, 3, 2) == {}
    assert renumbered("image 1, image 2, image 9", after_insertion(2, 1, 2)) == "image 1, image 4, image 11"


def test_a_mention_is_written_in_the_script_of_the_prompt() -> None:
    assert mention_of(2, "把猫放到") == "图2"
    assert mention_of(2, "a cat") == "image 2"
    assert mention_of(2, "") == "image 2"


@given(st.integers(1, 14), st.data())
def test_a_move_moves_every_mention_with_its_reference(count: int, data: st.DataObject) -> None:
    index, to = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    order = list(range(1, count + 1))
    order.insert(to, order.pop(index))
    text = " and ".join(f"image {number}" for number in range(1, count + 1))
    moved = renumbered(text, after_move(count, index, to))
    assert [order[one.number - 1] for one in mentions(moved)] == list(range(1, count + 1))
    assert renumbered(moved, inverse(after_move(count, index, to))) == text


@given(st.text(alphabet="image图 #片１２0123.k\n", max_size=40))
def test_any_text_is_the_same_after_the_way_there_and_back(text: str) -> None:
    new = {1: 2, 2: 3, 3: 1}
    known = [one.number for one in mentions(text)]
    there = renumbered(text, new)
    assert [one.number for one in mentions(there)] == [new.get(number, number) for number in known]
