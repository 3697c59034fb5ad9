"""Proxies from the environment: used, passed by, or a problem; never a crash, never a leak."""

import contextlib
import select
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.client import Client
from seedream_desktop.api.proxies import Proxy, parse_proxy, proxy_for
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from tests.api.certificates import Authority
from tests.api.conftest import HASTY, KEY, Serve, problem_from, request_for, run
from tests.api.fault_server import Connection, FaultServer, Script, answers, raw_answer

API = Link.parse("https://api.example.com/v1")
BASE_URL = "https://api.example.com/v1"
ONE = {"data": [{"url": "https://pictures.example/a"}]}
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def tunnels_to(server: FaultServer) -> Script:
    """A forward proxy that leads every CONNECT to ``server``."""

    def script(connection: Connection) -> None:
        connection.read_head()
        connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", server.port)) as inner:
            pair = {connection.socket: inner, inner: connection.socket}
            with contextlib.suppress(OSError):
                while not connection.server.closing.is_set():
                    for ready in select.select(list(pair), [], [], 0.02)[0]:
                        chunk = ready.recv(65536)
                        if not chunk:
                            return
                        pair[ready].sendall(chunk)

    return script


def client() -> Client:
    return Client(BASE_URL, lambda: KEY, lambda _: Path("none"), HASTY)


def failed(folder: Path) -> Problem:
    return problem_from(lambda: run(client().generate(request_for(), "job", folder, lambda _: None)))


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    return authority


