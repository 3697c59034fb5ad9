"""Holding the index against the files: what was added, moved, edited or removed outside is taken in.

First everything is looked at by names and times without holding anybody up; then each difference is looked at
once more while nobody writes, in small steps. Nothing is taken for removed while the library is away.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from seedream_desktop import files
from seedream_desktop.library import rows
from seedream_desktop.library.adoption import Adoption
from seedream_desktop.library.board_scan import synchronise_boards
from seedream_desktop.library.folder import HIDDEN, LibraryFolder
from seedream_desktop.library.rows import Item, Stamp
from seedream_desktop.library.scan import BoardScan, known_on_board, known_pictures, scan_board
from seedream_desktop.library.spending import synchronise_spend
from seedream_desktop.library.trash_scan import synchronise_trash

if TYPE_CHECKING:
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.values import Board

_AT_ONCE = 200  # pictures taken in while others wait

Each = TypeVar("Each")
Progress = Callable[[int, int], None]
Known = dict[str, tuple[str, Stamp]]


@dataclass(slots=True)
class _Differences:
    """What is on disk but not so in the index, and the other way round."""

    with_record: list[tuple[str, str, bool]] = field(default_factory=list)  # id, board id, is suspect
    without_record: list[tuple[str, str, bool]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strays: list[Path] = field(default_factory=list)

    def compare(self, board: Board, scan: BoardScan, known: Known) -> None:
        """Note what differs on ``board``; takes what is found there out of ``known``."""
        for name, stamp in scan.pictures.items():
            picture_id = f"{board.path}/{name}"
            before = known.pop(picture_id, None)
            if before != (board.id, stamp):
                is_suspect = before is not None and _picture_of(before[1]) != _picture_of(stamp)
                kind = self.with_record if stamp.record_size else self.without_record
                kind.append((picture_id, board.id, is_suspect))

    def __len__(self) -> int:
        return len(self.with_record) + len(self.without_record) + len(self.missing)


class Synchroniser:
    """Takes in what changed outside."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards
        self._is_checked = False
        self._leftovers = _leftovers(folder.temporary)
        self._seen_ns: dict[str, int] = {}  # by board path: its folder's time when all in it was in the index

    def run(self, progress: Progress | None) -> bool:
        """The whole library; True if anything changed. Raises ProblemError (LIBRARY_AWAY and others)."""
        self._folder.check_present()
        if not self._is_checked or self._index.needs_rebuild:
            self._index.check()
            self._is_checked = True
        self._sweep()
        age = self._index.age
        is_changed = synchronise_boards(self._folder, self._index, self._boards)
        differences = self._differences()
        self._folder.check_present()
        is_changed |= self._take_in(differences, progress)
        is_changed |= synchronise_trash(self._folder, self._index)
        is_changed |= synchronise_spend(self._folder, self._index)
        if age == self._index.age:
            self._index.mark_whole()
        return is_changed

    def refresh(self, board: Board) -> None:
        """Take in what lies on one board; quick while nothing but this application changes it.

        The caller holds ``LibraryFolder.writing``. Raises ProblemError.
        """
        folder = self._folder.root / board.path
        with files.disk_problems(folder):
            mtime_ns = folder.stat().st_mtime_ns
            if self._seen_ns.get(board.path) == mtime_ns:
                return
            scan = scan_board(folder)
        known = self._index.read(lambda connection: known_on_board(connection, board.id))
        differences = _Differences(strays=[folder / HIDDEN / name for name in scan.strays])
        differences.compare(board, scan, known)
        self._take_in(differences, None)
        self._seen_ns[board.path] = mtime_ns

    def note(self, board: Board) -> None:
        """What was added to the board just now is in the index already."""
        with files.disk_problems(self._folder.root):
            self._seen_ns[board.path] = (self._folder.root / board.path).stat().st_mtime_ns

    def _differences(self) -> _Differences:
        known = self._index.read(known_pictures)
        differences = _Differences()
        unlisted = []
        for board in self._boards.all():
            folder = self._folder.root / board.path
            try:
                scan = scan_board(folder)
            except FileNotFoundError:
                continue
            except OSError:  # not for us, for now: what the index holds of it may still be there
                unlisted.append(f"{board.path}/")
                continue
            differences.compare(board, scan, known)
            differences.strays += [folder / HIDDEN / name for name in scan.strays]
        differences.missing = [name for name in known if not name.startswith(tuple(unlisted))]
        return differences

    def _take_in(self, differences: _Differences, progress: Progress | None) -> bool:
        """Strays and missing pictures come last: a moved picture is both, until it is found."""
        adoption = Adoption(self._folder, self._index, differences.strays)
        done = 0
        is_changed = False
        for some in (*_in_steps(differences.with_record), *_in_steps(differences.without_record)):
            with self._folder.alone():
                items = [adoption.item(*each) for each in some]
                is_changed |= self._put([item for item in items if item is not None])
            done += len(some)
            _tell(progress, done, len(differences))
        for gone in _in_steps(differences.missing):
            with self._folder.alone():
                is_changed |= self._remove([name for name in gone if not self._folder.path(name).is_file()])
            done += len(gone)
            _tell(progress, done, len(differences))
        return self._merge_copies(adoption) or is_changed

    def _merge_copies(self, adoption: Adoption) -> bool:
        """A stray beside a picture of which it speaks, under almost its name, is a synchroniser's copy."""
        if self._folder.problem is not None:
            return False
        merged = []
        for stray, made in adoption.copies():
            board_path = self._folder.id_of(stray.parent.parent)
            with self._folder.alone():
                for picture_id, board_id in self._index.read(functools.partial(rows.places_of, made=made)):
                    place, _, name = picture_id.rpartition("/")
                    if place == board_path and stray.name.startswith(name.rpartition(".")[0]):
                        merged.append(adoption.merge_copy(stray, picture_id, board_id))
                        break
        return self._put([item for item in merged if item is not None])

    def _put(self, items: Sequence[Item]) -> bool:
        def put(connection: sqlite3.Connection) -> None:
            for item in items:
                rows.put(connection, item)

        if items:
            self._index.write(put)
        return bool(items)

    def _remove(self, ids: Sequence[str]) -> bool:
        if ids:
            self._index.write(lambda connection: rows.remove(connection, ids))
        return bool(ids)

    def _sweep(self) -> None:
        """Remove what an earlier run of this machine left unfinished."""
        leftovers, self._leftovers = self._leftovers, ()
        for path in leftovers:
            files.discard(path)


def _leftovers(temporary: Path) -> tuple[Path, ...]:
    try:
        return tuple(temporary.iterdir())
    except OSError:
        return ()


def _picture_of(stamp: Stamp) -> tuple[int, int]:
    return stamp.size_bytes, stamp.file_mtime_ns


def _in_steps(every: Sequence[Each]) -> Iterable[Sequence[Each]]:
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
