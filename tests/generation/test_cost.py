"""Costs: a set is a range, references may cost, an unknown price stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.cost import estimate
from seedream_desktop.generation.request import GenerationRequest, Reference, Size

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
LITE = CATALOG.model("doubao-seedream-5-0-260128")
PRO = CATALOG.model("seedream-5-0-pro-260628")
REFERENCE = Reference("ab" * 32, "image/png", 100, 100, 1000)


def test_a_set_costs_from_one_picture_to_its_ceiling() -> None:
    cost = estimate(GenerationRequest(LITE.id, "x", Size(preset="2K"), images_in_set=4), LITE)
    assert cost is not None
    assert (cost.low_usd, cost.high_usd) == pytest.approx((0.035, 0.14))
    assert cost.times(3).high_usd == pytest.approx(0.42)


@pytest.mark.parametrize(("size", "usd"), [("1024x1024", 0.045), ("2K", 0.09)])
def test_larger_pictures_cost_more_where_the_provider_says_so(size: str, usd: float) -> None:
    cost = estimate(GenerationRequest(PRO.id, "x", Size.parse(size)), PRO)
    assert cost is not None
    assert cost.low_usd == pytest.approx(usd)


def test_the_first_reference_of_pro_is_free() -> None:
    request = GenerationRequest(PRO.id, "x", Size.parse("1024x1024"), (REFERENCE,) * 3)
    cost = estimate(request, PRO)
    assert cost is not None
    assert cost.low_usd == pytest.approx(0.045 + 2 * 0.003)


def test_an_unknown_model_has_no_price() -> None:
    assert estimate(GenerationRequest("seedream-9", "x", None), CATALOG.model("seedream-9")) is None
