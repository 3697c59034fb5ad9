"""When the next request may start: what one of them is told holds for all of them.

A service that asks one request to wait is left alone by every job until that moment; a request that gets
through wakes those that wait for the network. Each pool thread has an event loop of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from seedream_desktop.generation.errors import Problem

_Sleeper = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@dataclass(frozen=True, slots=True)
class Hold:
    """How long nothing may start, and why."""

    left_s: float
    problem: Problem


class Pace:
    """Shared by all requests of a client. Thread-safe; asked from any event loop."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        """Nobody has asked to wait yet."""
        self._clock_s = clock_s
        self._lock = threading.Lock()
        self._until_s = float("-inf")
        self._problem: Problem | None = None
        self._sleepers: set[_Sleeper] = set()

    def hold(self, wait_s: float, problem: Problem) -> None:
        """Let nothing start for ``wait_s`` from now; a longer hold stays."""
        until_s = self._clock_s() + wait_s
        with self._lock:
            if until_s > self._until_s:
                self._until_s, self._problem = until_s, problem

    def held(self) -> Hold | None:
        """What has to be waited for before anything starts; None: nothing."""
        with self._lock:
            left_s = self._until_s - self._clock_s()
            return Hold(left_s, self._problem) if left_s > 0 and self._problem is not None else None

    def note_through(self) -> None:
        """A request got an answer: whoever waits for the network may try at once."""
        with self._lock:
            sleepers = tuple(self._sleepers)
        for loop, woken in sleepers:
            with contextlib.suppress(RuntimeError):  # its loop has ended meanwhile
                loop.call_soon_threadsafe(woken.set)

    async def until_through(self, wait_s: float) -> None:
        """Return when another request got through, at the latest after ``wait_s``."""
        sleeper = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._sleepers.add(sleeper)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await sleeper[1].wait()
        finally:
            with self._lock:
                self._sleepers.discard(sleeper)
