"""Costs: a set is a range, references may cost, an unknown price stays unknown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.catalog import Model, load_catalog
from seedream_desktop.generation.cost import (
    cost_of,
    estimate,
    least_price,
    price_per_picture,
    settled_usd,
    share_usd,
    surcharge,
    together,
)
from seedream_desktop.generation.job import Job
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from tests.jobs import a_job

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


def test_a_preset_may_cost_as_little_or_as_much_as_its_shapes() -> None:
    cost = estimate(GenerationRequest(PRO.id, "x", Size(preset="1.5K")), PRO)
    assert cost is not None
    assert (cost.low_usd, cost.high_usd) == pytest.approx((0.045, 0.09))
    assert price_per_picture(PRO, Size(preset="1.5K")) == 0.09  # never less than it may cost


def test_what_the_model_picks_itself_may_have_any_of_its_prices() -> None:
    cost = estimate(GenerationRequest(PRO.id, "x", Size(preset="adaptive")), PRO)
    assert cost is not None
    assert (cost.low_usd, cost.high_usd) == pytest.approx((0.045, 0.09))


MODELS = st.sampled_from(CATALOG.models)
PIXELS = st.builds(Size, width_px=st.integers(256, 6000), height_px=st.integers(256, 6000))
PRESETS = st.sampled_from(["1K", "1.5K", "2K", "3K", "4K", "adaptive", "auto"]).map(Size)


@given(MODELS, st.none() | PIXELS | PRESETS, st.integers(0, 14), st.none() | st.integers(1, 15))
def test_an_estimate_is_a_range_above_nothing_that_grows_with_what_is_asked(
    model: Model, size: Size | None, references: int, images_in_set: int | None
) -> None:
    request = GenerationRequest(model.id, "x", size, (REFERENCE,) * references, images_in_set=images_in_set)
    cost, more = estimate(request, model), estimate(replace(request, images_in_set=15), model)
    assert cost is not None
    assert more is not None
    assert 0 < cost.low_usd <= cost.high_usd <= more.high_usd
    assert cost.low_usd == more.low_usd
    price_usd = price_per_picture(model, size)
    assert price_usd is not None
    most_usd = price_usd * request.pictures_at_most + surcharge(request, model)
    assert cost.high_usd == pytest.approx(most_usd)
    job = a_priced_job(request, price_usd, surcharge(request, model))
    a_job_usd = cost_of(replace(job, price_least_usd=least_price(model, size)))
    assert a_job_usd is not None
    assert (a_job_usd.low_usd, a_job_usd.high_usd) == pytest.approx((cost.low_usd, most_usd))


@given(st.none() | st.floats(0, 10), st.floats(0, 1), st.integers(-1, 20))
def test_a_price_that_is_not_known_never_becomes_a_figure(
    price_usd: float | None, extra_usd: float, count: int
) -> None:
    usd = settled_usd(price_usd, extra_usd, count)
    assert (usd is None) == (price_usd is None)
    assert usd is None or usd >= extra_usd
    share = share_usd(price_usd, extra_usd, count)
    if price_usd is not None and share is not None and usd is not None and count > 0:
        assert share * count == pytest.approx(usd)


def test_jobs_of_which_one_has_no_price_have_none_together() -> None:
    request = GenerationRequest(LITE.id, "x", Size(preset="2K"), images_in_set=4)
    priced, unpriced = a_priced_job(request, 0.035, 0.01), a_priced_job(request, None, 0.0)
    both = together([cost_of(priced), cost_of(priced)])
    assert both is not None
    assert (both.low_usd, both.high_usd) == pytest.approx((0.09, 0.3))
    assert together([cost_of(priced), cost_of(unpriced)]) is None
    assert together([]) is None


def a_priced_job(request: GenerationRequest, price_usd: float | None, extra_usd: float) -> Job:
    return replace(a_job(), request=request, price_usd=price_usd, surcharge_usd=extra_usd)


def test_an_unknown_model_has_no_price() -> None:
    assert estimate(GenerationRequest("seedream-9", "x", None), CATALOG.model("seedream-9")) is None
