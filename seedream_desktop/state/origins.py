"""How pictures were made and what they are related to, looked up off the GUI thread.

Who moves through pictures asks more often than there are answers: what was asked for before is dropped.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library.values import Picture

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.record import Record
    from seedream_desktop.library.relations import Relatives, Summary
    from seedream_desktop.tasks import Task, TaskRunner

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Origin:
    """A picture's record and what it is related to."""

    picture: Picture
    record: Record
    relatives: Relatives
    before: Path | None  # the file of its first reference

    @property
    def made_from(self) -> tuple[Picture, ...]:
        """The pictures that it was made from."""
        return self.relatives.made_from[0] if self.relatives.made_from else ()

    @property
    def led_to(self) -> tuple[Picture, ...]:
        """The pictures that were made from it."""
        return self.relatives.led_to[0] if self.relatives.led_to else ()


@dataclass(frozen=True, slots=True)
class Several:
    """What several pictures are together."""

    ids: tuple[str, ...]
    summary: Summary


class Origins(QObject):
    """Asks the open library. GUI thread; the answers come as signals."""

    origin_ready = Signal(object)  # Origin
    several_ready = Signal(object)  # Several
    failed = Signal(object)  # Problem

    def __init__(self, the_library: Callable[[], Library], runner: TaskRunner) -> None:
        """``the_library`` may raise ProblemError; it is called on a thread of ``runner``."""
        super().__init__()
        self._the_library = the_library
        self._runner = runner
        self._looking: Task | None = None
        self._adding: Task | None = None

    def look_up(self, picture: Picture) -> None:
        """Find out how ``picture`` was made; the answer comes as ``origin_ready``, that of the last asked."""
        self.forget()
        self._looking = self._call(lambda library: origin_of(library, picture), self.origin_ready.emit)

    def look_up_id(self, picture_id: str, then: Callable[[Picture], None]) -> None:
        """Find the picture of that id, and look it up; nothing happens when it is gone."""

        def on_found(found: tuple[Picture, ...]) -> None:
            for picture in found:
                then(picture)
                self.look_up(picture)

        self.forget()
        self._looking = self._call(lambda library: library.pictures((picture_id,)), on_found)

    def sum_up(self, ids: tuple[str, ...]) -> None:
        """Find out what these pictures are together; the answer comes as ``several_ready``."""
        self.forget()
        self._adding = self._call(
            lambda library: Several(ids, library.relations.summary(ids)), self.several_ready.emit
        )

    def forget(self) -> None:
        """Nobody waits for what was asked for any more."""
        for task in (self._looking, self._adding):
            if task is not None:
                task.cancel()
        self._looking = self._adding = None

    def pictures(self, ids: tuple[str, ...], then: Callable[[tuple[Picture, ...]], None]) -> None:
        """Hand those that are there to ``then``, in the order of ``ids``."""
        self._call(lambda library: library.pictures(ids), then)

    def of_each(self, pictures: tuple[Picture, ...], then: Callable[[tuple[Origin, ...]], None]) -> Task:
        """Find out how each of a few pictures was made, and hand that to ``then`` in their order.

        A picture whose record cannot be read is left out.
        """

        def look(library: Library) -> tuple[Origin, ...]:
            found = []
            for picture in pictures:
                with contextlib.suppress(ProblemError):
                    found.append(origin_of(library, picture))
            return tuple(found)

        return self._call(look, then)

    def _call(self, look: Callable[[Library], Answer], then: Callable[[Answer], None]) -> Task:
        def answer() -> Answer:
            library = self._the_library()
            with files.disk_problems(library.root):
                return look(library)

        return self._runner.call(answer, then, self._on_problem)

    def _on_problem(self, problem: Problem) -> None:
        self.failed.emit(problem)


def origin_of(library: Library, picture: Picture) -> Origin:
    """How ``picture`` was made. Blocks. Raises ProblemError."""
    record = library.record(picture.id)
    return Origin(picture, record, library.relations.of(picture), _first_reference(library, record))


def _first_reference(library: Library, record: Record) -> Path | None:
    references = record.made.request.references if record.made.request else ()
    with contextlib.suppress(ProblemError):  # swept, or never here
        return library.reference_path(references[0]) if references else None
    return None
