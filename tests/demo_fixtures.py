"""The stand-in for tests of any folder: `demo`, a running server with no faults and nothing recorded."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection
from typing import Any

import pytest

from seedream_desktop.demo.process import DemoServer

POLL_INTERVAL_S = 0.005
PATIENCE_S = 60.0


class Demo:
    """A running stand-in as a test drives it."""

    def __init__(self, server: DemoServer) -> None:
        self.base_url = server.base_url
        self.key = server.key
        self.port = server.port

    def set_fault(self, kind: str, **details: object) -> None:
        """Switches a fault on for the next request; keys as in `seedream_desktop/demo/faults.py`."""
        self._call("POST", "faults", {"kind": kind, **details})

    def clear_faults(self) -> None:
        """Switches all faults off."""
        self._call("DELETE", "faults")

    def set_delay(self, seconds: float) -> None:
        """How long a generation takes at least, until the end of the test."""
        self._call("POST", "delay", {"seconds": seconds})

    def set_lag(self, seconds: float) -> None:
        """How long a charge takes until it is on the bill, until the end of the test."""
        self._call("POST", "lag", {"seconds": seconds})

    def advance_clock(self, seconds: float) -> None:
        """Moves the clock by which signed links expire and charges are seen."""
        self._call("POST", "clock", {"advance_s": seconds})

    def requests(self) -> list[dict[str, Any]]:
        """What arrived since the test began, oldest first; keys as in `demo/exchanges.py`."""
        found: list[dict[str, Any]] = self._call("GET", "requests")["requests"]
        return found

    def posts(self) -> list[dict[str, Any]]:
        """The POSTs among what arrived."""
        return [request for request in self.requests() if request["method"] == "POST"]

    def wait_for(
        self, condition: Callable[[list[dict[str, Any]]], bool], timeout_s: float = PATIENCE_S
    ) -> list[dict[str, Any]]:
        """Waits until what arrived meets the condition, and returns it; fails the test when it never does."""
        deadline = time.monotonic() + timeout_s
        while not condition(found := self.requests()):
            if time.monotonic() > deadline:
                pytest.fail(f"the stand-in never saw what was waited for: {found}")
            threading.Event().wait(POLL_INTERVAL_S)
        return found

    def reset(self) -> None:
        """Faults off, requests forgotten, delay, lag and clock as at the start."""
        self._call("POST", "reset")

    def _call(self, method: str, name: str, payload: Mapping[str, object] | None = None) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, f"/control/{name}", None if payload is None else json.dumps(payload))
            answer = connection.getresponse()
            found: dict[str, Any] = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status == 200, found
        return found


@pytest.fixture(scope="session")
def demo_server() -> Iterator[DemoServer]:
    """One stand-in for the whole session, with its control endpoint."""
    with DemoServer.start(control=True) as server:
        yield server


@pytest.fixture
def demo(demo_server: DemoServer) -> Demo:
    """The stand-in with no faults on, no delay and nothing recorded; accepts any key that begins with sk-."""
    driven = Demo(demo_server)
    driven.reset()
    return driven
