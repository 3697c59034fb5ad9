"""Boards made, renamed, moved into each other and removed: each is a folder, and its id stays."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library import rows
from seedream_desktop.library.board_file import FORMAT, SENT_ALONG, board_file_of, new_board_document
from seedream_desktop.library.boards import INBOX
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.gone_boards import GoneBoard, forget_gone, gone_board, gone_boards, remember

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.marks import Document
    from seedream_desktop.library.synchronise import Synchroniser
    from seedream_desktop.library.values import Board, Proceed

_ID_CHARACTERS = 64
_NOT_EMPTY = frozenset({errno.ENOTEMPTY, errno.EEXIST})
_JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory", "@eadir"})  # of file managers


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a board is: in which other one, and what it is called."""

    board_id: str
    parent_id: str  # empty: in the library itself
    name: str


class BoardFolders:
    """What is done to boards. Any thread; every method may wait for the disk and raises ProblemError."""

    def __init__(
        self, folder: LibraryFolder, index: Index, boards: Boards, synchroniser: Synchroniser
    ) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards
        self._synchroniser = synchroniser

    def standing(self, board_id: str) -> Standing | None:
        """Where the board is; None: it is not here."""
        found = self._boards.find(board_id)
        return Standing(found.id, self._boards.parent_id(found.id), found.name) if found else None

    def move(self, wanted: Standing, proceed: Proceed | None = None) -> Standing | None:
        """Bring a board there, with all that is in it; gives where it was. None: nothing had to be done.

        A name that is taken becomes the next free one; into itself nothing can be moved. ``proceed`` hears
        how many of its pictures the index has followed.
        """
        was, found = self.standing(wanted.board_id), self._boards.find(wanted.board_id)
        if was is None or found is None:
            return None
        with self._folder.writing():
            path = self._boards.move(found.id, wanted.parent_id, wanted.name)
            if path == found.path:
                return None
            self._index.write(lambda connection: rows.move_below(connection, found.path, path))
        self._synchroniser.run(proceed)
        return was

    def add(self, name: str, parent_id: str, document: Document) -> Board:
        """A new board, set up as a file from elsewhere says; its id stays unless one here has or had it."""
        with self._folder.writing():
            board = self._boards.create(name, parent_id)
            kept = {one: document[one] for one in SENT_ALONG if isinstance(document.get(one), dict)}
            wanted = str(document.get("id", ""))
            is_free = _is_id(wanted) and self._boards.find(wanted) is None
            is_free = is_free and gone_board(self._folder, wanted) is None
            identity = {"format": FORMAT, "id": wanted} if is_free else new_board_document()
            self._boards.write(board.path, {**kept, **identity})
            return self._boards.take_in(board.path)

    def below(self, board_id: str) -> tuple[Board, ...]:
        """The board and those in it, the outermost first."""
        found = self._boards.find(board_id)
        start = f"{found.path}/" if found is not None else ""
        return tuple(one for one in self._boards.all() if start and f"{one.path}/".startswith(start))

    def remove(self, board_id: str) -> tuple[str, ...]:
        """Remove a board and those in it, as far as nothing is left in their folders; gives their ids.

        What its file says is kept: a picture that is put back from the trash brings the same board back. What
        the boards cost goes on to count for the one that they were in.
        """
        with self._folder.writing(), files.disk_problems(self._folder.root):
            return tuple(one.id for one in reversed(self.below(board_id)) if self._remove(one))

    def bring_back(self, board_ids: Sequence[str]) -> None:
        """Make removed boards again, as they were."""
        with self._folder.writing(), files.disk_problems(self._folder.root):
            for gone in sorted(gone_boards(self._folder), key=lambda one: one.path):
                if not set(gone.ids).isdisjoint(board_ids):
                    self._boards.for_saving(gone.ids[0], gone.path)

    def sweep(self, before_ms: int) -> None:
        """Let go of boards removed before that moment of which the trash holds nothing any more."""
        with self._folder.writing():
            over = [one for one in gone_boards(self._folder) if one.removed_ms < before_ms]
            held = self._index.read(_boards_in_trash)
            forget_gone(self._folder, tuple(one.ids[0] for one in over if held.isdisjoint(one.ids)))

    def _remove(self, board: Board) -> bool:
        place = self._folder.root / board.path
        document = self._boards.held_document(board.path)
        if board.path == INBOX or document is None or not _is_empty(place):
            return False
        remember(self._folder, GoneBoard(board.path, self._boards.parent_id(board.id), now_ms(), document))
        self._count_for_parent(board, (board.id, *board_file_of(document).also, *within(document)))
        if not _is_removed(place):
            self._boards.write(board.path, document)
            forget_gone(self._folder, (board.id,))
            return False
        self._index.write(lambda connection: _forget(connection, board.id))
        return True

    def _count_for_parent(self, board: Board, ids: Sequence[str]) -> None:
        parent = board.path.rpartition("/")[0]
        document = self._boards.held_document(parent) if parent else None
        if document is not None:
            held = dict.fromkeys((*within(document), *ids))
            self._boards.write(parent, {**document, "within": sorted(held)})
            self._boards.take_in(parent)


def within(document: dict[str, object]) -> tuple[str, ...]:
    """The ids of boards that were in this one and are removed."""
    held = document.get("within")
    return tuple(one for one in held if isinstance(one, str)) if isinstance(held, list) else ()


def _is_id(wanted: str) -> bool:
    return 0 < len(wanted) <= _ID_CHARACTERS and wanted.isascii() and wanted.replace("-", "").isalnum()


def _is_empty(place: Path) -> bool:
    """Whether there is nothing but the board's file: no picture, no record that awaits one, nobody's file."""
    hidden = place / HIDDEN
    others = [path for path in place.iterdir() if path != hidden and path.name.casefold() not in _JUNK]
    kept = [path for path in hidden.iterdir() if path.name != BOARD_FILE] if hidden.is_dir() else [place]
    return not others and not kept


def _is_removed(place: Path) -> bool:
    """Remove an empty board's folder; False: something came meanwhile, as a synchroniser brings it.

    So nothing is removed but what is known by its name.
    """
    junk = [path for path in place.iterdir() if path.name.casefold() in _JUNK and not path.is_dir()]
    for path in (*junk, place / HIDDEN / BOARD_FILE):
        files.remove(path)
    try:
        (place / HIDDEN).rmdir()
        place.rmdir()
    except OSError as error:
        if error.errno in _NOT_EMPTY:
            return False
        raise
    files.sync_folder(place.parent)
    return True


def _boards_in_trash(connection: sqlite3.Connection) -> set[str]:
    sql = "SELECT DISTINCT board_id FROM pictures WHERE trash_id <> ''"
    return {board_id for (board_id,) in connection.execute(sql)}


def _forget(connection: sqlite3.Connection, board_id: str) -> None:
    connection.execute("DELETE FROM arranged WHERE board_id = ?", (board_id,))
    connection.execute("DELETE FROM boards WHERE id = ?", (board_id,))