def test_a_request_goes_through_a_real_proxy(
    serve: Serve, trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(answers(ONE), tls=trusted.server(("api.example.com",)))
    proxy = serve(tunnels_to(server))
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:p%40ss@127.0.0.1:{proxy.port}")
    answer = run(client().generate(request_for(), "job", tmp_path, lambda _: None))
    assert answer.pictures[0].url == "https://pictures.example/a"
    assert proxy.requests[0].request_line == b"CONNECT api.example.com:443 HTTP/1.1"
    assert proxy.requests[0].header("proxy-authorization") == "Basic dXNlcjpwQHNz"
    assert proxy.requests[0].header("authorization") is None
    assert server.requests[0].header("proxy-authorization") is None


def test_a_link_goes_through_a_proxy_verbatim(
    serve: Serve, trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = answers(b"\xff\xd8 picture", headers={"Content-Type": "image/jpeg"})
    server = serve(picture, tls=trusted.server(("pictures.example",)))
    proxy = serve(tunnels_to(server))
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
    run(client().download("https://pictures.example/a%2fb?%7e=~", tmp_path / "a", lambda _a, _b: None))
    assert proxy.requests[0].request_line == b"CONNECT pictures.example:443 HTTP/1.1"
    assert server.requests[0].request_line == b"GET /a%2fb?%7e=~ HTTP/1.1"


def test_behind_a_proxy_the_text_of_a_link_is_still_judged(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(answers(b""))
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
    fetch = client().download("https://169.254.169.254/a", tmp_path / "a", lambda _a, _b: None)
    assert problem_from(lambda: run(fetch)).kind is ProblemKind.ADDRESS_NOT_ALLOWED
    assert proxy.connections == 0


@pytest.mark.parametrize(("status", "connections"), [(407, 1), (502, 4)])
def test_a_proxy_that_refuses_is_named(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, connections: int
) -> None:
    proxy = serve(lambda connection: refuse(connection, status))
    monkeypatch.setenv("https_proxy", f"http://user:secret@127.0.0.1:{proxy.port}")
    problem = failed(tmp_path)
    assert (problem.kind, problem.billed) == (ProblemKind.PROXY_UNUSABLE, Billed.NO)
    assert (problem.status, problem.subject) == (status, f"127.0.0.1:{proxy.port}")
    assert "secret" not in repr(problem)
    assert proxy.connections == connections


def refuse(connection: Connection, status: int) -> None:
    connection.read_head()
    connection.send(raw_answer(b"", status))


def test_a_proxy_that_is_not_there_is_named(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(answers(b""))
    proxy.__exit__()
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
    problem = failed(tmp_path)
    assert (problem.kind, problem.subject) == (ProblemKind.PROXY_UNUSABLE, f"127.0.0.1:{proxy.port}")


@pytest.mark.parametrize(
    "text",
    [
        "socks5://127.0.0.1:1080",
        "socks5h://a:1",
        "socks://a:1",
        "socks4://a:1",
        "http://",
        "http://a:notaport",
        "http://[::1",
        "http://user:secret@",
        "ftp://a",
        "猫:1",
        "a b:1",
    ],
)
def test_an_odd_proxy_is_a_problem_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", text)
    told: list[Sending] = []
    asking = client().generate(request_for(), "job", tmp_path, told.append)
    problem = problem_from(lambda: run(asking))
    assert problem.kind is ProblemKind.PROXY_UNUSABLE
    assert told == []  # another try would give the same
    assert "secret" not in repr(problem)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("proxy:3128", Proxy("http", "proxy", 3128)),
        ("http://proxy", Proxy("http", "proxy", 80)),
        ("https://proxy", Proxy("https", "proxy", 443)),
        ("http://u:p%3Aw@proxy:1", Proxy("http", "proxy", 1, (b"u", b"p:w"))),
        ("http://[::1]:8080/", Proxy("http", "::1", 8080)),
    ],
)
def test_a_proxy_is_understood(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy
    assert "p:w" not in repr(proxy)


@given(st.text())
def test_any_text_is_a_proxy_or_a_problem(text: str) -> None:
    with contextlib.suppress(ProblemError):
        parse_proxy(text)


@pytest.mark.parametrize(
    ("exempt", "url", "is_direct"),
    [
        ("", "https://api.example.com", False),
        ("*", "https://api.example.com", True),
        ("example.com", "https://api.example.com", True),
        (".example.com", "https://api.example.com", True),
        ("*.example.com", "https://api.example.com", True),
        ("ample.com", "https://api.example.com", False),
        ("api.example.com:443", "https://api.example.com", True),
        ("api.example.com:8443", "https://api.example.com", False),
        ("10.0.0.0/8", "https://10.1.2.3", True),
        ("10.0.0.0/8", "https://11.1.2.3", False),
        ("[::1], fd00::/8", "https://[fd00::1]", True),
        ("[::1]", "https://api.example.com", False),
        ("a, b , api.example.com", "https://api.example.com", True),
        ("", "https://127.0.0.1:1", True),
        ("", "https://localhost:1", True),
        ("", "http://192.168.1.5", True),
    ],
)
def test_who_is_exempt_from_the_proxy(
    monkeypatch: pytest.MonkeyPatch, exempt: str, url: str, is_direct: bool
) -> None:
    monkeypatch.setenv("all_proxy", "proxy:3128")
    monkeypatch.setenv("no_proxy", exempt)
    assert (proxy_for(Link.parse(url)) is None) is is_direct


@pytest.mark.parametrize(
    ("chosen", "url", "proxy"),
    [
        ("direct", "https://api.example.com", None),
        ("other:8080", "https://api.example.com", Proxy("http", "other", 8080)),
        ("other:8080", "http://192.168.1.5", None),
        ("other:8080", "https://localhost:1", None),
        ("", "https://api.example.com", Proxy("http", "proxy", 3128)),
    ],
)
def test_a_chosen_proxy_counts_and_not_the_systems(
    monkeypatch: pytest.MonkeyPatch, chosen: str, url: str, proxy: Proxy | None
) -> None:
    monkeypatch.setenv("all_proxy", "proxy:3128")
    assert proxy_for(Link.parse(url), chosen) == proxy


def test_a_chosen_proxy_serves_what_the_system_exempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    assert proxy_for(API, "other:8080") == Proxy("http", "other", 8080)


def test_another_choice_counts_from_the_next_request_on(
    serve: Serve, trusted: Authority, tmp_path: Path
) -> None:
    server = serve(answers(ONE), tls=trusted.server(("api.example.com",)))
    chosen = ["socks5://127.0.0.1:1"]
    asking = Client(BASE_URL, lambda: KEY, lambda _: Path("none"), HASTY, lambda: chosen[0])
    work = asking.generate(request_for(), "job", tmp_path, lambda _: None)
    assert problem_from(lambda: run(work)).subject == "socks5://127.0.0.1"
    chosen[0] = f"127.0.0.1:{serve(tunnels_to(server)).port}"
    answer = run(asking.generate(request_for(), "job", tmp_path, lambda _: None))
    assert answer.pictures[0].url == "https://pictures.example/a"


@given(st.text())
def test_any_exception_list_is_survived(exempt: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("urllib.request.getproxies", lambda: {"https": "proxy:3128", "no": exempt})
        assert proxy_for(API) in {None, Proxy("http", "proxy", 3128)}


def test_without_settings_there_is_no_proxy() -> None:
    assert proxy_for(API) is None
