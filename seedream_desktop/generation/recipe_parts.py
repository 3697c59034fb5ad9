"""The parts of a recipe as designers tell them apart: what is kept under a name, what a change touched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from seedream_desktop.generation.recipe import Recipe, whole

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog


class RecipePart(StrEnum):
    """Fields that belong together."""

    PROMPT = "prompt"
    REFERENCES = "references"
    MODEL = "model"
    SIZE = "size"
    OPTIONS = "options"


_FIELDS = {
    RecipePart.PROMPT: frozenset({"prompt", "variables", "by_line"}),
    RecipePart.REFERENCES: frozenset({"references"}),
    RecipePart.MODEL: frozenset({"model"}),
    RecipePart.SIZE: frozenset({"size"}),
}


def part_of_field(name: str) -> RecipePart:
    """The part that a field of a recipe belongs to."""
    return next((part for part, names in _FIELDS.items() if name in names), RecipePart.OPTIONS)


def only(recipe: Recipe, parts: Collection[RecipePart]) -> Recipe:
    """What ``recipe`` holds of these parts, and nothing else."""
    names = [field.name for field in fields(Recipe)]
    return replace(recipe, **{name: None for name in names if part_of_field(name) not in parts})


def parts_in(recipe: Recipe) -> tuple[RecipePart, ...]:
    """The parts of which ``recipe`` holds anything."""
    return parts_changed(Recipe(), recipe)


def parts_changed(before: Recipe, after: Recipe) -> tuple[RecipePart, ...]:
    """The parts in which two recipes differ."""
    names = [field.name for field in fields(Recipe)]
    differing = {part_of_field(name) for name in names if getattr(before, name) != getattr(after, name)}
    return tuple(part for part in RecipePart if part in differing)


def parts_chosen(recipe: Recipe, catalog: Catalog) -> tuple[RecipePart, ...]:
    """The parts of a whole recipe that are not as in a new draft; the size as the model would have it."""
    new = whole(Recipe(), catalog)
    of_model = whole(Recipe(model=recipe.model), catalog)
    return parts_changed(replace(new, size=of_model.size), recipe)
