"""Of a Photoshop file its flattened picture is taken, as Photoshop would show it."""

import pytest
from PIL import ImageCms

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.request import Derivation
from tests.imaging.fit_stage import BLUE, RED, Fit, half_red, noise
from tests.imaging.photoshop_file import a_psd

D = Derivation


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("is_large", [False, True])
def test_of_a_photoshop_file_the_flattened_picture_is_sent(
    fit: Fit, depth: int, is_packed: bool, is_large: bool
) -> None:
    content = a_psd(half_red(), depth=depth, is_packed=is_packed, is_large=is_large)
    fitted = fit(content)
    expected = (D.FLATTENED, D.DEPTH) if depth == 16 else (D.FLATTENED,)
    assert fitted.form.derived == (*expected, D.CONVERTED, D.COMPRESSED)
    assert fitted.has(0.1, 0.5, RED)
    assert fitted.has(0.9, 0.5, BLUE)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1", "LAB"])
def test_photoshop_files_of_other_modes_look_right(fit: Fit, mode: str) -> None:
    image = half_red()
    if mode == "LAB":
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(image, *profiles, outputMode="LAB") or image
    else:
        image = image.convert(mode)
    fitted = fit(a_psd(image))
    expected = image.convert("RGB").getpixel((20, 100))
    assert isinstance(expected, tuple)
    assert fitted.has(20 / 320, 0.5, expected, 40)


def test_the_transparency_of_a_photoshop_file_stays(fit: Fit) -> None:
    image = half_red(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 160, 200))
    fitted = fit(a_psd(image, first_extra_is_alpha=True))
    assert fitted.form.media_type == "image/png"
    assert fitted.image.convert("RGBA").getpixel((10, 10))[3] == 0  # type: ignore[index]


def test_a_saved_selection_in_a_photoshop_file_is_no_transparency(fit: Fit) -> None:
    image = half_red(mode="RGBA")
    image.paste((*RED, 0), (0, 0, 160, 200))
    fitted = fit(a_psd(image, first_extra_is_alpha=False))
    assert fitted.form.media_type == "image/jpeg"
    assert fitted.has(0.1, 0.5, RED)


def test_a_photoshop_file_of_layers_only_says_so(fit: Fit) -> None:
    with pytest.raises(ProblemError) as caught:
        fit(a_psd(half_red(), has_composite=False))
    assert caught.value.problem.kind is ProblemKind.LAYERS_ONLY


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_cut_photoshop_file_is_damaged(fit: Fit, is_packed: bool, share: float) -> None:
    content = a_psd(noise(60, 40), is_packed=is_packed)
    with pytest.raises(ProblemError) as caught:
        fit(content[: int(len(content) * share)])
    assert caught.value.problem.kind is ProblemKind.PICTURE_DAMAGED
