"""Encrypted connections: the system's and a company's own authorities, and no way around them."""

import base64
import os
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
import truststore

from seedream_desktop.api import transport
from seedream_desktop.api.client import Client
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from tests.api.certificates import Authority
from tests.api.conftest import HASTY, KEY, Asking, Serve, problem_from, reference_to, request_for, run
from tests.api.fault_server import WAIT_S, Connection, FaultServer, answers, drops, raw_answer

PICTURE = b"\xff\xd8\xff" + os.urandom(700_000)
INLINE = {"data": [{"b64_json": base64.b64encode(PICTURE).decode()}]}


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that the system trusts."""
    made = Authority(tmp_path_factory.mktemp("authority"))
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    return made


def client_by_name(server: FaultServer, reference: Path = Path("none")) -> Client:
    return Client(f"https://localhost:{server.port}/v1", lambda: KEY, lambda _: reference, HASTY)


def failed(server: FaultServer, folder: Path, reference: Path = Path("none"), **parts: Any) -> Problem:
    client = client_by_name(server, reference)
    return problem_from(lambda: run(client.generate(request_for(**parts), "job", folder, lambda _: None)))


def test_a_whole_request_and_a_large_answer_pass(serve: Serve, authority: Authority, asking: Asking) -> None:
    server = serve(answers(INLINE), tls=authority.server())
    reference = asking.spool / "reference"
    reference.write_bytes(PICTURE)
    client = client_by_name(server, reference)
    request = request_for(references=(reference_to(reference),))
    run(client.generate(request, "job", asking.spool, asking.reports.append))
    assert (asking.spool / "picture-0.bin").read_bytes() == PICTURE
    assert base64.b64encode(PICTURE) in server.requests[0].body


def test_a_download_passes(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    server = serve(answers(PICTURE, headers={"Content-Type": "image/png"}), tls=authority.server())
    link = f"https://localhost:{server.port}/a%2fb?c=~%7e"
    run(client_by_name(server).download(link, tmp_path / "a", lambda _a, _b: None))
    assert (tmp_path / "a").read_bytes() == PICTURE
    assert server.requests[0].request_line == b"GET /a%2fb?c=~%7e HTTP/1.1"


BAD = {
    "another host": {"names": ("other.example",)},
    "over": {"shifted_days": -10},
    "not yet": {"shifted_days": 10},
}


@pytest.mark.parametrize("certificate", BAD.values(), ids=BAD)
def test_a_bad_certificate_is_refused_once_with_the_reason(
    serve: Serve, authority: Authority, tmp_path: Path, certificate: dict[str, object]
) -> None:
    server = serve(answers(INLINE), tls=authority.server(**certificate))  # type: ignore[arg-type]
    problem = failed(server, tmp_path)
    assert (problem.kind, problem.billed) == (ProblemKind.CERTIFICATE_REFUSED, Billed.NO)
    assert problem.said
    assert (server.connections, len(server.requests)) == (1, 0)


def test_an_unknown_authority_is_refused(serve: Serve, tmp_path: Path) -> None:
    server = serve(answers(INLINE), tls=Authority(tmp_path).server())
    assert failed(server, tmp_path).kind is ProblemKind.CERTIFICATE_REFUSED


def test_a_server_without_tls_proves_nothing(serve: Serve, tmp_path: Path) -> None:
    def says_hello(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    problem = failed(serve(says_hello), tmp_path)
    assert (problem.kind, problem.billed) == (ProblemKind.CERTIFICATE_REFUSED, Billed.NO)


def test_a_drop_after_the_body_may_be_billed(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    server = serve(drops, tls=authority.server())
    assert failed(server, tmp_path).billed is Billed.MAYBE
    assert len(server.requests) == 1


def test_an_early_answer_arrives_at_once(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    def refuses_early(connection: Connection) -> None:
        connection.read_head()
        connection.send(raw_answer(b'{"error": "too much"}', 413))
        connection.server.closing.wait(WAIT_S)

    path = tmp_path / "reference"
    path.write_bytes(b"x" * 30_000_000)
    started_s = time.monotonic()
    server = serve(refuses_early, tls=authority.server())
    problem = failed(server, tmp_path, path, references=(reference_to(path),))
    assert (problem.kind, problem.said) == (ProblemKind.TOO_LARGE, "too much")
    assert time.monotonic() - started_s < HASTY.write_s


def test_without_any_authority_of_the_system_the_bundled_ones_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_has_roots", lambda: False)
    context = transport._tls_context()
    assert context.cert_store_stats()["x509_ca"] > 50
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_an_authority_file_that_is_gone_keeps_nobody_from_starting(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "gone"))
    server = serve(answers(INLINE), tls=Authority(tmp_path).server())
    assert failed(server, tmp_path).kind is ProblemKind.CERTIFICATE_REFUSED


def test_an_authority_file_that_holds_nothing_keeps_nobody_from_starting(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_bytes(b"nothing")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "empty.pem"))
    server = serve(answers(INLINE), tls=Authority(tmp_path).server())
    assert failed(server, tmp_path).kind is ProblemKind.CERTIFICATE_REFUSED


@pytest.mark.parametrize("is_there", [True, False])
def test_elsewhere_than_on_linux_a_companys_own_authority_counts_beside_the_systems(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_there: bool
) -> None:
    path = Authority(tmp_path).path if is_there else tmp_path / "gone.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "gone"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    transport._add_named_roots(context)
    assert context.cert_store_stats()["x509_ca"] == int(is_there)


def test_a_companys_own_authority_is_trusted_through_the_system(authority: Authority) -> None:
    assert isinstance(transport._tls_context(), truststore.SSLContext)


def test_nothing_of_a_connection_is_written_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    for has_roots in (True, False):
        monkeypatch.setattr(transport, "_has_roots", lambda has_roots=has_roots: has_roots)
        assert not getattr(transport._tls_context(), "keylog_filename", None)
    assert not (tmp_path / "keys").exists()
