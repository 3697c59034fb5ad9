"""Several drafts: each keeps words and steps, closing and edits lose nothing, a restart brings all back."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.drafts import Drafts
from tests.compose_stage import catalog


def reference(letters: str = "ab") -> Reference:
    return Reference(letters * 32, "image/png", 1000, 1000, 100, f"{letters}.png")


@pytest.fixture
def draft(qtbot: QtBot) -> Draft:
    return Draft(catalog(), Recipe(prompt="a cat"), variations=3, board_id="acme")


@pytest.fixture
def drafts(draft: Draft) -> Drafts:
    return Drafts(draft)


def prompts(drafts: Drafts) -> list[str | None]:
    return [recipe.prompt for recipe in drafts.recipes]


def test_a_new_one_is_empty_and_keeps_the_parameters(draft: Draft, drafts: Drafts) -> None:
    draft.set_size(Size(preset="3K"))
    draft.add_references((reference(),))
    drafts.new()
    assert prompts(drafts) == ["a cat", ""]
    assert draft.recipe.references == ()
    assert draft.recipe.size == Size(preset="3K")
    assert (draft.variations, draft.board_id, draft.can_undo) == (1, "acme", False)


def test_each_keeps_its_steps_its_board_and_its_count(draft: Draft, drafts: Drafts) -> None:
    draft.set_watermark(False)
    drafts.new()
    draft.set_prompt("a dog")
    draft.set_board("posters")
    drafts.show(0)
    assert (draft.recipe.prompt, draft.variations, draft.board_id) == ("a cat", 3, "acme")
    draft.undo()
    assert draft.recipe.watermark is True
    drafts.step(1)
    assert (draft.recipe.prompt, draft.board_id) == ("a dog", "posters")
    drafts.step(1)
    assert drafts.place == 0


def test_one_that_is_closed_comes_back_where_it_was_with_its_steps(draft: Draft, drafts: Drafts) -> None:
    draft.set_watermark(False)
    drafts.new()
    draft.set_prompt("a dog")
    drafts.show(0)
    drafts.close()
    assert prompts(drafts) == ["a dog"]
    drafts.reopen()
    assert (prompts(drafts), drafts.place) == (["a cat", "a dog"], 0)
    draft.undo()
    assert draft.recipe.watermark is True


def test_one_that_waits_can_be_closed(drafts: Drafts) -> None:
    drafts.new()
    drafts.close(0)
    assert (prompts(drafts), drafts.place) == ([""], 0)
    drafts.reopen()
    assert (prompts(drafts), drafts.place) == (["a cat"], 0)


def test_the_last_one_is_emptied_and_comes_back(drafts: Drafts) -> None:
    drafts.close()
    assert prompts(drafts) == [""]
    drafts.close()
    drafts.reopen()
    assert prompts(drafts) == ["a cat"]
    assert not drafts.can_reopen


def test_they_are_put_in_another_order(draft: Draft, drafts: Drafts) -> None:
    for words in ("b", "c"):
        drafts.new()
        draft.set_prompt(words)
    drafts.move(2, 0)
    assert (prompts(drafts), drafts.place) == (["c", "a cat", "b"], 0)
    drafts.move(1, 2)
    assert (prompts(drafts), drafts.place) == (["c", "b", "a cat"], 0)


def test_a_restart_brings_all_back(draft: Draft, drafts: Drafts) -> None:
    for words in ("b", "图1 {c}"):
        drafts.new()
        draft.set_prompt(words)
    draft.add_references((reference(),))
    drafts.show(1)
    again = Draft(catalog(), draft.recipe, draft.variations, draft.board_id)
    after = Drafts(again, drafts.kept(), drafts.place)
    assert after.recipes == drafts.recipes
    assert after.place == 1
    after.show(0)
    assert (again.variations, again.board_id) == (3, "acme")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"recipe": 3}', '{"recipe": {}, "variations": "x"}', "[" * 9999]
)
def test_what_is_no_draft_is_passed_over(draft: Draft, text: str) -> None:
    assert prompts(Drafts(draft, (text,), 7)) == ["a cat"]


def test_an_edit_sets_aside_what_was_not_sent(draft: Draft, drafts: Drafts) -> None:
    draft.edit_from(reference())
    assert prompts(drafts) == ["a cat", ""]
    assert drafts.place == 1
    drafts.show(0)
    assert draft.recipe.prompt == "a cat"


def test_undoing_an_edit_leaves_one_as_before(draft: Draft, drafts: Drafts) -> None:
    before = draft.recipe
    draft.edit_from(reference())
    draft.undo()
    assert drafts.recipes == (before,)
    draft.redo()
    assert draft.is_edit


def test_an_edit_takes_the_place_of_what_was_sent_or_is_empty(draft: Draft, drafts: Drafts) -> None:
    drafts.note_sent()
    draft.edit_from(reference())
    assert prompts(drafts) == [""]
    draft.set_prompt("make it blue")
    drafts.note_sent()
    draft.edit_from(reference("cd"))
    assert prompts(drafts) == [""]
    draft.undo()
    assert draft.recipe.references == (reference(),)


def test_references_of_all_are_named_also_of_closed_ones(draft: Draft, drafts: Drafts) -> None:
    draft.add_references((reference("ab"),))
    drafts.new()
    draft.add_references((reference("cd"),))
    drafts.close()
    assert {one.sha256 for one in drafts.references()} == {"ab" * 32, "cd" * 32}


def test_a_board_that_is_forgotten_takes_its_drafts_along(draft: Draft, drafts: Drafts) -> None:
    drafts.new()
    draft.set_board("posters")
    draft.set_prompt("b")
    drafts.forget({"acme"})
    assert prompts(drafts) == ["b"]
    assert "a cat" not in "".join(drafts.kept())
