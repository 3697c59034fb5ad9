"""A set's number stands in the prompt, follows its ceiling, and lines can be asked for either way."""

from __future__ import annotations

import pytest

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.set_asking import (
    ask_as_set,
    ask_by_line,
    set_ceiling,
    set_state,
    ways_of,
    write_number,
)
from tests.compose_stage import catalog, references

LINES = "a harbour at dawn\nthe same at noon\nthe same at night"


@pytest.fixture
def draft() -> Draft:
    model = next(one for one in catalog().models if one.takes_sets)
    return Draft(catalog(), Recipe(prompt="a fox", model=model.id, is_set=True, images_in_set=4))


def test_the_sentence_is_written_as_one_step(draft: Draft) -> None:
    assert set_state(draft).lacks_number
    write_number(draft)
    assert draft.recipe.prompt == "A set of 4 pictures: a fox"
    assert not set_state(draft).lacks_number
    draft.undo()
    assert (draft.recipe.prompt, draft.can_undo) == ("a fox", False)


def test_our_number_follows_the_ceiling_in_one_step(draft: Draft) -> None:
    write_number(draft)
    set_ceiling(draft, 6)
    assert (draft.recipe.prompt, draft.recipe.images_in_set) == ("A set of 6 pictures: a fox", 6)
    draft.undo()
    assert (draft.recipe.prompt, draft.recipe.images_in_set) == ("A set of 4 pictures: a fox", 4)


def test_a_number_written_by_hand_stays_and_is_too_many(draft: Draft) -> None:
    draft.set_prompt("six drawings of a fox")
    set_ceiling(draft, 3)
    assert draft.recipe.prompt == "six drawings of a fox"
    assert set_state(draft).asks_too_many
    set_ceiling(draft, 6)
    assert not set_state(draft).asks_too_many


def test_the_number_never_exceeds_what_the_references_leave(draft: Draft) -> None:
    write_number(draft)
    draft.add_references(references(10))
    set_ceiling(draft, 12)
    assert draft.recipe.prompt == "A set of 5 pictures: a fox"
    assert draft.recipe.images_in_set == 5


def test_a_model_without_sets_has_no_ceiling_and_no_choice(draft: Draft) -> None:
    draft.set_prompt(LINES)
    draft.set_model(next(one.id for one in catalog().models if not one.takes_sets))
    assert set_state(draft).ceiling == 0
    assert ways_of(draft, 3) is None


def test_lines_can_be_one_set_or_a_request_each(draft: Draft) -> None:
    draft.set_prompt(LINES)
    ways = ways_of(draft, 2)
    assert ways is not None
    one_set, each = ways
    assert (one_set.requests, one_set.pictures, one_set.duration_s) == (1, 4, 4 * draft.model.typical_s)
    assert (each.requests, each.pictures, each.duration_s) == (3, 1, 2 * draft.model.typical_s)
    assert one_set.cost is not None
    assert each.cost is not None
    assert one_set.cost.low_usd < each.cost.low_usd == each.cost.high_usd < one_set.cost.high_usd


def test_choosing_a_way_is_one_step_and_asks_as_told(draft: Draft) -> None:
    draft.set_prompt(LINES)
    draft.add_references(references(1))
    before = draft.recipe
    ask_by_line(draft)
    assert [asked.request.prompt for asked in draft.asked()] == LINES.splitlines()
    assert all(asked.request.references == before.references for asked in draft.asked())
    ask_as_set(draft)
    assert draft.recipe.prompt == f"A set of 3 pictures:\n{LINES}"
    assert draft.request().images_in_set == 3
    ask_by_line(draft)
    assert draft.recipe.prompt == LINES
    for _ in range(3):
        draft.undo()
    assert draft.recipe == before
