import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.demo.wire import Head, MalformedRequest, Response, encode_head, parse_head, read_head
from tests.demo.conftest import Client

TARGETS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)
BODY = b'{"model": "none"}'
POST = b"POST /v1/images/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-x\r\n"


@given(TARGETS)
def test_a_target_comes_through_byte_for_byte(target: str) -> None:
    head = parse_head(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert head.target == target
    assert head.path == target.partition("?")[0]


def test_headers_are_found_in_any_case() -> None:
    head = parse_head(b"GET / HTTP/1.1\r\nIF-RANGE:  x \r\n\r\n")
    assert head.header("If-Range") == "x"
    assert head.header("Range") is None


@pytest.mark.parametrize(
    "block",
    [
        b"GET /\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad\r\n\r\n",
        b"\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(block: bytes) -> None:
    with pytest.raises(MalformedRequest):
        parse_head(block)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_head_or_malformed(block: bytes) -> None:
    with suppress(MalformedRequest):
        assert parse_head(block + b"\r\n\r\n").target


@pytest.mark.parametrize(
    ("version", "wish", "kept"),
    [
        ("HTTP/1.1", None, True),
        ("HTTP/1.1", "close", False),
        ("HTTP/1.0", None, False),
        ("HTTP/1.0", "keep-alive", True),
    ],
)
def test_connections_are_kept_as_http_says(version: str, wish: str | None, kept: bool) -> None:
    headers = () if wish is None else (("Connection", wish),)
    assert Head("GET", "/", version, headers).keeps_alive is kept


def test_a_length_that_the_answer_brings_is_kept() -> None:
    head = encode_head(Response(200, (("Content-Length", "99"),), b"x"), keep_alive=False)
    assert head.count(b"Content-Length") == 1
    assert b"Content-Length: 99" in head


def test_a_client_that_leaves_between_requests_is_no_error() -> None:
    async def read_nothing() -> Head | None:
        reader = asyncio.StreamReader()
        reader.feed_eof()
        return await read_head(reader)

    assert asyncio.run(read_nothing()) is None


def test_two_requests_share_a_connection(client: Client) -> None:
    request = b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = client.raw(request + request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert answer.count(b"HTTP/1.1 200 OK") == 2


def test_a_chunked_body_is_read_whole(client: Client) -> None:
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, BODY[:5], len(BODY) - 5, BODY[5:])
    answer = client.raw(POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert b"404 Not Found" in answer
    assert b"The model `none` does not exist" in answer


def test_a_client_that_asks_first_is_told_to_go_on(client: Client) -> None:
    with client.connect() as connection:
        head = b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(BODY)
        connection.sendall(POST + head)
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(BODY)
        assert b"404 Not Found" in connection.recv(1000)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
        (POST + b"Content-Length: 999999999\r\n\r\n", b"413"),
        (POST + b"Content-Length: -1\r\n\r\n", b"400"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n", b"413"),
    ],
)
def test_a_malformed_request_gets_an_answer_and_the_door(
    client: Client, request_bytes: bytes, status: bytes
) -> None:
    assert client.raw(request_bytes).startswith(b"HTTP/1.1 " + status)


def test_a_head_request_gets_no_body(client: Client) -> None:
    answer = client.raw(b"HEAD /v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404")
    assert answer.endswith(b"\r\n\r\n")
