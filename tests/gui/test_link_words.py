"""A link that dies is counted down, on its tile and in the queue, and stands out in its last hour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.gui.cards import Act, Tone
from seedream_desktop.gui.job_tiles import card_of
from seedream_desktop.gui.link_words import is_counting, is_urgent, link_words
from seedream_desktop.gui.queue_rows import Act as RowAct
from seedream_desktop.gui.queue_rows import QueueRow
from seedream_desktop.gui.queue_words import act_words, detail_words
from seedream_desktop.state.tiles import JobTile
from tests.jobs import a_job

MINUTE_MS, HOUR_MS = 60_000, 3_600_000


def waiting(kind: ProblemKind = ProblemKind.UNREACHABLE, dies_ms: int | None = 10 * HOUR_MS) -> Job:
    problem = Problem(kind, Billed.YES, subject="/pictures")
    return replace(a_job(JobState.ANSWERED), problem=problem, links_die_ms=dies_ms, price_usd=0.03)


@pytest.mark.parametrize(
    ("left_ms", "words", "urgent"),
    [
        (3 * HOUR_MS + 12 * MINUTE_MS + 59_000, "link dies in 3 h 12 min", False),
        (HOUR_MS, "link dies in 1 h 0 min", False),
        (HOUR_MS - 1, "link dies in 59 min", True),
        (MINUTE_MS - 1, "link dies in less than a minute", True),
        (0, "link has died, by this computer's clock", True),
        (-HOUR_MS, "link has died, by this computer's clock", True),
    ],
)
def test_what_is_left_is_told_in_hours_and_minutes(left_ms: int, words: str, urgent: bool) -> None:
    job = waiting(dies_ms=10 * HOUR_MS)
    at_ms = 10 * HOUR_MS - left_ms
    assert (link_words(job, at_ms), is_urgent(job, at_ms)) == (words, urgent)


@pytest.mark.parametrize(
    "job",
    [
        waiting(dies_ms=None),  # its picture is in the spool
        replace(waiting(), problem=None),  # it is being fetched
        replace(waiting(), state=JobState.FAILED),
    ],
)
def test_nothing_is_counted_where_no_picture_waits_behind_a_link(job: Job) -> None:
    assert not is_counting(job)
    assert (link_words(job), is_urgent(job)) == ("", False)


def test_the_tile_and_the_queue_count_alike() -> None:
    job = waiting(dies_ms=now_ms() + 30 * MINUTE_MS + 30_000)
    card, row = card_of(JobTile(job, 30), 0.0), QueueRow(job.id, (job,), 30)
    assert card.figures == detail_words(row)[0] == "link dies in 30 min"
    assert card.is_urgent
    assert row.is_ticking


@pytest.mark.parametrize(
    "kind", [ProblemKind.LIBRARY_AWAY, ProblemKind.LIBRARY_SILENT, ProblemKind.FOLDER_NOT_WRITABLE]
)
def test_a_picture_that_waits_for_the_library_offers_to_try_again_or_to_open_it(kind: ProblemKind) -> None:
    job = waiting(kind, dies_ms=None)
    card = card_of(JobTile(job, 30), 0.0)
    assert [(button.act, button.words) for button in card.buttons] == [
        (Act.RETRY, "Try again"),
        (Act.OPEN_LIBRARY, "Open a library…"),
    ]
    assert "It was billed." in card.said
    assert "/pictures" in card.said
    assert (card.tone, card.dismiss_words != "", card.figures) == (Tone.AMBER, True, "")
    row = QueueRow(job.id, (job,), 30)
    assert row.acts == (RowAct.FETCH_AGAIN, RowAct.OPEN_LIBRARY)
    assert act_words(RowAct.FETCH_AGAIN, row)[0] == "Try again"


def test_a_full_disk_offers_to_try_again() -> None:
    card = card_of(JobTile(waiting(ProblemKind.DISK_FULL, dies_ms=None), 30), 0.0)
    assert [button.words for button in card.buttons] == ["Try again"]
    assert card.said.startswith("The disk is full. It was billed. Make room")


def test_an_expired_link_keeps_the_request_and_its_price() -> None:
    expired = Problem(ProblemKind.LINK_EXPIRED, Billed.YES)
    job = replace(waiting(), state=JobState.FAILED, problem=expired, links_die_ms=None)
    card = card_of(JobTile(job, 30), 0.0)
    assert card.said.startswith("The picture's link has expired")
    assert next((button.act, button.words) for button in card.buttons) == (Act.RETRY, "Send again · $0.03")
