"""Money in words: what a press is made of, what a check found out, and never a zero for what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seedream_desktop.generation.checks import Doubt
from seedream_desktop.generation.cost import Cost
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.request import Size
from seedream_desktop.gui.cards import Act, Card, Tone
from seedream_desktop.gui.cost_words import breakdown, cost_words, doubt_words, short_cost_words
from seedream_desktop.gui.generate_bar import GenerateBar
from seedream_desktop.gui.job_tiles import card_of
from seedream_desktop.gui.queue_rows import QueueRow
from seedream_desktop.gui.queue_words import act_words, state_words
from seedream_desktop.gui.queue_words import cost_words as row_cost_words
from seedream_desktop.gui.viewer_notes import job_note
from seedream_desktop.state.tiles import JobTile, WaitingTile
from tests.compose_stage import LITE, PRO, a_draft, references
from tests.gui.panel_values import job, press


def a_tile(state: JobState, problem: Problem) -> JobTile:
    return JobTile(job(1, state, problem=problem), usual_s=30)


def acts(card: Card) -> list[Act]:
    return [button.act for button in card.buttons]


MAYBE = Problem(ProblemKind.CONNECTION_BROKE, billed=Billed.MAYBE)


@pytest.mark.parametrize(
    ("changes", "variations", "said"),
    [
        ({"model": LITE}, 1, ["$0.035 for each picture"]),
        ({"model": LITE}, 4, ["$0.035 for each picture", "4 requests, each billed by itself"]),
        (
            {"model": LITE, "is_set": True, "images_in_set": 4},
            1,
            ["$0.035 for each picture", "a set of up to 4 pictures; those that are made are billed"],
        ),
        ({"model": PRO, "size": Size(preset="1.5K")}, 1, ["$0.045–0.09 for each picture"]),
        (
            {"model": PRO, "references": references(1)},
            1,
            ["$0.09 for each picture", "the references are free"],
        ),
        (
            {"model": PRO, "references": references(3)},
            1,
            ["$0.09 for each picture", "2 references beyond the 1 that cost nothing, $0.003 each"],
        ),
        (
            {"model": "seedream-5-5-261028", "references": references(2)},
            1,
            ["$0.035 for each picture", "2 references, $0.008 each"],
        ),
    ],
)
def test_the_tooltip_of_generate_says_what_the_price_is_made_of(
    changes: dict[str, Any], variations: int, said: list[str]
) -> None:
    draft = a_draft(prompt="a cat", **changes)
    lines = breakdown(draft.request(), draft.model, variations)
    assert list(lines[:-1]) == said
    assert lines[-1] == "Prices: BytePlus, 2026-11-22. The bill of the provider decides."


def test_a_model_without_a_price_says_so_and_never_nothing(qtbot: Any) -> None:
    draft = a_draft(prompt="a cat", model="seedream-9-0-270101")
    bar = GenerateBar(draft)
    qtbot.addWidget(bar)
    assert bar.generate_button.said == ("Generate", "price not known")
    assert "No price is known for seedream-9-0-270101; it is billed all the same." in (
        bar.generate_button.toolTip()
    )
    assert "$" not in bar.generate_button.toolTip()


def test_the_tooltip_follows_the_draft(qtbot: Any) -> None:
    draft = a_draft(prompt="a cat")
    bar = GenerateBar(draft)
    qtbot.addWidget(bar)
    bar.variations.setValue(4)
    heading, *lines = bar.generate_button.toolTip().split("\n")
    assert heading.startswith("Generate (")
    assert heading.endswith("): about $0.14")
    assert lines[1] == "4 requests, each billed by itself"


def test_costs_are_said_to_the_cent_or_as_not_known() -> None:
    assert cost_words(None) == short_cost_words(None) == "price not known"
    assert short_cost_words(Cost(0.035, 0.035, "")) == "$0.04"
    assert short_cost_words(Cost(0.045, 0.045, "")) == "$0.05"
    assert cost_words(Cost(0.003, 0.003, "")) == "about $0.003"


@pytest.mark.parametrize("doubt", list(Doubt))
def test_what_a_check_could_not_tell_is_said_with_its_reason(doubt: Doubt) -> None:
    tile = a_tile(JobState.UNKNOWN, MAYBE)
    card = card_of(replace(tile, job=replace(tile.job, doubt=doubt)), 0.0)
    assert card.said == f"It may have been billed. {doubt_words(doubt)}"
    assert card.tone is Tone.AMBER
    assert acts(card) == [Act.CHECK, Act.RETRY]


def test_the_viewer_says_it_too() -> None:
    tile = a_tile(JobState.UNKNOWN, MAYBE)
    said = job_note(replace(tile, job=replace(tile.job, doubt=Doubt.LATE))).body
    assert said.endswith(f"It may have been billed. {doubt_words(Doubt.LATE)}")
    assert "Look at the provider's own list" in job_note(tile).body


def test_every_doubt_has_words_of_its_own() -> None:
    said = [doubt_words(doubt) for doubt in Doubt]
    assert len(set(said)) == len(said)
    assert all(one[0].isupper() and one[-1] in ".…" for one in said)


def test_what_the_bill_shows_as_lost_is_red_and_says_what_it_costs_to_send_again() -> None:
    card = card_of(a_tile(JobState.FAILED, Problem(ProblemKind.ANSWER_LOST, billed=Billed.YES)), 0.0)
    assert card.tone is Tone.RED
    assert "It was billed." in card.said
    assert [button.words for button in card.buttons] == ["Send again · $0.04"]


def test_what_the_bill_shows_as_never_begun_can_simply_be_tried_again() -> None:
    card = card_of(a_tile(JobState.FAILED, Problem(ProblemKind.NOTHING_MADE, billed=Billed.NO)), 0.0)
    assert "Nothing was billed." in card.said
    assert [button.words for button in card.buttons] == ["Try again"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"price_usd": None}, "Send again · price not known"),
        ({"surcharge_usd": 0.016}, "Send again · $0.05"),
        ({"request": replace(job().request, images_in_set=4)}, "Send again · up to $0.14"),
        ({"price_usd": 0.003}, "Send again · $0.003"),
    ],
)
def test_sending_again_says_all_that_it_may_cost(changes: dict[str, Any], words: str) -> None:
    tile = a_tile(JobState.UNKNOWN, MAYBE)
    card = card_of(replace(tile, job=replace(tile.job, **changes)), 0.0)
    assert card.buttons[1].words == words


def test_what_waits_without_a_price_says_so() -> None:
    card = card_of(WaitingTile("press", press(28), wait_s=240, cost=None), 0.0)
    assert card.figures.endswith("price not known")


def test_a_row_of_the_queue_offers_the_check_and_says_what_came_of_it() -> None:
    row = QueueRow("key", (job(1, JobState.UNKNOWN, problem=MAYBE, doubt=Doubt.TOO_EARLY),), 30)
    assert state_words(row, 0).endswith(doubt_words(Doubt.TOO_EARLY))
    assert [act_words(act, row)[0] for act in row.acts] == ["Check", "Send again · $0.04", "Dismiss"]


def test_a_row_of_several_says_what_they_may_cost_together_with_their_references() -> None:
    jobs = tuple(replace(one, surcharge_usd=0.01) for one in press(4))
    assert row_cost_words(QueueRow("press", jobs, 30)) == "up to $0.18"
    assert row_cost_words(QueueRow("press", (*jobs, job(9, price_usd=None)), 30)) == "price not known"
