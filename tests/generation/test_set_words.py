"""The number that a prompt says, and the sentence that says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.set_words import (
    following,
    frame_words,
    lines_of,
    number_asked,
    says_ours,
    with_number,
    without_number,
)

COUNTS = st.integers(1, 15)


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("A set of 4 posters", 4),
        ("a series of twelve drawings of a fox", 12),
        ("make three matching travel posters", 3),
        ("6 images of one house", 6),
        ("生成4张海报", 4),
        ("一组十二张分镜", 12),
        ("两幅水彩画", 2),
    ],
)
def test_a_number_of_pictures_is_read(prompt: str, count: int) -> None:
    assert number_asked(prompt) == count


@pytest.mark.parametrize(
    "prompt", ["", "a fox", "the hat of image 4", "图4里的帽子", "4 foxes", "in 1920 the pictures moved"]
)
def test_other_numbers_are_not_taken_for_it(prompt: str) -> None:
    assert number_asked(prompt) is None


def test_the_sentence_follows_the_script_of_the_prompt() -> None:
    assert with_number("a fox", 4) == "A set of 4 pictures: a fox"
    assert with_number("一只狐狸", 4) == "生成4张图片：一只狐狸"


def test_a_sentence_before_several_lines_has_one_of_its_own() -> None:
    assert with_number("dawn\nnoon", 2) == "A set of 2 pictures:\ndawn\nnoon"


@given(st.text().filter(lambda text: not says_ours(text)), COUNTS, COUNTS)
def test_our_sentence_is_read_follows_and_goes_again(prompt: str, count: int, other: int) -> None:
    written = with_number(prompt, count)
    assert number_asked(written) == count
    assert following(written, other) == with_number(prompt, other)
    assert lines_of(written) == lines_of(prompt)
    if not prompt[:1].isspace():
        assert without_number(written) == prompt


@given(st.text().filter(lambda text: not says_ours(text)), COUNTS)
def test_a_number_that_was_written_by_hand_does_not_follow(prompt: str, count: int) -> None:
    assert following(prompt, count) == prompt


def test_a_frame_has_its_line_and_what_all_have_in_common() -> None:
    assert frame_words("A set of 2 pictures:\ndawn\nnoon", 1, 2) == "noon"
    assert frame_words("a harbour in ink\ndawn\nnoon", 0, 2) == "a harbour in ink\ndawn"
    assert frame_words("A set of 4 pictures: a fox", 2, 4) == "a fox"
