"""Whatever bytes come back: an answer or a known problem, from every call, and nothing hangs."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from tests.api.conftest import HASTY, client_of, request_for, run
from tests.api.fault_server import Connection, FaultServer

LIMITS = replace(HASTY, backoff_s=0.0001, longest_wait_s=0.001, download_tries=2, read_s=5.0)
NAMES = st.sampled_from(
    "Location Retry-After Content-Encoding Content-Length Transfer-Encoding Date Content-Type ETag "
    "Content-Range Set-Cookie X-Request-Id Connection Last-Modified".split()
)
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40) | st.sampled_from(
    "5 -1 chunked gzip identity close text/html application/json image/png http://[::1 //[ /a "
    "https://gate.example/ bytes*/5 99999999999999999999 Sun,22Nov2026".split()
)
BODIES = st.binary(max_size=200) | st.sampled_from(
    [
        b'{"data": [{"url": "https://e.example/a"}]}',
        b'{"error": {"code": "RateLimitExceeded"}}',
        b"<html>x</html>",
        b"5\r\nabcde\r\n0\r\n\r\n",
        b"",
    ]
)


def _raw(status: int, headers: dict[str, str], body: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Word\r\n{lines}\r\n".encode("latin-1") + body


RAW = st.binary(max_size=300) | st.builds(_raw, st.integers(100, 599), st.dictionaries(NAMES, VALUES), BODIES)


class Parrot(FaultServer):
    """Sends what it is told to, whoever asks."""

    def __init__(self) -> None:
        super().__init__(self._play)
        self.raw: bytes = b""

    def _play(self, connection: Connection) -> None:
        connection.read_request()
        connection.send(self.raw)


@pytest.fixture(scope="module")
def parrot() -> Iterator[Parrot]:
    with Parrot() as server:
        yield server


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(work: Coroutine[Any, Any, Any]) -> Any:
    """What came of it, a value or a problem; anything else fails the test."""
    try:
        return run(work)
    except ProblemError as error:
        return error.problem


@QUICK
@given(raw=RAW)
def test_any_bytes_are_an_answer_or_a_known_problem(parrot: Parrot, tmp_path: Path, raw: bytes) -> None:
    parrot.raw = raw
    found = outcome(client_of(parrot, LIMITS).generate(request_for(), "job", tmp_path, lambda _: None))
    assert isinstance(found, Answer) or found.kind is not ProblemKind.UNEXPECTED


@QUICK
@given(raw=RAW)
def test_any_bytes_are_a_picture_or_a_known_problem(parrot: Parrot, tmp_path: Path, raw: bytes) -> None:
    parrot.raw = raw
    target = tmp_path / "picture"
    found = outcome(client_of(parrot, LIMITS).download(f"{parrot.origin}/a", target, lambda _a, _b: None))
    assert target.exists() is (found is None)
    target.unlink(missing_ok=True)


@QUICK
@given(raw=RAW)
def test_any_bytes_are_something_that_a_key_test_can_say(parrot: Parrot, raw: bytes) -> None:
    parrot.raw = raw
    test = run(client_of(parrot, LIMITS).test_key())
    assert test.key_is_right is not None or test.problem is not None
