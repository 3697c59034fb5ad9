"""What arrived and what became of it, for tests that ask: never a key, never the bytes of a picture."""

import json
import time
from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from seedream_desktop.demo.wire import Head

MOST_KEPT = 500
SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
LONGEST_TEXT = 2_000


class Phase(Enum):
    """How far an exchange has come."""

    BODY = "body"
    GENERATING = "generating"
    ANSWERING = "answering"
    DONE = "done"


@dataclass(slots=True)
class Exchange:
    """One request on its way; times are seconds since the epoch."""

    number: int
    connection: int
    head: Head
    received_at: float
    phase: Phase = Phase.BODY
    body_complete: bool = False
    body_bytes: int = 0
    fields: object = None
    status: int | None = None
    pictures: int = 0
    sha256: tuple[str, ...] = ()
    closed_in: Phase | None = None
    closed_at: float | None = None
    answered_at: float | None = None

    def close_by_client(self) -> None:
        """Notes that the client hung up, unless the answer is already complete."""
        if self.phase is not Phase.DONE and self.closed_in is None:
            self.closed_in = self.phase
            self.closed_at = time.time()

    def take_body(self, body: bytes) -> None:
        """Notes that the whole body came."""
        self.body_complete = True
        self.body_bytes = len(body)
        self.phase = Phase.GENERATING

    def note_fields(self, body: bytes) -> None:
        """Keeps the fields of a JSON body, without the pictures in them."""
        self.fields = _fields(body)

    def finish(self) -> None:
        """Notes that the last byte of the answer was handed to the system."""
        self.phase = Phase.DONE
        self.answered_at = time.time()

    def to_json(self) -> dict[str, object]:
        """What `GET /control/requests` shows of it."""
        return {
            "number": self.number,
            "connection": self.connection,
            "method": self.head.method,
            "target": self.head.target,
            "header_names": [name for name, _ in self.head.headers],
            "headers": {name.lower(): _shown(name, value) for name, value in self.head.headers},
            "body_complete": self.body_complete,
            "body_bytes": self.body_bytes,
            "fields": self.fields,
            "phase": self.phase.value,
            "status": self.status,
            "pictures": self.pictures,
            "sha256": self.sha256,
            "received_at": self.received_at,
            "answered_at": self.answered_at,
            "closed_in": self.closed_in.value if self.closed_in else None,
            "closed_at": self.closed_at,
        }


@dataclass(slots=True)
class ExchangeLog:
    """The newest exchanges, oldest first; control calls are not in it."""

    kept: deque[Exchange] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    _count: int = 0

    def open(self, connection: int, head: Head) -> Exchange:
        """A new exchange for a request whose head has come."""
        self._count += 1
        exchange = Exchange(self._count, connection, head, time.time())
        self.kept.append(exchange)
        return exchange

    def clear(self) -> None:
        """Forgets all exchanges; numbers go on."""
        self.kept.clear()

    def to_json(self) -> dict[str, object]:
        """All exchanges, and how many of them were POSTs."""
        posts = sum(exchange.head.method == "POST" for exchange in self.kept)
        return {"posts": posts, "requests": [exchange.to_json() for exchange in self.kept]}


def _shown(name: str, value: str) -> str:
    if name.lower() in SECRET_HEADERS:
        return f"{value.partition(' ')[0]} ***"
    return value


def _fields(body: bytes) -> object:
    try:
        return _shortened(json.loads(body))
    except (ValueError, RecursionError):
        return None


def _shortened(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shortened(item) for item in value]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:40]}... ({len(value)} characters)"
    return value
