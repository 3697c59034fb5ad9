"""A computer that was asleep, or a process that was stopped, has not been kept waiting."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.api import stream
from seedream_desktop.api.client import Client
from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.errors import Billed, ProblemKind
from tests.api.conftest import HASTY, KEY, Serve, problem_from, request_for, run
from tests.api.fault_server import Connection, Script, is_silent, raw_answer

ONE = b'{"data": [{"url": "https://example.com/a.jpeg"}]}'
PATIENT_S = 0.4
ASLEEP_S = 0.8  # longer than an answer may keep silent


def answers_after(seconds: float) -> Script:
    def script(connection: Connection) -> None:
        connection.read_request()
        connection.server.closing.wait(seconds)
        connection.send(raw_answer(ONE))

    return script


def asked_and_fell_asleep(base_url: str, folder: Path) -> None:
    """Ask; once all is sent, nothing of this thread runs for a while, as when the computer sleeps."""
    has_slept = False

    def sleep_once(sending: Sending) -> None:
        nonlocal has_slept
        if sending.body_complete and not has_slept:
            has_slept = True
            asyncio.get_running_loop().call_later(0.05, threading.Event().wait, ASLEEP_S)

    client = Client(base_url, lambda: KEY, lambda _: Path("none"), replace(HASTY, read_s=PATIENT_S))
    run(client.generate(request_for(), "job", folder, sleep_once))
    assert has_slept


@pytest.mark.parametrize("answered_after_s", [PATIENT_S / 2, ASLEEP_S + 0.2], ids=["asleep", "awake again"])
def test_an_answer_that_came_while_it_slept_or_soon_after_is_taken(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered_after_s: float
) -> None:
    monkeypatch.setattr(stream, "_STEP_S", 0.02)
    asked_and_fell_asleep(serve(answers_after(answered_after_s)).base_url, tmp_path)


def test_an_answer_that_came_at_the_last_moment_is_taken(serve: Serve, tmp_path: Path) -> None:
    """Its bytes are here, though the clock has run out before anybody looked."""
    asked_and_fell_asleep(serve(answers_after(PATIENT_S / 2)).base_url, tmp_path)


def test_silence_ends_all_the_same(serve: Serve, tmp_path: Path) -> None:
    problem = problem_from(lambda: asked_and_fell_asleep(serve(is_silent).base_url, tmp_path))
    assert (problem.kind, problem.billed) == (ProblemKind.NO_ANSWER, Billed.MAYBE)
