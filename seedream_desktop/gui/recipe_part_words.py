"""The words for parts of a recipe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.plain import plain
from seedream_desktop.generation.recipe_parts import RecipePart, parts_in
from seedream_desktop.gui.words import number

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.recipe import Recipe

translate = QCoreApplication.translate
_PROMPT_CHARACTERS = 40


def part_words(part: RecipePart) -> str:
    """``Prompt``."""
    named = {
        RecipePart.PROMPT: translate("recipe parts", "Prompt"),
        RecipePart.REFERENCES: translate("recipe parts", "References"),
        RecipePart.MODEL: translate("recipe parts", "Model"),
        RecipePart.SIZE: translate("recipe parts", "Size"),
        RecipePart.OPTIONS: translate("recipe parts", "Options"),
    }
    return named[part]


def changed_words(parts: Iterable[RecipePart]) -> str:
    """``prompt, size``: in a sentence."""
    named = {
        RecipePart.PROMPT: translate("recipe parts", "prompt", "in a sentence"),
        RecipePart.REFERENCES: translate("recipe parts", "references", "in a sentence"),
        RecipePart.MODEL: translate("recipe parts", "model", "in a sentence"),
        RecipePart.SIZE: translate("recipe parts", "size", "in a sentence"),
        RecipePart.OPTIONS: translate("recipe parts", "options", "in a sentence"),
    }
    return translate("recipe parts", ", ", "between the parts of a list").join(named[part] for part in parts)


def references_words(count: int) -> str:
    """``1 reference``, ``3 references``."""
    if count == 1:
        return translate("recipe parts", "1 reference")
    return translate("recipe parts", "{count} references").format(count=number(count))


def held_words(recipe: Recipe, catalog: Catalog) -> str:
    """``Seedream 5.0 lite · Size · a cat wearing``: what a recipe holds, the prompt last."""
    told = []
    for part in parts_in(recipe):
        if part is RecipePart.REFERENCES:
            told.append(references_words(len(recipe.references or ())))
        elif part is RecipePart.MODEL:
            told.append(plain(catalog.model(recipe.model or "").title, _PROMPT_CHARACTERS))
        elif part is not RecipePart.PROMPT:
            told.append(part_words(part))
    if recipe.prompt is not None:
        told.append(
            plain(" ".join(recipe.prompt.split()), _PROMPT_CHARACTERS) or part_words(RecipePart.PROMPT)
        )
    return " · ".join(told)
