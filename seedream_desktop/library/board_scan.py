"""The boards of the index held against the folders: new, moved, copied and removed ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.library.board_file import board_document, board_file_of, merge_boards
from seedream_desktop.library.boards import interim_id
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.marks import canonical

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.marks import Document
    from seedream_desktop.library.values import Board


def synchronise_boards(folder: LibraryFolder, index: Index, boards: Boards) -> bool:
    """Take in every visible folder as a board, and forget those that are gone; True if anything changed.

    What lies in a folder that cannot be listed is not gone. Raises ProblemError (LIBRARY_AWAY and others):
    then nothing is.
    """
    before = {board.path: board.id for board in boards.all()}
    unlisted: list[str] = []
    paths = tuple(boards.walk(unlisted))
    for path in paths:
        _merge_copies(folder, boards, path)
    held = {path: _id_of(boards, path) for path in paths}
    is_changed = False
    for path in paths:
        is_other = held[path] is None or held[path] != before.get(path)
        if not is_other and not _is_noted(boards, path):
            boards.take_in(path)
            is_changed = True
        if is_other:
            is_copy = _is_copy(path, held, before)
            twins = [one for one in paths if held[one] == held[path]] if is_copy else [path]
            is_early = (held[path] is None or is_copy) and not _is_still(folder, twins)
            boards.take_in(path, is_copy, is_early)
    kept = tuple(f"{path}/" if path else "" for path in unlisted)
    gone = {path for path in before.keys() - set(paths) if not path.startswith(kept)}
    if gone:
        folder.check_present()
        index.write(lambda connection: _forget(connection, tuple(gone)))
    return is_changed or before != {board.path: board.id for board in boards.all()}


def is_as_known(folder: LibraryFolder, boards: Boards, board: Board) -> bool:
    """Whether the board's file says what the index does, and no copy of it waits to be merged."""
    held = _id_of(boards, board.path)
    if board.id == interim_id(board.path):
        return folder.problem is not None or not _is_still(folder, [board.path])
    is_same = held == board.id and _is_noted(boards, board.path)
    return is_same and not any(_copy(path) for path in _copies_of(folder, board.path))


def _is_still(folder: LibraryFolder, paths: Sequence[str]) -> bool:
    """Whether nothing came into these boards lately, and nothing went: a board is renamed file by file."""
    places = [folder.root / path for path in paths]
    hidden = [place / HIDDEN for place in places]
    return folder.is_still(*places, *hidden, *(place / BOARD_FILE for place in hidden))


def _id_of(boards: Boards, path: str) -> str | None:
    document = boards.document(path)
    return board_file_of(document).id if document else None


def _is_noted(boards: Boards, path: str) -> bool:
    document = boards.document(path)
    return document is not None and boards.is_noted(path, document)


def _is_copy(path: str, held: dict[str, str | None], before: dict[str, str]) -> bool:
    """Whether another folder has the same id with a better right: it was there before, or comes first."""
    same = [other for other in held if held[other] is not None and held[other] == held[path]]
    stayed = [other for other in same if before.get(other) == held[path]]
    return len(same) > 1 and path != (stayed or same)[0]


def _merge_copies(folder: LibraryFolder, boards: Boards, path: str) -> None:
    """Copies of the board's file that a synchroniser left are merged into it and removed."""
    document = boards.document(path)
    if document is None or folder.problem is not None:
        return
    for copy in _copies_of(folder, path):
        other = _copy(copy)
        if other is not None:
            merged = merge_boards(document, other)
            with folder.writing():
                if canonical(merged) != canonical(document):
                    boards.write(path, merged)
                files.discard(copy)
            document = merged


def _copies_of(folder: LibraryFolder, path: str) -> list[Path]:
    hidden, (stem, dot, ending) = folder.root / path / HIDDEN, BOARD_FILE.rpartition(".")
    try:
        names = os.listdir(hidden)  # noqa: PTH208 - a Path for each of 100,000 takes a second
    except OSError:
        return []
    return sorted(hidden / name for name in names if name.startswith(stem) and name.endswith(dot + ending))


def _copy(path: Path) -> Document | None:
    if path.name == BOARD_FILE:
        return None
    try:
        document = board_document(read_document(path))
    except (OSError, ValueError):
        return None
    return None if "made" in document else document


def _forget(connection: sqlite3.Connection, paths: tuple[str, ...]) -> None:
    within = "SELECT id FROM boards WHERE path = ?"
    connection.executemany(
        f"DELETE FROM arranged WHERE board_id IN ({within})",  # noqa: S608
        [(path,) for path in paths],
    )
    connection.executemany("DELETE FROM boards WHERE path = ?", [(path,) for path in paths])
