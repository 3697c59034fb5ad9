"""The demo's account: what the two read-only billing calls of CometAPI's own command line show."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seedream_desktop.demo.models import Family

HARD_LIMIT_USD = 20.0


@dataclass(frozen=True, slots=True)
class Tariff:
    """What some families charge beside one price: small pictures are cheaper, references cost."""

    small_px: int  # width x height, up to which a picture is small
    small_usd: float
    reference_usd: float
    references_free: int


TARIFFS = {  # by family; price lists of BytePlus, read 2026-11
    "5-pro": Tariff(2_360_000, 0.045, 0.003, 1),
    "5.5": Tariff(2_601_123, 0.020, 0.008, 0),
}


class Account:
    """Money that was put in and money that pictures have cost; used on the event loop only."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._charges: list[tuple[float, float]] = []  # from when it is seen, USD
        self.lag_s = 0.0  # how long a new charge takes to be seen; 0: everything is

    def charge(self, family: Family, sizes: Sequence[tuple[int, int]], references: int) -> None:
        """Books pictures that were generated, whether or not their answer reached the client."""
        usd = sum(_price_usd(family, width * height) for width, height in sizes)
        tariff = TARIFFS.get(family.name)
        if sizes and tariff is not None:
            usd += tariff.reference_usd * max(0, references - tariff.references_free)
        self._charges.append((self._now() + self.lag_s, usd))

    def subscription(self) -> dict[str, object]:
        """`GET /dashboard/billing/subscription`."""
        return {
            "object": "billing_subscription",
            "has_payment_method": True,
            "soft_limit_usd": HARD_LIMIT_USD,
            "hard_limit_usd": HARD_LIMIT_USD,
            "system_hard_limit_usd": HARD_LIMIT_USD,
            "access_until": 0,
        }

    def usage(self) -> dict[str, object]:
        """`GET /dashboard/billing/usage`, in cents."""
        until = self._now() if self.lag_s else math.inf
        spent_usd = sum(usd for seen_from, usd in self._charges if seen_from <= until)
        return {"object": "list", "total_usage": round(spent_usd * 100, 4)}


def _price_usd(family: Family, pixels: int) -> float:
    tariff = TARIFFS.get(family.name)
    return tariff.small_usd if tariff is not None and pixels <= tariff.small_px else family.price_usd
