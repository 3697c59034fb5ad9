"""What a picture that did not come says: why, what it means for money, and what can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.gui.cards import Act, Card, Tone
from seedream_desktop.gui.job_tiles import card_of, describe_tile
from seedream_desktop.gui.missing_tiles import missing_words
from seedream_desktop.gui.viewer_notes import job_note
from seedream_desktop.state.tiles import MissingTile, missing_tiles
from tests.gallery_stage import a_press

FILTERED = MissingPicture(1, Problem(ProblemKind.RESULT_REFUSED, Billed.NO, request_id="id-1"))
DAMAGED = MissingPicture(2, Problem(ProblemKind.RESULT_DAMAGED, Billed.YES))
REST = MissingPicture(1, Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE), count=3)


def a_job(*missing: MissingPicture, kept: tuple[str, ...] = (), state: JobState = JobState.SAVED) -> Job:
    job = a_press(1)[0]
    request = replace(job.request, images_in_set=4)
    return replace(job, request=request, state=state, saved=("a", "", "", "d"), missing=missing, kept=kept)


def card(job: Job, number: int = 0) -> Card:
    return card_of(MissingTile(job, job.missing[number]), 0.0)


def acts(shown: Card) -> list[Act]:
    return [button.act for button in shown.buttons]


def test_a_filtered_picture_is_red_with_its_place_its_reason_and_its_money() -> None:
    shown = card(a_job(FILTERED))
    assert shown.tone is Tone.RED
    assert shown.figures == "picture 2 of 4"
    assert "content check" in shown.said
    assert "Nothing was billed." in shown.said
    assert shown.dismiss_words
    assert [button.act for button in shown.rarely] == [Act.COPY_ID, Act.COPY_COMMAND]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ((FILTERED,), "Try the missing again · $0.04"),
        ((FILTERED, DAMAGED), "Try the missing again · up to $0.07"),
    ],
)
def test_trying_again_is_for_all_that_are_missing_and_says_what_it_costs(
    missing: tuple[MissingPicture, ...], words: str
) -> None:
    assert card(a_job(*missing)).buttons[0].words == words


def test_what_was_paid_for_can_be_looked_at() -> None:
    job = a_job(FILTERED, DAMAGED, kept=("picture-2.bin",))
    assert acts(card(job, 0)) == [Act.RETRY]
    assert acts(card(job, 1)) == [Act.RETRY, Act.SHOW_ANSWER]
    assert "It was billed." in card(job, 1).said


def test_the_rest_of_an_answer_that_broke_off_is_amber_and_one_tile() -> None:
    shown = card(a_job(REST))
    assert shown.tone is Tone.AMBER
    assert shown.figures == "pictures 2 to 4 at most"
    assert "may have been billed" in shown.said


def test_screen_readers_and_the_viewer_say_the_same() -> None:
    tile = MissingTile(a_job(FILTERED), FILTERED)
    assert "Nothing was billed." in describe_tile(tile)
    assert "picture 2 of 4" in describe_tile(tile)
    assert job_note(tile).body in describe_tile(tile)
    assert job_note(tile).tone == "red"


def test_one_line_says_it_for_the_whole_job() -> None:
    assert missing_words(a_job(FILTERED, DAMAGED)).startswith("2 pictures saved, 2 missing. ")


def test_the_failure_of_a_single_picture_is_that_of_its_job() -> None:
    failed = a_job(FILTERED, state=JobState.FAILED)
    assert len(missing_tiles(failed)) == 1
    assert missing_tiles(replace(failed, request=replace(failed.request, images_in_set=None))) == ()
