"""What the tile of a job says: its lines, its bar, and the acts it offers."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.gui import words
from seedream_desktop.gui.cards import Act, Card, CardButton, Tone
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.state.tiles import JobTile, Tile, WaitingTile

BAR_AT_USUAL = 0.9  # how full the bar is at the usual time; then it only breathes
LONG_FACTOR = 2  # times the usual, and it takes longer than usual


_ABOUT_THE_KEY = (ProblemKind.NO_KEY, ProblemKind.KEY_MALFORMED, ProblemKind.KEY_REFUSED)


def card_of(tile: JobTile | WaitingTile, now_s: float) -> Card:
    """What ``tile`` shows at ``now_s`` (time.monotonic())."""
    if isinstance(tile, WaitingTile):
        return _waiting(tile)
    job = tile.job
    if job.problem is not None:
        return _with_problem(job, job.problem)
    if job.state is JobState.QUEUED:
        words_ = QCoreApplication.translate("job tile", "waiting for its turn")
        return Card(job.request.prompt, figures=words_, buttons=(_cancel(),))
    if tile.sending is not None and tile.sending.waiting_s is not None:
        return _held_up(tile)
    if tile.sending is not None and not tile.sending.body_complete and tile.sending.total_bytes:
        return _sending(tile)
    return _under_way(tile, now_s)


def describe_tile(tile: Tile) -> str:
    """What a screen reader says of a tile beside its name."""
    if not isinstance(tile, JobTile | WaitingTile):
        if tile.picture is None:
            return ""
        size = words.pixels(tile.picture.width_px, tile.picture.height_px)
        stars = words.stars(tile.picture.rating)
        return f"{size}, {stars}" if tile.picture.rating else size
    card = card_of(tile, time.monotonic())
    return joined(card.said, card.figures)


def _waiting(tile: WaitingTile) -> Card:
    title = QCoreApplication.translate("job tile", "{count} waiting")
    title = title.format(count=words.number(len(tile.jobs)))
    parts = [words.about(tile.wait_s)]
    if tile.cost_usd is not None:
        parts.append(words.up_to(tile.cost_usd))
    cancel = CardButton(Act.CANCEL_WAITING, QCoreApplication.translate("job tile", "Cancel these"))
    return Card(title, figures=" · ".join(parts), buttons=(cancel,))


def _sending(tile: JobTile) -> Card:
    sending = tile.sending
    assert sending is not None  # noqa: S101 - its caller looked
    figures = QCoreApplication.translate("job tile", "sending {sent} of {total}").format(
        sent=words.size_in_mb(sending.sent_bytes), total=words.size_in_mb(sending.total_bytes)
    )
    bar = sending.sent_bytes / sending.total_bytes
    return Card(tile.job.request.prompt, figures=figures, bar=bar, buttons=(_cancel(),))


def _held_up(tile: JobTile) -> Card:
    sending = tile.sending
    assert sending is not None  # noqa: S101 - its caller looked
    said = problem_words(sending.problem).happened if sending.problem else ""
    figures = QCoreApplication.translate("job tile", "next try in {seconds}").format(
        seconds=words.seconds(sending.waiting_s or 0)
    )
    return Card(tile.job.request.prompt, said, figures, buttons=(_cancel(),))


def _under_way(tile: JobTile, now_s: float) -> Card:
    job = tile.job
    if job.state is JobState.ANSWERED:
        fetching = QCoreApplication.translate("job tile", "fetching the picture")
        return Card(job.request.prompt, figures=fetching, bar=1.0)
    elapsed_s = max(0.0, now_s - (tile.started_s or now_s))
    is_late = elapsed_s > tile.usual_s
    if elapsed_s > LONG_FACTOR * tile.usual_s:
        figures = QCoreApplication.translate("job tile", "{elapsed} · longer than usual")
    else:
        figures = QCoreApplication.translate("job tile", "{elapsed} · usually {usual}")
    figures = figures.format(elapsed=words.clock(elapsed_s), usual=words.clock(tile.usual_s))
    bar = BAR_AT_USUAL * min(1.0, elapsed_s / max(1, tile.usual_s))
    is_sent = tile.sending is not None and tile.sending.body_complete
    stop = CardButton(Act.CANCEL, QCoreApplication.translate("job tile", "Stop waiting"))
    buttons = (stop if is_sent else _cancel(),)
    return Card(job.request.prompt, figures=figures, bar=bar, breathes=is_late, buttons=buttons)


def _with_problem(job: Job, problem: Problem) -> Card:
    """Red for what certainly failed; amber for what may have been billed or waits to be fetched."""
    said = problem_words(problem)
    is_unknown, is_red = job.state is JobState.UNKNOWN, job.state is JobState.FAILED
    money = "" if problem.billed is Billed.NO and job.state is JobState.ANSWERED else said.money
    return Card(
        job.request.prompt,
        joined(said.happened, money, "" if is_unknown else said.remedy),
        tone=Tone.RED if is_red else Tone.AMBER,
        buttons=_remedies(job, problem),
        dismiss_words=QCoreApplication.translate("job tile", "Dismiss"),
    )


def _remedies(job: Job, problem: Problem) -> tuple[CardButton, ...]:
    if job.state is JobState.SAVED:
        return ()
    if job.state is JobState.UNKNOWN:
        return (CardButton(Act.CHECK, QCoreApplication.translate("job tile", "Check")), _again(job))
    if problem.kind in _ABOUT_THE_KEY and job.state is JobState.FAILED:
        preferences = QCoreApplication.translate("job tile", "Preferences")
        return (CardButton(Act.PREFERENCES, preferences), _again(job))
    return (_again(job),)


def _again(job: Job) -> CardButton:
    if job.state is JobState.ANSWERED:
        return CardButton(Act.RETRY, QCoreApplication.translate("job tile", "Fetch again"))
    if job.problem is None or job.problem.billed is Billed.NO:
        return CardButton(Act.RETRY, QCoreApplication.translate("job tile", "Try again"))
    if job.price_usd is None:
        return CardButton(Act.RETRY, QCoreApplication.translate("job tile", "Send again"))
    again = QCoreApplication.translate("job tile", "Send again · {price}")
    price_usd = job.price_usd * job.request.pictures_at_most
    return CardButton(Act.RETRY, again.format(price=f"${price_usd:,.2f}"))


def _cancel() -> CardButton:
    return CardButton(Act.CANCEL, QCoreApplication.translate("job tile", "Cancel"))
