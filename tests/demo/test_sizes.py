import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.demo import models, sizes

FAMILIES = (
    models.V_4_0,
    models.V_4_5,
    models.V_5_LITE,
    models.V_5_PRO,
    models.V_5_FLASH,
    models.V_5_5,
)
SIDES = st.integers(1, 20_000)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
@pytest.mark.parametrize("ratio", sizes.RATIOS)
def test_every_preset_comes_to_a_size_that_the_model_takes(family: models.Family, ratio: str) -> None:
    for preset in family.presets:
        size = sizes.preset_size(preset, family, ratio)
        assert sizes.pixel_problem(size, family) is None
        assert sizes.nearest_ratio(*size) == ratio


@pytest.mark.parametrize(
    ("size", "family", "is_fine"),
    [
        ((2560, 1440), models.V_5_LITE, True),
        ((2559, 1440), models.V_5_LITE, False),
        ((4096, 4096), models.V_5_LITE, True),
        ((4097, 4096), models.V_5_LITE, False),
        ((1024, 1024), models.V_4_5, False),
        ((1280, 720), models.V_4_0, True),
        ((3840, 240), models.V_4_0, True),
        ((3856, 240), models.V_4_0, False),
        ((240, 3856), models.V_4_0, False),
        ((2048, 2048), models.V_5_PRO, True),
        ((2720, 1530), models.V_5_PRO, False),
        ((512, 512), models.T2I_3, True),
        ((2048, 2064), models.T2I_3, False),
    ],
)
def test_exact_sizes_obey_the_models_limits(
    size: tuple[int, int], family: models.Family, is_fine: bool
) -> None:
    assert (sizes.pixel_problem(size, family) is None) is is_fine


@pytest.mark.parametrize(
    ("prompt", "ratio"),
    [
        ("a poster, 16:9", "16:9"),
        ("a cat, 9：16", "9:16"),
        ("a clock at 4:30:15, square", "1:1"),
        ("portrait of a fox", "3:4"),
        ("一张竖版海报", "3:4"),
        ("a wide valley", "16:9"),
        ("panorama of a bay", "21:9"),
        ("手机壁纸", "9:16"),
    ],
)
def test_the_prompt_calls_for_a_shape(prompt: str, ratio: str) -> None:
    assert sizes.ratio_for(prompt, (100, 100)) == ratio


def test_a_reference_gives_the_shape_when_the_prompt_does_not() -> None:
    assert sizes.ratio_for("the same at night", (2100, 900)) == "21:9"


@given(st.text())
def test_any_prompt_has_one_shape(prompt: str) -> None:
    assert sizes.ratio_for(prompt, None) in sizes.RATIOS
    assert sizes.ratio_for(prompt, None) == sizes.ratio_for(prompt, None)


@given(SIDES, SIDES)
def test_an_exact_size_reads_back(width: int, height: int) -> None:
    assert sizes.parse_pixels(f"{width}x{height}") == (width, height)


@given(st.sampled_from(sizes.RATIOS), st.integers(1, 500))
def test_a_shape_keeps_its_ratio_at_any_scale(ratio: str, scale: int) -> None:
    across, down = (int(part) * scale for part in ratio.split(":"))
    assert sizes.nearest_ratio(across, down) == ratio


@given(SIDES, SIDES)
def test_an_adaptive_size_stays_within_its_table(width: int, height: int) -> None:
    adapted = sizes.adaptive_size((width, height))
    assert all(512 <= side <= 1536 and side % 16 == 0 for side in adapted)


@pytest.mark.parametrize(
    "text", ["2K", "0x10", "1024×1024", "1024 x 1024", "-1x5", "1024x", "1e3x1e3", "٣x٣", "100000x1"]
)
def test_what_is_no_exact_size_is_not_read_as_one(text: str) -> None:
    assert sizes.parse_pixels(text) is None
