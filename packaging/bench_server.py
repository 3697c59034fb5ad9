"""The other side of the endpoint for the benches, a process of its own; prints its port, then serves.

Called as ``bench_server.py MANNER``; the manners are the functions in ``MANNERS``.
"""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import os
import sys
import time
import zlib
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

SERVER_S = 1.0  # its own time for one request, where it takes any; the fastest model takes seven times that
SET_PICTURES = 15
SIDE_PX = 2128
QUALITY = 90  # noise of that size has 4 MB then
PIECE_BYTES = 1024 * 1024
BOMB_MIB = 1536  # of zeros: 3 KB, compressed twice
NUMBERS = itertools.count()
BOMBED = {"Content-Encoding": "gzip, gzip"}


@cache
def noisy_picture() -> bytes:
    """A JPEG of about 4 MB."""
    noise = os.urandom(SIDE_PX * SIDE_PX * 4)
    return _jpeg(QImage(noise, SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32))


@cache
def calm_picture() -> bytes:
    """A JPEG with the size and the file size of a usual 1K picture."""
    noise = QImage(os.urandom(128 * 128 * 4), 128, 128, QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    return _jpeg(noise.scaled(1024, 1024, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))


def unlike_others(jpeg: bytes) -> bytes:
    """``jpeg`` with a comment that no other picture has."""
    return jpeg[:2] + b"\xff\xfe\x00\x12" + os.urandom(16) + jpeg[2:]


def _jpeg(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(QUALITY)
    writer.write(image)
    return bytes(content.data())


@cache
def bomb() -> bytes:
    """Zeros, compressed twice."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(PIECE_BYTES)
    once = b"".join(packing.compress(zeros) for _ in range(BOMB_MIB)) + packing.flush()
    return gzip.compress(once)


class Handler(BaseHTTPRequestHandler):
    """One connection; the manner decides what is answered."""

    protocol_version = "HTTP/1.1"
    manner = "plain"

    server: Server

    def do_GET(self) -> None:
        """A picture, a list of models or a figure of the account."""
        if self.manner in ENDLESS:
            self._stream(ENDLESS[self.manner]())
        elif self.manner == "bomb":
            self._answer(bomb(), BOMBED)
        elif self.path.startswith("/pictures/"):
            self._answer(unlike_others(calm_picture()), {"Content-Type": "image/jpeg"})
        else:
            known = {"data": [], "hard_limit_usd": 100, "total_usage": 0}
            self._answer(json.dumps(known).encode())

    def do_POST(self) -> None:
        """A generation."""
        self._swallow(int(self.headers["Content-Length"]))
        begun_s = time.perf_counter()
        if self.manner in ENDLESS:
            self._stream(ENDLESS[self.manner]())
        elif self.manner == "bomb":
            self._answer(bomb(), BOMBED)
        elif self.manner == "set":
            self._answer_set()
        else:
            if self.manner == "slow":
                time.sleep(SERVER_S)
            self._answer_link(begun_s)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer_link(self, begun_s: float) -> None:
        url = f"http://127.0.0.1:{self.server.server_port}/pictures/{next(NUMBERS)}"
        known = {"created": int(time.time()), "data": [{"url": url}], "usage": {"generated_images": 1}}
        self._answer(json.dumps(known | {"server_s": time.perf_counter() - begun_s}).encode())

    def _answer_set(self) -> None:
        """Pictures inside the answer, sent as they are coded."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b'{"created":%d,"data":[' % time.time())
        for number in range(SET_PICTURES):
            head = b'{"b64_json":"' if number == 0 else b',{"b64_json":"'
            self.wfile.write(head + base64.b64encode(unlike_others(noisy_picture())) + b'"}')
        self.wfile.write(b'],"usage":{"generated_images":%d}}' % SET_PICTURES)
        self.close_connection = True

    def _answer(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, parts: Iterator[bytes]) -> None:
        """Send until the other side has had enough."""
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for part in parts:
                self.wfile.write(part)
        except OSError:
            return

    def _swallow(self, size_bytes: int) -> None:
        left, piece = size_bytes, memoryview(bytearray(PIECE_BYTES))
        while left:
            got = self.rfile.readinto(piece[: min(left, PIECE_BYTES)])
            if not got:
                return
            left -= got


def _without_end(start: bytes, part: bytes, media_type: bytes = b"application/json") -> Iterator[bytes]:
    yield b"Content-Type: %b\r\nConnection: close\r\n\r\n" % media_type
    yield start
    many = part * (PIECE_BYTES // len(part))
    while True:
        yield many


def endless_picture() -> Iterator[bytes]:
    """A picture inside the answer, or behind its link, that does not end."""
    return _without_end(b'\xff\xd8{"data":[{"b64_json":"', b"QUJD", b"image/jpeg")


def endless_base64() -> Iterator[bytes]:
    """A picture inside the answer that does not end."""
    return _without_end(b'{"data":[{"b64_json":"', b"QUJD")


def endless_items() -> Iterator[bytes]:
    """A list that does not end."""
    return _without_end(b'{"data":[{"id":"a"}', b',{"id":"abc","url":"https://example.com/a"}')


def endless_depth() -> Iterator[bytes]:
    """Lists in lists."""
    return _without_end(b'{"data":', b"[")


def endless_blanks() -> Iterator[bytes]:
    """Nothing, for ever."""
    return _without_end(b"", b" \n")


def endless_head() -> Iterator[bytes]:
    """Header fields that do not end."""
    while True:
        yield b"X-More: more\r\n" * 1000


ENDLESS = {
    "endless picture": endless_picture,
    "endless base64": endless_base64,
    "endless items": endless_items,
    "endless depth": endless_depth,
    "endless blanks": endless_blanks,
    "endless head": endless_head,
}
MANNERS = ("plain", "set", "slow", "bomb", *ENDLESS)
PREPARED = {"set": noisy_picture, "slow": calm_picture, "bomb": bomb}


class Server(ThreadingHTTPServer):
    """A thread for each connection."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up."""


def main(manner: str) -> None:
    """Serve in one manner."""
    Handler.manner = manner
    if manner in PREPARED:
        PREPARED[manner]()  # before anybody waits for it
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
