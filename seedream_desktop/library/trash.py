"""The trash: a picture with its record, where it was and when, in a folder of its own.

trash/<id>/entry.json    {"format": 1, "id", "picture": its path in the library, "board_id", "trashed_ms"}
          <file name>, <file name>.json

What an entry says is durable before its picture moves; then the picture moves, then its record: an end
between the two is mended by ``Synchroniser``.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import sqlite3
import stat
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library import rows
from seedream_desktop.library.boards import INBOX
from seedream_desktop.library.bulk import AT_ONCE, PartlyDone, make_folders, sync_folders
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import ENTRY_FILE, HIDDEN, LibraryFolder, record_path
from seedream_desktop.library.items import foreign_record, is_picture_name, item_there
from seedream_desktop.library.known_record import remembered
from seedream_desktop.library.marks import Document, canonical
from seedream_desktop.library.values import Picture

if TYPE_CHECKING:
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
    """Puts pictures into the trash and deletes them for good; ``Restoring`` brings them back."""

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
        self._index = index

    def put(self, picture_ids: Sequence[str]) -> tuple[TrashEntry, ...]:
        """Move pictures into the trash; those that are gone are left out. Raises PartlyDone."""
        wanted = tuple(dict.fromkeys(picture_ids))
        entries: list[TrashEntry] = []
        try:
            for start in range(0, len(wanted), AT_ONCE):
                with self._folder.writing():
                    self._put(wanted[start : start + AT_ONCE], entries)
        except ProblemError as error:
            raise PartlyDone(error.problem, tuple(entries)) from error
        return tuple(entries)

    def entries(self) -> tuple[TrashEntry, ...]:
        """What is in the trash, lately trashed first."""
        sql = "SELECT id, trashed_ms FROM pictures WHERE trash_id <> '' ORDER BY trashed_ms DESC, id"
        times = dict(self._index.read(lambda connection: connection.execute(sql).fetchall()))
        pictures = self._pictures(tuple(times))
        return tuple(TrashEntry(picture.trash_id, picture, times[picture.id]) for picture in pictures)

    def outdated(self, before_ms: int) -> tuple[str, ...]:
        """The entries that were put into the trash before that moment, oldest first.

        Nor did they come here later: another machine's clock may be years behind.
        """
        sql = "SELECT trash_id FROM pictures WHERE trash_id <> '' AND trashed_ms < ? ORDER BY trashed_ms, id"
        found = self._index.read(lambda connection: connection.execute(sql, (before_ms,)).fetchall())
        return tuple(entry_id for (entry_id,) in found if self._arrived_ms(entry_id) < before_ms)

    def _arrived_ms(self, entry_id: str) -> float:
        try:
            return (self.folder_of(entry_id) / ENTRY_FILE).lstat().st_ctime * 1000
        except FileNotFoundError:  # it does not even say what it is
            return 0.0
        except OSError:
            return math.inf

    def purge(self, entry_ids: Sequence[str]) -> None:
        """Delete entries for good."""
        for start in range(0, len(entry_ids), AT_ONCE):
            with self._folder.writing():
                self._purge(entry_ids[start : start + AT_ONCE])

    def folder_of(self, entry_id: str) -> Path:
        """Where an entry lies."""
        return entry_folder(self._folder, entry_id)

    def _put(self, picture_ids: Sequence[str], done: list[TrashEntry]) -> None:
        known = self._pictures(picture_ids)
        pictures = [picture for picture in known if not picture.trash_id and picture.path.is_file()]
        entries = {self._entry(picture): picture for picture in pictures}
        try:
            self._make_places(entries)
            with files.disk_problems(self._folder.hidden / "trash"):
                self._move(entries)
        except BaseException:
            for entry, picture in entries.items():
                if picture.path.exists():
                    self._take_back(entry)
            raise
        finally:
            moved = {self._folder.id_of(path): entry for entry in entries if (path := self._arrived(entry))}
            note_entries(self._folder, self._index, moved, [entry.picture for entry in moved.values()])
            times = {entry.id: entry.trashed_ms for entry in entries}
            found = self._pictures(tuple(moved))
            done += (TrashEntry(one.trash_id, one, times[one.trash_id]) for one in found)

    def _take_back(self, entry: Entry) -> None:
        """Nothing came after what the entry announced."""
        files.discard(self.folder_of(entry.id) / ENTRY_FILE)
        with contextlib.suppress(OSError):
            self.folder_of(entry.id).rmdir()

    def _arrived(self, entry: Entry) -> Path | None:
        """The entry's picture, if its record came along; else ``synchronise`` brings the two together."""
        is_left = not self._folder.path(entry.picture).exists()
        if is_left and self._folder.record_path(entry.picture).exists():
            return None
        return picture_in(self.folder_of(entry.id))

    def _entry(self, picture: Picture) -> Entry:
        entry_id = _entry_id(picture)
        if self.folder_of(entry_id).exists():
            entry_id = uuid.uuid4().hex
        return Entry(entry_id, picture.id, picture.board_id, now_ms())

    def _make_places(self, entries: Iterable[Entry]) -> None:
        """Folders that say what is about to come, durably. Raises ProblemError."""
        contents = {self.folder_of(entry.id) / ENTRY_FILE: _written(entry) for entry in entries}
        if contents:
            files.make_folder(self._folder.hidden / "trash")  # a synchroniser may have done away with it
            make_folders(path.parent for path in contents)
            files.write_over_each(contents, self._folder.temporary)

    def _move(self, entries: Mapping[Entry, Picture]) -> None:
        """Each picture first, then its record. Raises OSError."""
        try:
            for entry, picture in entries.items():
                trashed = self.folder_of(entry.id) / picture.path.name
                picture.path.rename(trashed)
                try:
                    move_record(self._folder.record_path(picture.id), record_path(trashed, is_in_trash=True))
                except OSError:
                    with contextlib.suppress(OSError):
                        files.move(trashed, picture.path)
                    raise
        finally:
            sync_folders(self.folder_of(entry.id) for entry in entries)
            sources = dict.fromkeys(picture.path.parent for picture in entries.values())
            sync_folders(place for source in sources for place in (source, source / HIDDEN))

    def _purge(self, entry_ids: Sequence[str]) -> None:
        gone = []
        try:
            for entry_id in entry_ids:
                place = self.folder_of(entry_id)
                with files.disk_problems(place):
                    remove_entry(place)
                gone.append(entry_id)
        finally:
            forget_entries(self._index, gone)

    def _pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        root = self._folder.root
        return self._index.read(lambda connection: rows.pictures(connection, root, ids))


