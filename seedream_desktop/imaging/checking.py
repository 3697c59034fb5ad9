"""Looking at pictures that are not trusted: one decode proves that a file is whole and makes its thumbnail.

The type is told by the bytes, never by the name; what is no raster format that we know is refused undecoded
(an SVG may draw other files of this computer).
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.imaging import colours, kinds
from seedream_desktop.imaging.decoding import Decoded, decode
from seedream_desktop.imaging.fingerprint import fingerprint_of
from seedream_desktop.imaging.limits import PICTURE_LIMITS, Limits
from seedream_desktop.imaging.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from PIL.Image import Image

THUMBNAIL_PX = 512
_JPEG_QUALITY = 85
# What no model takes and what cannot be made fit without inventing or losing the picture: endpoint, 2026-11.
_REFERENCE_LIMITS = replace(PICTURE_LIMITS, side_px=15, aspect=16.0)


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """What is known of a picture file once all of it was decoded. The sides are those that are seen."""

    media_type: str  # "image/jpeg"
    extension: str  # "jpeg", without a dot
    width_px: int
    height_px: int
    size_bytes: int
    sha256: str  # empty: not asked for
    has_alpha: bool
    fingerprint: str = ""  # empty: not asked for


def check_picture(path: Path, thumbnail: Path | None, thumbnail_px: int = THUMBNAIL_PX) -> CheckedPicture:
    """Decode all of ``path``; write its thumbnail (longest side ``thumbnail_px``, JPEG, or PNG with alpha).

    Raises ProblemError with EMPTY_FILE, IS_A_FOLDER, FILE_UNREADABLE, FILE_TOO_LARGE, NOT_A_PICTURE,
    FORMAT_NOT_TAKEN, DRAWING_NOT_TAKEN, PICTURE_TOO_LARGE or PICTURE_DAMAGED; the subject is the file's name.
    A thumbnail that cannot be written is left out: it is a cache.
    """
    return _check(path, kinds.LIBRARY_TYPES, PICTURE_LIMITS, thumbnail, thumbnail_px)


def check_reference(path: Path, thumbnail: Path | None) -> CheckedPicture:
    """As ``check_picture``, for whatever can be made fit to be sent: more formats, but no sliver.

    Raises ProblemError also with LAYERS_ONLY, PICTURE_TOO_SMALL (sides in px) and PICTURE_TOO_NARROW (long /
    short side).
    """
    return _check(path, kinds.REFERENCE_TYPES, _REFERENCE_LIMITS, thumbnail, THUMBNAIL_PX)


def make_thumbnail(path: Path, thumbnail: Path, thumbnail_px: int = THUMBNAIL_PX) -> CheckedPicture:
    """As ``check_picture``, for a picture of the library or a reference; its bytes are not hashed."""
    return _check(path, kinds.REFERENCE_TYPES, PICTURE_LIMITS, thumbnail, thumbnail_px, is_hashed=False)


def look_at_picture(path: Path, thumbnail: Path | None = None) -> CheckedPicture:
    """As ``make_thumbnail``; with None for the fingerprint alone."""
    taken, limits = kinds.REFERENCE_TYPES, PICTURE_LIMITS
    return _check(path, taken, limits, thumbnail, THUMBNAIL_PX, is_looked_at=True, is_hashed=False)


def _check(
    path: Path,
    taken: AbstractSet[str],
    limits: Limits,
    thumbnail: Path | None,
    thumbnail_px: int,
    *,
    is_looked_at: bool = False,
    is_hashed: bool = True,
) -> CheckedPicture:
    content = read_file(path, limits.size_bytes)
    media_type = kinds.media_type_of(content)
    if media_type not in taken:
        raise ProblemError(kinds.refusal(content, path.name))
    decoded = decode(path.name, content, media_type, limits, thumbnail_px)
    fingerprint = ""
    if thumbnail is not None or is_looked_at:
        with suppress(OSError, ValueError):
            small = _thumbnail_of(decoded, thumbnail_px)
            fingerprint = fingerprint_of(small).hex()
            if thumbnail is not None:
                _write_thumbnail(small, thumbnail)
    width_px, height_px = decoded.seen_px
    return CheckedPicture(
        media_type=media_type,
        extension=kinds.extension_of(media_type),
        width_px=width_px,
        height_px=height_px,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest() if is_hashed else "",
        has_alpha=decoded.image.has_transparency_data,
        fingerprint=fingerprint,
    )


def _write_thumbnail(small: Image, target: Path) -> None:
    """Write to a name of our own first, so that nobody reads half a thumbnail. Raises OSError."""
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            if small.mode == "RGBA" and small.getchannel("A").getextrema() != (255, 255):
                small.save(file, "PNG", compress_level=1)
            else:
                small.convert("RGB").save(file, "JPEG", quality=_JPEG_QUALITY, subsampling="4:2:0")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _thumbnail_of(decoded: Decoded, limit_px: int) -> Image:
    """The picture as it is seen, in RGB or RGBA, at most ``limit_px`` long, without any of its notes."""
    scale = min(1.0, limit_px / max(decoded.width_px, decoded.height_px))
    width_px, height_px = max(1, round(decoded.width_px * scale)), max(1, round(decoded.height_px * scale))
    small = colours.reduced(decoded.image, width_px, height_px)
    profile = decoded.image.info.get("icc_profile")
    small = colours.upright(colours.in_srgb(small, profile), decoded.orientation)
    small.info.clear()
    return small
