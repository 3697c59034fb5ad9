"""The parts of a recipe: each field belongs to one; what is taken out of a recipe changes nothing else."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.recipe import Recipe, whole
from seedream_desktop.generation.recipe_parts import (
    RecipePart,
    only,
    part_of_field,
    parts_changed,
    parts_chosen,
    parts_in,
)
from seedream_desktop.generation.request import OutputFormat, Reference, Size
from tests.compose_stage import catalog

REFERENCE = Reference("ab" * 32, "image/png", 10, 10, 100, "a.png")
FULL = Recipe("a {b}", (REFERENCE,), "m", Size(preset="2K"), watermark=False, seed=3, variables=(("b", "c"),))


@given(st.sets(st.sampled_from(RecipePart)))
def test_only_the_chosen_parts_are_taken(parts: set[RecipePart]) -> None:
    taken = only(FULL, parts)
    assert set(parts_in(taken)) == parts
    for field in fields(Recipe):
        held = getattr(FULL, field.name) if part_of_field(field.name) in parts else None
        assert getattr(taken, field.name) == held


@given(st.sets(st.sampled_from(RecipePart)))
def test_what_is_applied_changes_these_parts_at_most(parts: set[RecipePart]) -> None:
    before = whole(Recipe(), catalog())
    assert set(parts_changed(before, only(FULL, parts).applied_to(before))) <= parts


def test_a_new_draft_has_nothing_that_was_chosen() -> None:
    for model in catalog().models:
        new = whole(Recipe(model=model.id), catalog())
        expected = () if model is catalog().models[0] else (RecipePart.MODEL,)
        assert tuple(part for part in parts_chosen(new, catalog()) if part is not RecipePart.MODEL) == ()
        assert len(parts_chosen(new, catalog())) <= len(expected) + 1


def test_what_was_chosen_is_told() -> None:
    draft = Recipe(prompt="a cat", output_format=OutputFormat.PNG).applied_to(whole(Recipe(), catalog()))
    assert parts_chosen(draft, catalog()) == (RecipePart.PROMPT, RecipePart.OPTIONS)
