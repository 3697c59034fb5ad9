"""What is tried again by itself, and when: only what the server cannot have started."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import NETWORK_AWAY, Problem, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.limits import Limits

_TRIES = {
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
    """The pauses of one request; each kind of failure has its own number of further tries.

    A network that is away, or wants a sign-in first, is waited for without end: nothing can have been billed.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing tried."""
        self._limits = limits
        self._failed: Counter[ProblemKind] = Counter()

    def wait_s(self, problem: Problem) -> float | None:
        """Seconds until the next try after ``problem``, or None when it is not tried again."""
        if waits_for_network(problem):
            self._failed[problem.kind] += 1
            return min(pause_s(self._failed[problem.kind], self._limits), self._limits.network_wait_s)
        if not _may_repeat(problem) or self._failed[problem.kind] >= _TRIES[problem.kind]:
            return None
        self._failed[problem.kind] += 1
        if problem.limit is not None:
            return float(min(problem.limit, self._limits.longest_wait_s))
        return pause_s(self._failed[problem.kind], self._limits)


def waits_for_network(problem: Problem) -> bool:
    """Whether ``problem`` ends by itself once the network is there; a sign-in needs a page to be one."""
    is_portal = problem.kind is ProblemKind.SIGN_IN_NEEDED and bool(problem.page)
    return problem.kind in NETWORK_AWAY or is_portal


def asks_to_wait(problem: Problem) -> bool:
    """Whether the service asked everybody to wait, not only this request to go away."""
    is_limit = problem.kind is ProblemKind.RATE_LIMITED and problem.status == _TOO_MANY
    return is_limit or _says_when(problem)


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
        return _says_when(problem)
    if problem.kind is ProblemKind.RATE_LIMITED:
        return problem.status == _TOO_MANY
    return problem.kind in _TRIES and problem.status != _PROXY_WANTS_A_PASSWORD


def _says_when(problem: Problem) -> bool:
    is_fault = problem.kind is ProblemKind.SERVER_FAULT and problem.status == _UNAVAILABLE
    return is_fault and problem.limit is not None
