"""What a picture's file carries beside its pixels that matters when it leaves: labels, credentials, profile.

Only looked at, byte by byte: nothing is decoded. Sources as in ``cleaning``; C2PA 2.2 (where manifests lie).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from seedream_desktop.imaging.cleaning import jpeg_segments, webp_chunks
from seedream_desktop.imaging.limits import TEXT_BYTES
from seedream_desktop.imaging.packet import Told, label_in, read_packet
from seedream_desktop.imaging.tiff import Tags

EXIF, XMP, PROFILE, CREDENTIALS = (
    b"Exif\0\0",
    b"http://ns.adobe.com/xap/1.0/\0",
    b"ICC_PROFILE\0",
    b"JP",
)
XMP_KEYWORD = b"XML:com.adobe.xmp"
ORIENTATION = 0x0112
_PACKET = re.compile(rb"<x:xmpmeta\b.{0,8388608}?</x:xmpmeta\s*>", re.DOTALL)
_BOX = b"c2pa"  # the label of a manifest store
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


class Note(Enum):
    """A kind of thing that a file carries."""

    PACKET = auto()  # XMP
    EXIF = auto()
    PROFILE = auto()
    CREDENTIALS = auto()  # a part of them
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Carried:
    """What was found in a file."""

    told: Told = field(default_factory=Told)
    credentials: bytes = b""  # content credentials (C2PA), signed over all other bytes of the file
    has_profile: bool = False
    orientation: int = 1  # EXIF, 1 to 8
    packet: bytes = b""

    @property
    def has_credentials(self) -> bool:
        """Whether any change to the file would break what is signed."""
        return bool(self.credentials)


def carried_by(content: bytes, media_type: str) -> Carried:
    """What ``content`` carries; what cannot be followed counts as not there."""
    told, packet, label = Told(), b"", ""
    credentials, has_profile, orientation = [], False, 1
    try:
        for note, body in notes_of(content, media_type):
            if note is Note.PACKET:
                packet = packet or body
                told = read_packet(body) or told
            elif note is Note.PROFILE:
                has_profile = True
            elif note is Note.CREDENTIALS:
                credentials.append(body)
            else:
                label = label or label_in(body.replace(b"\0", b"").decode("utf-8", "replace"))
                orientation = _orientation(body) if note is Note.EXIF else orientation
    except ValueError:
        pass
    joined = b"".join(credentials)
    return Carried(
        told=Told(told.source_type, told.aigc or label, told.recipe),
        credentials=joined if _BOX in joined else b"",
        has_profile=has_profile,
        orientation=orientation,
        packet=packet,
    )


def notes_of(content: bytes, media_type: str) -> Iterator[tuple[Note, bytes]]:
    """Everything that is written into the file, in its order. Raises ValueError where it is cut."""
    if media_type == "image/jpeg":
        yield from _of_jpeg(content)
    elif media_type == "image/png":
        yield from _of_png(content)
    elif media_type == "image/webp":
        yield from _of_webp(content)
    else:
        yield from ((Note.PACKET, match[0]) for match in _PACKET.finditer(content))


def png_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each chunk. Raises ValueError where the file is cut."""
    position = 8
    while True:
        end = position + 12 + int.from_bytes(content[position : position + 4])
        if end > len(content):
            raise ValueError("cut")
        name = content[position + 4 : position + 8]
        yield name, position, end
        if name == b"IEND":
            return
        position = end


def text_of_chunk(name: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Keyword and text of a PNG's text chunk, unpacked."""
    keyword, _, rest = body.partition(b"\0")
    if name == b"tEXt":
        return keyword, rest
    if name == b"zTXt":
        return keyword, _unpacked(rest[1:])
    is_packed = rest[:1] == b"\x01"
    _language, _, rest = rest[2:].partition(b"\0")
    _translated, _, text = rest.partition(b"\0")
    return keyword, _unpacked(text) if is_packed else text


def _of_jpeg(content: bytes) -> Iterator[tuple[Note, bytes]]:
    for marker, start, end in jpeg_segments(content):
        body = content[start + 4 : end]
        if marker == 0xE1 and body.startswith(EXIF):
            yield Note.EXIF, body[len(EXIF) :]
        elif marker == 0xE1 and body.startswith(XMP):
            yield Note.PACKET, body[len(XMP) :]
        elif marker == 0xE2 and body.startswith(PROFILE):
            yield Note.PROFILE, body
        elif marker == 0xEB and body.startswith(CREDENTIALS):
            yield Note.CREDENTIALS, body
        elif marker == 0xFE:
            yield Note.TEXT, body


def _of_png(content: bytes) -> Iterator[tuple[Note, bytes]]:
    kinds = {b"eXIf": Note.EXIF, b"caBX": Note.CREDENTIALS}
    for name, start, end in png_chunks(content):
        body = content[start + 8 : end - 4]
        if name in _TEXTS:
            keyword, text = text_of_chunk(name, body)
            yield Note.PACKET if keyword == XMP_KEYWORD else Note.TEXT, text
        elif name == b"iCCP":
            called, _, packed = body.partition(b"\0")
            yield Note.PROFILE, called + b"\0" + _unpacked(packed[1:])
        elif name in kinds:
            yield kinds[name], body


def _of_webp(content: bytes) -> Iterator[tuple[Note, bytes]]:
    kinds = {
        b"EXIF": Note.EXIF,
        b"ICCP": Note.PROFILE,
        b"C2PA": Note.CREDENTIALS,
        b"XMP ": Note.PACKET,
    }
    end = min(8 + int.from_bytes(content[4:8], "little"), len(content))
    for name, start, stop in webp_chunks(content, end):
        if name in kinds:
            size_bytes = int.from_bytes(content[start + 4 : start + 8], "little")
            body = content[start + 8 : min(start + 8 + size_bytes, stop)]
            yield kinds[name], body.removeprefix(EXIF) if name == b"EXIF" else body


def _orientation(block: bytes) -> int:
    try:
        found = Tags(block).first(ORIENTATION)
    except ValueError:
        return 1
    return found if found in range(1, 9) else 1


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, TEXT_BYTES)
    except zlib.error:
        return b""
