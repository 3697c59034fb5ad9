"""Taking in one picture that changed outside: which record belongs to it, and what that has to say now.

A picture without a record is matched by size and SHA-256 with a record whose picture is gone (it was moved or
renamed) or with another picture (it was copied); only such pictures and those that changed are hashed.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.folder import LibraryFolder, record_path
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.items import (
    foreign_record,
    item_of,
    read_record,
    read_record_file,
    write_records,
)
from seedream_desktop.library.record import Made, RecordFile, merge

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.rows import Item

_SETTLED_S = 5.0  # a file that changed later than that may still be on its way
_UNWRITTEN = -1  # size of a record that could not be written: it is tried again


@dataclass(frozen=True, slots=True)
class _Found:
    """A record for a picture. ``is_new``: it is not beside it yet; ``stray``: it lay there instead."""

    file: RecordFile
    is_new: bool = False
    stray: Path | None = None


class Adoption:
    """Finds the records of pictures; ``strays`` are the records whose pictures are not beside them."""

    def __init__(self, folder: LibraryFolder, index: Index, strays: Iterable[Path]) -> None:
        self._folder = folder
        self._index = index
        read = ((path, read_record_file(path)) for path in strays)
        self._strays = {path: record for path, record in read if record is not None}

    def item(self, picture_id: str, board_id: str, is_suspect: bool) -> Item | None:
        """The picture as the index is to hold it; None: it is gone, or not all there yet.

        ``is_suspect``: its bytes may be others than its record's even if they are as many.
        """
        try:
            found = self._found(picture_id, is_suspect)
            if found is None:
                return None
            is_kept = not found.is_new or self._keep(picture_id, found)
            item = item_of(self._folder, picture_id, board_id, found.file.record)
        except (OSError, ProblemError):
            return None
        return item if is_kept else replace(item, stamp=replace(item.stamp, record_size=_UNWRITTEN))

    def copies(self) -> tuple[tuple[Path, Made], ...]:
        """The strays that still are, and what they are records of."""
        return tuple((path, stray.record.made) for path, stray in self._strays.items())

    def merge_copy(self, stray: Path, picture_id: str, board_id: str) -> Item | None:
        """Merge a copy of a picture's record into it and remove the copy. Raises ProblemError."""
        held = read_record(self._folder, picture_id)
        if held is None:
            return None
        write_records(self._folder, {picture_id: merge((held, self._strays[stray]))})
        self._drop(stray)
        return self.item(picture_id, board_id, is_suspect=False)

    def _found(self, picture_id: str, is_suspect: bool) -> _Found | None:
        path = self._folder.path(picture_id)
        stat = path.stat()
        held = read_record(self._folder, picture_id)
        if held is not None:
            if held.record.made.size_bytes == stat.st_size and not is_suspect:
                return _Found(held)
            return self._exchanged(held, path) or _edited(held, path)
        if self._folder.record_path(picture_id).exists():  # half-written, or damaged: left as it is
            return _Found(foreign_record(path, stat.st_mtime_ns // 1_000_000))
        return self._matched(path, stat.st_size, stat.st_mtime_ns // 1_000_000)

    def _matched(self, path: Path, size_bytes: int, mtime_ms: int) -> _Found:
        sha256 = files.sha256_of(path)
        found = self._stray_of(size_bytes, sha256)
        if found is not None:
            return found
        for picture_id in self._index.read(lambda connection: rows.ids_of_bytes(connection, sha256)):
            held = read_record(self._folder, picture_id)
            if held is not None and self._folder.path(picture_id) != path:
                return _Found(held.adopted(), is_new=True)
        return _Found(foreign_record(path, mtime_ms, sha256).adopted(), is_new=True)

    def _exchanged(self, held: RecordFile, path: Path) -> _Found | None:
        """The right record, if the one beside the picture is that of another of the same name.

        Two machines gave one name to two pictures, and their synchroniser renamed one of each. The wrong
        record stays as a stray, to be found for its own picture.
        """
        sizes = {stray.record.made.size_bytes for stray in self._strays.values()}
        size_bytes = path.stat().st_size
        if size_bytes not in sizes or self._folder.problem is not None:
            return None
        found = self._stray_of(size_bytes, files.sha256_of(path))
        if found is not None and found.file.record.made.sha256 != held.record.made.sha256:
            stray = record_path(path).with_name(f"{path.name}.{uuid.uuid4().hex}.json")
            files.write_over(stray, held.content, self._folder.temporary)
            self._strays[stray] = held
            return found
        return None

    def _stray_of(self, size_bytes: int, sha256: str) -> _Found | None:
        for stray, record in self._strays.items():
            made = record.record.made
            if (made.size_bytes, made.sha256) == (size_bytes, sha256):
                return _Found(record, is_new=True, stray=stray)
        return None

    def _keep(self, picture_id: str, found: _Found) -> bool:
        """Write the record beside its picture; False: it has to be tried again."""
        if self._folder.problem is not None:
            return True  # there is nothing to try
        with contextlib.suppress(ProblemError):
            write_records(self._folder, {picture_id: found.file})
            if found.stray is not None:
                self._drop(found.stray)
            return True
        return False

    def _drop(self, stray: Path) -> None:
        self._strays.pop(stray, None)
        files.discard(stray)


def _edited(held: RecordFile, path: Path) -> _Found | None:
    """The record if the bytes are those it speaks of, else one for the new bytes; None: too early to say."""
    made, sha256 = held.record.made, files.sha256_of(path)
    if sha256 == made.sha256:
        return _Found(held)
    stat = path.stat()
    if 0 <= time.time() - stat.st_mtime < _SETTLED_S:
        return None
    seen = look_at(path)
    changed = replace(
        made,
        sha256=sha256,
        size_bytes=stat.st_size,
        media_type=seen.media_type,
        width_px=seen.width_px,
        height_px=seen.height_px,
        edited_from=made.sha256,
    )
    return _Found(held.remade(changed), is_new=True)
