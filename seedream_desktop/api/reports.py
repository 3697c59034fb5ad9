"""What a client reports beside answers: how far a request is, what the account holds, what a test showed."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.generation.errors import Problem


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a request is. Once ``body_complete``, it may be billed whatever happens."""

    sent_bytes: int
    total_bytes: int
    body_complete: bool = False
    waiting_s: float | None = None  # until the next try, nothing is under way; None: not waiting
    problem: Problem | None = None  # why it waits


@dataclass(frozen=True, slots=True)
class Balance:
    """What the account may spend and has spent; None: the server did not say, or there is no limit."""

    limit_usd: float | None
    used_usd: float | None
    is_unlimited: bool = False

    @property
    def left_usd(self) -> float | None:
        """What is left, or None where that is unlimited or unknown."""
        if self.limit_usd is None or self.used_usd is None:
            return None
        return self.limit_usd - self.used_usd


@dataclass(frozen=True, slots=True)
class KeyTest:
    """What testing the key showed. ``key_is_right`` is None where the server does not let one know."""

    address_is_right: bool
    key_is_right: bool | None
    balance: Balance | None = None
    problem: Problem | None = None
