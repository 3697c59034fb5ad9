"""Colours of a picture as a screen of a given profile shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QColorSpace, QImage

from seedream_desktop.imaging.drawing import Drawing, draw_picture

COLOUR = QColor(200, 60, 30)
Name = QColorSpace.NamedColorSpace


def written(folder: Path, space: Name | None, has_alpha: bool = False) -> Path:
    kind = QImage.Format.Format_ARGB32 if has_alpha else QImage.Format.Format_RGB32
    image = QImage(40, 30, kind)
    image.fill(COLOUR)
    if space is not None:
        image.setColorSpace(QColorSpace(space))
    path = folder / "a.png"
    assert image.save(str(path))
    return path


def screen(folder: Path, space: Name) -> Path:
    path = folder / "screen.icc"
    path.write_bytes(QColorSpace(space).iccProfile().data())
    return path


def shown(drawing: Drawing) -> tuple[int, int, int]:
    blue, green, red = drawing.pixels[:3]
    return red, green, blue


def expected(source: Name, target: Name) -> tuple[int, int, int]:
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(COLOUR)
    image.setColorSpace(QColorSpace(source))
    colour = image.convertedToColorSpace(QColorSpace(target)).pixelColor(0, 0)
    return colour.red(), colour.green(), colour.blue()


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("source", [None, Name.SRgb, Name.DisplayP3, Name.AdobeRgb])
@pytest.mark.parametrize("target", [Name.DisplayP3, Name.AdobeRgb])
def test_the_picture_is_converted_from_its_own_profile_to_the_screens(
    tmp_path: Path, source: Name | None, target: Name
) -> None:
    drawing = draw_picture(written(tmp_path, source), screen(tmp_path, target))
    assert is_near(shown(drawing), expected(source or Name.SRgb, target))
    assert drawing.screen
    assert bool(drawing.profile) is (source is not None)


def test_what_shines_through_keeps_its_alpha(tmp_path: Path) -> None:
    path = written(tmp_path, Name.SRgb, has_alpha=True)
    drawing = draw_picture(path, screen(tmp_path, Name.DisplayP3))
    assert drawing.has_alpha
    assert is_near(shown(drawing), expected(Name.SRgb, Name.DisplayP3))


@pytest.mark.parametrize("content", [b"", b"rubbish" * 30])
def test_a_screen_whose_profile_cannot_be_read_is_taken_for_srgb(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "screen.icc").write_bytes(content)
    drawing = draw_picture(written(tmp_path, Name.DisplayP3), tmp_path / "screen.icc")
    assert not drawing.screen
    assert is_near(shown(drawing), expected(Name.DisplayP3, Name.SRgb))
    assert not draw_picture(tmp_path / "a.png", tmp_path / "gone.icc").screen


def test_a_profile_of_the_picture_that_does_not_fit_counts_as_srgb(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (200, 60, 30)).save(tmp_path / "b.png", icc_profile=b"rubbish" * 30)
    drawing = draw_picture(tmp_path / "b.png", screen(tmp_path, Name.DisplayP3))
    assert drawing.screen
    assert is_near(shown(drawing), expected(Name.SRgb, Name.DisplayP3))


def test_pictures_in_inks_and_greys_are_shown_on_it_too(tmp_path: Path) -> None:
    for mode in ("CMYK", "L"):
        Image.new(mode, (8, 8)).save(tmp_path / "c.tiff")
        assert draw_picture(tmp_path / "c.tiff", screen(tmp_path, Name.DisplayP3)).screen
