"""Whether a request of unknown outcome was billed, read off the account's total.

The provider has no way to ask after one request, but says what the account has spent in all. Once that total
and what is on record agreed (``Anchor``). What it has risen by since, less what is known to have been billed
since, is what the unknown requests cost: nothing, or about their price; anything else tells nothing.

Prices are read from lists, and an account may have others. Many known requests at prices that are too high
hide an unknown one: that nothing was billed is told only where they cannot.

Totals lag: a request may be booked, or given back, only after the server has ended it, so nothing is told
before everything that was sent had the time for that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from seedream_desktop.generation.checks import Anchor, Doubt
from seedream_desktop.generation.errors import Billed

BOOKING_MS = 60_000  # from the end of a request until it is surely in the total
LONG_MS = 3_600_000  # whatever is not booked by then was never ours to wait for
FLOOR_USD = 0.001  # totals are rounded
KNOWN_SHARE = 0.02  # by which the prices of known requests may be off together, once the bill has proven them
PRICE_SHARE = 0.25  # by which any other price may be off: it is an estimate
CHEAPEST_USD = 0.01  # no picture is known to cost less


@dataclass(frozen=True, slots=True)
class Charge:
    """What one request that was sent cost, if it was billed; None: no price is known."""

    job_id: str
    at_ms: int  # when it was sent
    least_usd: float | None
    usd: float | None  # at most
    billed: Billed
    is_ours: bool = True  # sent by this machine; else perhaps with another account

    @property
    def surely_usd(self) -> float:
        """What it adds to our total at least, if it was billed."""
        return (self.least_usd or 0.0) if self.is_ours else 0.0


class Ruling(StrEnum):
    """What a check found out."""

    BILLED = "billed"
    NOT_BILLED = "not_billed"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found out about every request of unknown outcome since the anchor."""

    ruling: Ruling
    doubt: Doubt | None = None
    rise_usd: float = 0.0  # beyond what is known, where it was told


def verdict(anchor: Anchor, used_usd: float, charges: Sequence[Charge]) -> Verdict:
    """Whether the ``charges`` since ``anchor`` that are maybe billed were, if the total is ``used_usd`` now.

    Time enough must have passed (``settled_ms``), and nothing be under way.
    """
    since = [one for one in charges if one.at_ms > anchor.at_ms]
    unknown = [one for one in since if one.billed is Billed.MAYBE]
    known = [one for one in since if one.billed is Billed.YES]
    rise_usd = used_usd - anchor.used_usd
    if not unknown:
        return _doubt(Doubt.NO_ANCHOR)
    if rise_usd < -FLOOR_USD:
        return _doubt(Doubt.TOTAL_FELL)
    least_known = sum(one.surely_usd for one in known)
    off = allowance(least_known)
    rest = _Range(rise_usd - sum(_most(one) for one in known), rise_usd - least_known)
    is_open_end = any(one.usd is None for one in known)
    if rest.high < -off or (is_open_end and rest.high <= off):
        return _doubt(Doubt.LATE)
    is_none, is_all = rest.touches(-off, off), rest.touches(*_all_of(unknown, off))
    is_some = len(unknown) > 1 and rest.touches(*_some_of(unknown, off))
    has_no_price = is_open_end or (bool(known) and any(one.usd is None for one in unknown))
    if is_none and not (is_all or is_some or _may_hide(unknown, known, rise_usd, anchor)):
        return Verdict(Ruling.NOT_BILLED)
    if is_all and not (is_none or is_some or has_no_price):
        return Verdict(Ruling.BILLED, rise_usd=rest.high)
    if has_no_price:
        return _doubt(Doubt.NO_PRICE)
    return _doubt(Doubt.SEVERAL if is_none or is_all or is_some else Doubt.OTHER_USE)


def proves(anchor: Anchor, used_usd: float, charges: Sequence[Charge]) -> bool:
    """Whether the prices are those of the account: the total rose by what is known, or not against it."""
    since = [one for one in charges if one.at_ms > anchor.at_ms and one.billed is not Billed.NO]
    if any(one.usd is None or one.usd != one.surely_usd or one.billed is Billed.MAYBE for one in since):
        return False
    known_usd = sum(one.usd or 0.0 for one in since)
    is_fitting = abs(used_usd - anchor.used_usd - known_usd) <= allowance(known_usd)
    return is_fitting and (anchor.is_proven or known_usd >= CHEAPEST_USD)


