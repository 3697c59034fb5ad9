"""The words of the queue: what state a row is in, what it may cost, and what its buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.cost import cost_of
from seedream_desktop.generation.errors import Billed, Problem
from seedream_desktop.generation.job import JobState, request_again
from seedream_desktop.gui import words
from seedream_desktop.gui.cost_words import doubt_words, short_cost_words, up_to_words
from seedream_desktop.gui.link_words import link_words
from seedream_desktop.gui.missing_tiles import missing_words, try_missing_words
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.gui.queue_rows import Act, QueueRow
from seedream_desktop.gui.waiting_words import waiting_words
from seedream_desktop.state.fetching_again import KEPT_BY_THE_DISK

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job

translate = QCoreApplication.translate
_LONGER_THAN_USUAL = 2  # times the usual


def state_words(row: QueueRow, now_ms: int) -> str:
    """Where a row is: ``waiting for the answer 0:12 · usually 0:30``."""
    job = row.job
    if job.problem is not None and row.is_held_up:
        return _held_up_words(row, job.problem)
    if job.state is JobState.QUEUED:
        return _waiting_words(row)
    if job.problem is not None and job.state is not JobState.SENDING:
        doubt = doubt_words(job.doubt) if job.doubt is not None and job.state is JobState.UNKNOWN else ""
        return joined(_problem_words(job.problem), doubt)
    if job.state is JobState.SENDING:
        return _sending_words(row, now_ms)
    if job.missing:
        return missing_words(job)
    return words.job_state(job.state)


def cost_words(row: QueueRow) -> str:
    """What it may cost, of several jobs or a set at most; empty where it certainly cost nothing."""
    if _is_free(row.job) or row.job.missing:
        return ""
    cost = row.cost
    if cost is not None and len(row.jobs) == 1 and row.job.request.pictures_at_most == 1:
        return words.cost(cost)
    return up_to_words(cost)


def detail_words(row: QueueRow) -> tuple[str, ...]:
    """How long its link still lives, the board, and what it may cost."""
    return tuple(filter(None, (link_words(row.job), words.board(row.job.board_name), cost_words(row))))


def _is_free(job: Job) -> bool:
    return job.state is JobState.FAILED and job.problem is not None and job.problem.billed is Billed.NO


def act_words(act: Act, row: QueueRow) -> tuple[str, str]:
    """What a button says, and what it means."""
    return {
        Act.CANCEL: (translate("queue", "Cancel"), translate("queue", "Cancel this; nothing is billed")),
        Act.STOP_WAITING: (
            translate("queue", "Stop waiting"),
            translate("queue", "It was sent and may be billed all the same"),
        ),
        Act.CANCEL_THESE: (
            translate("queue", "Cancel these"),
            translate("queue", "Cancel what waits from this press; nothing is billed"),
        ),
        Act.CHECK: (
            translate("queue", "Check"),
            translate("queue", "Compare the provider's bill with what is on record"),
        ),
        Act.TRY_AGAIN: (
            translate("queue", "Try again"),
            translate("queue", "Send the same request again; the first one was not billed"),
        ),
        Act.SEND_AGAIN: (
            _send_again_words(row.job),
            translate("queue", "Send the same request again; both may be billed"),
        ),
        Act.TRY_MISSING: (
            try_missing_words(row.job),
            translate("queue", "Ask for the pictures that are missing, in one request"),
        ),
        Act.FETCH_AGAIN: (
            _fetch_words(row.job),
            translate("queue", "Fetch or save the picture that was made; this costs nothing"),
        ),
        Act.OPEN_LIBRARY: (
            translate("queue", "Open a library…"),
            translate("queue", "Show where the library is now"),
        ),
        Act.PREFERENCES: (
            translate("queue", "Preferences"),
            translate("queue", "Open the preferences, where this can be mended"),
        ),
        Act.SIGN_IN: (
            translate("queue", "Open the page"),
            translate("queue", "Open the network's sign-in page in the browser"),
        ),
        Act.COPY_ID: (
            translate("queue", "Copy the id"),
            translate("queue", "Copy the provider's id of this request, for their support"),
        ),
        Act.DISMISS: (translate("queue", "Dismiss"), translate("queue", "Take this out of the queue")),
    }[act]


def _fetch_words(job: Job) -> str:
    if job.problem is not None and job.problem.kind in KEPT_BY_THE_DISK:
        return translate("queue", "Try again")
    return translate("queue", "Fetch again")


def _send_again_words(job: Job) -> str:
    cost = short_cost_words(cost_of(job, request_again(job)))
    return translate("queue", "Send again · {money}").format(money=cost)


def _waiting_words(row: QueueRow) -> str:
    if len(row.jobs) == 1:
        return translate("queue", "paused") if row.is_paused else translate("queue", "waiting")
    count = words.number(len(row.jobs))
    if row.is_paused:
        return translate("queue", "{count} waiting, paused").format(count=count)
    return translate("queue", "{count} waiting").format(count=count)


def _sending_words(row: QueueRow, now_ms: int) -> str:
    sending = row.sending
    if sending is not None and not sending.body_complete:
        part = words.part_in_mb(sending.sent_bytes, sending.total_bytes)
        return translate("queue", "sending {part}").format(part=part)
    elapsed_s = max(0, now_ms - (row.job.sending_ms or now_ms)) / 1000
    elapsed = words.clock(elapsed_s)
    if elapsed_s > _LONGER_THAN_USUAL * row.usual_s:
        text = translate("queue", "waiting for the answer {elapsed} · longer than usual")
        return text.format(elapsed=elapsed)
    text = translate("queue", "waiting for the answer {elapsed} · usually {usual}")
    return text.format(elapsed=elapsed, usual=words.clock(row.usual_s))


def _held_up_words(row: QueueRow, problem: Problem) -> str:
    """What it waits for, and why: ``waiting 8 s · The service asks to wait 20 s.``."""
    waiting = waiting_words(problem, row.sending.waiting_s if row.sending is not None else None)
    return f"{waiting} · {problem_words(problem).happened}"


def _problem_words(problem: Problem) -> str:
    said = problem_words(problem)
    return joined(said.happened, said.money)
