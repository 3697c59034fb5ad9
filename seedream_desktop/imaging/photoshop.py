"""What Photoshop keeps beside a picture: image resources and IPTC records, cleaned in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seedream_desktop.imaging import xmp

IPTC, XMP_PACKET, EXIF, EXIF_MORE = 0x0404, 0x0424, 0x0422, 0x0423
_COPIES = frozenset({0x0409, 0x040C})  # small pictures, coded as JPEG behind a header
_COPY_AT = 28
_SIGNATURES = frozenset({b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"})
_DATASET = 0x1C
_RECORD = 2  # the application record
_PERSONAL = frozenset(
    {26, 27, 80, 85, 90, 92, 95, 100, 101, 118, 122}
)  # place it is about, by-line and its title, city, place in it, province, country, contact, writer; IIM 4.2


def cleaned_resources(block: bytes, clean_copy: Callable[[bytes], bytes]) -> bytes:
    """A block of image resources without what is personal; what cannot be read becomes zeros.

    ``clean_copy`` does it for a small JPEG and keeps its length.
    """
    changed = bytearray(block)
    for kind, start, end in resources(block):
        if kind == IPTC:
            changed[start:end] = cleaned_iptc(block[start:end])
        elif kind == XMP_PACKET:
            changed[start:end] = xmp.blanked(block[start:end])
        elif kind in _COPIES:
            changed[min(start + _COPY_AT, end) : end] = clean_copy(block[start + _COPY_AT : end])
        elif kind in {EXIF, EXIF_MORE, -1}:  # EXIF lies here only in files that have it elsewhere, too
            changed[start:end] = bytes(end - start)
    return bytes(changed)


def resources(block: bytes) -> Iterator[tuple[int, int, int]]:
    """The number of each resource and where its data lies; -1 for a rest that is none."""
    position = 0
    while position + 12 <= len(block) and block[position : position + 4] in _SIGNATURES:
        kind = int.from_bytes(block[position + 4 : position + 6])
        name_bytes = block[position + 6] + 1
        start = position + 6 + name_bytes + name_bytes % 2 + 4
        size_bytes = int.from_bytes(block[start - 4 : start])
        if start + size_bytes > len(block):
            break
        yield kind, start, start + size_bytes
        position = start + size_bytes + size_bytes % 2
    if any(block[position:]):
        yield -1, position, len(block)


def cleaned_iptc(record: bytes) -> bytes:
    """An IPTC record without what is personal, zeros at its end; nothing but zeros if it cannot be read."""
    kept, position = [], 0
    while position < len(record) and record[position] == _DATASET:
        end = _dataset_end(record, position)
        if end is None:
            return bytes(len(record))
        if record[position + 1] != _RECORD or record[position + 2] not in _PERSONAL:
            kept.append(record[position:end])
        position = end
    if any(record[position:]):
        return bytes(len(record))
    return b"".join(kept).ljust(len(record), b"\0")


def _dataset_end(record: bytes, at: int) -> int | None:
    size_bytes = int.from_bytes(record[at + 3 : at + 5])
    start = at + 5
    if size_bytes & 0x8000:  # the length of the length
        start += size_bytes & 0x7FFF
        size_bytes = int.from_bytes(record[at + 5 : start])
    end = start + size_bytes
    return end if at + 5 <= len(record) and end <= len(record) else None
