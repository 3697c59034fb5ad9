"""What is sent again, what never is, and what each failure means for money."""

import json
import socket
import time
from dataclasses import replace

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from seedream_desktop.generation.errors import Billed, ProblemKind
from tests.api.conftest import (
    HASTY,
    KEY,
    Asking,
    Serve,
    client_of,
    problem_from,
    reference_to,
    request_for,
    run,
)
from tests.api.fault_server import (
    WAIT_S,
    Connection,
    Script,
    answers,
    drops,
    is_silent,
    raw_answer,
    resets,
    sends,
)

ONE = {"data": [{"url": "https://example.com/a.jpeg"}]}
RATE = {"error": {"code": "RateLimitExceeded.EndpointRPMExceeded", "message": "slow down"}}
LARGE_BYTES = 30_000_000  # more than the system buffers between two sockets


def slow_but_alive(connection: Connection) -> None:
    connection.read_request()
    body = json.dumps(ONE).encode()
    connection.send(raw_answer(body)[: -len(body)])
    for start in range(0, len(body), 5):
        connection.send(body[start : start + 5])
        time.sleep(0.05)


def test_a_slow_answer_that_is_alive_is_waited_for(serve: Serve, asking: Asking) -> None:
    started_s = time.monotonic()
    answer = asking.answer(serve(slow_but_alive), limits=replace(HASTY, read_s=0.25))
    assert answer.pictures[0].url == "https://example.com/a.jpeg"
    assert time.monotonic() - started_s > 0.4


@pytest.mark.parametrize(
    ("images_in_set", "limits"), [(None, replace(HASTY, read_s=0.1)), (3, replace(HASTY, set_read_s=0.1))]
)
def test_a_set_may_keep_silent_for_another_time(
    serve: Serve, asking: Asking, images_in_set: int | None, limits: Limits
) -> None:
    request = request_for(images_in_set=images_in_set)
    problem = asking.problem(serve(is_silent), request, limits)
    assert (problem.kind, problem.billed) == (ProblemKind.NO_ANSWER, Billed.MAYBE)


def test_a_model_says_how_long_it_may_keep_silent(serve: Serve, asking: Asking) -> None:
    server = serve(is_silent)
    client = Client(server.base_url, lambda: KEY, lambda _: asking.spool, HASTY, silence_s=lambda _: 0.1)
    work = client.generate(request_for(), "job", asking.spool, asking.reports.append)
    assert problem_from(lambda: run(work)).kind is ProblemKind.NO_ANSWER


def truncated(connection: Connection) -> None:
    connection.read_request()
    connection.send(raw_answer(b'{"data": [{"url"', headers={"Content-Length": "500"}))


def cut_in_the_head(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Le")


AFTER_SENDING = {
    "dropped": (drops, ProblemKind.CONNECTION_BROKE),
    "reset": (resets, ProblemKind.CONNECTION_BROKE),
    "cut in the head": (cut_in_the_head, ProblemKind.CONNECTION_BROKE),
    "truncated": (truncated, ProblemKind.CONNECTION_BROKE),
    "silent": (is_silent, ProblemKind.NO_ANSWER),
    "no http": (sends(b"hello\r\n\r\n"), ProblemKind.CONNECTION_BROKE),
    "huge header": (
        sends(raw_answer(b"{}", headers={"X-Huge": "a" * 200_000})),
        ProblemKind.CONNECTION_BROKE,
    ),
}


@pytest.mark.parametrize(("script", "kind"), AFTER_SENDING.values(), ids=AFTER_SENDING)
def test_after_the_body_nothing_is_sent_again(
    serve: Serve, asking: Asking, script: Script, kind: ProblemKind
) -> None:
    server = serve(script)
    problem = asking.problem(server, limits=replace(HASTY, read_s=0.2))
    assert (problem.kind, problem.billed) == (kind, Billed.MAYBE)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [408, 409, 425, 500, 502, 503, 504, 520, 524])
def test_a_server_fault_may_be_billed_and_is_not_repeated(serve: Serve, asking: Asking, status: int) -> None:
    server = serve(answers(b"<html><title>Bad gateway</title></html>", status, {"Content-Type": "text/html"}))
    problem = asking.problem(server)
    assert (problem.kind, problem.billed, problem.status) == (ProblemKind.SERVER_FAULT, Billed.MAYBE, status)
    assert problem.said == "Bad gateway"
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 415, 422])
def test_a_refusal_costs_nothing_and_is_not_repeated(serve: Serve, asking: Asking, status: int) -> None:
    server = serve(answers({"error": {"message": "no", "code": ""}}, status))
    assert asking.problem(server).billed is Billed.NO
    assert len(server.requests) == 1


