"""A recipe: any subset of what makes a picture; a draft is a whole one, a picture carries a whole one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog, Model

_IMAGES_IN_SET = 4


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a picture. ``None`` means: this recipe does not hold that part."""

    prompt: str | None = None
    references: tuple[Reference, ...] | None = None
    model: str | None = None
    size: Size | None = None
    watermark: bool | None = None
    is_set: bool | None = None
    images_in_set: int | None = None  # 1 to 15; meant only while is_set
    output_format: OutputFormat | None = None
    response_format: ResponseFormat | None = None
    guidance_scale: float | None = None
    seed: int | None = None
    smaller_references: bool | None = None  # send the references reduced
    variables: tuple[tuple[str, str], ...] | None = None  # of the prompt: name, values as they were written
    by_line: bool | None = None  # each line of the prompt is one of its own

    def applied_to(self, other: Recipe) -> Recipe:
        """``other`` with every part that this recipe holds put in its place."""
        held = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **held)


def whole(recipe: Recipe, catalog: Catalog) -> Recipe:
    """``recipe`` with what a new draft has in the place of what it does not hold."""
    model = catalog.model(recipe.model) if recipe.model else catalog.models[0]
    empty = Recipe(
        prompt="",
        references=(),
        model=model.id,
        size=model.default_size,
        watermark=True,
        is_set=False,
        images_in_set=_IMAGES_IN_SET,
        output_format=OutputFormat.JPEG,
        response_format=ResponseFormat.URL,
        smaller_references=False,
        variables=(),
        by_line=False,
    )
    return recipe.applied_to(empty)


def may_be_many(recipe: Recipe) -> bool:
    """Whether the prompt may stand for others than itself alone; told without taking it apart."""
    return bool(recipe.by_line) or any(sign in (recipe.prompt or "") for sign in "{}\\")


def without_links(recipe: Recipe) -> Recipe:
    """``recipe`` with references that are sent as bytes only."""
    if not recipe.references:
        return recipe
    return replace(recipe, references=tuple(replace(one, url="") for one in recipe.references))


def to_request(recipe: Recipe, model: Model) -> GenerationRequest:
    """The request that ``recipe`` asks of ``model``: only what the model takes, the watermark always."""
    is_set = bool(recipe.is_set) and model.takes_sets
    return GenerationRequest(
        model=model.id,
        prompt=recipe.prompt or "",
        size=recipe.size or model.default_size,
        references=recipe.references or (),
        watermark=recipe.watermark is not False,
        guidance_scale=recipe.guidance_scale if model.default_guidance is not None else None,
        seed=recipe.seed if model.takes_seed else None,
        images_in_set=(recipe.images_in_set or 1) if is_set else None,
        output_format=recipe.output_format if recipe.output_format in model.output_formats else None,
        response_format=recipe.response_format or ResponseFormat.URL,
        smaller_references=bool(recipe.smaller_references),
    )
