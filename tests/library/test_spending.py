"""What requests cost stays, whatever becomes of the pictures."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.codec import encode
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.ledger import Charge
from seedream_desktop.library.costs import Costs, Spend
from seedream_desktop.library.library import Library
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench, files_below

NOVEMBER_MS = 1_795_000_000_000


def about(billed_usd: float, maybe_usd: float = 0.0, unpriced: int = 0) -> Costs:
    return Costs(pytest.approx(billed_usd), pytest.approx(maybe_usd), unpriced)  # type: ignore[arg-type]


SPEND = Spend("job-1", NOVEMBER_MS, "acme", "seedream-5-0-lite", 4, 3, 1, 0.04, "2026-11-01", Billed.YES)


def test_a_request_is_one_file_without_the_prompt(bench: Bench, library: Library) -> None:
    library.record_spend(SPEND)
    content = files_below(bench.root)[".seedream/spend/2026-11/job-1.json"]
    assert json.loads(content) == {
        "format": 1,
        "job_id": "job-1",
        "at_ms": NOVEMBER_MS,
        "board_id": "acme",
        "model": "seedream-5-0-lite",
        "asked": 4,
        "delivered": 3,
        "failed": 1,
        "price_usd": 0.04,
        "price_as_of": "2026-11-01",
        "billed": "yes",
    }


def test_what_the_server_counted_and_the_references_are_kept_where_there_are_any(
    bench: Bench, library: Library
) -> None:
    library.record_spend(replace(SPEND, generated=2, surcharge_usd=0.006))
    written = json.loads(files_below(bench.root)[".seedream/spend/2026-11/job-1.json"])
    assert (written["generated"], written["surcharge_usd"]) == (2, 0.006)


def test_the_sum_of_a_month_tells_apart_what_is_sure_what_is_not_and_what_has_no_price(
    library: Library,
) -> None:
    library.record_spend(SPEND)
    library.record_spend(replace(SPEND, job_id="2", board_id="other", delivered=1))
    library.record_spend(replace(SPEND, job_id="3", billed=Billed.MAYBE, delivered=0))
    library.record_spend(replace(SPEND, job_id="4", at_ms=NOVEMBER_MS + 40 * 86_400_000))
    library.record_spend(replace(SPEND, job_id="5", price_usd=None))
    library.record_spend(replace(SPEND, job_id="6", billed=Billed.NO, price_usd=None))
    maybe_usd = 4 * 0.04  # what did not arrive counts as it was asked for
    assert library.spent("acme", "2026-11") == about(0.12, maybe_usd, 1)
    assert library.spent(None, "2026-11") == about(0.16, maybe_usd, 1)
    assert library.spent(None, "2026-10") == Costs()


@pytest.mark.parametrize(
    ("changes", "least_usd", "usd"),
    [
        ({"generated": 2}, 0.08, 0.08),
        ({"generated": 5, "delivered": 4}, 0.20, 0.20),
        ({"generated": None}, 0.12, 0.12),
        ({"generated": None, "delivered": 0, "billed": Billed.MAYBE}, 0.04, 0.16),
        ({"generated": None, "delivered": 0}, 0.0, 0.16),  # an answer that could not be read
        ({"generated": None, "delivered": 0, "price_usd": None}, None, None),
        ({"generated": 2, "price_least_usd": 0.02}, 0.04, 0.08),
        ({"generated": 2, "surcharge_usd": 0.016}, 0.096, 0.096),
        ({"generated": 0, "surcharge_usd": 0.016}, 0.016, 0.016),
        ({"price_usd": None, "surcharge_usd": 0.016}, None, None),
    ],
)
def test_a_request_cost_what_the_server_counted_else_what_came_else_what_was_asked(
    library: Library, changes: dict[str, Any], least_usd: float | None, usd: float | None
) -> None:
    spend = replace(SPEND, **changes)
    library.record_spend(spend)
    (charge,) = library.charges_since(NOVEMBER_MS - 1)
    assert (charge.least_usd, charge.usd) == pytest.approx((least_usd, usd))
    assert (spend.least_usd, spend.usd) == (charge.least_usd, charge.usd)


def test_a_file_of_before_there_were_surcharges_is_read_as_it_was_meant(
    bench: Bench, library: Library
) -> None:
    folder = bench.root / ".seedream" / "spend" / "2026-11"
    folder.mkdir(parents=True)
    older = {"format": 1, "job_id": "old", "at_ms": NOVEMBER_MS, "board_id": "acme", "model": "seedream"}
    older |= {"asked": 4, "delivered": 3, "failed": 1, "price_usd": 0.04, "price_as_of": "", "billed": "yes"}
    (folder / "old.json").write_text(json.dumps(older))
    assert read_spend(folder / "old.json").generated is None
    assert library.synchronise()
    assert library.spent("acme", "2026-11") == about(0.12)


SPENDS = st.builds(
    Spend,
    job_id=st.uuids().map(lambda value: value.hex),
    at_ms=st.integers(0, 2**45),
    board_id=st.text(max_size=20),
    model=st.text(max_size=20),
    asked=st.integers(0, 15),
    delivered=st.integers(0, 30),
    failed=st.integers(0, 15),
    price_usd=st.none() | st.floats(0, 100),
    price_as_of=st.just("2026-11-22"),
    billed=st.sampled_from(Billed),
    generated=st.none() | st.integers(0, 30),
    surcharge_usd=st.floats(0, 10),
)


@given(SPENDS)
def test_every_spend_is_read_as_it_was_written(spend: Spend) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spend.json"
        path.write_text(json.dumps(encode(spend)))
        assert read_spend(path) == spend


@pytest.mark.parametrize("figure", ["1e999", "-1", "99999999999999999999999", '"4"', "true"])
@pytest.mark.parametrize("name", ["at_ms", "asked", "generated", "price_usd", "surcharge_usd"])
def test_a_figure_that_no_request_has_spoils_no_sum(
    bench: Bench, library: Library, name: str, figure: str
) -> None:
    library.record_spend(SPEND)
    path = bench.root / ".seedream" / "spend" / "2026-11" / "job-2.json"
    written = {**encode(replace(SPEND, job_id="job-2", generated=1)), name: "figure"}
    path.write_text(json.dumps(written).replace('"figure"', figure))
    assert not library.synchronise()
    assert library.spent("acme", "2026-11") == about(0.12)


def test_a_check_settles_what_is_kept(bench: Bench, library: Library) -> None:
    library.record_spend(replace(SPEND, billed=Billed.MAYBE, delivered=0))
    (charge,) = library.charges_since(0)
    assert charge == Charge("job-1", NOVEMBER_MS, 0.04, 0.16, Billed.MAYBE)
    library.settle_spend(replace(charge, billed=Billed.YES), 2)
    assert library.spent(None, "2026-11") == about(0.08)
    library.settle_spend(replace(charge, billed=Billed.NO), None)
    assert library.spent(None, "2026-11") == Costs()
    library.settle_spend(replace(charge, job_id="gone", billed=Billed.YES), None)
    assert library.charges_since(NOVEMBER_MS) == ()


def test_costs_stay_when_pictures_go_and_when_the_index_goes(bench: Bench, library: Library) -> None:
    library.add(bench.new(1))
    library.record_spend(SPEND)
    library.purge([entry.id for entry in library.trash(library.ids(Query()))])
    other = bench.open(index=bench.folder / "other.sqlite3")
    assert other.synchronise()
    assert library.spent(None, "2026-11") == other.spent(None, "2026-11") == about(0.12)


def test_costs_of_another_machine_and_damaged_ones(bench: Bench, library: Library) -> None:
    library.record_spend(SPEND)
    folder = bench.root / ".seedream" / "spend" / "2026-11"
    content = (folder / "job-1.json").read_text().replace("job-1", "job-2")
    (folder / "job-2.json").write_text(content)
    (folder / "job-3.json").write_text(content[:40])
    assert library.synchronise()
    assert library.spent(None, "2026-11") == about(0.24)
    (folder / "job-2.json").unlink()
    assert library.synchronise()
    assert library.spent(None, "2026-11") == about(0.12)
