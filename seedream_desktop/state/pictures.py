"""What is done to the library, off the GUI thread, undoable; and what changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.costs import Costs
from seedream_desktop.library.values import Board, Counts, Picture
from seedream_desktop.state.acts import Acts
from seedream_desktop.state.trash_can import TrashCan

if TYPE_CHECKING:
    from seedream_desktop.library.cost_table import BudgetUse
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.undo import UndoStack
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
    is_opened: bool = False  # everything, because the library was opened: its rows are asked for by then


@dataclass(frozen=True, slots=True)
class Spent:
    """What a board has cost in a month."""

    board_id: str
    month: str  # "2026-11"
    board: Costs
    library: Costs  # all its boards, this one among them
    budget: BudgetUse | None = None  # of this board or one around it; None: there is none


class Pictures(QObject):
    """The open library. ``runner`` has one thread, so acts happen in the order they are asked for."""

    opened = Signal(object)  # Library
    library_changed = Signal(object)  # LibraryChange
    spent_known = Signal(object)  # Spent
    failed = Signal(object)  # Problem

    def __init__(
        self,
        open_library: Callable[[Path], Library],
        runner: TaskRunner,
        undo: UndoStack,
        activities: Activities,
    ) -> None:
        """``open_library`` blocks; it is called on the runner's thread."""
        super().__init__()
        self._open_library = open_library
        self._runner = runner
        self._undo = undo
        self.acts = Acts(self, activities, undo)
        self.trash_can = TrashCan(self, activities)
        self.library: Library | None = None

    def library_of(self, library_id: str) -> Library | None:
        """The open library if it has that id. Any thread."""
        library = self.library
        return library if library is not None and library.is_called(library_id) else None

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
            self._tell(LibraryChange(is_everything=True, is_opened=True))

        self._runner.call(lambda: self._open_library(root), on_opened, self.failed.emit)

    def saved(self, picture: Picture) -> None:
        """Tell that a job brought ``picture`` into the library."""
        self._tell(LibraryChange(added=(picture,)))

    def ask_what_was_spent(self, board_id: str, month: str) -> None:
        """Add up what a board has cost in ``month``; the answer comes as ``spent_known``."""

        def add_up(library: Library) -> Spent:
            table = library.cost_table
            spent = (table.spent(board_id, month), table.spent(None, month))
            return Spent(board_id, month, *spent, table.budget(board_id, month))

        self.act(add_up, self.spent_known.emit)

    def create_board(self, name: str, then: Callable[[Board], None]) -> None:
        """Create a board and hand it to ``then``."""

        def on_created(board: Board) -> None:
            self._tell(LibraryChange())
            then(board)

        self.act(lambda library: library.create_board(name), on_created)

    def act(
        self,
        act: Callable[[Library], Result],
        on_result: Callable[[Result], None],
        on_problem: Callable[[Problem], None] | None = None,
    ) -> None:
        """Do something to the library, after what was asked for before.

        It is done to the one that is open now, also where another one is on its way.
        """
        asked_of = self.library

        def do() -> Result:
            library = asked_of or self.the_library()
            with files.disk_problems(library.root):  # where nothing below says what it is about
                return act(library)

        self._runner.call(do, on_result, on_problem or self.failed.emit)

    def tell(
        self,
        added: tuple[Picture, ...] = (),
        removed: tuple[str, ...] = (),
        changed: tuple[Picture, ...] = (),
    ) -> None:
        """Say what changed, with the boards and counts as they are now."""
        self._tell(LibraryChange(added=added, removed=removed, changed=changed))

    def tell_everything(self) -> None:
        """Say that more changed than can be listed."""
        self._tell(LibraryChange(is_everything=True))

    def _tell(self, change: LibraryChange) -> None:
        """Emit ``change`` with the boards and counts as they are now."""

        def with_counts(library: Library) -> LibraryChange:
            return replace(change, boards=library.boards(), counts=library.counts())

        self.act(with_counts, self.library_changed.emit)
