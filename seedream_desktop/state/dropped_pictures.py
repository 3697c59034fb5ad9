"""Pictures that were dropped and are no files yet: bitmaps, and what links name. They are made files.

Those stay until the window is closed, so that what was left out as a duplicate can be imported all the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop import files
from seedream_desktop.file_names import legal_name
from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.nameless import FETCHED, host_and_name, of_link, write_picture

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.importing import Importing
    from seedream_desktop.state.incoming import Incoming
    from seedream_desktop.state.reference_intake import Fetcher
    from seedream_desktop.tasks import Task, TaskRunner

LINKS_AT_ONCE = 64
_NAMELESS = "picture"
_Outcome = Path | Problem


class DroppedPictures(QObject):
    """Hands files to what imports, or looks for their like. GUI thread."""

    refused = Signal(object)  # Problem

    def __init__(
        self,
        importing: Importing,
        activities: Activities,
        runner: TaskRunner,
        fetcher: Callable[[], Fetcher],
    ) -> None:
        """``fetcher`` is called on a thread of ``runner``."""
        super().__init__()
        self._importing = importing
        self._activities = activities
        self._runner = runner
        self._fetcher = fetcher
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def take(self, incoming: Incoming, board_id: str) -> None:
        """Import what came without files onto a board."""
        if incoming.picture is not None:
            self._take_picture(incoming.picture, board_id)
        elif incoming.links:
            self._take_links(incoming.links[:LINKS_AT_ONCE], board_id)

    def fetch(self, url: str, then: Callable[[Path], None], otherwise: Callable[[Problem], None]) -> Task:
        """Call ``then`` with the file of what a link names, imported nowhere; not once it is cancelled."""

        async def fetched() -> AsyncIterator[_Outcome]:
            yield await self._fetch(url)

        def on_outcome(outcome: _Outcome | None) -> None:
            if task.is_cancelled or outcome is None:
                return
            if isinstance(outcome, Problem):
                otherwise(outcome)
            else:
                then(outcome)

        task = self._runner.start(fetched, on_outcome, on_outcome)
        return task

    def _take_picture(self, picture: QImage | bytes, board_id: str) -> None:
        def write() -> Path:
            path = self._place(_NAMELESS)
            with files.disk_problems(path.parent):
                write_picture(picture, path)
            return path

        self._runner.call(write, lambda path: self._importing.begin((path,), board_id), self.refused.emit)

    def _take_links(self, urls: tuple[str, ...], board_id: str) -> None:
        ongoing = self._activities.begin(ActivityKind.IMPORT)
        paths: list[Path] = []

        async def fetched() -> AsyncIterator[_Outcome]:
            for done, url in enumerate(urls):
                if not ongoing.proceed(done, len(urls)):
                    return
                yield await self._fetch(url)

        def on_outcome(outcome: _Outcome) -> None:
            if isinstance(outcome, Problem):
                self.refused.emit(outcome)
            else:
                paths.append(outcome)

        def on_end(problem: Problem | None) -> None:
            ongoing.end()
            if problem is not None:
                self.refused.emit(problem)
            self._importing.begin(tuple(paths), board_id)

        self._runner.start(fetched, on_outcome, on_end)

    async def _fetch(self, url: str) -> _Outcome:
        host, name = host_and_name(url)
        try:
            path = self._place(FETCHED)
            await self._fetcher().download(url, path, lambda *_: None)
            with files.disk_problems(path.parent):
                return path.rename(path.with_name(legal_name(name or host or _NAMELESS)))
        except ProblemError as error:
            return of_link(error.problem, host, name)

    def _place(self, name: str) -> Path:
        """A path of that name in a folder of its own. Raises ProblemError."""
        with files.disk_problems(Path(tempfile.gettempdir())):
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="seedream-")
            return Path(tempfile.mkdtemp(dir=self._folder.name)) / name
