"""The demo's bill: by pixels and references, late if wished, also for what never reached the client."""

import pytest

from seedream_desktop.demo.account import Account
from seedream_desktop.demo.models import V_5_5, V_5_LITE, V_5_PRO, Family
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.cost import estimate
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from tests.demo_fixtures import Demo

CATALOG = load_catalog(resource_path("models.toml"))
REFERENCE = Reference("ab" * 32, "image/png", 100, 100, 1000)


def used_usd(account: Account) -> float:
    usage = account.usage()["total_usage"]
    assert isinstance(usage, int | float)
    return usage / 100


@pytest.mark.parametrize("references", [0, 1, 3])
@pytest.mark.parametrize("size", [(1024, 1024), (2048, 2048)])
@pytest.mark.parametrize(
    ("family", "model_id"),
    [
        (V_5_PRO, "seedream-5-0-pro-260628"),
        (V_5_5, "seedream-5-5-261028"),
        (V_5_LITE, "doubao-seedream-5-0-260128"),
    ],
)
def test_the_bill_and_the_estimate_come_to_the_same_by_different_ways(
    family: Family, model_id: str, size: tuple[int, int], references: int
) -> None:
    account = Account()
    account.charge(family, [size], references)
    asked = Size(width_px=size[0], height_px=size[1])
    cost = estimate(
        GenerationRequest(model_id, "x", asked, (REFERENCE,) * references), CATALOG.model(model_id)
    )
    assert cost is not None
    assert used_usd(account) == pytest.approx(cost.high_usd)


def test_references_cost_nothing_where_no_picture_came_about() -> None:
    account = Account()
    account.charge(V_5_5, [], 3)
    assert used_usd(account) == 0.0


def test_a_charge_is_seen_late_if_that_is_wished() -> None:
    now = 1000.0
    account = Account(lambda: now)
    account.lag_s = 60
    account.charge(V_5_LITE, [(2048, 2048)], 0)
    assert used_usd(account) == 0.0
    now += 60
    assert used_usd(account) == pytest.approx(0.035)


def test_the_switch_for_a_late_bill_ends_with_the_test(demo: Demo) -> None:
    demo.set_lag(60)
    demo.reset()
    demo.advance_clock(0)
