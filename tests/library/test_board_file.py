"""A board's file: what it says, and how two copies of it become one."""

from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.library.board_file import (
    board_document,
    board_file_of,
    merge_boards,
    new_board_document,
    with_settings,
    written_board,
)
from seedream_desktop.library.documents import document_of

settings = st.fixed_dictionaries(
    {"value": st.booleans(), "at": st.integers(0, 3), "by": st.sampled_from("ab")}
)
boards = st.fixed_dictionaries(
    {"format": st.just(1), "id": st.sampled_from(["1", "2", "3"])},
    optional={"client_safe": settings, "later": st.integers(0, 3), "also": st.lists(st.sampled_from("45"))},
)


def test_settings_come_back_as_they_were_given() -> None:
    values = {"client_safe": True, "order": ["b.png", "a.png"], "defaults": {"model": "seedream-5-0-lite"}}
    document = with_settings(new_board_document(), values, 5, "laptop")
    board = board_file_of(board_document(document_of(written_board(document))))
    assert (board.is_client_safe, board.order, board.defaults) == (
        True,
        ("b.png", "a.png"),
        Recipe(model="seedream-5-0-lite"),
    )


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"id": 5}', b'{"id": ""}', b"\xff"])
def test_a_file_without_an_id_is_no_board(content: bytes) -> None:
    with pytest.raises(ValueError):
        board_document(document_of(content))


def test_settings_of_another_kind_count_as_never_given() -> None:
    board = board_file_of(
        {"id": "1", "order": 5, "defaults": {"value": {"prompt": 7}}, "client_safe": {"value": 1}}
    )
    assert (board.order, board.defaults, board.is_client_safe) == ((), Recipe(), False)


@hypothesis.settings(max_examples=40)
@given(boards, boards)
def test_copies_merge_alike_in_any_order_and_no_id_is_lost(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    merged = merge_boards(first, second)
    assert merged == merge_boards(second, first)
    assert merged["id"] == min([first["id"], second["id"], *first.get("also", []), *second.get("also", [])])
    assert {first["id"], second["id"]} <= {merged["id"], *merged.get("also", [])}


@hypothesis.settings(max_examples=40)
@given(boards, boards, boards)
def test_copies_merge_alike_in_any_grouping(
    first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    assert merge_boards(merge_boards(first, second), third) == merge_boards(
        first, merge_boards(second, third)
    )
