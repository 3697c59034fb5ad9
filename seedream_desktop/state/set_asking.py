"""Asking for several pictures that belong together: the ceiling, the words for it, one request or many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import Cost, estimate
from seedream_desktop.generation.recipe import Recipe, to_request
from seedream_desktop.generation.set_words import (
    following,
    lines_of,
    number_asked,
    says_ours,
    with_number,
    without_number,
)

if TYPE_CHECKING:
    from seedream_desktop.state.draft import Draft


@dataclass(frozen=True, slots=True)
class Way:
    """What one way of asking for every line's picture means."""

    requests: int
    pictures: int  # of each request, at most
    duration_s: float
    cost: Cost | None


@dataclass(frozen=True, slots=True)
class SetState:
    """What there is to say of a set before it is asked for."""

    ceiling: int  # as the request will say it; 0: no set is asked for
    ceiling_most: int  # beside the references
    asked: int | None  # what the prompt says
    lines: int  # of the prompt, each a frame

    @property
    def lacks_number(self) -> bool:
        """Whether nothing in the prompt says how many."""
        return self.ceiling > 1 and self.asked is None

    @property
    def asks_too_many(self) -> bool:
        """Whether the prompt asks for more than may come."""
        return self.ceiling > 0 and (self.asked or 0) > self.ceiling


def set_state(draft: Draft) -> SetState:
    """What ``draft`` asks for now."""
    recipe, prompt = draft.recipe, draft.recipe.prompt or ""
    is_set = bool(recipe.is_set) and draft.model.takes_sets
    ceiling = (recipe.images_in_set or 1) if is_set else 0
    return SetState(ceiling, draft.images_in_set_max(), number_asked(prompt), len(lines_of(prompt)))


def write_number(draft: Draft) -> None:
    """Let the prompt say the ceiling, as one step."""
    recipe = draft.recipe
    prompt = with_number(recipe.prompt or "", recipe.images_in_set or 1)
    draft.apply(Recipe(prompt=prompt, by_line=bool(recipe.by_line)))


def set_ceiling(draft: Draft, count: int) -> None:
    """Let a set bring as many; our own sentence in the prompt follows in the same step, no other one."""
    recipe, prompt = draft.recipe, draft.recipe.prompt or ""
    count = min(max(1, count), draft.images_in_set_max())
    if not says_ours(prompt):
        draft.set_images_in_set(count)
    elif count != recipe.images_in_set or following(prompt, count) != prompt:
        prompt = following(prompt, count)
        draft.apply(Recipe(prompt=prompt, by_line=bool(recipe.by_line), images_in_set=count))


def ways_of(draft: Draft, jobs_at_once: int) -> tuple[Way, Way] | None:
    """One set for every line, and a request for each; None: there is no choice between them."""
    recipe = draft.recipe
    lines = len(lines_of(recipe.prompt or ""))
    is_meant = bool(recipe.is_set) != bool(recipe.by_line)
    if not (is_meant and draft.model.takes_sets and 1 < lines <= draft.images_in_set_max()):
        return None
    ceiling = max(lines, recipe.images_in_set or 1) if recipe.is_set else lines
    ceiling = min(ceiling, draft.images_in_set_max())
    typical_s = draft.model.typical_s
    rounds = ceil(lines / max(1, jobs_at_once))
    return (
        Way(1, ceiling, typical_s * ceiling, _cost(draft, replace(recipe, is_set=True), ceiling, 1)),
        Way(lines, 1, typical_s * rounds, _cost(draft, replace(recipe, is_set=False), 1, lines)),
    )


def ask_as_set(draft: Draft) -> None:
    """One request for a picture of each line, and the words that say so; one step."""
    prompt = without_number(draft.recipe.prompt or "")
    held = draft.recipe.images_in_set or 1 if draft.recipe.is_set else 1
    count = min(max(len(lines_of(prompt)), held), draft.images_in_set_max())
    if number_asked(prompt) is None:
        prompt = with_number(prompt, count)
    draft.apply(Recipe(prompt=prompt, is_set=True, images_in_set=count, by_line=False))


def ask_by_line(draft: Draft) -> None:
    """A request for each line, with the references for all; one step."""
    prompt = without_number(draft.recipe.prompt or "")
    draft.apply(Recipe(prompt=prompt, is_set=False, by_line=True))


def _cost(draft: Draft, recipe: Recipe, pictures: int, requests: int) -> Cost | None:
    """What that many requests may cost; a set may bring one picture only."""
    request = to_request(replace(recipe, images_in_set=pictures), draft.model)
    each = estimate(request, draft.model)
    return each.times(requests * draft.variations) if each else None
