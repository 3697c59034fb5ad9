"""Finding out whether requests of unknown outcome were billed, by the account's total; rules in ``ledger``.

Every balance that comes in is a chance to move the anchor: the moment in which total and spend files agreed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.checks import Anchor, Doubt
from seedream_desktop.generation.cost import cost_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.generation.ledger import (
    BOOKING_MS,
    FLOOR_USD,
    LONG_MS,
    Charge,
    Ruling,
    Verdict,
    agrees,
    given_up_ms,
    pictures_billed,
    proves,
    settled_ms,
    verdict,
)
from seedream_desktop.state.tiles import usual_s

if TYPE_CHECKING:
    from seedream_desktop.api.account import Balance
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.account import Account
    from seedream_desktop.state.job_queue import JobQueue
    from seedream_desktop.tasks import TaskRunner

_ABOUT_THE_KEY = (ProblemKind.NO_KEY, ProblemKind.KEY_MALFORMED, ProblemKind.KEY_REFUSED)
_SENT = (JobState.ANSWERED, JobState.UNKNOWN)
_LONGEST_WAIT_S = 600.0  # for an answer of any model


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read for one look at the account."""

    library: Library
    used_usd: float
    asked_ms: int
    charges: tuple[Charge, ...]
    key_count: int


class Checking(QObject):
    """Compares what the account has spent with what is on record. GUI thread; it reads on ``runner``."""

    settled = Signal(object)  # Ruling; what is on record has changed
    failed = Signal(object)  # Problem: what was found out could not be kept

    def __init__(
        self,
        queue: JobQueue,
        account: Account,
        library: Callable[[], Library | None],
        runner: TaskRunner,
        *,
        catalog: Catalog,
        origin: str,
        anchor: Anchor | None,
        clock_ms: Callable[[], int] = now_ms,
    ) -> None:
        """``anchor`` is what was remembered; it is of use only for the same ``origin`` and the same key."""
        super().__init__()
        self._queue = queue
        self._account = account
        self._library = library
        self._runner = runner
        self._catalog = catalog
        self._origin = origin
        self._anchor = anchor if anchor is not None and anchor.origin == origin else None
        self._clock_ms = clock_ms
        self._began_ms = clock_ms()  # of an earlier run everything had ended by then
        self._asked: set[str] = set()  # job ids
        self._ended_ms = 0  # when the last request of this session ended
        self._key_count = 0  # keys seen: what was asked with one is of no use with another
        self._is_lasting = True  # the key is the keyring's: the same after a restart
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(account.refresh_balance)
        account.balance_changed.connect(self._on_balance)
        account.balance_failed.connect(self._on_no_balance)
        account.key_changed.connect(self._on_key)
        queue.ended.connect(self._on_ended)

    @property
    def anchor(self) -> Anchor | None:
        """When total and spend files agreed last."""
        return self._anchor

    @property
    def remembered(self) -> Anchor | None:
        """The anchor, if it is of use after a restart."""
        return self._anchor if self._is_lasting else None

    def check(self, job_id: str) -> None:
        """Find out whether a job of unknown outcome was billed; the job then says what came of it."""
        if any(job.id == job_id for job in self._unknown()):
            self._asked.add(job_id)
            self._queue.note_doubt(job_id, Doubt.CHECKING)
            self._account.refresh_balance()

    def _on_key(self, state: KeyState) -> None:
        """Another key may be another account."""
        if self._key_count or state.source is not KeySource.KEYRING:
            self._anchor = None
        self._key_count += 1
        self._is_lasting = state.source is KeySource.KEYRING

    def _on_ended(self) -> None:
        self._ended_ms = self._clock_ms()
        if self._asked and not self._is_busy():  # what waits for the network may do so for long
            self._account.refresh_balance_soon()

    def _on_no_balance(self, problem: Problem) -> None:
        self._doubt(Doubt.NO_KEY if problem.kind in _ABOUT_THE_KEY else Doubt.NO_TOTAL)

    def _on_balance(self, balance: Balance) -> None:
        used_usd, library = balance.used_usd, self._library()
        if used_usd is None:
            self._doubt(Doubt.NO_TOTAL)
        elif library is None:
            self._doubt(Doubt.LIBRARY_AWAY)
        elif self._is_busy():
            self._doubt(Doubt.OTHERS_RUNNING, is_final=False)  # a look follows when they have ended
        else:
            asked_ms, unknown, key = self._account.balance_asked_ms, self._unknown(), self._key_count
            self._runner.call(
                lambda: _Seen(library, used_usd, asked_ms, self._charges(library, unknown), key),
                self._on_seen,
                lambda _: self._doubt(Doubt.LIBRARY_AWAY),
            )

    def _charges(self, library: Library, unknown: tuple[Job, ...]) -> tuple[Charge, ...]:
        """What was sent since the anchor. On the runner's thread."""
        from seedream_desktop.state.recording import record_all  # late: after the first paint

        record_all(unknown, lambda library_id: library if library.is_called(library_id) else None)
        anchor = self._anchor
        long_ago_ms = self._clock_ms() - LONG_MS
        charges = library.charges_since(min(anchor.at_ms, long_ago_ms) if anchor else long_ago_ms)
        ours = self._queue.ids_of_this_machine()  # others in the library may have accounts of their own
        return tuple(one if one.job_id in ours else replace(one, is_ours=False) for one in charges)

    def _on_seen(self, seen: _Seen) -> None:
        if seen.key_count != self._key_count:
            self._doubt(Doubt.NO_TOTAL)
            return
        if self._is_busy() or self._ended_ms > seen.asked_ms:
            self._doubt(Doubt.OTHERS_RUNNING, is_final=False)
            return
        seen = replace(seen, charges=(*seen.charges, *self._off_record(seen)))
        anchor, unknown = self._anchor_for(seen), self._unknown()
        told = tuple(job for job in unknown if anchor is not None and _is_since(job, anchor))
        for job in unknown:
            if job not in told:
                self._say(job.id, _why_not(job, seen))
        if anchor is None or not told:
            self._move_anchor(seen, unknown)
        elif not self._asked.isdisjoint(job.id for job in told):
            self._rule(anchor, seen, told)

    def _rule(self, anchor: Anchor, seen: _Seen, told: tuple[Job, ...]) -> None:
        """Say what came of the jobs ``told``, once everything must be booked."""
        ready_ms = max(self._ready_ms(told), self._began_ms + BOOKING_MS, self._ended_ms + BOOKING_MS)
        found = verdict(anchor, seen.used_usd, seen.charges)
        if found.ruling is Ruling.NOT_BILLED:
            ready_ms = max(ready_ms, self._given_up_ms(anchor, seen, told))
        if self._clock_ms() < ready_ms:
            self._doubt(Doubt.TOO_EARLY, is_final=False)
            self._look_at(ready_ms)
            return
        if found.ruling is Ruling.CANNOT_TELL:
            self._doubt(found.doubt or Doubt.OTHER_USE)
            return
        since = _maybe_since(anchor, seen)
        billed = Billed.YES if found.ruling is Ruling.BILLED else Billed.NO
        generated = _pictures_of(told[0], found) if len(since) == 1 else None

        def keep() -> None:
            for charge in (one for one in since if one.is_ours):
                seen.library.settle_spend(replace(charge, billed=billed), generated)

        def on_kept(_: None) -> None:
            if seen.key_count == self._key_count:
                self._anchor = self._anchor_at(seen, is_proven=anchor.is_proven)
            for job in told:
                self._asked.discard(job.id)
                self._queue.settle(job.id, _settled(job, billed))
            self.settled.emit(found.ruling)

        self._runner.call(keep, on_kept, self._on_not_kept)

    def _on_not_kept(self, problem: Problem) -> None:
        self._doubt(Doubt.LIBRARY_AWAY)
        self.failed.emit(problem)

    def _move_anchor(self, seen: _Seen, unknown: tuple[Job, ...]) -> None:
        """Nothing since the anchor is unknown: let it come along, if the total agrees."""
        now, anchor = self._clock_ms(), self._anchor_for(seen)
        if anchor is not None and seen.used_usd < anchor.used_usd - FLOOR_USD:
            anchor = None  # another account, or a total that began anew
        began_ms = max(self._ended_ms, *(one.at_ms for one in seen.charges), 0)
        ready_ms = max(began_ms + BOOKING_MS, self._ready_ms(unknown))
        if anchor is None:
            is_due = now >= ready_ms
        else:
            is_due = agrees(anchor, seen.used_usd, seen.charges, now - began_ms)
        if is_due:
            is_proven = anchor is not None and proves(anchor, seen.used_usd, seen.charges)
            self._anchor = self._anchor_at(seen, is_proven=is_proven)
        elif now < ready_ms:
            self._look_at(ready_ms)

    def _anchor_for(self, seen: _Seen) -> Anchor | None:
        anchor = self._anchor
        return anchor if anchor is not None and anchor.library_id == seen.library.id else None

    def _anchor_at(self, seen: _Seen, *, is_proven: bool) -> Anchor:
        return Anchor(self._origin, seen.library.id, seen.asked_ms, seen.used_usd, is_proven)

    def _is_busy(self) -> bool:
        """Whether anything is under way that may be billed at any moment; not what waits for the network."""
        return any(not job.is_held_up for job in self._queue.running)

    def _unknown(self) -> tuple[Job, ...]:
        return tuple(job for job in self._queue.jobs if job.state is JobState.UNKNOWN)

    def _off_record(self, seen: _Seen) -> tuple[Charge, ...]:
        """What was sent and is not on record: its pictures could not be fetched, or its library is away."""
        on_record = {one.job_id for one in seen.charges}
        jobs = (job for job in self._queue.jobs if job.state in _SENT and job.id not in on_record)
        return tuple(_charge_of(job) for job in jobs)

    def _ready_ms(self, jobs: tuple[Job, ...]) -> int:
        """When all of ``jobs`` are surely booked, or given back."""
        times = (
            settled_ms(job.sending_ms or 0, job.ended_ms or 0, usual_s(job, self._catalog)) for job in jobs
        )
        return max(times, default=0)

    def _given_up_ms(self, anchor: Anchor, seen: _Seen, told: tuple[Job, ...]) -> int:
        """When what shows nowhere came to nothing; of those that were dismissed no more is known."""
        waits_s = {job.id: self._catalog.model(job.request.model).wait_s(job.request) for job in told}
        ours = (one for one in _maybe_since(anchor, seen) if one.is_ours)
        times = (given_up_ms(one.at_ms, waits_s.get(one.job_id, _LONGEST_WAIT_S)) for one in ours)
        return max(times, default=0)

    def _look_at(self, time_ms: int) -> None:
        self._later.start(max(0, time_ms - self._clock_ms()) + 1)

    def _doubt(self, doubt: Doubt, *, is_final: bool = True) -> None:
        """Say of every job that was asked about why it cannot be told; ``is_final``: do not look again."""
        for job_id in tuple(self._asked):
            self._queue.note_doubt(job_id, doubt)
        if is_final:
            self._asked.clear()

    def _say(self, job_id: str, doubt: Doubt) -> None:
        if job_id in self._asked:
            self._asked.discard(job_id)
            self._queue.note_doubt(job_id, doubt)


