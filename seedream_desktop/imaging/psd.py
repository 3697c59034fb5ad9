"""The flattened picture of a Photoshop file (PSD, and PSB for large ones); its layers are never looked at.

Pillow reads neither 16 bits a channel nor PSB, and takes any fourth channel, a saved selection too, for
transparency. Source: Adobe Photoshop File Formats Specification, 2019-11.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.photoshop import resources

if TYPE_CHECKING:
    from PIL.Image import Image

_HEADER = struct.Struct(">4sH6xHIIHH")
_MODES = {  # by Photoshop's number: Pillow's mode, how many channels it has
    0: ("1", 1),
    1: ("L", 1),
    2: ("P", 1),
    3: ("RGB", 3),
    4: ("CMYK", 4),
    8: ("L", 1),  # duotone: its grey
    9: ("LAB", 3),
}
_PROFILE, _VERSION = 0x040F, 0x0421
_DEPTHS = (1, 8, 16)
_RAW, _PACKED = 0, 1
_DEEP_LAYERS = b"8BIMLr16"


@dataclass(frozen=True, slots=True)
class Document:
    """What a Photoshop file says of its flattened picture."""

    width_px: int
    height_px: int
    depth: int  # bits a channel: 1, 8 or 16
    mode: str
    channels: int  # of the mode, and one of transparency
    stored_channels: int
    is_large: bool  # PSB
    palette: bytes
    profile: bytes
    data_at: int

    def image(self, content: bytes) -> Image:
        """The flattened picture. Raises ValueError when the file is cut."""
        from PIL import Image  # late: only the worker process decodes

        planes = [self._plane(content, channel) for channel in range(self.channels)]
        if self.mode in {"1", "P"}:
            image = planes[0]
            if self.mode == "P":
                image.putpalette(
                    b"".join(bytes(triple) for triple in zip(*_thirds(self.palette), strict=True))
                )
        elif self.mode == "CMYK":  # stored the other way round
            image = Image.merge("CMYK", [plane.point(lambda ink: 255 - ink) for plane in planes[:4]])
        elif self.mode == "LAB":
            image = Image.merge("LAB", planes)
        elif self.mode == "L":
            image = planes[0] if self.channels == 1 else Image.merge("LA", planes)
        else:
            image = Image.merge("RGB" if self.channels == 3 else "RGBA", planes)
        if self.profile:
            image.info["icc_profile"] = self.profile
        return image

    def _plane(self, content: bytes, channel: int) -> Image:
        """One channel in 8 bits (1 for a bitmap)."""
        from PIL import Image  # late: as above

        row_bytes = (self.width_px * self.depth + 7) // 8
        data = self._plane_data(content, channel, row_bytes)
        if self.mode == "1":
            return Image.frombytes("1", (self.width_px, self.height_px), data, "raw", "1;I")
        size = (self.width_px, self.height_px)
        return Image.frombytes("L", size, data if self.depth == 8 else data[::2])  # the higher byte

    def _plane_data(self, content: bytes, channel: int, row_bytes: int) -> bytes:
        from PIL import Image  # late: as above

        (compression,) = struct.unpack_from(">H", content, self.data_at)
        start = self.data_at + 2
        if compression == _RAW:
            start += channel * row_bytes * self.height_px
            data = content[start : start + row_bytes * self.height_px]
            if len(data) < row_bytes * self.height_px:
                raise ValueError("cut")
            return data
        if compression != _PACKED:
            raise ValueError("compressed in a way that flattened pictures are not")
        width, letter = (4, "I") if self.is_large else (2, "H")
        rows = self.stored_channels * self.height_px
        lengths = struct.unpack_from(f">{rows}{letter}", content, start)
        first = channel * self.height_px
        start += rows * width + sum(lengths[:first])
        packed = content[start : start + sum(lengths[first : first + self.height_px])]
        return Image.frombytes("L", (row_bytes, self.height_px), packed, "packbits", "L").tobytes()


def read_document(content: bytes, name: str) -> Document:
    """What the file called ``name`` holds.

    Raises ProblemError (FORMAT_NOT_TAKEN, LAYERS_ONLY); ValueError or struct.error when it is damaged.
    """
    _, version, channels, height_px, width_px, depth, number = _HEADER.unpack_from(content)
    palette, position = _block(content, _HEADER.size, 4)
    resource_block, position = _block(content, position, 4)
    layers, data_at = _block(content, position, 8 if version == 2 else 4)
    found = {kind: resource_block[start:end] for kind, start, end in resources(resource_block)}
    if number not in _MODES or depth not in _DEPTHS:
        raise ProblemError(Problem(ProblemKind.FORMAT_NOT_TAKEN, subject=name, said=f"PSD ({depth} bit)"))
    if found.get(_VERSION, b"")[4:5] == b"\0":  # says itself that the picture below is only a blank
        raise ProblemError(Problem(ProblemKind.LAYERS_ONLY, subject=name))
    mode, needed = _MODES[number]
    if channels < needed or (mode == "P" and len(palette) != 768) or (mode == "1") != (depth == 1):
        raise ValueError("fewer channels than the mode has")
    has_alpha = channels > needed and mode in {"RGB", "L"} and _first_extra_is_alpha(layers, version)
    return Document(
        width_px=width_px,
        height_px=height_px,
        depth=depth,
        mode=mode,
        channels=needed + has_alpha,
        stored_channels=channels,
        is_large=version == 2,
        palette=palette,
        profile=found.get(_PROFILE, b""),
        data_at=data_at,
    )


def _block(content: bytes, at: int, length_bytes: int) -> tuple[bytes, int]:
    start = at + length_bytes
    end = start + int.from_bytes(content[at:start])
    if end > len(content):
        raise ValueError("cut")
    return content[start:end], end


def _first_extra_is_alpha(layers: bytes, version: int) -> bool:
    """A negative count of layers says so; otherwise the first extra channel is a saved selection."""
    width = 8 if version == 2 else 4
    deep_at = layers.find(_DEEP_LAYERS)  # files of 16 bits keep their layers there
    at = width if deep_at < 0 else deep_at + len(_DEEP_LAYERS) + width
    count = layers[at : at + 2]
    return len(count) == 2 and int.from_bytes(count, signed=True) < 0


def _thirds(palette: bytes) -> tuple[bytes, bytes, bytes]:
    return palette[:256], palette[256:512], palette[512:]
