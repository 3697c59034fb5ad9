"""Fetching pictures: byte for byte asked for, whole or not at all, as often as it takes."""

import hashlib
import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.api import limits
from seedream_desktop.generation.errors import Billed, ProblemKind
from tests.api.conftest import HASTY, Serve, client_of, problem_from, run
from tests.api.fault_server import Connection, FaultServer, Script, answers, is_silent, raw_answer, sends

PICTURE = b"\xff\xd8\xff" + os.urandom(300_000)
JPEG = {"Content-Type": "image/jpeg"}
DENIED = b'{"Code":"AccessDenied","Message":"Access Denied","EC":"0003-00000015"}'
DENIED_XML = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
QUERY = "?X-Tos-Date=20200101T000000Z&X-Tos-Expires=86400"


class Fetching:
    """Fetches from a server into a folder."""

    def __init__(self, folder: Path) -> None:
        self.target = folder / "picture-0.bin"
        self.reports: list[tuple[int, int | None]] = []

    def fetch(self, server: FaultServer, path: str = "/a.jpeg", **options: Any) -> None:
        client = client_of(server, options.pop("limits", HASTY))
        url = server.origin + path
        run(client.download(url, self.target, lambda *report: self.reports.append(report), **options))

    def problem(self, server: FaultServer, path: str = "/a.jpeg", **options: Any) -> Any:
        found = problem_from(lambda: self.fetch(server, path, **options))
        assert found.billed is Billed.YES
        assert not list(self.target.parent.iterdir())
        return found


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path)


VERBATIM = (
    "/a%2Fb.jpeg?X-Tos-Credential=AKLT%2F20260128%2Fcn-beijing%2Ftos%2Frequest&X-Tos-Signature=ab",
    "/%7Ea/%e4%bd%9c+%41?s=%2f~%7e+/==&%26=%3D&x=%252F",
    "/a/../b/./c//d?k=1&k=2&b&c=&",
    "/a?",
    "?only=query",
    "/100%?a=100%&b=[0]:@!$'()*,;|^`{}\\",
    "/" + "a" * 8000,
)


@pytest.mark.parametrize("path", VERBATIM)
def test_the_request_line_is_the_link(serve: Serve, fetching: Fetching, path: str) -> None:
    server = serve(answers(PICTURE, headers=JPEG))
    fetching.fetch(server, path)
    expected = path if path.startswith("/") else "/" + path
    assert server.requests[0].request_line == f"GET {expected} HTTP/1.1".encode()


def test_what_no_request_line_can_hold_is_escaped_and_nothing_else(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(PICTURE, headers=JPEG))
    fetching.fetch(server, "/猫 %2f?名=%e4#part")
    assert server.requests[0].request_line == b"GET /%E7%8C%AB%20%2f?%E5%90%8D=%e4 HTTP/1.1"


@pytest.mark.parametrize("name", ["authorization", "cookie", "referer", "idempotency-key", "range"])
def test_nothing_of_ours_goes_along(serve: Serve, fetching: Fetching, name: str) -> None:
    server = serve(answers(PICTURE, headers={**JPEG, "Set-Cookie": "a=b"}))
    fetching.fetch(server)
    fetching.fetch(server)
    assert server.requests[1].header(name) is None
    assert server.requests[1].header("accept-encoding") == "identity"


def test_the_bytes_arrive_and_nothing_else_is_left(serve: Serve, fetching: Fetching) -> None:
    fetching.fetch(serve(answers(PICTURE, headers=JPEG)))
    assert fetching.target.read_bytes() == PICTURE
    assert list(fetching.target.parent.iterdir()) == [fetching.target]
    assert fetching.reports[-1] == (len(PICTURE), len(PICTURE))


def test_a_body_without_a_length_arrives(serve: Serve, fetching: Fetching) -> None:
    fetching.fetch(serve(answers(PICTURE, headers={**JPEG, "Content-Length": ""})))
    assert fetching.target.read_bytes() == PICTURE