def test_a_rate_limit_is_waited_out_three_times_and_told(serve: Serve, asking: Asking) -> None:
    server = serve(*[answers(RATE, 429, {"Retry-After": "99999"})] * 3, answers(ONE))
    asking.answer(server)
    waits = [report for report in asking.reports if report.waiting_s is not None]
    assert [report.waiting_s for report in waits] == [pytest.approx(HASTY.longest_wait_s, abs=0.01)] * 3
    assert {report.problem.kind for report in waits if report.problem} == {ProblemKind.RATE_LIMITED}
    assert {seen.header("idempotency-key") for seen in server.requests} == {"job-1"}
    assert not any(report.body_complete for report in waits)


def test_a_fourth_rate_limit_is_the_end(serve: Serve, asking: Asking) -> None:
    server = serve(answers(RATE, 429))
    problem = asking.problem(server)
    assert (problem.kind, problem.billed) == (ProblemKind.RATE_LIMITED, Billed.NO)
    assert len(server.requests) == 4


def test_a_spent_quota_is_not_repeated(serve: Serve, asking: Asking) -> None:
    server = serve(answers({"error": {"code": "QuotaExceeded", "message": "used up"}}, 429))
    assert asking.problem(server).kind is ProblemKind.QUOTA_SPENT
    assert len(server.requests) == 1


def test_an_unavailable_server_that_says_when_is_asked_once_more(serve: Serve, asking: Asking) -> None:
    server = serve(answers(b"", 503, {"Retry-After": "1"}))
    assert asking.problem(server).billed is Billed.MAYBE
    assert len(server.requests) == 2


def hangs_up_early(connection: Connection) -> None:
    connection.read_head()
    connection.reset()


def test_a_body_that_breaks_off_is_sent_once_more(serve: Serve, asking: Asking) -> None:
    server = serve(hangs_up_early)
    (asking.spool / "reference").write_bytes(b"x" * LARGE_BYTES)
    problem = asking.problem(server, request_for(references=(reference_to(asking.spool / "reference"),)))
    assert (problem.kind, problem.billed) == (ProblemKind.SENDING_BROKE, Billed.NO)
    assert len(server.requests) == 2


def stops_reading(connection: Connection) -> None:
    connection.read_head()
    connection.server.closing.wait(WAIT_S)


def test_a_server_that_stops_reading_costs_nothing(serve: Serve, asking: Asking) -> None:
    server = serve(stops_reading)
    (asking.spool / "reference").write_bytes(b"x" * LARGE_BYTES)
    request = request_for(references=(reference_to(asking.spool / "reference"),))
    problem = asking.problem(server, request, replace(HASTY, write_s=0.2))
    assert (problem.kind, problem.billed) == (ProblemKind.SENDING_BROKE, Billed.NO)


@pytest.mark.parametrize("status", [413, 401, 500])
@pytest.mark.parametrize("stays_open", [True, False])
def test_an_early_answer_arrives_at_once(serve: Serve, asking: Asking, status: int, stays_open: bool) -> None:
    def refuses_early(connection: Connection) -> None:
        connection.read_head()
        connection.send(raw_answer(b'{"error": "too much"}', status))
        if stays_open:
            connection.server.closing.wait(WAIT_S)

    (asking.spool / "reference").write_bytes(b"x" * LARGE_BYTES)
    started_s = time.monotonic()
    request = request_for(references=(reference_to(asking.spool / "reference"),))
    problem = asking.problem(serve(refuses_early), request)
    assert (problem.status, problem.said, problem.billed) == (status, "too much", Billed.NO)
    assert time.monotonic() - started_s < HASTY.write_s


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_api_is_never_followed_to_another_address(serve: Serve, asking: Asking, status: int) -> None:
    other = serve(answers(ONE))
    server = serve(answers(b"", status, {"Location": f"{other.origin}/v1/images/generations?a=b"}))
    problem = asking.problem(server)
    assert (problem.kind, problem.subject) == (ProblemKind.MOVED, f"127.0.0.1:{other.port}")
    assert (other.connections, len(server.requests)) == (0, 1)


@pytest.mark.parametrize("location", ["http://[::1", "//[", "https://a:b/", ""])
def test_an_api_that_moved_to_no_address_has_moved(serve: Serve, asking: Asking, location: str) -> None:
    server = serve(answers(b"", 302, {"Location": location} if location else None))
    problem = asking.problem(server)
    assert (problem.kind, problem.billed) == (ProblemKind.MOVED, Billed.NO)
    assert run(client_of(server).test_key()).problem == problem
    assert len(server.requests) == 2


