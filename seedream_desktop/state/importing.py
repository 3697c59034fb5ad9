"""Pictures from elsewhere on their way into the library: looked at by the worker, kept, told in pieces.

Nothing of it runs on the GUI thread, and nothing on the thread of the library, which others wait for. What is
there already, by its bytes, is left out and counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_in
from seedream_desktop.library.brought import Brought
from seedream_desktop.library.side_by_side import side_by_side
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.arrivals import FILES_MOST, Arrivals, arrivals, refuse_unread
from seedream_desktop.state.import_step import ImportStep

if TYPE_CHECKING:
    from seedream_desktop.imaging.foreign import Foreign
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.undo import UndoStack
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker

TOLD_EVERY_S = 0.5  # so that 10,000 pictures are shown in as few pieces as one can follow
REFUSED_KEPT = 200  # problems; of more only the number is known
OF_THE_TARGET = frozenset(
    {
        ProblemKind.DISK_FULL,
        ProblemKind.FOLDER_NOT_WRITABLE,
        ProblemKind.LIBRARY_AWAY,
        ProblemKind.LIBRARY_NEWER,
        ProblemKind.UNEXPECTED,
    }
)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import."""

    board_id: str
    taken: int = 0
    recipes: int = 0  # of those, that brought theirs in their file
    known: int = 0  # of those, that came with a board although their bytes are in the library already
    duplicates: tuple[Path, ...] = ()  # files whose bytes are in the library already
    refused: tuple[Problem, ...] = ()  # the first of them
    refused_count: int = 0
    boards: tuple[str, ...] = ()  # ids of those that came along, the outermost first
    problem: Problem | None = None  # why it ended early
    is_stopped: bool = False
    is_cut: bool = False  # more than one import takes
    step: ImportStep | None = None  # what can be taken back


