"""Records that lie where no picture has their name: what synchronisers leave, merged into where it belongs.

Syncthing, Dropbox, OneDrive, Google Drive, iCloud, Nextcloud and Resilio each name a copy their own way, in
many languages; what tells is what the record says, and that it lies beside the picture under a name that
begins alike. A record is removed only when it surely is of the picture that it was merged into.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.folder import LibraryFolder, is_trashed
from seedream_desktop.library.items import is_picture_name, item_of, read_record, write_records
from seedream_desktop.library.marks import canonical
from seedream_desktop.library.record import is_copy_of, is_same_picture, merge_into

if TYPE_CHECKING:
    from seedream_desktop.library.adoption import Adoption
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.record import RecordFile


def merge_copies(folder: LibraryFolder, index: Index, adoption: Adoption, vanished: Collection[str]) -> bool:
    """Merge the strays that are copies of records; True if the index changed.

    ``vanished``: pictures that were here, and then were not: if such a one lies elsewhere now, what was said
    of it where it was is said of it there.
    """
    is_changed = False
    for stray, copy in tuple(adoption.strays.items()) if folder.problem is None else ():
        with folder.alone(), contextlib.suppress(OSError, ProblemError):
            picture_id = _belongs_to(folder, index, stray, copy, vanished)
            held = read_record(folder, picture_id) if picture_id else None
            if held is not None:
                is_changed |= _merge(folder, index, picture_id, held, copy)
                adoption.drop(stray)
    return is_changed


def _belongs_to(
    folder: LibraryFolder, index: Index, stray: Path, copy: RecordFile, vanished: Collection[str]
) -> str:
    """The picture that the stray is a record of; empty: none surely is."""
    made = copy.record.made
    same = index.read(lambda connection: _candidates(connection, made.sha256, made.job_id, made.set_index))
    board = stray.parent.parent
    own_name = stray.name.removesuffix(".json")
    is_own = is_picture_name(own_name)  # a picture of that name may be on its way
    beside = [one for one in same if folder.path(one).parent == board and _is_like(own_name, one)]
    for picture_id in beside if not is_own or (not copy.is_adopted and folder.is_still(stray)) else ():
        held = read_record(folder, picture_id)
        if held is not None and is_copy_of(held, copy):
            return picture_id
    if is_own and folder.id_of(board / own_name) in vanished and not copy.is_adopted:
        for picture_id in same if folder.is_still(stray) else ():
            held = read_record(folder, picture_id)
            if held is not None and not held.is_adopted and is_same_picture(held.record.made, made):
                return picture_id
    return ""


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
