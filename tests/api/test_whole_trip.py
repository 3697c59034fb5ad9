"""The real client and the stand-in, encrypted, straight and through a real proxy: all that a job asks for."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.api.client import Client
from seedream_desktop.api.reports import Sending
from seedream_desktop.demo.server import DemoHttpServer, Wishes
from seedream_desktop.files import sha256_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.request import GenerationRequest, Reference, ResponseFormat, Size
from tests.api.certificates import Authority
from tests.api.conftest import HASTY, KEY, Serve, problem_from, run
from tests.api.forward_proxy import ForwardProxy

HOST = "api.example.com"
BASE_URL = f"https://{HOST}/v1"
MODEL = "doubao-seedream-4-0-250828"
LOGIN = "user:p@ss:word"
WRITTEN_LOGIN = "user:p%40ss%3Aword"
PATIENCE_S = 60.0
JPEG = b"\xff\xd8\xff"


@contextmanager
def standing_in(wishes: Wishes) -> Iterator[int]:
    """The stand-in on a thread of this process; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = DemoHttpServer(wishes, listener)
    ended: list[Callable[[], object]] = []
    began = threading.Event()

    async def serve() -> None:
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        ended.append(lambda: loop.call_soon_threadsafe(stopped.set))
        began.set()
        await server.run(stopped)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert began.wait(PATIENCE_S)
        yield server.port
    finally:
        ended[0]()
        thread.join(PATIENCE_S)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PNG of noise, 750 KB."""
    path = tmp_path_factory.mktemp("reference") / "noise.png"
    Image.effect_noise((900, 900), 100).save(path)
    return path


@pytest.fixture(autouse=True)
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is one of the system's, and no proxy is set."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@dataclass(frozen=True, slots=True)
class Trip:
    """A client and what it sends."""

    client: Client
    spool: Path
    request: GenerationRequest

    def all_of_it(self) -> None:
        """The list of models, the key, a picture behind a link, and a set inside the answer."""
        assert MODEL in run(self.client.models())
        assert run(self.client.test_key()).key_is_right
        self._by_link()
        self._inline()

    def _by_link(self) -> None:
        reports: list[Sending] = []
        answer = run(self.client.generate(self.request, "job-1", self.spool, reports.append))
        assert reports[-1].body_complete
        assert reports[-1].total_bytes > sum(one.size_bytes for one in self.request.references) * 4 / 3
        (picture,) = answer.pictures
        run(self.client.download(picture.url, self.spool / "link", lambda _here, _all: None))
        assert (self.spool / "link").read_bytes().startswith(JPEG)

    def _inline(self) -> None:
        of_set = replace(self.request, images_in_set=3, response_format=ResponseFormat.B64_JSON)
        answer = run(self.client.generate(of_set, "job-2", self.spool, lambda _: None))
        pictures = [(self.spool / picture.spool_name).read_bytes() for picture in answer.pictures]
        assert [picture[:3] for picture in pictures] == [JPEG] * 3
        assert len({hashlib.sha256(picture).digest() for picture in pictures}) == 3


def trip(base_url: str, spool: Path, reference: Path, proxy: str = "") -> Trip:
    sent = Reference(sha256_of(reference), "image/png", 900, 900, reference.stat().st_size, "noise.png")
    request = GenerationRequest(MODEL, "3 foxes", Size.parse("1024x1024"), (sent, sent))
    client = Client(base_url, lambda: KEY, lambda _: reference, HASTY, lambda: proxy)
    return Trip(client, spool, request)


def test_everything_passes_encrypted(authority: Authority, tmp_path: Path, reference: Path) -> None:
    with standing_in(Wishes(tls=authority.server())) as port:
        trip(f"https://127.0.0.1:{port}/v1", tmp_path, reference).all_of_it()


@pytest.fixture(scope="module")
def behind_port(authority: Authority) -> Iterator[int]:
    """The stand-in as it is reached through a proxy only: under a name that nobody can look up."""
    with standing_in(Wishes(tls=authority.server((HOST,)), origin=f"https://{HOST}")) as port:
        yield port


@pytest.mark.parametrize("kind", ["open", "with a password", "encrypted itself"])
def test_everything_passes_through_a_proxy(
    serve: Serve, authority: Authority, behind_port: int, tmp_path: Path, reference: Path, kind: str
) -> None:
    leads = ForwardProxy({f"{HOST}:443": behind_port}, LOGIN if kind == "with a password" else "")
    server = serve(leads, tls=authority.server() if kind == "encrypted itself" else None)
    login = f"{WRITTEN_LOGIN}@" if kind == "with a password" else ""
    scheme = "https" if kind == "encrypted itself" else "http"
    trip(BASE_URL, tmp_path, reference, f"{scheme}://{login}127.0.0.1:{server.port}").all_of_it()
    assert {*leads.led_to} == {f"{HOST}:443"}
    assert KEY.encode() not in leads.read
    assert b"ark-content-generation" not in leads.read


def test_the_systems_proxy_serves_as_one_that_was_chosen(
    serve: Serve, behind_port: int, tmp_path: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = ForwardProxy({f"{HOST}:443": behind_port}, LOGIN)
    monkeypatch.setenv("HTTPS_PROXY", f"{WRITTEN_LOGIN}@127.0.0.1:{serve(leads).port}")
    assert MODEL in run(trip(BASE_URL, tmp_path, reference).client.models())
    assert leads.led_to == [f"{HOST}:443"]


def refused(started: Trip) -> Problem:
    asked = started.client.generate(started.request, "job", started.spool, lambda _: None)
    return problem_from(lambda: run(asked))


@pytest.mark.parametrize("login", ["", "user:wrong@"])
def test_a_proxy_that_wants_another_password_is_named_and_costs_nothing(
    serve: Serve, behind_port: int, tmp_path: Path, reference: Path, login: str
) -> None:
    leads = ForwardProxy({f"{HOST}:443": behind_port}, LOGIN)
    port = serve(leads).port
    problem = refused(trip(BASE_URL, tmp_path, reference, f"http://{login}127.0.0.1:{port}"))
    assert (problem.kind, problem.billed) == (ProblemKind.PROXY_UNUSABLE, Billed.NO)
    assert (problem.status, problem.subject) == (407, f"127.0.0.1:{port}")
    assert leads.led_to == []
    assert KEY.encode() not in leads.read


def test_a_proxy_that_leads_to_the_service_but_not_to_its_pictures_is_named(
    serve: Serve, behind_port: int, tmp_path: Path, reference: Path
) -> None:
    port = serve(ForwardProxy({f"{HOST}:443": behind_port})).port
    client = trip(BASE_URL, tmp_path, reference, f"http://127.0.0.1:{port}").client
    fetched = client.download("https://pictures.example.com/a", tmp_path / "a", lambda _here, _all: None)
    problem = problem_from(lambda: run(fetched))
    assert (problem.kind, problem.status) == (ProblemKind.PROXY_UNUSABLE, 403)
    assert not list(tmp_path.iterdir())


def test_a_proxy_that_looks_into_what_passes_is_refused(
    serve: Serve, behind_port: int, tmp_path: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Authority(tmp_path_factory.mktemp("other"))
    with standing_in(Wishes(tls=other.server((HOST,)))) as looking:
        port = serve(ForwardProxy({f"{HOST}:443": looking})).port
        problem = refused(trip(BASE_URL, tmp_path, reference, f"http://127.0.0.1:{port}"))
    assert (problem.kind, problem.billed) == (ProblemKind.CERTIFICATE_REFUSED, Billed.NO)
