"""The trash in the index held against its folders; what an end in the middle left there is mended."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.folder import LibraryFolder, is_trashed, record_path
from seedream_desktop.library.trash import (
    Entry,
    move_record,
    note_entry,
    picture_in,
    read_entry,
    remove_entry,
)

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

_TRASHED = "SELECT trash_id, id FROM pictures WHERE trash_id <> ''"


def synchronise_trash(folder: LibraryFolder, index: Index) -> bool:
    """Take in new entries and forget those that are gone; True if anything changed."""
    known = dict(index.read(lambda connection: connection.execute(_TRASHED).fetchall()))
    try:
        places = sorted(place for place in (folder.hidden / "trash").iterdir() if place.is_dir())
    except OSError:
        return False
    is_changed = False
    for place in places:
        held = known.get(place.name)
        if held is not None and not _is_over(folder, index, place):
            del known[place.name]
        elif held is None:
            with folder.alone():
                is_changed |= _take_in(folder, index, place)
    gone = tuple(known.values())
    if gone:
        with folder.alone():
            index.write(lambda connection: _forget(connection, folder, gone))
    return is_changed or bool(gone)


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
        note_entry(folder, index, folder.id_of(picture), entry, ())
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
