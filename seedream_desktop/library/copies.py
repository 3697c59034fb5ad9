"""Records that lie where no picture has their name: what synchronisers leave, merged into where it belongs.

Syncthing, Dropbox, OneDrive, Google Drive, iCloud, Nextcloud and Resilio each name a copy their own way, in
many languages; what tells is what the record says, and that it lies beside the picture under a name that
begins alike. A record is removed only when it surely is of the picture that it was merged into.
"""

from __future__ import annotations

import contextlib
import sqlite3
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.folder import LibraryFolder, board_path_of, is_trashed
from seedream_desktop.library.items import is_picture_name, item_of, read_record, write_records
from seedream_desktop.library.marks import canonical
from seedream_desktop.library.record import is_copy_of, is_same_picture, merge_into

if TYPE_CHECKING:
    from seedream_desktop.library.adoption import Adoption
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.record import RecordFile


def merge_copies(folder: LibraryFolder, index: Index, adoption: Adoption) -> bool:
    """Merge the strays that are copies of records; True if the index changed.

    If a picture that was here lies elsewhere now, what another machine said of it where it was is said of it
    there.
    """
    is_changed = False
    for stray, copy in tuple(adoption.strays.items()) if folder.problem is None else ():
        with folder.alone(), contextlib.suppress(OSError, ProblemError):
            for picture_id in _same(folder, index, stray, copy):
                held = read_record(folder, picture_id)
                if held is None and _lacks_one(folder, stray, picture_id):
                    write_records(folder, {picture_id: copy})
                    adoption.drop(stray)
                    break
                fit = _fit(folder, index, stray, copy, picture_id, held) if held else _Fit.NONE
                if held is not None and fit is not _Fit.NONE:
                    is_changed |= _merge(folder, index, picture_id, held, copy)
                    if fit is _Fit.WHOLE:
                        adoption.drop(stray)
                    break
    return is_changed


class _Fit(Enum):
    """What a stray is to a record."""

    NONE = auto()  # of another picture, or of one that may be on its way
    TELLS = auto()  # it says more of the same bytes, and may be of another file of them
    WHOLE = auto()  # it is of the same picture, and there is no other


def _lacks_one(folder: LibraryFolder, stray: Path, picture_id: str) -> bool:
    """Whether it went into the trash before its record was here, and the stray is nobody else's."""
    is_own = is_picture_name(stray.name.removesuffix(".json"))
    return is_trashed(picture_id) and not is_own and not folder.record_path(picture_id).exists()


def _fit(
    folder: LibraryFolder, index: Index, stray: Path, copy: RecordFile, picture_id: str, held: RecordFile
) -> _Fit:
    own_name = stray.name.removesuffix(".json")
    board = stray.parent.parent
    is_beside = folder.path(picture_id).parent == board and _is_like(own_name, picture_id)
    is_of_it = not held.is_adopted and is_same_picture(held.record.made, copy.record.made)
    if not is_picture_name(own_name):
        return _Fit.WHOLE if is_copy_of(held, copy) else _Fit.NONE
    if copy.is_adopted or not folder.is_still(stray):  # a picture of that name may be on its way
        return _Fit.NONE
    own_id = folder.id_of(board / own_name)
    is_from_here = index.read(lambda connection: rows.was_there(connection, own_id))
    if is_beside and is_copy_of(held, copy):
        return _Fit.WHOLE
    if is_from_here and is_of_it:  # it may have been moved back, and be on its way: its record is kept long
        return _Fit.WHOLE if folder.is_forsaken(stray) else _Fit.TELLS
    is_made_up = held.is_adopted and not held.record.made.job_id
    return _Fit.TELLS if is_made_up and is_copy_of(held, copy) else _Fit.NONE


def _same(folder: LibraryFolder, index: Index, stray: Path, copy: RecordFile) -> list[str]:
    """The pictures that the stray may be a record of, those beside it and named like it first."""
    made, board = copy.record.made, folder.id_of(stray.parent.parent)
    found = index.read(lambda connection: _candidates(connection, made.sha256, made.job_id, made.set_index))

    def distance(picture_id: str) -> tuple[bool, bool, bool]:
        is_elsewhere = board_path_of(picture_id) != board
        return is_trashed(picture_id), is_elsewhere, not _is_like(stray.name, picture_id)

    return sorted(found, key=distance)


def _candidates(connection: sqlite3.Connection, sha256: str, job_id: str, set_index: int) -> tuple[str, ...]:
    of_bytes = rows.ids_of_bytes(connection, sha256)
    return tuple(dict.fromkeys((*of_bytes, *rows.ids_of_job(connection, job_id, set_index))))


def _is_like(own_name: str, picture_id: str) -> bool:
    """Whether a synchroniser could have made the one name of the other."""
    stem = picture_id.rpartition("/")[2].rpartition(".")[0]
    return own_name.casefold().startswith(stem.casefold())


def _merge(folder: LibraryFolder, index: Index, picture_id: str, held: RecordFile, copy: RecordFile) -> bool:
    merged = merge_into(held, copy)
    if canonical(merged.document) == canonical(held.document):
        return False
    write_records(folder, {picture_id: merged})
    if is_trashed(picture_id):
        return False  # the look at the trash comes afterwards
    (picture,) = index.read(lambda connection: rows.pictures(connection, folder.root, [picture_id]))
    item = item_of(folder, picture_id, picture.board_id, merged.record)
    index.write(lambda connection: rows.put(connection, item))
    return True
