"""What may be spent in a day: added up from what is on record and journalled, whenever more is to be sent.

Everything counts at the upper end of its estimate, and what is maybe billed as billed. A request whose price
is not known cannot be held against a limit: while one is set, it is not sent without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import cost_of, settled_usd
from seedream_desktop.generation.errors import Billed, ProblemError
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.pause import DayFigures

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.ledger import Charge
    from seedream_desktop.journal import Journal
    from seedream_desktop.library.library import Library
    from seedream_desktop.tasks import TaskRunner

_ROUNDING_USD = 1e-9  # of sums of cents


@dataclass(frozen=True, slots=True)
class Today:
    """What is known of the requests that were sent today (local), by job id; None: no price is known."""

    day: str  # ISO
    since_ms: int
    charges: Mapping[str, float | None]
    is_waived: bool = False  # the limit does not count today

    def figures(self, limit_usd: float, jobs: Iterable[Job], following: Job) -> DayFigures:
        """What the limit is held against before ``following`` is sent, ``jobs`` being under way."""
        others = [most_usd(job) for job in jobs if job.id not in self.charges]
        every = (*self.charges.values(), *others)
        return DayFigures(
            day=self.day,
            limit_usd=limit_usd,
            spent_usd=sum(usd for usd in self.charges.values() if usd is not None),
            under_way_usd=sum(usd for usd in others if usd is not None),
            next_usd=most_usd(following),
            unpriced=sum(1 for usd in every if usd is None),
        )


class SpendingLimit:
    """The day's limit. GUI thread; it adds up on ``chores``, after what was entered in the journal before."""

    def __init__(
        self,
        journal: Callable[[], Journal],
        charges: Callable[[int], Sequence[Charge]],
        chores: TaskRunner,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """``charges`` gives what the library knows of requests sent after a time, in UTC milliseconds."""
        self.limit_usd = 0.0  # 0: none
        self._journal = journal
        self._charges = charges
        self._chores = chores
        self._today = today
        self._is_looking = False
        self._looks_again = False

    @property
    def day(self) -> str:
        """Today, ISO and local."""
        return self._today().isoformat()

    def look(self, then: Callable[[Today], None], failed: Callable[[Problem], None]) -> None:
        """Add up what was spent today; asked for again meanwhile, only the newest sum counts."""
        if self._is_looking:
            self._looks_again = True
            return
        self._is_looking = True
        day = self._today()

        def on_known(today: Today) -> None:
            self._is_looking = False
            if self._looks_again:
                self._looks_again = False
                self.look(then, failed)
            else:
                then(today)

        def on_failed(problem: Problem) -> None:
            self._is_looking = self._looks_again = False
            failed(problem)

        self._chores.call(lambda: self._add_up(day), on_known, on_failed)

    def waive_today(self, failed: Callable[[Problem], None]) -> None:
        """Let the limit not count for the rest of the day."""
        day = self.day
        self._chores.call(lambda: self._journal().store_waiver(day), lambda _: None, failed)

    def _add_up(self, day: dt.date) -> Today:
        since_ms = int(dt.datetime.combine(day, dt.time()).astimezone().timestamp() * 1000)
        journal, charges = self._journal(), dict[str, float | None]()
        with suppress(ProblemError):  # the journal knows what this machine sent, at the upper end
            charges = {one.job_id: _most_of(one) for one in self._charges(since_ms - 1)}
        sent = journal.sent_since(since_ms, charges)
        charges |= {job.id: most_usd(job) for job in sent}
        return Today(day.isoformat(), since_ms, charges, journal.waived_on() == day.isoformat())


def charges_of(library: Callable[[], Library | None]) -> Callable[[int], Sequence[Charge]]:
    """What the open library knows of requests sent after a time; nothing, while none is open. Any thread."""

    def since(at_ms: int) -> Sequence[Charge]:
        open_library = library()
        return open_library.charges_since(at_ms) if open_library is not None else ()

    return since


def fits(figures: DayFigures) -> bool:
    """Whether the next request may be sent without passing the limit."""
    if figures.next_usd is None:
        return False
    sum_usd = figures.spent_usd + figures.under_way_usd + figures.next_usd
    return sum_usd <= figures.limit_usd + _ROUNDING_USD


def most_usd(job: Job) -> float | None:
    """What a job costs at most, as far as it has come; None: no price is known."""
    if job.problem is not None and job.state is JobState.FAILED and job.problem.billed is Billed.NO:
        return 0.0
    if job.state is JobState.SAVED:
        pictures = sum(map(bool, job.saved)) + job.missing_count
        return settled_usd(job.price_usd, job.surcharge_usd, pictures)
    cost = cost_of(job)
    return cost.high_usd if cost is not None else None


def _most_of(charge: Charge) -> float | None:
    return 0.0 if charge.billed is Billed.NO else charge.usd
