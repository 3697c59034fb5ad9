"""The thread on which jobs write to the library, which may be a network drive that answers after minutes.

A call to the system that hangs can be neither stopped nor waited for: whoever waits for one gives up after a
while, and nobody else begins one until it is over. What it still does then is found by the next try.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

PATIENCE_S = 30.0  # a network drive's disks have started by then
Result = TypeVar("Result")


class LibraryThread:
    """One call after the other, on a thread that is there while there is something to do. Any thread."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """Give up on a call that takes longer than ``patience_s``."""
        self._patience_s = patience_s
        self._changed = threading.Condition()
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_working = False
        self._begun_s: float | None = None  # time.monotonic() at which the call under way began

    async def call(self, work: Callable[[], Result], subject: str) -> Result:
        """What ``work`` gives, or raises. Raises ProblemError(LIBRARY_SILENT) about ``subject``.

        What has not begun when nobody waits for it any more is not begun.
        """
        loop = asyncio.get_running_loop()
        waited: asyncio.Future[Result] = loop.create_future()

        def run() -> None:
            done: Future[Result] = Future()
            try:
                done.set_result(work())
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                done.set_exception(error)
            with contextlib.suppress(RuntimeError):  # nobody waits any more: the loop is closed
                loop.call_soon_threadsafe(_hand_over, done, waited)

        if self._left_s() <= 0:
            raise _silent(subject)
        self._submit(run)
        try:
            while not waited.done():
                await asyncio.wait({waited}, timeout=max(0.01, self._left_s()))
                if not waited.done() and self._left_s() <= 0:
                    raise _silent(subject)
            return waited.result()
        finally:
            waited.cancel()
            self._withdraw(run)

    def drain(self, wait_s: float) -> bool:
        """Wait at most ``wait_s`` until nothing is under way; False: it still is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._is_working, wait_s)

    def _left_s(self) -> float:
        """How much longer the call under way may take; negative: it hangs."""
        with self._changed:
            begun_s = self._begun_s
        return self._patience_s - (time.monotonic() - begun_s if begun_s is not None else 0.0)

    def _submit(self, run: Callable[[], None]) -> None:
        with self._changed:
            self._waiting.append(run)
            if self._is_working:
                return
            self._is_working = True
        threading.Thread(target=self._work, name="library", daemon=True).start()

    def _withdraw(self, run: Callable[[], None]) -> None:
        with self._changed, contextlib.suppress(ValueError):
            self._waiting.remove(run)

    def _work(self) -> None:
        while (run := self._next()) is not None:
            run()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            self._begun_s = time.monotonic() if self._waiting else None
            self._is_working = bool(self._waiting)
            self._changed.notify_all()
            return self._waiting.popleft() if self._waiting else None


def _hand_over(done: Future[Result], waited: asyncio.Future[Result]) -> None:
    if waited.done():
        return
    if (error := done.exception()) is not None:
        waited.set_exception(error)
    else:
        waited.set_result(done.result())


def _silent(subject: str) -> ProblemError:
    return ProblemError(Problem(ProblemKind.LIBRARY_SILENT, billed=Billed.YES, subject=subject))
