"""Order by hand: of the pictures on a board, and of the boards beside each other; kept in their files."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

# Those that were not placed come after, the newest first.
_NAMES = (
    "SELECT pictures.id FROM pictures LEFT JOIN arranged ON arranged.id = pictures.id "
    "WHERE pictures.board_id = ? AND trash_id = '' "
    "ORDER BY position IS NULL, position, placed_ms DESC, press_index, set_index, pictures.id"
)


class HandOrder:
    """Places pictures and boards where a hand put them. Any thread; raises ProblemError."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards

    def arrange(self, board_id: str, picture_ids: Sequence[str], before_id: str) -> tuple[str, ...]:
        """Put pictures of a board before another one, in the order of ``picture_ids``; empty: at the end.

        Those that are not on the board are left out. Gives the order that was kept before, for ``put_back``.
        """
        with self._folder.writing():
            was = self._boards.settings(board_id).order
            shown = self._index.read(lambda connection: _names_on(connection, self._id(board_id)))
            known, placed_before = set(shown), set(was)
            moved = [name for name in map(_name_of, picture_ids) if name in known]
            whole = [*was, *(name for name in shown if name not in placed_before)]
            now = placed(whole, moved, _name_of(before_id))
            if moved and now != list(was):
                self._boards.set_up(board_id, {"order": now})
            return was

    def put_back(self, board_id: str, names: Sequence[str]) -> tuple[str, ...]:
        """Keep that order; gives the one that was kept before."""
        with self._folder.writing():
            was = self._boards.settings(board_id).order
            if tuple(names) != was:
                self._boards.set_up(board_id, {"order": list(names)})
            return was

    def rank(self, board_id: str, before_id: str) -> dict[str, float | None]:
        """Put a board before another one beside it; empty: at the end. Gives what the ranks were."""
        with self._folder.writing():
            parent_id = self._boards.parent_id(board_id)
            beside = [one for one in self._boards.all() if self._boards.parent_id(one.id) == parent_id]
            found, before = self._boards.find(board_id), self._boards.find(before_id)
            if found is None:
                return {}
            ids = placed([one.id for one in beside], [found.id], before.id if before is not None else "")
            held = {one.id: one.rank for one in beside}
            return self.set_ranks(ranked(ids, held))

    def set_ranks(self, ranks: Mapping[str, float | None]) -> dict[str, float | None]:
        """Give boards these ranks; gives those that they had, where it was another one."""
        with self._folder.writing():
            held = {key: self._boards.find(key) for key in ranks}
            was = {key: one.rank for key, one in held.items() if one is not None and one.rank != ranks[key]}
            for board_id in was:
                self._boards.set_up(board_id, {"rank": ranks[board_id]})
            return was

    def _id(self, board_id: str) -> str:
        found = self._boards.find(board_id)
        return found.id if found is not None else board_id


def placed(names: Sequence[str], moved: Sequence[str], before: str) -> list[str]:
    """``names`` with ``moved`` in a row before ``before``, or at the end where there is none such.

    Where it is one of them they stand where it stood.
    """
    taken = dict.fromkeys(moved)
    rest = [name for name in names if name not in taken]
    if before in taken and before in names:
        start = sum(name not in taken for name in names[: names.index(before)])
    else:
        start = rest.index(before) if before in rest else len(rest)
    return [*rest[:start], *taken, *rest[start:]]


def ranked(ids: Sequence[str], held: dict[str, float | None]) -> dict[str, float | None]:
    """Ranks that rise in the order of ``ids``; ``held``: those of now, in the order of now.

    What lies at the end by its name goes on without: a new board finds its place among them.
    """
    by_name = list(held)
    count = len(ids)
    while count and held[ids[count - 1]] is None:
        if count < len(ids) and by_name.index(ids[count - 1]) > by_name.index(ids[count]):
            break
        count -= 1
    return {key: float(place) if place < count else None for place, key in enumerate(ids)}


def _names_on(connection: sqlite3.Connection, board_id: str) -> tuple[str, ...]:
    return tuple(_name_of(picture_id) for (picture_id,) in connection.execute(_NAMES, (board_id,)))


def _name_of(picture_id: str) -> str:
    return picture_id.rpartition("/")[2]
