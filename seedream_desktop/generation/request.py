"""One request for pictures, as it will be sent: frozen when it is queued."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_PIXELS = re.compile(r"^(\d{1,5})[x×](\d{1,5})$")
_PRESET = re.compile(r"^(\d(?:\.\d)?K|adaptive|auto)$")


class OutputFormat(StrEnum):
    """The picture formats that the endpoint can be asked for (seed document, 2026-11)."""

    JPEG = "jpeg"
    PNG = "png"


class ResponseFormat(StrEnum):
    """How the endpoint hands over pictures: as a link valid for 24 hours, or inside the answer."""

    URL = "url"
    B64_JSON = "b64_json"


@dataclass(frozen=True, slots=True)
class Size:
    """A size to ask for: a preset, for which the model picks the shape, or exact pixels; never both."""

    preset: str = ""
    width_px: int = 0
    height_px: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"2K"`` or ``"2848x1600"``. Raises ValueError on anything else."""
        if match := _PIXELS.match(text):
            return cls(width_px=int(match[1]), height_px=int(match[2]))
        if _PRESET.match(text):
            return cls(preset=text)
        raise ValueError("neither a preset nor width x height")

    @property
    def is_preset(self) -> bool:
        """Whether the model picks the shape."""
        return bool(self.preset)

    @property
    def wire(self) -> str:
        """The words of the request body."""
        return self.preset or f"{self.width_px}x{self.height_px}"


class Derivation(StrEnum):
    """What was done to a reference so that it could be sent, in the order in which it is done."""

    FIRST_FRAME = "first_frame"  # of an animation or of several pages
    FLATTENED = "flattened"  # the layers of a PSD
    TURNED = "turned"  # upright, as its EXIF says
    COLOURS = "colours"  # converted to sRGB from CMYK or another profile
    DEPTH = "depth"  # 8 bits a channel from more
    CONVERTED = "converted"  # into another file format
    REDUCED = "reduced"  # fewer pixels
    COMPRESSED = "compressed"  # the same pixels, coded with loss
    CLEANED = "cleaned"  # without place, serial number and owner; alone: every pixel as it was


@dataclass(frozen=True, slots=True)
class SentForm:
    """A reference as it is sent; ``derived`` empty: byte for byte the reference itself."""

    sha256: str
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    derived: tuple[Derivation, ...] = ()
    frames: int = 1  # of the reference; the first is sent

    @property
    def loses_pixels(self) -> bool:
        """Whether what is sent shows less than the reference, or shows it otherwise."""
        return bool(set(self.derived) - {Derivation.CLEANED})


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference image, kept in the library once under the SHA-256 of its bytes."""

    sha256: str
    media_type: str  # "image/png"
    width_px: int
    height_px: int
    size_bytes: int
    name: str = ""  # the file's name when it was dropped, for labels only
    url: str = ""  # a public link, sent as it is in the place of the bytes; a credential like every link


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What is asked of one model. ``None``: the model does not take the field, or it is not asked for."""

    model: str
    prompt: str
    size: Size | None = None  # what is None is left out of a record: without a default it could not be read
    references: tuple[Reference, ...] = ()
    watermark: bool = True
    guidance_scale: float | None = None  # 1.0 to 10.0
    seed: int | None = None  # -1 to 2147483647
    images_in_set: int | None = None  # ceiling of a sequential set, 1 to 15; None: one picture
    output_format: OutputFormat | None = None
    response_format: ResponseFormat = ResponseFormat.URL
    smaller_references: bool = False  # send them reduced, as the designer wished

    @property
    def pictures_at_most(self) -> int:
        """How many pictures the answer may hold."""
        return self.images_in_set or 1
