"""After a defect: the window goes on and offers a report to read and copy; nothing is sent anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.gui.report_dialog import ReportDialog
from seedream_desktop.platforms.platform import current
from seedream_desktop.state.about import crash_report

if TYPE_CHECKING:
    from seedream_desktop.gui.window import MainWindow
    from seedream_desktop.logs import CrashHook
    from seedream_desktop.tasks import TaskRunner

LOOK_AGAIN_MS = 500  # whether the pictures have the whole screen no more
MOST = 5  # in one run; whoever has seen that many has seen enough


class CrashReports(QObject):
    """Hears of crashes and offers one report at a time, never over pictures that have the whole screen."""

    _crashed = Signal(str)  # the redacted trace; from any thread

    def __init__(
        self, crashes: CrashHook, logs: Path, window: Callable[[], MainWindow], runner: TaskRunner
    ) -> None:
        """``window`` is the one of now; the log in ``logs`` is read on ``runner``."""
        super().__init__()
        self._logs = logs
        self._window = window
        self._runner = runner
        self._count = 0
        self._waiting = ""  # the report that is to be offered
        self._again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._offer)
        self._crashed.connect(self._on_crashed)
        crashes.listen(self._crashed.emit)

    def show_report(self, report: str) -> None:
        """Show ``report`` beside the window."""
        dialog = ReportDialog(
            self._window(),
            self.tr("Report about an error"),
            self.tr(
                "This is what is known about the error. It holds no prompt, no name, no picture and no key. "
                "Nothing was sent anywhere: copy it if you want to report the error."
            ),
            report,
        )
        dialog.add(self.tr("Show the log folder")).clicked.connect(self._show_folder)
        dialog.add(self.tr("Copy"), is_first=True).clicked.connect(dialog.copy)
        dialog.add(self.tr("Close")).clicked.connect(dialog.close)
        dialog.show()

    def _on_crashed(self, trace: str) -> None:
        self._count += 1
        if self._count <= MOST:
            logs = self._logs
            self._runner.call(lambda: crash_report(trace, logs), self._on_report)

    def _on_report(self, report: str) -> None:
        self._waiting = report
        self._offer()

    def _offer(self) -> None:
        if self._window().isFullScreen():
            self._again.start()
            return
        report, self._waiting = self._waiting, ""
        words = self.tr(
            "Something in Seedream Desktop did not work as it should. The window goes on. "
            "What it means for a request that was under way is told in the queue."
        )
        self._window().notices.warn(words, self.tr("Read the report"), lambda: self.show_report(report))

    def _show_folder(self) -> None:
        log, system = self._logs, current()
        self._runner.call(lambda: system.reveal(log), lambda _: None)
