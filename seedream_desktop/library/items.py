"""Pictures and their records as they lie on disk: read, written, and made up where there is none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from seedream_desktop import files
from seedream_desktop.library.folder import HIDDEN, LibraryFolder, is_trashed
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.marks import Document
from seedream_desktop.library.record import Made, document_of, read_document, record_of, written_document
from seedream_desktop.library.rows import Item, Stamp

EXTENSIONS = frozenset({"jpeg", "jpg", "png", "webp", "bmp", "gif", "tif", "tiff"})


def is_picture_name(name: str) -> bool:
    """Whether a file of that name counts as a picture."""
    return not name.startswith(".") and name.rpartition(".")[2].lower() in EXTENSIONS


def read_record(folder: LibraryFolder, picture_id: str) -> Document | None:
    """The picture's record; None: there is none, or it cannot be read (yet)."""
    try:
        return read_document(folder.record_path(picture_id).read_bytes())
    except (OSError, ValueError):
        return None


def write_records(folder: LibraryFolder, documents: Mapping[str, Document]) -> None:
    """Put records in place, by picture id; unreadable ones are set aside first. Raises ProblemError."""
    paths = {folder.record_path(picture_id): picture_id for picture_id in documents}
    for path, picture_id in paths.items():
        if not path.parent.is_dir():
            files.make_folder(path.parent)
        if path.exists() and read_record(folder, picture_id) is None:
            with files.disk_problems(path.parent):
                path.replace(path.with_name(f"{path.name}.damaged"))
    contents = {path: written_document(documents[picture_id]) for path, picture_id in paths.items()}
    files.write_over_each(contents, folder.temporary)


def item_of(
    folder: LibraryFolder, picture_id: str, board_id: str, document: Document, trashed_ms: int = 0
) -> Item:
    """The picture with ``document`` as its record. Raises OSError when the file is gone."""
    trash_id = picture_id.split("/")[2] if is_trashed(picture_id) else ""
    stamp = stamp_of(folder, picture_id)
    return Item(picture_id, board_id, record_of(document), stamp, trash_id, trashed_ms)


def stamp_of(folder: LibraryFolder, picture_id: str) -> Stamp:
    """What tells later whether it changed. Raises OSError when the picture's file is gone."""
    picture = folder.path(picture_id).stat()
    record: os.stat_result | None = None
    with contextlib.suppress(OSError):
        record = folder.record_path(picture_id).stat()
    if record is None:
        return Stamp(picture.st_size, picture.st_mtime_ns)
    return Stamp(picture.st_size, picture.st_mtime_ns, record.st_mtime_ns, record.st_size)


def foreign_document(path: Path, made_ms: int, sha256: str = "") -> Document:
    """A record for a picture that was made elsewhere, by its first bytes. Raises ProblemError."""
    sha256 = sha256 or files.sha256_of(path)
    with files.disk_problems(path.parent):
        size_bytes = path.stat().st_size
        seen = look_at(path)
    return document_of(Made(sha256, size_bytes, seen.media_type, seen.width_px, seen.height_px, made_ms))


def board_hidden(folder: LibraryFolder, board_path: str) -> Path:
    """Where the records of a board lie."""
    return folder.root / board_path / HIDDEN
