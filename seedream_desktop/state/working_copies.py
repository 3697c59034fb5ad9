"""Copies of pictures on their way into other programs, which may save over them; the originals stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.import_step import ImportStep

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture
    from seedream_desktop.platforms.programs import Program
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.clean_copies import CleanCopies
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.programs import Programs
    from seedream_desktop.state.undo import UndoStack
    from seedream_desktop.tasks import TaskRunner

AT_ONCE = 10  # windows of another program; more are opened by mistake


class WorkingCopies(QObject):
    """Makes copies beside their originals and opens them. GUI thread."""

    opened = Signal(object, int, str)  # tuple[Picture, ...]: the copies; how many were wanted; the program
    choice_known = Signal(object, object)  # tuple[Picture, ...], ProgramChoice
    failed = Signal(object)  # Problem

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        steps: UndoStack,
        programs: Programs,
        clean: CleanCopies,
        runner: TaskRunner,
    ) -> None:
        """``programs`` are asked on threads of ``runner``."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._steps = steps
        self._programs = programs
        self._clean = clean
        self._runner = runner

    def look(self, pictures: tuple[Picture, ...]) -> None:
        """Find out which programs there are for such pictures; they come as ``choice_known``."""
        if pictures:
            path = pictures[0].path
            self._runner.call(
                lambda: self._programs.choice_for(path),
                lambda choice: self.choice_known.emit(pictures, choice),
                self.failed.emit,
            )

    def open(self, pictures: tuple[Picture, ...], program: Program | None = None) -> None:
        """Open a working copy of each, of the first ten; one step that can be taken back.

        In ``program``, else in the one that was used last, else in what the system means for them.
        """
        library = self._pictures.library
        if library is None or not pictures:
            return
        chosen = pictures[:AT_ONCE]
        is_clean = self._clean.are_needed(chosen)
        ongoing = self._activities.begin(ActivityKind.OPEN_WITH, can_be_cancelled=False)
        step = ImportStep(self._pictures, self._steps, library, lambda: None, ActivityKind.OPEN_WITH)
        self._steps.push(step)
        made: list[Picture] = []

        def copy(library: Library) -> None:
            made.extend(
                library.working_copy(picture.id, self._source(picture) if is_clean else None)
                for picture in chosen
            )

        def on_copied(_: None) -> None:
            ongoing.end()
            for picture in made:
                step.add(picture)
            self._pictures.tell_everything()
            step.end(())
            if made:
                self._open(tuple(made), len(pictures), program)

        def on_problem(problem: Problem) -> None:
            on_copied(None)  # those that were made
            self.failed.emit(problem)

        self._pictures.act(copy, on_copied, on_problem)

    def _source(self, picture: Picture) -> Path | None:
        """What leaves a client-safe board by another program's hands tells nothing; None: its own bytes."""
        (path,) = self._clean.make((picture,), of_all=False).paths
        return path if path != picture.path else None

    def _open(self, copies: tuple[Picture, ...], wanted: int, program: Program | None) -> None:
        def open_each() -> str:
            name = ""
            for picture in copies:
                opened = self._programs.open(picture.path, program)
                if opened is None:
                    raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=picture.path.name))
                name = opened.name
            return name

        self._runner.call(open_each, lambda name: self.opened.emit(copies, wanted, name), self.failed.emit)
