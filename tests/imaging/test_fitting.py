"""What is sent for a reference: the file itself where the model takes it, else as like it as can be."""

import hashlib
import random
import struct
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.request import Derivation, SentForm
from seedream_desktop.imaging.fitting import fit_reference
from tests.imaging.fit_stage import BLUE, CLASSIC, COMMON, RED, RULES, Fit, Fitted, half_red, noise
from tests.imaging.notes import chunk, encoded, exif_block, jpeg_with, opened, personal_segments, segment
from tests.imaging.photoshop_file import a_psd

D = Derivation


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        *(("BMP", mode) for mode in ("RGB", "L", "P")),
        *(("TIFF", mode) for mode in ("RGB", "RGBA", "L")),
        ("GIF", "P"),
    ],
)
def test_what_the_model_takes_is_sent_byte_for_byte(fit: Fit, kind: str, mode: str) -> None:
    content = encoded(half_red(mode=mode), kind)
    fitted = fit(content)
    assert fitted.form == SentForm(
        hashlib.sha256(content).hexdigest(), f"image/{kind.lower()}", 320, 200, len(content)
    )


def test_a_colour_profile_stays_in_what_is_sent_as_it_is(fit: Fit) -> None:
    content = encoded(half_red(), "JPEG", icc_profile=swapping_profile())
    assert fit(content).form.derived == ()


