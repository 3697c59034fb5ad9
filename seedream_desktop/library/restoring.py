"""Pictures on their way back from the trash: the record first, then the picture, then the entry goes.

So a picture is never on a board without its record; an end in between leaves the picture in both places, as
one file under two names, which ``synchronise_trash`` puts right.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.bulk import AT_ONCE, PartlyDone, sync_folders
from seedream_desktop.library.folder import LibraryFolder, record_path
from seedream_desktop.library.items import (
    foreign_record,
    held_record,
    item_of,
    read_record,
    set_aside,
    write_records,
)
from seedream_desktop.library.known_record import remembered
from seedream_desktop.library.record import merge_into
from seedream_desktop.library.trash import Entry, entry_folder, picture_in, read_entry, remove_entry

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.record import RecordFile
    from seedream_desktop.library.values import Board, Picture


@dataclass(frozen=True, slots=True)
class _Return:
    """One picture and where it goes."""

    place: Path  # of its entry
    trashed: Path
    target: Path
    board: Board
    record: RecordFile
    is_awaited: bool  # another record of it lay there: rated on another machine, or after an end in between


class Restoring:
    """Brings pictures back to the boards that they were on."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards

    def restore(self, entry_ids: Sequence[str]) -> tuple[Picture, ...]:
        """Bring pictures back; a name that is taken by now becomes the next free one.

        A board that is gone is made again under its name. Raises PartlyDone.
        """
        wanted = tuple(dict.fromkeys(entry_ids))
        restored: list[Picture] = []
        try:
            for start in range(0, len(wanted), AT_ONCE):
                with self._folder.writing():
                    self._restore(wanted[start : start + AT_ONCE], restored)
        except ProblemError as error:
            raise PartlyDone(error.problem, tuple(restored)) from error
        return tuple(restored)

    def _restore(self, entry_ids: Sequence[str], done: list[Picture]) -> None:
        returns = self._planned(entry_ids)
        created: list[_Return] = []
        with files.disk_problems(self._folder.root):
            try:
                write_records(self._folder, {self._folder.id_of(one.target): one.record for one in returns})
                created += (one for one in returns if files.create(one.trashed, one.target))
                sync_folders(one.target.parent for one in created)
            except BaseException:
                for one in created:
                    if one.trashed.exists():
                        files.discard(one.target)
                raise
            finally:
                for one in returns:
                    if not one.is_awaited and not one.target.exists():
                        files.discard(record_path(one.target))
        self._remove_entries(created, done)

    def _remove_entries(self, created: Sequence[_Return], done: list[Picture]) -> None:
        """Of those that stay ``synchronise`` finds that their pictures are back."""
        removed: list[_Return] = []
        try:
            with files.disk_problems(self._folder.root):
                for one in created:
                    self._set_aside_damaged(one)
                    remove_entry(one.place)
                    removed.append(one)
        finally:
            self._note(removed)
            done += self._pictures([self._folder.id_of(one.target) for one in removed])

    def _planned(self, entry_ids: Sequence[str]) -> list[_Return]:
        boards: dict[tuple[str, str], Board] = {}
        taken: set[str] = set()
        returns = []
        for entry_id in entry_ids:
            place = entry_folder(self._folder, entry_id)
            entry, trashed = read_entry(place), picture_in(place)
            if entry is None or trashed is None:
                continue
            was = (entry.board_id, PurePosixPath(entry.picture).parent.as_posix())
            board = boards.get(was) or boards.setdefault(was, self._boards.for_saving(*was))
            record = self._record(trashed, entry)
            target = self._free(trashed.name, self._folder.root / board.path, record, taken)
            taken.add(file_names.folded(self._folder.id_of(target)))
            left = read_record(self._folder, self._folder.id_of(target))
            record = merge_into(record, left) if left else record
            returns.append(_Return(place, trashed, target, board, record, is_awaited=left is not None))
        return returns

    def _record(self, trashed: Path, entry: Entry) -> RecordFile:
        trashed_id = self._folder.id_of(trashed)
        held = held_record(self._folder, trashed_id) or remembered(self._folder, self._index, trashed_id)
        return held or foreign_record(trashed, entry.trashed_ms)

    def _set_aside_damaged(self, one: _Return) -> None:
        """A record that cannot be understood is not deleted with its entry. Raises ProblemError."""
        held = record_path(one.trashed, is_in_trash=True)
        if held.exists() and held_record(self._folder, self._folder.id_of(one.trashed)) is None:
            set_aside(held, record_path(one.target))

    def _free(self, name: str, folder: Path, record: RecordFile, taken: set[str]) -> Path:
        for free in file_names.free_names(name):
            target = folder / free
            if file_names.folded(self._folder.id_of(target)) not in taken and not self._is_taken(
                target, record
            ):
                return target
        raise AssertionError("the names never end")

    def _is_taken(self, path: Path, record: RecordFile) -> bool:
        picture_id = self._folder.id_of(path)
        is_held = self._index.read(lambda connection: rows.is_taken(connection, picture_id))
        if is_held or path.exists():
            return True
        left = read_record(self._folder, picture_id)  # of an attempt that ended halfway, or another picture's
        return record_path(path).exists() and (
            left is None or left.document["made"] != record.document["made"]
        )

    def _note(self, created: Sequence[_Return]) -> None:
        with files.disk_problems(self._folder.root):
            items = [
                item_of(self._folder, self._folder.id_of(one.target), one.board.id, one.record.record)
                for one in created
            ]

        def put(connection: sqlite3.Connection) -> None:
            rows.remove(connection, [self._folder.id_of(one.trashed) for one in created])
            for item in items:
                rows.put(connection, item)

        if items:
            self._index.write(put)

    def _pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        root = self._folder.root
        return self._index.read(lambda connection: rows.pictures(connection, root, ids))