UNREADABLE = {
    "null": b"null",
    "list": b"[]",
    "string": b'"x"',
    "object": b"{}",
    "cut": b'{"data": [{"url": "https://exa',
    "text": b"fine, thanks",
    "deep": b"[" * 100_000,
    "data is text": b'{"data": "x"}',
    "binary": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_200_that_cannot_be_read_is_paid_for_and_kept(serve: Serve, asking: Asking, body: bytes) -> None:
    server = serve(answers(body))
    problem = asking.problem(server)
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_UNREADABLE, Billed.YES)
    assert (asking.spool / "answer.raw").read_bytes() == body
    assert len(server.requests) == 1


def test_a_200_with_nothing_in_it_is_paid_for(serve: Serve, asking: Asking) -> None:
    problem = asking.problem(serve(answers(b"")))
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_UNREADABLE, Billed.YES)


def test_what_came_of_an_answer_that_broke_off_is_kept(serve: Serve, asking: Asking) -> None:
    problem = asking.problem(serve(truncated))
    assert (problem.kind, problem.billed) == (ProblemKind.CONNECTION_BROKE, Billed.MAYBE)
    assert (asking.spool / "answer.raw").read_bytes() == b'{"data": [{"url"'


def test_an_unreadable_answer_of_many_bytes_is_kept_whole(serve: Serve, asking: Asking) -> None:
    body = b'{"data": [{"b64_json": "' + b"QUJD" * 1_000_000
    asking.problem(serve(answers(body)))
    assert (asking.spool / "answer.raw").read_bytes() == body
    assert [path.name for path in asking.spool.iterdir()] == ["answer.raw"]


@pytest.mark.parametrize("data", [[], None, {}])
def test_an_answer_without_pictures_is_paid_for(serve: Serve, asking: Asking, data: object) -> None:
    problem = asking.problem(serve(answers({"data": data, "created": 1})))
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_EMPTY, Billed.YES)


@pytest.mark.parametrize("status", [200, 403, 404])
def test_a_web_page_is_not_the_api(serve: Serve, asking: Asking, status: int) -> None:
    page = b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE html><html><body>Sign in</body></html>"
    problem = asking.problem(serve(answers(page, status, {"Content-Type": "text/html"})))
    assert (problem.kind, problem.billed) == (ProblemKind.NOT_THE_API, Billed.NO)
    assert not list(asking.spool.iterdir())


def test_a_compressed_answer_is_not_unpacked(serve: Serve, asking: Asking) -> None:
    problem = asking.problem(serve(answers(b"\x1f\x8b", headers={"Content-Encoding": "gzip, gzip"})))
    assert problem.kind is ProblemKind.ANSWER_UNREADABLE


def test_an_endless_answer_is_refused(serve: Serve, asking: Asking) -> None:
    def endless(connection: Connection) -> None:
        connection.read_request()
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n[")
        while not connection.server.closing.is_set():
            connection.send(b"1," * 500_000)

    problem = asking.problem(serve(endless))
    assert problem.kind is ProblemKind.ANSWER_UNREADABLE


def test_a_full_disk_is_said_to_be_one(serve: Serve, asking: Asking) -> None:
    asking.spool = asking.spool / "gone"
    problem = asking.problem(serve(answers({"data": [{"b64_json": "QUJD"}]})))
    assert (problem.kind, problem.billed) == (ProblemKind.LIBRARY_AWAY, Billed.YES)


@pytest.mark.parametrize("interim", [b"103 Early Hints\r\nLink: a", b"100 Continue"])
def test_interim_answers_are_passed_over(serve: Serve, asking: Asking, interim: bytes) -> None:
    def script(connection: Connection) -> None:
        connection.read_head()
        connection.send(b"HTTP/1.1 " + interim + b"\r\n\r\n")
        connection.read_body(int(connection.seen.header("content-length") or 0))
        connection.send(raw_answer(b'{"data": [{"url": "https://example.com/a"}]}'))

    assert asking.answer(serve(script)).pictures[0].url == "https://example.com/a"


def test_an_answer_of_http_1_0_is_read(serve: Serve, asking: Asking) -> None:
    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(b'HTTP/1.0 200 OK\r\n\r\n{"data": [{"url": "https://example.com/a"}]}')

    assert asking.answer(serve(script)).pictures[0].url == "https://example.com/a"


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this computer has no IPv6")
def test_an_api_by_its_ipv6_address_is_asked_like_any_other(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE), host="::1")
    assert asking.answer(server).pictures
    assert server.requests[0].header("host") == f"[::1]:{server.port}"
