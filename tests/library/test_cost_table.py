"""Costs are told whole: whatever becomes of pictures and boards, the sum is that of the spend files."""

import math
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.board_file import budget_value
from seedream_desktop.library.board_folders import Standing
from seedream_desktop.library.cost_table import CostRow, total
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench

NOVEMBER_MS = 1_795_000_000_000
MONTH_MS = 31 * 86_400_000
SPEND = Spend("job", NOVEMBER_MS, "", "seedream-5-0-lite", 4, 3, 1, 0.04, "2026-11-01", Billed.YES)
SPENDS = st.lists(
    st.builds(
        Spend,
        job_id=st.uuids().map(lambda value: value.hex),
        at_ms=st.integers(NOVEMBER_MS, NOVEMBER_MS + 3 * MONTH_MS),
        board_id=st.sampled_from(["a", "b"]),
        model=st.sampled_from(["lite", "pro"]),
        asked=st.integers(0, 15),
        delivered=st.integers(0, 15),
        failed=st.integers(0, 15),
        price_usd=st.none() | st.floats(0, 1),
        price_as_of=st.just(""),
        billed=st.sampled_from(Billed),
    ),
    max_size=5,
)


def in_files(root: Path) -> dict[Billed, float]:
    """What the spend files themselves add up to."""
    sums: dict[Billed, float] = defaultdict(float)
    for path in (root / ".seedream" / "spend").rglob("*.json"):
        spend = read_spend(path)
        sums[spend.billed] += spend.usd or 0.0
    return sums


def about(row: CostRow) -> dict[Billed, float]:
    return {Billed.YES: row.billed_usd + row.failed_usd, Billed.MAYBE: row.maybe_usd}


def agrees(row: CostRow, root: Path) -> bool:
    wanted = in_files(root)
    return all(math.isclose(usd, wanted[kind], abs_tol=1e-9) for kind, usd in about(row).items())


@hypothesis.settings(max_examples=6, deadline=None)
@given(SPENDS)
def test_the_sum_is_that_of_the_spend_files(
    tmp_path_factory: pytest.TempPathFactory, spends: list[Spend]
) -> None:
    folder = tmp_path_factory.mktemp("costs")
    library = open_library(folder / "library", folder / "index.sqlite3", "laptop", settle_s=0.0)
    for spend in spends:
        library.record_spend(spend)
    rows = library.cost_table.rows(None)
    assert agrees(total(rows), folder / "library")
    assert total(rows).requests == len(spends)
    parts = [total(library.cost_table.rows(board_id)) for board_id in "ab"]
    assert sum(part.requests for part in parts) == len(spends)
    library.close()


def test_each_month_and_model_has_a_row_with_what_failed_and_what_is_not_sure(library: Library) -> None:
    for number, changes in enumerate(
        (
            {},
            {"delivered": 0, "failed": 4},
            {"delivered": 0, "failed": 4, "billed": Billed.NO},
            {"delivered": 0, "failed": 0, "billed": Billed.MAYBE},
            {"price_usd": None},
            {"model": "zeta"},
            {"at_ms": NOVEMBER_MS + MONTH_MS},
        )
    ):
        library.record_spend(replace(SPEND, job_id=str(number), **changes))  # type: ignore[arg-type]
    december, november, other = library.cost_table.rows(None)
    assert (december.month, november.month, other.month) == ("2026-12", "2026-11", "2026-11")
    assert other.model == "zeta"
    assert (november.requests, november.pictures, november.failed, november.maybe) == (5, 6, 2, 1)
    usd = (november.billed_usd, november.failed_usd, november.maybe_usd)
    assert usd == pytest.approx((0.12, 0.16, 0.16))
    assert november.unpriced == 1


