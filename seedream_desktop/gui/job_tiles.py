"""What the tile of a job says: its lines, its bar, and the acts it offers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.cost import cost_of
from seedream_desktop.generation.errors import Billed, Problem
from seedream_desktop.generation.job import Job, JobState, request_again
from seedream_desktop.gui import words
from seedream_desktop.gui.cards import Act, Card, CardButton, Tone
from seedream_desktop.gui.cost_words import cost_words, doubt_words, short_cost_words, up_to_words
from seedream_desktop.gui.link_words import is_urgent, link_words, tried_words
from seedream_desktop.gui.missing_tiles import (
    again_words,
    copy_command_button,
    copy_id_buttons,
    missing_card,
    show_answer_button,
)
from seedream_desktop.gui.problem_acts import MENDED_BY_A_LIBRARY, MENDED_IN_PREFERENCES, has_page
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.gui.size_words import size_name
from seedream_desktop.gui.waiting_words import waiting_words
from seedream_desktop.state.fetching_again import KEPT_BY_THE_DISK
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, Tile, WaitingTile

if TYPE_CHECKING:
    from seedream_desktop.library.values import Picture

BAR_AT_USUAL = 0.9  # how full the bar is at the usual time; then it only breathes
LONG_FACTOR = 2  # times the usual, and it takes longer than usual


def card_of(tile: JobTile | WaitingTile | MissingTile, now_s: float) -> Card:
    """What ``tile`` shows at ``now_s`` (time.monotonic())."""
    if isinstance(tile, WaitingTile):
        return _waiting(tile)
    if isinstance(tile, MissingTile):
        return missing_card(tile)
    job = tile.job
    if job.problem is not None and job.is_held_up:
        return _held_up(tile, job.problem)
    if job.problem is not None:
        return _with_problem(tile, job.problem)
    if job.state is JobState.QUEUED:
        words_ = QCoreApplication.translate("job tile", "waiting for its turn")
        if tile.is_paused:
            words_ = QCoreApplication.translate("job tile", "paused")
        return Card(job.request.prompt, figures=words_, buttons=(_cancel(),))
    if tile.sending is not None and not tile.sending.body_complete and tile.sending.total_bytes:
        return _sending(tile)
    return _under_way(tile, now_s)


def describe_tile(tile: Tile) -> str:
    """What a screen reader says of a tile beside its name."""
    if isinstance(tile, PictureTile):
        if tile.picture is None:
            return ""
        size = words.pixels(tile.picture.width_px, tile.picture.height_px)
        stars = words.stars(tile.picture.rating)
        said = (size, stars if tile.picture.rating else "", _rejected(tile.picture))
        return ", ".join(filter(None, said))
    card = card_of(tile, time.monotonic())
    return joined(card.said, card.spoken or card.figures)


def describe_stack(place: int, count: int, is_open: bool) -> str:
    """What a screen reader says of a picture in a stack."""
    if place == 1 and not is_open:
        text = QCoreApplication.translate("job tile", "closed stack of {pictures}")
        return text.format(pictures=words.pictures(count))
    text = QCoreApplication.translate("job tile", "{place} of {count} in a stack")
    return text.format(place=words.number(place), count=words.number(count))


def _rejected(picture: Picture) -> str:
    return QCoreApplication.translate("job tile", "rejected") if picture.rejected else ""


def _waiting(tile: WaitingTile) -> Card:
    title = QCoreApplication.translate("job tile", "{count} waiting")
    title = title.format(count=words.number(len(tile.jobs)))
    wait = words.about(tile.wait_s)
    if tile.is_paused:
        wait = QCoreApplication.translate("job tile", "paused")
    parts = [wait, up_to_words(tile.cost)]
    cancel = CardButton(Act.CANCEL_WAITING, QCoreApplication.translate("job tile", "Cancel these"))
    return Card(title, figures=" · ".join(parts), buttons=(cancel,))


def _sending(tile: JobTile) -> Card:
    sending = tile.sending
    assert sending is not None  # noqa: S101 - its caller looked
    part = words.part_in_mb(sending.sent_bytes, sending.total_bytes)
    spoken = QCoreApplication.translate("job tile", "sending {part}").format(part=part)
    bar = sending.sent_bytes / sending.total_bytes
    return Card(tile.job.request.prompt, figures=part, spoken=spoken, bar=bar, buttons=(_cancel(),))


def _held_up(tile: JobTile, problem: Problem) -> Card:
    """Nothing of it is under way; it goes on by itself."""
    left_s = tile.sending.waiting_s if tile.sending is not None else None
    return Card(
        tile.job.request.prompt,
        problem_words(problem).happened,
        waiting_words(problem, left_s),
        buttons=(*_sign_in(problem), _cancel()),
    )


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


def _with_problem(tile: JobTile, problem: Problem) -> Card:
    """Red for what certainly failed; amber for what may have been billed or waits to be fetched."""
    job = tile.job
    said = problem_words(problem)
    is_unknown, is_red = job.state is JobState.UNKNOWN, job.state is JobState.FAILED
    money = "" if problem.billed is Billed.NO and job.state is JobState.ANSWERED else said.money
    return Card(
        job.request.prompt,
        _doubt(job, money) or joined(said.happened, money, "" if is_unknown else said.remedy),
        figures=" · ".join(filter(None, (link_words(job), tried_words(job)))),
        is_urgent=is_urgent(job),
        tone=Tone.RED if is_red else Tone.AMBER,
        buttons=(*_safer(tile), *_remedies(job, problem), *_showing(job)),
        dismiss_words=QCoreApplication.translate("job tile", "Dismiss"),
        rarely=(*_showing_rarely(job), *copy_id_buttons(problem), copy_command_button()),
    )


def _remedies(job: Job, problem: Problem) -> tuple[CardButton, ...]:
    if job.state is JobState.SAVED:
        return ()
    if job.state is JobState.UNKNOWN:
        return (CardButton(Act.CHECK, QCoreApplication.translate("job tile", "Check")), _again(job))
    if problem.kind in MENDED_IN_PREFERENCES and job.state is JobState.FAILED:
        preferences = QCoreApplication.translate("job tile", "Preferences")
        return (CardButton(Act.PREFERENCES, preferences), _again(job))
    if problem.kind in MENDED_BY_A_LIBRARY and job.state is JobState.ANSWERED:
        other = QCoreApplication.translate("job tile", "Open a library…")
        shorter = (QCoreApplication.translate("job tile", "Library…"),)
        return (_again(job), CardButton(Act.OPEN_LIBRARY, other, shorter))
    return (*_sign_in(problem), _again(job))


def _showing(job: Job) -> tuple[CardButton, ...]:
    """What was paid for and could not be read can be looked at."""
    return (show_answer_button(),) if job.kept and job.state is not JobState.UNKNOWN else ()


def _showing_rarely(job: Job) -> tuple[CardButton, ...]:
    """What came before an answer broke off says little; a check says more."""
    return (show_answer_button(),) if job.kept and job.state is JobState.UNKNOWN else ()


def _safer(tile: JobTile) -> tuple[CardButton, ...]:
    safer = tile.safer
    if safer is None:
        return ()
    text = QCoreApplication.translate("job tile", "Try {size} · {price}")
    if safer.resolution:
        text = text.format(size=safer.resolution, price=cost_words(safer.cost))
    else:  # the room is narrow
        text = text.format(size=size_name(safer.size), price=short_cost_words(safer.cost))
    return (CardButton(Act.RETRY_SAFER, text),)


def _sign_in(problem: Problem) -> tuple[CardButton, ...]:
    if not has_page(problem):
        return ()
    return (CardButton(Act.SIGN_IN, QCoreApplication.translate("job tile", "Open the page")),)


def _again(job: Job) -> CardButton:
    if job.state is JobState.ANSWERED and (job.problem is None or job.problem.kind not in KEPT_BY_THE_DISK):
        return CardButton(Act.RETRY, QCoreApplication.translate("job tile", "Fetch again"))
    if job.state is JobState.ANSWERED or job.problem is None or job.problem.billed is Billed.NO:
        return CardButton(Act.RETRY, QCoreApplication.translate("job tile", "Try again"))
    again = QCoreApplication.translate("job tile", "Send again · {price}")
    cost = cost_of(job, request_again(job))
    return CardButton(Act.RETRY, again.format(price=short_cost_words(cost)), (again_words(cost),))


def _doubt(job: Job, money: str) -> str:
    """What a check could not tell stands in the place of what happened: a tile has five lines."""
    if job.state is not JobState.UNKNOWN or job.doubt is None:
        return ""
    return joined(money, doubt_words(job.doubt))


def _cancel() -> CardButton:
    return CardButton(Act.CANCEL, QCoreApplication.translate("job tile", "Cancel"))
