"""Requests on their way to a terminal: as a command on the clipboard, without the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.request import GenerationRequest
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.session import Session


class Terminal(QObject):
    """Copies the command that asks for the same once more."""

    command_copied = Signal()
    failed = Signal(object)  # Problem: a reference is gone, or it was made elsewhere

    def __init__(self, session: Session) -> None:
        """Commands ask the provider of ``session``; references are made fit as when they are sent."""
        super().__init__()
        self._session = session

    def copy_job(self, job: Job) -> None:
        """Copy the command of a request in the queue."""
        self._copy(
            job.board_id, lambda: self._command(job.request, passes_links=not self._session.provider.is_demo)
        )

    def copy_picture(self, picture: Picture) -> None:
        """Copy the command of the request that made ``picture``; its record keeps no whole link."""

        def command() -> str:
            request = self._session.pictures.the_library().record(picture.id).made.request
            if request is None:
                raise ProblemError(Problem(ProblemKind.MADE_ELSEWHERE, subject=picture.path.name))
            return self._command(request, passes_links=False)

        self._copy(picture.board_id, command)

    def copy_draft(self) -> None:
        """Copy the command of what a press of Generate would ask for first."""
        request, board = self._session.draft.request(), self._session.target_board()
        passes_links = not self._session.provider.is_demo
        self._copy(board.id if board else "", lambda: self._command(request, passes_links=passes_links))

    def copy_text(self, text: str) -> None:
        """Copy the draft's request as it is read; as little as its command from a client-safe board."""
        board = self._session.target_board()
        if (refusal := self._session.handing_out.refusal((board.id if board else "",))) is not None:
            self.failed.emit(refusal)
            return
        QGuiApplication.clipboard().setText(text)

    def show_draft(self, then: Callable[[str], None], on_problem: Callable[[Problem], None]) -> None:
        """Tell ``then`` what a press of Generate would send first, as people read it, without the key."""
        request, passes_links = self._session.draft.request(), not self._session.provider.is_demo

        def shown() -> str:
            from seedream_desktop.api.payload import body_of  # late: as below
            from seedream_desktop.api.shown import shown_request  # late: as below

            sent, files = self._as_sent(request, passes_links=passes_links), self._session.sent_files
            return shown_request(self._session.provider.base_url, body_of(sent, files.path))

        self._session.reading.call(shown, then, on_problem)

    def _copy(self, board_id: str, command: Callable[[], str]) -> None:
        if (refusal := self._session.handing_out.refusal((board_id,))) is not None:
            self.failed.emit(refusal)
            return

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.command_copied.emit()

        self._session.reading.call(command, put, self.failed.emit)

    def _command(self, request: GenerationRequest, *, passes_links: bool) -> str:
        """Blocks."""
        from seedream_desktop.api.curl import curl_command  # late: with the whole pipeline, not at the start

        sent = self._as_sent(request, passes_links=passes_links)
        return curl_command(self._session.provider.base_url, sent, self._session.sent_files.path)

    def _as_sent(self, request: GenerationRequest, *, passes_links: bool) -> GenerationRequest:
        """Blocks. Raises ProblemError."""
        from seedream_desktop.pipeline.fitting import request_as_sent  # late: as above

        files = self._session.sent_files
        forms = tuple(files.form_for(reference, request) for reference in request.references)
        return request_as_sent(request, forms, passes_links=passes_links)
