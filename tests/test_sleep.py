"""Sleep, clocks that jump and the system's wish to end, while a request is under way: never a second one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from seedream_desktop.generation.job import JobState, now_ms
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline import asking, facts, fetching
from seedream_desktop.pipeline.events import JobChanged, JobEvent
from seedream_desktop.pipeline.run import run_job
from tests.api.conftest import run
from tests.bookkeeping import Books, journal_states
from tests.demo_fixtures import Demo
from tests.driven import Driven
from tests.pipeline_bench import Bench, bench_at, end_of

STOPPED_S = 0.8
PATIENT_S = 3.0
LONG_STOPPED_S = 3.5  # longer than an answer may keep silent
DAY_MS = 86_400_000
IS_QUIET = "session.recovering.is_done and not session.queue.running and not session.queue.waiting"


@dataclass
class Sleeper:
    """A process that can be put to sleep, and the books on it."""

    application: Driven
    books: Books

    def press(self) -> None:
        """Ask for a picture."""
        self.application.ask("press(prompt='a fox', model='doubao-seedream-3-0-t2i-250415')")

    def sleep(self, stopped_s: float = STOPPED_S) -> None:
        """Nothing of it runs for a while, though the clock goes on."""
        process = self.application.process
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(stopped_s)
        os.kill(process.pid, signal.SIGCONT)


@pytest.fixture
def sleeper(tmp_path: Path, demo: Demo) -> Iterator[Sleeper]:
    books = Books(tmp_path / "library", tmp_path / "data", demo)
    application = Driven(books.data_dir, "--library", str(books.library), "--base-url", demo.base_url)
    try:
        application.wait_until_ready()
        yield Sleeper(application, books)
    finally:
        application.kill()


def is_sent(seen: list[dict[str, object]]) -> bool:
    return any(one["body_complete"] for one in seen if one["method"] == "POST")


def test_an_answer_that_came_while_the_computer_slept_is_saved(sleeper: Sleeper, demo: Demo) -> None:
    sleeper.application.ask(f"setattr(session.client, '_silence_s', lambda request: {PATIENT_S})")
    demo.set_delay(0.3)
    sleeper.press()
    demo.wait_for(is_sent)
    sleeper.sleep(LONG_STOPPED_S)
    sleeper.application.wait_for(IS_QUIET)
    assert sleeper.application.jobs() == []
    assert sleeper.application.end()[0] == 0
    sleeper.books.balance().check()
    assert len(demo.posts()) == 1


@pytest.mark.endurance
def test_a_connection_that_broke_while_the_computer_slept_leaves_it_unknown(
    sleeper: Sleeper, demo: Demo
) -> None:
    demo.set_fault("drop_after_body", billed=True, reset=True)
    demo.set_delay(0.3)
    sleeper.press()
    demo.wait_for(is_sent)
    sleeper.sleep()
    sleeper.application.wait_for(IS_QUIET)
    assert sleeper.application.jobs() == [("unknown", "connection_broke")]
    assert sleeper.application.end()[0] == 0
    sleeper.books.balance().check()
    assert len(demo.posts()) == 1


@pytest.mark.endurance
def test_a_picture_that_was_being_fetched_when_the_computer_slept_comes_whole(
    sleeper: Sleeper, demo: Demo
) -> None:
    demo.set_fault("drip", on="links", bytes_per_s=40_000)
    sleeper.press()
    demo.wait_for(lambda seen: any("X-Tos" in str(one["target"]) for one in seen))
    sleeper.sleep()
    sleeper.application.wait_for(IS_QUIET)
    assert sleeper.application.end()[0] == 0
    sleeper.books.balance().check()
    assert len(demo.posts()) == 1


ENDS = [
    signal.SIGTERM,
    *(pytest.param(end, marks=pytest.mark.endurance) for end in (signal.SIGHUP, signal.SIGINT)),
]


@pytest.mark.parametrize("number", ENDS)
def test_the_end_of_the_session_leaves_the_journal_right(
    sleeper: Sleeper, demo: Demo, number: signal.Signals
) -> None:
    demo.set_delay(60)
    sleeper.application.ask("session.queue.set_jobs_at_once(1)")
    sleeper.press()
    sleeper.application.ask("press(prompt='another', variations=3)")
    demo.wait_for(is_sent)
    sleeper.application.process.send_signal(number)
    code, took_s = sleeper.application.wait()
    assert (code, took_s < 3) == (0, True)
    states, _ = journal_states(sleeper.books.data_dir)
    assert sorted(states.values()) == ["queued", "queued", "queued", "unknown"]
    (spend,) = (sleeper.books.library / ".seedream" / "spend").rglob("*.json")
    assert json.loads(spend.read_bytes())["billed"] == "maybe"
    assert len(demo.posts()) == 1


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


@pytest.mark.parametrize("jump_ms", [-DAY_MS, 2 * DAY_MS], ids=["a day back", "two days on"])
def test_a_clock_that_jumps_while_a_request_is_under_way_costs_nothing(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch, jump_ms: int
) -> None:
    """A link dies by the clock of who signed it; how long it took is never less than nothing."""
    ahead_ms = 0

    def jumped_ms() -> int:
        return now_ms() + ahead_ms

    async def collect() -> list[JobEvent]:
        nonlocal ahead_ms
        events = []
        async for event in run_job(bench.job(), bench.tools):
            ahead_ms = jump_ms if isinstance(event, JobChanged) else ahead_ms
            events.append(event)
        return events

    for module in (asking, fetching, facts):
        monkeypatch.setattr(module, "now_ms", jumped_ms)
    monkeypatch.setattr("seedream_desktop.api.download.time.time", lambda: jumped_ms() / 1000)
    demo.set_fault("status", on="links", status=403)
    job = end_of(run(collect()))
    assert (job.state, len(bench.pictures()), len(demo.posts())) == (JobState.SAVED, 1, 1)
    (picture,) = bench.library.ids(Query())
    made = bench.library.record(picture).made
    assert made.took_ms >= 0
