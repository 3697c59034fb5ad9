"""An answer as it arrives: its pictures go to files while they come, only its small rest is in memory.

Base64 pictures are the only long strings of an answer. Every string beyond a limit is decoded straight into a
file of its own and replaced by a token in the text that is then read as JSON.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from seedream_desktop.files import sync_folder

_LONG_BYTES = 64 * 1024
_IN_MEMORY_BYTES = 1024 * 1024
# Nothing follows, so nothing is tried twice. Possessive, it stops early before Python 3.11.5 (gh-106052).
_STRING_PART = re.compile(rb'(?:[^"\\]+|\\(?:u[0-9a-fA-F]{4}|[^u]))*', re.DOTALL)
_ESCAPE_BYTES = 6  # the longest escape, \\u0000
_BLANKS = b" \t\r\n\f\v"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_PREFIX = b"data:"
_PREFIX_LIMIT = 200  # bytes of "data:image/png;base64,"


class PictureFile:
    """Base64 decoded into a file as it comes, in any dress: unpadded, line breaks, URL-safe, data URI."""

    def __init__(self, path: Path) -> None:
        """Begin an empty file at ``path``; raises OSError."""
        self.path = path
        self._file: BinaryIO = path.open("wb")
        self._left = b""
        self._has_begun = False
        self._is_sound = True
        self._has_ended = False

    def feed(self, text: bytes) -> None:
        """Take the next part. Raises OSError."""
        if not self._has_begun:
            text = self._without_prefix(text)
        if not self._has_begun:
            return
        padded = text.translate(_TO_STANDARD, delete=_BLANKS)
        clean = padded.rstrip(b"=")
        if b"=" in clean or (self._has_ended and clean):
            self._is_sound = False
        self._has_ended = self._has_ended or len(clean) != len(padded)
        clean = self._left + clean
        whole = len(clean) // 4 * 4
        self._left = clean[whole:]
        self._decode(clean[:whole])

    def finish(self) -> bool:
        """Close the file; False, and no file, when it was not all base64 or nothing. Raises OSError."""
        if not self._has_begun:
            self._has_begun = True
            self.feed(b"")
        left, self._left = self._left, b""
        self._decode(left + b"=" * (-len(left) % 4))
        if not self._is_sound or self._file.tell() == 0:
            self.drop()
            return False
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())  # there is no link to fetch it from again
        return True

    def drop(self) -> None:
        """Close and remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _without_prefix(self, text: bytes) -> bytes:
        start = (self._left + text).lstrip(_BLANKS)
        self._left = b""
        head = start[: len(_PREFIX)].lower()
        if _PREFIX.startswith(head) and len(start) < _PREFIX_LIMIT and b"," not in start:
            self._left = start
            return b""
        self._has_begun = True
        return start.partition(b",")[2] if head == _PREFIX else start

    def _decode(self, clean: bytes) -> None:
        if clean and self._is_sound:
            try:
                self._file.write(base64.b64decode(clean, validate=True))
            except binascii.Error:
                self._is_sound = False


