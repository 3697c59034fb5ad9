"""Takes out of a picture's file everything but pixels, colours and labels, and puts a packet of ours in.

Not a pixel is coded again. What stays is listed, so that a kind of note that nobody knows today goes too:
the colour profile, how the picture is turned, the labels that say that a model made it, and content
credentials (which then say that the file was changed since; they are part of what may not be taken off).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from xml.sax.saxutils import escape

from seedream_desktop.imaging.carried import (
    CREDENTIALS,
    EXIF,
    PROFILE,
    XMP,
    XMP_KEYWORD,
    Carried,
    notes_of,
    png_chunks,
)
from seedream_desktop.imaging.cleaning import jpeg_segments, png_chunk, webp_chunks
from seedream_desktop.imaging.packet import Told, packet_of, packet_with

_SEGMENT_BYTES = 0xFFFF - 2  # what fits into a segment of a JPEG
_JPEG_KEPT = {0xE0: (b"JFIF\0",), 0xE2: (PROFILE,), 0xEB: (CREDENTIALS,), 0xEE: (b"Adobe",)}
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"cICP"}
    | {b"iCCP", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"caBX", b"mDCV", b"cLLI"}
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"C2PA"})
_WEBP_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04, b"ICCP": 0x20}  # of VP8X, for its chunks
_WEBP_ORDER = (b"VP8X", b"ICCP", b"ANIM", b"ALPH", b"VP8 ", b"VP8L", b"ANMF", b"EXIF", b"XMP ", b"C2PA")
_SECRET_CHARACTERS = 12  # fewer stand by chance in the pixels of a large file, or in any text


def stripped(content: bytes, media_type: str, carried: Carried, *, keeps_credentials: bool = True) -> bytes:
    """``content`` without its notes; its labels stay.

    ``carried`` is what ``carried_by`` found in it. Raises ValueError where it cannot be done byte by byte.
    """
    told = Told(carried.told.source_type, carried.told.aigc)
    if media_type == "image/jpeg":
        return _with_jpeg(content, packet_of(told), carried, keeps_credentials=keeps_credentials)
    if media_type == "image/png":
        return _with_png(content, packet_of(told), carried, keeps_credentials=keeps_credentials)
    if media_type == "image/webp":
        return _with_webp(content, packet_of(told), carried, keeps_credentials=keeps_credentials)
    if media_type == "image/bmp":  # has no place for notes
        return content
    raise ValueError("notes of that format go only with coding it again")


def noted(content: bytes, media_type: str, carried: Carried, told: Told) -> bytes:
    """``content`` with ``told`` in its packet, all else as it was. Raises ValueError if there is no room."""
    packet = packet_with(carried.packet, told)
    if packet == carried.packet:
        return content
    if media_type == "image/jpeg":
        return b"".join(_with_segment(content, packet))
    if media_type == "image/png":
        return b"".join(_with_text(content, packet))
    if media_type == "image/webp":
        return _webp_file(_webp_parts(content, _WEBP_KEPT | {b"EXIF"}), packet, b"")
    raise ValueError("no place for a packet")


def tells(content: bytes, media_type: str, secrets: Iterable[str], least: int = _SECRET_CHARACTERS) -> bool:
    """Whether one of ``secrets`` can be read in the file, in any of the ways in which files hold texts.

    Shorter ones than ``least`` characters are not looked for.
    """
    written = [form for secret in secrets for form in _written(secret, least)]
    if not written:
        return False
    if any(form in content for form in written):
        return True
    try:
        return any(form in body for _, body in notes_of(content, media_type) for form in written)
    except ValueError:
        return False


def exif_of(orientation: int) -> bytes:
    """An EXIF block that says only how the picture is turned; empty where it is upright."""
    if orientation == 1:
        return b""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2) + b"\0\0"
    return b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def _written(secret: str, least: int) -> Iterator[bytes]:
    """A text as bytes, in the ways in which files hold it; of a long one the beginning is enough."""
    text = secret.strip()[: 4 * _SECRET_CHARACTERS]
    size = sum(3 if mark > "\u2e7f" else 1 for mark in text)  # a Chinese character says as much as a word
    if size < least:
        return
    for spelled in {text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], escape(text)}:
        yield spelled.encode(errors="replace")
    yield text.encode("utf-16-le", "replace")
    yield text.encode("utf-16-be", "replace")


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > _SEGMENT_BYTES:
        raise ValueError("too long for a segment")
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def _with_jpeg(content: bytes, packet: bytes, carried: Carried, *, keeps_credentials: bool) -> bytes:
    parts, notes = [content[:2]], []
    if block := exif_of(carried.orientation):
        notes.append(_segment(0xE1, EXIF + block))
    if packet:
        notes.append(_segment(0xE1, XMP + packet))
    for marker, start, end in jpeg_segments(content):
        body = content[start + 4 : end]
        is_kept = marker not in range(0xE0, 0xF0) and marker != 0xFE
        is_kept = is_kept or body.startswith(_JPEG_KEPT.get(marker, ()))
        if marker == 0xEB and not keeps_credentials:
            is_kept = False
        if marker != 0xE0:
            parts += notes
            notes = []
        if is_kept:
            parts.append(content[start:end])
    return b"".join(parts)


def _with_segment(content: bytes, packet: bytes) -> Iterator[bytes]:
    """The file with another packet, behind the segments that have to stand first."""
    yield content[:2]
    segment, end = _segment(0xE1, XMP + packet), 2
    for marker, start, stop in jpeg_segments(content):
        body, end = content[start + 4 : stop], stop
        is_first = marker == 0xE0 or (marker == 0xE1 and body.startswith(EXIF))
        if segment and not is_first:
            yield segment
            segment = b""
        if marker != 0xE1 or not body.startswith(XMP):
            yield content[start:stop]
    yield content[end:]


def _with_png(content: bytes, packet: bytes, carried: Carried, *, keeps_credentials: bool) -> bytes:
    parts = [content[:8]]
    for name, start, end in png_chunks(content):
        if name == b"iCCP":
            parts.append(_profile_chunk(content[start:end]))
        elif name in _PNG_KEPT and (keeps_credentials or name != b"caBX"):
            parts.append(content[start:end])
        if name == b"IHDR":
            if packet:
                parts.append(_text_chunk(packet))
            if block := exif_of(carried.orientation):
                parts.append(png_chunk(b"eXIf", block))
    return b"".join(parts)


def _profile_chunk(chunk: bytes) -> bytes:
    """The same, under a name that says no more than what it is: there is room for a sentence."""
    called, _, rest = chunk[8:-4].partition(b"\0")
    is_plain = len(called) < _SECRET_CHARACTERS or called.lower().endswith(b"profile")
    return chunk if is_plain else png_chunk(b"iCCP", b"ICC profile\0" + rest)


def _with_text(content: bytes, packet: bytes) -> Iterator[bytes]:
    yield content[:8]
    end = 8
    for name, start, stop in png_chunks(content):
        end = stop
        if name != b"iTXt" or not content[start + 8 : stop].startswith(XMP_KEYWORD + b"\0"):
            yield content[start:stop]
        if name == b"IHDR":
            yield _text_chunk(packet)
    yield content[end:]


def _text_chunk(packet: bytes) -> bytes:
    return png_chunk(b"iTXt", XMP_KEYWORD + b"\0\0\0\0\0" + packet)


def _with_webp(content: bytes, packet: bytes, carried: Carried, *, keeps_credentials: bool) -> bytes:
    kept = _WEBP_KEPT if keeps_credentials else _WEBP_KEPT - {b"C2PA"}
    return _webp_file(_webp_parts(content, kept), packet, exif_of(carried.orientation))


def _webp_parts(content: bytes, kept: Container[bytes]) -> dict[bytes, bytes]:
    """The chunks of the kinds that are kept, each kind joined, with their padding. Raises ValueError."""
    end = min(8 + int.from_bytes(content[4:8], "little"), len(content))
    parts: dict[bytes, bytes] = {}
    for name, start, stop in webp_chunks(content, end):
        if name in kept:
            chunk = content[start:stop]
            parts[name] = parts.get(name, b"") + chunk + b"\0" * (len(chunk) % 2)
    return parts


def _webp_file(parts: dict[bytes, bytes], packet: bytes, block: bytes) -> bytes:
    """A file of those chunks with this packet and, unless it is empty, this EXIF block."""
    if packet:
        parts[b"XMP "] = _webp_chunk(b"XMP ", packet)
    if block:
        parts[b"EXIF"] = _webp_chunk(b"EXIF", block)
    if b"VP8X" in parts or packet or block:
        head = parts.get(b"VP8X") or _webp_head(parts)
        present = sum(flag for name, flag in _WEBP_FLAGS.items() if name in parts)
        flags = (head[8] & ~sum(_WEBP_FLAGS.values())) | present
        parts[b"VP8X"] = head[:8] + bytes((flags,)) + head[9:]
    ordered = sorted(parts, key=lambda name: _WEBP_ORDER.index(name) if name in _WEBP_ORDER else 99)
    body = b"WEBP" + b"".join(parts[name] for name in ordered)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _webp_head(parts: dict[bytes, bytes]) -> bytes:
    """The chunk with which a file that holds more than pixels begins. Raises ValueError."""
    if (lossless := parts.get(b"VP8L", b"")[8:13]) and lossless[0] == 0x2F:
        bits = int.from_bytes(lossless[1:5], "little")
        width_px, height_px, flags = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 0x10 * (bits >> 28 & 1)
    elif len(lossy := parts.get(b"VP8 ", b"")[8:18]) == 10:
        width_px = int.from_bytes(lossy[6:8], "little") & 0x3FFF
        height_px, flags = int.from_bytes(lossy[8:10], "little") & 0x3FFF, 0
    else:
        raise ValueError("no picture in it")
    sides = (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
    return _webp_chunk(b"VP8X", bytes((flags, 0, 0, 0)) + sides)
