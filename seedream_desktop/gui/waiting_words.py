"""What is said of a request that waits before it is sent: what for, and for how long."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import NETWORK_AWAY, Problem, ProblemKind
from seedream_desktop.gui import words

translate = QCoreApplication.translate


def waiting_words(problem: Problem | None, left_s: float | None) -> str:
    """``waiting for the network``, ``waiting 8 s``; ``left_s`` until the next try, None: not known."""
    if problem is not None and problem.kind is ProblemKind.SIGN_IN_NEEDED:
        return translate("waiting", "waiting for the sign-in")
    if problem is not None and problem.kind in NETWORK_AWAY:
        return translate("waiting", "waiting for the network")
    if problem is not None and problem.kind is ProblemKind.LIBRARY_SILENT:
        return translate("waiting", "waiting for the library")
    if left_s is not None and round(left_s) >= 1:
        return translate("waiting", "waiting {duration}").format(duration=words.seconds(left_s))
    return translate("waiting", "trying again")
