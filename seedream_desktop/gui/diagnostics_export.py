"""Export diagnostics: shows what would be in the file, then writes one file where the designer says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.report_dialog import ReportDialog
from seedream_desktop.state.diagnostics import Diagnostics, Part, as_text

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.window import MainWindow
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

FILE_NAME = "seedream-diagnostics.zip"


class DiagnosticsExport(QObject):
    """Ties the menu's entry to a session."""

    def __init__(self, window: MainWindow, settings: Callable[[], Settings], session: Session) -> None:
        """Ask nothing yet."""
        super().__init__(window)
        self._window = window
        self._diagnostics = Diagnostics(session, settings)
        self._diagnostics.collected.connect(self._show)
        self._diagnostics.saved.connect(self._on_saved)
        self._diagnostics.failed.connect(self._on_problem)

    def begin(self) -> None:
        """Collect, then show."""
        self._diagnostics.collect()

    def save(self, parts: tuple[Part, ...], path: str) -> None:
        """Write the file; nothing was chosen where ``path`` is empty."""
        if path:
            self._diagnostics.save(parts, Path(path))

    def _show(self, parts: tuple[Part, ...]) -> None:
        dialog = ReportDialog(
            self._window,
            self.tr("Export diagnostics"),
            self.tr(
                "This is all that the file would hold: versions, counts and the last logs. "
                "No prompts, names, pictures, folders or keys are in it, and nothing is sent anywhere."
            ),
            as_text(parts),
        )
        save = dialog.add(self.tr("Save…"), is_first=True)
        save.clicked.connect(lambda: self._ask_where(dialog, parts))
        dialog.add(self.tr("Copy")).clicked.connect(dialog.copy)
        dialog.add(self.tr("Close")).clicked.connect(dialog.close)
        dialog.show()

    def _ask_where(self, dialog: ReportDialog, parts: tuple[Part, ...]) -> None:
        path, _ = QFileDialog.getSaveFileName(
            dialog, self.tr("Export diagnostics"), str(Path.home() / FILE_NAME)
        )
        if path:
            self.save(parts, path)
            dialog.close()

    def _on_saved(self, path: Path) -> None:
        self._window.notices.say(self.tr("Saved as {name}.").format(name=path.name))

    def _on_problem(self, problem: Problem) -> None:
        self._window.notices.warn(problem_words(problem).without_money)
