"""The recipe that dropped files carry, read by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.recipe_text import recipe_in
from seedream_desktop.state.arrivals import refuse_unread

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.imaging.foreign import Foreign


def carried_recipe(
    paths: Iterable[Path], look: Callable[[Path], Foreign], root: Path | None
) -> Recipe | None:
    """The recipe in ``paths``; None: there is none, or more than one: nobody could say which. Blocks.

    Pictures of the library at ``root`` are left out: their recipes are a key away.
    """
    found: list[Recipe] = []
    for path in paths:
        if root is not None and path.is_relative_to(root):
            continue
        try:
            refuse_unread(path)
            recipe = recipe_in(look(path).recipe)
        except ProblemError:
            continue  # the reference that it was to become is refused with the reason
        if recipe is not None:
            found.append(recipe)
    return found[0] if len(found) == 1 else None
