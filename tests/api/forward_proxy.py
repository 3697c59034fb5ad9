"""A forward proxy on loopback: CONNECT, with or without a password, to the hosts that it knows."""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import threading
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
        with socket.create_connection(("127.0.0.1", port), WAIT_S) as inside:
            outside.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self._pump, args=(inside, outside), daemon=True)
            back.start()
            self._pump(outside, inside)
            back.join(WAIT_S)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                self.read += piece
                target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _basic(login: str) -> str:
    return f"Basic {base64.b64encode(login.encode()).decode()}"
