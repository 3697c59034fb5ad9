"""Pictures that come without a file of their own: bitmaps, bytes from a page, what a link names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind

FETCHED = "fetched"  # what a file is called while it is fetched
_NAME_LIMIT = 80  # characters of a link's last part
_NO_PICTURE_THERE = (
    ProblemKind.LINK_DENIED,
    ProblemKind.LINK_EXPIRED,
    ProblemKind.LINK_BROKE,
    ProblemKind.NOT_A_PICTURE,
    ProblemKind.EMPTY_FILE,
    ProblemKind.ADDRESS_NOT_ALLOWED,
    ProblemKind.UNREACHABLE,  # nothing waits here that would go on by itself
    ProblemKind.NAME_NOT_FOUND,
)


def write_picture(picture: QImage | bytes, path: Path) -> None:
    """Make a file of a bitmap, or of a whole picture file that has no name. Blocks."""
    path.write_bytes(picture if isinstance(picture, bytes) else _as_png(picture))


def host_and_name(url: str) -> tuple[str, str]:
    """What of a link may be shown: its host, and the last part of its path."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", unquote(parts.path.rpartition("/")[2])[-_NAME_LIMIT:]
    except ValueError:
        return "", ""


def of_link(problem: Problem, host: str, name: str) -> Problem:
    """``problem`` as it concerns a link that was dropped: nothing was asked for, so nothing is billed."""
    if problem.kind in _NO_PICTURE_THERE:
        return Problem(ProblemKind.LINK_UNUSABLE, subject=host, said=problem.said)
    is_about_file = problem.subject == FETCHED or problem.kind is ProblemKind.FILE_TOO_LARGE
    return replace(problem, billed=Billed.NO, subject=name or host if is_about_file else problem.subject)


def _as_png(image: QImage) -> bytes:
    from PySide6.QtCore import QByteArray  # late: 8 ms that no start needs

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
