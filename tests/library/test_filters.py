"""What a search can be narrowed by, and how one that finds nothing is widened."""

from __future__ import annotations

import time

import pytest

from seedream_desktop.imaging.fingerprint import SIZE_BYTES
from seedream_desktop.library.filters import is_about_looks
from seedream_desktop.library.library import Library
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench


@pytest.fixture
def library(bench: Bench) -> Library:
    library = bench.open()
    pictures = [library.add(bench.new(number)) for number in range(3)]
    library.mark([picture.id for picture in pictures], add_tags=["hero"])
    library.mark([pictures[0].id], add_tags=["sea"], rating=4)
    library.create_board("Zoo")
    library.create_board("acme")
    return library


def held(library: Library, kind: TermKind) -> list[tuple[str, int]]:
    return [(one.value, one.pictures) for one in library.filters.values(kind)]


def test_tags_stand_by_their_use_and_boards_by_their_paths(library: Library) -> None:
    assert held(library, TermKind.TAG) == [("hero", 3), ("sea", 1)]
    assert [name for name, _ in held(library, TermKind.BOARD)] == ["acme", "Inbox", "Zoo"]
    assert held(library, TermKind.MODEL) == [("seedream-5-0-lite", 3)]


def test_a_month_that_is_offered_finds_as_many_as_it_says(library: Library) -> None:
    months = library.filters.values(TermKind.DATE)
    assert months
    for month in months:
        assert time.strptime(month.value, "%Y-%m")
        assert library.lookup.count(Query(text=f"date:{month.value}")) == month.pictures


def test_an_empty_library_has_nothing_to_offer(bench: Bench) -> None:
    library = bench.open()
    for kind in (TermKind.TAG, TermKind.MODEL, TermKind.DATE):
        assert library.filters.values(kind) == ()


def test_it_says_without_which_word_something_is_found(library: Library) -> None:
    found = library.filters.widened(Query(text="tag:hero zebra tag:sea"))
    assert [(one.term.words if one.term else "", one.query.text, one.pictures) for one in found] == [
        ("zebra", "tag:hero tag:sea", 1)
    ]


def test_it_says_what_is_found_elsewhere(library: Library) -> None:
    board = next(one for one in library.boards() if one.name == "Zoo")
    query = Query(board_id=board.id, text="tag:hero", order=Order.BY_HAND)
    (elsewhere,) = library.filters.widened(query)
    assert elsewhere.term is None
    assert elsewhere.query == Query(text="tag:hero", order=Order.NEWEST)
    assert elsewhere.pictures == 3


def test_what_means_its_letters_still_does_in_what_is_offered(library: Library) -> None:
    (one,) = library.filters.widened(Query(text="tag:hero blue", literal=("blue",)))
    assert (one.query.text, one.query.literal, one.pictures) == ("tag:hero", (), 3)


def test_a_line_that_is_not_well_formed_is_no_word_to_leave_out(library: Library) -> None:
    assert library.filters.widened(Query(text="rating:9 zebra")) == ()


def test_what_nobody_looked_at_is_counted_where_it_is_searched_for(library: Library, bench: Bench) -> None:
    board = library.create_board("Sea")
    there = [library.add(bench.new(number, board.id, "Sea")) for number in (10, 11)]
    library.likeness.keep({there[0].sha256: bytes(SIZE_BYTES).hex()})
    assert library.filters.unseen(Query(text="blue")) == 4
    assert library.filters.unseen(Query(text="blue", board_id=board.id, order=Order.BY_HAND)) == 1
    assert library.filters.unseen(Query(like="ab", rated=True, order=Order.LIKENESS)) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(text="blue"), True),
        (Query(text="-colour:red cat"), True),
        (Query(text="blue", literal=("blue",)), False),
        (Query(text="is:duplicate"), True),
        (Query(like="ab"), True),
        (Query(text="cat march"), False),
        (Query(), False),
    ],
)
def test_a_search_says_whether_it_goes_by_looks(query: Query, *, expected: bool) -> None:
    assert is_about_looks(query) is expected
