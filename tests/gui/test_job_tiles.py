"""What the tile of a job says and offers, state by state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.cost import Cost
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.safer import SaferSize
from seedream_desktop.gui.cards import Act, Card, Tone
from seedream_desktop.gui.job_tiles import BAR_AT_USUAL, card_of, describe_tile
from seedream_desktop.state.tiles import JobTile, PictureTile, WaitingTile
from tests.gallery_stage import a_picture, a_press

SENT = Sending(10, 10, body_complete=True)


def a_tile(state: JobState, problem: Problem | None = None, sending: Sending | None = None) -> JobTile:
    job = replace(a_press(1)[0], state=state, problem=problem)
    return JobTile(job, usual_s=30, sending=sending, started_s=100.0)


def acts(card: Card) -> list[Act]:
    return [button.act for button in card.buttons]


@pytest.mark.parametrize(
    ("elapsed_s", "figures", "bar"),
    [
        (0, "0:00 · usually 0:30", 0.0),
        (15, "0:15 · usually 0:30", BAR_AT_USUAL / 2),
        (30, "0:30 · usually 0:30", BAR_AT_USUAL),
        (59, "0:59 · usually 0:30", BAR_AT_USUAL),
        (61, "1:01 · longer than usual", BAR_AT_USUAL),
    ],
)
def test_time_and_bar_run_to_nine_tenths_at_the_usual_time(elapsed_s: int, figures: str, bar: float) -> None:
    card = card_of(a_tile(JobState.SENDING, sending=SENT), 100.0 + elapsed_s)
    assert card.figures == figures
    assert card.bar == pytest.approx(bar)
    assert card.breathes == (elapsed_s > 30)


def test_before_the_body_is_sent_it_is_cancelled_and_then_no_longer_waited_for() -> None:
    sending = card_of(a_tile(JobState.SENDING, sending=Sending(12_000_000, 41_000_000)), 101.0)
    assert sending.figures == "12 of 41 MB"
    assert describe_tile(a_tile(JobState.SENDING, sending=Sending(12_000_000, 41_000_000))) == sending.spoken
    assert [button.words for button in sending.buttons] == ["Cancel"]
    waiting = card_of(a_tile(JobState.SENDING, sending=SENT), 101.0)
    assert [button.words for button in waiting.buttons] == ["Stop waiting"]


@pytest.mark.parametrize(
    ("problem", "said", "figures"),
    [
        (Problem(ProblemKind.UNREACHABLE, subject="h"), "h cannot be reached.", "waiting for the network"),
        (Problem(ProblemKind.RATE_LIMITED, limit=20), "The service asks to wait 20 s.", "waiting 8 s"),
        (Problem(ProblemKind.SENDING_BROKE), "The connection broke while sending.", "waiting 8 s"),
    ],
)
def test_what_waits_to_be_sent_is_not_a_failure(problem: Problem, said: str, figures: str) -> None:
    held = Sending(0, 100, waiting_s=8.2, problem=problem)
    card = card_of(a_tile(JobState.QUEUED, problem, held), 101.0)
    assert (card.tone, card.said, card.figures) == (Tone.PLAIN, said, figures)
    assert acts(card) == [Act.CANCEL]


def test_a_network_that_wants_a_sign_in_offers_its_page() -> None:
    problem = Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/login")
    card = card_of(a_tile(JobState.QUEUED, problem), 101.0)
    assert (card.said, card.figures) == ("This network wants you to sign in.", "waiting for the sign-in")
    assert [button.words for button in card.buttons] == ["Open the page", "Cancel"]
    assert acts(card_of(a_tile(JobState.FAILED, problem), 0.0)) == [Act.SIGN_IN, Act.RETRY]


@pytest.mark.parametrize("page", ["", "file:///etc/passwd", "javascript:alert(1)"])
def test_only_a_web_page_can_be_opened(page: str) -> None:
    problem = Problem(ProblemKind.SIGN_IN_NEEDED, page=page)
    assert acts(card_of(a_tile(JobState.QUEUED, problem), 101.0)) == [Act.CANCEL]


def test_a_proxy_that_cannot_be_used_leads_to_the_preferences() -> None:
    problem = Problem(ProblemKind.PROXY_UNUSABLE, subject="socks5://127.0.0.1")
    card = card_of(a_tile(JobState.FAILED, problem), 0.0)
    assert acts(card)[0] is Act.PREFERENCES
    assert "socks5://127.0.0.1" in card.said


def test_the_id_of_a_request_can_be_copied_from_the_menu() -> None:
    problem = Problem(ProblemKind.SERVER_FAULT, Billed.MAYBE, request_id="021-abc")
    assert next(one.act for one in card_of(a_tile(JobState.UNKNOWN, problem), 0.0).rarely) is Act.COPY_ID
    without = card_of(a_tile(JobState.UNKNOWN, replace(problem, request_id="")), 0.0)
    assert [one.act for one in without.rarely] == [Act.COPY_COMMAND]


def test_unknown_is_amber_and_checks_before_it_sends_again() -> None:
    problem = Problem(ProblemKind.CONNECTION_BROKE, billed=Billed.MAYBE)
    card = card_of(a_tile(JobState.UNKNOWN, problem), 0.0)
    assert card.tone is Tone.AMBER
    assert acts(card) == [Act.CHECK, Act.RETRY]
    assert card.buttons[1].words == "Send again · $0.04"
    assert "may have been billed" in card.said
    assert card.dismiss_words


def test_a_failure_is_red_and_says_that_nothing_was_billed() -> None:
    card = card_of(a_tile(JobState.FAILED, Problem(ProblemKind.PROMPT_REFUSED)), 0.0)
    assert card.tone is Tone.RED
    assert card.is_marked
    assert acts(card) == [Act.RETRY]
    assert "Nothing was billed." in card.said


def test_a_refused_size_offers_its_safe_neighbour_first() -> None:
    refused = a_tile(JobState.FAILED, Problem(ProblemKind.FIELD_REFUSED, subject="size"))
    cost = Cost(0.035, 0.035, "2026-11-22")
    safer = SaferSize(Size(width_px=3072, height_px=3072), "3K", 0.035, "2026-11-22", cost)
    card = card_of(replace(refused, safer=safer), 0.0)
    assert acts(card) == [Act.RETRY_SAFER, Act.RETRY]
    assert card.buttons[0].words == "Try 3K · about $0.04"
    own = replace(safer, size=Size(width_px=3216, height_px=3216), resolution="")
    assert card_of(replace(refused, safer=own), 0.0).buttons[0].words == "Try 3216 × 3216 · $0.04"


def test_a_refused_key_leads_to_the_preferences() -> None:
    card = card_of(a_tile(JobState.FAILED, Problem(ProblemKind.KEY_REFUSED)), 0.0)
    assert acts(card)[0] is Act.PREFERENCES


def test_what_was_answered_but_not_fetched_is_not_lost() -> None:
    card = card_of(a_tile(JobState.ANSWERED, Problem(ProblemKind.LINK_BROKE, billed=Billed.YES)), 0.0)
    assert card.tone is Tone.AMBER
    assert [button.words for button in card.buttons] == ["Fetch again"]


def test_a_fetch_that_failed_again_says_when() -> None:
    tile = a_tile(JobState.ANSWERED, Problem(ProblemKind.LINK_BROKE, billed=Billed.YES))
    at_ms = int(dt.datetime(2026, 11, 22, 14, 3, 59).astimezone().timestamp() * 1000)
    tried = replace(tile, job=replace(tile.job, tried_ms=at_ms))
    assert card_of(tried, 0.0).figures == "tried at 14:03:59"
    again = replace(tile, job=replace(tried.job, problem=None))
    assert card_of(again, 0.0).figures == "fetching the picture"
    over = replace(tile, job=replace(tried.job, state=JobState.FAILED))
    assert card_of(over, 0.0).figures == ""


def test_what_waits_says_how_many_how_long_and_how_much() -> None:
    tile = WaitingTile("press", a_press(28), wait_s=240, cost=Cost(0.49, 0.98, "2026-11-22"))
    card = card_of(tile, 0.0)
    assert card.title == "28 waiting"
    assert card.figures == "about 4 min · up to $0.98"
    assert acts(card) == [Act.CANCEL_WAITING]


def test_what_waits_in_a_paused_queue_says_so_and_promises_no_time() -> None:
    press = WaitingTile("press", a_press(28), wait_s=240, cost=Cost(0.49, 0.98, "2026-11-22"), is_paused=True)
    assert card_of(press, 0.0).figures == "paused · up to $0.98"
    assert card_of(JobTile(a_press(1)[0], usual_s=30, is_paused=True), 0.0).figures == "paused"


def test_screen_readers_hear_size_and_stars_or_how_a_job_stands() -> None:
    picture = a_picture(1, rating=3)
    assert describe_tile(PictureTile(picture.id, picture)).startswith("2048 × 2048, 3 star")
    assert describe_tile(PictureTile(picture.id, None)) == ""
    failed = describe_tile(a_tile(JobState.FAILED, Problem(ProblemKind.PROMPT_REFUSED)))
    assert "Nothing was billed." in failed
