"""Boards handed over to somebody else as one ZIP, off the GUI thread; and what is to be asked before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.library.handing_over import HandOverReport, hand_over
from seedream_desktop.library.leaving import client_safe_ids
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.outbox import Outbox
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """What is known of a board that is to be handed over."""

    boards: tuple[Board, ...]  # itself, then those in it, the outermost first
    client_safe: frozenset[str]  # ids of those of them that tell nothing

    @property
    def board(self) -> Board:
        """The board itself."""
        return self.boards[0]


class HandingOver(QObject):
    """Hands boards of the open library over, one after the other. GUI thread."""

    facts_known = Signal(object)  # HandOverFacts
    ended = Signal(object)  # HandOverReport
    failed = Signal(object)  # Problem

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        worker: Callable[[], Worker],
        runner: TaskRunner,
        outbox: Outbox,
    ) -> None:
        """``runner`` has one thread."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._worker = worker
        self._runner = runner
        self._outbox = outbox

    def look(self, board_id: str) -> None:
        """Find out what there is; it comes as ``facts_known``."""

        def known(library: Library) -> HandOverFacts | None:
            boards = library.board_folders.below(board_id)
            safe = client_safe_ids(library.boards())
            ids = frozenset(board.id for board in boards)
            return HandOverFacts(boards, safe & ids) if boards else None

        def on_known(facts: HandOverFacts | None) -> None:
            if facts is not None:
                self.facts_known.emit(facts)

        self._pictures.act(known, on_known, self.failed.emit)

    def begin(self, boards: tuple[Board, ...], folder: Path) -> None:
        """Write the ZIP into ``folder``; ``ended`` says what came of it. Cancelled through the activities."""
        library = self._pictures.library
        if library is None or not boards:
            return
        ongoing = self._activities.begin(ActivityKind.HAND_OVER)

        def on_end(report: HandOverReport) -> None:
            ongoing.end()
            self.ended.emit(report)

        def on_problem(problem: Problem) -> None:
            ongoing.end()
            self.failed.emit(problem)

        export = self._worker().export

        def write() -> HandOverReport:
            with self._outbox.passing(folder) as passing:
                return hand_over(library, boards, passing, export, ongoing.proceed)

        self._runner.call(write, on_end, on_problem)
