"""What the first bytes of a picture's file say: its kind and its size, without decoding anything."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from seedream_desktop.files import open_regular

_HEAD_BYTES = 32
_SEGMENTS_LIMIT = 4096  # of a JPEG before its frame
_ENTRIES_LIMIT = 512  # of a TIFF's first folder
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG segments that hold a size
_ALONE = frozenset({0x01, 0xFF, *range(0xD0, 0xD9)})  # the JPEG marks without a length


@dataclass(frozen=True, slots=True)
class Header:
    """A picture's kind and size; 0 and "" where the bytes do not say."""

    media_type: str = ""
    width_px: int = 0
    height_px: int = 0


def look_at(path: Path) -> Header:
    """What the file says of itself. Raises OSError."""
    with open_regular(path) as file:
        head = file.read(_HEAD_BYTES)
        try:
            return _header(head, file)
        except (struct.error, IndexError):
            return Header()


def _header(head: bytes, file: BinaryIO) -> Header:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Header("image/png", *struct.unpack(">II", head[16:24]))
    if head.startswith(b"\xff\xd8\xff"):
        return Header("image/jpeg", *_jpeg_size(file))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Header("image/webp", *_webp_size(head))
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Header("image/gif", *struct.unpack("<HH", head[6:10]))
    if head.startswith(b"BM"):
        width_px, height_px = struct.unpack("<ii", head[18:26])
        return Header("image/bmp", abs(width_px), abs(height_px))
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return Header("image/tiff", *_tiff_size(head, file))
    return Header()


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_SEGMENTS_LIMIT):
        start, kind = struct.unpack("BB", file.read(2))
        if start != 0xFF:
            break
        if kind in _ALONE:
            file.seek(-1 if kind == 0xFF else 0, 1)  # a fill byte may be followed by the mark itself
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if kind in _FRAMES:
            _, height_px, width_px = struct.unpack(">BHH", file.read(5))
            return width_px, height_px
        file.seek(length - 2, 1)
    return 0, 0


def _webp_size(head: bytes) -> tuple[int, int]:
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width_px, height_px = struct.unpack("<HH", head[26:30])
    return width_px & 0x3FFF, height_px & 0x3FFF


def _tiff_size(head: bytes, file: BinaryIO) -> tuple[int, int]:
    order = "<" if head.startswith(b"II") else ">"
    file.seek(struct.unpack(f"{order}I", head[4:8])[0])
    (count,) = struct.unpack(f"{order}H", file.read(2))
    sizes = {256: 0, 257: 0}  # the tags of width and height
    for _ in range(min(count, _ENTRIES_LIMIT)):
        tag, kind, _, value = struct.unpack(f"{order}HHI4s", file.read(12))
        if tag in sizes:
            sizes[tag] = struct.unpack(f"{order}{'H' if kind == 3 else 'I'}", value[: 2 if kind == 3 else 4])[
                0
            ]
    return sizes[256], sizes[257]
