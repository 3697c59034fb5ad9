"""Check, on real sockets and files: the stand-in's bill tells what became of requests without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import Balance
from seedream_desktop.credentials import Credentials, KeySource, KeyState
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.checks import Anchor, Doubt
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Size
from seedream_desktop.journal import Journal
from seedream_desktop.library.costs import Costs, Spend
from seedream_desktop.library.spending import read_spend
from seedream_desktop.settings import Settings, load_settings, places, save_settings
from seedream_desktop.state.checking import Checking
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.demo_fixtures import Demo
from tests.pipeline_bench import SMALL

PRICE_USD = 0.03
LATER_MS = 600_000
USED_UP = {"kind": "status", "status": 500, "on": "billing", "times": 2}


@dataclass
class Stage:
    """A session that can break, and a clock that can be moved."""

    session: Session
    demo: Demo
    qtbot: QtBot
    ahead_ms: int = 0

    @property
    def checking(self) -> Checking:
        return self.session.checking

    def now_ms(self) -> int:
        return now_ms() + self.ahead_ms

    def see_total(self) -> None:
        """Let the total come in, and what follows from it."""
        with self.qtbot.waitSignal(self.session.account.balance_changed):
            self.session.account.refresh_balance()
        asking = self.session._asking
        self.qtbot.waitUntil(lambda: not asking._tasks)

    def send(self, *faults: dict[str, object], prompt: str = "a red fox") -> tuple[Job, ...]:
        """Press once for each fault, {} for none, and wait for the end of all."""
        self.demo.clear_faults()
        for fault in faults:
            if fault:
                self.demo.set_fault(**fault)  # type: ignore[arg-type]
            self.session.draft.set_prompt(prompt)
            self.session.queue._last_press_s = 0.0
            assert len(self.session.press()) == 1
            self.qtbot.waitUntil(lambda: not self.session.queue.running and not self.session.queue.waiting)
        return tuple(one for one in self.session.queue.jobs if one.state is JobState.UNKNOWN)

    def check(self, job: Job) -> Job:
        """Check a job and wait until it says what came of it."""
        queue = self.session.queue

        def now() -> Job:
            return next(one for one in queue.jobs if one.id == job.id)

        self.checking.check(job.id)
        self.qtbot.waitUntil(lambda: now().doubt is not Doubt.CHECKING)
        return now()

    def spends(self) -> tuple[Spend, ...]:
        root = self.session.pictures.the_library().root
        return tuple(read_spend(path) for path in root.glob(".seedream/spend/*/*.json"))

    def journalled(self) -> dict[str, Job]:
        assert self.session._writing.drain(5000)
        return {job.id: job for job in self.session.journal.open_jobs()}


LOST: dict[str, object] = {"kind": "drop_after_body", "billed": True}
REFUSED: dict[str, object] = {"kind": "drop_after_body"}


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, demo: Demo) -> Iterator[Stage]:
    """An open library, a key, and a total that was seen before anything was sent."""
    recipe = Recipe(prompt="a red fox", model=SMALL, size=Size.parse("1024x1024"))
    credentials = Credentials("http://127.0.0.1", demo.key, lambda: None)
    session = Session(
        places(tmp_path / "data"),
        Settings(recipe=recipe, machine_id="m" * 32),
        Provider(demo.base_url, lambda: credentials),
        load_catalog(resource_path("models.toml")),
    )
    stage = Stage(session, demo, qtbot)
    session.checking._clock_ms = stage.now_ms
    with qtbot.waitSignal(session.account.key_changed):
        session.account.load()
    session.open(tmp_path / "library")
    qtbot.waitUntil(lambda: session.target_board() is not None)
    stage.see_total()
    yield stage
    assert session.close(5000)


def test_what_was_made_and_lost_on_its_way_is_billed(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    found = stage.check(job)
    assert found.state is JobState.FAILED
    assert found.problem is not None
    assert (found.problem.kind, found.problem.billed) == (ProblemKind.ANSWER_LOST, Billed.YES)
    (spend,) = stage.spends()
    assert (spend.billed, spend.generated, spend.usd) == (Billed.YES, 1, PRICE_USD)
    assert stage.journalled()[job.id] == found


def test_what_was_never_begun_is_not_billed(stage: Stage) -> None:
    (job,) = stage.send(REFUSED)
    stage.ahead_ms = LATER_MS
    found = stage.check(job)
    assert found.state is JobState.FAILED
    assert found.problem is not None
    assert (found.problem.kind, found.problem.billed) == (ProblemKind.NOTHING_MADE, Billed.NO)
    assert [spend.billed for spend in stage.spends()] == [Billed.NO]
    assert stage.journalled()[job.id] == found


def colleagues_spend(stage: Stage, billed: Billed = Billed.YES) -> None:
    """What somebody else who works in the same library sent with an account of their own."""
    stage.session.pictures.the_library().record_spend(
        Spend("theirs", now_ms(), "board", SMALL, 1, 1, 0, PRICE_USD, "2026-11-22", billed)
    )


def test_what_others_in_the_library_paid_themselves_does_not_hide_what_was_billed_here(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    colleagues_spend(stage)
    stage.ahead_ms = LATER_MS
    found = stage.check(job)
    assert (found.state, found.doubt) == (JobState.UNKNOWN, Doubt.SEVERAL)


def test_what_others_in_the_library_do_not_know_is_not_settled_by_our_bill(stage: Stage) -> None:
    (job,) = stage.send(REFUSED)
    colleagues_spend(stage, Billed.MAYBE)
    stage.ahead_ms = LATER_MS
    assert stage.check(job).state is JobState.FAILED
    assert {spend.job_id: spend.billed for spend in stage.spends()} == {
        job.id: Billed.NO,
        "theirs": Billed.MAYBE,
    }


def test_that_nothing_came_of_it_is_told_only_when_no_answer_could_come_any_more(stage: Stage) -> None:
    (job,) = stage.send(REFUSED)
    stage.ahead_ms = 200_000  # its model usually takes 10 s; the service may be slow today
    assert stage.check(job).doubt is Doubt.TOO_EARLY
    stage.ahead_ms = LATER_MS
    assert stage.check(job).state is JobState.FAILED


def test_what_ended_a_moment_ago_beside_one_that_waits_may_not_be_on_the_bill_yet(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    stage.session.queue.ended.emit()  # while another still waits for the network: not idle
    doubt = stage.check(job).doubt
    assert doubt is not None
    assert doubt.is_passing


def test_what_ended_right_before_a_restart_may_not_be_on_the_bill_yet(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    stage.checking._began_ms = stage.now_ms()
    assert stage.check(job).doubt is Doubt.TOO_EARLY


def test_what_was_asked_with_another_key_tells_nothing(stage: Stage) -> None:
    account, reading = stage.session.account, stage.session._asking
    stage.ahead_ms = LATER_MS
    account.key_changed.emit(KeyState(KeySource.ENVIRONMENT))
    balance = Balance(limit_usd=10.0, used_usd=5.0)
    account.balance_changed.emit(balance)
    account.key_changed.emit(KeyState(KeySource.SESSION))  # before the record has been read
    stage.qtbot.waitUntil(lambda: not reading._tasks)
    assert stage.checking.anchor is None


def test_a_total_that_rose_as_foretold_proves_the_prices(stage: Stage) -> None:
    first = stage.checking.anchor
    assert first is not None
    assert not first.is_proven
    stage.send({})
    stage.see_total()
    second = stage.checking.anchor
    assert second is not None
    assert second.is_proven


def test_of_one_that_was_and_one_that_was_not_neither_can_be_told(stage: Stage) -> None:
    jobs = stage.send(LOST, REFUSED)
    stage.ahead_ms = LATER_MS
    found = stage.check(jobs[0])
    assert (found.state, found.doubt) == (JobState.UNKNOWN, Doubt.SEVERAL)
    assert {spend.billed for spend in stage.spends()} == {Billed.MAYBE}
    assert stage.journalled()[jobs[0].id].doubt is Doubt.SEVERAL


def test_the_cheapest_shape_of_a_size_counts_where_the_model_picks_it(stage: Stage) -> None:
    draft = stage.session.draft
    draft.set_model("seedream-5-0-pro-260628")
    draft.set_size(Size(preset="1.5K"))
    (job,) = stage.send(LOST)
    assert (job.price_least_usd, job.price_usd) == (0.045, 0.09)
    assert [(spend.least_usd, spend.usd) for spend in stage.spends()] == [(0.045, 0.09)]
    stage.ahead_ms = LATER_MS
    problem = stage.check(job).problem
    assert problem is not None
    assert problem.kind is ProblemKind.ANSWER_LOST


def test_what_is_known_beside_it_is_taken_into_account(stage: Stage) -> None:
    (job,) = stage.send({}, LOST, {})
    stage.ahead_ms = LATER_MS
    problem = stage.check(job).problem
    assert problem is not None
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_LOST, Billed.YES)
    spent = stage.session.pictures.the_library().spent(None, month_of(stage))
    assert spent == Costs(pytest.approx(3 * PRICE_USD))  # type: ignore[arg-type]


def test_both_of_two_alike_are_told_with_one_check(stage: Stage) -> None:
    jobs = stage.send(LOST, LOST)
    stage.ahead_ms = LATER_MS
    stage.check(jobs[1])
    assert {job.problem.kind for job in stage.session.queue.jobs if job.problem} == {ProblemKind.ANSWER_LOST}


def test_the_bill_says_how_many_pictures_of_a_set_were_lost(stage: Stage) -> None:
    stage.session.draft.set_set(True)
    stage.session.draft.set_images_in_set(10)
    (job,) = stage.send(LOST, prompt="a set of 3 images of a fox")
    stage.ahead_ms = LATER_MS
    stage.check(job)
    (spend,) = stage.spends()
    assert spend.generated == 3
    assert spend.usd == pytest.approx(3 * PRICE_USD)
    with stage.qtbot.waitSignal(stage.session.pictures.opened):  # as at the next start
        stage.session.pictures.open(stage.session.pictures.the_library().root)
    assert stage.session._acting.drain(5000)
    assert stage.spends() == (spend,)


def test_right_after_the_end_it_is_too_early_and_looked_at_again_by_itself(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    found = stage.check(job)
    assert (found.state, found.doubt) == (JobState.UNKNOWN, Doubt.TOO_EARLY)
    assert stage.journalled()[job.id].doubt is None  # after a restart nobody would look again
    assert stage.checking._later.isActive()
    stage.ahead_ms = LATER_MS
    stage.checking._later.start(0)
    stage.qtbot.waitUntil(lambda: stage.session.queue.jobs[0].state is JobState.FAILED)


def test_a_bill_that_is_late_is_waited_for(stage: Stage) -> None:
    stage.demo.set_lag(3600)
    (job,) = stage.send({}, LOST)
    stage.ahead_ms = LATER_MS
    assert stage.check(job).doubt is Doubt.LATE
    stage.demo.advance_clock(3600)
    assert stage.check(job).state is JobState.FAILED


def test_a_total_that_cannot_be_read_is_said_to_who_asks(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    stage.demo.set_fault(**USED_UP)  # type: ignore[arg-type]
    assert stage.check(job).doubt is Doubt.NO_TOTAL


def test_without_a_total_from_before_nothing_can_be_told(stage: Stage) -> None:
    stage.checking._anchor = None
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    assert stage.check(job).doubt is Doubt.NO_ANCHOR
    assert stage.checking.anchor is not None  # for the next one


def test_while_others_are_under_way_it_waits_for_them(stage: Stage) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    stage.demo.set_delay(60)
    stage.session.queue._last_press_s = 0.0
    (other,) = stage.session.press()
    stage.qtbot.waitUntil(lambda: [post["body_complete"] for post in stage.demo.posts()] == [True, True])
    assert stage.check(job).doubt is Doubt.OTHERS_RUNNING
    stage.session.queue.cancel(other.id)
    stage.qtbot.waitUntil(lambda: not stage.session.queue.running)


def test_what_only_waits_for_the_network_does_not_hold_it_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    waiting = replace(job, id="waiting", state=JobState.QUEUED, problem=Problem(ProblemKind.UNREACHABLE))
    monkeypatch.setattr(type(stage.session.queue), "running", property(lambda _: (waiting,)))
    assert stage.check(job).state is JobState.FAILED


def test_it_looks_again_when_only_what_waits_is_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    (job,) = stage.send(LOST)
    waiting = replace(job, id="waiting", state=JobState.QUEUED, problem=Problem(ProblemKind.UNREACHABLE))
    running = [replace(waiting, state=JobState.SENDING)]
    monkeypatch.setattr(type(stage.session.queue), "running", property(lambda _: tuple(running)))
    assert stage.check(job).doubt is Doubt.OTHERS_RUNNING
    running[0] = waiting
    stage.session.account.balance_asked_ms = 0
    with stage.qtbot.waitSignal(stage.session.account.balance_changed):
        stage.session.queue.ended.emit()  # not idle


def test_the_anchor_moves_while_all_agrees_and_stays_while_something_is_unknown(stage: Stage) -> None:
    first = stage.checking.anchor
    assert first is not None
    stage.send({})
    stage.see_total()
    second = stage.checking.anchor
    assert second is not None
    assert second.used_usd == pytest.approx(first.used_usd + PRICE_USD)
    stage.send(LOST)
    stage.see_total()
    assert stage.checking.anchor == second


@pytest.mark.parametrize("source", [KeySource.ENVIRONMENT, KeySource.KEYRING, KeySource.NONE])
def test_another_key_begins_anew(stage: Stage, source: KeySource) -> None:
    assert stage.checking.anchor is not None
    stage.session.account.key_changed.emit(KeyState(source))
    assert stage.checking.anchor is None


def fresh_checking(stage: Stage, anchor: Anchor, origin: str) -> Checking:
    session = stage.session
    return Checking(
        session.queue, session.account, lambda: None, session._asking,
        catalog=session.catalog, origin=origin, anchor=anchor,
    )  # fmt: skip


def test_an_anchor_comes_back_after_a_restart_with_the_same_address_and_the_keyrings_key(
    stage: Stage, tmp_path: Path
) -> None:
    anchor = Anchor("https://one.example/v1", "library", 5, 1.25)
    save_settings(tmp_path / "settings.json", Settings(anchor=anchor))
    kept = load_settings(tmp_path / "settings.json").anchor
    assert kept == anchor
    same = fresh_checking(stage, kept, "https://one.example/v1")
    same._on_key(KeyState(KeySource.KEYRING))
    assert same.remembered == anchor
    assert fresh_checking(stage, kept, "https://two.example/v1").remembered is None
    for_session = fresh_checking(stage, kept, "https://one.example/v1")
    for_session._on_key(KeyState(KeySource.SESSION))
    assert for_session.remembered is None


def test_an_anchor_of_a_session_key_is_of_no_use_after_a_restart(stage: Stage) -> None:
    assert stage.checking.anchor is not None
    assert stage.checking.remembered is None


def test_what_was_found_out_is_still_known_after_a_restart(stage: Stage, tmp_path: Path) -> None:
    (job,) = stage.send(LOST)
    stage.ahead_ms = LATER_MS
    found = stage.check(job)
    stage.journalled()
    journal = Journal(tmp_path / "data" / "journal.sqlite3")
    assert journal.recover() == (found,)
    journal.close()


def month_of(stage: Stage) -> str:
    root = stage.session.pictures.the_library().root
    return next((root / ".seedream" / "spend").iterdir()).name
