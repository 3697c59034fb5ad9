"""Whatever is pressed, cancelled, moved, paused and killed in whatever order: nothing is sent twice unasked,
nothing is lost, the order is kept, and a day's limit is not passed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.journal import Journal
from seedream_desktop.pipeline.events import JobChanged, JobEvent, Progress
from seedream_desktop.pipeline.step import PUT_BACK, UNLESS_SENT
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.tasks import TaskRunner
from tests.state.scripted_queue import AWAY, press_of

PRICE_USD = 1.0
LIMIT_USD = 5.0
AT_ONCE = 3
REFUSED = Problem(ProblemKind.KEY_REFUSED, Billed.NO)
UNREADABLE = Problem(ProblemKind.PROMPT_REFUSED, Billed.NO)
LOST = Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE)
NO_LIBRARY = Problem(ProblemKind.LIBRARY_AWAY, Billed.YES)
LINK = AnsweredPicture(0, url="https://a/?sign=1")


@dataclass
class Run:
    """A job under way, as far as the machine has let it come."""

    job: Job
    tell: Callable[[JobEvent], None]
    end: Callable[[Problem | None], None]
    is_sent: bool = False
    reasons: list[str] = field(default_factory=list)

    def cancel(self, reason: str = "") -> None:
        self.reasons.append(reason)


class Chores:
    """Calls in their order, each when the machine says so; a kill forgets the rest."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def call(
        self,
        function: Callable[[], Any],
        on_result: Callable[[Any], None],
        _on_problem: Callable[[Problem], None] | None = None,
    ) -> None:
        self.calls.append(lambda: on_result(function()))

    def do_one(self) -> None:
        self.calls.pop(0)()


