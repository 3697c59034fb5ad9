"""A provider on loopback, API and object store, whose network does what a test says and then is whole."""

from __future__ import annotations

import base64
import io
import json
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from tests.api.fault_server import Connection, raw_answer

Act = Callable[["Provider", Connection], None]
FOREVER = 1 << 30
PIECE_BYTES = 200_000  # of a body that is not taken whole


def noise() -> bytes:
    """A picture that there is only once."""
    file = io.BytesIO()
    Image.frombytes("RGB", (24, 24), os.urandom(24 * 24 * 3)).save(file, "PNG")
    return file.getvalue()


@dataclass(frozen=True)
class Trouble:
    """What happens to a connection, so many times; ``stage``: connect, post or link."""

    stage: str
    act: Act
    times: int = 1


class Provider:
    """A script for a ``FaultServer``: answers every request, but for those that a trouble befalls."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.origin = ""  # what links begin with
        self.count, self.is_inline = 1, False
        self.begun: list[str] = []  # the job of every request that came whole: it may be billed
        self.pictures: list[bytes] = []  # of the answers that were sent whole
        self._links: dict[bytes, bytes] = {}
        self.met = 0  # how many connections the trouble has befallen
        self._left = 0
        self._lock = threading.Lock()

    def suffer(self, trouble: Trouble | None) -> None:
        """From now on, as often as it says."""
        with self._lock:
            self.trouble, self._left = trouble, trouble.times if trouble else 0
            self.met = 0 if trouble else self.met

    def heal(self) -> None:
        """The network is whole from now on."""
        self.suffer(None)

    def expect(self, count: int, *, is_inline: bool) -> None:
        """What the next job asks for; nothing is counted yet."""
        self.count, self.is_inline = count, is_inline
        self.begun, self.pictures = [], []

    def __call__(self, connection: Connection) -> None:
        """Serve one connection."""
        if trouble := self._befallen("connect"):
            trouble.act(self, connection)
            return
        head = connection.read_head()
        stage = "post" if head.head.startswith(b"POST") else "link"
        trouble = self._befallen(stage)
        if trouble:
            trouble.act(self, connection)
        elif stage == "post":
            connection.send(raw_answer(self.take(connection)))
        else:
            connection.send(self.picture(connection))

    def take(self, connection: Connection) -> bytes:
        """Read the whole request; the answer to it."""
        seen = connection.seen
        connection.read_body(int(seen.header("content-length") or 0))
        self.begun.append(seen.header("idempotency-key") or "")
        self.pictures = [noise() for _ in range(self.count)]
        items = [self._item(picture) for picture in self.pictures]
        return json.dumps({"data": items, "usage": {"generated_images": self.count}}).encode()

    def picture(self, connection: Connection) -> bytes:
        """What is sent for a link."""
        target = connection.seen.request_line.split(b" ")[1]
        headers = {"Content-Type": "image/png", "ETag": f'"{target.hex()}"'}
        return raw_answer(self._links[target], headers=headers)

    def _item(self, picture: bytes) -> dict[str, str]:
        if self.is_inline:
            return {"b64_json": base64.b64encode(picture).decode()}
        target = f"/p/{len(self._links)}.png?X-Tos-Signature={os.urandom(8).hex()}"
        self._links[target.encode()] = picture
        return {"url": self.origin + target}

    def _befallen(self, stage: str) -> Trouble | None:
        with self._lock:
            if self.trouble is None or self.trouble.stage != stage or not self._left:
                return None
            self._left -= 1
            self.met += 1
            return self.trouble


def resets(_: Provider, connection: Connection) -> None:
    """End with a reset, whatever has come."""
    connection.reset()


def hangs_up(_: Provider, connection: Connection) -> None:
    """End in an orderly way, whatever has come."""
    connection.socket.shutdown(socket.SHUT_RDWR)


def keeps_silent(_: Provider, connection: Connection) -> None:
    """Neither read nor answer."""
    connection.server.closing.wait(2)


def resets_in_the_body(_: Provider, connection: Connection) -> None:
    """Take a part of the body and reset."""
    connection.socket.recv(PIECE_BYTES)
    connection.reset()


def takes_and(act: Act) -> Act:
    """Read the whole request, then do ``act`` in the place of an answer."""

    def taken(provider: Provider, connection: Connection) -> None:
        provider.take(connection)
        act(provider, connection)

    return taken


def half_closes(_: Provider, connection: Connection) -> None:
    """Say no more, but listen on."""
    connection.socket.shutdown(socket.SHUT_WR)
    connection.wait_until_closed()


def waits(_: Provider, connection: Connection) -> None:
    """Never answer."""
    connection.wait_until_closed()


def _whole(provider: Provider, connection: Connection) -> bytes:
    if connection.seen.head.startswith(b"POST"):
        return raw_answer(provider.take(connection))
    return provider.picture(connection)


def sends_part(share: float, act: Act) -> Act:
    """Send this share of what would be the answer, then do ``act``."""

    def sent(provider: Provider, connection: Connection) -> None:
        whole = _whole(provider, connection)
        connection.send(whole[: round(len(whole) * share)])
        act(provider, connection)

    return sent


def drips(provider: Provider, connection: Connection) -> None:
    """Send everything, a small piece at a time."""
    whole = _whole(provider, connection)
    for start in range(0, len(whole), 100):
        connection.send(whole[start : start + 100])
        connection.server.closing.wait(0.002)


def sends_single_bytes(provider: Provider, connection: Connection) -> None:
    """Send everything in chunks of a single byte."""
    head, _, body = _whole(provider, connection).partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    connection.send(b"\r\n".join([*lines, b"Transfer-Encoding: chunked", b"", b""]))
    connection.send(b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")


def says(raw: bytes) -> Act:
    """Read a request as a stranger on the way does, and answer in the provider's place."""

    def said(_: Provider, connection: Connection) -> None:
        connection.read_body(int(connection.seen.header("content-length") or 0))
        connection.send(raw)

    return said
