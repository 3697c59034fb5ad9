"""A forward proxy on loopback: CONNECT, with or without a password, to the hosts that it knows."""

from __future__ import annotations

import base64
import contextlib
import re
import select
import socket
import ssl
from collections.abc import Mapping

from tests.api.fault_server import WAIT_S, Connection, raw_answer

CONNECT = re.compile(rb"CONNECT ([a-z0-9.-]+:\d+) HTTP/1\.1")
PIECE_BYTES = 64 * 1024


class ForwardProxy:
    """A script for a server; remembers where it led to, and every byte that it could read."""

    def __init__(self, routes: Mapping[str, int], login: str = "") -> None:
        """``routes``: port on loopback by ``host:port``; ``login`` is ``user:password``, empty: none."""
        self._routes = routes
        self._login = login
        self.led_to: list[str] = []
        self.read = bytearray()

    def __call__(self, connection: Connection) -> None:
        """Lead one connection to its end."""
        seen = connection.read_head()
        self.read += seen.head
        match = CONNECT.fullmatch(seen.request_line)
        if match is None:
            connection.send(raw_answer(b"", 405))
        elif self._login and seen.header("proxy-authorization") != _basic(self._login):
            connection.send(raw_answer(b"", 407, {"Proxy-Authenticate": 'Basic realm="all"'}))
        elif (target := match[1].decode()) not in self._routes:
            connection.send(raw_answer(b"", 403))
        else:
            self.led_to.append(target)
            self._lead(connection.socket, self._routes[target])

    def _lead(self, outside: socket.socket, port: int) -> None:
        """Pass on both directions, on one thread: two must not use one TLS connection at once."""
        with socket.create_connection(("127.0.0.1", port), WAIT_S) as inside, contextlib.suppress(OSError):
            outside.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while self._pass_on(outside, inside):
                pass

    def _pass_on(self, outside: socket.socket, inside: socket.socket) -> bool:
        """Wait for what comes next and hand it over; False at the end."""
        has_more = isinstance(outside, ssl.SSLSocket) and outside.pending() > 0
        ready = [outside] if has_more else select.select([outside, inside], [], [], WAIT_S)[0]
        for source in ready:
            piece = source.recv(PIECE_BYTES)
            if not piece:
                return False
            self.read += piece
            (inside if source is outside else outside).sendall(piece)
        return bool(ready)


def _basic(login: str) -> str:
    return f"Basic {base64.b64encode(login.encode()).decode()}"
