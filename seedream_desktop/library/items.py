"""Pictures and their records as they lie on disk: read, written, and made up where there is none."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import LibraryFolder, is_trashed
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.record import Made, Record, RecordFile
from seedream_desktop.library.rows import ELSEWHERE, Item, Stamp

UNREAD = -1  # the size of a record that has to be looked at again
EXTENSIONS = frozenset({"jpeg", "jpg", "png", "webp", "bmp", "gif", "tif", "tiff"})


def is_picture_name(name: str) -> bool:
    """Whether a file of that name counts as a picture."""
    return not name.startswith(".") and name.rpartition(".")[2].lower() in EXTENSIONS


def read_record(folder: LibraryFolder, picture_id: str) -> RecordFile | None:
    """The picture's record; None: there is none, or it cannot be read (yet)."""
    return read_record_file(folder.record_path(picture_id))


def read_record_file(path: Path) -> RecordFile | None:
    """The record at ``path``; None: there is none, or it cannot be read (yet)."""
    try:
        return RecordFile.understood(read_document(path))
    except (OSError, ValueError):
        return None


def held_record(folder: LibraryFolder, picture_id: str) -> RecordFile | None:
    """The picture's record; None: there is none, or a damaged one. Raises ProblemError if it cannot be read.

    For whoever would write another in its place: what a disk does not give just now is not gone.
    """
    path = folder.record_path(picture_id)
    try:
        return RecordFile.understood(read_document(path))
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise ProblemError(files.problem_of(error, path)) from error


def write_records(folder: LibraryFolder, records: Mapping[str, RecordFile]) -> None:
    """Put records in place, by picture id; unreadable ones are set aside first. Raises ProblemError."""
    paths = {folder.record_path(picture_id): picture_id for picture_id in records}
    for path, picture_id in paths.items():
        if not path.parent.is_dir():
            files.make_folder(path.parent)
        if path.exists() and held_record(folder, picture_id) is None:
            set_aside(path)
    contents = {path: records[picture_id].content for path, picture_id in paths.items()}
    files.write_over_each(contents, folder.temporary)


def set_aside(path: Path, beside: Path | None = None) -> None:
    """Keep a damaged file beside the place ``beside``, or where it is, under a free name that says so.

    Raises ProblemError.
    """
    place = beside or path
    with files.disk_problems(place.parent):
        for number in itertools.count(1):
            if files.move(path, place.with_name(f"{place.name}.damaged{number if number > 1 else ''}")):
                return


def item_of(
    folder: LibraryFolder, picture_id: str, board_id: str, record: Record, trashed_ms: int = 0
) -> Item:
    """The picture as the index holds it. Raises OSError when the file is gone."""
    trash_id = picture_id.split("/")[2] if is_trashed(picture_id) else ""
    return Item(picture_id, board_id, record, stamp_of(folder, picture_id), trash_id, trashed_ms)


def item_there(
    folder: LibraryFolder,
    picture_id: str,
    board_id: str,
    made_up: Callable[[], RecordFile],
    trashed_ms: int = 0,
) -> Item:
    """The picture with the record beside it, as the index holds it; ``made_up`` gives one if there is none.

    One that cannot be read just now is looked at again by the next ``synchronise``. Raises OSError.
    """
    try:
        held = held_record(folder, picture_id)
    except ProblemError:
        item = item_of(folder, picture_id, board_id, made_up().record, trashed_ms)
        return replace(item, stamp=replace(item.stamp, record_size=UNREAD))
    return item_of(folder, picture_id, board_id, (held or made_up()).record, trashed_ms)


def stamp_of(folder: LibraryFolder, picture_id: str) -> Stamp:
    """What tells later whether it changed. Raises OSError when the picture's file is gone."""
    picture = folder.path(picture_id).stat()
    record: os.stat_result | None = None
    with contextlib.suppress(OSError):
        record = folder.record_path(picture_id).stat()
    return stamp(folder, picture, record)


def stamp(folder: LibraryFolder, picture: os.stat_result, record: os.stat_result | None) -> Stamp:
    """The same from what the system says of both."""
    mtime_ns = ELSEWHERE if folder.is_elsewhere(picture) else picture.st_mtime_ns
    if record is None:
        return Stamp(picture.st_size, mtime_ns)
    return Stamp(picture.st_size, mtime_ns, record.st_mtime_ns, record.st_size)


def foreign_record(path: Path, made_ms: int, sha256: str = "") -> RecordFile:
    """A record for a picture that was made elsewhere, by its first bytes. Raises ProblemError.

    It gives way to one that arrives later and knows more.
    """
    sha256 = sha256 or files.sha256_of(path)
    with files.disk_problems(path.parent):
        size_bytes = path.stat().st_size
        seen = look_at(path)
    made = Made(sha256, size_bytes, seen.media_type, seen.width_px, seen.height_px, made_ms)
    return RecordFile.of(made).adopted()
