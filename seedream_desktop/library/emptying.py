"""Trashed pictures on their way out of the library, gathered in one folder for the system's own trash.

The folder is laid out as a board: the pictures under their names, their records hidden beside them. So who
looks for a picture in the system's trash finds it, and the folder, put back into a library, is a board again,
with recipes and ratings.

trash/emptying-<machine id>-<id>/<name>/          a picture, .seedream/<picture>.json its record
                                 <picture>.json   what its entry said, to put it back

An end in between leaves such a folder; at the next start of this machine the pictures are in the trash again.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.file_names import free_names, legal_name
from seedream_desktop.library.bulk import AT_ONCE, sync_folders
from seedream_desktop.library.folder import ENTRY_FILE, HIDDEN, LibraryFolder, record_path
from seedream_desktop.library.trash import (
    entry_folder,
    entry_in,
    forget_entries,
    move_record,
    note_entries,
    picture_in,
    remove_entry,
)

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.trash import Entry

_PREFIX = "emptying-"


class Emptying:
    """Gathers entries of the trash in a folder, and puts them back."""

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
        self._index = index

    def begin(self, name: str) -> Path:
        """A folder of that name for what is to go. Raises ProblemError."""
        with self._folder.writing():
            holder = self._folder.hidden / "trash" / f"{self._mine}{uuid.uuid4().hex}"
            gathered = holder / legal_name(name)
            for folder in (holder, gathered, gathered / HIDDEN):
                files.make_folder(folder)
        return gathered

    def gather(self, gathered: Path, entry_ids: Sequence[str]) -> int:
        """Move entries there; gives how many pictures those were. Raises ProblemError."""
        count = 0
        for start in range(0, len(entry_ids), AT_ONCE):
            with self._folder.writing(), files.disk_problems(gathered):
                gone = [
                    entry_id
                    for entry_id in entry_ids[start : start + AT_ONCE]
                    if self._gather(gathered, entry_folder(self._folder, entry_id))
                ]
                forget_entries(self._index, gone)
            count += len(gone)
        return count

    def put_back(self, gathered: Path) -> None:
        """Make entries of the trash again of what was gathered. Raises ProblemError."""
        with self._folder.writing(), files.disk_problems(gathered):
            back: dict[str, Entry] = {}
            for told in sorted(gathered.parent.glob("*.json")):
                entry = entry_in(told)
                if entry is not None:
                    back[self._folder.id_of(self._put_back(gathered, told, entry))] = entry
            sync_folders(self._folder.path(picture_id).parent for picture_id in back)
            note_entries(self._folder, self._index, back, ())
            self.clear(gathered)

    def put_back_left(self) -> None:
        """Put back what an end in between left. Raises ProblemError."""
        if self._folder.problem is not None:
            return
        for holder in sorted((self._folder.hidden / "trash").glob(f"{self._mine}*")):
            for gathered in (path for path in sorted(holder.iterdir()) if path.is_dir()):
                self.put_back(gathered)

    def clear(self, gathered: Path) -> None:
        """Remove what is left once the pictures are elsewhere. Raises OSError."""
        for folder in (gathered / HIDDEN, gathered):
            if folder.is_dir():
                folder.rmdir()
        remove_entry(gathered.parent)

    @property
    def _mine(self) -> str:
        return f"{_PREFIX}{self._folder.machine_id}-"

    def _gather(self, gathered: Path, place: Path) -> bool:
        picture = picture_in(place)
        if picture is None:
            return False
        target = next(path for name in free_names(picture.name) if not (path := gathered / name).exists())
        (place / ENTRY_FILE).rename(gathered.parent / f"{target.name}.json")
        picture.rename(target)
        move_record(record_path(picture, is_in_trash=True), record_path(target))
        remove_entry(place)
        return True

    def _put_back(self, gathered: Path, told: Path, entry: Entry) -> Path:
        """Where the picture lies in the trash again. What the entry says comes last. Raises OSError."""
        place, source = entry_folder(self._folder, entry.id), gathered / told.name.removesuffix(".json")
        place.mkdir(exist_ok=True)
        picture = picture_in(place)
        if picture is None:
            picture = place / source.name
            move_record(record_path(source), record_path(picture, is_in_trash=True))
            source.rename(picture)
        told.rename(place / ENTRY_FILE)
        return picture


def forget_gathered(folder: LibraryFolder, board_ids: Collection[str]) -> None:
    """Delete what was on these boards and is on its way to the system's trash. Raises OSError."""
    for told in sorted((folder.hidden / "trash").glob(f"{_PREFIX}*/*.json")):
        entry = entry_in(told)
        if entry is not None and entry.board_id in board_ids:
            for gathered in (path for path in told.parent.iterdir() if path.is_dir()):
                picture = gathered / told.name.removesuffix(".json")
                for path in (picture, record_path(picture)):
                    files.remove(path)
            files.remove(told)
