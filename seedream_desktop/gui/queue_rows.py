"""The rows of the queue as values: what runs, what needs a decision, and what waits, folded by press."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.cost import Cost, cost_of, together
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.gui.link_words import is_counting
from seedream_desktop.gui.problem_acts import MENDED_BY_A_LIBRARY, MENDED_IN_PREFERENCES, has_page
from seedream_desktop.state.tiles import usual_s

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog


class Act(StrEnum):
    """What can be done about a row."""

    CANCEL = "cancel"
    STOP_WAITING = "stop_waiting"
    CANCEL_THESE = "cancel_these"
    CHECK = "check"
    TRY_AGAIN = "try_again"
    SEND_AGAIN = "send_again"
    TRY_MISSING = "try_missing"
    FETCH_AGAIN = "fetch_again"
    OPEN_LIBRARY = "open_library"
    PREFERENCES = "preferences"
    SIGN_IN = "sign_in"
    COPY_ID = "copy_id"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One job, or all that wait from one press. ``key`` stays the same while the rest changes."""

    key: str
    jobs: tuple[Job, ...]
    usual_s: int
    is_paused: bool = False
    sending: Sending | None = None

    @property
    def job(self) -> Job:
        """The first of them."""
        return self.jobs[0]

    @property
    def is_held_up(self) -> bool:
        """Whether it would be sent, but waits for the network or the service."""
        return self.job.is_held_up

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for its turn, and can be moved."""
        return self.job.state is JobState.QUEUED and not self.job.is_held_up

    @property
    def is_ticking(self) -> bool:
        """Whether it says something that changes with time."""
        return self.job.state is JobState.SENDING or is_counting(self.job)

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done, the most likely first."""
        job = self.job
        sign_in = (Act.SIGN_IN,) if has_page(job.problem) else ()
        if job.is_held_up:
            return (*sign_in, Act.CANCEL)
        if job.state is JobState.QUEUED:
            return (Act.CANCEL_THESE,) if len(self.jobs) > 1 else (Act.CANCEL,)
        if job.state is JobState.SENDING:
            is_sent = self.sending is not None and self.sending.body_complete
            return (Act.STOP_WAITING,) if is_sent else (Act.CANCEL,)
        if job.state is JobState.ANSWERED:
            return _acts_when_answered(job)
        is_free = job.problem is None or job.problem.billed is Billed.NO
        if job.state is JobState.SAVED:
            return (Act.TRY_MISSING, Act.DISMISS) if job.missing else (Act.DISMISS,)
        copying = (Act.COPY_ID,) if job.problem is not None and job.problem.request_id else ()
        if job.state is JobState.UNKNOWN:
            return (Act.CHECK, Act.SEND_AGAIN, *copying, Act.DISMISS)
        is_mended = job.problem is not None and job.problem.kind in MENDED_IN_PREFERENCES
        first = (Act.PREFERENCES,) if is_mended else sign_in
        return (*first, Act.TRY_AGAIN if is_free else Act.SEND_AGAIN, *copying, Act.DISMISS)

    @property
    def cost(self) -> Cost | None:
        """What all of them may cost; None where no price is known."""
        return together(cost_of(job) for job in self.jobs)


def _acts_when_answered(job: Job) -> tuple[Act, ...]:
    """It cannot be dismissed: its links were paid for."""
    if job.problem is None:
        return ()
    return (Act.FETCH_AGAIN, *([Act.OPEN_LIBRARY] if job.problem.kind in MENDED_BY_A_LIBRARY else ()))


def is_undecided(job: Job) -> bool:
    """Whether nothing more happens to ``job`` until the designer says what."""
    return job.state.is_over or (job.state is JobState.ANSWERED and job.problem is not None)


def queue_rows(
    jobs: tuple[Job, ...], is_paused: bool, sendings: dict[str, Sending], catalog: Catalog
) -> tuple[QueueRow, ...]:
    """What is under way, then what needs a decision, then what waits, folded by press."""
    waiting: dict[str, list[Job]] = {}
    running, undecided = list[Job](), list[Job]()
    for job in jobs:
        if job.state is JobState.QUEUED and not job.is_held_up:
            waiting.setdefault(job.press_id, []).append(job)
        elif is_undecided(job):
            undecided.append(job)
        else:
            running.append(job)
    single = [
        QueueRow(job.id, (job,), usual_s(job, catalog), is_paused, sendings.get(job.id))
        for job in (*running, *undecided)
    ]
    folded = [
        QueueRow(f"press {press_id}", tuple(group), usual_s(group[0], catalog), is_paused)
        for press_id, group in waiting.items()
    ]
    return (*single, *folded)
