"""The trash: a picture with its record, where it was and when, in a folder of its own.

trash/<id>/entry.json    {"format": 1, "id", "picture": its path in the library, "board_id", "trashed_ms"}
          <file name>, <file name>.json

The picture moves first, then its record: an end between the two is mended by ``Synchroniser``.
"""

from __future__ import annotations

import contextlib
import functools
import json
import shutil
import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library import rows
from seedream_desktop.library.folder import ENTRY_FILE, HIDDEN, LibraryFolder, record_path
from seedream_desktop.library.items import (
    foreign_record,
    is_picture_name,
    item_of,
    read_record,
    write_records,
)
from seedream_desktop.library.values import Picture

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.record import RecordFile

FORMAT = 1


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A picture in the trash."""

    id: str
    picture: Picture
    trashed_ms: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the entry's file says."""

    id: str
    picture: str  # path in the library, where it was
    board_id: str
    trashed_ms: int


class Trash:
    """Puts pictures into the trash and brings them back."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards

    def put(self, picture_ids: Sequence[str]) -> tuple[TrashEntry, ...]:
        """Move pictures into the trash; those that are gone are left out."""
        entries = []
        for picture in self._pictures(picture_ids):
            with self._folder.writing():
                if not picture.trash_id and picture.path.is_file():
                    entries.append(self._put(picture))
        return tuple(entries)

    def restore(self, entry_ids: Sequence[str]) -> tuple[Picture, ...]:
        """Bring pictures back to their boards; a name that is taken by now becomes the next free one."""
        restored = []
        for entry_id in entry_ids:
            with self._folder.writing():
                entry = read_entry(self.folder_of(entry_id))
                if entry is not None:
                    restored += self._restore(entry)
        return self._pictures(restored)

    def entries(self) -> tuple[TrashEntry, ...]:
        """What is in the trash, lately trashed first."""
        sql = "SELECT id, trashed_ms FROM pictures WHERE trash_id <> '' ORDER BY trashed_ms DESC, id"
        times = dict(self._index.read(lambda connection: connection.execute(sql).fetchall()))
        pictures = self._pictures(tuple(times))
        return tuple(TrashEntry(picture.trash_id, picture, times[picture.id]) for picture in pictures)

    def purge(self, entry_ids: Sequence[str]) -> None:
        """Delete entries for good."""
        for entry_id in entry_ids:
            with self._folder.writing():
                place = self.folder_of(entry_id)
                with files.disk_problems(place):
                    remove_entry(place)
                prefix = f"{HIDDEN}/trash/{entry_id}/"
                self._index.write(functools.partial(_forget, prefix=prefix))

    def folder_of(self, entry_id: str) -> Path:
        """Where an entry lies."""
        return self._folder.hidden / "trash" / files.legal_name(entry_id)

    def _put(self, picture: Picture) -> TrashEntry:
        entry = Entry(uuid.uuid4().hex, picture.id, picture.board_id, now_ms())
        place = self.folder_of(entry.id)
        trashed = place / picture.path.name
        files.make_folder(place)
        try:
            content = json.dumps({"format": FORMAT, **encode(entry)}, ensure_ascii=False, indent=1) + "\n"
            files.write_over(place / ENTRY_FILE, content.encode(), self._folder.temporary)
            with files.disk_problems(place):
                picture.path.rename(trashed)
        except BaseException:
            if not trashed.exists():
                shutil.rmtree(place, ignore_errors=True)
            raise
        with files.disk_problems(place):
            move_record(self._folder.record_path(picture.id), record_path(trashed, is_in_trash=True))
            files.sync_folder(place)
            files.sync_folder(picture.path.parent)
        note_entry(self._folder, self._index, self._folder.id_of(trashed), entry, (picture.id,))
        (moved,) = self._pictures([self._folder.id_of(trashed)])
        return TrashEntry(entry.id, moved, entry.trashed_ms)

    def _restore(self, entry: Entry) -> list[str]:
        place = self.folder_of(entry.id)
        trashed = picture_in(place)
        if trashed is None:
            return []
        was_at = PurePosixPath(entry.picture).parent.as_posix()
        board = self._boards.for_saving(entry.board_id, was_at)
        trashed_id = self._folder.id_of(trashed)
        record = read_record(self._folder, trashed_id) or foreign_record(trashed, entry.trashed_ms)
        folder = self._folder.root / board.path
        with files.disk_problems(folder):
            target = self._brought_back(trashed, folder, record)
            picture_id = self._folder.id_of(target)
            item = item_of(self._folder, picture_id, board.id, record.record)
            remove_entry(place)

        def put(connection: sqlite3.Connection) -> None:
            rows.remove(connection, [trashed_id])
            rows.put(connection, item)

        self._index.write(put)
        return [picture_id]

    def _brought_back(self, trashed: Path, folder: Path, record: RecordFile) -> Path:
        """The picture under a free name in ``folder``; its record first, so that it never lacks one."""
        for name in files.free_names(trashed.name):
            target = folder / name
            if self._is_taken(target, record):
                continue
            write_records(self._folder, {self._folder.id_of(target): record})
            if self._create(trashed, target):
                return target
        raise AssertionError("the names never end")

    def _create(self, trashed: Path, target: Path) -> bool:
        is_created = False
        try:
            is_created = files.create(trashed, target)
            files.sync_folder(target.parent)
        except OSError:
            if is_created and trashed.exists():
                files.discard(target)
            raise
        finally:
            if not target.exists():
                files.discard(record_path(target))
        return is_created

    def _is_taken(self, path: Path, record: RecordFile) -> bool:
        picture_id = self._folder.id_of(path)
        is_held = self._index.read(lambda connection: rows.is_taken(connection, picture_id))
        if is_held or path.exists():
            return True
        left = read_record(self._folder, picture_id)  # of an attempt that ended halfway, or another picture's
        return record_path(path).exists() and (
            left is None or left.document["made"] != record.document["made"]
        )

    def _pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        root = self._folder.root
        return self._index.read(lambda connection: rows.pictures(connection, root, ids))


def read_entry(place: Path) -> Entry | None:
    """What the entry's file in ``place`` says; None: there is none that can be read."""
    try:
        return decode(Entry, json.loads((place / ENTRY_FILE).read_bytes()))
    except (OSError, ValueError):
        return None