def test_deleting_every_picture_changes_no_cost(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    for number in range(1, 6):
        library.add(bench.new(number, board.id))
        library.record_spend(replace(SPEND, job_id=f"job-{number}", board_id=board.id))
    before = (library.cost_table.rows(None), library.cost_table.rows(board.id))
    library.trash(library.ids(Query()))
    library.purge([entry.id for entry in library.trashed()])
    library.synchronise()
    assert library.counts().all == library.counts().trash == 0
    assert (library.cost_table.rows(None), library.cost_table.rows(board.id)) == before
    assert agrees(total(before[0]), bench.root)
    again = bench.open(index=bench.folder / "other" / "index.sqlite3")
    again.synchronise()
    assert again.cost_table.rows(board.id) == before[1]


def test_a_board_counts_those_within_it_wherever_they_go(bench: Bench, library: Library) -> None:
    acme, zine = library.create_board("Acme"), library.create_board("Zine")
    inner = library.create_board("Round 2", acme.id)
    for board in (acme, inner, zine):
        library.record_spend(replace(SPEND, job_id=board.id, board_id=board.id))
    assert total(library.cost_table.rows(acme.id)).requests == 2
    library.rename_board(acme.id, "Acme 2026")
    assert total(library.cost_table.rows(acme.id)).requests == 2
    library.board_folders.remove(inner.id)
    assert total(library.cost_table.rows(acme.id)).requests == 2
    library.board_folders.bring_back([inner.id])
    library.board_folders.move(Standing(inner.id, zine.id, ""))
    assert total(library.cost_table.rows(acme.id)).requests == 1
    assert total(library.cost_table.rows(zine.id)).requests == 2
    assert agrees(total(library.cost_table.rows(None)), bench.root)


def test_a_board_that_was_merged_keeps_the_costs_of_both(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    path = bench.root / "Acme" / ".seedream" / "board.json"
    for number, board_id in enumerate((board.id, "0" * 32)):
        library.record_spend(replace(SPEND, job_id=str(number), board_id=board_id))
    path.with_name("board (1).json").write_text(path.read_text().replace(board.id, "0" * 32))
    library.synchronise()
    assert total(library.cost_table.rows(board.id)).requests == 2
    assert total(library.cost_table.rows("0" * 32)).requests == 2


def test_the_tightest_budget_around_a_board_counts(library: Library) -> None:
    acme = library.create_board("Acme")
    inner = library.create_board("Round 2", acme.id)
    for number, board in enumerate((acme, inner)):
        library.record_spend(replace(SPEND, job_id=str(number), board_id=board.id))
    assert library.cost_table.budget(inner.id, "2026-11") is None
    library.set_up_board(inner.id, {"budget": budget_value(1.0, is_monthly=True)})
    library.set_up_board(acme.id, {"budget": budget_value(0.30, is_monthly=False)})
    use = library.cost_table.budget(inner.id, "2026-11")
    assert use is not None
    assert use.used_usd == pytest.approx(0.24)
    assert (use.name, use.is_low, use.is_used_up) == ("Acme", True, False)
    library.set_up_board(acme.id, {"budget": budget_value(0.20, is_monthly=True)})
    use = library.cost_table.budget(acme.id, "2026-11")
    assert use is not None
    assert use.is_used_up
    assert library.cost_table.budget(acme.id, "2026-12").used_usd == 0.0  # type: ignore[union-attr]


MIDNIGHT_MS = 1_796_083_200_000  # 1 December 2026, UTC
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["spend", "settle", "board", "inner", "move", "remove", "rename", "trash", "purge", "copy"]
        ),
        st.integers(0, 5),
    ),
    max_size=14,
)


class Studio:
    """A library in which anything is done that a designer does."""

    def __init__(self, library: Library, bench: Bench) -> None:
        self.library, self.bench = library, bench
        self.spends: list[Spend] = []

    def do(self, act: str, number: int) -> None:
        """One thing; where it cannot be done, nothing."""
        library, boards = self.library, self.library.boards()
        board = boards[number % len(boards)]
        ids = library.ids(Query())
        if act == "spend":
            name, around = f"job-{len(self.spends)}", (-1, 0, 1, -8 * 3_600_000)
            library.add(self.bench.new(100 + len(self.spends), board.id, job_id=name))
            at_ms = MIDNIGHT_MS + around[number % 4]
            billed = tuple(Billed)[number % 3]
            self.keep(replace(SPEND, job_id=name, board_id=board.id, at_ms=at_ms, billed=billed))
        elif act == "settle" and self.spends:
            known = self.spends[number % len(self.spends)]
            self.keep(replace(known, billed=Billed.YES, generated=number))
        elif act in {"board", "inner"}:
            library.create_board(f"Board {len(boards)}", board.id if act == "inner" else "")
        elif act == "move":
            library.move(ids[:number], board.id)
        elif act == "remove" and board.id != library.inbox.id:
            library.board_folders.remove(board.id)
        elif act == "rename" and board.id != library.inbox.id:
            library.rename_board(board.id, f"Renamed {number} {len(self.spends)}")
        elif act == "trash":
            library.trash(ids[:number])
        elif act == "purge":
            library.purge([entry.id for entry in library.trashed()][:number])
        elif act == "copy" and ids:
            library.working_copy(ids[number % len(ids)])

    def keep(self, spend: Spend) -> None:
        self.library.record_spend(spend)
        self.spends = [one for one in self.spends if one.job_id != spend.job_id] + [spend]


@hypothesis.settings(max_examples=8, deadline=None)
@given(ACTS)
def test_whatever_is_done_with_boards_and_pictures_the_sum_is_that_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    bench = Bench(tmp_path_factory.mktemp("studio"))
    library = bench.open()
    studio = Studio(library, bench)
    for act, number in (*acts, ("spend", 1), ("spend", 3)):
        studio.do(act, number)
    rows = library.cost_table.rows(None)
    assert agrees(total(rows), bench.root)
    assert total(rows).requests == len(studio.spends)
    assert total(rows).pictures == sum(spend.delivered for spend in studio.spends)
    top = [total(library.cost_table.rows(one.id)) for one in library.boards() if "/" not in one.path]
    assert sum(one.requests for one in top) <= len(studio.spends)  # less those of boards that are removed
    again = bench.open(index=bench.folder / "other" / "index.sqlite3")
    again.synchronise()
    assert again.cost_table.rows(None) == rows
    assert [total(again.cost_table.rows(one.id)) for one in again.boards() if "/" not in one.path] == top
    for one in bench.opened:
        one.close()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system's zone cannot be changed")
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_a_month_begins_at_the_same_moment_wherever_it_is_looked_at(
    library: Library, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for number, at_ms in enumerate((MIDNIGHT_MS - 1, MIDNIGHT_MS)):
            library.record_spend(replace(SPEND, job_id=str(number), at_ms=at_ms))
        rows = library.cost_table.rows(None)
        assert [(row.month, row.requests) for row in rows] == [("2026-12", 1), ("2026-11", 1)]
        assert library.spent(None, "2026-12").billed_usd == pytest.approx(0.12)
    finally:
        monkeypatch.undo()
        time.tzset()
