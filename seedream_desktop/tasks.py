"""TaskRunner: work off the GUI thread, on a QThreadPool, with cancelling and a bounded close.

A pool thread drives an async iterator on an event loop of its own. Not ``asyncio.run``: that waits for a
DNS look-up that hangs (measured: 5 s; this form: 3 ms). Callbacks arrive on the GUI thread, through one
signal of the runner, so no object of Qt is ever owned by a pool thread.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import threading
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    import asyncio

LEAVING_MS = 1
_log = logging.getLogger(__name__)
Event = TypeVar("Event")
Result = TypeVar("Result")


class Task:
    """A piece of work under way. To be used on the GUI thread."""

    def __init__(self) -> None:
        """Start out as neither cancelled nor over."""
        self.is_over = False
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._stop: Callable[[str], None] | None = None
        self._reason = ""

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop. Any thread."""
        return self._cancelled.is_set()

    def cancel(self, reason: str = "") -> None:
        """Ask it to stop at once; the end is still reported. Any thread; never blocks.

        An iterator finds the ``reason`` among the arguments of its ``asyncio.CancelledError``.
        """
        with self._lock:
            self._cancelled.set()
            self._reason = reason
            if self._stop is not None:
                self._stop(reason)

    def stop_with(self, stop: Callable[[str], None] | None) -> None:
        """Say what cancels the work from now on; called by the pool thread that does it."""
        with self._lock:
            self._stop = stop
            if stop is not None and self._cancelled.is_set():
                stop(self._reason)


class TaskRunner(QObject):
    """Runs work on a pool of its own and reports on the GUI thread."""

    _delivered = Signal(object)  # Callable[[], None], to be called on the GUI thread

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        """Keep at most ``threads`` pieces of work going at once; the rest waits its turn."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._tasks: set[Task] = set()
        self._turns: set[_Turn] = set()
        self._is_closed = False
        self._delivered.connect(self._on_delivered)

    def set_threads(self, threads: int) -> None:
        """Change how many pieces of work go at once; what is under way goes on."""
        self._pool.setMaxThreadCount(threads)

    def start(
        self,
        make: Callable[[], AsyncIterator[Event]],
        on_event: Callable[[Event], None],
        on_end: Callable[[Problem | None], None],
    ) -> Task:
        """Drive the iterator that ``make`` gives (called on the pool thread) to its end.

        ``on_end`` is called exactly once, with the problem that ended it, if one did. A cancelled iterator
        gets ``asyncio.CancelledError`` at its await and may still yield what it made of that; one that was
        cancelled before its first step just ends.
        """
        task = Task()

        def work() -> Callable[[], None]:
            problem = _problem_of(
                lambda: _drive(task, make, lambda event: self._deliver(lambda: on_event(event)))
            )
            return lambda: on_end(problem)

        return self._submit(task, work)

    def call(
        self,
        function: Callable[[], Result],
        on_result: Callable[[Result], None],
        on_problem: Callable[[Problem], None] | None = None,
        *,
        goes_first: bool = False,
    ) -> Task:
        """Call ``function`` on a pool thread; one of the callbacks follows, unless it was cancelled.

        ``goes_first``: before all that waits for its turn.
        """
        task = Task()

        def work() -> Callable[[], None]:
            results: list[Result] = []
            problem = _problem_of(lambda: None if task.is_cancelled else results.append(function()))

            def report() -> None:
                if task.is_cancelled:
                    return
                if problem is None:
                    on_result(results[0])
                elif on_problem is not None:
                    on_problem(problem)

            return report

        return self._submit(task, work, priority=int(goes_first))

    def close(self, wait_ms: int) -> bool:
        """Cancel everything and wait at most ``wait_ms``; no callback comes any more. True: all ended."""
        self.stop()
        have_ended = self._pool.waitForDone(wait_ms)
        if have_ended:
            for turn in self._turns:
                turn.act = None
            self._turns.clear()
        return have_ended

    def stop(self) -> None:
        """Cancel everything without waiting; no callback comes any more, and nothing new is begun."""
        self._is_closed = True
        for task in tuple(self._tasks):
            task.cancel()
        self._pool.clear()  # which never lets go of what it was to call
        for turn in tuple(self._turns):
            if not turn.is_begun:
                turn.act = None

    def drain(self, wait_ms: int) -> bool:
        """Wait at most ``wait_ms`` for what is under way, without cancelling it."""
        return self._pool.waitForDone(wait_ms)

    def _submit(self, task: Task, work: Callable[[], Callable[[], None]], priority: int = 0) -> Task:
        if self._is_closed:  # nothing is begun that nobody would hear the end of
            task.is_over = True
            return task
        self._tasks.add(task)

        def finish(report: Callable[[], None]) -> None:
            task.is_over = True
            self._tasks.discard(task)
            self._let_go(turn)
            report()

        turn = _Turn(lambda: self._deliver(functools.partial(finish, work())))
        self._turns.add(turn)
        # no QRunnable: one that ends before ``start`` returns is kept for ever
        self._pool.start(turn.take, priority)
        return task

    def _let_go(self, turn: _Turn) -> None:
        """Of what was done, here: what it holds may be objects of this thread with timers of their own.

        Destroyed on the pool thread these would leave Qt with timers of nobody, and it crashes.
        """
        if turn.is_left:
            turn.act = None
            self._turns.discard(turn)
        else:  # the thread has reported, and leaves in a moment
            QTimer.singleShot(LEAVING_MS, self, functools.partial(self._let_go, turn))

    def _deliver(self, callback: Callable[[], None]) -> None:
        if self._is_closed:
            return
        try:
            self._delivered.emit(callback)
        except RuntimeError:  # the runner was deleted while the thread was still at work
            _log.debug("a result came after its runner was gone")

    @Slot(object)
    def _on_delivered(self, callback: Callable[[], None]) -> None:
        if not self._is_closed:
            callback()


class _Turn:
    """What a pool thread is to do, once; it is let go of on the thread that wished for it."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.act: Callable[[], None] | None = act  # None: nothing any more
        self.is_begun = False
        self.is_left = False  # the pool thread holds nothing of it any more

    def take(self) -> None:
        self.is_begun = True
        act = self.act
        if act is not None:
            act()
        del act
        self.is_left = True


async def _emit_all(iterator: AsyncIterator[Event], emit: Callable[[Event], None]) -> None:
    async for event in iterator:
        emit(event)


def _drive(task: Task, make: Callable[[], AsyncIterator[Event]], emit: Callable[[Event], None]) -> None:
    import asyncio  # late: 25 ms, and the first paint does without

    loop = asyncio.new_event_loop()
    try:
        main = loop.create_task(_emit_all(make(), emit))
        task.stop_with(lambda reason: _cancel_soon(loop, main, reason))
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(main)
    finally:
        task.stop_with(None)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _cancel_soon(loop: asyncio.AbstractEventLoop, main: asyncio.Task[None], reason: str) -> None:
    loop.call_soon_threadsafe(main.cancel, reason)


def _problem_of(work: Callable[[], None]) -> Problem | None:
    """What ended ``work``, if something did. PySide6 only prints what escapes, so nothing may."""
    try:
        work()
    except ProblemError as error:
        return error.problem
    except Exception as error:  # noqa: BLE001 - the one place: a job must never stay "running" for ever
        _log.exception("a task failed unexpectedly")
        return Problem(ProblemKind.UNEXPECTED, billed=Billed.MAYBE, said=type(error).__name__)
    return None
