"""A plain client for the stand-in: what it says on the wire, without any of the application's own code."""

import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.demo_fixtures import PATIENCE_S, Demo

LITE = "doubao-seedream-5-0-260128"
SMALLEST = {"model": "doubao-seedream-3-0-t2i-250415", "prompt": "a cat wearing a scarf", "size": "512x512"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def payload(self) -> Any:
        """The JSON in the body."""
        return json.loads(self.body)


class Client:
    """Calls the stand-in with the demo's key."""

    def __init__(self, demo: Demo) -> None:
        self.port = demo.port
        self.key = demo.key

    def call(
        self, method: str, target: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request on a connection of its own."""
        sent = {"Authorization": f"Bearer {self.key}"} if headers is None else headers
        content = body if body is None or isinstance(body, bytes) else json.dumps(body)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, target, content, dict(sent))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def generate(self, **fields: object) -> Reply:
        """A generation, by default of the smallest picture that any model draws."""
        return self.call("POST", "/v1/images/generations", {**SMALLEST, **fields})

    def link(self, **fields: object) -> str:
        """The target, path and query, of a freshly made picture's link."""
        url: str = self.generate(**fields).payload["data"][0]["url"]
        return url.removeprefix(f"http://127.0.0.1:{self.port}")

    def fetch(self, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        """What the object store answers, by default with no headers of our own."""
        return self.call("GET", target, headers=headers or {})

    def connect(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)

    def raw(self, request: bytes) -> bytes:
        """Sends these bytes and reads until the server closes."""
        with self.connect() as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


@pytest.fixture
def client(demo: Demo) -> Client:
    """A plain client of the running stand-in."""
    return Client(demo)


@pytest.fixture
def picture_bytes() -> Callable[..., bytes]:
    """Makes picture files: `picture_bytes("PNG", (64, 48))`."""

    def make(file_format: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
        target = BytesIO()
        Image.new(mode, size, "teal" if mode == "RGB" else None).save(target, file_format)
        return target.getvalue()

    return make


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
