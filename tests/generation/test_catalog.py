"""The table of models: its sizes are legal, unknown models get the careful rules, bad requests are named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.catalog import (
    Model,
    bare_id,
    load_catalog,
    problems,
    prompt_length,
)
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.recipe import Recipe, to_request
from seedream_desktop.generation.request import GenerationRequest, OutputFormat, Reference, Size
from seedream_desktop.generation.sizes import size_is_disputed, size_is_legal

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
EVERY = pytest.mark.parametrize("model", [*CATALOG.models, CATALOG.fallback], ids=lambda model: model.family)
MODELS = pytest.mark.parametrize("model", CATALOG.models, ids=lambda model: model.family)
REFERENCE = Reference("ab" * 32, "image/png", 100, 100, 1000)
LITE = CATALOG.models[0]


def request_for(model: Model, **changes: object) -> GenerationRequest:
    """A request that ``model`` takes, changed."""
    references = (REFERENCE,) * model.references_min
    fine = GenerationRequest(model.id, "a cat", model.default_size, references)
    return replace(fine, **changes)  # type: ignore[arg-type]


def test_the_default_model_is_the_documents_own() -> None:
    assert LITE.id == "doubao-seedream-5-0-260128"
    assert LITE.default_size == Size(width_px=2048, height_px=2048)


@EVERY
def test_every_size_of_the_table_is_legal_and_so_is_the_default(model: Model) -> None:
    assert [named.size.wire for named in model.sizes if not size_is_legal(named.size, model)] == []
    assert [preset for preset in model.presets if not size_is_legal(Size(preset=preset), model)] == []
    assert model.default_size is not None
    assert size_is_legal(model.default_size, model)


@EVERY
def test_every_named_resolution_has_every_ratio(model: Model) -> None:
    for ratio in model.ratios():
        assert model.resolutions(ratio) == tuple(dict.fromkeys(named.resolution for named in model.sizes))


@EVERY
def test_limits_enclose_what_every_source_grants(model: Model) -> None:
    assert model.pixels_min <= model.sure_pixels_min < model.sure_pixels_max <= model.pixels_max
    assert 1 <= model.aspect_max <= 16
    assert model.references_min <= model.references_max <= 14
    assert set(model.disputed_resolutions) <= {*model.presets, *(named.resolution for named in model.sizes)}
    assert set(model.presets) != set(model.disputed_resolutions) or not model.presets


@EVERY
def test_a_default_is_never_disputed(model: Model) -> None:
    assert not size_is_disputed(model.default_size, model)
    assert model.default_guidance is None or 1 <= model.default_guidance <= 10


@MODELS
def test_a_price_has_its_date_and_its_source(model: Model) -> None:
    dt.date.fromisoformat(model.price_as_of)
    assert model.price_source
    assert all(step.usd > 0 for step in model.prices)
    limits = [step.up_to_px for step in model.prices]
    assert limits[-1] is None
    assert limits[:-1] == sorted(limit for limit in limits if limit is not None)
    assert (model.reference_usd > 0) or not model.references_free


@EVERY
def test_a_reference_rule_is_within_what_the_provider_documents(model: Model) -> None:
    rules = model.reference_rules
    assert {"image/jpeg", "image/png"} <= set(rules.media_types)
    assert all(one == one.lower() and one.startswith("image/") for one in rules.media_types)
    assert (rules.size_bytes, rules.pixels, rules.side_px) == (10 * 1024 * 1024, 36_000_000, 15)
    assert rules.aspect == (3 if model.family in {"edit-3.0", "3.0", "unknown"} else 16)


@EVERY
def test_a_set_may_keep_silent_longer_than_a_picture(model: Model) -> None:
    one = request_for(model)
    assert (model.wait_s(one), model.wait_s(replace(one, images_in_set=4))) == (300, 600)
    assert 0 < model.typical_s < model.silence_s


def test_an_unknown_seedream_is_asked_for_nothing_that_not_every_model_takes() -> None:
    model = CATALOG.model("seedream-9-9")
    whole = Recipe(
        prompt="a cat",
        is_set=True,
        images_in_set=4,
        output_format=OutputFormat.PNG,
        guidance_scale=5.0,
        seed=7,
    )
    asked = to_request(whole, model)
    assert (asked.images_in_set, asked.output_format, asked.guidance_scale, asked.seed) == (None,) * 4
    known = [one for one in CATALOG.models if one.family not in {"edit-3.0", "3.0"}]
    assert all(size_is_legal(named.size, one) for named in model.sizes for one in known)
    assert model.prices == ()


def test_an_id_finds_the_same_model_in_every_spelling() -> None:
    for model in CATALOG.models:
        bare = bare_id(model.id)
        for spelling in (
            bare,
            f"doubao-{bare}",
            f"dola-{bare}",
            f"bytedance/{bare}",
            f"ByteDance-{bare}".upper(),
        ):
            assert CATALOG.model(spelling).family == model.family


@MODELS
def test_a_plain_request_has_no_problem(model: Model) -> None:
    assert problems(request_for(model), model) == ()


@MODELS
def test_a_named_size_is_found_again(model: Model) -> None:
    for named in model.sizes:
        assert model.size_of(named.ratio, named.resolution) == named.size
        assert model.named(named.size) is not None


@pytest.mark.parametrize(
    ("model_id", "family"),
    [
        ("doubao-seedream-4-0-250828", "4.0"),
        ("seedream-4-5-251128", "4.5"),
        ("doubao-seedream-5-0-lite-260128", "5.0-lite"),
        ("dola-seedream-5-0-pro-260628", "5.0-pro"),
        ("bytedance/seedream-5-0-flash-999999", "5.0-flash"),
        ("seedream-5-5-261028", "5.5"),
        ("doubao-seededit-3-0-i2i-250628", "edit-3.0"),
        ("bytedance/seedream-4.5", "4.5"),
        ("ByteDance/Seedream-5.0-Lite-260128", "5.0-lite"),
        ("BYTEDANCE-SEEDREAM-5.5", "5.5"),
        ("bytedance/doubao-seedream-4-0", "4.0"),
        ("seedream-5-0", "5.0-lite"),
        ("seedream-9-9", "unknown"),
        ("seedream-5-0-ultra", "unknown"),
    ],
)
def test_any_id_is_classified_by_pattern_and_kept(model_id: str, family: str) -> None:
    model = CATALOG.model(model_id)
    assert (model.id, model.family) == (model_id, family)


def test_what_the_endpoint_would_refuse_is_named() -> None:
    fifteen = (REFERENCE,) * 15
    kinds = [problem.kind for problem in problems(request_for(LITE, prompt=" ", references=fifteen), LITE)]
    assert kinds == [ProblemKind.EMPTY_PROMPT, ProblemKind.TOO_MANY_REFERENCES]


def test_a_model_that_changes_a_picture_needs_one() -> None:
    edit = CATALOG.model("doubao-seededit-3-0-i2i-250628")
    (problem,) = problems(request_for(edit, references=()), edit)
    assert (problem.kind, problem.subject) == (ProblemKind.REFERENCE_NEEDED, edit.title)


def test_references_and_pictures_share_fifteen_places() -> None:
    crowded = request_for(LITE, references=(REFERENCE,) * 12, images_in_set=4)
    (problem,) = problems(crowded, LITE)
    assert (problem.kind, problem.limit) == (ProblemKind.TOO_MANY_PICTURES, 3)
    assert LITE.images_in_set_max(12) == 3


def test_a_model_without_sets_has_no_places_for_one() -> None:
    assert CATALOG.model("seedream-5-0-pro-260628").images_in_set_max(0) == 0


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [("a cat", (5, 1000)), ("一只猫", (3, 300)), ("", (0, 1000)), ("a 4K poster: 猫", (14, 1000))],
)
def test_the_recommended_length_follows_the_script(prompt: str, expected: tuple[int, int]) -> None:
    assert prompt_length(prompt) == expected
