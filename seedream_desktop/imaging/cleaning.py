"""Cuts out of a picture's file where it was taken, by whom and with which copy of a camera.

Not a pixel is coded again: segments, chunks, blocks and tags are taken out or overwritten, everything else
stays byte for byte. A file in which there is nothing to cut comes back as it is. Kept: orientation, colour
profile, camera, lens, dates, copyright. Sources: JPEG ISO 10918-1, EXIF 3.0, XMP part 3, PNG 3, WebP, GIF89a.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from seedream_desktop.imaging import photoshop, xmp
from seedream_desktop.imaging.limits import TEXT_BYTES
from seedream_desktop.imaging.names import is_personal, is_personal_manifest
from seedream_desktop.imaging.tiff import Tags

_EXIF, _XMP, _XMP_MORE = (
    b"Exif\0\0",
    b"http://ns.adobe.com/xap/1.0/\0",
    b"http://ns.adobe.com/xmp/extension/\0",
)
_PHOTOSHOP, _MORE_PICTURES = b"Photoshop 3.0\0", b"MPF\0"
_APP0, _APP1, _APP2, _APP11, _APP13, _APP15, _SCAN, _END = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEF, 0xDA, 0xD9
_HARMLESS = {  # how they begin; of the rest nobody knows what cameras, drones and programs write into it
    0xE0: (b"JFIF\0", b"JFXX\0\x11", b"JFXX\0\x13"),
    0xE2: (b"ICC_PROFILE\0", _MORE_PICTURES, b"urn:iso:"),
    0xE8: (b"SPIFF\0",),
    0xEC: (b"Ducky",),
    0xED: (b"Adobe_CM",),
    0xEE: (b"Adobe",),
}
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_PADDING = re.compile(rb"[\x00\xff\s]*")
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_NOTES = frozenset({"xml:com.adobe.xmp", "xmp", "exif", "iptc"})  # as keywords of a text: whole blocks
_PACKED_EXIF = b"zxif"
_GIF_RESOURCES = (b"MGK8BIM", b"MGKIPTC")  # as applications
_MANIFEST = b"JP"  # of boxes in APP11, of which content credentials are one kind
_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}  # of VP8X, for its chunks
_NO_FLAG = 0x100  # outside of them


def cleaned(content: bytes, media_type: str) -> bytes:
    """``content`` without what is personal. Raises ValueError where that cannot be told apart."""
    if media_type == "image/jpeg":
        return _jpeg(content)
    if media_type == "image/png":
        return b"".join(_png(content))
    if media_type == "image/webp":
        return _webp(content)
    if media_type == "image/gif":
        return b"".join(_gif(content))
    if media_type == "image/tiff":
        return Tags(content).cleaned(_clean_copy, is_file=True)
    if media_type == "image/bmp":  # has no place for it
        return content
    raise ValueError("a format that is never sent as it is")


def _jpeg(content: bytes) -> bytes:
    segments = list(jpeg_segments(content))
    rest = content[segments[-1][2] :]
    is_cut_short = not _PADDING.fullmatch(rest)  # a video, a second picture: with notes of their own
    resources = iter(_photoshop_segments(content, segments))
    keeps_more_xmp = not _has_personal_xmp_more(content, segments)
    keeps_manifest = not _has_personal_manifest(content, segments)
    parts = [content[:2]]
    for marker, start, end in segments:
        segment = content[start:end]
        body = segment[4:]
        if marker == _APP1 and body.startswith(_EXIF):
            segment = _with_body(segment, _EXIF, _clean_tags(body[len(_EXIF) :]))
        elif marker == _APP1 and body.startswith(_XMP):
            segment = segment[:4] + _XMP + xmp.blanked(body[len(_XMP) :])
        elif marker == _APP13 and body.startswith(_PHOTOSHOP):
            segment = segment[:4] + next(resources)
        elif marker == _APP11 and body.startswith(_MANIFEST):
            segment = segment if keeps_manifest else b""
        elif not _is_kept(marker, body, is_cut_short=is_cut_short, keeps_more_xmp=keeps_more_xmp):
            segment = b""
        parts.append(segment)
    return b"".join(parts) if is_cut_short else b"".join((*parts, rest))


def _is_kept(marker: int, body: bytes, *, is_cut_short: bool, keeps_more_xmp: bool) -> bool:
    if marker == _APP1 and body.startswith(_XMP_MORE):
        return keeps_more_xmp
    if is_cut_short and marker == _APP2 and body.startswith(_MORE_PICTURES):
        return False
    return _is_harmless(marker, body)


def _is_harmless(marker: int, body: bytes) -> bool:
    return not _APP0 <= marker <= _APP15 or body.startswith(_HARMLESS.get(marker, ()))


def _clean_copy(content: bytes) -> bytes:
    """A small JPEG inside of notes, all of its own notes overwritten. Raises ValueError."""
    if content[:3] != b"\xff\xd8\xff":
        raise ValueError("no JPEG")
    changed, end = bytearray(content), 0
    for marker, start, end in jpeg_segments(content):
        if not _is_harmless(marker, content[start + 4 : end]):
            changed[start + 4 : end] = bytes(end - start - 4)
    if not _PADDING.fullmatch(content, end):
        changed[end:] = bytes(len(content) - end)
    return bytes(changed)


def _clean_copy_or_zeros(content: bytes) -> bytes:
    try:
        return _clean_copy(content)
    except ValueError:
        return bytes(len(content))


def jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment, the scans with what they code. Raises ValueError."""
    position = 2
    while True:
        start = position
        while content[position : position + 2] == b"\xff\xff":
            position += 1
        if position + 2 > len(content) or content[position] != 0xFF:
            raise ValueError("no marker")
        marker = content[position + 1]
        if marker == _END:
            yield marker, start, position + 2
            return
        end = position + 2
        if marker not in _BARE:
            end += int.from_bytes(content[position + 2 : position + 4])
        if end > len(content) or (marker not in _BARE and end < position + 4):
            raise ValueError("cut")
        if marker == _SCAN:
            following = _NEXT_MARKER.search(content, end)
            if following is None:
                raise ValueError("no end of image")
            end = following.start()
        elif start != position:  # fill bytes stay outside, so that a body begins where it should
            yield 0xFF, start, position
            start = position
        yield marker, start, end
        position = end


