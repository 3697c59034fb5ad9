"""Texts are compared word by word; what comes out is each text again, in pieces."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.state.word_differences import Piece, differences

WORDS = st.lists(st.sampled_from(["dawn", "wide", "sun", " ", ", ", "蓝", "三月", "image 2", "\n"])).map(
    "".join
)


def marked(text: str, *others: str) -> list[str]:
    """What of the first text is not in all of them."""
    return [piece.text for piece in differences((text, *others))[0] if not piece.is_shared]


@given(st.lists(st.one_of(WORDS, st.text(max_size=40)), max_size=4))
def test_joined_the_pieces_are_the_text(texts: list[str]) -> None:
    assert ["".join(piece.text for piece in pieces) for pieces in differences(texts)] == texts


@given(st.text(max_size=60), st.integers(2, 4))
def test_equal_texts_do_not_differ(text: str, count: int) -> None:
    assert differences([text] * count) == ((((Piece(text, is_shared=True),)) if text else ()),) * count


@given(WORDS, WORDS, WORDS)
def test_what_is_shared_is_the_same_in_all(first: str, second: str, third: str) -> None:
    shared = {
        "".join(piece.text for piece in pieces if piece.is_shared)
        for pieces in differences((first, second, third))
    }
    assert len({text.replace(" ", "").replace("\n", "").replace(",", "") for text in shared}) == 1


def test_other_words_are_found_in_the_middle() -> None:
    first, second = (
        "in the colours of image 2, wide negative space above",
        "in the colours of image 2, a sun above",
    )
    assert marked(first, second) == ["wide negative space"]
    assert marked(second, first) == ["a sun"]


def test_an_insertion_leaves_nothing_marked_in_the_other() -> None:
    assert marked("a cat", "a red cat") == []
    assert "".join(marked("a red cat", "a cat")).strip() == "red"


def test_chinese_is_compared_character_by_character() -> None:
    assert marked("窗边的白猫", "窗边的黑猫") == ["白"]


def test_of_three_what_one_lacks_is_marked_in_the_others() -> None:
    assert "".join(marked("a red cat", "a red cat", "a cat")).strip() == "red"


def test_a_word_is_never_marked_in_part() -> None:
    assert marked("sunset", "sunrise") == ["sunset"]


@pytest.mark.parametrize("change", ["word by word", "all of it"])
def test_long_texts_are_compared_soon(change: str) -> None:
    first = "the same, over and over again, " * 1500
    second = first.replace("over", "under") if change == "word by word" else "nothing of that " * 3000
    began = time.process_time()
    differences((first, second))
    assert time.process_time() - began < 2
