"""A day's limit is never passed: not by many at once, by what is on record elsewhere, or by a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture, now_ms
from seedream_desktop.generation.ledger import Charge
from seedream_desktop.generation.pause import PauseReason
from seedream_desktop.journal import Journal
from seedream_desktop.state import job_queue
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.pressing import Press
from seedream_desktop.state.spending_limit import Today, fits, most_usd
from seedream_desktop.tasks import TaskRunner
from tests.jobs import a_job
from tests.state.scripted_queue import Script, failed, press_of, saved

PRICE_USD = 0.04
NOT_BILLED = Problem(ProblemKind.FIELD_REFUSED)
PRICES = st.none() | st.integers(0, 500).map(lambda cents: cents / 100)


class Record:
    """What the library knows of today."""

    def __init__(self) -> None:
        self.charges: list[Charge] = []
        self.asked: list[int] = []
        self.is_broken = False

    def since(self, at_ms: int) -> list[Charge]:
        self.asked.append(at_ms)
        if self.is_broken:
            raise ProblemError(Problem(ProblemKind.UNEXPECTED))
        return [one for one in self.charges if one.at_ms > at_ms]

    def add(self, usd: float | None, billed: Billed = Billed.YES, job_id: str = "elsewhere") -> None:
        self.charges.append(Charge(job_id, now_ms(), usd, usd, billed))


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def queue(
    qtbot: QtBot, journal: Journal, script: Script, record: Record, monkeypatch: pytest.MonkeyPatch
) -> Iterator[JobQueue]:
    monkeypatch.setattr(job_queue, "TWO_PRESSES_ARE_ONE_S", 0.0)
    runner, chores = TaskRunner(8), TaskRunner(1)
    yield JobQueue(lambda: journal, script.run, runner, chores, 8, record.since)
    assert runner.close(60_000)
    assert chores.close(60_000)


def priced(count: int, price_usd: float | None = PRICE_USD) -> Press:
    return replace(press_of(count), price_usd=price_usd)


def is_held(queue: JobQueue) -> bool:
    return queue.held_by is not None and queue.held_by.reason is PauseReason.DAILY_LIMIT


def test_eight_that_start_together_do_not_pass_it(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    queue.set_daily_limit(0.13)
    queue.press(priced(8))
    qtbot.waitUntil(lambda: is_held(queue))
    qtbot.waitUntil(lambda: len(script.started) == 3)
    assert len(queue.waiting) == 5
    assert queue.held_by is not None
    figures = queue.held_by.figures
    assert figures is not None
    assert (figures.limit_usd, figures.next_usd, figures.day) == (0.13, 0.04, queue.limit.day)
    assert figures.spent_usd + figures.under_way_usd == pytest.approx(0.12)


def test_a_limit_that_is_met_exactly_is_kept(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    queue.set_daily_limit(0.12)
    queue.press(priced(4))
    qtbot.waitUntil(lambda: is_held(queue) and len(script.started) == 3)


def test_without_a_limit_nothing_is_added_up(
    queue: JobQueue, script: Script, record: Record, qtbot: QtBot
) -> None:
    queue.press(priced(8, price_usd=None))
    qtbot.waitUntil(lambda: len(script.started) == 8)
    assert record.asked == []


@pytest.mark.parametrize(("billed", "started"), [(Billed.YES, 1), (Billed.MAYBE, 1), (Billed.NO, 3)])
def test_what_is_on_record_counts_and_what_may_have_been_billed_too(
    queue: JobQueue, script: Script, record: Record, qtbot: QtBot, billed: Billed, started: int
) -> None:
    record.add(0.10, billed)
    queue.set_daily_limit(0.15)
    queue.press(priced(4))
    qtbot.waitUntil(lambda: is_held(queue) and len(script.started) == started)


def test_what_was_not_billed_leaves_room_again(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    queue.set_daily_limit(PRICE_USD)
    queue.set_jobs_at_once(1)
    jobs = queue.press(priced(3))
    script.endings = {job.id: failed(ProblemKind.PROMPT_REFUSED) for job in jobs}
    qtbot.waitUntil(lambda: len(script.started) == 3 and not queue.running)
    assert not queue.is_paused


def test_what_was_saved_is_not_counted_twice(
    queue: JobQueue, script: Script, record: Record, qtbot: QtBot
) -> None:
    def saved_and_recorded(job: Job) -> Job:
        record.add(0.04, job_id=job.id)
        return replace(saved(job), saved=("a",), sending_ms=now_ms(), ended_ms=now_ms())

    queue.set_daily_limit(0.12)
    queue.set_jobs_at_once(1)
    jobs = queue.press(priced(4))
    script.endings = {job.id: saved_and_recorded for job in jobs}
    qtbot.waitUntil(lambda: is_held(queue))
    assert len(script.started) == 3


def test_the_journal_knows_what_no_record_tells(
    queue: JobQueue, journal: Journal, script: Script, record: Record, qtbot: QtBot
) -> None:
    """Of a library that is away, of another one, or of before a crash."""
    spent = replace(a_job(JobState.UNKNOWN), price_usd=0.10, sending_ms=now_ms(), ended_ms=now_ms())
    journal.add((spent,))
    record.is_broken = True
    queue.set_daily_limit(0.15)
    queue.press(priced(2))
    qtbot.waitUntil(lambda: is_held(queue) and len(script.started) == 1)


def test_yesterday_does_not_count(queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot) -> None:
    then_ms = now_ms() - 86_400_000
    spent = replace(a_job(JobState.UNKNOWN), price_usd=9.0, sending_ms=then_ms, ended_ms=now_ms())
    journal.add((spent,))
    queue.set_daily_limit(0.05)
    queue.press(priced(1))
    qtbot.waitUntil(lambda: len(script.started) == 1)
    assert not queue.is_paused


def test_a_price_that_is_not_known_cannot_be_held_against_it(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    queue.set_daily_limit(100.0)
    queue.press(priced(1, price_usd=None))
    qtbot.waitUntil(lambda: is_held(queue))
    assert script.started == []
    assert queue.held_by is not None
    assert queue.held_by.figures is not None
    assert queue.held_by.figures.next_usd is None


def test_going_on_today_lasts_for_the_day_and_beyond_a_restart(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    queue.set_daily_limit(0.01)
    queue.press(priced(3))
    qtbot.waitUntil(lambda: is_held(queue))
    queue.go_on_today()
    qtbot.waitUntil(lambda: len(script.started) == 3)
    queue.press(priced(1))
    qtbot.waitUntil(lambda: len(script.started) == 4)
    assert journal.waived_on() == queue.limit.day


def test_a_waiver_of_another_day_does_not_count(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot
) -> None:
    journal.store_waiver("2001-01-01")
    queue.set_daily_limit(0.01)
    queue.press(priced(1))
    qtbot.waitUntil(lambda: is_held(queue))
    assert script.started == []


@pytest.mark.parametrize("limit_usd", [0.0, 1.0])
def test_a_limit_that_is_raised_or_taken_away_lets_go(
    queue: JobQueue, script: Script, qtbot: QtBot, limit_usd: float
) -> None:
    queue.set_daily_limit(0.05)
    queue.press(priced(2))
    qtbot.waitUntil(lambda: is_held(queue) and len(script.started) == 1)
    queue.set_daily_limit(limit_usd)
    qtbot.waitUntil(lambda: len(script.started) == 2)
    assert not queue.is_paused


def test_resuming_at_the_limit_pauses_again(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    queue.set_daily_limit(0.05)
    queue.press(priced(2))
    qtbot.waitUntil(lambda: is_held(queue) and len(script.started) == 1)
    queue.resume()
    qtbot.waitUntil(lambda: is_held(queue))
    assert len(script.started) == 1


def test_a_limit_does_not_let_go_of_a_pause_by_hand(queue: JobQueue, script: Script, qtbot: QtBot) -> None:
    queue.set_daily_limit(0.05)
    queue.pause()
    queue.press(priced(1))
    queue.set_daily_limit(0.0)
    qtbot.wait(20)
    assert script.started == []


def test_a_journal_that_cannot_be_read_sends_nothing(
    queue: JobQueue, journal: Journal, script: Script, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise ProblemError(Problem(ProblemKind.FOLDER_NOT_WRITABLE))

    monkeypatch.setattr(journal, "sent_since", unreadable)
    queue.set_daily_limit(5.0)
    with qtbot.waitSignal(queue.failed):
        queue.press(priced(1))
    assert queue.held_by is not None
    assert queue.held_by.reason is PauseReason.PROBLEM
    assert script.started == []


def cost_job(**fields: object) -> Job:
    return replace(a_job(), price_usd=0.1, surcharge_usd=0.01, **fields)  # type: ignore[arg-type]


MISSING = (MissingPicture(1, Problem(ProblemKind.RESULT_REFUSED)),)


@pytest.mark.parametrize(
    ("job", "usd"),
    [
        (cost_job(), 0.11),
        (replace(cost_job(), price_usd=None), None),
        (cost_job(state=JobState.FAILED, problem=NOT_BILLED), 0.0),
        (cost_job(state=JobState.UNKNOWN, problem=replace(NOT_BILLED, billed=Billed.MAYBE)), 0.11),
        (cost_job(state=JobState.SAVED, saved=("a", "", "b")), 0.21),
        (cost_job(state=JobState.SAVED, saved=("a",), missing=MISSING), 0.21),
    ],
)
def test_a_job_counts_at_the_upper_end(job: Job, usd: float | None) -> None:
    assert most_usd(job) == (None if usd is None else pytest.approx(usd))


@given(st.dictionaries(st.text(max_size=3), PRICES, max_size=6), st.lists(PRICES, max_size=6), PRICES, PRICES)
def test_what_fits_never_passes_the_limit(
    charges: dict[str, float | None], others: list[float | None], following: float | None, limit: float | None
) -> None:
    jobs = [replace(a_job(), price_usd=price) for price in others]
    today = Today("2026-11-22", 0, charges)
    figures = today.figures(limit or 0.0, jobs, replace(a_job(), price_usd=following))
    known = [usd for usd in (*charges.values(), *others) if usd is not None]
    assert figures.spent_usd + figures.under_way_usd == pytest.approx(sum(known))
    assert figures.unpriced == len(charges) + len(others) - len(known)
    if fits(figures):
        assert following is not None
        assert sum(known) + following <= figures.limit_usd + 1e-6
    elif following is not None:
        assert sum(known) + following > figures.limit_usd - 1e-6
