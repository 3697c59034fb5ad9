"""Holding the index against the files: what was added, moved, edited or removed outside is taken in.

First everything is looked at by names and times without holding anybody up; then each difference is looked at
once more while nobody writes, in small steps. Nothing is taken for removed while the library is away.
"""

from __future__ import annotations

import contextlib
import functools
import heapq
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.adoption import Adoption
from seedream_desktop.library.board_scan import is_as_known, synchronise_boards
from seedream_desktop.library.copies import merge_copies
from seedream_desktop.library.folder import HIDDEN, LibraryFolder
from seedream_desktop.library.leftovers import sweep_others
from seedream_desktop.library.scan import (
    BoardScan,
    has_record,
    is_same_file,
    known_lines,
    known_marks,
    lines,
    scan_board,
    told_by,
)
from seedream_desktop.library.spending import synchronise_spend
from seedream_desktop.library.trash_scan import synchronise_trash

if TYPE_CHECKING:
    import sqlite3

    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.rows import Item
    from seedream_desktop.library.values import Board, Proceed

TRASH, SPEND = f"{HIDDEN}/trash", f"{HIDDEN}/spend"
_AT_ONCE = 200  # pictures taken in while others wait
_SORTED = 4096  # pictures in a few milliseconds

Each = TypeVar("Each")


