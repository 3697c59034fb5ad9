"""What is tried again by itself, and when: only what the server cannot have started."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.limits import Limits

_TRIES = {
    ProblemKind.UNREACHABLE: 3,
    ProblemKind.NAME_NOT_FOUND: 3,
    ProblemKind.PROXY_UNUSABLE: 3,
    ProblemKind.RATE_LIMITED: 3,
    ProblemKind.SENDING_BROKE: 1,
    ProblemKind.SERVER_FAULT: 1,
}
_PROXY_WANTS_A_PASSWORD = 407
_UNAVAILABLE = 503
_TOO_MANY = 429
_LONGEST_DATE = 64
_DOUBLINGS = 32


class Patience:
    """The pauses of one request; each kind of failure has its own number of further tries."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing tried."""
        self._limits = limits
        self._failed: Counter[ProblemKind] = Counter()

    def wait_s(self, problem: Problem) -> float | None:
        """Seconds until the next try after ``problem``, or None when it is not tried again."""
        if not _may_repeat(problem) or self._failed[problem.kind] >= _TRIES[problem.kind]:
            return None
        self._failed[problem.kind] += 1
        if problem.limit is not None:
            return float(min(problem.limit, self._limits.longest_wait_s))
        return pause_s(sum(self._failed.values()), self._limits)


def pause_s(failures: int, limits: Limits) -> float:
    """The pause after so many failures in a row: 1, 2, 4 … times the first one, and a quarter of jitter."""
    doublings = min(failures - 1, _DOUBLINGS)
    steady = min(math.ldexp(limits.backoff_s, doublings), limits.longest_wait_s)
    return steady * random.uniform(1.0, 1.25)  # noqa: S311  spreads requests, guards nothing


def parse_retry_after(text: str | None, date: str | None = None) -> float | None:
    """Seconds that ``Retry-After`` asks for, by the server's own clock; None where it says nothing usable."""
    if not text or len(text) > _LONGEST_DATE:
        return None
    try:
        seconds = float(text.strip())
    except ValueError:
        moment = http_date_s(text)
        if moment is None:
            return None
        seconds = moment - (http_date_s(date) or time.time())
    return seconds if 0.0 <= seconds < float("inf") else None


def http_date_s(text: str | None) -> float | None:
    """Unix seconds of a date as HTTP writes it, or None."""
    if not text or len(text) > _LONGEST_DATE:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _may_repeat(problem: Problem) -> bool:
    if problem.kind is ProblemKind.SERVER_FAULT:
        return problem.status == _UNAVAILABLE and problem.limit is not None
    if problem.kind is ProblemKind.RATE_LIMITED:
        return problem.status == _TOO_MANY
    return problem.kind in _TRIES and problem.status != _PROXY_WANTS_A_PASSWORD
