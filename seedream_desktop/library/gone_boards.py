"""Boards that were removed: what their files said, kept so that the same board comes back with its pictures.

<library>/.seedream/boards/<board id>.json    {"format": 1, "path": where it was, "parent_id", "removed_ms",
                                               "board": what its file said}

It is kept while a picture of the board is in the trash, and for as long as the trash keeps pictures.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.library.board_file import board_document, board_file_of
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.marks import written

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.marks import Document

FORMAT = 1


@dataclass(frozen=True, slots=True)
class GoneBoard:
    """A board that was removed."""

    path: str  # in the library, where it was
    parent_id: str  # of the board that it was in; empty: in none
    removed_ms: int
    document: Document

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, and those that it had before."""
        board = board_file_of(self.document)
        return (board.id, *board.also)


def gone_boards(folder: LibraryFolder) -> tuple[GoneBoard, ...]:
    """Every board that was removed and is remembered."""
    return tuple(gone for _, gone in _held(folder))


def gone_board(folder: LibraryFolder, board_id: str) -> GoneBoard | None:
    """The board that was removed and had that id."""
    return next((gone for _, gone in _held(folder) if board_id and board_id in gone.ids), None)


def remember(folder: LibraryFolder, gone: GoneBoard) -> None:
    """Keep what the board's file says. The caller holds ``LibraryFolder.writing``. Raises ProblemError."""
    place = _place(folder) / f"{file_names.legal_name(gone.ids[0])}.json"
    files.make_folder(place.parent)
    document = {
        "format": FORMAT,
        "path": gone.path,
        "parent_id": gone.parent_id,
        "removed_ms": gone.removed_ms,
        "board": gone.document,
    }
    files.write_over(place, written(document), folder.temporary)


def forget_gone(folder: LibraryFolder, board_ids: tuple[str, ...]) -> None:
    """The boards with these ids are back, or for good no more; copies of their files go too."""
    for path, gone in tuple(_held(folder)):
        if not set(gone.ids).isdisjoint(board_ids):
            files.discard(path)


def forget_around(folder: LibraryFolder, path: str, board_ids: tuple[str, ...]) -> None:
    """What was removed within the board at ``path`` says no longer that it was there. Raises ProblemError."""
    for gone in gone_boards(folder):
        if gone.path.startswith(f"{path}/"):
            parent_id = "" if gone.parent_id in board_ids else gone.parent_id
            remember(folder, replace(gone, path=gone.path.removeprefix(f"{path}/"), parent_id=parent_id))


def _place(folder: LibraryFolder) -> Path:
    return folder.hidden / "boards"


def _held(folder: LibraryFolder) -> Iterator[tuple[Path, GoneBoard]]:
    for path in sorted(_place(folder).glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            yield path, _gone(read_document(path))


def _gone(held: object) -> GoneBoard:
    """Raises ValueError where it is none, or would lie outside of the library."""
    if not isinstance(held, dict):
        raise ValueError("not a board that was removed")  # noqa: TRY004 - bad input, as all below
    path, parent_id, removed_ms = held.get("path"), held.get("parent_id"), held.get("removed_ms")
    if not isinstance(path, str) or not isinstance(parent_id, str) or type(removed_ms) is not int:
        raise ValueError("not a board that was removed")
    return GoneBoard(_inside(path), parent_id, removed_ms, board_document(held.get("board")))


def _inside(path: str) -> str:
    names = path.split("/")
    if not all(name and file_names.legal_name(name) == name and not name.startswith(".") for name in names):
        raise ValueError("no path of a board")
    return path
