"""What the tests of the API share: a way to run, a server's life, a client that is in a hurry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from seedream_desktop.api.reports import Sending
from seedream_desktop.files import sha256_of
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from tests.api.fault_server import FaultServer, Script

KEY = "sk-the-key-of-these-tests"
HASTY = Limits(  # in pausing, not in waiting: what is to run out in a test is set there
    connect_s=20.0,
    write_s=20.0,
    read_s=20.0,
    set_read_s=20.0,
    list_s=20.0,
    download_read_s=20.0,
    download_total_s=40.0,
    backoff_s=0.001,
    longest_wait_s=0.05,
    network_wait_s=0.01,
    probe_s=5.0,
)
Result = TypeVar("Result")


class Serve(Protocol):
    """Starts a server that plays scripts."""

    def __call__(self, *scripts: Script, **options: Any) -> FaultServer: ...


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run ``work`` as the pool threads do: on a loop of its own, closed without waiting for name look-ups."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def problem_from(work: Callable[[], object]) -> Problem:
    """The problem that ``work`` ends in."""
    with pytest.raises(ProblemError) as caught:
        work()
    return caught.value.problem


def request_for(prompt: str = "a cat", **parts: Any) -> GenerationRequest:
    """A request with as little as possible."""
    return GenerationRequest(
        **{"model": "doubao-seedream-5-0-260128", "prompt": prompt, "size": Size(preset="2K"), **parts}
    )


def reference_to(path: Path, name: str = "shoe.png") -> Reference:
    """A reference to a file."""
    return Reference(sha256_of(path), "image/png", 20, 20, path.stat().st_size, name)


def client_of(server: FaultServer, limits: Limits = HASTY, reference: Path = Path("none")) -> Client:
    """A client of ``server``."""
    return Client(server.base_url, lambda: KEY, lambda _: reference, limits)


class Asking:
    """Asks a server for pictures and remembers what was reported."""

    def __init__(self, spool: Path) -> None:
        self.spool = spool
        self.reports: list[Sending] = []

    def answer(
        self, server: FaultServer, request: GenerationRequest | None = None, limits: Limits = HASTY
    ) -> Answer:
        """Ask; references are the file ``reference`` in the spool."""
        client = client_of(server, limits, self.spool / "reference")
        return run(client.generate(request or request_for(), "job-1", self.spool, self.reports.append))

    def problem(
        self, server: FaultServer, request: GenerationRequest | None = None, limits: Limits = HASTY
    ) -> Problem:
        """Ask and fail."""
        return problem_from(lambda: self.answer(server, request, limits))


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """Asks into an empty spool."""
    return Asking(tmp_path)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; all are closed with the test."""
    with ExitStack() as stack:

        def start(*scripts: Script, **options: Any) -> FaultServer:
            return stack.enter_context(FaultServer(*scripts, **options))

        yield start
