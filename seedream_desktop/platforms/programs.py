"""Programs that open pictures, as the three systems know them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".avif": "image/avif",
    ".jp2": "image/jp2",
}


@dataclass(frozen=True, slots=True)
class Program:
    """A program. ``id`` means something only to the system that named it.

    Linux: a desktop file's id or a program's path; macOS: a bundle's path; Windows: a command line or a path.
    """

    id: str
    name: str  # in the user's language, where the system has it


def media_type_of(path: Path) -> str:
    """What kind of picture it is, by its name; empty: none that is known."""
    return _MEDIA_TYPES.get(path.suffix.lower(), "")
