"""Why nothing new is sent: the pause of the queue, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedream_desktop.generation.errors import Problem


class PauseReason(StrEnum):
    """Who or what holds the queue."""

    BY_HAND = "by_hand"
    RESTARTED = "restarted"  # what waited when the process ended waits for a word
    PROBLEM = "problem"  # the next request would end the same way
    DAILY_LIMIT = "daily_limit"  # the next request might pass what may be spent in a day
    ENDING = "ending"  # the process ends once what was sent is answered

    @property
    def is_remembered(self) -> bool:
        """Whether it still holds the queue after a restart; what waits waits for a word then in any case."""
        return self not in (PauseReason.RESTARTED, PauseReason.ENDING)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a day's limit was held against, in US dollars; upper ends of estimates."""

    day: str  # ISO, local
    limit_usd: float
    spent_usd: float  # today, what is maybe billed included
    under_way_usd: float  # of what was sent, or is about to be, and is not on record yet
    next_usd: float | None  # of the request that was held back; None: no price is known
    unpriced: int = 0  # of today's requests, whose price is not known: in none of the sums


@dataclass(frozen=True, slots=True)
class Pause:
    """A queue that starts nothing new."""

    reason: PauseReason
    problem: Problem | None = None  # with PROBLEM
    figures: DayFigures | None = None  # with DAILY_LIMIT
