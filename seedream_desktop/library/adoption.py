"""Taking in one picture that changed outside: which record belongs to it, and what that has to say now.

A picture without a record is matched by size and SHA-256 with a record whose picture is gone (it was moved or
renamed) or with another picture (it was copied); only such pictures and those that changed are hashed. What
came a moment ago may lack what is still on its way from another machine: it is shown, and no record is
written for it yet that the real one would have to fight.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.folder import LibraryFolder, record_path
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.items import (
    UNREAD,
    foreign_record,
    item_of,
    read_record,
    read_record_file,
    write_records,
)
from seedream_desktop.library.known_record import remembered, with_remembered
from seedream_desktop.library.record import Made, RecordFile, is_same_picture, merge_into

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.rows import Item, Seen

_SETTLED_S = 5.0  # a file that changed later than that may still be on its way
_ARRIVING = (".{}.icloud", ".syncthing.{}.tmp", "~syncthing~{}.tmp")  # a record that is here in a moment


@dataclass(frozen=True, slots=True)
class _Found:
    """A record for a picture. ``is_new``: it is not beside it yet; ``stray``: it lay there instead."""

    file: RecordFile
    is_new: bool = False
    stray: Path | None = None
    is_early: bool = False  # it is not to be written yet


class Adoption:
    """Finds the records of pictures; ``strays`` are the records whose pictures are not beside them."""

    def __init__(self, folder: LibraryFolder, index: Index, strays: Iterable[Path]) -> None:
        self._folder = folder
        self._index = index
        read = ((path, read_record_file(path)) for path in strays)
        self._strays = {path: record for path, record in read if record is not None}

    @property
    def strays(self) -> Mapping[Path, RecordFile]:
        """Those that still are."""
        return self._strays

    def items(self, wanted: Sequence[tuple[str, str, bool]]) -> list[Item]:
        """Pictures as the index is to hold them; without those that are gone, not all there yet, or as held.

        ``wanted``: the id of each, that of its board, and whether its bytes may be others than its record's
        even if they are as many.
        """
        ids = [picture_id for picture_id, _, _ in wanted]
        seen = self._index.read(lambda connection: rows.seen_each(connection, ids))
        items = (self._item(*each, seen.get(each[0])) for each in wanted)
        return [item for item in items if item is not None]

    def _item(self, picture_id: str, board_id: str, is_suspect: bool, seen: Seen | None) -> Item | None:
        try:
            found = self._found(picture_id, is_suspect, seen)
            if found is None:
                return None
            is_kept = not found.is_new or self._keep(picture_id, found)
            item = item_of(self._folder, picture_id, board_id, found.file.record)
        except (OSError, ProblemError):
            return None
        return item if is_kept else replace(item, stamp=replace(item.stamp, record_size=UNREAD))

    def drop(self, stray: Path) -> None:
        """Remove a stray: what it says lies beside its picture now."""
        self._strays.pop(stray, None)
        files.discard(stray)

    def _found(self, picture_id: str, is_suspect: bool, seen: Seen | None) -> _Found | None:
        path = self._folder.path(picture_id)
        status = path.stat()
        is_held = seen is not None
        if is_suspect or (seen and (seen.size_bytes, seen.mtime_ns) != (status.st_size, status.st_mtime_ns)):
            seen = None
        held = read_record(self._folder, picture_id)
        if self._folder.is_elsewhere(status):  # to read it would fetch it
            return _Found(held) if held else self._unread(status, is_held)
        if held is not None:
            if is_suspect or not self._is_right(held, status.st_size, seen):
                return self._mismatched(held, path)
            fuller = with_remembered(self._folder, self._index, picture_id, held)
            return _Found(fuller, is_new=fuller is not held)
        if self._folder.record_path(picture_id).exists():  # half-written, or damaged: left as it is
            return None if seen else _Found(foreign_record(path, status.st_mtime_ns // 1_000_000))
        return self._matched(path, status, seen)

    def _unread(self, status: os.stat_result, is_held: bool) -> _Found | None:
        """As much as can be told of a picture whose bytes are in a cloud."""
        if is_held:
            return None
        made = Made("", status.st_size, "", 0, 0, status.st_mtime_ns // 1_000_000)
        return _Found(RecordFile.of(made).adopted(), is_new=True, is_early=True)

    def _is_right(self, held: RecordFile, size_bytes: int, seen: Seen | None) -> bool:
        """Whether the record surely speaks of the picture, as far as can be told without reading that."""
        made = held.record.made
        others = (stray.record.made for stray in self._strays.values())
        is_doubtful = any(one.size_bytes == size_bytes and one.sha256 != made.sha256 for one in others)
        is_known = seen is None or seen.sha256 == made.sha256
        return made.size_bytes == size_bytes and is_known and not is_doubtful

    def _matched(self, path: Path, status: os.stat_result, seen: Seen | None) -> _Found | None:
        record = record_path(path)
        is_early = not self._folder.is_still(path) or any(
            record.with_name(name.format(record.name)).exists() for name in _ARRIVING
        )
        had_record = seen is not None and seen.record_size > 0
        if had_record and not self._folder.is_still(record.parent):
            return None  # it may be on its way to another board
        sha256 = seen.sha256 if seen else files.sha256_of(path)
        found = self._stray_of(status.st_size, sha256)
        if found is not None:
            return found
        if is_early and seen is not None:
            return None
        made_up = made_up_record(self._folder, self._index, path, status.st_mtime_ns // 1_000_000, sha256)
        return _Found(made_up, is_new=True, is_early=is_early)

    def _mismatched(self, held: RecordFile, path: Path) -> _Found | None:
        """The record for a picture that its own does not speak of; None: it is too early to say."""
        record, sha256 = record_path(path), files.sha256_of(path)
        if sha256 == held.record.made.sha256:
            return _Found(held)
        if not self._folder.is_still(path, record, for_s=_SETTLED_S):
            return None
        if held.record.made.edited_from == sha256 and not self._folder.is_still(record):
            return None  # it is ahead of its picture
        return self._exchanged(held, path, sha256) or _edited(held, path, sha256)

    def _exchanged(self, held: RecordFile, path: Path, sha256: str) -> _Found | None:
        """The right record, if the one beside the picture is that of another of the same name.

        Two machines gave one name to two pictures, and their synchroniser renamed one of each. The wrong
        record stays as a stray, to be found for its own picture.
        """
        found = self._stray_of(path.stat().st_size, sha256)
        if found is None and (copy := _record_of_bytes(self._folder, self._index, path, sha256)):
            found = _Found(copy, is_new=True)
        if found is None or self._folder.problem is not None:
            return None
        own = held.record.made.sha256[:16]
        stray = record_path(path).with_name(f"{path.name}.{own if own.isalnum() else 'other'}.json")
        files.write_over(stray, held.content, self._folder.temporary)
        self._strays[stray] = held
        return found

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
        if found.is_early:
            return False
        with contextlib.suppress(ProblemError):
            write_records(self._folder, {picture_id: found.file})
            if found.stray is not None:
                self.drop(found.stray)
            return True
        return False


def made_up_record(
    folder: LibraryFolder, index: Index, path: Path, made_ms: int, sha256: str = ""
) -> RecordFile:
    """A record for the picture at ``path`` that has none, or a damaged one.

    As the index remembers it, as another of its bytes has it, which says more, or by its bytes. Raises
    ProblemError.
    """
    sha256 = sha256 or files.sha256_of(path)
    copy = _record_of_bytes(folder, index, path, sha256)
    known = remembered(folder, index, folder.id_of(path), sha256)
    if copy is not None and known is not None and is_same_picture(copy.record.made, known.record.made):
        return merge_into(copy, known)
    return known or copy or foreign_record(path, made_ms, sha256)


def _record_of_bytes(folder: LibraryFolder, index: Index, path: Path, sha256: str) -> RecordFile | None:
    """The record of another picture with those bytes."""
    for picture_id in index.read(lambda connection: rows.ids_of_bytes(connection, sha256)):
        held = read_record(folder, picture_id)
        if held is not None and held.record.made.sha256 == sha256 and folder.path(picture_id) != path:
            return held.adopted()
    return None


def _edited(held: RecordFile, path: Path, sha256: str) -> _Found | None:
    """A record for the new bytes; None: too early to say."""
    status = path.stat()
    if 0 <= time.time() - status.st_mtime < _SETTLED_S:
        return None
    made, seen = held.record.made, look_at(path)
    changed = replace(
        made,
        sha256=sha256,
        size_bytes=status.st_size,
        media_type=seen.media_type,
        width_px=seen.width_px,
        height_px=seen.height_px,
        edited_from=made.sha256,
    )
    return _Found(held.remade(changed), is_new=True)
