"""The lists and figures of an account, read from what the server answers (CometAPI, read 2026-11)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from seedream_desktop.api.words_said import scrubbed
from seedream_desktop.generation.errors import Problem

_UNLIMITED_USD = 1e8
_USAGE_PER_USD = 100


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


def model_ids(value: Any) -> tuple[str, ...] | None:
    """The ids of a list of models, each once; None when ``value`` is no such list."""
    entries = value.get("data") if isinstance(value, dict) else value
    if not isinstance(entries, list):
        return None
    ids = (entry.get("id") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(dict.fromkeys(scrubbed(name, 200) for name in ids if isinstance(name, str) and name))


def balance_of(subscription: Any, usage: Any) -> Balance | None:
    """What two billing answers say; None when they are no such answers."""
    limit = _number(subscription, "hard_limit_usd")
    used = _number(usage, "total_usage")
    if limit is None and used is None:
        return None
    is_unlimited = limit is not None and limit >= _UNLIMITED_USD
    return Balance(
        limit_usd=None if is_unlimited else limit,
        used_usd=None if used is None else used / _USAGE_PER_USD,
        is_unlimited=is_unlimited,
    )


def _number(value: Any, name: str) -> float | None:
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
