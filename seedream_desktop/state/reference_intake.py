"""Takes dropped and pasted pictures and links as references: checked in the worker, kept in the library.

The original is kept as it is; what is sent is made of it later, for the model. A public link is fetched once,
to look at what it names and to keep that; the link itself is never logged.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from seedream_desktop.files import disk_problems, sha256_of
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.state.arrivals import refuse_unread, unreadable
from seedream_desktop.state.incoming import PICTURE_SUFFIXES, is_remote
from seedream_desktop.state.nameless import FETCHED, host_and_name, of_link, write_picture

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.tasks import TaskRunner

FILES_AT_ONCE = 64  # of one drop; the tray holds fifteen at most
_Outcome = Reference | Problem


class Checker(Protocol):
    """The worker process, as far as references need it."""

    def check_reference(self, path: Path, thumbnail: Path | None) -> CheckedPicture:
        """Decode all of it, if it can be made fit to be sent. Raises ProblemError."""


class Fetcher(Protocol):
    """The client, as far as links need it: addresses are judged, nothing of ours goes along."""

    async def download(self, url: str, target: Path, progress: Callable[[int, int | None], None]) -> None:
        """Bring what a link names to ``target``, whole or not at all. Raises ProblemError."""


class ReferenceStore(Protocol):
    """The library, as far as references need it."""

    def add_reference(self, source: Path, checked: CheckedPicture, name: str) -> Reference:
        """Keep a copy under its SHA-256. Raises ProblemError."""


class ReferenceIntake(QObject):
    """Turns files and bitmaps into references off the GUI thread and says what was refused, and why."""

    taken = Signal(object)  # tuple[Reference, ...], in the order in which they were dropped
    refused = Signal(object)  # tuple[Problem, ...], the subject is the file's name
    reading_changed = Signal(int)  # how many files are being read

    def __init__(
        self,
        runner: TaskRunner,
        checker: Checker,
        library: Callable[[], ReferenceStore],
        thumbnail_path: Callable[[str], Path],
        fetcher: Callable[[], Fetcher],
        parent: QObject | None = None,
    ) -> None:
        """``library``, ``thumbnail_path`` (of a SHA-256) and ``fetcher`` are called on a pool thread."""
        super().__init__(parent)
        self._runner = runner
        self._checker = checker
        self._library = library
        self._thumbnail_path = thumbnail_path
        self._fetcher = fetcher
        self._reading = 0

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take files, and of folders the pictures directly inside."""

        def work() -> tuple[_Outcome, ...]:
            found = _expanded(paths)
            return tuple(one if isinstance(one, Problem) else self._take(one, one.name) for one in found)

        self._start(len(paths), work)

    def take_picture(self, picture: QImage | bytes) -> None:
        """Take a bitmap from the clipboard or a drag, or a whole picture file that has no name."""
        self._start(1, lambda: (self._take_nameless(picture),))

    def take_links(self, urls: tuple[str, ...]) -> None:
        """Take what public links name; each link is kept as it is, to be sent in the place of the bytes."""
        self._count(len(urls))
        outcomes: list[_Outcome] = []

        def on_end(problem: Problem | None) -> None:
            self._count(-len(urls))
            self._report((*outcomes, problem) if problem is not None else tuple(outcomes))

        self._runner.start(lambda: self._fetched(urls), outcomes.append, on_end)

    def _start(self, count: int, work: Callable[[], tuple[_Outcome, ...]]) -> None:
        self._count(count)

        def on_result(outcomes: tuple[_Outcome, ...]) -> None:
            self._count(-count)
            self._report(outcomes)

        def on_problem(problem: Problem) -> None:
            self._count(-count)
            self.refused.emit((problem,))

        self._runner.call(work, on_result, on_problem)

    def _count(self, change: int) -> None:
        self._reading += change
        self.reading_changed.emit(self._reading)

    def _report(self, outcomes: tuple[_Outcome, ...]) -> None:
        references = tuple(one for one in outcomes if isinstance(one, Reference))
        problems = tuple(one for one in outcomes if isinstance(one, Problem))
        if references:
            self.taken.emit(references)
        if problems:
            self.refused.emit(problems)

    def _take(self, path: Path, name: str) -> _Outcome:
        try:
            refuse_unread(path)
            return self._checked(path, name)
        except ProblemError as error:
            return error.problem

    def _take_nameless(self, picture: QImage | bytes) -> _Outcome:
        with (
            disk_problems(Path(tempfile.gettempdir())),
            tempfile.TemporaryDirectory(prefix="seedream-") as folder,
        ):
            path = Path(folder) / "pasted"
            write_picture(picture, path)
            return self._take(path, "")

    async def _fetched(self, urls: tuple[str, ...]) -> AsyncIterator[_Outcome]:
        with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
            for url in urls[:FILES_AT_ONCE]:
                yield await self._fetch(url, Path(folder) / FETCHED)

    async def _fetch(self, url: str, path: Path) -> _Outcome:
        host, name = host_and_name(url)
        try:
            await self._fetcher().download(url, path, lambda *_: None)
            return replace(self._checked(path, name), url=url)
        except ProblemError as error:
            return of_link(error.problem, host, name)

    def _checked(self, path: Path, name: str) -> Reference:
        sha256 = sha256_of(path)
        thumbnail = self._thumbnail_path(sha256)
        with suppress(OSError):  # it is a cache
            thumbnail.parent.mkdir(parents=True, exist_ok=True)
        checked = self._checker.check_reference(path, None if thumbnail.exists() else thumbnail)
        if checked.sha256 != sha256:  # it changed while it was looked at
            thumbnail.unlink(missing_ok=True)
            raise ProblemError(unreadable(path))
        return self._library().add_reference(path, checked, name)


def _expanded(paths: tuple[Path, ...]) -> list[Path | Problem]:
    found: list[Path | Problem] = []
    for path in paths:
        found.extend(_pictures_in(path) if not is_remote(path) and path.is_dir() else (path,))
    if len(found) > FILES_AT_ONCE:
        too_many = Problem(ProblemKind.TOO_MANY_REFERENCES, limit=FILES_AT_ONCE, actual=len(found))
        return [*found[:FILES_AT_ONCE], too_many]
    return found


def _pictures_in(folder: Path) -> tuple[Path | Problem, ...]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError as error:
        return (unreadable(folder, error.strerror),)
    pictures = tuple(folder / name for name in names if Path(name).suffix.lower() in PICTURE_SUFFIXES)
    return pictures or (Problem(ProblemKind.IS_A_FOLDER, subject=folder.name),)
