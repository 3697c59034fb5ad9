"""When a queue pauses by itself, and which pauses end by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.pause import Pause, PauseReason

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job

_STOPPING = (  # the next request would end the same way
    ProblemKind.KEY_REFUSED,
    ProblemKind.KEY_MALFORMED,
    ProblemKind.QUOTA_SPENT,
    ProblemKind.NO_KEY,
    ProblemKind.BASE_URL_REFUSED,
    ProblemKind.PROXY_UNUSABLE,
    ProblemKind.CERTIFICATE_REFUSED,
    ProblemKind.SIGN_IN_NEEDED,
    ProblemKind.DISK_FULL,  # nor is there room for what would come
)
_STOPPING_UNLESS_ANSWERED = (ProblemKind.FOLDER_NOT_WRITABLE,)  # else it is the library's folder, not ours


def pause_after(job: Job) -> Pause | None:
    """The pause that the end of ``job`` calls for, if more is to be sent; None: the next may do better."""
    problem = job.problem
    if problem is None:
        return None
    stops = problem.kind in _STOPPING
    if job.state is not JobState.ANSWERED:
        stops = stops or problem.kind in _STOPPING_UNLESS_ANSWERED
    return Pause(PauseReason.PROBLEM, problem) if stops else None


def pause_at_start(entered: Pause | None, today: str, *, is_waiting: bool) -> Pause | None:
    """The pause with which a process begins: as it was ``entered``, or because something waits."""
    restarted = Pause(PauseReason.RESTARTED) if is_waiting else None
    if entered is None or not entered.reason.is_remembered:
        return restarted
    if entered.figures is not None and entered.figures.day != today:
        return restarted
    return entered if is_waiting or entered.reason is PauseReason.BY_HAND else None