def picture_in(place: Path) -> Path | None:
    """The picture of the entry in ``place``."""
    with contextlib.suppress(OSError):
        return next((path for path in sorted(place.iterdir()) if is_picture_name(path.name)), None)
    return None


def note_entry(
    folder: LibraryFolder, index: Index, trashed_id: str, entry: Entry, gone: Sequence[str]
) -> None:
    """Note in the index that the picture lies in the trash now and no more under the ids ``gone``."""
    path = folder.path(trashed_id)
    record = read_record(folder, trashed_id) or foreign_record(path, entry.trashed_ms)
    with files.disk_problems(path.parent):
        item = item_of(folder, trashed_id, entry.board_id, record.record, entry.trashed_ms)

    def put(connection: sqlite3.Connection) -> None:
        rows.remove(connection, gone)
        rows.put(connection, item)

    index.write(put)


def move_record(source: Path, target: Path) -> None:
    """Move a record, if there is one. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        source.rename(target)


def remove_entry(place: Path) -> None:
    """Delete an entry with all that is in it. Raises OSError."""
    if not place.is_dir():
        return
    for path in sorted(place.iterdir(), key=lambda path: path.name == ENTRY_FILE):
        files.remove(path)
    place.rmdir()


def _forget(connection: sqlite3.Connection, prefix: str) -> None:
    sql = "SELECT id FROM pictures WHERE substr(id, 1, ?) = ?"
    rows.remove(connection, [picture_id for (picture_id,) in connection.execute(sql, (len(prefix), prefix))])