def entry_folder(folder: LibraryFolder, entry_id: str) -> Path:
    """Where an entry lies."""
    return folder.hidden / "trash" / file_names.legal_name(entry_id)


def _entry_id(picture: Picture) -> str:
    """The same on every machine that trashes this picture from this place: then it lies in the trash once."""
    import hashlib  # late: 2 ms that the first paint does without

    told = (picture.sha256, picture.press_id, picture.press_index, picture.set_index, picture.id)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def read_entry(place: Path) -> Entry | None:
    """What the entry's file in ``place`` says; None: there is none that can be read."""
    return entry_in(place / ENTRY_FILE)


def entry_in(path: Path) -> Entry | None:
    """What the entry's file at ``path`` says; None: there is none that can be read."""
    try:
        return decode(Entry, read_document(path))
    except (OSError, ValueError):
        return None


def later_entry(first: Document, second: Document) -> Document:
    """Which of two copies of an entry's file holds: that of the machine that trashed the picture last."""
    return max(first, second, key=lambda entry: (decode(Entry, entry).trashed_ms, canonical(entry)))


def picture_in(place: Path) -> Path | None:
    """The picture of the entry in ``place``."""
    with contextlib.suppress(OSError):
        return next((path for path in sorted(place.iterdir()) if _is_picture(path)), None)
    return None


def _is_picture(path: Path) -> bool:
    return is_picture_name(path.name) and stat.S_ISREG(path.lstat().st_mode)


def note_entries(
    folder: LibraryFolder, index: Index, entries: Mapping[str, Entry], gone: Sequence[str]
) -> None:
    """Note in the index what lies in the trash now, by picture id, and no more under the ids ``gone``."""
    items = []
    for trashed_id, entry in entries.items():
        path = folder.path(trashed_id)
        with files.disk_problems(path.parent):
            made_up = functools.partial(_made_up, folder, index, path, entry)
            items.append(item_there(folder, trashed_id, entry.board_id, made_up, entry.trashed_ms))

    def put(connection: sqlite3.Connection) -> None:
        rows.remove(connection, gone)
        for item in items:
            rows.put(connection, item)

    if items or gone:
        index.write(put)


def _made_up(folder: LibraryFolder, index: Index, path: Path, entry: Entry) -> RecordFile:
    """What can be said of a trashed picture without its record. Raises ProblemError."""
    sha256 = files.sha256_of(path)
    places = (folder.id_of(path), entry.picture)  # there another one may be by now
    known = next(filter(None, (remembered(folder, index, place, sha256) for place in places)), None)
    return known or foreign_record(path, entry.trashed_ms, sha256)


def forget_entries(index: Index, entry_ids: Sequence[str]) -> None:
    """Take entries that are gone out of the index."""

    def forget(connection: sqlite3.Connection) -> None:
        for entry_id in entry_ids:
            below = f"{HIDDEN}/trash/{entry_id}"
            sql = "SELECT id FROM pictures WHERE id > ? AND id < ?"  # "0" comes right after the slash
            found = connection.execute(sql, (f"{below}/", f"{below}0")).fetchall()
            rows.remove(connection, [picture_id for (picture_id,) in found])

    if entry_ids:
        index.write(forget)


def forget_around(folder: LibraryFolder, path: str) -> None:
    """Entries of pictures of boards within ``path`` say no longer where these were. Raises ProblemError."""
    contents = {}
    with contextlib.suppress(FileNotFoundError):
        for place in sorted((folder.hidden / "trash").iterdir()):
            entry = read_entry(place)
            if entry is not None and entry.picture.startswith(f"{path}/"):
                picture = entry.picture.removeprefix(f"{path}/")
                picture = picture if "/" in picture else f"{INBOX}/{picture}"
                contents[place / ENTRY_FILE] = _written(replace(entry, picture=picture))
    files.write_over_each(contents, folder.temporary)


def move_record(source: Path, target: Path) -> None:
    """Move a record, if there is one. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        source.rename(target)


def remove_entry(place: Path) -> None:
    """Delete an entry with all that is in it. Raises OSError."""
    if place.is_symlink() or not place.is_dir():
        files.remove(place)
        return
    for path in sorted(place.iterdir(), key=lambda path: path.name == ENTRY_FILE):
        files.remove(path)
    place.rmdir()


def _written(entry: Entry) -> bytes:
    return (json.dumps({"format": FORMAT, **encode(entry)}, ensure_ascii=False, indent=1) + "\n").encode()
