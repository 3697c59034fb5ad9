"""A board forgotten for good: its pictures, in the trash too, their records, and references only they name.

What is no picture stays in its folder, and so do boards within it; so does ``spend/``, which holds no words.
Every step can be done again: an end in the middle is finished by doing all of it once more.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop import files
from seedream_desktop.library import rows
from seedream_desktop.library.emptying import forget_gathered
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder, is_trashed
from seedream_desktop.library.gone_boards import forget_around, forget_gone
from seedream_desktop.library.items import is_picture_name
from seedream_desktop.library.likeness import forget_unused
from seedream_desktop.library.markups import Markups
from seedream_desktop.library.trash import forget_around as forget_around_entries
from seedream_desktop.library.trash import forget_entries, read_entry, remove_entry

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.values import Proceed

_AT_ONCE = 200  # pictures in one transaction of the index
_OF_BOARD = "SELECT pk FROM pictures WHERE board_id IN ({marks})"
_PICTURES = "SELECT id, sha256 FROM pictures WHERE board_id IN ({marks})"
_NAMED = f"SELECT sha256 FROM links WHERE kind = '{rows.REFERENCE}'"  # noqa: S608
_REFERENCES = (
    f"SELECT DISTINCT sha256 FROM ({_NAMED} AND pk IN ({_OF_BOARD})) "  # noqa: S608
    f"WHERE sha256 NOT IN ({_NAMED} AND pk NOT IN ({_OF_BOARD}))"
)


@dataclass(frozen=True, slots=True)
class BoardTraces:
    """All that there is of a board in its library."""

    board_ids: tuple[str, ...]  # its own, and those that it took the place of
    path: str  # in the library, relative
    pictures: tuple[str, ...]  # ids; those on the board
    trashed: tuple[str, ...]  # entries in the trash
    sha256s: tuple[str, ...]  # of the pictures' bytes, as far as they are known
    references: tuple[str, ...]  # SHA-256 of those that no other picture names
    other_files: int  # in its folder, that stay


class Forgetting:
    """Finds and removes what there is of a board."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards

    def traces(self, board_id: str) -> BoardTraces | None:
        """What there is of the board; None: it is not here."""
        board = self._boards.find(board_id)
        if board is None:
            return None
        ids = (board.id, *self._boards.settings(board.id).also)
        known = dict(self._select(_PICTURES, ids))
        references = tuple(sha256 for (sha256,) in self._select(_REFERENCES, ids, times=2))
        names, others = _names_in(self._folder.root / board.path)
        found = {f"{board.path}/{name}" for name in names}
        held = {picture_id for picture_id in known if not is_trashed(picture_id)}
        in_trash = {place.name for place in self._trashed(ids)}  # and those whose entries are damaged by now
        in_trash |= {picture_id.split("/")[2] for picture_id in known if is_trashed(picture_id)}
        return BoardTraces(
            board_ids=ids,
            path=board.path,
            pictures=tuple(sorted(found | held)),
            trashed=tuple(sorted(in_trash)),
            sha256s=tuple(sorted(set(known.values()))),
            references=references,
            other_files=others,
        )

    def forget(self, traces: BoardTraces, proceed: Proceed) -> None:
        """Remove them. Raises ProblemError; then what is left is removed by doing it again."""
        total = len(traces.pictures) + len(traces.trashed)
        for start in range(0, len(traces.pictures), _AT_ONCE):
            proceed(start, total)
            self._forget_pictures(traces.pictures[start : start + _AT_ONCE])
        for done, entry_id in enumerate(traces.trashed, len(traces.pictures)):
            proceed(done, total)
            self._forget_entry(entry_id)
        with self._folder.writing(), files.disk_problems(self._folder.hidden / "trash"):
            forget_gathered(self._folder, traces.board_ids)
        self._forget_references(traces)
        with self._folder.writing(), files.disk_problems(self._folder.root):
            forget_gone(self._folder, traces.board_ids)
            forget_around(self._folder, traces.path, traces.board_ids)
            forget_around_entries(self._folder, traces.path)
            self._forget_folder(traces)
        self._index.write(forget_unused)
        self._index.compact()

    def _forget_pictures(self, picture_ids: tuple[str, ...]) -> None:
        with self._folder.writing():
            for picture_id in picture_ids:
                path = self._folder.path(picture_id)
                with files.disk_problems(path.parent):
                    for held in (path, self._folder.record_path(picture_id)):
                        _remove(held)
            self._index.write(lambda connection: rows.remove(connection, picture_ids))

    def _forget_entry(self, entry_id: str) -> None:
        place = self._folder.hidden / "trash" / entry_id
        with self._folder.writing():
            with files.disk_problems(place), contextlib.suppress(FileNotFoundError):
                remove_entry(place)
            forget_entries(self._index, [entry_id])

    def _forget_references(self, traces: BoardTraces) -> None:
        """But for those that another board, a preset or a picture that is away names."""
        from seedream_desktop.library.naming import named_in  # late: rarely wanted

        if not traces.references:
            return
        markups = Markups(self._folder)  # with a marked copy goes what it was made of
        held = markups.with_originals(named_in(self._folder, self._index, but_for=traces.path).sha256s)
        going = markups.with_originals(traces.references) - held
        for sha256 in sorted(filter(str.isalnum, going)):
            place = self._folder.hidden / "references" / sha256[:2]
            with self._folder.writing(), files.disk_problems(place):
                for path in tuple(place.glob(f"{sha256}.*")):
                    _remove(path)

    def _forget_folder(self, traces: BoardTraces) -> None:
        """The board's file last: until then it is the same board."""
        place = self._folder.root / traces.path
        hidden = place / HIDDEN
        if hidden.is_dir() and not hidden.is_symlink():
            for path in tuple(hidden.iterdir()):
                if path.name != BOARD_FILE:
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else _remove(path)
            shutil.rmtree(hidden)
        with contextlib.suppress(OSError):  # other files or boards are in it: it stays
            place.rmdir()
        if place.parent.is_dir():
            files.sync_folder(place.parent)
        marks = ", ".join("?" * len(traces.board_ids))
        statements = (
            f"DELETE FROM boards WHERE id IN ({marks})",  # noqa: S608
            f"DELETE FROM arranged WHERE board_id IN ({marks})",  # noqa: S608
        )

        def forget(connection: sqlite3.Connection) -> None:
            for sql in statements:
                connection.execute(sql, traces.board_ids)

        self._index.write(forget)

    def _trashed(self, board_ids: tuple[str, ...]) -> Iterator[Path]:
        with contextlib.suppress(OSError):
            for place in sorted((self._folder.hidden / "trash").iterdir()):
                entry = read_entry(place)
                if entry is not None and entry.board_id in board_ids:
                    yield place

    def _select(self, sql: str, ids: tuple[str, ...], times: int = 1) -> list[Any]:
        statement = sql.format(marks=", ".join("?" * len(ids)))
        return self._index.read(lambda connection: connection.execute(statement, ids * times).fetchall())


def _names_in(folder: Path) -> tuple[list[str], int]:
    """The pictures that lie in ``folder``, and how many other files do."""
    try:
        entries = [path for path in folder.iterdir() if path.is_symlink() or not path.is_dir()]
    except OSError:
        return [], 0
    pictures = [path.name for path in entries if is_picture_name(path.name)]
    return pictures, sum(not path.name.startswith(".") for path in entries) - len(pictures)


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        files.remove(path)
