"""What happens to the open library's files outside is noticed while the window is open, and taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.state.checkup import CheckingUp
from seedream_desktop.state.folder_watch import FolderWatch
from seedream_desktop.state.synchronising import Synchronising

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner

_AGAIN_MS = 6_000  # what was being written then is done by now
_AGAIN_MOST_MS = 60_000
_RARELY_MS = 600_000  # what changes no folder's time is found by looking at every file


class Watcher(QObject):
    """Watches the library that is open. GUI thread; the folders are asked on another one."""

    presence_changed = Signal(bool)  # whether the library that was opened is there
    _follow = Signal(object)  # Path
    _leave = Signal()

    def __init__(self, pictures: Pictures, activities: Activities, runner: TaskRunner) -> None:
        """Follow what ``pictures`` opens; look at its files on ``runner``."""
        super().__init__()
        self.synchronising = Synchronising(pictures, activities, runner)
        self.checking_up = CheckingUp(pictures, activities)
        self._pictures = pictures
        self._thread = QThread()
        self._folders = FolderWatch()
        self._folders.moveToThread(self._thread)
        self._missed: set[str] = set()  # folders that are worth another look
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._rarely = QTimer(self, interval=_RARELY_MS)
        self._awaited: Path | None = None  # a library that could not be opened
        self._connect()

    def follow(self, library: Library) -> None:
        """Look through ``library`` and watch it from now on."""
        self.synchronising.stop()
        self.checking_up.stop()
        self._missed.clear()
        self._awaited = None
        self._watch(library.root)
        self._rarely.start()
        self.synchronising.begin()

    def stop(self) -> None:
        """Leave off at once; nothing is waited for."""
        self.synchronising.stop()
        self.checking_up.leave()
        self._again.stop()
        self._rarely.stop()
        self._awaited = None
        if self._thread.isRunning():
            self._leave.emit()

    def close(self, wait_ms: int) -> bool:
        """Wait for the end of its threads; False: a drive keeps one, and it must not be let go of."""
        self.stop()
        has_ended = not self._thread.isRunning() or self._thread.wait(wait_ms)
        return self.checking_up.close(wait_ms) and has_ended

    def _connect(self) -> None:
        self._follow.connect(self._folders.follow)
        self._leave.connect(self._folders.end)
        self._folders.changed.connect(self._on_changed)
        self._folders.presence_changed.connect(self._on_presence)
        self._folders.polled.connect(self.synchronising.mend)
        self.synchronising.ended.connect(self._on_looked)
        self._again.timeout.connect(self._look_again)
        self._rarely.timeout.connect(self.synchronising.begin)
        self._pictures.failed.connect(self._on_failed)

    def _watch(self, root: Path) -> None:
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._follow.emit(root)

    def _on_failed(self, problem: Problem) -> None:
        """A library whose drive is away is opened when that comes."""
        if problem.kind is ProblemKind.LIBRARY_AWAY and problem.subject and self._pictures.library is None:
            self._awaited = Path(problem.subject)
            self._watch(self._awaited)

    def _on_changed(self, folders: tuple[str, ...]) -> None:
        if self._pictures.library is None:
            return
        self.synchronising.look(folders)
        self._missed.update(folders)
        self._again.start(_AGAIN_MS)

    def _on_looked(self, folders: tuple[str, ...]) -> None:
        """What is on its way is looked at again, the later the longer it takes."""
        library = self._pictures.library
        if library is not None and library.is_unsettled and not self._again.isActive():
            self._missed.update(folders)
            self._again.start(min(2 * self._again.interval(), _AGAIN_MOST_MS))

    def _look_again(self) -> None:
        missed, self._missed = self._missed, set()
        self.synchronising.look(missed)

    def _on_presence(self, is_there: bool) -> None:
        if self._pictures.library is not None:
            self.presence_changed.emit(is_there)
        elif is_there and self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            self._pictures.open(awaited)
