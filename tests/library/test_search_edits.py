"""A search line changed by clicking says what was clicked, and keeps everything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.search_edits import put, still_literal, with_term, without, without_kind
from seedream_desktop.library.search_language import parse, written
from seedream_desktop.library.search_terms import TermKind

LINES = st.lists(
    st.sampled_from(
        ["red", "scarf", "tag:hero", "-tag:old", '"a b"', '"open', "rating:>=4", "蓝", "3月", "#7", ":"]
    ),
    max_size=6,
).map(" ".join)


def meanings(text: str) -> list[tuple[TermKind, str, bool]]:
    return [(term.kind, term.value, term.is_negated) for term in parse(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words", "expected"),
    [
        ("", TermKind.RATING, "rating:>=4", "rating:>=4"),
        ("red scarf", TermKind.TAG, "tag:hero", "red scarf tag:hero"),
        ("rating:5 red", TermKind.RATING, "rating:>=4", "rating:>=4 red"),
        ("red rating:5 rating:3", TermKind.RATING, "rating:>=4", "red rating:>=4"),
        ('"red sc', TermKind.TAG, "tag:hero", '"red sc" tag:hero'),
        ("march", TermKind.DATE, "date:today", "date:today"),
    ],
)
def test_a_term_takes_the_place_of_its_kind(text: str, kind: TermKind, words: str, expected: str) -> None:
    assert put(text, kind, words) == expected


def test_what_shall_not_be_there_stays() -> None:
    assert without_kind("tag:a -tag:b red", TermKind.TAG) == "-tag:b red"


def test_a_word_that_means_only_itself_is_no_wish() -> None:
    assert without_kind("blue sea", TermKind.COLOUR, ("blue",)) == "blue sea"
    assert without_kind("blue sea", TermKind.COLOUR) == "sea"


@given(LINES)
def test_what_is_put_in_is_understood_and_changes_nothing_else(text: str) -> None:
    changed = with_term(text, written(TermKind.TAG, "white seamless"))
    assert meanings(changed)[-1] == (TermKind.TAG, "white seamless", False)
    assert [one[1] for one in meanings(changed)[:-1]] == [one[1] for one in meanings(text)]


@given(LINES, st.integers(0, 5))
def test_what_is_taken_out_is_gone_and_the_rest_is_there(text: str, place: int) -> None:
    terms = parse(text)
    if place < len(terms):
        term = terms[place]
        assert without(text, term).split() == [*text[: term.start].split(), *text[term.end :].split()]


def test_words_keep_their_own_meaning_while_they_are_written() -> None:
    assert still_literal(("Blue", "last  week"), "a blue sea, last week") == ("Blue", "last  week")
    assert still_literal(("blue",), "a red sea") == ()