def _with_body(segment: bytes, name: bytes, body: bytes) -> bytes:
    """A segment with another body of the same length; none for an empty one."""
    return segment[:4] + name + body if body else b""


def _clean_tags(block: bytes) -> bytes:
    """An EXIF block, cleaned; empty when it cannot be followed, or nothing else was in it."""
    try:
        return Tags(block).cleaned(_clean_copy_or_zeros, is_file=False)
    except ValueError:
        return b""


def _photoshop_segments(content: bytes, segments: list[tuple[int, int, int]]) -> Iterator[bytes]:
    """The bodies of the segments with image resources, which may run on from one to the next."""
    head = len(_PHOTOSHOP)
    found = [content[start + 4 : end] for marker, start, end in segments if marker == _APP13]
    bodies = [body for body in found if body.startswith(_PHOTOSHOP)]
    clean = photoshop.cleaned_resources(b"".join(body[head:] for body in bodies), _clean_copy_or_zeros)
    position = 0
    for body in bodies:
        size_bytes = len(body) - head
        yield _PHOTOSHOP + clean[position : position + size_bytes]
        position += size_bytes


def _has_personal_xmp_more(content: bytes, segments: list[tuple[int, int, int]]) -> bool:
    """Whether the part of the XMP that did not fit into one segment has to go."""
    head = len(_XMP_MORE) + 32 + 4 + 4  # its hash, its length, the offset of this part
    bodies = [content[start + 4 : end] for marker, start, end in segments if marker == _APP1]
    packet = b"".join(body[head:] for body in bodies if body.startswith(_XMP_MORE))
    return xmp.blanked(packet) != packet


def _has_personal_manifest(content: bytes, segments: list[tuple[int, int, int]]) -> bool:
    bodies = [content[start + 4 : end] for marker, start, end in segments if marker == _APP11]
    return is_personal_manifest(b"".join(body[16:] for body in bodies if body.startswith(_MANIFEST)))


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    position = 8
    while True:
        end = position + 12 + int.from_bytes(content[position : position + 4])
        if end > len(content):
            raise ValueError("cut")
        name, body = content[position + 4 : position + 8], content[position + 8 : end - 4]
        clean = _clean_chunk(name, body)
        if clean == body:
            yield content[position:end]
        elif clean:
            yield png_chunk(name, clean)
        position = end
        if name == b"IEND":
            break
    if _PADDING.fullmatch(content, position):
        yield content[position:]


