"""Pictures as pixels that can be painted as they are: the window decodes nothing that is not its own."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging import colours, kinds
from seedream_desktop.imaging.decoding import Decoded, decode, decode_cut_jpeg
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.imaging.reading import read_file

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS_MOST = 40_000_000  # what is larger is drawn reduced: no screen shows more, and it takes 160 MB
BYTES_PER_PX = 4
_NO_DRAFT_PX = 1 << 16


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as rows of blue, green, red and alpha, which is multiplied into them; sRGB, upright."""

    width_px: int  # of the file, as seen
    height_px: int
    drawn_width_px: int
    drawn_height_px: int
    has_alpha: bool
    is_whole: bool  # no part is missing
    pixels: bytes = b""

    @property
    def size_bytes(self) -> int:
        """How many bytes the pixels are."""
        return self.drawn_width_px * self.drawn_height_px * BYTES_PER_PX


def draw_picture(path: Path) -> Drawing:
    """All of the picture at ``path``; of a JPEG that is cut what is there.

    Raises ProblemError as ``checking.make_thumbnail``.
    """
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    media_type = kinds.media_type_of(content)
    if not media_type:
        raise ProblemError(kinds.refusal(content, path.name))
    try:
        return _drawn(decode(path.name, content, media_type, PICTURE_LIMITS, _NO_DRAFT_PX))
    except ProblemError as error:
        if error.problem.kind is not ProblemKind.PICTURE_DAMAGED or media_type != "image/jpeg":
            raise
    return replace(_drawn(decode_cut_jpeg(path.name, content, PICTURE_LIMITS)), is_whole=False)


def _drawn(decoded: Decoded) -> Drawing:
    scale = min(1.0, math.sqrt(PIXELS_MOST / (decoded.width_px * decoded.height_px)))
    size = max(1, int(decoded.width_px * scale)), max(1, int(decoded.height_px * scale))
    profile = decoded.image.info.get("icc_profile")
    image = colours.in_srgb(colours.reduced(decoded.image, *size), profile)
    image = colours.upright(image, decoded.orientation)
    has_alpha = image.mode == "RGBA"
    return Drawing(*decoded.seen_px, *image.size, has_alpha, is_whole=True, pixels=_pixels(image))


def _pixels(image: Image) -> bytes:
    if image.mode == "RGBA":
        return image.convert("RGBa").tobytes("raw", "BGRa")
    return image.tobytes("raw", "BGRX")
