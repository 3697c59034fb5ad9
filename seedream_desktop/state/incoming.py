"""What was dropped or pasted: the files, the picture or the ids that a foreign program offers, in our order.

Where a file and a bitmap come together the bitmap is often only a preview, so the file wins. A link is taken
where nothing else is, as it was written: never through QUrl, which spells it anew. A file on another
machine's share is never opened: asking for it sends a log-in there.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE, own_pictures

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe

PICTURE_SUFFIXES = (
    *(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif"),
    *(".psd", ".psb", ".avif", ".jp2", ".ico"),
)
DRAFT_SUFFIX = ".seedream"
_PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif")
_DATA_URI = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)")
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_IMAGE_OF_A_PAGE = re.compile(r"""<img\b[^<>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LINK_LIMIT = 8_000  # characters
_PAGE_CHARACTERS = 1 << 20  # of a page's part that was dragged: one picture with what is around it
_LONGEST_TEXT = 16 << 20  # a reference of 10 MB as base64, with room


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a drop or a paste offers; at most one of ``files``, ``picture`` and ``links`` is filled."""

    files: tuple[Path, ...] = ()
    picture: QImage | bytes | None = None  # a bitmap, or a whole picture file that has no name
    links: tuple[str, ...] = ()  # http or https, verbatim
    picture_ids: tuple[str, ...] = ()  # comes with ``files`` when it was dragged from the own library

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it for us."""
        return not self.files and self.picture is None and not self.links and not self.picture_ids


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


def offers_references(mime: QMimeData) -> bool:
    """Whether ``mime`` looks as if it held pictures or links to some; as cheap."""
    return offers_pictures(mime) or any(url.scheme() in {"http", "https"} for url in mime.urls())


def prefers_text(mime: QMimeData) -> bool:
    """Whether a paste into text is meant as text: there are words, and not just the names of files."""
    if not mime.hasFormat("text/plain"):
        return False
    words = mime.text().strip()
    if not words or words.startswith("data:image/"):
        return False
    if not any(url.isLocalFile() for url in mime.urls()) and _links_in(words):
        return not offers_picture_bytes(mime)  # a link that is pasted into text is text
    names = {name for url in mime.urls() for name in (url.toString(), url.toLocalFile(), _encoded(url))}
    return not {line.strip() for line in words.splitlines()} <= names


def pasted() -> QMimeData:
    """What the clipboard holds; nothing, also where the program that filled it has gone. GUI thread."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return held if held is not None else QMimeData()


def read_incoming(mime: QMimeData) -> Incoming:
    """What ``mime`` holds, by preference: local files, picture bytes, a bitmap, a data URI, links."""
    picture_ids, originals = own_pictures(mime)
    if picture_ids:
        return Incoming(files=originals, picture_ids=picture_ids)
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return Incoming(files=files)
    for media_type in _PICTURE_TYPES:
        if content := bytes(mime.data(media_type).data()):
            return Incoming(picture=content)
    if mime.hasImage() and isinstance(image := mime.imageData(), QImage) and not image.isNull():
        return Incoming(picture=image)
    if (picture := _from_data_uri(mime)) is not None:
        return Incoming(picture=picture)
    return Incoming(links=_links(mime))


def recipe_of(mime: QMimeData) -> Recipe | None:
    """The recipe that was copied as text; None: there is none."""
    if not mime.hasText() or '"seedream_recipe"' not in (text := mime.text()):
        return None
    from seedream_desktop.generation.recipe_text import recipe_in  # late: rarely pasted

    return recipe_in(text)


def offers_picture_bytes(mime: QMimeData) -> bool:
    """Whether a bitmap or a whole picture lies in ``mime``."""
    return mime.hasImage() or any(mime.hasFormat(one) for one in _PICTURE_TYPES)


def is_remote(path: Path) -> bool:
    """Whether opening ``path`` would reach for another machine's share."""
    return str(path).startswith(("//", "\\\\"))


def _from_data_uri(mime: QMimeData) -> bytes | None:
    text = mime.html() if mime.hasHtml() else mime.text()
    match = _DATA_URI.search(text[:_LONGEST_TEXT])
    if match is None:
        return None
    try:
        return base64.b64decode(match[1], validate=False) or None
    except binascii.Error:
        return None


def _links(mime: QMimeData) -> tuple[str, ...]:
    """The picture of a page that was dragged out of it, else the addresses that came along."""
    if mime.hasHtml():
        import html  # late: 2 ms that no start needs

        found = _IMAGE_OF_A_PAGE.findall(mime.html()[:_PAGE_CHARACTERS])
        sources = {html.unescape(one or other) for one, other in found}
        if len(sources) == 1 and (links := _links_in(sources.pop())):
            return links
    if links := _links_in(_text(mime, "text/plain")):
        return links
    listed = _text(mime, "text/uri-list")  # perhaps spelled anew by Qt
    return _links_in("\n".join(line for line in listed.splitlines() if line[:1] != "#"))


def _links_in(text: str) -> tuple[str, ...]:
    """The links in ``text`` if it holds nothing else, one a line; else none."""
    lines = tuple(line.strip() for line in text[:_LONGEST_TEXT].splitlines() if line.strip())
    are_links = all(len(line) <= _LINK_LIMIT and _LINK.fullmatch(line) for line in lines)
    return tuple(dict.fromkeys(lines)) if are_links else ()


def _text(mime: QMimeData, media_type: str) -> str:
    return bytes(mime.data(media_type).data()).decode("utf-8", "replace")


def _encoded(url: QUrl) -> str:
    return bytes(url.toEncoded().data()).decode()
