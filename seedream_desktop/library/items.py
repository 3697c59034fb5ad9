"""Pictures and their records as they lie on disk: read, written, and made up where there is none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from seedream_desktop import files
from seedream_desktop.library.folder import LibraryFolder, is_trashed
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.record import Made, Record, RecordFile
from seedream_desktop.library.rows import Item, Stamp

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
        return RecordFile.read(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def write_records(folder: LibraryFolder, records: Mapping[str, RecordFile]) -> None:
    """Put records in place, by picture id; unreadable ones are set aside first. Raises ProblemError."""
    paths = {folder.record_path(picture_id): picture_id for picture_id in records}
    for path in paths:
        if not path.parent.is_dir():
            files.make_folder(path.parent)
        if path.exists() and read_record_file(path) is None:
            with files.disk_problems(path.parent):
                path.replace(path.with_name(f"{path.name}.damaged"))
    contents = {path: records[picture_id].content for path, picture_id in paths.items()}
    files.write_over_each(contents, folder.temporary)


def item_of(
    folder: LibraryFolder, picture_id: str, board_id: str, record: Record, trashed_ms: int = 0
) -> Item:
    """The picture as the index holds it. Raises OSError when the file is gone."""
    trash_id = picture_id.split("/")[2] if is_trashed(picture_id) else ""
    return Item(picture_id, board_id, record, stamp_of(folder, picture_id), trash_id, trashed_ms)


def stamp_of(folder: LibraryFolder, picture_id: str) -> Stamp:
    """What tells later whether it changed. Raises OSError when the picture's file is gone."""
    picture = folder.path(picture_id).stat()
    record: os.stat_result | None = None
    with contextlib.suppress(OSError):
        record = folder.record_path(picture_id).stat()
    if record is None:
        return Stamp(picture.st_size, picture.st_mtime_ns)
    return Stamp(picture.st_size, picture.st_mtime_ns, record.st_mtime_ns, record.st_size)


def foreign_record(path: Path, made_ms: int, sha256: str = "") -> RecordFile:
    """A record for a picture that was made elsewhere, by its first bytes. Raises ProblemError."""
    sha256 = sha256 or files.sha256_of(path)
    with files.disk_problems(path.parent):
        size_bytes = path.stat().st_size
        seen = look_at(path)
    made = Made(sha256, size_bytes, seen.media_type, seen.width_px, seen.height_px, made_ms)
    return RecordFile.of(made)
