"""HTTP/1.1 on asyncio streams, kept raw: targets are never decoded, and who hangs up is noticed at once.

Why not http.server: its thread per connection does not see that the client has gone while it draws.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 220 * 1024 * 1024  # 14 references of 10 MB as base64, and room for the words
BODYLESS_STATUSES = frozenset({204, 304})


class ClientGone(Exception):
    """The client closed the connection before the answer was complete."""


class MalformedRequest(Exception):
    """What arrived is no HTTP request that can be answered; the connection is closed after `status`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Head:
    """Request line and headers as they came; `target` byte for byte."""

    method: str
    target: str
    version: str
    headers: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        """The target up to its query, still escaped."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str | None:
        """Value of the first header of that name, in any case; None when it did not come."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection stays open for another request."""
        wish = (self.header("Connection") or "").lower()
        return "close" not in wish and (self.version == "HTTP/1.1" or "keep-alive" in wish)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; Content-Length, Date and Connection are added when it is written."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class WatchedReader(asyncio.StreamReader):
    """A stream reader that calls `on_gone` the moment the other side closes or resets."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(limit=MAX_HEAD_BYTES, loop=loop)
        self.gone = asyncio.Event()
        self.on_gone: Callable[[], None] = _nothing

    def feed_eof(self) -> None:
        """Called by the transport when the client closed its side."""
        self._leave()
        super().feed_eof()

    def set_exception(self, exc: Exception) -> None:
        """Called by the transport when the connection broke."""
        self._leave()
        super().set_exception(exc)

    def _leave(self) -> None:
        if not self.gone.is_set():
            self.gone.set()
            self.on_gone()


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next request's head, or None when the client has closed between requests."""
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise MalformedRequest(400, "the request head is incomplete") from error
        return None
    except asyncio.LimitOverrunError as error:
        raise MalformedRequest(431, "the request head is too large") from error
    return parse_head(block)


def parse_head(block: bytes) -> Head:
    """Splits a request head; raises MalformedRequest when it is none."""
    lines = block.decode("latin-1").strip("\r\n").split("\r\n")
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[1] or parts[2] not in ("HTTP/1.0", "HTTP/1.1"):
        raise MalformedRequest(400, "the request line is malformed")
    return Head(parts[0], parts[1], parts[2], tuple(_header(line) for line in lines[1:]))


async def read_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: Head) -> bytes:
    """The whole body, by length or chunked; raises ClientGone when it stays incomplete."""
    if (head.header("Expect") or "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    try:
        if (head.header("Transfer-Encoding") or "").lower() == "chunked":
            return await _read_chunks(reader)
        return await reader.readexactly(_content_length(head))
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise ClientGone from error


def encode_head(response: Response, keep_alive: bool) -> bytes:
    """Status line and headers of an answer; a Content-Length that the answer brings itself is kept."""
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = "Status"
    lines = [f"HTTP/1.1 {response.status} {phrase}", f"Date: {formatdate(usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    names = {name.lower() for name, _ in response.headers}
    if "content-length" not in names and response.status not in BODYLESS_STATUSES:
        lines.append(f"Content-Length: {len(response.body)}")
    lines.append(f"Connection: {'keep-alive' if keep_alive else 'close'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size_line = (await reader.readuntil(b"\r\n")).partition(b";")[0].strip()
        try:
            size_bytes = int(size_line, 16)
        except ValueError as error:
            raise MalformedRequest(400, "a chunk size is malformed") from error
        _refuse_above_limit(len(body) + size_bytes)
        body += (await reader.readexactly(size_bytes + 2))[:-2]
        if size_bytes == 0:
            return bytes(body)


def _content_length(head: Head) -> int:
    text = head.header("Content-Length") or "0"
    if not (text.isascii() and text.isdigit()):
        raise MalformedRequest(400, "Content-Length is malformed")
    _refuse_above_limit(int(text))
    return int(text)


def _refuse_above_limit(size_bytes: int) -> None:
    if not 0 <= size_bytes <= MAX_BODY_BYTES:
        raise MalformedRequest(413, "the request body is too large")


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name or name != name.strip():
        raise MalformedRequest(400, "a header is malformed")
    return name, value.strip()


def _nothing() -> None:
    """Stands where no one waits to hear of a closed connection."""
