"""A picture on its way out has the form that was asked for, keeps its labels, and says what it lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.imaging.carried import carried_by
from seedream_desktop.imaging.export_form import (
    Colours,
    Exported,
    ExportForm,
    FileFormat,
    Loss,
    Resize,
    Telling,
)
from seedream_desktop.imaging.exporting import export_picture, look_at_marks
from seedream_desktop.imaging.packet import MADE_BY_A_MODEL
from seedream_desktop.imaging.stripping import tells
from tests.imaging.leaving import LABEL, PROMPT, manifest, pixels, plain, telling

MADE = Telling(recipe='{"seedream_recipe": 1, "recipe": {"prompt": "a cat"}}', is_made_by_model=True)
SECRET = Telling(is_stripped=True, secrets=(PROMPT,))
FORMATS = (FileFormat.PNG, FileFormat.JPEG, FileFormat.WEBP, FileFormat.TIFF)


def _export(
    folder: Path, content: bytes, form: ExportForm, telling: Telling = MADE
) -> tuple[Exported, bytes]:
    source, target = folder / "source", folder / "target"
    source.write_bytes(content)
    exported = export_picture(source, target, form, telling)
    assert source.read_bytes() == content
    assert exported.size_bytes == target.stat().st_size
    return exported, target.read_bytes()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_carries_recipe_source_type_and_label(
    tmp_path: Path, kind: str, file_format: FileFormat
) -> None:
    exported, content = _export(tmp_path, telling(kind), ExportForm(format=file_format))
    told = carried_by(content, exported.media_type).told
    assert exported.media_type == f"image/{file_format.value}"
    assert (told.recipe, told.source_type, told.aigc) == (MADE.recipe, MADE_BY_A_MODEL, LABEL)
    assert (exported.width_px, exported.height_px) == (32, 48)  # upright
    with Image.open(BytesIO(content)) as image:
        assert image.size == (32, 48)
        assert image.info.get("icc_profile")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("file_format", [FileFormat.AS_IS, *FORMATS])
def test_nothing_that_is_stripped_tells_the_prompt(
    tmp_path: Path, kind: str, file_format: FileFormat
) -> None:
    exported, content = _export(tmp_path, telling(kind), ExportForm(format=file_format), SECRET)
    assert not tells(content, exported.media_type, (PROMPT,))
    assert b"canary" not in content
    assert carried_by(content, exported.media_type).told.aigc == LABEL


def test_what_is_as_it_is_and_says_nothing_more_has_the_same_bytes(tmp_path: Path) -> None:
    exported, content = _export(tmp_path, telling("jpeg"), ExportForm(), Telling())
    assert exported.is_unchanged
    assert content == telling("jpeg")


@pytest.mark.parametrize(
    ("form", "size"),
    [
        (ExportForm(resize=Resize.LONGEST_SIDE, longest_px=24), (24, 16)),
        (ExportForm(resize=Resize.LONGEST_SIDE, longest_px=480), (48, 32)),
        (ExportForm(resize=Resize.BOX, width_px=60, height_px=20), (60, 20)),
        (ExportForm(resize=Resize.SCALE, percent=50), (24, 16)),
        (ExportForm(resize=Resize.SCALE, percent=200), (96, 64)),
    ],
    ids=["longest side", "never enlarged", "box", "half", "double"],
)
def test_sizes_are_what_was_asked_for(tmp_path: Path, form: ExportForm, size: tuple[int, int]) -> None:
    exported, content = _export(tmp_path, plain("png"), form)
    assert (exported.width_px, exported.height_px) == size
    assert Image.open(BytesIO(content)).size == size


def test_credentials_are_left_alone_unless_they_may_go(tmp_path: Path) -> None:
    held, form = telling("jpeg", 1, manifest()), ExportForm(format=FileFormat.PNG)
    kept, content = _export(tmp_path, held, form, Telling(recipe=MADE.recipe))
    assert (content, kept.media_type) == (held, "image/jpeg")
    assert kept.losses == (Loss.RECIPE,)
    gone, content = _export(tmp_path, held, form, Telling(keeps_credentials=False))
    assert gone.losses == (Loss.CREDENTIALS,)
    assert not carried_by(content, "image/png").has_credentials


@pytest.mark.parametrize("words", ["", PROMPT], ids=["silent", "tells"])
def test_credentials_that_tell_the_prompt_go_and_it_is_said(tmp_path: Path, words: str) -> None:
    exported, content = _export(tmp_path, telling("jpeg", 1, manifest(words)), ExportForm(), SECRET)
    assert not tells(content, "image/jpeg", (PROMPT,))
    assert carried_by(content, "image/jpeg").has_credentials is (not words)
    assert exported.losses == (Loss.CREDENTIALS,)


def test_a_conversion_to_srgb_says_so_and_changes_numbers(tmp_path: Path) -> None:
    file, wide = BytesIO(), ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    pixels().convert("LAB").save(file, "TIFF", icc_profile=wide.tobytes())
    exported, content = _export(tmp_path, file.getvalue(), ExportForm(FileFormat.PNG, colours=Colours.SRGB))
    assert exported.has_profile
    with Image.open(BytesIO(content)) as image:
        name = ImageCms.getProfileDescription(BytesIO(image.info["icc_profile"]))
        assert (image.mode, name.strip()) == ("RGB", "sRGB built-in")


def test_an_untagged_picture_stays_untagged_unless_it_is_converted(tmp_path: Path) -> None:
    kept, _ = _export(tmp_path, plain("png"), ExportForm(FileFormat.JPEG))
    tagged, _ = _export(tmp_path, plain("png"), ExportForm(FileFormat.JPEG, colours=Colours.SRGB))
    assert (kept.has_profile, tagged.has_profile) == (False, True)
    assert not look_at_marks(tmp_path / "source").has_profile


def test_transparency_lies_on_white_in_a_jpeg(tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("RGBA", (8, 8), (200, 0, 0, 0)).save(file, "PNG")
    exported, content = _export(tmp_path, file.getvalue(), ExportForm(FileFormat.JPEG))
    assert exported.losses == (Loss.TRANSPARENCY,)
    with Image.open(BytesIO(content)) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


def test_marks_are_found_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jpeg"
    path.write_bytes(telling("jpeg", 1, manifest()))
    marks = look_at_marks(path)
    assert (marks.has_credentials, marks.has_label, marks.has_profile) == (True, True, True)


def test_rubbish_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"<svg>no picture</svg>")
    with pytest.raises(ProblemError):
        export_picture(tmp_path / "a.png", tmp_path / "target", ExportForm(FileFormat.PNG), MADE)
    assert not (tmp_path / "target").exists()
