"""Pictures on their way to another board: the file first, then its record, then the row in the index.

Both are renamed, so that there is never a second one of either. An end between the two leaves a picture
without a record, and a record without a picture that speaks of its bytes: ``Synchroniser`` brings
them together.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library import rows
from seedream_desktop.library.bulk import AT_ONCE, PartlyDone, sync_folders
from seedream_desktop.library.folder import HIDDEN, LibraryFolder, record_path
from seedream_desktop.library.items import foreign_record, item_there
from seedream_desktop.library.known_record import remembered

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.record import RecordFile
    from seedream_desktop.library.rows import Item
    from seedream_desktop.library.values import Board, Picture


@dataclass(frozen=True, slots=True)
class Moved:
    """A picture as it is now, and as it was before."""

    picture: Picture
    before: Picture


class Moving:
    """Moves pictures between boards."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards

    def move(
        self, picture_ids: Sequence[str], board_id: str, names: Mapping[str, str] | None = None
    ) -> tuple[Moved, ...]:
        """Move pictures to a board, each under its name or the next free one.

        ``names``: file names that some are to have there. Those that are gone, trashed or there already under
        that name are left out. Raises PartlyDone, BOARD_GONE when there is no such board.
        """
        wanted = tuple(dict.fromkeys(picture_ids))
        done: list[Moved] = []
        try:
            with self._folder.writing():
                board_id = self._board(board_id).id  # another one, if its file came from another machine
            for start in range(0, len(wanted), AT_ONCE):
                with self._folder.writing():
                    self._move(wanted[start : start + AT_ONCE], self._board(board_id), names or {}, done)
        except ProblemError as error:
            raise PartlyDone(error.problem, tuple(done)) from error
        return tuple(done)

    def _board(self, board_id: str) -> Board:
        known = self._boards.find(board_id)
        if known is None:
            raise ProblemError(Problem(ProblemKind.BOARD_GONE))
        return self._boards.for_saving(board_id, known.name)

    def _move(
        self, picture_ids: Sequence[str], board: Board, names: Mapping[str, str], done: list[Moved]
    ) -> None:
        pictures = {
            picture: name
            for picture in self._pictures(picture_ids)
            if not picture.trash_id
            and f"{board.path}/{(name := names.get(picture.id, picture.path.name))}" != picture.id
            and picture.path.is_file()
        }
        moved: dict[str, Picture] = {}  # by their new ids
        try:
            self._move_files(pictures, self._folder.root / board.path, moved)
        finally:
            self._note(moved, board)
            self._keep_places(moved, board)
            done += (Moved(picture, moved[picture.id]) for picture in self._pictures(tuple(moved)))

    def _move_files(self, pictures: Mapping[Picture, str], folder: Path, moved: dict[str, Picture]) -> None:
        if not pictures:
            return
        files.make_folder(folder / HIDDEN)
        with files.disk_problems(folder):
            taken = _names_in(folder)
            for picture, name in pictures.items():
                target = self._moved(picture, folder / name, taken)
                taken.add(file_names.folded(target.name))
                moved[self._folder.id_of(target)] = picture
            touched = (folder, *(picture.path.parent for picture in pictures))
            sync_folders(place for one in touched for place in (one, one / HIDDEN))

    def _moved(self, picture: Picture, wanted: Path, taken: set[str]) -> Path:
        """Where the picture lies now, with its record. Raises OSError, and then both are where they were."""
        target = self._renamed(picture.path, wanted, taken)
        try:
            with contextlib.suppress(FileNotFoundError):
                record_path(picture.path).rename(record_path(target))
        except OSError:
            with contextlib.suppress(OSError):
                files.move(target, picture.path)
            raise
        return target

    def _renamed(self, path: Path, wanted: Path, taken: set[str]) -> Path:
        for name in file_names.free_names(wanted.name):
            if self._is_free(wanted.with_name(name), taken) and files.move(path, wanted.with_name(name)):
                return wanted.with_name(name)
        raise AssertionError("the names never end")

    def _is_free(self, target: Path, taken: set[str]) -> bool:
        """Not even held by the index: a picture that is away may come back."""
        picture_id = self._folder.id_of(target)
        is_held = self._index.read(lambda connection: rows.is_taken(connection, picture_id))
        return file_names.folded(target.name) not in taken and not is_held

    def _note(self, moved: Mapping[str, Picture], board: Board) -> None:
        """Note in the index where the pictures are now."""
        with files.disk_problems(self._folder.root):
            items = [self._item(picture_id, picture, board) for picture_id, picture in moved.items()]

        def put(connection: sqlite3.Connection) -> None:
            rows.remove(connection, [picture.id for picture in moved.values()])
            for item in items:
                rows.put(connection, item)

        if items:
            self._index.write(put)

    def _keep_places(self, moved: Mapping[str, Picture], board: Board) -> None:
        """A picture that was only renamed stays where a hand put it."""
        renamed = {
            before.path.name: self._folder.path(picture_id).name
            for picture_id, before in moved.items()
            if before.board_id == board.id
        }
        if renamed:
            self._boards.rename_in_order(board, renamed)

    def _item(self, picture_id: str, before: Picture, board: Board) -> Item:
        path = self._folder.path(picture_id)

        def made_up() -> RecordFile:
            known = remembered(self._folder, self._index, before.id, before.sha256)
            return known or foreign_record(path, before.made_ms, before.sha256)

        return item_there(self._folder, picture_id, board.id, made_up)

    def _pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        root = self._folder.root
        return self._index.read(lambda connection: rows.pictures(connection, root, ids))


def _names_in(folder: Path) -> set[str]:
    """The names that are taken in ``folder``, folded; also by records whose pictures are away."""
    records = (path.name.removesuffix(".json") for path in (folder / HIDDEN).iterdir())
    return {file_names.folded(name) for name in (*(path.name for path in folder.iterdir()), *records)}
