"""The library's health, as far as it is shown: its drive, its index, and the look through all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from seedream_desktop.gui.problem_words import problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.checkup_dialog import CheckupDialog
    from seedream_desktop.gui.commands import Commands
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.library.findings import Checkup
    from seedream_desktop.state.session import Session


class Caring(QObject):
    """Ties what watches and checks the library to the window."""

    def __init__(self, commands: Commands, notices: NoticeBar, session: Session, window: QWidget) -> None:
        """Connect both ways; the dialog is built when it is first wished for."""
        super().__init__()
        self._notices = notices
        self._session = session
        self._window = window
        self._choose_library = commands.choose_library
        self.dialog: CheckupDialog | None = None
        watcher = session.watcher
        commands.check_requested.connect(self.show_dialog)
        watcher.presence_changed.connect(self._on_presence)
        watcher.synchronising.stopped.connect(self._on_stopped)
        session.surveying.stopped.connect(self._on_survey_stopped)

    def show_dialog(self) -> None:
        """Offer to check the library, or show how far that is."""
        if self.dialog is None:
            self.dialog = self._built()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _built(self) -> CheckupDialog:
        from seedream_desktop.gui.checkup_dialog import CheckupDialog  # late: rarely wanted

        dialog, checking_up = CheckupDialog(self._window), self._session.watcher.checking_up
        dialog.check_requested.connect(self._on_check_requested)
        dialog.stop_requested.connect(checking_up.stop)
        dialog.forget_requested.connect(checking_up.forget_missing)
        checking_up.began.connect(dialog.show_begun)
        checking_up.went_on.connect(dialog.show_progress)
        checking_up.ended.connect(self._on_ended)
        checking_up.failed.connect(self._on_failed)
        checking_up.forgotten.connect(dialog.show_forgotten)
        return dialog

    def _on_check_requested(self, is_thorough: bool) -> None:
        worker = self._session.worker
        look = (lambda path: worker.check_picture(path, None)) if is_thorough else None
        self._session.watcher.checking_up.begin(look)

    def _on_ended(self, checkup: Checkup) -> None:
        if self.dialog is None:
            return
        self.dialog.show_checkup(checkup)
        if not self.dialog.isVisible():  # it was closed meanwhile
            from seedream_desktop.gui.checkup_words import summary  # late: with the dialog

            self._notices.say(summary(checkup), self.tr("Show"), self.show_dialog)

    def _on_failed(self, problem: Problem) -> None:
        if self.dialog is not None:
            self.dialog.show_failed(problem_words(problem).without_money)

    def _on_presence(self, is_there: bool) -> None:
        if is_there:
            self._session.recovering.go_on()
            self._notices.say(self.tr("The library is there again. What waited for it goes on."))
        else:
            self._notices.warn(
                self.tr(
                    "The library's folder cannot be reached just now. New pictures are kept on this computer "
                    "until it is back."
                ),
                self.tr("Open a library…"),
                self._choose_library,
            )

    def _on_stopped(self) -> None:
        self._notices.warn(
            self.tr("Not every picture is listed yet."),
            self.tr("Go on"),
            self._session.watcher.synchronising.begin,
        )

    def _on_survey_stopped(self) -> None:
        self._notices.say(
            self.tr("Thumbnails are made only of what comes into view from now on."),
            self.tr("Go on"),
            self._session.surveying.go_on,
        )