@dataclass(slots=True)
class _Differences:
    """What is on disk but not so in the index, and the other way round."""

    seen: list[tuple[str, str, str]] = field(default_factory=list)  # id, board id, what is told of it
    left: set[int] = field(default_factory=set)  # marks of lines of the index that hold for nothing on disk
    with_record: list[tuple[str, str, bool]] = field(default_factory=list)  # id, board id, is suspect
    without_record: list[tuple[str, str, bool]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strays: list[Path] = field(default_factory=list)
    is_done: bool = True  # all of it was taken in

    def compare(self, board: Board, scan: BoardScan, known: set[int]) -> None:
        """Note what differs on ``board``; takes what is as it was out of ``known``."""
        for name, line in lines(scan, board):
            mark = hash(line)
            if mark in known:
                known.remove(mark)
            else:
                self.seen.append((f"{board.path}/{name}", board.id, scan.pictures[name]))

    def sort(self, index: Index, board_ids: Sequence[str] = ("",), unlisted: tuple[str, ...] = ()) -> None:
        """Tell what changed on these boards ("": all) from what is missing; nothing is on unlisted ones."""
        seen_ids = {picture_id for picture_id, _, _ in self.seen}
        before = dict[str, str]()
        is_any = bool(self.left or seen_ids)
        for line in index.read(lambda found: self._lines_left(found, board_ids)) if is_any else ():
            picture_id, told = told_by(line)
            if picture_id in seen_ids:
                before[picture_id] = told
            elif hash(line) in self.left and not picture_id.startswith(unlisted):
                self.missing.append(picture_id)
        for picture_id, board_id, told in _in_order(self.seen):
            was = before.get(picture_id)
            kind = self.with_record if has_record(told) else self.without_record
            kind.append((picture_id, board_id, was is not None and not is_same_file(was, told)))

    def _lines_left(self, connection: sqlite3.Connection, board_ids: Sequence[str]) -> list[str]:
        """Lines of what is missing, and of what differs, whatever the index says of it by now."""
        ids, left = {picture_id for picture_id, _, _ in self.seen}, self.left
        pages = chain.from_iterable(known_lines(connection, board_id) for board_id in board_ids)
        return [line for page in pages for line in page if hash(line) in left or told_by(line)[0] in ids]

    def __len__(self) -> int:
        return len(self.with_record) + len(self.without_record) + len(self.missing)


class Synchroniser:
    """Takes in what changed outside. Any thread, one at a time."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards
        self._is_checked = False
        self._looking = threading.Lock()
        self._leftovers = _leftovers(folder.temporary)
        self._has_swept = False
        self._seen_ns: dict[str, int] = {}  # by board path: its folder's time when all in it was in the index

    def run(self, proceed: Proceed | None) -> bool:
        """The whole library; True if anything changed. Raises ProblemError (LIBRARY_AWAY and others).

        ``proceed`` hears how many of how many changes are done; where it says no the rest is left for later.
        """
        with self._looking, files.disk_problems(self._folder.root):
            return self._run(proceed)

    def look(self, folders: Iterable[str]) -> bool:
        """Only what changed in these folders, named by their paths in the library; True if anything did.

        Raises ProblemError as ``run``.
        """
        places = {_board_path_of(folder) for folder in folders}
        boards = {board.path: board for board in self._boards.all()}
        if places <= {*boards, TRASH, SPEND} and not self._index.needs_rebuild:
            with self._looking, contextlib.suppress(FileNotFoundError), _other_problems(self._folder):
                return self._look(places, [boards[path] for path in sorted(places & boards.keys())])
        return self.run(None)

    def refresh(self, board: Board) -> None:
        """Take in what lies on one board; quick while nothing but this application changes it.

        The caller holds ``LibraryFolder.writing``. Raises ProblemError.
        """
        folder = self._folder.root / board.path
        with files.disk_problems(folder):
            mtime_ns = folder.stat().st_mtime_ns
            if self._seen_ns.get(board.path) == mtime_ns:
                return
            differences = self._differences_on([board])
        self._take_in(differences, None)
        self._seen_ns[board.path] = mtime_ns

    def note(self, board: Board) -> None:
        """What was added to the board just now is in the index already."""
        with files.disk_problems(self._folder.root):
            self._seen_ns[board.path] = (self._folder.root / board.path).stat().st_mtime_ns

    def _run(self, proceed: Proceed | None) -> bool:
        self._folder.check_present()
        if not self._is_checked or self._index.needs_rebuild:
            self._index.check()
            self._is_checked = True
        self._sweep()
        self._folder.is_unsettled = False
        self._folder.reconcile()
        age = self._index.age
        is_changed = synchronise_boards(self._folder, self._index, self._boards)
        differences = self._differences()
        self._folder.check_present()
        is_changed |= self._take_in(differences, proceed)
        is_changed |= synchronise_trash(self._folder, self._index)
        is_changed |= synchronise_spend(self._folder, self._index)
        if age == self._index.age and differences.is_done:
            self._index.mark_whole()
        return is_changed

    def _look(self, places: set[str], boards: Sequence[Board]) -> bool:
        """Raises FileNotFoundError when there are other boards than the index knows."""
        self._folder.check_present()
        self._folder.is_unsettled = False
        for board in boards:
            if not is_as_known(self._folder, self._boards, board):
                raise FileNotFoundError(board.path)
        differences = self._differences_on(boards)
        self._folder.check_present()
        is_changed = self._take_in(differences, None)
        if TRASH in places:
            is_changed |= synchronise_trash(self._folder, self._index)
        if SPEND in places:
            is_changed |= synchronise_spend(self._folder, self._index)
        return is_changed

    def _differences(self) -> _Differences:
        known = self._index.read(known_marks)
        differences = _Differences()
        unlisted = []
        for board in self._boards.all():
            try:
                scan = scan_board(self._folder, board.path)
            except FileNotFoundError:
                continue
            except OSError:  # not for us, for now: what the index holds of it may still be there
                unlisted.append(f"{board.path}/")
                continue
            differences.compare(board, scan, known)
            differences.strays += self._strays_in(board, scan)
        differences.left |= known
        differences.sort(self._index, unlisted=tuple(unlisted))
        return differences

    def _differences_on(self, boards: Sequence[Board]) -> _Differences:
        """Those of some boards. A picture without a record may have come from any other. Raises OSError."""
        differences = _Differences()
        for board in boards:
            scan = scan_board(self._folder, board.path)
            known = self._index.read(functools.partial(known_marks, board_id=board.id))
            differences.compare(board, scan, known)
            differences.strays += self._strays_in(board, scan)
            differences.left |= known
        differences.sort(self._index, [board.id for board in boards])
        if differences.without_record:
            differences.strays = [*self._all_strays()]
        return differences

    def _all_strays(self) -> Iterable[Path]:
        for board in self._boards.all():
            with contextlib.suppress(OSError):
                yield from self._strays_in(board, scan_board(self._folder, board.path))

    def _strays_in(self, board: Board, scan: BoardScan) -> list[Path]:
        return [self._folder.root / board.path / HIDDEN / name for name in scan.strays]

    def _take_in(self, differences: _Differences, proceed: Proceed | None) -> bool:
        """Strays and missing pictures come last: a moved picture is both, until it is found."""
        adoption = Adoption(self._folder, self._index, differences.strays)
        done = 0
        is_changed = False
        for some in (*_in_steps(differences.with_record), *_in_steps(differences.without_record)):
            with self._folder.alone():
                is_changed |= self._put(adoption.items(some))
            done += len(some)
            if proceed is not None and not proceed(done, len(differences)):
                differences.is_done = False
                return is_changed
        for gone in _in_steps(differences.missing):
            with self._folder.alone():
                is_changed |= self._remove([name for name in gone if not self._folder.path(name).is_file()])
            done += len(gone)
            if proceed is not None:
                proceed(done, len(differences))
        is_merged = merge_copies(self._folder, self._index, adoption)
        return is_merged or is_changed

    def _put(self, items: Sequence[Item]) -> bool:
        if items:
            self._index.write(lambda connection: rows.put_each(connection, items))
        return bool(items)

    def _remove(self, ids: Sequence[str]) -> bool:
        if ids:
            self._folder.check_present()
            self._index.write(lambda connection: rows.remove(connection, ids))
        return bool(ids)

    def _sweep(self) -> None:
        """Remove what an earlier run of this machine left unfinished."""
        leftovers, self._leftovers = self._leftovers, ()
        for path in leftovers:
            files.discard(path)
        if not self._has_swept:
            self._has_swept = True
            sweep_others(self._folder.temporary)


def _leftovers(temporary: Path) -> tuple[Path, ...]:
    try:
        return tuple(temporary.iterdir())
    except OSError:
        return ()


def _in_steps(every: Sequence[Each]) -> Iterable[Sequence[Each]]:
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _in_order(seen: Sequence[tuple[str, str, str]]) -> Iterable[tuple[str, str, str]]:
    """In the order in which the index files them; to sort all at once would hold up all other threads."""
    return heapq.merge(*(sorted(seen[start : start + _SORTED]) for start in range(0, len(seen), _SORTED)))


def _board_path_of(folder: str) -> str:
    """The board that a change in a folder is about, or TRASH or SPEND; "" and others: it may be about all."""
    for place in (TRASH, SPEND):
        if f"{folder}/".startswith(f"{place}/"):
            return place
    return folder.removesuffix(f"/{HIDDEN}")


@contextlib.contextmanager
def _other_problems(folder: LibraryFolder) -> Iterator[None]:
    """As ``files.disk_problems``, but a folder that is gone is told as what it is. Raises ProblemError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ProblemError(files.problem_of(error, folder.root)) from error
