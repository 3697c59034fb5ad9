"""What can be done about a problem from where it is shown: its page, its id, the preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from seedream_desktop.generation.errors import ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem

MENDED_IN_PREFERENCES = frozenset(
    {
        ProblemKind.NO_KEY,
        ProblemKind.KEY_MALFORMED,
        ProblemKind.KEY_REFUSED,
        ProblemKind.PROXY_UNUSABLE,
    }
)
MENDED_BY_A_LIBRARY = frozenset(
    {
        ProblemKind.FOLDER_NOT_WRITABLE,
        ProblemKind.LIBRARY_AWAY,
        ProblemKind.LIBRARY_SILENT,
        ProblemKind.LIBRARY_NEWER,
    }
)
_WEB = ("http://", "https://")  # an address that a network named is not for any other program


def has_page(problem: Problem | None) -> bool:
    """Whether there is a web page that helps."""
    return problem is not None and problem.page.startswith(_WEB)


def open_page(problem: Problem | None) -> None:
    """Show the page of ``problem`` in the browser."""
    if problem is not None and has_page(problem):
        QDesktopServices.openUrl(QUrl(problem.page))


def copy_request_id(problem: Problem | None) -> None:
    """Put the provider's id of the request on the clipboard, for their support."""
    if problem is not None and problem.request_id:
        QGuiApplication.clipboard().setText(problem.request_id)
