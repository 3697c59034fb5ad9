"""What requests cost, as values: one request, and many together."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.generation.cost import settled_usd
from seedream_desktop.generation.errors import Billed


@dataclass(frozen=True, slots=True)
class Spend:
    """What one request that was sent cost. The prompt is not part of it."""

    job_id: str
    at_ms: int
    board_id: str
    model: str
    asked: int  # pictures
    delivered: int
    failed: int
    price_usd: float | None  # per picture, at most, as estimated; None: not known
    price_as_of: str  # the date of that price
    billed: Billed
    generated: int | None = None  # pictures that are billed, as the server said; None: it did not say
    surcharge_usd: float = 0.0  # for the references, once
    price_least_usd: float | None = None  # where the shape that came decides; None: the same

    @property
    def least_usd(self) -> float | None:
        """What it cost at least, if it was billed; None: no price is known.

        What is only taken for billed, for an answer came that could not be read, may have cost nothing.
        """
        if self._counted is None and self.billed is Billed.YES and self.price_usd is not None:
            return 0.0
        counted = min(1, self.asked) if self._counted is None else self._counted
        price_usd = self.price_usd if self.price_least_usd is None else self.price_least_usd
        return settled_usd(price_usd, self.surcharge_usd, counted)

    @property
    def usd(self) -> float | None:
        """What it cost, if it was billed; what did not arrive counts as asked. None: no price is known."""
        counted = self.asked if self._counted is None else self._counted
        return settled_usd(self.price_usd, self.surcharge_usd, counted)

    @property
    def _counted(self) -> int | None:
        return self.generated if self.generated is not None else (self.delivered or None)


@dataclass(frozen=True, slots=True)
class Costs:
    """What many requests cost together, in US dollars, as estimated."""

    billed_usd: float = 0.0  # surely
    maybe_usd: float = 0.0  # what may have been billed beside
    unpriced: int = 0  # requests billed, or maybe billed, whose price is not known: in neither sum