class Importing(QObject):
    """Imports into the open library, one import after the other. GUI thread."""

    ended = Signal(object)  # ImportReport
    _came = Signal(object, object)  # ImportStep, tuple[Picture, ...]; from the thread that imports

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        steps: UndoStack,
        worker: Callable[[], Worker],
        runner: TaskRunner,
    ) -> None:
        """``runner`` has one thread."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._steps = steps
        self._worker = worker
        self._runner = runner
        self._came.connect(self._on_came)

    def begin(self, paths: tuple[Path, ...], board_id: str, *, with_duplicates: bool = False) -> None:
        """Copy pictures, and of folders all pictures below, onto a board; ``ended`` says what came of it."""
        library = self._pictures.library
        if library is None or not paths:
            return
        ongoing = self._activities.begin(ActivityKind.IMPORT)
        step = ImportStep(self._pictures, self._steps, library, ongoing.cancel)
        self._steps.push(step)

        def tell(pictures: Sequence[Picture]) -> None:
            self._came.emit(step, tuple(pictures))

        def bring() -> ImportReport:
            found = arrivals(paths, lambda: ongoing.proceed(0, 0), library.root)
            bringing = Bringing(library, board_id, self._worker(), ongoing, tell)
            return bringing.run(found, with_duplicates=with_duplicates)

        def on_end(report: ImportReport) -> None:
            ongoing.end()
            step.end(report.boards)
            if report.boards:
                self._pictures.tell_everything()
            self.ended.emit(replace(report, step=step if step.count or report.boards else None))

        def on_problem(problem: Problem) -> None:
            on_end(ImportReport(board_id, problem=problem))

        self._runner.call(bring, on_end, on_problem)

    def _on_came(self, step: ImportStep, pictures: tuple[Picture, ...]) -> None:
        for picture in pictures:
            step.add(picture)
        self._pictures.tell(added=pictures)


class Bringing:
    """One import, on a thread of its own."""

    def __init__(
        self,
        library: Library,
        board_id: str,
        worker: Worker,
        ongoing: Ongoing,
        tell: Callable[[Sequence[Picture]], None],
    ) -> None:
        """``tell`` is given what came, from time to time."""
        self._library = library
        self._board_id = board_id
        self._worker = worker
        self._ongoing = ongoing
        self._tell = tell
        self._fresh: list[Picture] = []
        self._told_s = time.monotonic()
        self._taken = self._recipes = self._known = self._refused_count = self._done = self._total = 0
        self._left = 0  # files, after the boards
        self._duplicates: list[Path] = []
        self._refused: list[Problem] = []
        self._seen: set[str] = set()  # SHA-256 of what came
        self._boards: list[str] = []

    def run(self, found: Arrivals, *, with_duplicates: bool) -> ImportReport:
        """Bring all of it, or as much as can be."""
        for refused in found.problems:
            self._refuse(refused)
        self._total = self._left = len(found.files)
        problem: Problem | None = None
        try:
            for parcel in found.parcels:
                self._unpack(parcel)
            self._bring_files(found.files, with_duplicates=with_duplicates)
        except ProblemError as error:
            problem = error.problem
        finally:
            self._tell_fresh()
        return ImportReport(
            board_id=self._board_id,
            taken=self._taken,
            recipes=self._recipes,
            known=self._known,
            duplicates=tuple(self._duplicates),
            refused=tuple(self._refused),
            refused_count=self._refused_count,
            boards=tuple(self._boards),
            problem=problem,
            is_stopped=not self._ongoing.proceed(self._done, self._total) and self._done < self._total,
            is_cut=found.is_cut and len(found.files) >= FILES_MOST,
        )

    def _unpack(self, path: Path) -> None:
        """A board that was handed over, or another library; one that is refused is no reason to end."""
        from seedream_desktop.state.unpacking import Heard, Unpacking  # late: rarely brought

        before, self._total = self._done, self._done + self._left

        def proceed(done: int, total: int) -> bool:
            self._done, self._total = before + done, before + total + self._left
            return self._ongoing.proceed(self._done, self._total)

        heard = Heard(self._came_along, self._boards.append, self._refuse, proceed)
        try:
            Unpacking(self._library, self._worker, heard, OF_THE_TARGET).run(path)
        except ProblemError as error:
            if error.problem.kind in OF_THE_TARGET:
                raise
            self._refuse(error.problem)

    def _bring_files(self, paths: Sequence[Path], *, with_duplicates: bool) -> None:
        def look(path: Path) -> Foreign | Problem | None:
            try:
                refuse_unread(path)
                if not with_duplicates and self._is_there(files.sha256_of(path)):
                    return None
                return self._worker.look_at_foreign(path)
            except ProblemError as error:
                return error.problem

        if not self._ongoing.proceed(self._done, self._total):
            return  # in the middle of a board: there is more than what is done
        self._total = self._done + len(paths)
        looking = side_by_side(look, paths)
        try:
            for path, foreign in zip(paths, looking, strict=True):
                self._keep(path, foreign, with_duplicates=with_duplicates)
                self._done += 1
                if not self._ongoing.proceed(self._done, self._total):
                    return
        finally:
            looking.close()

    def _keep(self, path: Path, found: Foreign | Problem | None, *, with_duplicates: bool) -> None:
        if isinstance(found, Problem):
            self._refuse(found)
        elif found is None or (not with_duplicates and self._is_there(found.checked.sha256)):
            self._duplicates.append(path)  # also one that came twice, under two names
        else:
            recipe = recipe_in(found.recipe)
            try:
                picture = self._library.import_picture(
                    path, found.checked, self._board_id, Brought(recipe or Recipe())
                )
            except ProblemError as error:
                if error.problem.kind in OF_THE_TARGET:
                    raise
                self._refuse(error.problem)
                return
            self._recipes += recipe is not None
            self.came(picture)

    def _came_along(self, picture: Picture) -> None:
        """With its board, and with what somebody else marked it: nothing of that is left out."""
        self._known += len(self._library.by_sha256(picture.sha256)) > 1
        self.came(picture)

    def came(self, picture: Picture) -> None:
        """Count a picture that was kept, and tell it when it is time."""
        self._taken += 1
        self._seen.add(picture.sha256)
        self._fresh.append(picture)
        if time.monotonic() - self._told_s >= TOLD_EVERY_S:
            self._tell_fresh()

    def _tell_fresh(self) -> None:
        self._told_s = time.monotonic()
        if self._fresh:
            self._tell(tuple(self._fresh))
            self._fresh.clear()

    def _is_there(self, sha256: str) -> bool:
        return sha256 in self._seen or bool(self._library.by_sha256(sha256))

    def _refuse(self, problem: Problem) -> None:
        self._refused_count += 1
        if len(self._refused) < REFUSED_KEPT:
            self._refused.append(problem)
