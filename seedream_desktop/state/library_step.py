"""One act on the library that is done in one go, and taken back by another one of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from seedream_desktop.generation.errors import ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Proceed
    from seedream_desktop.state.activities import Activities, ActivityKind
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.undo import UndoStack

_PASSING = frozenset(
    {
        ProblemKind.LIBRARY_AWAY,
        ProblemKind.LIBRARY_SILENT,
        ProblemKind.DISK_FULL,
        ProblemKind.FOLDER_NOT_WRITABLE,
    }
)
# Does it, and gives the way back; None: nothing was done.
Way: TypeAlias = "Callable[[Library, Proceed], Way | None]"


class LibraryStep:
    """Goes one way, then the other, as often as it is wished for. GUI thread."""

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        steps: UndoStack,
        kind: ActivityKind,
        way: Way,
        count: int = 0,
    ) -> None:
        """``way`` is gone on the thread of the library, first when the step is begun."""
        self._pictures = pictures
        self._activities = activities
        self._steps = steps
        self._kind = kind
        self._way = way
        self._count = count
        self._library = pictures.library
        self._is_done = False  # for the first time
        self._is_running = False
        self._is_to_turn = False  # it was taken back, or done again, while it was under way

    @property
    def kind(self) -> str:
        """What is done."""
        return self._kind.value

    @property
    def count(self) -> int:
        """To how many pictures; 0: to none."""
        return self._count

    def begin(self) -> None:
        """Do it for the first time, and remember it."""
        self._steps.push(self)
        self._go()

    def undo(self) -> None:
        """Take it back."""
        self._go()

    def redo(self) -> None:
        """Do it again."""
        self._go()

    def _go(self) -> None:
        if self._is_running:
            self._is_to_turn = not self._is_to_turn
            return
        self._is_running = True
        ongoing, way = self._activities.begin(self._kind, can_be_cancelled=False), self._way

        def on_done(back: Way | None) -> None:
            ongoing.end()
            self._is_running = False
            self._on_gone(back)

        def on_problem(problem: Problem) -> None:
            ongoing.end()
            self._is_running = False
            self._on_problem(problem)

        self._pictures.act(lambda library: way(library, ongoing.proceed), on_done, on_problem)

    def _on_gone(self, back: Way | None) -> None:
        if back is None:
            self._steps.drop(self)
            return
        self._way, self._is_done = back, True
        if self._pictures.library is not self._library:
            return
        self._pictures.tell_everything()
        if self._is_to_turn:
            self._is_to_turn = False
            self._go()

    def _on_problem(self, problem: Problem) -> None:
        """What it left behind is looked at anew. What was done before can be tried again."""
        if not self._is_done or problem.kind not in _PASSING:
            self._steps.drop(self)
        elif not self._is_to_turn:
            self._steps.turn_back(self)
        self._is_to_turn = False
        self._pictures.tell_everything()
        self._pictures.failed.emit(problem)
