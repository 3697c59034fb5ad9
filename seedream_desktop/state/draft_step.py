"""The steps of a draft that undo goes back to, what was typed among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from seedream_desktop.generation.recipe import Recipe

_STEPS_LEAST, _STEPS_MOST = 50, 2_000
_CHARACTERS_MOST = 2_000_000  # of the prompts of all steps


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A recipe to go back to. ``field``: what was changed then; empty: several."""

    recipe: Recipe
    is_edit: bool
    field: str


# Recipe, variations, board, whether it is an edit, steps back and forth. A class would cost the start time.
Held: TypeAlias = tuple[Recipe, int, str, bool, list[DraftStep], list[DraftStep]]


def drop_oldest(steps: list[DraftStep]) -> None:
    """Keep as many of ``steps`` as memory is meant for."""
    del steps[:-_STEPS_MOST]
    held = 0
    for count, step in enumerate(reversed(steps), start=1):
        held += len(step.recipe.prompt or "")
        if held > _CHARACTERS_MOST and count > _STEPS_LEAST:
            del steps[:-count]
            return
