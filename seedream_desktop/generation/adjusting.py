"""What becomes of a recipe where its model does not take all of it, as facts to be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.generation.sizes import SizeFault, size_fault

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.recipe import Recipe


class AdjustedPart(StrEnum):
    """The part of a recipe that is not as it was asked for."""

    SIZE = "size"
    SET = "set"
    FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One part of a recipe that a model does not take as it was."""

    part: AdjustedPart
    before: Size | None = None  # of the size
    after: Size | None = None
    fault: SizeFault | None = None  # what was wrong with it; None: the model's own table has another
    asked: OutputFormat | None = None  # the format that it cannot deliver


def adjustments(wished: Recipe, got: Recipe, model: Model, held: frozenset[str]) -> tuple[Adjustment, ...]:
    """How ``got`` differs from ``wished`` because of ``model``; ``held``: the parts that were asked for."""
    found = []
    if wished.size is not None and got.size != wished.size:
        fault = size_fault(wished.size, model)
        found.append(Adjustment(AdjustedPart.SIZE, before=wished.size, after=got.size, fault=fault))
    if "is_set" in held and wished.is_set and not model.takes_sets:
        found.append(Adjustment(AdjustedPart.SET))
    has_png = "output_format" in held and wished.output_format is OutputFormat.PNG
    if has_png and OutputFormat.PNG not in model.output_formats:
        found.append(Adjustment(AdjustedPart.FORMAT, asked=OutputFormat.PNG))
    return tuple(found)


def parts_taken(model: Model) -> frozenset[str]:
    """The parts of a recipe that ``model`` takes and another may not."""
    taken = {"is_set"} if model.takes_sets else set()
    return frozenset(taken | {"output_format"} if model.output_formats else taken)


def parts_held(recipe: Recipe) -> frozenset[str]:
    """The same parts, as far as ``recipe`` itself asks for them."""
    return frozenset(name for name in ("is_set", "output_format") if getattr(recipe, name) is not None)
