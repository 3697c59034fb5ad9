"""What is done to the library, off the GUI thread, undoable; and what changed in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.costs import Costs
from seedream_desktop.library.values import Board, Counts, Picture
from seedream_desktop.state.undo import Step, UndoStack

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.record import Record
    from seedream_desktop.library.trash import TrashEntry
    from seedream_desktop.tasks import TaskRunner

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """What changed. ``is_everything``: more than can be listed; ask again for all that is shown."""

    added: tuple[Picture, ...] = ()
    removed: tuple[str, ...] = ()  # picture ids
    changed: tuple[Picture, ...] = ()
    boards: tuple[Board, ...] = ()
    counts: Counts | None = None
    is_everything: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """A picture's record and what it is related to, for the details."""

    picture: Picture
    record: Record
    made_from: tuple[Picture, ...]
    led_to: tuple[Picture, ...]
    before: Path | None  # the file of its first reference


@dataclass(frozen=True, slots=True)
class Spent:
    """What a board has cost in a month."""

    board_id: str
    month: str  # "2026-11"
    board: Costs
    library: Costs  # all its boards, this one among them


class Pictures(QObject):
    """The open library. ``runner`` has one thread, so acts happen in the order they are asked for."""

    opened = Signal(object)  # Library
    library_changed = Signal(object)  # LibraryChange
    origin_ready = Signal(object)  # Origin
    spent_known = Signal(object)  # Spent
    moved = Signal(int)  # pictures, by a new step
    refused = Signal(object)  # tuple[Problem, ...]: files that could not be imported
    failed = Signal(object)  # Problem

    def __init__(
        self,
        open_library: Callable[[Path], Library],
        check: Callable[[Path], CheckedPicture],
        runner: TaskRunner,
        undo: UndoStack,
    ) -> None:
        """``open_library`` and ``check`` block; they are called on the runner's thread."""
        super().__init__()
        self._open_library = open_library
        self._check = check
        self._runner = runner
        self._undo = undo
        self.library: Library | None = None

    def library_of(self, library_id: str) -> Library | None:
        """The open library if it has that id. Any thread."""
        library = self.library
        return library if library is not None and library.id == library_id else None

    def the_library(self) -> Library:
        """The open library. Raises ProblemError(LIBRARY_AWAY). Any thread."""
        if self.library is None:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))
        return self.library

    def open(self, root: Path) -> None:
        """Open or create the library in ``root``; the one before is closed only when that worked."""

        def on_opened(library: Library) -> None:
            before, self.library = self.library, library
            if before is not None:
                self._runner.call(before.close, lambda _: None)
            self._undo.clear()
            self.opened.emit(library)
            self._tell(LibraryChange(is_everything=True))
            self.synchronise()

        self._runner.call(lambda: self._open_library(root), on_opened, self.failed.emit)

    def synchronise(self) -> None:
        """Hold the index against the files; a change is told as ``is_everything``."""

        def on_result(is_changed: bool) -> None:
            if is_changed:
                self._tell(LibraryChange(is_everything=True))

        self._act(lambda library: library.synchronise(None), on_result)

    def saved(self, picture: Picture) -> None:
        """Tell that a job brought ``picture`` into the library."""
        self._tell(LibraryChange(added=(picture,)))

    def look_up(self, picture: Picture) -> None:
        """Find out how ``picture`` was made; the answer comes as ``origin_ready``."""

        def look(library: Library) -> Origin:
            record = library.record(picture.id)
            sources = (found for sha in record.made.made_from for found in library.by_sha256(sha)[:1])
            led_to = library.led_to(picture.sha256)
            return Origin(picture, record, tuple(sources), led_to, _first_reference(library, record))

        self._act(look, self.origin_ready.emit)

    def ask_what_was_spent(self, board_id: str, month: str) -> None:
        """Add up what a board has cost in ``month``; the answer comes as ``spent_known``."""

        def add_up(library: Library) -> Spent:
            return Spent(board_id, month, library.spent(board_id, month), library.spent(None, month))

        self._act(add_up, self.spent_known.emit)

    def create_board(self, name: str, then: Callable[[Board], None]) -> None:
        """Create a board and hand it to ``then``."""

        def on_created(board: Board) -> None:
            self._tell(LibraryChange())
            then(board)

        self._act(lambda library: library.create_board(name), on_created)

    def rate(self, ids: tuple[str, ...], rating: int) -> None:
        """Give pictures 0 to 5 stars; one undoable step."""

        def rate(library: Library) -> tuple[Picture, ...]:
            before.extend(library.pictures(ids))
            return library.mark(ids, rating=rating)

        def on_rated(pictures: tuple[Picture, ...]) -> None:
            self._tell(LibraryChange(changed=pictures))
            ratings = {picture.id: picture.rating for picture in before}
            undo = lambda: self._rate_each(ratings)  # noqa: E731
            redo = lambda: self._rate_each(dict.fromkeys(ids, rating))  # noqa: E731
            self._undo.push(Step("rate", len(ids), undo, redo))

        before: list[Picture] = []
        self._act(rate, on_rated)

    def trash(self, ids: tuple[str, ...]) -> None:
        """Move pictures to the trash; one undoable step."""

        def on_trashed(entries: tuple[TrashEntry, ...]) -> None:
            current = _Trashed(ids, tuple(entry.id for entry in entries))
            step = Step("trash", len(ids), lambda: self._untrash(current), lambda: self._retrash(current))
            self._undo.push(step)
            self._tell(LibraryChange(removed=ids))

        self._act(lambda library: library.trash(ids), on_trashed)

    def move(self, ids: tuple[str, ...], board_id: str) -> None:
        """Move pictures to another board; one undoable step, unless all of them are there already."""

        def on_moved(change: LibraryChange) -> None:
            if change.added:
                undo, redo = lambda: self._move_by(moves.back), lambda: self._move_by(moves.again)
                self._undo.push(Step("move", len(change.added), undo, redo))
                self._tell(change)
                self.moved.emit(len(change.added))

        moves = _Moves(board_id)
        self._move_by(lambda library: moves.begin(library, ids), on_moved)

    def restore(self, entry_ids: tuple[str, ...]) -> None:
        """Bring pictures back from the trash to where they were."""
        self._act(lambda library: library.restore(entry_ids), lambda _: self._tell_everything())

    def purge(self, entry_ids: tuple[str, ...]) -> None:
        """Delete trashed pictures for good."""
        self._act(lambda library: library.purge(entry_ids), lambda _: self._tell_everything())

    def import_files(self, paths: tuple[Path, ...], board_id: str) -> None:
        """Copy foreign pictures onto a board; those that are none are told as ``refused``."""

        def take(library: Library) -> tuple[list[Picture], list[Problem]]:
            taken, refused = [], []
            for path in paths:
                try:
                    taken.append(library.import_picture(path, self._check(path), board_id))
                except ProblemError as error:
                    refused.append(error.problem)
            return taken, refused

        def on_taken(result: tuple[list[Picture], list[Problem]]) -> None:
            taken, refused = result
            if taken:
                self._tell(LibraryChange(added=tuple(taken)))
            if refused:
                self.refused.emit(tuple(refused))

        self._act(take, on_taken)

    def _untrash(self, current: _Trashed) -> None:
        def on_restored(pictures: tuple[Picture, ...]) -> None:
            current.ids = tuple(picture.id for picture in pictures)
            self._tell_everything()

        self._act(lambda library: library.restore(current.entry_ids), on_restored)

    def _retrash(self, current: _Trashed) -> None:
        def on_trashed(entries: tuple[TrashEntry, ...]) -> None:
            current.entry_ids = tuple(entry.id for entry in entries)
            self._tell_everything()

        self._act(lambda library: library.trash(current.ids), on_trashed)

    def _move_by(
        self,
        move: Callable[[Library], LibraryChange],
        on_moved: Callable[[LibraryChange], None] | None = None,
    ) -> None:
        def on_problem(problem: Problem) -> None:
            self._tell_everything()  # what was moved before stays moved
            self.failed.emit(problem)

        self._runner.call(lambda: move(self.the_library()), on_moved or self._tell, on_problem)

    def _rate_each(self, ratings: dict[str, int]) -> None:
        def rate(library: Library) -> tuple[Picture, ...]:
            by_rating: dict[int, list[str]] = {}
            for picture_id, rating in ratings.items():
                by_rating.setdefault(rating, []).append(picture_id)
            return tuple(
                picture for rating, ids in by_rating.items() for picture in library.mark(ids, rating=rating)
            )

        self._act(rate, lambda pictures: self._tell(LibraryChange(changed=pictures)))

    def _tell_everything(self) -> None:
        self._tell(LibraryChange(is_everything=True))

    def _tell(self, change: LibraryChange) -> None:
        """Emit ``change`` with the boards and counts as they are now."""

        def with_counts(library: Library) -> LibraryChange:
            return LibraryChange(
                added=change.added,
                removed=change.removed,
                changed=change.changed,
                boards=library.boards(),
                counts=library.counts(),
                is_everything=change.is_everything,
            )

        self._act(with_counts, self.library_changed.emit)

    def _act(self, act: Callable[[Library], Result], on_result: Callable[[Result], None]) -> None:
        self._runner.call(lambda: act(self.the_library()), on_result, self.failed.emit)


