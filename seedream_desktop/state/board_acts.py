"""What is done to boards, one step each: made, named, moved, ordered, set up, trashed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from seedream_desktop.library.board_folders import Standing
from seedream_desktop.library.values import Query
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.acts import ActStep, Done
from seedream_desktop.state.deeds import Deed, IntoTrash
from seedream_desktop.state.library_step import LibraryStep, Way

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board, Proceed
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.undo import UndoStack


@dataclass(frozen=True, slots=True)
class BoardGone:
    """What came of moving a board to the trash."""

    board: Board
    pictures: int
    removed: tuple[str, ...]  # ids of boards: its own and of those in it

    @property
    def stays(self) -> bool:
        """Whether it is still there: other files are in its folder, or it was stopped."""
        return self.board.id not in self.removed


class BoardActs(QObject):
    """What is done to the boards of the open library. GUI thread."""

    created = Signal(object)  # Board
    gone = Signal(object)  # BoardGone

    def __init__(self, pictures: Pictures, activities: Activities, steps: UndoStack) -> None:
        """Act on what ``pictures`` has open, show it as ``activities``, remember it as ``steps``."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._steps = steps

    def create(self, name: str, parent_id: str = "", then: Callable[[Board], None] | None = None) -> None:
        """Make a board, within another one if so; ``then`` is given it, else it comes as ``created``."""

        def make(library: Library, _proceed: Proceed) -> Way:
            board = library.create_board(name, parent_id)
            made.append(board)
            return _removing(board.id)

        made: list[Board] = []
        step = self._step(ActivityKind.MAKE_BOARD, make)
        step.begin()
        told = then or self.created.emit

        def on_created(boards: list[Board]) -> None:
            for board in boards:
                told(board)

        self._pictures.act(lambda _: made[-1:], on_created)

    def rename(self, board_id: str, name: str) -> None:
        """Give a board another name."""

        def rename(library: Library, proceed: Proceed) -> Way | None:
            is_at = library.board_folders.standing(board_id)
            wanted = Standing(board_id, is_at.parent_id, name) if is_at is not None and name.strip() else None
            return _going(wanted, {})(library, proceed) if wanted is not None else None

        self._step(ActivityKind.RENAME_BOARD, rename).begin()

    def move(self, board_id: str, parent_id: str) -> None:
        """Put a board into another one, by its name; empty: into none."""
        self._step(
            ActivityKind.MOVE_BOARD, _going(Standing(board_id, parent_id, ""), {board_id: None})
        ).begin()

    def place(self, board_id: str, parent_id: str, before_id: str) -> None:
        """Put a board beside others, before one of them; empty: at the end."""

        def place(library: Library, proceed: Proceed) -> Way | None:
            was = library.board_folders.move(Standing(board_id, parent_id, ""), proceed)
            ranks = library.hand_order.rank(board_id, before_id)
            return _going(was, ranks) if was is not None or ranks else None

        self._step(ActivityKind.ORDER_BOARDS, place).begin()

    def set_up(self, board_id: str, values: Mapping[str, Any]) -> None:
        """Change settings as ``board_file`` names them, given as JSON values."""
        self._step(ActivityKind.SET_UP_BOARD, _setting_up(board_id, values)).begin()

    def trash(self, board: Board) -> None:
        """Move a board and those in it to the trash with all their pictures; what came of it is ``gone``."""

        def look(library: Library) -> tuple[Deed, ...]:
            boards = library.board_folders.below(board.id)
            ids = (one for inner in boards for one in library.ids(Query(board_id=inner.id)))
            return tuple(Deed(picture_id, "", IntoTrash()) for picture_id in ids)

        def on_looked(deeds: tuple[Deed, ...]) -> None:
            library = self._pictures.library
            if library is not None:
                step = TrashBoardStep(self._pictures, self._steps, library, board, deeds, self.gone.emit)
                self._steps.push(step)
                step.begin()

        self._pictures.act(look, on_looked)

    def _step(self, kind: ActivityKind, way: Way) -> LibraryStep:
        return LibraryStep(self._pictures, self._activities, self._steps, kind, way)


class TrashBoardStep:
    """The pictures first, then the boards' folders as far as nothing is left in them; back the other way."""

    def __init__(
        self,
        pictures: Pictures,
        steps: UndoStack,
        library: Library,
        board: Board,
        deeds: tuple[Deed, ...],
        told: Callable[[BoardGone], None],
    ) -> None:
        """Nothing is done before ``begin``; ``told`` hears what came of it each time."""
        self._pictures = pictures
        self._steps = steps
        self._board = board
        self._told = told
        self._removed: tuple[str, ...] = ()  # board ids
        self._trashing = ActStep(pictures.acts, library, ActivityKind.TRASH, deeds, self._on_trashed)
        self._is_back = False

    @property
    def kind(self) -> str:
        """What is done."""
        return ActivityKind.TRASH_BOARD.value

    @property
    def count(self) -> int:
        """How many pictures go with it."""
        return self._trashing.count

    def begin(self) -> None:
        """Do it for the first time."""
        self._trashing.begin()

    def undo(self) -> None:
        """Bring the same boards back, with their pictures."""
        self._is_back = True
        removed = self._removed
        self._pictures.act(lambda library: library.board_folders.bring_back(removed), self._on_board_back)

    def redo(self) -> None:
        """Do it again."""
        self._is_back = False
        self._trashing.redo()

    def _on_board_back(self, _: None) -> None:
        self._pictures.tell()
        self._trashing.undo()

    def _on_trashed(self, done: Done) -> None:
        if self._is_back:
            self._pictures.tell_everything()
            return
        board_id = self._board.id

        def on_removed(removed: tuple[str, ...]) -> None:
            self._removed = (*self._removed, *removed)
            self._pictures.tell()
            self._told(BoardGone(self._board, done.count, removed))

        self._pictures.act(lambda library: library.board_folders.remove(board_id), on_removed)


def _going(wanted: Standing | None, ranks: Mapping[str, float | None]) -> Way:
    """Brings a board there and gives boards these ranks."""

    def go(library: Library, proceed: Proceed) -> Way | None:
        was = library.board_folders.move(wanted, proceed) if wanted is not None else None
        held = library.hand_order.set_ranks(ranks)
        return _going(was, held) if was is not None or held else None

    return go


def _removing(board_id: str) -> Way:
    def remove(library: Library, _proceed: Proceed) -> Way | None:
        removed = library.board_folders.remove(board_id)
        return _bringing_back(board_id) if removed else None

    return remove


def _bringing_back(board_id: str) -> Way:
    def bring_back(library: Library, _proceed: Proceed) -> Way:
        library.board_folders.bring_back([board_id])
        return _removing(board_id)

    return bring_back


def _setting_up(board_id: str, values: Mapping[str, Any]) -> Way:
    def set_up(library: Library, _proceed: Proceed) -> Way | None:
        was = library.board_values(board_id, values)
        if was == dict(values):
            return None
        library.set_up_board(board_id, values)
        return _setting_up(board_id, was)

    return set_up
