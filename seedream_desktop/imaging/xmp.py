"""XMP packets, with what tells place, serial number and owner overwritten by blanks; the length stays."""

from __future__ import annotations

import re
from xml.parsers import expat

from seedream_desktop.imaging.limits import XMP_DEPTH
from seedream_desktop.imaging.names import is_personal

_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_BLANK = b" "


def blanked(packet: bytes) -> bytes:
    """``packet`` without what is personal; nothing but blanks when it cannot be read."""
    finder = _Finder(packet)
    try:
        ranges = finder.ranges()
    except (expat.ExpatError, ValueError, LookupError):
        return _BLANK * len(packet)
    changed = bytearray(packet)
    for start, end in ranges:
        changed[start:end] = _BLANK * (end - start)
    return bytes(changed)


class _Finder:
    """Finds elements and attributes by the places at which the parser meets them."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet
        self._found: list[tuple[int, int]] = []
        self._depth = 0
        self._cut_depth = 0  # of the element that goes; 0: none
        self._cut_at = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def ranges(self) -> list[tuple[int, int]]:
        """What goes, from start to end. Raises ExpatError and ValueError."""
        text = self._packet.rstrip(b"\0")
        if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text:
            raise ValueError("not UTF-8")
        if text.strip():
            self._parser.Parse(text, True)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > XMP_DEPTH:
            raise ValueError("too deep")
        if self._cut_depth:
            return
        at = self._parser.CurrentByteIndex
        if is_personal(name):
            self._cut_depth, self._cut_at = self._depth, at
        elif any(map(is_personal, attributes)):
            self._found += self._attributes(at)

    def _end(self, _name: str) -> None:
        if self._depth == self._cut_depth:
            self._found.append((self._cut_at, self._tag_end(self._parser.CurrentByteIndex)))
            self._cut_depth = 0
        self._depth -= 1

    def _attributes(self, at: int) -> list[tuple[int, int]]:
        found, position, end = [], at, self._tag_end(at)
        while (match := _ATTRIBUTE.search(self._packet, position, end)) is not None:
            if is_personal(match[1].decode("utf-8", "replace")):
                found.append(match.span())
            position = match.end()
        return found

    def _tag_end(self, at: int) -> int:
        """Behind the tag that begins at ``at``; a ``>`` inside quotes does not end it."""
        quote = 0
        for position in range(at, len(self._packet)):
            byte = self._packet[position]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == 0x3E:
                return position + 1
        raise ValueError("no end of a tag")

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type")
