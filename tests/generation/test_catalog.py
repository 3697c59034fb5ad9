"""The table of models: its sizes are legal, unknown models get the careful rules, bad requests are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.catalog import (
    Model,
    load_catalog,
    nearest_size,
    problems,
    prompt_length,
    size_is_legal,
)
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.request import GenerationRequest, Reference, Size

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
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


@MODELS
def test_every_size_of_the_table_is_legal(model: Model) -> None:
    assert [named.size.wire for named in model.sizes if not size_is_legal(named.size, model)] == []


@MODELS
def test_a_plain_request_has_no_problem(model: Model) -> None:
    assert problems(request_for(model), model) == ()


@MODELS
@given(width=st.integers(1, 12_000), height=st.integers(1, 12_000))
def test_the_nearest_size_is_always_legal(model: Model, width: int, height: int) -> None:
    assert size_is_legal(nearest_size(Size(width_px=width, height_px=height), model), model)


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
        ("seedream-9-9", "unknown"),
    ],
)
def test_any_id_is_classified_by_pattern_and_kept(model_id: str, family: str) -> None:
    model = CATALOG.model(model_id)
    assert (model.id, model.family) == (model_id, family)


def test_what_the_endpoint_would_refuse_is_named() -> None:
    fifteen = (REFERENCE,) * 15
    kinds = [problem.kind for problem in problems(request_for(LITE, prompt=" ", references=fifteen), LITE)]
    assert kinds == [ProblemKind.EMPTY_PROMPT, ProblemKind.TOO_MANY_REFERENCES]


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