class IncomingAnswer:
    """Takes the bytes of an answer and keeps them raw, small and in files."""

    def __init__(self, folder: Path, most_bytes: int, skeleton_bytes: int) -> None:
        """Keep what belongs to this answer in ``folder``, which exists."""
        self.folder = folder
        self._most_bytes = most_bytes
        self._skeleton_bytes = skeleton_bytes
        self.token = secrets.token_hex(16)
        self._start = bytearray()
        self._raw: BinaryIO | None = None
        self._skeleton = bytearray()
        self._string: bytearray | None = None  # the string that is being read, while it is short
        self._long: PictureFile | None = None  # the same, once it is long
        self._cut = b""  # an escape that is not complete yet
        self._pictures: dict[str, tuple[Path, bool]] = {}
        self.size_bytes = 0

    @property
    def is_too_large(self) -> bool:
        """Whether more came than any answer holds."""
        return self.size_bytes > self._most_bytes or len(self._skeleton) > self._skeleton_bytes

    def feed(self, chunk: bytes) -> None:
        """Take what came. Raises OSError."""
        self.size_bytes += len(chunk)
        self._keep(chunk)
        left = self._cut + chunk
        self._cut = b""
        place = 0
        while place < len(left):
            place = self._between(left, place) if self._string is None else self._inside(left, place)

    def text(self) -> bytes:
        """The answer with tokens in the place of its long strings."""
        return bytes(self._skeleton)

    def start(self) -> bytes:
        """The first mebibyte as it came."""
        return bytes(self._start)

    def picture(self, text: str, name: str) -> bool:
        """Make the picture in ``text``, a token or base64 itself, the file ``name``.

        False when it is no sound base64; there is no file then. Raises OSError.
        """
        path = self.folder / name
        if text.startswith(self.token):
            spooled, is_sound = self._pictures.pop(text, (path, False))
            if is_sound:
                spooled.replace(path)
        else:
            file = PictureFile(path)
            file.feed(text.encode("ascii", "replace"))
            is_sound = file.finish()
        if is_sound:
            sync_folder(self.folder)  # its name, too, before the journal says that it is there
        return is_sound

    def keep_raw(self) -> Path:
        """Keep the answer as it came, as ``answer.raw``. Raises OSError."""
        self._drop_strings()
        raw = self._raw or self._open_raw()
        self._raw = None
        with raw:
            raw.flush()
            os.fsync(raw.fileno())
        sync_folder(self.folder)
        return Path(raw.name)

    def close(self) -> None:
        """Drop everything that was not taken or kept. Raises OSError."""
        self._drop_strings()
        if self._raw is not None:
            self._raw.close()
            Path(self._raw.name).unlink(missing_ok=True)
        self._raw = None

    def _drop_strings(self) -> None:
        if self._long is not None:
            self._long.drop()
            self._long = None
        for path, _ in self._pictures.values():
            path.unlink(missing_ok=True)
        self._pictures.clear()

    def _keep(self, chunk: bytes) -> None:
        if len(self._start) < _IN_MEMORY_BYTES and self._raw is None:
            self._start += chunk
            if len(self._start) >= _IN_MEMORY_BYTES:
                self._raw = self._open_raw()
        elif self._raw is not None:
            self._raw.write(chunk)

    def _open_raw(self) -> BinaryIO:
        raw = (self.folder / "answer.raw").open("wb")
        raw.write(self._start)
        return raw

    def _between(self, left: bytes, place: int) -> int:
        quote = left.find(b'"', place)
        if quote < 0:
            self._skeleton += left[place:]
            return len(left)
        self._skeleton += left[place : quote + 1]
        self._string = bytearray()
        return quote + 1

    def _inside(self, left: bytes, place: int) -> int:
        match = _STRING_PART.match(left, place)
        assert match is not None  # noqa: S101  it matches nothing too
        end = match.end()
        if left[end : end + 1] == b"\\" and len(left) - end >= _ESCAPE_BYTES:
            end += 2  # no escape of JSON: passed on, for the JSON reader to refuse
        self._take(left[place:end])
        if left[end : end + 1] == b'"':
            self._end_string()
            return end + 1
        if left[end : end + 1] == b"\\" and len(left) - end < _ESCAPE_BYTES:
            self._cut = left[end:]
            return len(left)
        return end

    def _take(self, part: bytes) -> None:
        if self._long is not None:
            self._long.feed(_unescaped(part))
            return
        assert self._string is not None  # noqa: S101  called inside a string only
        self._string += part
        if len(self._string) > _LONG_BYTES:
            self._long = PictureFile(self.folder / f"string-{len(self._pictures)}.part")
            self._long.feed(_unescaped(bytes(self._string)))
            self._string.clear()

    def _end_string(self) -> None:
        if self._long is not None:
            token = self._next_token()
            self._pictures[token] = (self._long.path, self._long.finish())
            self._skeleton += token.encode("ascii")
            self._long = None
        elif self._string is not None:
            self._skeleton += self._string
        self._skeleton += b'"'
        self._string = None

    def _next_token(self) -> str:
        return f"{self.token}-{len(self._pictures)}"


def _unescaped(part: bytes) -> bytes:
    if b"\\" not in part:
        return part
    try:
        text: str = json.loads(b'"' + part + b'"', strict=False)
    except ValueError:
        return b"*"  # no base64
    return text.encode("ascii", "replace")
