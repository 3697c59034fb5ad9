"""A marked copy: upright, in sRGB, in the full size, cropped, with its marks, whatever the original is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging import marking_up
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.imaging.marking_up import mark_up
from seedream_desktop.imaging.markup import RGB, Crop, Mark, MarkColour, MarkKind, Markup

ORIENTATION = 0x112
BOX = Mark(MarkKind.BOX, MarkColour.RED, 4.0, ((20.0, 10.0), (60.0, 40.0)))
ARROW = Mark(MarkKind.ARROW, MarkColour.BLUE, 4.0, ((90.0, 70.0), (70.0, 55.0)))
BRUSH = Mark(MarkKind.BRUSH, MarkColour.YELLOW, 8.0, ((10.0, 70.0), (40.0, 60.0), (50.0, 70.0)))
SIZE = (100, 80)


def written(folder: Path, image: Image.Image, name: str = "a.png", **options: Any) -> Path:
    path = folder / name
    image.save(path, **options)
    return path


def marked(path: Path, markup: Markup) -> tuple[CheckedPicture, Image.Image]:
    target = path.with_name("marked")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    checked = mark_up(path, sha256, markup, target, None)
    with Image.open(target) as image:
        image.load()
        return checked, image


def refused(path: Path, markup: Markup, sha256: str = "") -> ProblemKind:
    sha256 = sha256 or hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(ProblemError) as caught:
        mark_up(path, sha256, markup, path.with_name("marked"), None)
    return caught.value.problem.kind


def test_marks_are_drawn_where_they_lie(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE, (120, 130, 140)))
    checked, image = marked(path, Markup(*SIZE, None, (BOX, ARROW, BRUSH)))
    assert (checked.media_type, checked.width_px, checked.height_px) == ("image/png", *SIZE)
    assert image.getpixel((20, 25)) == RGB[MarkColour.RED]
    assert image.getpixel((40, 25)) == (120, 130, 140)
    assert image.getpixel((73, 57)) == RGB[MarkColour.BLUE]
    assert image.getpixel((25, 65)) == RGB[MarkColour.YELLOW]


def test_the_original_is_only_read(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE))
    before = path.read_bytes()
    marked(path, Markup(*SIZE, Crop(0, 0, 50, 50), (BOX,)))
    assert path.read_bytes() == before


def test_edges_are_smooth(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("L", SIZE))
    _, image = marked(path, Markup(*SIZE, None, (BRUSH,)))
    reds = set(image.getchannel("R").tobytes())
    assert len(reds) > 4


def test_a_crop_leaves_what_lies_in_it_with_the_marks_in_their_place(tmp_path: Path) -> None:
    source = Image.radial_gradient("L").resize(SIZE).convert("RGB")
    path = written(tmp_path, source)
    checked, image = marked(path, Markup(*SIZE, Crop(10, 20, 60, 50), (BOX,)))
    assert (checked.width_px, checked.height_px) == (60, 50)
    assert image.getpixel((10, 10)) == RGB[MarkColour.RED]  # (20, 30) of the original
    assert image.getpixel((30, 45)) == source.getpixel((40, 65))


@pytest.mark.parametrize("tile_px", [7, 16, 512])
def test_tiles_leave_no_seams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tile_px: int) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE))
    markup = Markup(*SIZE, None, (BOX, ARROW, BRUSH))
    whole = marked(path, markup)[1]
    monkeypatch.setattr(marking_up, "_TILE_PX", tile_px)
    assert ImageChops.difference(marked(path, markup)[1], whole).getbbox() is None


def test_what_shines_through_goes_on_doing_so(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGBA", SIZE, (0, 0, 0, 0)))
    checked, image = marked(path, Markup(*SIZE, None, (BOX,)))
    assert checked.has_alpha
    assert image.getpixel((40, 25)) == (0, 0, 0, 0)
    assert image.getpixel((20, 25)) == (255, 0, 0, 255)
    assert (
        image.getchannel("R").tobytes()
        == image.getchannel("A").point(lambda alpha: 255 * bool(alpha)).tobytes()
    )


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photograph_is_marked_as_it_is_seen(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = SIZE[::-1] if orientation >= 5 else SIZE
    path = written(tmp_path, Image.new("RGB", stored, (90, 90, 90)), "a.jpeg", exif=exif)
    checked, image = marked(path, Markup(*SIZE, None, (BOX,)))
    assert (checked.width_px, checked.height_px) == SIZE
    assert image.getpixel((20, 25)) == RGB[MarkColour.RED]
    assert ORIENTATION not in image.getexif()


@pytest.mark.parametrize(
    ("mode", "name"),
    [("CMYK", "a.tiff"), ("I;16", "a.png"), ("P", "a.gif"), ("LA", "a.png"), ("1", "a.png"), ("L", "a.jpeg")],
)
def test_pixels_of_every_kind_are_marked_in_colour(tmp_path: Path, mode: str, name: str) -> None:
    path = written(tmp_path, Image.new(mode, SIZE), name)
    checked, image = marked(path, Markup(*SIZE, None, (BOX,)))
    assert checked.media_type == "image/png"
    assert image.convert("RGB").getpixel((20, 25)) == RGB[MarkColour.RED]


def test_colours_of_a_profile_are_converted_and_the_marks_are_not(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    source = Image.new("LAB", SIZE, (128, 128, 128))
    path = written(tmp_path, source, "a.tiff", icc_profile=lab)
    _, image = marked(path, Markup(*SIZE, None, (BOX,)))
    assert "icc_profile" not in image.info
    assert image.getpixel((20, 25)) == RGB[MarkColour.RED]


def test_a_large_photograph_stays_a_jpeg_and_a_drawing_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking_up, "_PNG_OF_LOSSY_PX", 1000)
    photograph = written(tmp_path, Image.new("RGB", SIZE), "a.jpeg")
    drawing = written(tmp_path, Image.new("RGB", SIZE), "b.png")
    markup = Markup(*SIZE, None, (BOX,))
    assert marked(photograph, markup)[0].media_type == "image/jpeg"
    assert marked(drawing, markup)[0].media_type == "image/png"
    assert marked(photograph, Markup(*SIZE, Crop(0, 0, 25, 25)))[0].media_type == "image/png"


def test_a_photograph_that_is_too_many_bytes_as_png_becomes_a_jpeg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking_up, "_PNG_OF_LOSSY_BYTES", 100)
    photograph = written(tmp_path, Image.radial_gradient("L").resize(SIZE), "a.jpeg")
    drawing = written(tmp_path, Image.radial_gradient("L").resize(SIZE), "b.png")
    markup = Markup(*SIZE, None, (BOX,))
    assert marked(photograph, markup)[0].media_type == "image/jpeg"
    assert marked(drawing, markup)[0].media_type == "image/png"


def test_other_bytes_than_those_that_were_drawn_on_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE))
    assert refused(path, Markup(*SIZE, None, (BOX,)), "0" * 64) is ProblemKind.REFERENCE_GONE
    assert refused(path, Markup(SIZE[0] + 1, SIZE[1], None, (BOX,))) is ProblemKind.REFERENCE_GONE


def test_a_crop_that_no_model_takes_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE))
    assert refused(path, Markup(*SIZE, Crop(0, 0, 10, 40))) is ProblemKind.PICTURE_TOO_SMALL


def test_a_damaged_picture_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, Image.radial_gradient("L").resize(SIZE))
    path.write_bytes(path.read_bytes()[:-20])
    assert refused(path, Markup(*SIZE, None, (BOX,))) is ProblemKind.PICTURE_DAMAGED
    path.unlink()
    assert refused(path, Markup(*SIZE, None, (BOX,)), "0" * 64) is ProblemKind.FILE_UNREADABLE


def test_a_target_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGB", SIZE))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(OSError, match="marked"):
        mark_up(path, sha256, Markup(*SIZE, None, (BOX,)), tmp_path / "nowhere" / "marked", None)