def store(breaks_at: tuple[int, ...], etag: str = '"v1"', odd: bytes = b"") -> Script:
    """An object store that breaks off at these sizes, one per request, and then serves the rest."""
    breaks = list(breaks_at)

    def script(connection: Connection) -> None:
        seen = connection.read_request()
        start = int((seen.header("range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        size = len(PICTURE)
        headers = {**JPEG, "ETag": etag, "Content-Length": str(size - start)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        raw = odd if odd and start else raw_answer(PICTURE[start:], 206 if start else 200, headers)
        if breaks:
            head = raw.index(b"\r\n\r\n") + 4
            connection.send(raw[: head + breaks.pop(0)])
            connection.reset() if len(breaks) % 2 else None
        else:
            connection.send(raw)

    return script


def test_a_broken_download_goes_on_where_it_stopped(serve: Serve, fetching: Fetching) -> None:
    server = serve(store((100_000, 50_000)))
    fetching.fetch(server)
    assert hashlib.sha256(fetching.target.read_bytes()).digest() == hashlib.sha256(PICTURE).digest()
    ranges = [seen.header("range") for seen in server.requests]
    assert ranges[0] is None
    assert len(ranges) == 3
    assert all(text and text != "bytes=0-" for text in ranges[1:])
    assert {seen.header("if-range") for seen in server.requests[1:]} == {'"v1"'}


def test_progress_counts_as_patience(serve: Serve, fetching: Fetching) -> None:
    fetching.fetch(serve(store((10_000,) * 12)))
    assert fetching.target.read_bytes() == PICTURE


REST = f"{len(PICTURE) - 1}/{len(PICTURE)}"
ODD_PARTS = {
    "all of it": raw_answer(PICTURE, 200, JPEG),
    "another version": raw_answer(
        PICTURE[10:], 206, {**JPEG, "ETag": '"v2"', "Content-Range": f"bytes 10-{REST}"}
    ),
    "another place": raw_answer(PICTURE[5:], 206, {**JPEG, "Content-Range": f"bytes 5-{REST}"}),
    "no range": raw_answer(PICTURE[10:], 206, JPEG),
    "refused": raw_answer(b"", 416, {"Content-Range": f"bytes */{len(PICTURE)}"}),
}


@pytest.mark.parametrize("odd", ODD_PARTS.values(), ids=ODD_PARTS)
def test_a_part_that_does_not_fit_never_makes_a_mixed_file(
    serve: Serve, fetching: Fetching, odd: bytes
) -> None:
    fetching.fetch(serve(store((10,), odd=odd)))
    assert fetching.target.read_bytes() == PICTURE


@pytest.mark.parametrize("ending", ["counted", "chunked"])
def test_a_page_in_the_place_of_the_rest_is_not_put_into_the_picture(
    serve: Serve, fetching: Fetching, ending: str
) -> None:
    """It is called the part that was asked for, is shorter, and what comes after it goes on behind it."""
    page = b"<html>try again later</html>"
    honest, numbers = store((10,)), count(1)

    def script(connection: Connection) -> None:
        if next(numbers) != 2:
            honest(connection)
            return
        connection.read_request()
        head = {**JPEG, "ETag": '"v1"', "Content-Range": f"bytes 10-{REST}"}
        if ending == "counted":
            connection.send(raw_answer(page, 206, head))
        else:
            chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page)
            connection.send(
                raw_answer(chunks, 206, {**head, "Content-Length": "", "Transfer-Encoding": "chunked"})
            )

    fetching.fetch(serve(script))
    assert fetching.target.read_bytes() == PICTURE


def test_without_a_strong_validator_it_starts_again(serve: Serve, fetching: Fetching) -> None:
    server = serve(store((100_000,), etag='W/"v1"'))
    fetching.fetch(server)
    assert fetching.target.read_bytes() == PICTURE
    assert [seen.header("range") for seen in server.requests] == [None, None]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_passes_is_tried_again(serve: Serve, fetching: Fetching, status: int) -> None:
    server = serve(answers(b"", status, {"Retry-After": "9999"}), answers(PICTURE, headers=JPEG))
    fetching.fetch(server)
    assert len(server.requests) == 2


def test_it_gives_up_in_the_end(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(b"", 500))
    assert fetching.problem(server).kind is ProblemKind.LINK_BROKE
    assert len(server.requests) == HASTY.download_tries


def test_silence_ends(serve: Serve, fetching: Fetching) -> None:
    hasty = replace(HASTY, download_read_s=0.05, download_tries=2)
    assert fetching.problem(serve(is_silent), limits=hasty).kind is ProblemKind.LINK_BROKE


@pytest.mark.parametrize("body", [DENIED, DENIED_XML])
@pytest.mark.parametrize("status", [403, 404])
def test_a_denied_link_gets_one_more_try(serve: Serve, fetching: Fetching, status: int, body: bytes) -> None:
    server = serve(answers(body, status))
    problem = fetching.problem(server)
    assert (problem.kind, problem.said) == (ProblemKind.LINK_DENIED, "Access Denied")
    assert len(server.requests) == 2


def test_an_expired_link_is_said_to_be_expired(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(DENIED, 403))
    assert fetching.problem(server, "/a" + QUERY).kind is ProblemKind.LINK_EXPIRED
    assert len(server.requests) == 1


def test_the_clock_that_counts_is_the_servers(serve: Serve, fetching: Fetching) -> None:
    headers = {"Date": "Wed, 01 Jan 2020 12:00:00 GMT"}
    server = serve(answers(DENIED, 403, headers))
    assert fetching.problem(server, "/a" + QUERY).kind is ProblemKind.LINK_DENIED


def test_the_end_that_is_given_counts_too(serve: Serve, fetching: Fetching) -> None:
    assert fetching.problem(serve(answers(DENIED, 403)), expires_ms=1000).kind is ProblemKind.LINK_EXPIRED


NO_PICTURES = {
    "json": (DENIED, {"Content-Type": "application/json"}),
    "json named a picture": (DENIED, JPEG),
    "xml named bytes": (DENIED_XML, {"Content-Type": "application/octet-stream"}),
    "page": (b"<!doctype html><title>Sign in</title>", {"Content-Type": "text/html; charset=utf-8"}),
}


def test_the_bytes_decide_what_it_is_whatever_it_is_called(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(PICTURE, headers={"Content-Type": "text/html"}))
    fetching.fetch(server)
    assert fetching.target.read_bytes() == PICTURE


@pytest.mark.parametrize(("body", "headers"), NO_PICTURES.values(), ids=NO_PICTURES)
def test_an_error_page_is_never_saved_as_a_picture(
    serve: Serve, fetching: Fetching, body: bytes, headers: dict[str, str]
) -> None:
    assert fetching.problem(serve(answers(body, headers=headers))).kind is ProblemKind.LINK_DENIED


@pytest.mark.parametrize(
    "raw",
    [
        raw_answer(b"", headers=JPEG),
        raw_answer(PICTURE, headers={**JPEG, "Content-Encoding": "gzip"}),
        raw_answer(PICTURE, headers={**JPEG, "Content-Length": str(len(PICTURE) + 1)}),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n",
    ],
    ids=["empty", "compressed", "short", "cut chunks"],
)
def test_half_a_file_is_no_file(serve: Serve, fetching: Fetching, raw: bytes) -> None:
    assert fetching.problem(serve(sends(raw))).kind is ProblemKind.LINK_BROKE


def test_a_file_without_end_is_refused(
    serve: Serve, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.api.download.PICTURE_BYTES", 100_000)
    assert limits.PICTURE_BYTES > 100_000
    problem = fetching.problem(serve(answers(PICTURE, headers={**JPEG, "Content-Length": ""})))
    assert (problem.kind, problem.limit) == (ProblemKind.FILE_TOO_LARGE, 100_000)


def test_a_redirect_is_followed_verbatim_and_without_cookies(serve: Serve, fetching: Fetching) -> None:
    other = serve(answers(PICTURE, headers=JPEG))
    server = serve(answers(b"", 302, {"Location": f"{other.origin}/%2f?a=%7E", "Set-Cookie": "a=b"}))
    fetching.fetch(server)
    assert other.requests[0].request_line == b"GET /%2f?a=%7E HTTP/1.1"
    assert other.requests[0].header("cookie") is None
    assert other.requests[0].header("authorization") is None


def test_a_redirect_may_be_relative(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(b"", 307, {"Location": "b%2f"}), answers(PICTURE, headers=JPEG))
    fetching.fetch(server, "/x/a")
    assert server.requests[1].request_line == b"GET /x/b%2f HTTP/1.1"


def test_a_fourth_redirect_is_the_end(serve: Serve, fetching: Fetching) -> None:
    server = serve(answers(b"", 302, {"Location": "/again"}))
    hasty = replace(HASTY, download_tries=1)
    assert fetching.problem(server, limits=hasty).kind is ProblemKind.LINK_BROKE
    assert len(server.requests) == limits.REDIRECTS + 1


@pytest.mark.parametrize("location", ["http://[::1", "//[", "https://a:b/", "http://a/" + "b" * 70_000])
def test_a_redirect_to_no_address_is_a_broken_link(serve: Serve, fetching: Fetching, location: str) -> None:
    server = serve(answers(b"", 302, {"Location": location}))
    assert fetching.problem(server).kind in {ProblemKind.LINK_BROKE, ProblemKind.ADDRESS_NOT_ALLOWED}


def test_a_folder_that_is_gone_is_a_problem_of_this_computer(serve: Serve, fetching: Fetching) -> None:
    fetching.target = fetching.target.parent / "gone" / "a"
    problem = problem_from(lambda: fetching.fetch(serve(answers(PICTURE, headers=JPEG))))
    assert (problem.kind, problem.billed) == (ProblemKind.LIBRARY_AWAY, Billed.YES)
