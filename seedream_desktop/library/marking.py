"""Ratings, rejections, titles, notes and tags: written into the records, then into the index."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library import rows
from seedream_desktop.library.adoption import made_up_record
from seedream_desktop.library.bulk import AT_ONCE, PartlyDone
from seedream_desktop.library.items import held_record, item_of, write_records
from seedream_desktop.library.known_record import with_remembered
from seedream_desktop.library.marks import RATING_MAX

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.marks import Marks
    from seedream_desktop.library.record import RecordFile
    from seedream_desktop.library.rows import Item
    from seedream_desktop.library.values import Picture


@dataclass(frozen=True, slots=True)
class Changes:
    """What is said anew of pictures; ``None``: stays as it was."""

    rating: int | None = None  # 0 to 5
    rejected: bool | None = None
    title: str | None = None
    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    in_trash: bool = False  # of those in the trash, too

    @property
    def values(self) -> dict[str, str | int | bool]:
        """The marks that change, by name."""
        rating = None if self.rating is None else min(max(self.rating, 0), RATING_MAX)
        named = {"rating": rating, "rejected": self.rejected, "title": self.title, "note": self.note}
        return {name: value for name, value in named.items() if value is not None}

    def taken_back(self, marks: Marks) -> Changes:
        """What brings ``marks`` back once these changes have been made to them."""
        held = set(marks.tag_names)
        return Changes(
            rating=None if self.rating is None else int(marks.rating.value),
            rejected=None if self.rejected is None else bool(marks.rejected.value),
            title=None if self.title is None else str(marks.title.value),
            note=None if self.note is None else str(marks.note.value),
            add_tags=tuple(tag for tag, holds in self.tags.items() if not holds and tag in held),
            remove_tags=tuple(tag for tag, holds in self.tags.items() if holds and tag not in held),
            in_trash=self.in_trash,
        )

    @property
    def tags(self) -> dict[str, bool]:
        """The tags that change: true holds."""
        return dict.fromkeys(self.remove_tags, False) | dict.fromkeys(self.add_tags, True)


@dataclass(frozen=True, slots=True)
class Marked:
    """A picture as it is marked now, and what takes that back."""

    picture: Picture
    back: Changes


def mark(
    folder: LibraryFolder, index: Index, picture_ids: Sequence[str], changes: Changes
) -> tuple[Picture, ...]:
    """Mark the pictures, but for those that are gone or trashed; gives them as they are then."""
    marked = mark_each(folder, index, dict.fromkeys(picture_ids, changes))
    return tuple(one.picture for one in marked)


def mark_each(folder: LibraryFolder, index: Index, changes: Mapping[str, Changes]) -> tuple[Marked, ...]:
    """Mark each picture as its changes say; those that are gone are left out.

    So are those in the trash, unless the changes say otherwise. Raises PartlyDone.
    """
    every = tuple(changes.items())
    done: list[Marked] = []
    try:
        for start in range(0, len(every), AT_ONCE):
            with folder.writing():
                _mark(folder, index, dict(every[start : start + AT_ONCE]), done)
    except ProblemError as error:
        raise PartlyDone(error.problem, tuple(done)) from error
    return tuple(done)


def _mark(folder: LibraryFolder, index: Index, changes: Mapping[str, Changes], done: list[Marked]) -> None:
    known = index.read(lambda connection: rows.pictures(connection, folder.root, tuple(changes)))
    wanted_too = (one for one in known if not one.trash_id or changes[one.id].in_trash)
    there = [picture for picture in wanted_too if picture.path.is_file()]
    trashed = [one.id for one in there if one.trash_id]
    trashed_ms = index.read(lambda connection: rows.trashed_ms(connection, trashed)) if trashed else {}
    records: dict[str, RecordFile] = {}
    back: dict[str, Changes] = {}
    for picture in there:
        wanted = changes[picture.id]
        held = held_record(folder, picture.id)
        held = held or made_up_record(folder, index, picture.path, picture.made_ms, picture.sha256)
        held = with_remembered(folder, index, picture.id, held)
        back[picture.id] = wanted.taken_back(held.record.marks)
        records[picture.id] = held.marked(wanted.values, wanted.tags, now_ms(), folder.machine_id)
    try:
        write_records(folder, records)
    except ProblemError:
        records = {key: record for key, record in records.items() if _is_written(folder, key, record)}
        raise
    finally:
        with files.disk_problems(folder.root):
            boards = {picture.id: picture.board_id for picture in there}
            items = [
                item_of(folder, key, boards[key], record.record, trashed_ms.get(key, 0))
                for key, record in records.items()
            ]
        index.write(functools.partial(_put, items=items))
        now = index.read(lambda connection: rows.pictures(connection, folder.root, tuple(records)))
        done += (Marked(picture, back[picture.id]) for picture in now)


def _is_written(folder: LibraryFolder, picture_id: str, record: RecordFile) -> bool:
    with contextlib.suppress(ProblemError):
        return held_record(folder, picture_id) == record
    return False


def _put(connection: sqlite3.Connection, items: Iterable[Item]) -> None:
    for item in items:
        rows.put(connection, item)
