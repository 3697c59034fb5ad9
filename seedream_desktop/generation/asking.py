"""The requests that one press makes of a recipe: one for each prompt that its prompt stands for, n times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.expand import Expansion, escaped, expand
from seedream_desktop.generation.recipe import Recipe, to_request

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.request import GenerationRequest

REQUESTS_MAX = 1_000  # of one press: more is a slip, and what it costs is seldom meant
_MOST_TOLD = 10**15  # how many it would be is said exactly up to there


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a press, and the recipe that makes it again."""

    request: GenerationRequest
    recipe: Recipe
    choices: tuple[str, ...] = ()  # what was chosen for each place of the prompt where there was a choice


def expansion_of(recipe: Recipe) -> Expansion:
    """What the prompt of ``recipe`` stands for."""
    return expand(recipe.prompt or "", dict(recipe.variables or ()), by_line=bool(recipe.by_line))


def expansion_problem(expansion: Expansion, variations: int) -> Problem | None:
    """Why a press of it makes no requests.

    BRACES_UNBALANCED, VARIABLE_EMPTY, TOO_MANY_REQUESTS, EMPTY_PROMPT (of one of many).
    """
    count = expansion.count * variations
    if expansion.problem is None and count > REQUESTS_MAX:
        most = float(REQUESTS_MAX)
        return Problem(ProblemKind.TOO_MANY_REQUESTS, limit=most, actual=float(min(count, _MOST_TOLD)))
    if expansion.problem is None and expansion.has_blank():
        return Problem(ProblemKind.EMPTY_PROMPT)
    return expansion.problem


def first_of(recipe: Recipe, expansion: Expansion) -> Recipe:
    """The recipe of the first request; of a prompt that makes none, the prompt as it is written."""
    first = next(expansion.cells(), None)
    return recipe if first is None else replace(recipe, prompt=first.prompt)


def asked_of(recipe: Recipe, model: Model, variations: int) -> tuple[Asked, ...]:
    """Every request of a press, in the order of the choices, the variations of each together.

    () where ``expansion_problem`` says why.
    """
    expansion = expansion_of(recipe)
    if expansion_problem(expansion, variations) is not None:
        return ()
    first = to_request(recipe, model)
    alone = replace(recipe, variables=None, by_line=None)
    return tuple(
        asked
        for cell in expansion.cells()
        for asked in [
            Asked(
                replace(first, prompt=cell.prompt),
                replace(alone, prompt=escaped(cell.prompt)),
                cell.choices,
            )
        ]
        * variations
    )
