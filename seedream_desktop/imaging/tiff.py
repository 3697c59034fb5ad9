"""The tags of TIFF files and EXIF blocks: read, and cleaned in place without moving anything that stays.

Cleaning takes entries out of their folder and overwrites their values with zeros; offsets, pixels and every
other value stay where they are, so that the length is the same. Nothing that something else lies on is
overwritten. Sources: TIFF 6.0, EXIF 3.0, DNG 1.7.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from seedream_desktop.imaging import limits, photoshop, xmp

EXIF_FOLDER, GPS_FOLDER, SUB_FOLDERS, INTEROPERABILITY = 0x8769, 0x8825, 0x014A, 0xA005
SUBFILE_KIND, BITS_PER_SAMPLE, PHOTOMETRIC, DNG_VERSION = 0x00FE, 0x0102, 0x0106, 0xC612
XMP_PACKET, IPTC_RECORD, PHOTOSHOP_RESOURCES = 0x02BC, 0x83BB, 0x8649
_PERSONAL = frozenset(
    {
        0x013B,  # Artist
        0x013C,  # HostComputer
        0x9C9D,  # XPAuthor
        0x927C,  # MakerNote
        0x935C,  # ImageSourceData: layers, hidden and placed ones too, with all their notes
        0xA430,  # CameraOwnerName
        0xA431,  # BodySerialNumber
        0xA435,  # LensSerialNumber
        0xA437,  # Photographer
        0xA438,  # ImageEditor
        0xC62F,  # CameraSerialNumber
        0xC634,  # DNGPrivateData, a maker note
        0xFDE8,  # OwnerName
        0xFDE9,  # SerialNumber
    }
)
_COPY = (0x0201, 0x0202)  # offset and length of a JPEG, most often a small copy
_DATA = ((0x0111, 0x0117), (0x0144, 0x0145), _COPY)  # offsets and lengths: strips, tiles
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}  # by kind
_WHOLE_NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I"}
_RAW_PHOTOMETRICS = frozenset({32803, 34892})  # a colour filter's mosaic, linear raw
_OVERLAP = 2  # how often all bytes may be named; writers share a few small values between pages
_SLACK_BYTES = 1 << 16
_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag of a folder; its value lies inside the entry or elsewhere."""

    at: int
    tag: int
    kind: int
    count: int
    value_at: int
    size_bytes: int  # of the value; 0 for a kind that is not known

    @property
    def is_outside(self) -> bool:
        """Whether the value lies elsewhere."""
        return self.size_bytes > 4


@dataclass(frozen=True, slots=True)
class Folder:
    """An image file directory."""

    at: int
    entries: tuple[Entry, ...]
    next_at: int
    pointed_by: int = 0  # the tag; 0: it is one of the chain

    @property
    def end(self) -> int:
        """Where its table ends."""
        return self.at + 2 + 12 * len(self.entries) + 4

    def entry(self, tag: int) -> Entry | None:
        """The entry for ``tag``, or None."""
        return next((one for one in self.entries if one.tag == tag), None)


