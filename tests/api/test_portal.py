"""A network that wants a sign-in: told from everything else by one small question that gives nothing away."""

import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.client import Client
from seedream_desktop.api.portal import Portal, _foreign
from seedream_desktop.api.reports import Sending
from seedream_desktop.api.transport import Connections
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from tests.api.certificates import Authority
from tests.api.conftest import HASTY, KEY, Serve, problem_from, request_for, run
from tests.api.fault_server import FaultServer, Script, answers, is_silent
from tests.api.test_waiting import Request

ONE = {"data": [{"url": "https://example.com/a.jpeg"}]}
PAGE = b"<!doctype html><html><title>Hotel</title></html>"
HTML = {"Content-Type": "text/html"}
GATE = "http://gate.example/login?next=1"


def sent_to(location: str) -> Script:
    return answers(b"", 302, {"Location": location})


def client(base_url: str, gate: FaultServer) -> Client:
    return Client(base_url, lambda: KEY, lambda _: Path("none"), HASTY, probe_url=f"{gate.origin}/")


def explained(problem: Problem, base_url: str, probe_url: str | None) -> Problem:
    return run(Portal(Connections(base_url), base_url, HASTY, probe_url).explained(problem))


REFUSED = Problem(ProblemKind.CERTIFICATE_REFUSED, subject="api.example.com", said="self-signed")
ANSWERED = Problem(ProblemKind.NOT_THE_API, subject="api.example.com", status=200)


@pytest.mark.parametrize(
    ("probe", "problem", "page"),
    [
        (sent_to(GATE), REFUSED, GATE),
        (sent_to(GATE), ANSWERED, GATE),
        (sent_to("//gate.example/"), REFUSED, "http://gate.example/"),
        (answers(PAGE, 511, HTML), ANSWERED, "the probe"),
        (answers(PAGE, 200, HTML), REFUSED, "the probe"),
        (answers(PAGE, 200, HTML), Problem(ProblemKind.UNREACHABLE), "the probe"),
        (answers(PAGE, 200, HTML), ANSWERED, ""),
        (answers({"ok": True}), REFUSED, ""),
        (answers(PAGE, 404, HTML), REFUSED, ""),
        (sent_to("https://127.0.0.1/"), REFUSED, ""),
        (sent_to("/elsewhere"), REFUSED, ""),
        (sent_to("file:///etc/passwd"), REFUSED, ""),
        (sent_to(""), REFUSED, ""),
        (sent_to("http://gate.example/" + "a" * 3000), REFUSED, ""),
    ],
)
def test_who_answers_in_the_place_of_the_api(
    serve: Serve, probe: Script, problem: Problem, page: str
) -> None:
    gate = serve(probe)
    found = explained(problem, "https://api.example.com/v1", f"{gate.origin}/")
    if not page:
        assert found == problem
        return
    expected = f"{gate.origin}/" if page == "the probe" else page
    assert (found.kind, found.billed, found.page) == (ProblemKind.SIGN_IN_NEEDED, Billed.NO, expected)
    assert (found.subject, found.status) == (problem.subject, problem.status)


def test_the_question_holds_nothing_of_ours(serve: Serve) -> None:
    gate = serve(sent_to(GATE))
    explained(REFUSED, "https://api.example.com/v1", f"{gate.origin}/")
    (seen,) = gate.requests
    assert seen.request_line == b"GET / HTTP/1.1"
    assert seen.header("authorization") is None
    assert seen.body == b""
    assert KEY.encode() not in seen.head


@pytest.mark.parametrize("kind", sorted(set(ProblemKind)))
def test_only_what_a_sign_in_page_can_be_behind_is_asked_about(serve: Serve, kind: ProblemKind) -> None:
    gate = serve(sent_to(GATE))
    explained(Problem(kind), "https://api.example.com/v1", f"{gate.origin}/")
    asked = {
        ProblemKind.UNREACHABLE,
        ProblemKind.CERTIFICATE_REFUSED,
        ProblemKind.MOVED,
        ProblemKind.NOT_THE_API,
        ProblemKind.SIGN_IN_NEEDED,
    }
    assert bool(gate.requests) is (kind in asked)


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:1/v1", "http://192.168.1.5/v1", "https://localhost/v1"]
)
def test_an_api_near_by_is_never_asked_about(base_url: str) -> None:
    portal = Portal(Connections(base_url), base_url, HASTY, None)
    assert not portal.may_explain(REFUSED)


