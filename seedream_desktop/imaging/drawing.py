"""Pictures as pixels that can be painted as they are: the window decodes nothing that is not its own."""

from __future__ import annotations

import math
from contextlib import suppress
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
PROFILE_BYTES_MOST = 1 << 22  # a screen's profile has some kilobytes, with tables a megabyte
_NO_DRAFT_PX = 1 << 16


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as rows of blue, green, red and alpha, which is multiplied into them; upright."""

    width_px: int  # of the file, as seen
    height_px: int
    drawn_width_px: int
    drawn_height_px: int
    has_alpha: bool
    is_whole: bool  # no part is missing
    profile: str = ""  # what its own colour profile is called; empty: it has none, and means sRGB
    screen: str = ""  # the profile of the screen that it is for; empty: sRGB
    pixels: bytes = b""

    @property
    def size_bytes(self) -> int:
        """How many bytes the pixels are."""
        return self.drawn_width_px * self.drawn_height_px * BYTES_PER_PX


def draw_picture(path: Path, screen: Path | None = None) -> Drawing:
    """All of the picture at ``path``; of a JPEG that is cut what is there.

    ``screen``: the ICC profile of the screen that it is for; None, or what cannot be read as one: sRGB.
    Raises ProblemError as ``checking.make_thumbnail``.
    """
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    media_type = kinds.media_type_of(content)
    if not media_type:
        raise ProblemError(kinds.refusal(content, path.name))
    try:
        decoded = decode(path.name, content, media_type, PICTURE_LIMITS, _NO_DRAFT_PX)
        return _drawn(decoded, _profile_of(screen))
    except ProblemError as error:
        if error.problem.kind is not ProblemKind.PICTURE_DAMAGED or media_type != "image/jpeg":
            raise
    cut = decode_cut_jpeg(path.name, content, PICTURE_LIMITS)
    return replace(_drawn(cut, _profile_of(screen)), is_whole=False)


def _profile_of(screen: Path | None) -> bytes:
    with suppress(ProblemError):
        return b"" if screen is None else read_file(screen, PROFILE_BYTES_MOST)
    return b""


def _drawn(decoded: Decoded, screen: bytes) -> Drawing:
    scale = min(1.0, math.sqrt(PIXELS_MOST / (decoded.width_px * decoded.height_px)))
    size = max(1, int(decoded.width_px * scale)), max(1, int(decoded.height_px * scale))
    profile = decoded.image.info.get("icc_profile")
    reduced, name = colours.reduced(decoded.image, *size), ""
    if screen:
        image, name = colours.on_screen(reduced, profile, screen)
    else:
        image = colours.in_srgb(reduced, profile)
    image = colours.upright(image, decoded.orientation)
    return Drawing(
        *decoded.seen_px,
        *image.size,
        has_alpha=image.mode == "RGBA",
        is_whole=True,
        profile=colours.profile_name(profile),
        screen=name,
        pixels=_pixels(image),
    )


def _pixels(image: Image) -> bytes:
    if image.mode == "RGBA":
        return image.convert("RGBa").tobytes("raw", "BGRa")
    return image.tobytes("raw", "BGRX")
