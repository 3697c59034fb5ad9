"""The boards as a tree of rows: what is folded away, and how deep each stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seedream_desktop.library.values import Board


class Branch(NamedTuple):
    """A board that can be seen."""

    board: Board
    depth: int  # 0: in no other board
    parent_id: str  # empty: in none
    has_boards: bool
    is_open: bool
    is_client_safe: bool  # itself, or a board around it


def branches(boards: Iterable[Board], folded: frozenset[str]) -> tuple[Branch, ...]:
    """The boards that can be seen; ``boards`` come each followed by those in it, ``folded`` are closed."""
    every = tuple(boards)
    around: list[Board] = []
    hidden_below = ""
    found = []
    for place, board in enumerate(every):
        path = f"{board.path}/"
        if hidden_below and path.startswith(hidden_below):
            continue
        around = [one for one in around if path.startswith(f"{one.path}/")]
        has_boards = place + 1 < len(every) and every[place + 1].path.startswith(path)
        hidden_below = path if has_boards and board.id in folded else ""
        is_safe = board.is_client_safe or any(one.is_client_safe for one in around)
        parent_id = around[-1].id if around else ""
        found.append(Branch(board, len(around), parent_id, has_boards, not hidden_below, is_safe))
        around.append(board)
    return tuple(found)


def ids_around(boards: Iterable[Board], board_id: str) -> frozenset[str]:
    """The ids of the boards that it lies in."""
    every = tuple(boards)
    path = next((f"{one.path}/" for one in every if one.id == board_id), "")
    return frozenset(one.id for one in every if one.id != board_id and path.startswith(f"{one.path}/"))
