"""What requests cost stays, whatever becomes of the pictures."""

import json
from dataclasses import replace

import pytest

from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query, Spend
from tests.library.conftest import Bench, files_below

NOVEMBER_MS = 1_795_000_000_000
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


def test_what_was_or_may_have_been_billed_is_summed_by_month_and_board(library: Library) -> None:
    library.record_spend(SPEND)
    library.record_spend(replace(SPEND, job_id="2", board_id="other", delivered=1))
    library.record_spend(replace(SPEND, job_id="3", billed=Billed.MAYBE, delivered=0))
    library.record_spend(replace(SPEND, job_id="4", at_ms=NOVEMBER_MS + 40 * 86_400_000))
    library.record_spend(replace(SPEND, job_id="5", price_usd=None))
    library.record_spend(replace(SPEND, job_id="6", billed=Billed.NO))
    maybe = 4 * 0.04  # what did not arrive counts as it was asked for
    assert library.spent("acme", "2026-11") == pytest.approx(0.12 + maybe)
    assert library.spent(None, "2026-11") == pytest.approx(0.16 + maybe)
    assert library.spent(None, "2026-10") == 0.0


def test_what_is_known_better_later_takes_the_place_of_the_first(library: Library) -> None:
    library.record_spend(replace(SPEND, billed=Billed.MAYBE, delivered=0))
    library.record_spend(SPEND)
    assert library.spent(None, "2026-11") == pytest.approx(0.12)


def test_costs_stay_when_pictures_go_and_when_the_index_goes(bench: Bench, library: Library) -> None:
    library.add(bench.new(1))
    library.record_spend(SPEND)
    library.purge([entry.id for entry in library.trash(library.ids(Query()))])
    other = bench.open(index=bench.folder / "other.sqlite3")
    assert other.synchronise()
    assert library.spent(None, "2026-11") == other.spent(None, "2026-11") == pytest.approx(0.12)


def test_costs_of_another_machine_and_damaged_ones(bench: Bench, library: Library) -> None:
    library.record_spend(SPEND)
    folder = bench.root / ".seedream" / "spend" / "2026-11"
    content = (folder / "job-1.json").read_text().replace("job-1", "job-2")
    (folder / "job-2.json").write_text(content)
    (folder / "job-3.json").write_text(content[:40])
    assert library.synchronise()
    assert library.spent(None, "2026-11") == pytest.approx(0.24)
    (folder / "job-2.json").unlink()
    assert library.synchronise()
    assert library.spent(None, "2026-11") == pytest.approx(0.12)
