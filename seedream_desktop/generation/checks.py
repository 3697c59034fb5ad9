"""What is kept of checks: since when the bill agrees with what is on record, and why one could not tell.

Apart from the rules (``ledger``), which the first paint does without.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Anchor:
    """When the account's total and what is on record agreed, and what the total was."""

    origin: str  # the base URL that was asked
    library_id: str
    at_ms: int
    used_usd: float
    is_proven: bool = False  # the total rose by what the prices foretold


class Doubt(StrEnum):
    """Why it cannot be told whether a request was billed."""

    CHECKING = "checking"  # the provider is being asked
    NO_KEY = "no_key"  # or one that the provider does not take
    NO_TOTAL = "no_total"  # the provider did not say what was spent
    NO_ANCHOR = "no_anchor"  # no total is known from before the request was sent
    LIBRARY_AWAY = "library_away"  # what else was spent is in a library that is not open
    OTHERS_RUNNING = "others_running"
    TOO_EARLY = "too_early"
    TOTAL_FELL = "total_fell"  # another account, or a total that begins anew
    LATE = "late"  # less than what is known to have been billed
    NO_PRICE = "no_price"  # other requests since have no known price, or this one has none beside others
    SEVERAL = "several"  # some of several unknown requests, or a price too small to stand out
    OTHER_USE = "other_use"  # the rise fits neither nothing nor the price

    @property
    def is_passing(self) -> bool:
        """Whether another look follows by itself."""
        return self in (Doubt.CHECKING, Doubt.OTHERS_RUNNING, Doubt.TOO_EARLY)
