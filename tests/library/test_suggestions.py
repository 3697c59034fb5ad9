"""What is offered while somebody types in the search line."""

import pytest

from seedream_desktop.library.library import Library
from seedream_desktop.library.search_terms import TermKind
from tests.library.conftest import Bench


@pytest.fixture
def tagged(bench: Bench) -> Library:
    library = bench.open()
    pictures = [library.add(bench.new(number)) for number in range(3)]
    library.mark([picture.id for picture in pictures], add_tags=["hero shot"])
    library.mark([pictures[0].id], add_tags=["here", "海报", "shade"])
    library.create_board("Heron & Sons")
    return library


def offered(library: Library, text: str, cursor: int | None = None) -> list[str]:
    return [one.words for one in library.suggestions(text, len(text) if cursor is None else cursor)]


def test_tags_are_offered_what_most_pictures_have_first(tagged: Library) -> None:
    assert offered(tagged, "tag:") == ['tag:"hero shot"', "tag:here", "tag:shade", "tag:海报"]
    assert offered(tagged, "tag:sh") == ['tag:"hero shot"', "tag:shade"]  # any word of a tag
    assert offered(tagged, "cat -标签:海") == ["-tag:海报"]


def test_a_plain_word_becomes_an_operator_a_tag_a_model_or_a_board(tagged: Library) -> None:
    assert offered(tagged, "ta") == ["tag:"]
    assert offered(tagged, "标") == ["标签:"]
    assert offered(tagged, "her") == ['tag:"hero shot"', "tag:here", 'board:"Heron & Sons"']
    assert offered(tagged, "seed") == ["model:seedream-5-0-lite"]


def test_the_word_under_the_cursor_is_completed(tagged: Library) -> None:
    (first, *_) = tagged.suggestions("tag:he blue", 6)
    assert (first.start, first.end, first.kind, first.value, first.count) == (
        0,
        6,
        TermKind.TAG,
        "hero shot",
        3,
    )
    assert offered(tagged, "tag:he blue", 7) == []


def test_fixed_values_are_offered_for_the_rest(tagged: Library) -> None:
    assert offered(tagged, "is:re") == ["is:rejected"]
    assert offered(tagged, "colour:bl") == ["colour:blue", "colour:black"]
    assert 'date:"last week"' in offered(tagged, "date:")
    assert offered(tagged, '"her') == offered(tagged, "#14") == offered(tagged, "") == []
