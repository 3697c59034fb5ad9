"""A server that never comes to an end, or says more than anybody can hold, is left in time."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from tests.api.conftest import HASTY, Serve, client_of, request_for, run
from tests.api.fault_server import Connection
from tests.hostile import peak_mib, within

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX timers")

SECONDS = 15.0  # on a busy machine; most take a tenth of one
MEMORY_MIB = 200
LIMITS = replace(HASTY, read_s=5.0, set_read_s=5.0, list_s=5.0, download_read_s=5.0, download_tries=2)
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
Said = Callable[[], Iterable[bytes]]


def whole(body: bytes, *headers: bytes) -> list[bytes]:
    """A sound answer with ``body``."""
    return [OK + b"".join(headers) + b"Content-Length: %d\r\n\r\n" % len(body) + body]


def data(value: str) -> list[bytes]:
    return whole(f'{{"created":1,"data":{value}}}'.encode())


def endless(start: bytes, more: bytes) -> Iterable[bytes]:
    return itertools.chain([start], itertools.repeat(more * max(1, 8192 // len(more))))


PICTURE = '{"url":"https://e.example/a.png"}'
HOSTILE: dict[str, Said] = {
    "interim answers": lambda: endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "interim answers with words": lambda: endless(b"", b"HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\n"),
    "headers": lambda: endless(OK, b"X-A: b\r\n"),
    "one header": lambda: endless(OK + b"X-A: ", b"b"),
    "100,000 headers": lambda: [OK + b"X-A: b\r\n" * 100_000 + b"Content-Length: 2\r\n\r\n{}"],
    "a status line": lambda: endless(b"HTTP/1.1 200 ", b"O"),
    "an extension of a chunk": lambda: endless(CHUNKED + b"5;", b"a"),
    "a length of a chunk": lambda: endless(CHUNKED, b"0"),
    "trailers": lambda: endless(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n"),
    "a chunk of 2^60": lambda: [CHUNKED + b"1000000000000000\r\n{}"],
    "blank lines": lambda: endless(CHUNKED + b"2\r\n{}\r\n", b"\r\n"),
    "a body of brackets": lambda: whole(b"[" * 1_000_000),
    "a body of brackets and braces": lambda: whole(b'{"a":' * 100_000),
    "1,000,000 pictures": lambda: data("[" + ",".join([PICTURE] * 100_000) + "]"),
    "1,000,000 empty pictures": lambda: data("[" + "{}," * 300_000 + "{}]"),
    "1,000,000 numbers": lambda: data("[" + "1," * 900_000 + "1]"),
    "data in data": lambda: data('{"data":' * 5_000 + "[]" + "}" * 5_000),
    "numbers without end": lambda: data(f'[{{"url":"https://e.example","size":{"9" * 100_000}}}]'),
    "a time without end": lambda: whole(b'{"created":1e400,"data":[],"usage":{"total_tokens":-1e999}}'),
    "digits for a time": lambda: whole(b'{"created":' + b"9" * 100_000 + b',"data":[]}'),
    "names twice": lambda: whole(b'{"data":[],"data":5,"data":{"data":[]},"created":[]}'),
    "half characters": lambda: data('[{"url":"https://e.example/\\ud800\\u0000","b64_json":"\\udfff"}]'),
    "a body that is no gzip": lambda: whole(b"\x1f\x8b\x08" + bytes(999), b"Content-Encoding: gzip\r\n"),
    "a body in four layers": lambda: whole(b"{}", b"Content-Encoding: gzip, br, zstd, deflate\r\n"),
    "two lengths": lambda: [OK + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"],
    "a length without end": lambda: [OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}"],
    "a length and chunks": lambda: [CHUNKED[:-2] + b"Content-Length: 2\r\n\r\n{}"],
    **{
        f"a link to {link[:24]}": lambda link=link: data(json.dumps([{"url": link}]))  # type: ignore[misc]
        for link in ("file:///etc/passwd", "ftp://e.example/a", "javascript:alert(1)", "gopher://e.example")
    },
}


def outcome(work: Coroutine[Any, Any, Answer]) -> Answer | Problem:
    try:
        return run(work)
    except ProblemError as error:
        return error.problem


@pytest.mark.parametrize("name", HOSTILE)
def test_asking_ends(serve: Serve, tmp_path: Path, name: str) -> None:
    def play(connection: Connection) -> None:
        connection.read_request()
        for piece in HOSTILE[name]():
            connection.send(piece)

    before_mib = peak_mib()
    client = client_of(serve(play, play, play), LIMITS)
    with within(SECONDS):
        found = outcome(client.generate(request_for(), "job", tmp_path, lambda _: None))
    if isinstance(found, Answer):
        assert all(picture.problem or picture.url.startswith("https:") for picture in found.pictures)
    else:
        assert found.kind is not ProblemKind.UNEXPECTED
    assert peak_mib() - before_mib < MEMORY_MIB


WIRE = ("interim answers", "headers", "one header", "an extension of a chunk", "trailers", "100,000 headers")


@pytest.mark.parametrize("name", WIRE)
def test_fetching_ends_and_leaves_no_file(serve: Serve, tmp_path: Path, name: str) -> None:
    def play(connection: Connection) -> None:
        connection.read_request()
        for piece in HOSTILE[name]():
            connection.send(piece)

    server = serve(play, play, play, play)
    target = tmp_path / "picture"
    with within(SECONDS), pytest.raises(ProblemError) as caught:
        run(client_of(server, LIMITS).download(f"{server.base_url}/a.png", target, lambda *_: None))
    assert caught.value.problem.kind is not ProblemKind.UNEXPECTED
    assert not target.exists()
