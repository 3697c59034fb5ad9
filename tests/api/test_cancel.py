"""Cancelling hangs up at once, whatever is being waited for, and leaves nothing open."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from tests.api.conftest import KEY, Asking, Serve, client_of, reference_to, request_for
from tests.api.fault_server import WAIT_S, Connection, answers, drips, is_silent, raw_answer

PROMPTLY_S = 2.0  # 4 to 10 ms when nobody else uses the machine; what it would wait for takes a minute
PATIENT = Limits()


class Running:
    """Work on a thread of its own, as the pool runs it."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        self.loop = asyncio.new_event_loop()
        self.outcome: BaseException | object = None
        self._task = self.loop.create_task(work())
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def cancel(self) -> float:
        """Cancel, and return the seconds until the thread is free."""
        started_s = time.monotonic()
        self.loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(20)
        return time.monotonic() - started_s

    def _run(self) -> None:
        try:
            self.outcome = self.loop.run_until_complete(self._task)
        except BaseException as error:  # noqa: BLE001  the test looks at it
            self.outcome = error
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


def half_an_answer(connection: Connection) -> None:
    connection.read_request()
    connection.send(raw_answer(b"{" + b" " * 1000)[:-900])
    connection.wait_until_closed()


def reads_no_further(connection: Connection) -> None:
    connection.read_head()
    connection.server.closing.wait(WAIT_S)
    connection.seen.closed.set()


@pytest.mark.parametrize("script", [is_silent, half_an_answer])
def test_the_server_sees_at_once_that_nobody_waits(serve: Serve, asking: Asking, script: Any) -> None:
    server = serve(script)
    client = client_of(server, PATIENT)
    running = Running(lambda: client.generate(request_for(), "job", asking.spool, asking.reports.append))
    seen = server.wait_for_request()
    assert seen.arrived.wait(WAIT_S)
    assert running.cancel() < PROMPTLY_S
    assert seen.closed.wait(PROMPTLY_S)
    assert isinstance(running.outcome, asyncio.CancelledError)
    assert asking.reports[-1].body_complete
    assert {path.name for path in asking.spool.iterdir()} <= {
        "answer.raw"
    }  # what came may have been paid for


def test_a_body_on_its_way_is_stopped_before_it_is_complete(serve: Serve, asking: Asking) -> None:
    server = serve(reads_no_further)
    path = asking.spool / "reference"
    path.write_bytes(b"x" * 30_000_000)
    request = request_for(references=(reference_to(path),))
    client = client_of(server, PATIENT, path)
    running = Running(lambda: client.generate(request, "job", asking.spool, asking.reports.append))
    server.wait_for_request()
    assert running.cancel() < PROMPTLY_S
    assert not asking.reports[-1].body_complete


def test_a_pause_before_the_next_try_is_left_at_once(serve: Serve, asking: Asking) -> None:
    waiting = threading.Event()
    client = client_of(serve(answers({}, 429, {"Retry-After": "60"})), PATIENT)
    work = client.generate(
        request_for(), "job", asking.spool, lambda report: waiting.set() if report.waiting_s else None
    )
    running = Running(lambda: work)
    assert waiting.wait(WAIT_S)
    assert running.cancel() < PROMPTLY_S


def test_a_download_is_left_at_once_and_leaves_no_file(serve: Serve, tmp_path: Path) -> None:
    server = serve(drips(b"\xff\xd8" + b" " * 1000, 0.05, {"Content-Type": "image/jpeg"}))
    started = threading.Event()
    client = client_of(server, PATIENT)
    running = Running(
        lambda: client.download(server.origin + "/a", tmp_path / "a", lambda _a, _b: started.set())
    )
    assert started.wait(WAIT_S)
    assert running.cancel() < PROMPTLY_S
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_never_found_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, asking: Asking) -> None:
    asked, release = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> None:
        asked.set()
        release.wait(WAIT_S)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    client = Client("https://slow.example/v1", lambda: KEY, lambda _: asking.spool)
    running = Running(lambda: client.generate(request_for(), "job", asking.spool, asking.reports.append))
    assert asked.wait(WAIT_S)
    took_s = running.cancel()
    release.set()
    assert took_s < PROMPTLY_S
    assert isinstance(running.outcome, asyncio.CancelledError)


def test_twenty_requests_leave_no_thread_and_no_socket(serve: Serve, asking: Asking) -> None:
    server = serve(answers({"data": [{"url": "https://example.com/a"}]}))
    client = client_of(server)
    before = threading.active_count()
    for _ in range(20):
        running = Running(lambda: client.generate(request_for(), "job", asking.spool, asking.reports.append))
        running._thread.join(5)
    server.__exit__()
    assert threading.active_count() <= before
    assert server.connections == 20