class Tags:
    """Everything that the folders of a block say. Reading raises ValueError where it cannot be followed."""

    def __init__(self, content: bytes) -> None:
        """Read the folders of ``content``, which begins with the byte order."""
        if content[:4] not in {b"II*\0", b"MM\0*"}:
            raise ValueError("no TIFF")
        self._order = "<" if content[:2] == b"II" else ">"
        self._content = content
        self._entries = 0
        self.folders = tuple(self._all())
        self._refuse_overlaps()

    @property
    def pages(self) -> int:
        """How many pictures there are beside their own smaller copies."""
        chain = [folder for folder in self.folders if not folder.pointed_by]
        copies = sum(1 for folder in chain[1:] if self.number(folder, SUBFILE_KIND) & 1)
        return len(chain) - copies

    @property
    def parts(self) -> int:
        """How many strips or tiles the first picture is said to have."""
        found = (self.folders[0].entry(offsets) for offsets, _ in _DATA) if self.folders else ()
        return max((entry.count for entry in found if entry is not None), default=0)

    def first(self, tag: int) -> int:
        """The first number of a tag of the first picture; 0 where there is none."""
        return self.number(self.folders[0], tag) if self.folders else 0

    def number(self, folder: Folder, tag: int) -> int:
        """The first number of a tag; 0 where there is none."""
        entry = folder.entry(tag)
        numbers = self.numbers(entry) if entry is not None else ()
        return numbers[0] if numbers else 0

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The whole numbers of a value; none of another kind. Raises ValueError."""
        letter = _WHOLE_NUMBERS.get(entry.kind)
        if letter is None or not entry.count:
            return ()
        if entry.count > limits.TIFF_NUMBERS:
            raise ValueError("too many numbers")
        value = self._value(entry)
        return struct.unpack(f"{self._order}{entry.count}{letter}", value)

    def cleaned(self, clean_copy: Callable[[bytes], bytes], *, is_file: bool) -> bytes:
        """The block without what tells where, by whom and with which copy of a camera; of the same length.

        ``clean_copy`` does it for a JPEG inside and keeps its length. What no folder names may be pixels in
        a file; in a block of notes it is what somebody left behind, and becomes zeros. Empty when nothing
        else was in it. Raises ValueError where it cannot be told apart.
        """
        removed = self._removed()
        changed = bytearray(self._content)
        freed = self._freed(removed) if is_file else iter(((0, len(self._content)),))
        for start, end in _without(freed, self._needed(removed)):
            changed[start:end] = bytes(end - start)
        for folder in self.folders:
            if folder.pointed_by != GPS_FOLDER:
                self._rewrite(changed, folder, removed)
                self._clean_packets(changed, folder, clean_copy)
                for start, end in self._data(folder, *_COPY):
                    changed[start:end] = clean_copy(self._content[start:end])
        is_empty = all(entry.at in removed for folder in self.folders for entry in folder.entries)
        return b"" if is_empty else bytes(changed)

    def _all(self) -> Iterator[Folder]:
        waiting = [(self._unpacked("I", 4), 0)]
        seen: set[int] = set()
        while waiting:
            at, pointed_by = waiting.pop(0)
            if not at or at in seen:
                continue
            seen.add(at)
            if len(seen) > limits.TIFF_FOLDERS:
                raise ValueError("too many folders")
            folder = self._folder(at, pointed_by)
            yield folder
            waiting += [(pointed, entry.tag) for entry, pointed in self._pointers(folder)]
            if pointed_by in {0, SUB_FOLDERS}:
                waiting.append((folder.next_at, pointed_by))

    def _folder(self, at: int, pointed_by: int) -> Folder:
        count = self._unpacked("H", at)
        self._entries += count
        if self._entries > limits.TIFF_ENTRIES:
            raise ValueError("too many entries")
        entries = tuple(self._entry(at + 2 + 12 * place) for place in range(count))
        end = at + 2 + 12 * count
        # A block that ends with its last folder may leave the pointer to the next one out.
        next_at = self._unpacked("I", end) if end + 4 <= len(self._content) else 0
        return Folder(at, entries, next_at, pointed_by)

    def _entry(self, at: int) -> Entry:
        tag, kind = self._unpacked("H", at), self._unpacked("H", at + 2)
        count = self._unpacked("I", at + 4)
        size_bytes = _SIZES.get(kind, 0) * count
        value_at = self._unpacked("I", at + 8) if size_bytes > 4 else at + 8
        return Entry(at, tag, kind, count, value_at, size_bytes)

    def _refuse_overlaps(self) -> None:
        """Values on top of each other make a small file cost what a huge one would."""
        end = len(self._content)
        entries = (entry for folder in self.folders for entry in folder.entries if entry.is_outside)
        named = sum(entry.size_bytes for entry in entries if entry.value_at + entry.size_bytes <= end)
        if named > _OVERLAP * end + _SLACK_BYTES:
            raise ValueError("values on top of each other")

    def _pointers(self, folder: Folder) -> Iterator[tuple[Entry, int]]:
        for entry in folder.entries:
            if entry.tag in {EXIF_FOLDER, GPS_FOLDER, SUB_FOLDERS, INTEROPERABILITY}:
                yield from ((entry, at) for at in self.numbers(entry))

    def _removed(self) -> frozenset[int]:
        """Where the entries lie that go; a folder that would be empty goes with its pointer."""
        personal = {
            entry.at
            for folder in self.folders
            for entry in folder.entries
            if entry.tag in _PERSONAL or GPS_FOLDER in {entry.tag, folder.pointed_by}
        }
        for folder in self.folders:
            if folder.pointed_by == EXIF_FOLDER and all(entry.at in personal for entry in folder.entries):
                personal |= {
                    entry.at
                    for other in self.folders
                    for entry, pointed in self._pointers(other)
                    if entry.tag == EXIF_FOLDER and pointed == folder.at
                }
        return frozenset(personal)

    def _freed(self, removed: frozenset[int]) -> Iterator[_Range]:
        for folder in self.folders:
            if folder.pointed_by == GPS_FOLDER:
                yield folder.at, min(folder.end, len(self._content))
            for entry in folder.entries:
                if entry.at in removed and entry.is_outside:
                    yield entry.value_at, min(entry.value_at + entry.size_bytes, len(self._content))

    def _needed(self, removed: frozenset[int]) -> Iterator[_Range]:
        yield 0, 8
        for folder in self.folders:
            if folder.pointed_by == GPS_FOLDER:
                continue
            yield folder.at, folder.end
            for entry in folder.entries:
                if entry.at not in removed and entry.is_outside:
                    yield entry.value_at, entry.value_at + entry.size_bytes
            for offsets, lengths in _DATA:
                yield from self._data(folder, offsets, lengths)

    def _data(self, folder: Folder, offsets_tag: int, lengths_tag: int) -> Iterator[_Range]:
        offsets, lengths = folder.entry(offsets_tag), folder.entry(lengths_tag)
        if offsets is not None and lengths is not None:
            pairs = zip(self.numbers(offsets), self.numbers(lengths), strict=False)
            yield from ((at, at + size_bytes) for at, size_bytes in pairs)

    def _rewrite(self, changed: bytearray, folder: Folder, removed: frozenset[int]) -> None:
        """Close the gaps of the entries that go."""
        kept = [entry for entry in folder.entries if entry.at not in removed]
        if len(kept) == len(folder.entries):
            return
        table = struct.pack(f"{self._order}H", len(kept))
        table += b"".join(self._content[entry.at : entry.at + 12] for entry in kept)
        end = min(folder.end, len(self._content))
        table += struct.pack(f"{self._order}I", folder.next_at)
        changed[folder.at : end] = table.ljust(end - folder.at, b"\0")[: end - folder.at]

    def _clean_packets(
        self, changed: bytearray, folder: Folder, clean_copy: Callable[[bytes], bytes]
    ) -> None:
        def clean_resources(block: bytes) -> bytes:
            return photoshop.cleaned_resources(block, clean_copy)

        for entry in folder.entries:
            clean = {
                XMP_PACKET: xmp.blanked,
                IPTC_RECORD: photoshop.cleaned_iptc,
                PHOTOSHOP_RESOURCES: clean_resources,
            }.get(entry.tag)
            if clean is not None and entry.is_outside:
                end = entry.value_at + entry.size_bytes
                value = self._value(entry)
                clean_value = clean(value)
                if clean_value != value:
                    changed[entry.value_at : end] = clean_value

    def _value(self, entry: Entry) -> bytes:
        value = self._content[entry.value_at : entry.value_at + entry.size_bytes]
        if len(value) < entry.size_bytes:
            raise ValueError("a value outside")
        return value

    def _unpacked(self, letter: str, at: int) -> int:
        try:
            (number,) = struct.unpack_from(f"{self._order}{letter}", self._content, at)
        except struct.error as error:
            raise ValueError("cut") from error
        return int(number)


def is_raw(content: bytes) -> bool:
    """Whether a file that begins like a TIFF holds what a camera's sensor saw, not a picture."""
    if content[8:10] == b"CR":
        return True
    try:
        tags = Tags(content)
        first = tags.folders[0]
        photometrics = {tags.number(folder, PHOTOMETRIC) for folder in tags.folders}
        is_preview = bool(tags.number(first, SUBFILE_KIND) & 1) and first.entry(SUB_FOLDERS) is not None
    except (ValueError, IndexError):
        return False
    return first.entry(DNG_VERSION) is not None or bool(photometrics & _RAW_PHOTOMETRICS) or is_preview


def _merged(ranges: Iterable[_Range]) -> list[_Range]:
    """The same bytes as ranges in their order that do not touch."""
    merged: list[_Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _without(wanted: Iterator[_Range], protected: Iterator[_Range]) -> Iterator[_Range]:
    """What of the wanted ranges no protected one covers."""
    fences = _merged(protected)
    ends = [end for _, end in fences]
    for wanted_start, end in _merged(wanted):
        start = wanted_start
        for fence_start, fence_end in islice(fences, bisect_right(ends, start), None):
            if fence_start >= end:
                break
            if fence_start > start:
                yield start, fence_start
            start = fence_end
        if start < end:
            yield start, end