def agrees(anchor: Anchor, used_usd: float, charges: Sequence[Charge], quiet_ms: int) -> bool:
    """Whether the anchor may move to now: ``quiet_ms`` after the last request ended, none being unknown.

    At once where the total has risen by what is known; once everything must be booked also where it has
    risen by more, for others may use the account; and in the end in any case, for prices may be wrong.
    """
    since = [one for one in charges if one.at_ms > anchor.at_ms and one.billed is not Billed.NO]
    rise_usd = used_usd - anchor.used_usd
    if quiet_ms >= LONG_MS:
        return True
    if quiet_ms >= BOOKING_MS:
        least_usd = sum(one.surely_usd for one in since if one.billed is Billed.YES)
        return rise_usd >= least_usd * (1 - PRICE_SHARE) - FLOOR_USD
    if any(one.usd is None or one.billed is Billed.MAYBE for one in since):
        return False
    known_usd = sum(one.usd or 0.0 for one in since)
    return abs(rise_usd - known_usd) <= allowance(known_usd)


def allowance(known_usd: float) -> float:
    """By how much a total may be off beside ``known_usd`` of known requests, in US dollars."""
    return FLOOR_USD + KNOWN_SHARE * known_usd


def settled_ms(sent_ms: int, ended_ms: int, usual_s: int) -> int:
    """When a request without an answer is surely booked, or given back: the server may still be at work."""
    return max(ended_ms, sent_ms + 2 * usual_s * 1000) + BOOKING_MS


def given_up_ms(sent_ms: int, wait_s: float) -> int:
    """When a request that shows nowhere has surely come to nothing: nobody waits longer for an answer."""
    return sent_ms + round(wait_s * 1000) + BOOKING_MS


def pictures_billed(rise_usd: float, price_usd: float | None, surcharge_usd: float, asked: int) -> int | None:
    """How many pictures a rise by ``rise_usd`` pays for, 1 to ``asked``; None: no price is known."""
    if not price_usd:
        return None
    return min(max(1, round((rise_usd - surcharge_usd) / price_usd)), asked)


@dataclass(frozen=True, slots=True)
class _Range:
    low: float
    high: float

    def touches(self, low: float, high: float) -> bool:
        return self.low <= high and self.high >= low


def _all_of(unknown: Sequence[Charge], off: float) -> tuple[float, float]:
    """Between what they cost together if all were billed."""
    least = sum(one.least_usd or 0.0 for one in unknown)
    share = PRICE_SHARE if len(unknown) == 1 else KNOWN_SHARE  # of several, one more or less must show
    return _priced(least, sum(_most(one) for one in unknown), off, share)


def _some_of(unknown: Sequence[Charge], off: float) -> tuple[float, float]:
    """Between what they cost if some were billed, but not all."""
    least = min(one.least_usd or 0.0 for one in unknown)
    every = [_most(one) for one in unknown]
    most = math.inf if math.inf in every else sum(every) - min(every)
    return _priced(least, most, off, KNOWN_SHARE)


def _may_hide(unknown: Sequence[Charge], known: Sequence[Charge], rise_usd: float, anchor: Anchor) -> bool:
    """Whether ``unknown`` ones may be in the rise all the same, for the ``known`` ones were cheaper."""
    share = KNOWN_SHARE if anchor.is_proven else PRICE_SHARE
    low = rise_usd - (1 + share) * sum(_most(one) for one in known) - FLOOR_USD
    high = rise_usd - (1 - share) * sum(one.surely_usd for one in known) + FLOOR_USD
    rest = _Range(low, high)
    priced = [replace(one, least_usd=one.least_usd or CHEAPEST_USD) for one in unknown]
    is_some = len(priced) > 1 and rest.touches(*_some_of(priced, FLOOR_USD))
    return is_some or rest.touches(*_all_of(priced, FLOOR_USD))


def _priced(least: float, most: float, off: float, share: float) -> tuple[float, float]:
    """With what the prices may be off; without a known price, any rise that is none of rounding."""
    low = least * (1 - share) - off if least else math.nextafter(off, math.inf)
    return low, most * (1 + share) + off


def _most(charge: Charge) -> float:
    return math.inf if charge.usd is None else charge.usd


def _doubt(doubt: Doubt) -> Verdict:
    return Verdict(Ruling.CANNOT_TELL, doubt)
