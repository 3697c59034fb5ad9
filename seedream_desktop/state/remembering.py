"""What comes back after a restart, saved off the GUI thread as it changes, so that a kill takes a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.settings import Settings, save_settings
from seedream_desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from seedream_desktop.tasks import Task

LOOKING_MS = 500


class Remembering(QObject):
    """Looks at the settings as they are twice a second and saves them when they are not what was saved."""

    failed = Signal(object)  # Problem; once, until saving works again

    def __init__(self, path: Path, settings: Callable[[], Settings]) -> None:
        """``settings`` gives them as they are now; it is called on the GUI thread."""
        super().__init__()
        self._path = path
        self._settings = settings
        self._saved: Settings | None = None
        self._has_failed = False
        self._saving: Task | None = None
        self._runner = TaskRunner(1, self)
        self._timer = QTimer(self, interval=LOOKING_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def save_now(self) -> None:
        """Save at once, on this thread: the end of the session is near."""
        try:
            save_settings(self._path, self._settings())
        except ProblemError as error:
            self._on_problem(error.problem)

    def close(self, wait_ms: int) -> bool:
        """Save a last time and look no longer; False: a thread is still at it."""
        self._timer.stop()
        has_ended = self._runner.close(wait_ms)  # first, so that what is older is not written last
        self.save_now()
        return has_ended

    def _look(self) -> None:
        settings = self._settings()
        if settings == self._saved or (self._saving is not None and not self._saving.is_over):
            return

        def on_saved(_: None) -> None:
            self._saved = settings
            self._has_failed = False

        self._saving = self._runner.call(
            lambda: save_settings(self._path, settings), on_saved, self._on_problem
        )

    def _on_problem(self, problem: Problem) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(problem)
