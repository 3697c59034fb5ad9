"""A server on loopback that does to each connection exactly what a test says, byte by byte."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

WAIT_S = 60.0
Script = Callable[["Connection"], None]


@dataclass
class Seen:
    """One request as it arrived."""

    head: bytes
    body: bytes = b""
    arrived: threading.Event = field(default_factory=threading.Event)  # all of the body is here
    closed: threading.Event = field(default_factory=threading.Event)  # the client hung up

    @property
    def request_line(self) -> bytes:
        """The first line."""
        return self.head.split(b"\r\n", 1)[0]

    def header(self, name: str) -> str | None:
        """The value of a header, None where it is absent."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return None


class Connection:
    """One connection, from the server's side."""

    def __init__(self, server: FaultServer, opened: socket.socket) -> None:
        self.server = server
        self.socket = opened
        self.seen = Seen(b"")

    def read_head(self) -> Seen:
        """Read up to the empty line."""
        received = b""
        while b"\r\n\r\n" not in received:
            chunk = self.socket.recv(65536)
            if not chunk:
                raise ConnectionError("hung up in the head")
            received += chunk
        head, _, rest = received.partition(b"\r\n\r\n")
        self.seen = Seen(head, rest)
        self.server.note(self.seen)
        return self.seen

    def read_request(self) -> Seen:
        """Read head and body."""
        seen = self.read_head()
        self.read_body(int(seen.header("content-length") or 0))
        return seen

    def read_body(self, size_bytes: int) -> None:
        """Read until so many bytes of the body are here."""
        body = bytearray(self.seen.body)
        while len(body) < size_bytes:
            chunk = self.socket.recv(1024 * 1024)
            if not chunk:
                raise ConnectionError("hung up in the body")
            body += chunk
        self.seen.body = bytes(body)
        self.seen.arrived.set()

    def send(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(raw)

    def reset(self) -> None:
        """End with a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def wait_until_closed(self) -> None:
        """Return when the client hangs up, and note it; give up when the server is closed."""
        with contextlib.suppress(OSError):
            while not self.server.closing.is_set():
                if select.select([self.socket], [], [], 0.02)[0] and not self.socket.recv(65536):
                    break
        self.seen.closed.set()


class FaultServer:
    """Plays one script per connection, the last one again and again."""

    def __init__(
        self, *scripts: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.scripts = list(scripts)
        self.requests: list[Seen] = []
        self.connections = 0
        self.closing = threading.Event()
        self._tls = tls
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._host = host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(WAIT_S)

    @property
    def origin(self) -> str:
        """What links begin with."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What a client is given."""
        return f"{self.origin}/v1"

    def note(self, seen: Seen) -> None:
        """Remember a request."""
        with self._changed:
            self.requests.append(seen)
            self._changed.notify_all()

    def wait_for_request(self) -> Seen:
        """The first request, once it is here."""
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.requests), WAIT_S)
            return self.requests[0]

    def _start(self, function: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                opened, _ = self._listener.accept()
                script = self.scripts[min(self.connections, len(self.scripts) - 1)]
                self.connections += 1
                self._start(self._serve, opened, script)

    def _serve(self, opened: socket.socket, script: Script) -> None:
        with contextlib.suppress(OSError), contextlib.closing(opened):
            opened.settimeout(WAIT_S)
            served = self._tls.wrap_socket(opened, server_side=True) if self._tls else opened
            with contextlib.closing(served):
                script(Connection(self, served))


def raw_answer(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """An answer with its length; ``headers`` replace the usual ones."""
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status} Word\r\n{lines}\r\n".encode("latin-1") + body


def answers(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Script:
    """A script that reads a request and answers; anything but bytes becomes JSON."""
    encoded = body if isinstance(body, bytes) else json.dumps(body).encode()

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(raw_answer(encoded, status, headers))

    return script


def sends(raw: bytes) -> Script:
    """A script that reads a request and sends bytes as they are."""

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(raw)

    return script


def is_silent(connection: Connection) -> None:
    """Read the request and never answer."""
    connection.read_request()
    connection.wait_until_closed()


def drops(connection: Connection) -> None:
    """Read the request and close without a word."""
    connection.read_request()


def resets(connection: Connection) -> None:
    """Read the request and reset."""
    connection.read_request()
    connection.reset()


def drips(body: bytes, pause_s: float, headers: Mapping[str, str] | None = None) -> Script:
    """Answer one byte at a time."""

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(raw_answer(body, headers=headers)[: -len(body)])
        for byte in body:
            if connection.server.closing.is_set():
                return
            connection.send(bytes((byte,)))
            time.sleep(pause_s)

    return script
