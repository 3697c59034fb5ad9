"""What the viewer says where there is no picture to see, or not all of it."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.gui import words
from seedream_desktop.gui.cost_words import doubt_words, up_to_words
from seedream_desktop.gui.missing_tiles import missing_card
from seedream_desktop.gui.note_painting import Note
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.gui.waiting_words import waiting_words
from seedream_desktop.state.tiles import JobTile, MissingTile, WaitingTile, name_of

translate = QCoreApplication.translate
_NO_PICTURE = frozenset({ProblemKind.PICTURE_DAMAGED, ProblemKind.NOT_A_PICTURE, ProblemKind.EMPTY_FILE})


def unreadable_note(problem: Problem) -> Note:
    """Why a picture of the library cannot be shown."""
    if problem.kind is ProblemKind.PICTURE_TOO_LARGE:
        title = translate("viewer", "This picture is too large to be shown")
        body = translate("viewer", "Its file is as it was.")
    elif problem.kind in _NO_PICTURE:
        title = translate("viewer", "This file is damaged")
        body = translate("viewer", "It cannot be shown. If you have a copy, put it back in its place.")
    else:
        title = translate("viewer", "This file is not where it was")
        body = translate(
            "viewer",
            "It was moved or deleted by another program, or its drive is away. Its record is still here.",
        )
    return Note(title, body, "amber")


def cut_note() -> Note:
    """What is said over a picture of which a part is missing."""
    return Note(
        translate("viewer", "This file is damaged"),
        translate("viewer", "A part of the picture is missing. What is there is shown."),
        "amber",
    )


def job_note(tile: JobTile | WaitingTile | MissingTile) -> Note:
    """How far a request is, or what became of it."""
    if isinstance(tile, WaitingTile):
        return Note(name_of(tile), _waiting(tile))
    if isinstance(tile, MissingTile):
        card = missing_card(tile)
        return Note(name_of(tile), card.said, card.tone.value)
    problem = tile.job.problem
    if problem is not None and tile.job.is_held_up:
        left_s = tile.sending.waiting_s if tile.sending is not None else None
        said = joined(problem_words(problem).happened, waiting_words(problem, left_s))
        return Note(name_of(tile), said, "amber")
    if problem is not None:
        tone = "amber" if tile.job.state is JobState.UNKNOWN else "red"
        return Note(name_of(tile), _said(tile.job, problem), tone)
    return Note(name_of(tile), _progress(tile))


def _said(job: Job, problem: Problem) -> str:
    """What happened, and what can be done; after a check, why it could not tell."""
    said = problem_words(problem)
    doubt = job.doubt if job.state is JobState.UNKNOWN else None
    return joined(said.happened, said.money, doubt_words(doubt) if doubt is not None else said.remedy)


def _waiting(tile: WaitingTile) -> str:
    count = translate("viewer", "{count} waiting").format(count=words.number(len(tile.jobs)))
    parts = [count, words.about(tile.wait_s)]
    parts.append(up_to_words(tile.cost))
    return " · ".join(parts)


def _progress(tile: JobTile) -> str:
    sending = tile.sending
    if tile.job.state is not JobState.SENDING:
        return words.job_state(tile.job.state)
    if sending is not None and not sending.body_complete and sending.total_bytes:
        part = words.part_in_mb(sending.sent_bytes, sending.total_bytes)
        return translate("viewer", "sending {part}").format(part=part)
    if tile.started_s is None:
        return words.job_state(tile.job.state)
    elapsed_s = time.monotonic() - tile.started_s
    if elapsed_s > 2 * tile.usual_s:
        return translate("viewer", "{elapsed} · longer than usual").format(elapsed=words.clock(elapsed_s))
    text = translate("viewer", "{elapsed} · usually {usual}")
    return text.format(elapsed=words.clock(elapsed_s), usual=words.clock(tile.usual_s))