def test_of_a_far_api_the_plain_address_is_asked() -> None:
    for base_url, url in (
        ("https://api.example.com:8443/v1", "http://api.example.com/"),
        ("https://[2606:4700::1]/v1", "http://[2606:4700::1]/"),
    ):
        assert Portal(Connections(base_url), base_url, HASTY, None)._probe_url == url


@pytest.mark.parametrize(
    ("location", "is_foreign"),
    [
        ("https://api.example.com/", False),
        ("https://www.example.com/welcome", False),
        ("https://example.com.gate.example/", True),
        ("http://api.example.com:8002/login", True),
    ],
)
def test_the_apis_own_way_to_https_is_no_sign_in(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, location: str, is_foreign: bool
) -> None:
    gate = serve(sent_to(location))
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", gate.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    found = explained(REFUSED, "https://api.example.com/v1", f"http://api.example.com:{gate.port}/")
    assert found.page == (location if is_foreign else "")


def test_a_gate_that_says_nothing_changes_nothing(serve: Serve) -> None:
    limits = replace(HASTY, probe_s=0.1)
    gate = serve(is_silent)
    base_url = "https://api.example.com/v1"
    portal = Portal(Connections(base_url), base_url, limits, f"{gate.origin}/")
    assert run(portal.explained(REFUSED)) == REFUSED


def test_a_request_waits_for_the_sign_in_and_then_goes_on_by_itself(serve: Serve, tmp_path: Path) -> None:
    signed_in = threading.Event()
    asked_again = threading.Event()

    def gate_script(connection: object) -> None:
        if len(gate.requests) > 2:
            asked_again.set()
        (answers({}) if signed_in.is_set() else sent_to(GATE))(connection)  # type: ignore[arg-type]

    def api_script(connection: object) -> None:
        script = answers(ONE) if signed_in.is_set() else answers(PAGE, 200, HTML)
        script(connection)  # type: ignore[arg-type]

    gate, server = serve(gate_script), serve(api_script)
    request = Request(client(server.base_url, gate), tmp_path)
    assert asked_again.wait(20)
    assert len(server.requests) == 1  # the body does not go to the stranger again
    signed_in.set()
    assert request.ended().answer is not None
    assert len(server.requests) == 2
    waits = [report for report in request.reports if report.waiting_s is not None]
    assert {report.problem.page for report in waits if report.problem} == {GATE}
    assert all(report.problem and report.problem.billed is Billed.NO for report in waits)


def test_behind_a_wrong_certificate_the_request_was_never_sent(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    server = serve(answers(ONE), tls=authority.server(("gate.example",)))
    request = Request(client(f"https://localhost:{server.port}/v1", serve(sent_to(GATE))), tmp_path)
    assert request.waits.wait(20)
    while not any(report.problem and report.problem.page for report in request.reports):
        time.sleep(0.005)
    request.cancel()
    request.ended()
    assert server.requests == []
    first = next(report for report in request.reports if report.problem)
    assert first == Sending(
        0, first.total_bytes, waiting_s=0.0, problem=first.problem
    )  # said before the question


def test_a_511_without_a_page_is_still_a_sign_in_and_is_not_sent_again(serve: Serve, tmp_path: Path) -> None:
    server, gate = serve(answers(PAGE, 511, HTML)), serve(answers({}))
    asking = client(server.base_url, gate).generate(request_for(), "job", tmp_path, lambda _: None)
    problem = problem_from(lambda: run(asking))
    assert (problem.kind, problem.billed, problem.page) == (ProblemKind.SIGN_IN_NEEDED, Billed.NO, "")
    assert len(server.requests) == 1


def test_testing_the_key_says_that_a_sign_in_is_needed(serve: Serve) -> None:
    server, gate = serve(sent_to(GATE)), serve(sent_to(GATE))
    test = run(client(server.base_url, gate).test_key())
    assert test.problem is not None
    assert (test.problem.kind, test.problem.page) == (ProblemKind.SIGN_IN_NEEDED, GATE)
    assert gate.requests[0].header("authorization") is None


@given(st.text() | st.sampled_from(["http://[::1", "//[", "https://a:b", "http://gate.example/猫"]))
def test_any_redirect_leads_to_a_web_page_or_nowhere(location: str) -> None:
    asked = "http://api.example.com/"
    page = _foreign(asked, Link.parse(asked), location)
    assert not page or page.startswith(("http://", "https://"))
