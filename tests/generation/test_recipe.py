"""Recipes: applying one fills only what it holds; a request holds only what its model takes."""

from __future__ import annotations

from pathlib import Path

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.recipe import Recipe, to_request
from seedream_desktop.generation.request import OutputFormat, Size

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
EVERYTHING = Recipe(
    prompt="a cat",
    model="m",
    watermark=False,
    is_set=True,
    images_in_set=4,
    output_format=OutputFormat.PNG,
    guidance_scale=3.0,
    seed=7,
)


def test_applying_fills_only_what_the_recipe_holds() -> None:
    applied = Recipe(prompt="a dog").applied_to(EVERYTHING)
    assert applied.prompt == "a dog"
    assert applied.images_in_set == 4


def test_a_request_holds_only_what_its_model_takes() -> None:
    lite = to_request(EVERYTHING, CATALOG.model("doubao-seedream-5-0-260128"))
    assert (lite.guidance_scale, lite.seed, lite.images_in_set) == (None, None, 4)
    assert lite.output_format is OutputFormat.PNG
    classic = to_request(EVERYTHING, CATALOG.model("doubao-seedream-3-0-t2i-250415"))
    assert (classic.guidance_scale, classic.seed, classic.images_in_set) == (3.0, 7, None)
    assert classic.output_format is None


def test_the_watermark_is_on_unless_it_was_turned_off() -> None:
    model = CATALOG.models[0]
    assert to_request(Recipe(), model).watermark
    assert not to_request(EVERYTHING, model).watermark


def test_without_a_size_the_models_own_is_asked_for() -> None:
    assert to_request(Recipe(), CATALOG.models[0]).size == Size(width_px=2048, height_px=2048)