class Runs:
    """The pool: holds what was started until the machine brings it on."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.making: Job | None = None
        self.held: set[str] = set()  # what waited over a restart: sent only once the designer has said so

    def start(
        self,
        make: Callable[[], object],
        on_event: Callable[[JobEvent], None],
        on_end: Callable[[Problem | None], None],
    ) -> Run:
        make()
        assert self.making is not None
        assert self.making.id not in self.held
        run = Run(self.making, on_event, on_end)
        self.runs.append(run)
        return run

    def set_threads(self, _count: int) -> None:
        pass

    def note(self, job: Job) -> AsyncIterator[JobEvent]:
        self.making = job
        return cast("AsyncIterator[JobEvent]", None)


class QueueMachine(RuleBasedStateMachine):
    """A designer, a server and somebody who kills the process."""

    limit_usd = LIMIT_USD  # with one, each job is sent only after all that was to be entered before

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="queue-"))
        self.sent: Counter[str] = Counter()  # bodies that the server has seen, by job id
        self.answered: set[str] = set()
        self.entered: set[str] = set()  # jobs that the journal has taken
        self.gone: set[str] = set()  # saved, cancelled, dismissed or replaced, as the designer was told
        self.begin()

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    def begin(self) -> None:
        """A process begins on what there is."""
        self.journal = Journal(self.folder / "journal.sqlite3")
        self.chores, self.pool = Chores(), Runs()
        runner, chores = cast("TaskRunner", self.pool), cast("TaskRunner", self.chores)
        self.queue = JobQueue(lambda: self.journal, self.pool.note, runner, chores, AT_ONCE)
        self.queue.set_daily_limit(self.limit_usd)
        jobs = self.journal.recover()
        self.pool.held = {job.id for job in jobs if job.state is JobState.QUEUED}
        answered = {job.id for job in jobs if job.state is JobState.ANSWERED}
        assert answered >= self.answered - self.gone - self.saved_before_the_news()
        self.queue.load(jobs, self.journal.held_by())
        self.queue.job_removed.connect(self.gone.add)

    def run(self, number: int) -> Run:
        return self.pool.runs[number % len(self.pool.runs)]

    def enter(self, run: Run, **changes: object) -> None:
        run.job = replace(run.job, **changes)  # type: ignore[arg-type]
        self.journal.store(run.job)

    def finish(self, run: Run, **changes: object) -> None:
        self.enter(run, **changes)
        run.tell(JobChanged(run.job))
        self.leave(run)

    def leave(self, run: Run) -> None:
        self.pool.runs.remove(run)
        run.end(None)

    # The designer

    @rule(count=st.integers(1, 3), is_entered=st.booleans())
    def press(self, count: int, is_entered: bool) -> None:
        self.queue._last_press_s = -1.0
        self.queue.press(replace(press_of(count), price_usd=PRICE_USD))
        if is_entered:
            self.do_chores()

    @rule(at=st.integers(0, 9), among=st.sampled_from(["cancel", "retry", "dismiss"]))
    @precondition(lambda self: self.queue.jobs)
    def decide(self, at: int, among: str) -> None:
        job = self.queue.jobs[at % len(self.queue.jobs)]
        getattr(self.queue, among)(job.id)

    @rule(at=st.integers(0, 9), to=st.integers(0, 9))
    @precondition(lambda self: len(self.queue.waiting) > 1)
    def move(self, at: int, to: int) -> None:
        ids = [job.id for job in self.queue.waiting]
        self.queue.move([ids[at % len(ids)]], ids[to % len(ids)] if to < len(ids) else None)

    @rule()
    def go_on_with_what_waits(self) -> None:
        self.control("resume")
        self.do_chores()

    @rule(among=st.sampled_from(["pause", "resume", "cancel_all"]))
    def control(self, among: str) -> None:
        if among == "resume":
            self.pool.held.clear()
        getattr(self.queue, among)()

    # The journal's thread

    @rule()
    @precondition(lambda self: self.chores.calls)
    def do_a_chore(self) -> None:
        self.chores.do_one()
        self.entered |= self.journal.known_ids()

    @rule()
    @precondition(lambda self: self.chores.calls)
    def do_chores(self) -> None:
        while self.chores.calls:
            self.do_a_chore()

    # The pool's threads and the server

    @rule(at=st.integers(0, 9), steps=st.integers(1, 4))
    @precondition(lambda self: self.pool.runs)
    def go_far(self, at: int, steps: int) -> None:
        run = self.run(at)
        for _ in range(steps):
            if run in self.pool.runs:
                self.go_on(self.pool.runs.index(run))

    def go_on(self, at: int) -> None:
        """A step further, as the pipeline does: what was asked for meanwhile counts first."""
        run = self.run(at)
        if run.reasons and self.stop(run):
            return
        if run.job.state is JobState.QUEUED:
            self.enter(run, state=JobState.SENDING, sending_ms=now_ms(), problem=None)
            run.tell(JobChanged(run.job))
        elif run.job.state is JobState.SENDING and not run.is_sent:
            run.is_sent = True
            self.sent[run.job.id] += 1
            run.tell(Progress(run.job.id, Sending(9, 9, body_complete=True)))
        elif run.job.state is JobState.SENDING:
            run.job = replace(run.job, state=JobState.ANSWERED, answered_ms=now_ms())
            self.journal.store_answer(run.job, Answer((LINK,)))
            self.answered.add(run.job.id)
            run.tell(JobChanged(run.job))
        else:
            self.finish(run, state=JobState.SAVED, saved=("a",), ended_ms=now_ms(), problem=None)

    def stop(self, run: Run) -> bool:
        """What cancelling comes to at this point, as ``run_job`` says; True: it has ended."""
        reasons, run.reasons = run.reasons, []
        if run.job.state is JobState.ANSWERED:
            self.finish(run, problem=NO_LIBRARY)
            return True
        if run.job.is_held_up:
            self.leave(run)
            return True
        is_put_back_only = all(reason == PUT_BACK for reason in reasons)
        if is_put_back_only or (run.is_sent and all(one in (UNLESS_SENT, PUT_BACK) for one in reasons)):
            return False
        state = JobState.UNKNOWN if run.is_sent else JobState.CANCELLED
        self.finish(run, state=state, problem=LOST if run.is_sent else None, ended_ms=now_ms())
        return True

    @rule(at=st.integers(0, 9), problem=st.sampled_from([REFUSED, UNREADABLE, LOST, AWAY]))
    @precondition(lambda self: any(run.job.state is JobState.SENDING for run in self.pool.runs))
    def go_wrong(self, at: int, problem: Problem) -> None:
        sending = [run for run in self.pool.runs if run.job.state is JobState.SENDING]
        run = sending[at % len(sending)]
        if problem is AWAY:
            if not run.is_sent:
                self.enter(run, state=JobState.QUEUED, sending_ms=None, problem=AWAY)
                run.tell(JobChanged(run.job))
        elif run.is_sent:
            state = JobState.UNKNOWN if problem is LOST else JobState.FAILED
            self.finish(run, state=state, problem=problem, ended_ms=now_ms())

    # Whoever kills

    @rule()
    def kill(self) -> None:
        """Nothing that was not committed is there afterwards."""
        self.journal.close()
        self.begin()

    @rule(at=st.integers(0, 9))
    @precondition(lambda self: self.pool.runs)
    def kill_between_a_commit_and_its_news(self, at: int) -> None:
        run = self.run(at)
        run.tell, run.end = lambda _: None, lambda _: None
        self.go_on(at)
        self.kill()

    @initialize()
    def start(self) -> None:
        self.press(2, is_entered=True)

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        assert all(count == 1 for count in self.sent.values()), self.sent

    @invariant()
    def nothing_is_lost(self) -> None:
        """What the journal took is open, or the designer was told that it is not."""
        open_ids = {job.id for job in self.journal.open_jobs()}
        shown = {job.id for job in self.queue.jobs}
        over = {
            job_id for job_id in self.entered - open_ids if not self.chores.calls and job_id not in self.gone
        }
        assert not over - self.saved_before_the_news(), over
        if not self.chores.calls:
            assert shown == open_ids

    def saved_before_the_news(self) -> set[str]:
        rows = self.journal._connection.execute("SELECT id FROM jobs WHERE state IN ('saved', 'cancelled')")
        return {job_id for (job_id,) in rows}

    @invariant()
    def the_order_is_kept(self) -> None:
        if not self.chores.calls:
            assert [job.id for job in self.journal.open_jobs()] == [job.id for job in self.queue.jobs]

    @invariant()
    def no_more_run_than_may(self) -> None:
        asking = [run for run in self.pool.runs if run.job.state is not JobState.ANSWERED]
        assert len(asking) <= AT_ONCE

    @invariant()
    def the_limit_is_kept(self) -> None:
        """One dollar each: what was sent and not refused, and what is about to be sent."""
        jobs = [run.job for run in self.pool.runs if run.job.id not in self.sent]
        asking = sum(1 for job in jobs if job.state is not JobState.ANSWERED)
        rows = self.journal.sent_since(0, ())
        billed = sum(1 for job in rows if job.id in self.sent and not _is_free(job))
        assert not self.limit_usd or asking + billed <= self.limit_usd


def _is_free(job: Job) -> bool:
    return job.state is JobState.FAILED and job.problem is not None and job.problem.billed is Billed.NO


class UnlimitedMachine(QueueMachine):
    """The same without a limit: each job is sent as soon as it may be."""

    limit_usd = 0.0


TestQueueMachine, TestUnlimitedMachine = QueueMachine.TestCase, UnlimitedMachine.TestCase
TestQueueMachine.settings = TestUnlimitedMachine.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, phases=(Phase.generate,)
)
