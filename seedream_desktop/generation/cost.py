"""What requests may cost before they are sent, and did cost after. Estimates: the provider's bill decides.

A price that is not known is None and stays None through every sum: it is never taken for zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.request import GenerationRequest, Size

PRESET_SIDE_PX = {"1K": 1024, "1.5K": 1536, "2K": 2048, "3K": 3072, "4K": 4096}


@dataclass(frozen=True, slots=True)
class Cost:
    """A range in US dollars; both ends are the same unless a set, or a shape, may turn out cheaper."""

    low_usd: float
    high_usd: float
    as_of: str  # the date of the prices, ISO

    def times(self, count: int) -> Cost:
        """The cost of ``count`` such requests."""
        return Cost(self.low_usd * count, self.high_usd * count, self.as_of)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the cost of one request is made of."""

    low_usd: float  # for one picture
    high_usd: float
    pictures: int  # at most
    paid_references: int  # beyond those that are free
    reference_usd: float  # for each of them

    @property
    def surcharge_usd(self) -> float:
        """For the references, once a request."""
        return self.paid_references * self.reference_usd


def estimate(request: GenerationRequest, model: Model) -> Cost | None:
    """What ``request`` may cost, from one picture to its ceiling; None where no price is known."""
    parts = parts_of(request, model)
    if parts is None:
        return None
    high_usd = parts.high_usd * parts.pictures + parts.surcharge_usd
    return Cost(parts.low_usd + parts.surcharge_usd, high_usd, model.price_as_of)


def parts_of(request: GenerationRequest, model: Model) -> Parts | None:
    """What the cost of ``request`` is made of; None where no price is known."""
    prices = _prices(model, request.size)
    if prices is None:
        return None
    paid = max(0, len(request.references) - model.references_free) if model.reference_usd else 0
    return Parts(min(prices), max(prices), request.pictures_at_most, paid, model.reference_usd)


def surcharge(request: GenerationRequest, model: Model) -> float:
    """What the references of ``request`` cost in US dollars; 0 also where no price is known."""
    parts = parts_of(request, model)
    return parts.surcharge_usd if parts is not None else 0.0


def price_per_picture(model: Model, size: Size | None) -> float | None:
    """The price of one picture of that size in US dollars, at most; None where it is not known."""
    prices = _prices(model, size)
    return max(prices) if prices is not None else None


def least_price(model: Model, size: Size | None) -> float | None:
    """The price of one picture of that size at least; None where it is that of ``price_per_picture``."""
    prices = _prices(model, size)
    return min(prices) if prices is not None and min(prices) < max(prices) else None


def cost_of(job: Job, request: GenerationRequest | None = None) -> Cost | None:
    """What ``job``, or another ``request`` with its references, may cost by the prices of its press.

    None where they are not known.
    """
    if job.price_usd is None:
        return None
    most = (request or job.request).pictures_at_most
    least_usd = job.price_usd if job.price_least_usd is None else job.price_least_usd
    return Cost(least_usd + job.surcharge_usd, job.price_usd * most + job.surcharge_usd, job.price_as_of)


def together(costs: Iterable[Cost | None]) -> Cost | None:
    """What all of them may cost; None as soon as one is not known, or there is none."""
    every = tuple(costs)
    known = tuple(cost for cost in every if cost is not None)
    if not known or len(known) < len(every):
        return None
    low_usd, high_usd = sum(one.low_usd for one in known), sum(one.high_usd for one in known)
    return Cost(low_usd, high_usd, min(one.as_of for one in known))


def settled_usd(price_usd: float | None, surcharge_usd: float, pictures: int) -> float | None:
    """What a request for which ``pictures`` are billed cost; None where no price is known."""
    return None if price_usd is None else price_usd * max(0, pictures) + surcharge_usd


def share_usd(price_usd: float | None, surcharge_usd: float, pictures: int) -> float | None:
    """What one of ``pictures`` cost, its part of the surcharge included; None: no price is known."""
    return None if price_usd is None else price_usd + surcharge_usd / max(1, pictures)


def _prices(model: Model, size: Size | None) -> tuple[float, ...] | None:
    """Every price that a picture of that size may have: the model may pick the shape, and so the pixels."""
    prices = [_price(model, pixels) for pixels in _pixels(model, size)]
    known = tuple(price for price in prices if price is not None)
    return known if known and len(known) == len(prices) else None


def _price(model: Model, pixels: float) -> float | None:
    return next((s.usd for s in model.prices if s.up_to_px is None or pixels <= s.up_to_px), None)


def _pixels(model: Model, size: Size | None) -> tuple[float, ...]:
    """The pixels that a picture of that size may have, as far as they decide about its price."""
    if size is not None and not size.is_preset:
        return (size.width_px * size.height_px,)
    preset = size.preset if size is not None else ""
    named = [one.size for one in model.sizes if one.resolution == preset]
    found = {float(one.width_px * one.height_px) for one in named}
    if preset in PRESET_SIDE_PX:
        found.add(float(PRESET_SIDE_PX[preset] ** 2))
    return tuple(found) or tuple(float(step.up_to_px or "inf") for step in model.prices)