class _Trashed:
    """What one step put into the trash: both ids change when it is undone and done again."""

    def __init__(self, ids: tuple[str, ...], entry_ids: tuple[str, ...]) -> None:
        self.ids = ids
        self.entry_ids = entry_ids


class _Moves:
    """What one step moves: where to, and under which ids it lies now, by the boards that it came from."""

    def __init__(self, board_id: str) -> None:
        self._board_id = board_id
        self._ids: dict[str, tuple[str, ...]] = {}

    def begin(self, library: Library, ids: tuple[str, ...]) -> LibraryChange:
        """Move for the first time."""
        found: dict[str, list[str]] = {}
        for picture in library.pictures(ids):
            if picture.board_id != self._board_id and not picture.trash_id:
                found.setdefault(picture.board_id, []).append(picture.id)
        self._ids = {origin: tuple(held) for origin, held in found.items()}
        return self.again(library)

    def again(self, library: Library) -> LibraryChange:
        """Move to the one board."""
        return self._move(library, dict.fromkeys(self._ids, self._board_id))

    def back(self, library: Library) -> LibraryChange:
        """Move each to the board that it came from."""
        return self._move(library, {origin: origin for origin in self._ids})

    def _move(self, library: Library, targets: dict[str, str]) -> LibraryChange:
        added: list[Picture] = []
        removed: list[str] = []
        for origin, board_id in targets.items():
            removed += self._ids[origin]
            pictures = library.move(self._ids[origin], board_id)
            self._ids[origin] = tuple(picture.id for picture in pictures)
            added += pictures
        return LibraryChange(added=tuple(added), removed=tuple(removed))


def _first_reference(library: Library, record: Record) -> Path | None:
    references = record.made.request.references if record.made.request else ()
    with contextlib.suppress(ProblemError):  # swept, or never here
        return library.reference_path(references[0]) if references else None
    return None
