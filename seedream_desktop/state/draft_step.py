"""One step of a draft that undo goes back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from seedream_desktop.generation.recipe import Recipe


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A recipe to go back to. ``field`` empty: the prompt goes back too."""

    recipe: Recipe
    is_edit: bool
    field: str
    numbers: tuple[tuple[int, int], ...] = ()  # of references in the prompt, on the way to it


# Recipe, variations, board, whether it is an edit, steps back and forth. A class would cost the start time.
Held: TypeAlias = tuple[Recipe, int, str, bool, list[DraftStep], list[DraftStep]]