def _maybe_since(anchor: Anchor, seen: _Seen) -> list[Charge]:
    return [one for one in seen.charges if one.at_ms > anchor.at_ms and one.billed is Billed.MAYBE]


def _why_not(job: Job, seen: _Seen) -> Doubt:
    return Doubt.NO_ANCHOR if seen.library.is_called(job.library_id) else Doubt.LIBRARY_AWAY


def _is_since(job: Job, anchor: Anchor) -> bool:
    return job.library_id == anchor.library_id and (job.sending_ms or 0) > anchor.at_ms


def _charge_of(job: Job) -> Charge:
    cost = cost_of(job)
    least_usd, usd = (cost.low_usd, cost.high_usd) if cost is not None else (None, None)
    billed = Billed.YES if job.state is JobState.ANSWERED else Billed.MAYBE
    return Charge(job.id, job.sending_ms or 0, least_usd, usd, billed)


def _pictures_of(job: Job, found: Verdict) -> int | None:
    if found.ruling is not Ruling.BILLED:
        return None
    asked = job.request.pictures_at_most
    return pictures_billed(found.rise_usd, job.price_usd, job.surcharge_usd, asked)


def _settled(job: Job, billed: Billed) -> Problem:
    """What the job says from now on: without an answer, but no longer in doubt."""
    kind = ProblemKind.ANSWER_LOST if billed is Billed.YES else ProblemKind.NOTHING_MADE
    return replace(job.problem or Problem(kind), kind=kind, billed=billed)
