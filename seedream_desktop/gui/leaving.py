"""How the window is left: at once, or after what was sent has been answered; what it costs is asked first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.gui.closing_question import Closing, ask_how_to_close

if TYPE_CHECKING:
    from seedream_desktop.gui.window import MainWindow
    from seedream_desktop.state.session import Session


class Leaving(QObject):
    """Asks while there are requests under way, and waits for them where that is wished."""

    def __init__(self, end: Callable[[], object]) -> None:
        """``end`` ends the process."""
        super().__init__()
        self._end = end
        self._session: Session | None = None  # the window is gone; what it sent is waited for
        self._was_paused = False  # before that
        self._question: QObject | None = None

    def leave(self, window: MainWindow, session: Session) -> None:
        """Leave ``window``, now or as the designer says."""
        sent = session.queue.may_be_billed()
        if not sent:
            self._end()
        elif self._question is None:
            self._question = ask_how_to_close(
                window, len(sent), lambda answer: self._on_answer(answer, window, session)
            )

    def come_back(self) -> None:
        """The window is wanted again: go on as it was."""
        session, self._session = self._session, None
        if session is not None and not self._was_paused:
            session.queue.resume()

    def _on_answer(self, answer: Closing, window: MainWindow, session: Session) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        if answer is Closing.NOW:
            self._end()
        elif answer is Closing.WAIT:
            self._session, self._was_paused = session, session.queue.is_paused
            window.hide()
            session.queue.pause_until_end()
            session.queue.idle.connect(self._on_idle)  # once more does no harm: the end comes once
            self._on_idle()

    def _on_idle(self) -> None:
        if self._session is not None and not self._session.queue.running:
            self._end()
