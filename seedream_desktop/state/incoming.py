"""What was dropped or pasted: the files, the picture or the ids that a foreign program offers, in our order.

Where a file and a bitmap come together the bitmap is often only a preview, so the file wins. Remote addresses
are not fetched, and a file on another machine's share is never opened: asking for it sends a log-in there.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from seedream_desktop.state.gallery_model import PICTURE_IDS_TYPE

_PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif")
_DATA_URI = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)")
_LONGEST_TEXT = 16 << 20  # a reference of 10 MB as base64, with room


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a drop or a paste offers; at most one of ``files`` and ``picture`` is filled."""

    files: tuple[Path, ...] = ()
    picture: QImage | bytes | None = None  # a bitmap, or a whole picture file that has no name
    picture_ids: tuple[str, ...] = ()  # comes with ``files`` when it was dragged from the own library

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it for us."""
        return not self.files and self.picture is None and not self.picture_ids


def offers_pictures(mime: QMimeData) -> bool:
    """Whether ``mime`` looks as if it held pictures; cheap, for every move of a drag."""
    if (
        mime.hasFormat(PICTURE_IDS_TYPE)
        or mime.hasImage()
        or any(mime.hasFormat(one) for one in _PICTURE_TYPES)
    ):
        return True
    if any(url.isLocalFile() for url in mime.urls()):
        return True
    return mime.hasHtml() and "data:image/" in mime.html()


def prefers_text(mime: QMimeData) -> bool:
    """Whether a paste into text is meant as text: there are words, and not just the names of files."""
    if not mime.hasFormat("text/plain"):
        return False
    words = mime.text().strip()
    if not words or words.startswith("data:image/"):
        return False
    names = {name for url in mime.urls() for name in (url.toString(), url.toLocalFile(), _encoded(url))}
    return not {line.strip() for line in words.splitlines()} <= names


def read_incoming(mime: QMimeData) -> Incoming:
    """What ``mime`` holds, by preference: local files, picture bytes, a bitmap, a data URI."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return Incoming(files=files, picture_ids=_picture_ids(mime))
    for media_type in _PICTURE_TYPES:
        if content := bytes(mime.data(media_type).data()):
            return Incoming(picture=content)
    if mime.hasImage() and isinstance(image := mime.imageData(), QImage) and not image.isNull():
        return Incoming(picture=image)
    return Incoming(picture=_from_data_uri(mime))


def is_remote(path: Path) -> bool:
    """Whether opening ``path`` would reach for another machine's share."""
    return str(path).startswith(("//", "\\\\"))


def _picture_ids(mime: QMimeData) -> tuple[str, ...]:
    if not mime.hasFormat(PICTURE_IDS_TYPE):
        return ()
    return tuple(bytes(mime.data(PICTURE_IDS_TYPE).data()).decode("utf-8", "replace").split("\n"))


def _from_data_uri(mime: QMimeData) -> bytes | None:
    text = mime.html() if mime.hasHtml() else mime.text()
    match = _DATA_URI.search(text[:_LONGEST_TEXT])
    if match is None:
        return None
    try:
        return base64.b64decode(match[1], validate=False) or None
    except binascii.Error:
        return None


def _encoded(url: QUrl) -> str:
    return bytes(url.toEncoded().data()).decode()