def test_only_notes_are_cut_from_what_the_model_takes(fit: Fit) -> None:
    content = jpeg_with(half_red(), *personal_segments())
    fitted = fit(content)
    assert fitted.form.derived == (D.CLEANED,)
    assert not fitted.form.loses_pixels
    assert b"CANARY" not in fitted.content
    assert fitted.image.tobytes() == opened(content).tobytes()


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "TIFF", "AVIF", "JPEG2000", "ICO"])
def test_another_format_becomes_a_jpeg(fit: Fit, kind: str) -> None:
    sizes = {"sizes": [(200, 200)]} if kind == "ICO" else {}
    content = encoded(half_red((200, 200)), kind, **sizes)
    rules = ReferenceRules(CLASSIC, 10 << 20, 36_000_000, 15, 16.0)
    fitted = fit(content, rules)
    assert fitted.form.derived == (D.CONVERTED, D.COMPRESSED)
    assert fitted.form.media_type == "image/jpeg"
    assert fitted.has(0.1, 0.5, RED)
    assert fitted.has(0.9, 0.5, BLUE)


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "AVIF", "ICO"])
def test_alpha_that_matters_becomes_a_png(fit: Fit, kind: str) -> None:
    image = half_red((128, 128), "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 64, 128))
    options = {"sizes": [(128, 128)]} if kind == "ICO" else {}
    fitted = fit(encoded(image, kind, **options), ReferenceRules(CLASSIC, 10 << 20, 36_000_000, 15, 16.0))
    assert fitted.form.derived == (D.CONVERTED,)
    assert fitted.form.media_type == "image/png"
    assert fitted.has(0.1, 0.5, (0, 0, 0, 0), 255 if kind == "AVIF" else 30)
    assert fitted.image.convert("RGBA").getpixel((10, 64))[3] == 0  # type: ignore[index]
    assert fitted.has(0.9, 0.5, (*BLUE, 255))


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_turned_picture_is_sent_upright(fit: Fit, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    fitted = fit(encoded(half_red((400, 200)), kind, exif=exif))
    assert D.TURNED in fitted.form.derived
    assert fitted.image.size == ((400, 200) if orientation < 5 else (200, 400))
    place = (0.1, 0.5) if orientation < 5 else (0.5, 0.1)
    assert fitted.has(*place, RED if orientation in {4, 5, 6} else BLUE)
    assert not fitted.image.getexif()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_an_animation_the_first_frame_is_sent(fit: Fit, kind: str) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in (RED, BLUE, (0, 90, 0))]
    fitted = fit(encoded(frames[0], kind, save_all=True, append_images=frames[1:]))
    assert fitted.form.derived[0] is D.FIRST_FRAME
    assert fitted.form.frames == 3
    assert fitted.has(0.5, 0.5, RED)
    assert getattr(fitted.image, "n_frames", 1) == 1


def test_flat_pictures_stay_without_loss(fit: Fit) -> None:
    frames = [half_red((64, 64), "P"), half_red((64, 64), "P").rotate(180)]
    fitted = fit(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert fitted.form.derived == (D.FIRST_FRAME, D.CONVERTED)
    assert fitted.image.tobytes() == opened(encoded(frames[0], "GIF")).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_becomes_srgb(fit: Fit, kind: str) -> None:
    fitted = fit(encoded(half_red(mode="CMYK"), kind))
    assert D.COLOURS in fitted.form.derived
    assert fitted.image.mode == "RGB"
    assert fitted.has(0.1, 0.5, RED, 60)
    assert fitted.has(0.9, 0.5, BLUE, 60)


def test_a_lab_scan_becomes_srgb(fit: Fit) -> None:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(half_red(), *profiles, outputMode="LAB")
    assert lab is not None
    fitted = fit(encoded(lab, "TIFF"))
    assert D.COLOURS in fitted.form.derived
    assert fitted.has(0.1, 0.5, RED, 60)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_become_eight(fit: Fit, kind: str) -> None:
    ramp = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")
    fitted = fit(encoded(ramp, kind))
    assert D.DEPTH in fitted.form.derived
    grey = fitted.image.convert("L")
    found = [grey.getpixel((128, y)) for y in (2, 128, 253)]
    assert all(abs(one - y) < 10 for one, y in zip(found, (2, 128, 253), strict=True))  # type: ignore[operator]


def png_of_16_bits() -> bytes:
    import zlib  # late: for this picture only

    rows = b"".join(b"\0" + struct.pack(">3H", 0xE600, 0x1400, 0x1480) * 40 for _ in range(30))
    header = struct.pack(">IIBBBBB", 40, 30, 16, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_sixteen_bits_of_colour_become_eight(fit: Fit) -> None:
    fitted = fit(png_of_16_bits())
    assert fitted.form.derived[0] is D.DEPTH
    assert fitted.has(0.5, 0.5, (230, 20, 20))


def swapping_profile() -> bytes:
    """One by which red is blue and blue is red, so that nobody can overlook it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmp_", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmp_", b"bXYZ", 1)
    return swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


def test_colours_of_another_profile_become_srgb_when_they_are_coded_again(fit: Fit) -> None:
    rules = ReferenceRules(("image/jpeg",), 10 << 20, 36_000_000, 15, 16.0)
    fitted = fit(encoded(half_red(), "PNG", icc_profile=swapping_profile()), rules)
    assert fitted.form.derived == (D.COLOURS, D.CONVERTED, D.COMPRESSED)
    assert fitted.has(0.1, 0.5, BLUE, 60)
    assert "icc_profile" not in fitted.image.info


def test_too_many_pixels_are_reduced_to_the_limit(fit: Fit) -> None:
    rules = ReferenceRules(COMMON, 10 << 20, 360_000, 15, 16.0)
    fitted = fit(encoded(half_red((900, 600)), "PNG"), rules)
    assert D.REDUCED in fitted.form.derived
    assert 350_000 < fitted.image.width * fitted.image.height <= 360_000
    assert fitted.image.width / fitted.image.height == pytest.approx(1.5, abs=0.005)
    assert fitted.has(0.1, 0.5, RED)


@pytest.mark.parametrize("width_px", [6400, 6399])
def test_the_limits_of_shape_hold_after_reducing(fit: Fit, width_px: int) -> None:
    rules = ReferenceRules(COMMON, 10 << 20, 1_000_000, 15, 16.0)
    fitted = fit(encoded(half_red((width_px, 400)), "PNG"), rules)
    assert fitted.image.width <= 16 * fitted.image.height
    assert fitted.image.width * fitted.image.height <= 1_000_000


def test_too_many_bytes_are_coded_with_loss_before_pixels_go(fit: Fit) -> None:
    content = encoded(noise(1200, 800), "PNG")
    rules = ReferenceRules(COMMON, len(content) * 9 // 10, 36_000_000, 15, 16.0)
    fitted = fit(content, rules)
    assert fitted.form.derived == (D.CONVERTED, D.COMPRESSED)
    assert fitted.image.size == (1200, 800)
    assert len(fitted.content) <= rules.size_bytes


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_pixels_go_when_nothing_else_helps(fit: Fit, mode: str) -> None:
    image = noise(1200, 800).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.effect_noise(image.size, 90))
    rules = ReferenceRules(COMMON, 100_000, 36_000_000, 15, 16.0)
    fitted = fit(encoded(image, "PNG"), rules)
    assert D.REDUCED in fitted.form.derived
    assert len(fitted.content) <= 100_000
    assert fitted.image.mode == mode
    assert fitted.image.width > 100


@pytest.mark.parametrize(
    ("size", "aspect", "kind", "actual"),
    [
        ((14, 100), 16.0, ProblemKind.PICTURE_TOO_SMALL, 14),
        ((330, 20), 16.0, ProblemKind.PICTURE_TOO_NARROW, 16.5),
        ((400, 100), 3.0, ProblemKind.PICTURE_TOO_NARROW, 4),
    ],
)
def test_what_cannot_be_made_fit_is_refused(
    fit: Fit, size: tuple[int, int], aspect: float, kind: ProblemKind, actual: float
) -> None:
    with pytest.raises(ProblemError) as caught:
        fit(encoded(half_red(size), "PNG"), ReferenceRules(COMMON, 10 << 20, 36_000_000, 15, aspect))
    assert (caught.value.problem.kind, caught.value.problem.actual) == (kind, actual)


def test_smaller_means_2048_along_the_longer_side(fit: Fit) -> None:
    fitted = fit(encoded(half_red((4096, 3000)), "PNG", compress_level=0), smaller=True)
    assert fitted.form.derived == (D.CONVERTED, D.REDUCED)
    assert fitted.image.size == (2048, 1500)
    assert fitted.has(0.1, 0.5, RED)


def test_what_would_hardly_be_smaller_is_sent_as_it_is(fit: Fit) -> None:
    content = encoded(noise(600, 400), "JPEG", quality=60)
    assert fit(content, smaller=True).content == content


def test_a_smaller_one_keeps_alpha_that_matters(fit: Fit) -> None:
    image = noise(2400, 300)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    fitted = fit(encoded(image, "PNG", compress_level=1), smaller=True)
    assert (fitted.image.format, fitted.image.mode, fitted.image.size) == ("PNG", "RGBA", (2048, 256))


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    content = encoded(noise(700, 500), "TIFF")
    rules = ReferenceRules(CLASSIC, 10 << 20, 36_000_000, 15, 16.0)
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    first, second = (Fitted(folder, content, rules, smaller=True).content for folder in folders)
    assert first == second


def test_notes_that_cannot_be_told_apart_cost_a_new_coding(fit: Fit) -> None:
    content = bytearray(encoded(half_red(), "TIFF"))
    first = struct.unpack_from("<I", content, 4)[0]
    struct.pack_into("<I", content, first + 2 + 12 * struct.unpack_from("<H", content, first)[0], 0xFFFFFF)
    fitted = fit(bytes(content))
    assert fitted.form.derived == (D.CONVERTED, D.COMPRESSED)


def test_what_is_coded_again_carries_no_notes(fit: Fit) -> None:
    exif = segment(0xE1, b"Exif\0\0" + exif_block("<", 6))
    fitted = fit(jpeg_with(half_red(), exif, *personal_segments()[1:]))
    assert fitted.form.derived == (D.TURNED, D.COMPRESSED, D.CLEANED)
    assert b"CANARY" not in fitted.content
    assert b"KEPT" not in fitted.content


SAMPLES = {
    **{
        kind: encoded(half_red((48, 32)), kind)
        for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "JPEG2000")
    },
    "ICO": encoded(half_red((48, 48)), "ICO", sizes=[(48, 48)]),
    "PSD": a_psd(half_red((48, 32)), is_packed=True),
    "noted JPEG": jpeg_with(half_red((48, 32)), *personal_segments()),
}


@given(st.sampled_from(sorted(SAMPLES)), st.integers(), st.integers(1, 20))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_leads_to_anything_but_a_problem(tmp_path: Path, kind: str, seed: int, faults: int) -> None:
    content, dice = bytearray(SAMPLES[kind]), random.Random(seed)
    for _ in range(faults):
        content[dice.randrange(len(content))] = dice.randrange(256)
    path = tmp_path / "damaged.bin"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the decoders' own remarks on what they repair
        with suppress(ProblemError):
            assert fit_reference(path, RULES, tmp_path / "sent", smaller=False).width_px


SHAPES = st.tuples(st.integers(15, 900), st.integers(15, 900)).filter(lambda one: max(one) <= 16 * min(one))


@given(SHAPES, st.integers(2_000, 200_000), st.integers(400, 300_000), st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_sent_keeps_every_limit(
    tmp_path: Path, size: tuple[int, int], size_bytes: int, pixels: int, smaller: bool
) -> None:
    rules = ReferenceRules(("image/jpeg", "image/png"), size_bytes, max(pixels, 15 * 240), 15, 16.0)
    path = tmp_path / "picture.bin"
    path.write_bytes(encoded(half_red(size), "TIFF"))
    form = fit_reference(path, rules, tmp_path / "sent", smaller=smaller)
    assert form.media_type in rules.media_types
    assert form.size_bytes <= size_bytes
    assert form.width_px * form.height_px <= rules.pixels
    assert min(form.width_px, form.height_px) >= 15
    assert max(form.width_px, form.height_px) <= 16 * min(form.width_px, form.height_px)
