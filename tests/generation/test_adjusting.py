"""What a model does not take of a recipe is told, once, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seedream_desktop.generation.adjusting import (
    AdjustedPart,
    Adjustment,
    adjustments,
    parts_held,
    parts_taken,
)
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.generation.sizes import SizeFault

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
LITE, PRO, V4 = (CATALOG.model(f"seedream-{name}") for name in ("5-0-260128", "5-0-pro-260628", "4-0-250828"))
LARGE, SMALL = Size(width_px=4096, height_px=4096), Size(width_px=2048, height_px=2048)


def test_a_size_that_had_to_change_is_told_with_its_reason() -> None:
    wished = Recipe(size=LARGE)
    told = adjustments(wished, replace(wished, size=SMALL), PRO, frozenset())
    assert told == (Adjustment(AdjustedPart.SIZE, LARGE, SMALL, SizeFault.TOO_LARGE),)


def test_a_recipe_that_fits_tells_nothing() -> None:
    wished = Recipe(size=SMALL, is_set=True, output_format=OutputFormat.PNG)
    assert adjustments(wished, wished, LITE, parts_taken(LITE)) == ()


def test_a_set_and_a_format_that_are_not_taken_are_told() -> None:
    wished = Recipe(size=SMALL, is_set=True, output_format=OutputFormat.PNG)
    set_told = adjustments(wished, wished, PRO, parts_taken(LITE))
    format_told = adjustments(wished, wished, V4, parts_taken(LITE))
    assert [one.part for one in set_told] == [AdjustedPart.SET]
    assert [one.part for one in format_told] == [AdjustedPart.FORMAT]


def test_what_the_model_before_did_not_take_either_is_told_no_more() -> None:
    wished = Recipe(size=SMALL, is_set=True, output_format=OutputFormat.PNG)
    assert adjustments(wished, wished, PRO, parts_taken(PRO)) == ()


def test_a_recipe_is_told_of_only_for_what_it_holds() -> None:
    assert parts_held(Recipe(size=SMALL)) == frozenset()
    assert parts_held(Recipe(is_set=True, output_format=OutputFormat.PNG)) == {"is_set", "output_format"}
