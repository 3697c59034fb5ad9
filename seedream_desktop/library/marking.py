"""Ratings, rejections, titles, notes and tags: written into the records, then into the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library import rows
from seedream_desktop.library.bulk import AT_ONCE
from seedream_desktop.library.items import foreign_record, held_record, item_of, write_records

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.values import Picture

RATING_MAX = 5


@dataclass(frozen=True, slots=True)
class Changes:
    """What is said anew of pictures; ``None``: stays as it was."""

    rating: int | None = None  # 0 to 5
    rejected: bool | None = None
    title: str | None = None
    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str | int | bool]:
        """The marks that change, by name."""
        rating = None if self.rating is None else min(max(self.rating, 0), RATING_MAX)
        named = {"rating": rating, "rejected": self.rejected, "title": self.title, "note": self.note}
        return {name: value for name, value in named.items() if value is not None}

    @property
    def tags(self) -> dict[str, bool]:
        """The tags that change: true holds."""
        return dict.fromkeys(self.remove_tags, False) | dict.fromkeys(self.add_tags, True)


def mark(
    folder: LibraryFolder, index: Index, picture_ids: Sequence[str], changes: Changes
) -> tuple[Picture, ...]:
    """Mark the pictures, but for those that are gone or trashed; gives them as they are then."""
    marked_pictures: list[Picture] = []
    for start in range(0, len(picture_ids), AT_ONCE):
        with folder.writing():
            marked_pictures += _mark(folder, index, picture_ids[start : start + AT_ONCE], changes)
    return tuple(marked_pictures)


def _mark(
    folder: LibraryFolder, index: Index, picture_ids: Sequence[str], changes: Changes
) -> tuple[Picture, ...]:
    known = index.read(lambda connection: rows.pictures(connection, folder.root, picture_ids))
    there = [picture for picture in known if not picture.trash_id and picture.path.is_file()]
    records = {}
    for picture in there:
        held = held_record(folder, picture.id)
        held = held or foreign_record(picture.path, picture.made_ms, picture.sha256)
        records[picture.id] = held.marked(changes.values, changes.tags, now_ms(), folder.machine_id)
    write_records(folder, records)
    with files.disk_problems(folder.root):
        items = [item_of(folder, each.id, each.board_id, records[each.id].record) for each in there]

    def put(connection: sqlite3.Connection) -> None:
        for item in items:
            rows.put(connection, item)

    index.write(put)
    return index.read(lambda connection: rows.pictures(connection, folder.root, [item.id for item in items]))
