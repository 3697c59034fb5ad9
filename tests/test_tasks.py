"""TaskRunner: results on the GUI thread, exactly one end, cancelling at once, a bounded close."""

from __future__ import annotations

import asyncio
import functools
import gc
import threading
import time
import weakref
from collections.abc import AsyncIterator

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.tasks import TaskRunner

PATIENCE_S = 60.0


@pytest.fixture
def runner(qtbot: QtBot) -> TaskRunner:
    """A runner with two threads."""
    return TaskRunner(2)


async def _count(to: int) -> AsyncIterator[int]:
    for number in range(to):
        await asyncio.sleep(0)
        yield number


async def _wait_forever(started: threading.Event) -> AsyncIterator[str]:
    try:
        started.set()
        await asyncio.Event().wait()
        yield "never"
    except asyncio.CancelledError:
        yield "stopped"


def test_events_arrive_in_order_on_the_gui_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []
    ends: list[Problem | None] = []
    gui = threading.get_ident()
    runner.start(lambda: _count(5), lambda n: seen.append((n, threading.get_ident() == gui)), ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert seen == [(n, True) for n in range(5)]
    assert ends == [None]


def test_cancel_frees_the_worker_at_once_and_the_end_is_still_reported(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    def start_and_cancel() -> float:
        started, events, ends = threading.Event(), list[str](), list[Problem | None]()
        task = runner.start(lambda: _wait_forever(started), events.append, ends.append)
        assert started.wait(PATIENCE_S)
        began = time.monotonic()
        task.cancel()
        qtbot.waitUntil(lambda: bool(ends))
        assert (events, task.is_over) == (["stopped"], True)
        return time.monotonic() - began

    assert min(start_and_cancel() for _ in range(5)) < 0.1  # a busy machine makes any single one late


def test_a_task_cancelled_before_its_turn_still_ends(runner: TaskRunner, qtbot: QtBot) -> None:
    runner.set_threads(1)
    started, ends = threading.Event(), list[Problem | None]()
    first = runner.start(lambda: _wait_forever(started), lambda _: None, ends.append)
    second = runner.start(lambda: _count(3), lambda _: None, ends.append)
    second.cancel()
    first.cancel()
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert ends == [None, None]


def test_an_exception_of_ours_ends_as_its_problem(runner: TaskRunner, qtbot: QtBot) -> None:
    def fail() -> int:
        raise ProblemError(Problem(ProblemKind.DISK_FULL))

    problems: list[Problem] = []
    runner.call(fail, lambda _: None, problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert problems[0].kind is ProblemKind.DISK_FULL


def test_an_unexpected_exception_is_reported_not_printed(runner: TaskRunner, qtbot: QtBot) -> None:
    async def broken() -> AsyncIterator[int]:
        yield 1
        raise ZeroDivisionError

    ends: list[Problem | None] = []
    runner.start(broken, lambda _: None, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert ends[0] is not None
    assert ends[0].kind is ProblemKind.UNEXPECTED


def test_a_call_gives_its_result(runner: TaskRunner, qtbot: QtBot) -> None:
    results: list[int] = []
    runner.call(lambda: 6 * 7, results.append)
    qtbot.waitUntil(lambda: results == [42])


def test_a_cancelled_call_says_nothing(runner: TaskRunner, qtbot: QtBot) -> None:
    gate, results = threading.Event(), list[bool]()
    task = runner.call(lambda: gate.wait(PATIENCE_S), results.append)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: task.is_over)
    assert results == []


def test_nothing_is_delivered_after_close(runner: TaskRunner, qtbot: QtBot) -> None:
    started, ends = threading.Event(), list[Problem | None]()
    runner.start(lambda: _wait_forever(started), lambda _: None, ends.append)
    assert started.wait(PATIENCE_S)
    assert runner.close(60_000)
    qtbot.wait(0)
    assert ends == []


def test_nothing_is_begun_after_the_end(runner: TaskRunner) -> None:
    begun: list[int] = []
    runner.close(1000)
    task = runner.call(lambda: begun.append(1), lambda _: None)
    assert runner.close(1000)
    assert task.is_over
    assert begun == []


def test_what_is_over_is_let_go_of(runner: TaskRunner, qtbot: QtBot) -> None:
    """A QRunnable that ends before ``start`` returns is kept for ever (PySide 6.11)."""

    class Held:
        pass

    held: list[weakref.ref[Held]] = []
    ended: list[None] = []

    def call() -> None:
        one = Held()
        held.append(weakref.ref(one))
        runner.call(lambda: (one, None)[1], ended.append)

    for count in range(1, 201):
        call()
        if count % 3 == 0:
            qtbot.waitUntil(functools.partial(has_ended, ended, count))
    qtbot.waitUntil(functools.partial(has_ended, ended, 200))
    assert runner.close(60_000)
    gc.collect()
    assert [one() for one in held if one() is not None] == []


def has_ended(ended: list[None], count: int) -> bool:
    return len(ended) >= count


def test_what_the_work_held_is_destroyed_on_the_thread_that_wished_for_it(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    """An object with timers that is destroyed on another thread leaves Qt with timers of nobody."""
    threads: list[int] = []

    class Held:
        def __del__(self) -> None:
            threads.append(threading.get_ident())

    ended: list[None] = []

    def call() -> None:
        one = Held()
        runner.call(lambda: (one, None)[1], ended.append)

    for _ in range(300):
        call()
    qtbot.waitUntil(lambda: len(threads) == 300)
    assert set(threads) == {threading.get_ident()}


def test_what_somebody_waits_for_goes_before_what_waits_for_its_turn(qtbot: QtBot) -> None:
    runner, gate, done = TaskRunner(1), threading.Event(), list[str]()
    runner.call(lambda: gate.wait(PATIENCE_S), lambda _: None)
    for name in ("thumbnail", "another"):
        runner.call(functools.partial(str, name), done.append)
    runner.call(lambda: "search", done.append, goes_first=True)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["search", "thumbnail", "another"]
    assert runner.close(60_000)
