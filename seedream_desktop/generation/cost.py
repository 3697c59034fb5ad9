"""What a request may cost. Estimates only: the provider's bill decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.request import GenerationRequest, Size

PRESET_SIDE_PX = {"1K": 1024, "1.5K": 1536, "2K": 2048, "3K": 3072, "4K": 4096}


@dataclass(frozen=True, slots=True)
class Cost:
    """A range in US dollars; both ends are the same unless a set may turn out shorter."""

    low_usd: float
    high_usd: float
    as_of: str  # the date of the prices, ISO

    def times(self, count: int) -> Cost:
        """The cost of ``count`` such requests."""
        return Cost(self.low_usd * count, self.high_usd * count, self.as_of)


def estimate(request: GenerationRequest, model: Model) -> Cost | None:
    """What ``request`` may cost, or None where no price is known."""
    each = price_per_picture(model, request.size)
    if each is None:
        return None
    references = max(0, len(request.references) - model.references_free) * model.reference_usd
    low = each + references
    return Cost(low, each * request.pictures_at_most + references, model.price_as_of)


def price_per_picture(model: Model, size: Size | None) -> float | None:
    """The price of one picture of that size in US dollars, or None where it is not known."""
    pixels = _pixels(size)
    for step in model.prices:
        if step.up_to_px is None or pixels <= step.up_to_px:
            return step.usd
    return None


def _pixels(size: Size | None) -> int:
    if size is None:
        return 2048 * 2048
    if size.is_preset:
        return PRESET_SIDE_PX.get(size.preset, 2048) ** 2
    return size.width_px * size.height_px
