"""Where a download may lead: judged by the link, by every hop, and by the address on connecting."""

import socket
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.api import stream
from seedream_desktop.api.client import Client
from seedream_desktop.generation.errors import ProblemKind
from tests.api.certificates import Authority
from tests.api.conftest import HASTY, KEY, Serve, client_of, problem_from, run
from tests.api.fault_server import answers

PICTURE = b"\xff\xd8\xff picture"
JPEG = {"Content-Type": "image/jpeg"}


def fetch(client: Client, url: str, folder: Path) -> None:
    run(client.download(url, folder / "a", lambda _a, _b: None))


def far_client() -> Client:
    return Client("https://api.example.com/v1", lambda: KEY, lambda _: Path("none"), HASTY)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to ``addresses``."""

    def resolved(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port))
            for text in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("169.254.169.254",),
        ("100.100.100.200",),
        ("224.0.0.1",),
        ("0.0.0.0",),
        ("::1",),
        ("fe80::1",),
        ("fd00::1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("2002:7f00:1::",),
        ("8.8.8.8", "192.168.1.1"),
    ],
)
def test_a_name_that_leads_inside_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, addresses: tuple[str, ...]
) -> None:
    resolve_to(monkeypatch, *addresses)
    problem = problem_from(lambda: fetch(far_client(), "https://pictures.example/a", tmp_path))
    assert (problem.kind, problem.subject) == (ProblemKind.ADDRESS_NOT_ALLOWED, "pictures.example")


def test_a_name_that_leads_to_loopback_sees_no_connection(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = serve(answers(PICTURE, headers=JPEG))
    resolve_to(monkeypatch, "127.0.0.1")
    problem_from(lambda: fetch(far_client(), f"https://pictures.example:{server.port}/a", tmp_path))
    assert server.connections == 0


class Connected:
    """Notes where a connection would go, and leads it to a server instead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
        self.addresses: list[str] = []
        self._port = port
        self._connect = stream._connected
        monkeypatch.setattr(stream, "_connected", self._instead)

    async def _instead(
        self, family: socket.AddressFamily, place: tuple[Any, ...], options: tuple[Any, ...]
    ) -> socket.socket:
        self.addresses.append(place[0])
        return await self._connect(socket.AF_INET, ("127.0.0.1", self._port), options)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    return authority


@pytest.mark.parametrize("address", ["198.18.0.7", "198.19.255.1", "8.8.8.8", "2606:4700::1111"])
def test_public_places_and_those_of_a_tunnel_are_connected_to(
    serve: Serve, trusted: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    server = serve(answers(PICTURE, headers=JPEG), tls=trusted.server(("pictures.example",)))
    resolve_to(monkeypatch, address)
    connected = Connected(monkeypatch, server.port)
    fetch(far_client(), "https://pictures.example/a", tmp_path)
    assert connected.addresses == [address]
    assert (tmp_path / "a").read_bytes() == PICTURE


def test_a_name_that_changes_its_mind_is_looked_up_once_and_connected_to_where_it_was_judged(
    serve: Serve, trusted: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = serve(answers(PICTURE, headers=JPEG), tls=trusted.server(("pictures.example",)))
    told = iter(("8.8.8.8", "127.0.0.1", "127.0.0.1"))

    def resolved(_host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    connected = Connected(monkeypatch, server.port)
    fetch(far_client(), "https://pictures.example/a", tmp_path)
    assert connected.addresses == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/a",
        "https://127.0.0.1/a",
        "https://2130706433/a",
        "https://0x7f000001/a",
        "https://127.1/a",
        "https://localhost/a",
        "https://[::1]/a",
        "https://user:pass@pictures.example/a",
        "file:///etc/passwd",
        "ftp://pictures.example/a",
        "//pictures.example/a",
        "nothing",
        "",
        "https://",
        "https://pictures.example/" + "a" * 70_000,
    ],
)
def test_a_link_that_says_so_itself_is_refused(tmp_path: Path, url: str) -> None:
    problem = problem_from(lambda: fetch(far_client(), url, tmp_path))
    assert problem.kind is ProblemKind.ADDRESS_NOT_ALLOWED


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://[fd00::1]/a",
    ],
)
def test_a_redirect_inside_is_not_followed(serve: Serve, tmp_path: Path, location: str) -> None:
    server = serve(answers(b"", 302, {"Location": location}))
    problem = problem_from(lambda: fetch(client_of(server), server.origin + "/a", tmp_path))
    assert problem.kind is ProblemKind.ADDRESS_NOT_ALLOWED
    assert len(server.requests) == 1


def test_loopback_is_fine_while_the_base_url_is_loopback(serve: Serve, tmp_path: Path) -> None:
    pictures = serve(answers(PICTURE, headers=JPEG))
    fetch(client_of(serve(answers({}))), pictures.origin + "/a", tmp_path)
    assert (tmp_path / "a").read_bytes() == PICTURE


@pytest.mark.parametrize("host", ["»", "xn--zzzzzzzzzzzz", "a_b.example", "-a.example"])
def test_an_odd_name_is_looked_up_like_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str
) -> None:
    resolve_to(monkeypatch, "10.0.0.1")
    problem = problem_from(lambda: fetch(far_client(), f"https://{host}/a", tmp_path))
    assert problem.kind is ProblemKind.ADDRESS_NOT_ALLOWED


def test_the_next_address_is_tried_when_the_first_refuses(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = serve(answers(PICTURE, headers=JPEG))
    resolve_to(monkeypatch, "::1", "127.0.0.1")
    fetch(client_of(server), f"http://localhost:{server.port}/a", tmp_path)
    assert len(server.requests) == 1
