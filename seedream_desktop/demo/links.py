"""Signed links as an object store gives them: only the very request target that was issued opens one."""

import hashlib
import secrets
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from seedream_desktop.demo.refusal import access_denied
from seedream_desktop.demo.wire import Head, Response

LIFETIME_S = 86_400
# A client that encodes anew, or writes %e4 as %E4, %7E as ~ or + as %2B, asks for another object.
FOLDER = "/ark-content-generation/%e4%bd%9c%e5%93%81/%7Edemo+%41rt"


@dataclass(frozen=True, slots=True)
class _Kept:
    start: int
    size_bytes: int
    media_type: str
    etag: str
    expires_at: float


class LinkStore:
    """Keeps pictures and hands out links to them that are good for 24 hours.

    They lie in a nameless temporary file that the system removes with the process. Safe from any
    thread. `origin` is what links begin with; `clock` gives seconds since the epoch.
    """

    def __init__(self, origin: str, clock: Callable[[], float]) -> None:
        self._origin = origin
        self._host = origin.partition("://")[2]
        self._clock = clock
        self._lock = threading.Lock()
        self._file = tempfile.TemporaryFile(prefix="seedream-demo-")  # noqa: SIM115 - lives as long as the store
        self._kept: dict[str, _Kept] = {}

    def close(self) -> None:
        """Lets go of all pictures."""
        self._file.close()

    def issue(self, picture: bytes, extension: str) -> str:
        """Keeps a picture and returns the address that opens it."""
        now = self._clock()
        target = self._target(now, extension)
        etag = f'"{hashlib.md5(picture, usedforsecurity=False).hexdigest()}"'
        with self._lock:
            start = self._file.seek(0, 2)
            self._file.write(picture)
            self._kept[target] = _Kept(start, len(picture), f"image/{extension}", etag, now + LIFETIME_S)
        return f"{self._origin}{target}"

    def answer(self, head: Head) -> Response:
        """What the store says to a request: the picture, a part of it, or AccessDenied."""
        kept = self._kept.get(head.target)
        wrong_host = head.header("Host") not in (None, self._host)
        if kept is None or head.method != "GET" or wrong_host or head.header("Authorization") is not None:
            return access_denied()
        if self._clock() >= kept.expires_at:
            return access_denied()
        return _with_range(self._read(kept), kept, head)

    def _read(self, kept: _Kept) -> bytes:
        with self._lock:
            self._file.seek(kept.start)
            return self._file.read(kept.size_bytes)

    def _target(self, now: float, extension: str) -> str:
        moment = datetime.fromtimestamp(now, UTC)
        name = f"{moment:%Y%m%d%H%M%S}{secrets.token_hex(8)}_0.{extension}"
        signature = secrets.token_hex(32)
        return (
            f"{FOLDER}/{name}?X-Tos-Algorithm=TOS4-HMAC-SHA256"
            f"&X-Tos-Credential=AKLTdemo%2F{moment:%Y%m%d}%2Fcn-beijing%2Ftos%2Frequest"
            f"&X-Tos-Date={moment:%Y%m%dT%H%M%SZ}&X-Tos-Expires={LIFETIME_S}"
            f"&X-Tos-Signature={signature}&X-Tos-SignedHeaders=host"
        )


def is_link(path: str) -> bool:
    """Whether a path belongs to the object store rather than to the API."""
    return path.startswith("/ark-content-generation/")


def parse_range(text: str, size_bytes: int) -> tuple[int, int] | None:
    """First and last byte of a single range, clamped to the size; None when the header is to be ignored.

    Raises ValueError when no byte of it exists.
    """
    unit, _, span = text.partition("=")
    first, dash, last = span.strip().partition("-")
    if unit.strip() != "bytes" or not dash or not (first + last).isdigit() or not (first + last).isascii():
        return None
    if not first:
        start, end = max(0, size_bytes - int(last)), size_bytes - 1
    else:
        start, end = int(first), min(int(last or size_bytes), size_bytes - 1)
        if last and int(last) < start:
            return None
    if start > end:
        raise ValueError("no byte in range")
    return start, end


def _with_range(picture: bytes, kept: _Kept, head: Head) -> Response:
    common = (("Content-Type", kept.media_type), ("ETag", kept.etag), ("Accept-Ranges", "bytes"))
    asked = head.header("Range")
    if asked is None or head.header("If-Range") not in (None, kept.etag):
        return Response(200, common, picture)
    try:
        span = parse_range(asked, kept.size_bytes)
    except ValueError:
        return Response(416, (*common, ("Content-Range", f"bytes */{kept.size_bytes}")))
    if span is None:
        return Response(200, common, picture)
    start, end = span
    where = ("Content-Range", f"bytes {start}-{end}/{kept.size_bytes}")
    return Response(206, (*common, where), picture[start : end + 1])
