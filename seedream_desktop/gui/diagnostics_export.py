"""Export diagnostics: shows what would be in the file, then writes one file where the designer says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.gui.problem_words import problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.commands import Commands
    from seedream_desktop.gui.report_dialog import ReportDialog
    from seedream_desktop.gui.window import MainWindow
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.diagnostics import Diagnostics, Part
    from seedream_desktop.state.session import Session

FILE_NAME = "seedream-diagnostics.zip"


class DiagnosticsExport(QObject):
    """Ties the menu's entry to a session."""

    def __init__(
        self, window: MainWindow, commands: Commands, settings: Callable[[], Settings], session: Session
    ) -> None:
        """Ask nothing yet; ``settings`` gives them as they are now."""
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._session = session
        self._diagnostics: Diagnostics | None = None
        commands.diagnostics_requested.connect(self.begin)

    def begin(self) -> None:
        """Collect, then show."""
        self._asked().collect()

    def save(self, parts: tuple[Part, ...], path: str) -> None:
        """Write what was shown to ``path``."""
        self._asked().save(parts, Path(path))

    def _asked(self) -> Diagnostics:
        from seedream_desktop.state.diagnostics import Diagnostics  # late: rarely asked for

        if self._diagnostics is None:
            self._diagnostics = Diagnostics(self._session, self._settings)
            self._diagnostics.collected.connect(self._show)
            self._diagnostics.saved.connect(self._on_saved)
            self._diagnostics.failed.connect(self._on_problem)
        return self._diagnostics

    def _show(self, parts: tuple[Part, ...]) -> None:
        from seedream_desktop.gui.report_dialog import ReportDialog  # late: as above
        from seedream_desktop.state.diagnostics import as_text  # late: as above

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
