"""Sizes by their names, for print, and like a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.catalog import Model
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.size_forms import Form, Print, size_like, size_of_form, size_of_print
from seedream_desktop.generation.sizes import size_is_legal
from tests.compose_stage import EDIT, LITE, PRO, V3, a_reference, catalog

MODELS = [model for model in catalog().models if model.sizes]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.family)
@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("like", [None, Size("2K"), Size(width_px=1024, height_px=1024), Size("4K")])
def test_a_form_is_legal_and_has_its_shape(model: Model, form: Form, like: Size | None) -> None:
    size = size_of_form(form, like, model)
    assert size is not None
    assert size_is_legal(size, model)
    assert size.width_px / size.height_px == pytest.approx(form.aspect, rel=0.03)


def test_a_form_of_the_models_own_table_is_taken_from_there() -> None:
    model = catalog().model(LITE)
    assert size_of_form(Form.SCREEN, Size("2K"), model) == model.size_of("16:9", "2K")
    assert size_of_form(Form.STORY, model.size_of("1:1", "4K"), model) == model.size_of("9:16", "4K")


def test_a_model_without_sizes_of_ones_own_has_no_forms() -> None:
    model = catalog().model(EDIT)
    assert size_of_form(Form.BANNER, None, model) is None
    assert size_of_print(Print(240, 140), model) is None


def test_a_sheet_is_covered_as_finely_as_asked_for_where_the_model_can() -> None:
    model = catalog().model(LITE)
    sheet = Print(240, 140)
    assert sheet.pixels == (2835, 1654)
    size = size_of_print(sheet, model)
    assert size is not None
    assert sheet.dpi_of(size) >= 295
    poster = Print(841, 1189)
    size = size_of_print(poster, model)
    assert size is not None
    assert size_is_legal(size, model)
    assert 100 < poster.dpi_of(size) < 200


def test_a_size_like_a_reference_is_its_own_where_it_is_legal() -> None:
    model = catalog().model(PRO)
    assert size_like(a_reference(1), model) is not None
    assert size_is_legal(size_like(a_reference(1), model) or Size(), model)


@given(
    st.floats(5, 5000),
    st.floats(5, 5000),
    st.integers(50, 1200),
    st.sampled_from([LITE, PRO, V3]),
)
def test_every_sheet_gives_a_legal_size_or_none(width: float, height: float, dpi: int, family: str) -> None:
    model = catalog().model(family)
    sheet = Print(width, height, dpi)
    size = size_of_print(sheet, model)
    narrow = max(width / height, height / width)
    if size is None:
        assert narrow > model.aspect_max * 0.9
    else:
        assert size_is_legal(size, model)