def _clean_chunk(name: bytes, body: bytes) -> bytes:
    """What stays of a chunk's body; empty: the chunk goes."""
    if name == b"eXIf":
        return _clean_tags(body)
    if name.lower() == _PACKED_EXIF:
        return b""
    if name == b"caBX":
        return b"" if is_personal_manifest(body) else body
    if name not in {b"tEXt", b"zTXt", b"iTXt"}:
        return body
    keyword = body.partition(b"\0")[0]
    text = keyword.decode("latin-1").casefold()
    if name == b"iTXt" and keyword == _XMP_KEYWORD:
        return _clean_xmp_text(body)
    is_profile = text.startswith("raw profile type") and not text.endswith((" icc", " icm"))
    if text in _NOTES or is_profile:
        return b""
    return b"" if is_personal(text) else body


def _clean_xmp_text(body: bytes) -> bytes:
    head = body[len(_XMP_KEYWORD) + 1 :]
    is_compressed = head[:1] == b"\x01"
    language, _, rest = head[2:].partition(b"\0")
    translated, _, packet = rest.partition(b"\0")
    if is_compressed:
        unpacking = zlib.decompressobj()
        try:
            packet = unpacking.decompress(packet, TEXT_BYTES)
        except zlib.error:
            return b""
        if not unpacking.eof:
            return b""
    clean = xmp.blanked(packet)
    if clean == packet:
        return body
    return b"\0".join((_XMP_KEYWORD, b"\0" + language, translated, clean))


def png_chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG with its length and checksum."""
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def _webp(content: bytes) -> bytes:
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content) + 1:
        raise ValueError("cut")
    parts, gone = [], 0
    for name, start, stop in webp_chunks(content, min(end, len(content))):
        chunk = _clean_webp_chunk(name, content[start:stop])
        gone |= 0 if chunk else _FLAGS.get(name, _NO_FLAG)
        parts.append(chunk)
    if gone and parts and parts[0].startswith(b"VP8X"):
        parts[0] = parts[0][:8] + bytes((parts[0][8] & ~gone,)) + parts[0][9:]
    body = b"".join((b"WEBP", *parts))
    rest = content[end:]
    kept = rest if _PADDING.fullmatch(rest) else b""
    return content[:4] + (len(body) if gone else end - 8).to_bytes(4, "little") + body + kept


def webp_chunks(content: bytes, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each chunk with its padding, up to ``end``. Raises ValueError."""
    position = 12
    while position + 8 <= end:
        size_bytes = int.from_bytes(content[position + 4 : position + 8], "little")
        stop = position + 8 + size_bytes
        if stop > end:
            raise ValueError("cut")
        stop = min(stop + size_bytes % 2, end)
        yield content[position : position + 4], position, stop
        position = stop
    if position != end:
        raise ValueError("a rest that is no chunk")


def _clean_webp_chunk(name: bytes, chunk: bytes) -> bytes:
    """The whole chunk, as long as before; empty: it goes."""
    size_bytes = int.from_bytes(chunk[4:8], "little")
    body, padding = chunk[8 : 8 + size_bytes], chunk[8 + size_bytes :]
    if name == b"EXIF":
        lead = _EXIF if body.startswith(_EXIF) else b""
        tags = _clean_tags(body[len(lead) :])
        return chunk[:8] + lead + tags + padding if tags else b""
    if name == b"C2PA":
        return b"" if is_personal_manifest(body) else chunk
    if name == b"XMP ":
        return chunk[:8] + xmp.blanked(body) + padding
    return chunk


def _gif(content: bytes) -> Iterator[bytes]:
    """The blocks, without XMP in which something is personal: it cannot be cut in part."""
    position = 13 + gif_table_bytes(content[10:11])
    yield content[:position]
    for start, end in gif_blocks(content):
        block = content[start:end]
        packet = block[14:-258] if block[:14] == b"!\xff\x0bXMP DataXMP" else b""
        is_personal_packet = packet != b"" and xmp.blanked(packet) != packet
        is_kept = not block[3:].startswith(_GIF_RESOURCES) and not is_personal_packet
        if is_kept:
            yield block
        position = end
    rest = content[position:]
    yield rest if _PADDING.fullmatch(rest[1:]) else rest[:1]


def gif_blocks(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each extension and each frame lies, up to the trailer. Raises ValueError without one."""
    position = 13 + gif_table_bytes(content[10:11])
    while content[position : position + 1] != b";":
        start = position
        introducer = content[position : position + 1]
        if introducer == b"!":  # an extension: its label, then blocks
            position += 2
        elif introducer == b",":  # a frame: its place, colours and code size, then blocks
            position += 11 + gif_table_bytes(content[position + 9 : position + 10])
        else:
            raise ValueError("no end of image")
        while size := content[position : position + 1]:
            position += 1 + size[0]
            if size == b"\0":
                break
        yield start, position


def gif_table_bytes(flags: bytes) -> int:
    """How long the table of colours is that a GIF's flags announce."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
