"""One undo takes back what was typed in one go, and no more."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.state.typing_run import TypingRun, change_between, typed_on

TEXTS = st.text(alphabet="ab 猫，.\n\U0001f600", max_size=30)


def steps(*texts: str) -> list[str]:
    """The texts at which a step begins, when these follow each other."""
    run: TypingRun | None = None
    begun = []
    for before, after in pairwise(texts):
        run, goes_on = typed_on(run, before, after)
        if not goes_on:
            begun.append(before)
    return begun


def letters(words: str) -> list[str]:
    return [words[:end] for end in range(len(words) + 1)]


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("make it night", [""]),
        ("a cat, a dog. Then rain", ["", "a cat, ", "a cat, a dog. "]),
        ("把猫放到窗边，光从左来。夜", ["", "把猫放到窗边，", "把猫放到窗边，光从左来。"]),
        ("one\ntwo", ["", "one\n"]),
        ("1.5 and 16:9", [""]),
        ("wait... what", ["", "wait... "]),
    ],
)
def test_a_step_ends_where_a_sentence_or_its_part_does(words: str, begun: list[str]) -> None:
    assert steps(*letters(words)) == begun


def test_a_long_run_ends_at_a_word() -> None:
    words = "a very long sentence without any sign that goes on and on and on"
    begun = steps(*letters(words))
    assert begun[0] == ""
    assert len(begun) == 2
    assert all(text.endswith(" ") and len(text) >= 30 for text in begun[1:])


def test_writing_elsewhere_begins_a_step() -> None:
    assert steps("", "b", "ab") == ["", "b"]


def test_a_letter_like_its_neighbour_goes_on() -> None:
    assert steps("", "h", "he", "hel", "hell", "hello") == [""]
    assert steps("lo", "hlo", "helo", "hello") == ["lo"]


def test_taking_away_is_a_step_and_writing_again_another() -> None:
    assert steps("a cat", "a ca", "a c", "a cu", "a cup") == ["a cat", "a c"]


def test_words_over_a_selection_are_one_step() -> None:
    assert steps("a cat", "a d", "a do", "a dog") == ["a cat"]


def test_a_block_is_a_step_of_its_own() -> None:
    assert steps("a", "a cat on a mat", "a cat on a mats") == ["a", "a cat on a mat"]
    assert steps("a @2", "a image 2", "a image 2b") == ["a @2", "a image 2"]


def test_words_of_an_input_method_go_on() -> None:
    assert steps("", "把", "把猫", "把猫放到", "把猫放到窗边") == [""]


@given(TEXTS, TEXTS)
def test_a_change_makes_the_one_text_out_of_the_other(before: str, after: str) -> None:
    change = change_between(before, after)
    made = before[: change.start] + change.added + before[change.start + change.removed :]
    assert made == after
    assert change.removed <= len(before)
    if before != after:
        assert change.removed or change.added


@given(st.lists(TEXTS, max_size=12))
def test_any_sequence_of_texts_is_taken(texts: list[str]) -> None:
    assert len(steps(*texts)) <= max(0, len(texts) - 1)
