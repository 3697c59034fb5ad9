"""The trash in the index held against its folders; what an end in the middle left there is mended."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import ENTRY_FILE, LibraryFolder, is_trashed, record_path
from seedream_desktop.library.items import read_record, write_records
from seedream_desktop.library.marks import canonical, written
from seedream_desktop.library.record import RecordFile, is_copy_of, merge_into
from seedream_desktop.library.trash import (
    Entry,
    later_entry,
    move_record,
    note_entries,
    picture_in,
    read_entry,
    remove_entry,
)

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.marks import Document

_TRASHED = "SELECT trash_id, id, record_mtime_ns FROM pictures WHERE trash_id <> ''"


def synchronise_trash(folder: LibraryFolder, index: Index) -> bool:
    """Take in new entries and forget those that are gone; True if anything changed.

    Raises ProblemError(LIBRARY_AWAY): then nothing is gone.
    """
    found = index.read(lambda connection: connection.execute(_TRASHED).fetchall())
    known = {trash_id: picture_id for trash_id, picture_id, _ in found}
    seen = {picture_id: mtime_ns for _, picture_id, mtime_ns in found}
    try:
        places = sorted(place for place in (folder.hidden / "trash").iterdir() if _is_folder(place))
    except FileNotFoundError:  # a synchroniser does away with folders that are empty
        places = []
    except OSError:
        return False
    is_changed = False
    for place in places:
        _merge_copies(folder, place)
        held = known.get(place.name)
        is_there = held is not None and not _is_over(folder, index, place)
        if is_there:
            del known[place.name]
        if held is None or (is_there and _record_mtime_ns(folder, held) != seen[held]):
            with folder.alone():
                is_changed |= _take_in(folder, index, place)
    gone = tuple(known.values())
    if gone:
        folder.check_present()
        with folder.alone():
            index.write(lambda connection: _forget(connection, folder, gone))
    return is_changed or bool(gone)


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _record_mtime_ns(folder: LibraryFolder, picture_id: str) -> int:
    try:
        return folder.record_path(picture_id).stat().st_mtime_ns
    except OSError:
        return 0


def _merge_copies(folder: LibraryFolder, place: Path) -> None:
    """Merge the copies of the entry's files that a synchroniser left there.

    Two machines trashed one picture, or one of them rated it at the same time.
    """
    picture = picture_in(place)
    if picture is None or folder.problem is not None:
        return
    known = {ENTRY_FILE, record_path(picture, is_in_trash=True).name}
    for copy in sorted(path for path in place.glob("*.json") if path.name not in known):
        with contextlib.suppress(OSError, ValueError, ProblemError), folder.writing():
            document = read_document(copy)
            is_record = isinstance(document, dict) and "made" in document
            if is_record:
                _merge_record(folder, picture, document)
            else:
                _merge_entry(folder, place, document)
            files.discard(copy)


def _merge_record(folder: LibraryFolder, picture: Path, document: Document) -> None:
    """Raises ValueError when the copy is not surely of that picture's record."""
    held, copy = read_record(folder, folder.id_of(picture)), RecordFile.understood(document)
    if held is None or not is_copy_of(held, copy):
        raise ValueError("of another picture")
    merged = merge_into(held, copy)
    if canonical(merged.document) != canonical(held.document):
        write_records(folder, {folder.id_of(picture): merged})


def _merge_entry(folder: LibraryFolder, place: Path, document: Document) -> None:
    """Raises OSError, or ValueError when it is no entry."""
    held = read_document(place / ENTRY_FILE)
    best = later_entry(held, document)
    if best is not held:
        files.write_over(place / ENTRY_FILE, written(best), folder.temporary)


def _is_over(folder: LibraryFolder, index: Index, place: Path) -> bool:
    """Whether an end came while the entry was purged, or after its picture was back on its board.

    What is left of it is removed then.
    """
    with folder.alone(), contextlib.suppress(OSError):
        picture = picture_in(place)
        if picture is not None and (
            picture.stat().st_nlink == 1 or not _is_on_a_board(folder, index, picture)
        ):
            return False
        if folder.problem is None:
            remove_entry(place)
        return True
    return False


def _is_on_a_board(folder: LibraryFolder, index: Index, picture: Path) -> bool:
    """Whether the same file has a name on a board too."""
    if picture.stat().st_nlink == 1:
        return False
    trashed_id = folder.id_of(picture)
    same = index.read(lambda connection: rows.ids_of_same_bytes(connection, trashed_id))
    places = [folder.path(picture_id) for picture_id in same if not is_trashed(picture_id)]
    return any(path.is_file() and path.samefile(picture) for path in places)


def _take_in(folder: LibraryFolder, index: Index, place: Path) -> bool:
    entry, picture = read_entry(place), picture_in(place)
    if (
        entry is None or picture is None
    ):  # half-arrived from another machine, or an end before the picture moved
        return False
    if folder.problem is None:
        _fetch_record(folder, entry, picture)
    with contextlib.suppress(ProblemError):
        note_entries(folder, index, {folder.id_of(picture): entry}, ())
        return True
    return False


def _fetch_record(folder: LibraryFolder, entry: Entry, picture: Path) -> None:
    """The picture went into the trash and its record did not: an end came between."""
    stays_at = folder.record_path(entry.picture)
    target = record_path(picture, is_in_trash=True)
    if not target.exists() and not folder.path(entry.picture).exists():
        with contextlib.suppress(OSError):
            move_record(stays_at, target)


def _forget(connection: sqlite3.Connection, folder: LibraryFolder, ids: tuple[str, ...]) -> None:
    rows.remove(connection, [picture_id for picture_id in ids if not folder.path(picture_id).is_file()])
