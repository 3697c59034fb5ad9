"""The end of a session's threads: within a given time, the journal's writing last."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.state.watcher import Watcher
    from seedream_desktop.tasks import TaskRunner

JOURNAL_MS = 1000  # what the journal gets at the end in any case


def end_threads(runners: Iterable[TaskRunner | Watcher], writing: TaskRunner, wait_ms: int) -> bool:
    """Stop and close every runner, ``writing`` last; True when every thread ended in time."""
    until_s = time.monotonic() + wait_ms / 1000
    others = [runner for runner in runners if runner is not writing]
    for runner in others:
        runner.stop()
    ended = [runner.close(_left_ms(until_s)) for runner in others]
    writing.drain(max(_left_ms(until_s), JOURNAL_MS))
    ended.append(writing.close(_left_ms(until_s)))
    return all(ended)


def _left_ms(until_s: float) -> int:
    return max(0, round((until_s - time.monotonic()) * 1000))
