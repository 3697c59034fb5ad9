"""Pictures on the pointer: files for other programs, and for our own window which pictures these are.

A client-safe picture leaves as a copy under another name. What is told to our own window then stays inside of
this process: the ids are paths in the library, and every program that a drag passes over may read its data.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl

if TYPE_CHECKING:
    from seedream_desktop.library.values import Picture

PICTURE_IDS_TYPE = "application/x-seedream-picture-ids"  # one id a line, for our own widgets


class PictureMime(QMimeData):
    """What a drag of ours carries."""

    def __init__(self, pictures: Sequence[Picture], paths: Sequence[Path]) -> None:
        """``paths`` are the files that may leave for ``pictures``, in their order."""
        super().__init__()
        self.originals = tuple(picture.path for picture in pictures)
        self.picture_ids = tuple(picture.id for picture in pictures)
        self.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        are_originals = self.originals == tuple(paths)
        told = "\n".join(self.picture_ids) if are_originals else ""
        self.setData(PICTURE_IDS_TYPE, told.encode())


def own_pictures(mime: QMimeData) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """The ids of pictures of our own library in a drag, and their files there; () for all others."""
    if isinstance(mime, PictureMime):
        return mime.picture_ids, mime.originals
    if not mime.hasFormat(PICTURE_IDS_TYPE):
        return (), ()
    told = bytes(mime.data(PICTURE_IDS_TYPE).data()).decode("utf-8", "replace")
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return (tuple(told.split("\n")), files) if told else ((), ())
