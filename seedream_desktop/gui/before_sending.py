"""What would be sent, shown before it is: the eye beside Generate, tied to the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.gui.problem_words import problem_words

if TYPE_CHECKING:
    from seedream_desktop.gui.generate_bar import GenerateBar
    from seedream_desktop.gui.request_view import RequestView
    from seedream_desktop.state.session import Session


class BeforeSending(QObject):
    """Opens the view, fills it, and copies the request as a command."""

    def __init__(self, bar: GenerateBar, session: Session) -> None:
        """Follow the eye of ``bar``."""
        super().__init__(bar)
        self._bar = bar
        self._session = session
        self.view: RequestView | None = None
        bar.look.clicked.connect(self.look)

    def look(self) -> None:
        """Show what a press would send now."""
        from seedream_desktop.gui.request_view import RequestView  # late: rarely needed

        if self.view is None:
            self.view = RequestView(self._bar)
            self.view.curl_requested.connect(self._session.terminal.copy_draft)
            self.view.copy_requested.connect(self._session.terminal.copy_text)
        view, recipe = self.view, self._session.draft.recipe
        view.open_by(self._bar.look, self._session.draft.requests_count())

        def show(text: str) -> None:
            if self._session.draft.recipe == recipe:  # else a later look shows what it is now
                view.show_request(text)

        self._session.terminal.show_draft(show, lambda problem: view.show_request(problem_words(problem).all))
