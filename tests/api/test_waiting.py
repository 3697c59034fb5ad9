"""Requests that wait: for the service all together, for the network as long as it takes."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.api.pace import Pace
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import NETWORK_AWAY, Billed, Problem, ProblemKind
from tests.api.conftest import HASTY, KEY, Asking, Serve, client_of, problem_from, request_for, run
from tests.api.fault_server import WAIT_S, Connection, FaultServer, answers

ONE = {"data": [{"url": "https://example.com/a.jpeg"}]}
RATE = {"error": {"code": "RateLimitExceeded", "message": "slow down"}}
LIMITED = Problem(ProblemKind.RATE_LIMITED, status=429)


class Request:
    """One request on a thread of its own, as the pool does it."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.reports: list[Sending] = []
        self.answer: Answer | None = None
        self.waits = threading.Event()
        self._client, self._folder = client, folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def ended(self) -> "Request":
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()
        return self

    def cancel(self) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)

    def _work(self) -> None:
        work = self._client.generate(request_for(), "job", self._folder, self._hear)
        self._task = self._loop.create_task(work)
        try:
            self.answer = self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def _hear(self, report: Sending) -> None:
        self.reports.append(report)
        if report.waiting_s is not None:
            self.waits.set()


def kinds(reports: list[Sending]) -> set[ProblemKind]:
    return {report.problem.kind for report in reports if report.problem is not None}


@contextmanager
def nothing_listens(serve: Serve) -> Iterator[FaultServer]:
    """A server that is gone; its port refuses."""
    server = serve(answers(ONE))
    server.__exit__()
    yield server


def come_back(server: FaultServer, serve: Serve) -> FaultServer:
    """Another server where ``server`` was."""
    return serve(answers(ONE), port=server.port)


def test_what_one_is_told_to_wait_all_wait(serve: Serve, tmp_path: Path) -> None:
    told, at = threading.Event(), list[float]()

    def first_waits(connection: Connection) -> None:
        answers(RATE, 429, {"Retry-After": "1"})(connection)
        at.append(time.monotonic())
        told.set()

    def notes(connection: Connection) -> None:
        at.append(time.monotonic())
        answers(ONE)(connection)

    server = serve(first_waits, notes)
    client = client_of(server, replace(HASTY, longest_wait_s=0.4))
    first = Request(client, tmp_path)
    assert told.wait(WAIT_S)
    assert first.waits.wait(WAIT_S)
    others = [Request(client, tmp_path) for _ in range(4)]
    for request in (first, *others):
        assert request.ended().answer is not None
        assert kinds(request.reports) == {ProblemKind.RATE_LIMITED}
    assert min(at[1:]) - at[0] >= 0.39
    assert len(server.requests) == 6


def test_a_hold_is_counted_down_for_everybody(asking: Asking, serve: Serve) -> None:
    client = client_of(serve(answers(ONE)), replace(HASTY, longest_wait_s=5.0))
    client._pace.hold(1.3, LIMITED)
    run(client.generate(request_for(), "job", asking.spool, asking.reports.append))
    told = [report.waiting_s for report in asking.reports if report.waiting_s is not None]
    assert told == [pytest.approx(1.3, abs=0.1), pytest.approx(1.0, abs=0.1)]
    first_part = asking.reports[2]
    assert (first_part.waiting_s, first_part.sent_bytes) == (None, 0)


def test_a_spent_quota_holds_nobody_up(serve: Serve, asking: Asking) -> None:
    client = client_of(serve(answers({"error": {"code": "QuotaExceeded"}}, 429, {"Retry-After": "9"})))
    problem_from(lambda: run(client.generate(request_for(), "job", asking.spool, lambda _: None)))
    assert client._pace.held() is None


def test_a_last_refusal_still_holds_the_others_up(serve: Serve, asking: Asking) -> None:
    client = client_of(serve(answers(RATE, 429, {"Retry-After": "9"})), replace(HASTY, longest_wait_s=0.05))
    problem_from(lambda: run(client.generate(request_for(), "job", asking.spool, lambda _: None)))
    assert client._pace.held() is not None


def test_a_longer_hold_stays() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    assert pace.held() is None
    pace.hold(8, LIMITED)
    pace.hold(2, replace(LIMITED, limit=2.0))
    now[0] = 103.0
    hold = pace.held()
    assert hold is not None
    assert (hold.left_s, hold.problem) == (5.0, LIMITED)
    now[0] = 108.0
    assert pace.held() is None


def test_a_network_that_comes_back_is_used_at_once_by_the_same_request(serve: Serve, tmp_path: Path) -> None:
    with nothing_listens(serve) as gone:
        request = Request(client_of(gone), tmp_path)
        assert request.waits.wait(WAIT_S)
        while len(request.reports) < 20:
            time.sleep(0.005)
        back = come_back(gone, serve)
        assert request.ended().answer is not None
    assert len(back.requests) == 1
    assert kinds(request.reports) <= NETWORK_AWAY
    are_waits = [report.waiting_s is not None for report in request.reports]
    assert are_waits == sorted(are_waits, reverse=True)  # a try that finds nobody is no sending


def test_who_waited_goes_out_with_the_key_of_that_moment(serve: Serve, tmp_path: Path) -> None:
    keys = ["sk-the-one-before"]
    with nothing_listens(serve) as gone:
        client = Client(gone.base_url, lambda: keys[-1], lambda _: tmp_path, HASTY)
        request = Request(client, tmp_path)
        assert request.waits.wait(WAIT_S)
        keys.append(KEY)
        back = come_back(gone, serve)
        assert request.ended().answer is not None
    assert [seen.header("authorization") for seen in back.requests] == [f"Bearer {KEY}"]


def test_who_waits_for_the_network_is_woken_by_who_gets_through(serve: Serve, tmp_path: Path) -> None:
    with nothing_listens(serve) as gone:
        client = client_of(gone, replace(HASTY, backoff_s=WAIT_S, network_wait_s=WAIT_S))
        first = Request(client, tmp_path)
        assert first.waits.wait(WAIT_S)
        come_back(gone, serve)
        started_s = time.monotonic()
        assert Request(client, tmp_path).ended().answer is not None
        assert first.ended().answer is not None
    assert time.monotonic() - started_s < WAIT_S / 2


def test_waiting_for_the_network_is_left_at_once(serve: Serve, tmp_path: Path) -> None:
    with nothing_listens(serve) as gone:
        request = Request(client_of(gone, replace(HASTY, backoff_s=WAIT_S, network_wait_s=WAIT_S)), tmp_path)
        assert request.waits.wait(WAIT_S)
        started_s = time.monotonic()
        request.cancel()
        assert request.ended().answer is None
    assert time.monotonic() - started_s < 1.0


def test_a_name_that_is_not_found_is_waited_for(tmp_path: Path) -> None:
    client = Client("https://nowhere.invalid/v1", lambda: KEY, lambda _: tmp_path, HASTY)
    request = Request(client, tmp_path)
    assert request.waits.wait(WAIT_S)
    request.cancel()
    request.ended()
    (problem,) = {report.problem for report in request.reports if report.problem is not None}
    assert (problem.kind, problem.subject) == (ProblemKind.NAME_NOT_FOUND, "nowhere.invalid")
    assert problem.billed is Billed.NO


def test_what_is_asked_about_the_account_does_not_wait(serve: Serve) -> None:
    with nothing_listens(serve) as gone:
        test = run(client_of(gone).test_key())
    assert test.problem is not None
    assert test.problem.kind is ProblemKind.UNREACHABLE
