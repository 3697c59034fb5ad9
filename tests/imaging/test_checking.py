"""Every odd file that a designer may drop or a server may send is told apart, and nothing of it hangs."""

import hashlib
import os
import random
import struct
import warnings
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging.checking import CheckedPicture, check_picture, check_reference

RED, BLUE = (230, 20, 20), (20, 20, 230)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")


def half_red(size: tuple[int, int] = (320, 200), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, with some noise so that a file has a length."""
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=BLUE)
    noise = Image.effect_noise(size, 8)
    return Image.blend(image, Image.merge("RGB", (noise, noise, noise)), 0.05).convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def written(folder: Path, content: bytes, name: str = "picture.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refused(path: Path, check: Callable[[Path, None], CheckedPicture] = check_picture) -> ProblemKind:
    with pytest.raises(ProblemError) as caught:
        check(path, None)
    assert caught.value.problem.subject == path.name
    return caught.value.problem.kind


def chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png_header(width_px: int, height_px: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0))


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    colour = image.getpixel((x, y))
    return colour if isinstance(colour, tuple) else (int(colour or 0),)


def is_close(colour: object, wanted: tuple[int, ...], by: int = 25) -> bool:
    return isinstance(colour, tuple) and all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=False))


@pytest.mark.parametrize("kind", FORMATS)
def test_each_of_the_six_formats_is_known_by_its_bytes(tmp_path: Path, kind: str) -> None:
    content = encoded(half_red(), kind)
    checked = check_picture(written(tmp_path, content, "猫 a#b%\n.txt"), None)
    assert checked == CheckedPicture(
        media_type=f"image/{kind.lower()}",
        extension=kind.lower(),
        width_px=320,
        height_px=200,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        has_alpha=False,
    )


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_damaged(tmp_path: Path, kind: str, share: float) -> None:
    content = encoded(half_red(), kind)
    assert refused(written(tmp_path, content[: int(len(content) * share)])) is ProblemKind.PICTURE_DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_file_without_its_last_bytes_is_damaged(tmp_path: Path, kind: str) -> None:
    content = encoded(half_red(), kind)
    missing = 3 if kind == "WEBP" else 1  # a RIFF file may end in a padding byte
    assert refused(written(tmp_path, content[:-missing])) is ProblemKind.PICTURE_DAMAGED


def test_an_animation_cut_after_its_first_frame_is_damaged(tmp_path: Path) -> None:
    frames = [half_red((64 + place, 64)).resize((64, 64)) for place in range(5)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert check_picture(written(tmp_path, content), None).width_px == 64
    assert refused(written(tmp_path, content[: len(content) // 2])) is ProblemKind.PICTURE_DAMAGED


def test_a_changed_byte_in_a_png_is_damage(tmp_path: Path) -> None:
    content = bytearray(encoded(half_red(), "PNG"))
    content[len(content) // 2] ^= 1
    assert refused(written(tmp_path, bytes(content))) is ProblemKind.PICTURE_DAMAGED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ProblemKind.EMPTY_FILE),
        (b"BM is how this letter begins, dear Sir", ProblemKind.NOT_A_PICTURE),
        (b'{"error": {"message": "AccessDenied"}}', ProblemKind.NOT_A_PICTURE),
        (b"<!doctype html><html></html>", ProblemKind.NOT_A_PICTURE),
        (b'<svg xmlns="x"><image href="/etc/passwd"/></svg>', ProblemKind.DRAWING_NOT_TAKEN),
        (b'<?xml version="1.0"?>\n<SVG/>', ProblemKind.DRAWING_NOT_TAKEN),
        (b"%PDF-1.7", ProblemKind.DRAWING_NOT_TAKEN),
        (b"%!PS-Adobe-3.0 EPSF-3.0", ProblemKind.DRAWING_NOT_TAKEN),
        (b"\0\0\0\x1cftypheic\0\0\0\0", ProblemKind.FORMAT_NOT_TAKEN),
        (b"\0\0\0\x1cftypavif\0\0\0\0", ProblemKind.FORMAT_NOT_TAKEN),
        (b"\x89PNG\r\n\x1a\n", ProblemKind.PICTURE_DAMAGED),
        (b"\xff\xd8\xff", ProblemKind.PICTURE_DAMAGED),
        (b"GIF89a", ProblemKind.PICTURE_DAMAGED),
        (b"II*\0", ProblemKind.PICTURE_DAMAGED),
        (b"RIFF\0\0\0\0WEBP", ProblemKind.PICTURE_DAMAGED),
    ],
)
def test_what_is_no_picture_is_told_apart(tmp_path: Path, content: bytes, kind: ProblemKind) -> None:
    assert refused(written(tmp_path, content, "cat.png")) is kind


@pytest.mark.parametrize("side_px", [40_000, 100_000, 2**31 - 1])
def test_a_huge_picture_is_refused_by_its_header(tmp_path: Path, side_px: int) -> None:
    content = png_header(side_px, side_px) + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")
    assert refused(written(tmp_path, content)) is ProblemKind.PICTURE_TOO_LARGE


def test_a_huge_animation_is_refused_by_its_header(tmp_path: Path) -> None:
    content = bytearray(encoded(half_red((16, 16)), "GIF"))
    content[6:10] = struct.pack("<HH", 65535, 65535)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refused(written(tmp_path, bytes(content))) is ProblemKind.PICTURE_TOO_LARGE


def test_a_huge_webp_is_refused_by_its_header(tmp_path: Path) -> None:
    content = bytearray(encoded(half_red((16, 16)), "WEBP", lossless=True))
    content[21:25] = ((16382) | (16382 << 14)).to_bytes(4, "little")
    assert refused(written(tmp_path, bytes(content))) is ProblemKind.PICTURE_TOO_LARGE


def test_a_text_that_unfolds_to_200_mb_does_no_harm(tmp_path: Path) -> None:
    content = encoded(half_red(), "PNG")
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200 << 20), 9))
    assert check_picture(written(tmp_path, content[:33] + bomb + content[33:]), None).width_px == 320


def test_a_folder_a_pipe_and_a_missing_file_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert refused(tmp_path) is ProblemKind.IS_A_FOLDER
    assert refused(tmp_path / "pipe.png") is ProblemKind.FILE_UNREADABLE
    assert refused(tmp_path / "gone.png") is ProblemKind.FILE_UNREADABLE
    assert refused(Path("/dev/zero")) is ProblemKind.FILE_UNREADABLE


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ProblemError) as caught:
        check_picture(tmp_path / "cat.png", None)
    assert caught.value.problem.kind is ProblemKind.FILE_UNREADABLE
    assert caught.value.problem.said == "Permission denied"


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, encoded(half_red(), "PNG"))
    real = os.fstat

    def before_it_grew(descriptor: int) -> os.stat_result:
        fields = list(real(descriptor))
        fields[6] -= 100
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", before_it_grew)
    assert refused(path) is ProblemKind.FILE_UNREADABLE


def test_a_symbolic_link_is_followed_for_reading(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(half_red(), "PNG"))
    (tmp_path / "link").symlink_to(path)
    assert check_picture(tmp_path / "link", None).width_px == 320


def thumbnail_of(folder: Path, content: bytes, limit_px: int = 512) -> Image.Image:
    target = folder / "thumbnail"
    check_picture(written(folder, content), target, limit_px)
    assert sorted(path.name for path in folder.iterdir()) == ["picture.bin", "thumbnail"]
    image = Image.open(BytesIO(target.read_bytes()))
    image.load()
    return image


@pytest.mark.parametrize("kind", FORMATS)
def test_a_thumbnail_shows_the_picture_at_its_size(tmp_path: Path, kind: str) -> None:
    image = thumbnail_of(tmp_path, encoded(half_red((1600, 1000)), kind), 400)
    assert (image.format, image.size) == ("JPEG", (400, 250))
    assert is_close(pixel(image, 50, 125), RED)
    assert is_close(pixel(image, 350, 125), BLUE)


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    assert thumbnail_of(tmp_path, encoded(half_red((30, 20)), "PNG")).size == (30, 20)


def test_a_picture_as_thin_as_a_line_keeps_a_pixel(tmp_path: Path) -> None:
    assert thumbnail_of(tmp_path, encoded(half_red((3000, 1)), "PNG"), 100).size == (100, 1)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_alpha_stays_in_a_thumbnail(tmp_path: Path, kind: str) -> None:
    image = half_red((800, 800), "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 400, 800))
    thumbnail = thumbnail_of(tmp_path, encoded(image, kind), 100)
    assert (thumbnail.format, thumbnail.mode) == ("PNG", "RGBA")
    assert pixel(thumbnail, 10, 50)[3] == 0
    assert is_close(pixel(thumbnail, 90, 50), (*BLUE, 255))


def test_alpha_that_hides_nothing_gives_a_small_thumbnail(tmp_path: Path) -> None:
    content = encoded(half_red((800, 800), "RGBA"), "PNG")
    assert check_picture(written(tmp_path, content), None).has_alpha
    assert thumbnail_of(tmp_path, content, 100).format == "JPEG"


ORIENTATIONS = {1: RED, 2: BLUE, 3: BLUE, 4: RED, 5: RED, 6: RED, 7: BLUE, 8: BLUE}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_turned_photo_stands_upright(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Maker"
    content = encoded(half_red((800, 400)), "JPEG", exif=exif)
    checked = check_picture(written(tmp_path, content), None)
    thumbnail = thumbnail_of(tmp_path, content, 200)
    is_upright = orientation < 5
    assert (checked.width_px, checked.height_px) == ((800, 400) if is_upright else (400, 800))
    assert thumbnail.size == ((200, 100) if is_upright else (100, 200))
    assert is_close(pixel(thumbnail, *((20, 50) if is_upright else (50, 20))), ORIENTATIONS[orientation])
    assert not thumbnail.getexif()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("CMYK", "TIFF"), ("P", "PNG"), ("P", "GIF"), ("P", "BMP"), ("LAB", "TIFF")],
)
def test_colours_of_other_kinds_look_right(tmp_path: Path, mode: str, kind: str) -> None:
    if mode == "LAB":
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(half_red((400, 200)), *profiles, outputMode="LAB") or half_red()
    else:
        image = half_red((400, 200)).convert(mode)
    thumbnail = thumbnail_of(tmp_path, encoded(image, kind), 100)
    assert is_close(pixel(thumbnail, 20, 25), RED, 60)
    assert is_close(pixel(thumbnail, 80, 25), BLUE, 60)


@pytest.mark.parametrize(("mode", "kind"), [("I;16", "PNG"), ("I;16", "TIFF"), ("I", "TIFF"), ("F", "TIFF")])
def test_deep_greys_are_neither_black_nor_white(tmp_path: Path, mode: str, kind: str) -> None:
    ramp = Image.linear_gradient("L").convert("I").point(lambda value: value * 257)
    image = thumbnail_of(tmp_path, encoded(ramp.convert(mode), kind)).convert("L")
    assert pixel(image, 128, 2)[0] < 10
    assert 118 < pixel(image, 128, 128)[0] < 138
    assert pixel(image, 128, 253)[0] > 245


def test_transparency_by_colour_is_alpha(tmp_path: Path) -> None:
    content = encoded(half_red().quantize(16), "PNG", transparency=0)
    assert check_picture(written(tmp_path, content), None).has_alpha


def profile_that_swaps_red_and_blue() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tmp_", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmp_", b"bXYZ", 1)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGB", "JPEG"), ("RGBA", "PNG"), ("RGB", "WEBP")]
)
def test_colours_are_shown_by_their_profile(tmp_path: Path, mode: str, kind: str) -> None:
    content = encoded(half_red((400, 200), mode), kind, icc_profile=profile_that_swaps_red_and_blue())
    image = thumbnail_of(tmp_path, content, 100)
    assert is_close(pixel(image, 20, 25), BLUE, 60)
    assert is_close(pixel(image, 80, 25), RED, 60)
    assert "icc_profile" not in image.info


def test_a_profile_that_is_rubbish_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    image = thumbnail_of(tmp_path, encoded(half_red(), "JPEG", icc_profile=b"rubbish" * 20))
    assert is_close(pixel(image, 10, 10), RED)


def test_only_the_first_page_of_many_is_shown(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (40, 40), RED), Image.new("RGB", (40, 40), BLUE)]
    image = thumbnail_of(tmp_path, encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert is_close(pixel(image, 20, 20), RED)


def test_tiff_folders_in_a_loop_end(tmp_path: Path) -> None:
    content = bytearray(encoded(half_red((40, 40)), "TIFF"))
    first = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, first)[0]
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    assert check_picture(written(tmp_path, bytes(content)), None).width_px == 40


def test_a_thumbnail_that_cannot_be_written_does_not_cost_the_picture(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(half_red(), "PNG"))
    assert check_picture(path, tmp_path / "no folder" / "thumbnail").width_px == 320


@pytest.mark.parametrize(
    ("size", "kind", "limit", "actual"),
    [
        ((14, 100), ProblemKind.PICTURE_TOO_SMALL, 14, 14),
        ((1700, 100), ProblemKind.PICTURE_TOO_NARROW, 16, 17),
        ((100, 1700), ProblemKind.PICTURE_TOO_NARROW, 16, 17),
        ((12_001, 12_500), ProblemKind.PICTURE_TOO_LARGE, 150_000_000, 150_012_500),
    ],
)
def test_a_reference_outside_the_limits_is_refused(
    tmp_path: Path, size: tuple[int, int], kind: ProblemKind, limit: float, actual: float
) -> None:
    path = written(tmp_path, encoded(Image.new("L", size), "PNG"))
    with pytest.raises(ProblemError) as caught:
        check_reference(path, None)
    problem = caught.value.problem
    assert (problem.kind, problem.limit, problem.actual) == (kind, limit, actual)


@pytest.mark.parametrize("size", [(15, 15), (15, 240), (1600, 100)])
def test_a_reference_at_the_limits_is_taken(tmp_path: Path, size: tuple[int, int]) -> None:
    path = written(tmp_path, encoded(Image.new("L", size), "PNG"))
    assert check_reference(path, tmp_path / "thumbnail").width_px == size[0]


def test_a_file_over_512_mb_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate((512 << 20) + 1)
    assert refused(path, check_reference) is ProblemKind.FILE_TOO_LARGE


SAMPLES = {kind: encoded(half_red((48, 32)), kind) for kind in FORMATS}


@given(st.sampled_from(FORMATS), st.integers(), st.integers(1, 20))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_leads_to_anything_but_a_problem(tmp_path: Path, kind: str, seed: int, faults: int) -> None:
    content, dice = bytearray(SAMPLES[kind]), random.Random(seed)
    for _ in range(faults):
        content[dice.randrange(len(content))] = dice.randrange(256)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the decoders' own remarks on what they repair
        with suppress(ProblemError):
            assert check_picture(written(tmp_path, bytes(content)), tmp_path / "thumbnail").width_px
