"""Sizes: every alternative that is offered is legal, of the same shape and a multiple."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.catalog import Model, load_catalog
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import (
    SizeFault,
    alternatives,
    is_as_asked,
    nearest_size,
    safe_neighbour,
    size_across,
    size_fault,
    size_is_disputed,
    size_is_legal,
)

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
EVERY = (*CATALOG.models, CATALOG.fallback)
MODELS = pytest.mark.parametrize("model", EVERY, ids=lambda model: model.family)
BY_FAMILY = {model.family: model for model in EVERY}
LITE, PRO, V3, EDIT = (BY_FAMILY[family] for family in ("5.0-lite", "5.0-pro", "3.0", "edit-3.0"))
SIDES = st.integers(1, 12_000)
PRESETS = ("1K", "1.5K", "2K", "3K", "4K", "adaptive", "auto")


def px(text: str) -> Size:
    return Size.parse(text)


def offered(model: Model) -> list[Size]:
    return [*(named.size for named in model.sizes), *(Size(preset=preset) for preset in model.presets)]


def ratio_differs_by(one: Size, other: Size) -> float:
    return abs(log(one.width_px / one.height_px * other.height_px / other.width_px))


@MODELS
@given(width=SIDES, height=SIDES)
def test_every_alternative_is_legal_a_multiple_and_of_the_same_shape(
    model: Model, width: int, height: int
) -> None:
    asked = Size(width_px=width, height_px=height)
    for one in alternatives(asked, model):
        assert size_is_legal(one, model)
        if one.is_preset:
            continue
        assert one.width_px % model.multiple_px == one.height_px % model.multiple_px == 0
        narrow = max(width / height, height / width)
        if narrow <= model.aspect_max * 0.95:
            assert ratio_differs_by(one, asked) < 0.05
        else:
            assert max(one.width_px / one.height_px, one.height_px / one.width_px) > model.aspect_max * 0.9


@MODELS
@given(width=SIDES, height=SIDES)
def test_an_illegal_size_has_one_alternative_or_two_and_a_legal_one_none(
    model: Model, width: int, height: int
) -> None:
    asked = Size(width_px=width, height_px=height)
    count = len(alternatives(asked, model))
    assert count == 0 if size_is_legal(asked, model) else count in {1, 2}


@MODELS
@given(width=SIDES, height=SIDES)
def test_an_alternative_never_leads_to_another(model: Model, width: int, height: int) -> None:
    nearest = nearest_size(Size(width_px=width, height_px=height), model)
    assert nearest_size(nearest, model) == nearest


@MODELS
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_that_a_model_lacks_becomes_what_it_has(model: Model, preset: str) -> None:
    assert size_is_legal(nearest_size(Size(preset=preset), model), model)


@pytest.mark.parametrize(
    ("asked", "model", "expected"),
    [
        ("1920x1080", LITE, ("2848x1600", "2560x1440")),  # the table's 16:9, and exactly 16:9
        ("1000x1000", PRO, ("1024x1024", "992x992")),
        ("9000x2250", LITE, ("8192x2048",)),  # 4:1 is in no table
        ("6000x6000", PRO, ("2048x2048", "2144x2144")),
        ("3000x100", V3, ("2304x144",)),
        ("1024x1024", EDIT, ("adaptive",)),
    ],
)
def test_the_tables_size_comes_first_then_the_same_ratio_scaled(
    asked: str, model: Model, expected: tuple[str, ...]
) -> None:
    assert tuple(one.wire for one in alternatives(px(asked), model)) == expected


@pytest.mark.parametrize(
    ("size", "model", "fault"),
    [
        ("3K", PRO, SizeFault.NO_SUCH_PRESET),
        ("1024x1024", EDIT, SizeFault.NO_OWN_PIXELS),
        ("1024x1024", LITE, SizeFault.TOO_SMALL),
        ("4096x4096", PRO, SizeFault.TOO_LARGE),
        ("16384x512", LITE, SizeFault.TOO_NARROW),
        ("1000x1000", PRO, SizeFault.NOT_A_MULTIPLE),
        ("1512x648", V3, None),
        ("2848x1600", LITE, None),
    ],
)
def test_what_is_wrong_with_a_size_is_named(size: str, model: Model, fault: SizeFault | None) -> None:
    assert size_fault(px(size), model) is fault


@pytest.mark.parametrize("old", EVERY, ids=lambda model: model.family)
@pytest.mark.parametrize("new", EVERY, ids=lambda model: model.family)
def test_every_size_of_one_model_becomes_a_legal_one_of_another(old: Model, new: Model) -> None:
    for size in offered(old):
        got = size_across(size, old, new)
        assert got is not None
        assert size_is_legal(got, new)
        named = old.named(size)
        if named is not None and named.ratio in new.ratios():
            kept = new.named(got)
            assert kept is not None
            assert kept.ratio == named.ratio or not named.ratio


@pytest.mark.parametrize(
    ("size", "model", "is_disputed"),
    [
        ("4K", LITE, True),
        ("4096x4096", LITE, True),
        ("3072x3072", LITE, False),
        ("4704x2016", LITE, False),
        ("3600x3600", LITE, True),  # within one source's limits only
        ("3200x3200", LITE, False),
        ("1.5K", PRO, True),
        ("1536x1536", PRO, False),  # these pixels every source grants
        ("2816x1584", PRO, False),
        ("2144x2144", PRO, True),
        ("4K", BY_FAMILY["4.5"], False),
        ("1024x1024", LITE, False),  # illegal is another matter
    ],
)
def test_a_size_that_only_some_sources_grant_is_disputed(size: str, model: Model, is_disputed: bool) -> None:
    assert size_is_disputed(px(size), model) is is_disputed


@pytest.mark.parametrize(
    ("refused", "model", "neighbour"),
    [
        ("4K", LITE, "3K"),
        ("5504x3040", LITE, "4096x2304"),
        ("3600x3600", LITE, "3216x3216"),
        ("1.5K", PRO, "1K"),
        ("2144x2144", PRO, "2048x2048"),
        ("2050x2050", LITE, "2048x2048"),  # own pixels that no source disputes: the table is surer
    ],
)
def test_a_refused_size_has_a_safe_neighbour(refused: str, model: Model, neighbour: str) -> None:
    found = safe_neighbour(px(refused), model)
    assert found is not None
    assert found.wire == neighbour


@MODELS
def test_every_shape_of_a_preset_is_what_the_preset_asked_for(model: Model) -> None:
    for named in model.sizes:
        assert is_as_asked(Size(preset=named.resolution), named.size.width_px, named.size.height_px)


@pytest.mark.parametrize(
    ("asked", "delivered", "is_so"),
    [
        ("2848x1600", (2848, 1600), True),
        ("2848x1600", (2848, 1598), False),
        ("2848x1600", (1600, 2848), False),
        ("4K", (2048, 2048), False),
        ("3K", (4096, 4096), False),
        ("adaptive", (1536, 512), True),
        ("2K", (0, 0), True),  # not known
    ],
)
def test_what_was_delivered_is_compared_with_what_was_asked_for(
    asked: str, delivered: tuple[int, int], is_so: bool
) -> None:
    assert is_as_asked(px(asked), *delivered) is is_so


@pytest.mark.parametrize("size", ["2K", "2048x2048", "1024x1024"])
def test_nothing_is_surer_than_what_every_source_grants(size: str) -> None:
    assert safe_neighbour(px(size), LITE) is None


@MODELS
@given(width=SIDES, height=SIDES)
def test_a_safe_neighbour_is_legal_and_disputed_by_no_source(model: Model, width: int, height: int) -> None:
    refused = Size(width_px=width, height_px=height)
    found = safe_neighbour(refused, model)
    if found is not None:
        assert size_is_legal(found, model)
        assert not size_is_disputed(found, model)
        assert ratio_differs_by(found, refused) < 0.05
