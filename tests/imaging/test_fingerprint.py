"""The same picture stays near itself, whatever a chat made of it; other pictures are far."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.demo.painting.picture import PictureWish, paint
from seedream_desktop.imaging import checking, fingerprint

MOTIFS = ("mountain mist", "paper poster", "sea at dusk", "still life vase")
NEAR, FAR = 60, 100  # bits of 592
SAME = 9.0  # levels of 255


def painted(seed: int) -> Image.Image:
    return paint(PictureWish(MOTIFS[seed % len(MOTIFS)], (256, 256), seed))


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return [painted(seed) for seed in range(12)]


def recompressed(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def differing_bits(one: bytes, other: bytes) -> int:
    shapes = (int.from_bytes(fingerprint.shape_of(each)) for each in (one, other))
    return (next(shapes) ^ next(shapes)).bit_count()


def difference(cropped: bytes, whole: bytes) -> float:
    return fingerprint.distances(fingerprint.detail_of(cropped), (fingerprint.detail_of(whole),))[0]


@given(
    number=st.integers(0, 11),
    scale=st.floats(0.3, 3.0),
    quality=st.integers(30, 95),
    cut=st.tuples(*[st.floats(0.0, 0.05)] * 2),
)
def test_a_resized_cropped_recompressed_picture_is_found_and_told_apart(
    pictures: list[Image.Image], number: int, scale: float, quality: int, cut: tuple[float, float]
) -> None:
    image = pictures[number]
    left, top = cut[0] * image.width, cut[1] * image.height
    cropped = image.crop((round(left), round(top), round(left + 0.95 * 256), round(top + 0.95 * 256)))
    size = max(16, round(cropped.width * scale)), max(16, round(cropped.height * scale))
    found = fingerprint.fingerprint_of(recompressed(cropped.resize(size), quality))
    held = [fingerprint.fingerprint_of(one) for one in pictures]
    assert difference(found, held[number]) < SAME
    assert min(range(12), key=lambda other: difference(found, held[other])) == number
    assert sorted(range(12), key=lambda other: differing_bits(found, held[other])).index(number) < 3


@given(number=st.integers(0, 11), scale=st.floats(0.5, 2.0), quality=st.integers(50, 95))
def test_few_bits_change_where_nothing_was_cut_off(
    pictures: list[Image.Image], number: int, scale: float, quality: int
) -> None:
    image = pictures[number]
    changed = recompressed(image.resize((round(256 * scale), round(256 * scale))), quality)
    one, other = fingerprint.fingerprint_of(image), fingerprint.fingerprint_of(changed)
    assert differing_bits(one, other) < NEAR


@given(seeds=st.tuples(st.integers(0, 1 << 30), st.integers(0, 1 << 30)).filter(lambda two: two[0] != two[1]))
def test_pictures_that_have_nothing_in_common_are_far(seeds: tuple[int, int]) -> None:
    one, other = (
        fingerprint.fingerprint_of(Image.frombytes("RGB", (6, 6), random.Random(seed).randbytes(108)))
        for seed in seeds
    )
    assert differing_bits(one, other) > FAR


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(("RGB", "RGBA")))
def test_every_shape_has_a_fingerprint(width_px: int, height_px: int, mode: str) -> None:
    value = fingerprint.fingerprint_of(Image.new(mode, (width_px, height_px)))
    assert fingerprint.is_fingerprint(value)


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        *(("#d01818", "red"), ("#f08010", "orange"), ("#f0d020", "yellow"), ("#208030", "green")),
        *(("#109090", "teal"), ("#1850c0", "blue"), ("#001060", "blue"), ("#80b0f0", "blue")),
        *(("#7020a0", "purple"), ("#f090b8", "pink"), ("#6b4020", "brown"), ("#080808", "black")),
        *(("#808080", "grey"), ("#f8f8f4", "white")),
    ],
)
def test_a_colour_is_called_what_people_call_it(colour: str, name: str) -> None:
    value = fingerprint.fingerprint_of(Image.new("RGB", (64, 64), colour))
    numbers = fingerprint.colours_of(fingerprint.shares_of(value))
    assert [fingerprint.COLOURS[number] for number in numbers] == [name]


def test_a_picture_is_of_the_colours_that_it_has_much_of() -> None:
    image = Image.new("RGB", (100, 100), "#1850c0")
    image.paste("#d01818", (0, 0, 100, 30))
    image.paste("#208030", (0, 95, 100, 100))
    numbers = fingerprint.colours_of(fingerprint.shares_of(fingerprint.fingerprint_of(image)))
    assert {fingerprint.COLOURS[number] for number in numbers} == {"red", "blue"}


def test_what_is_transparent_counts_as_white() -> None:
    clear, white = Image.new("RGBA", (20, 20)), Image.new("RGB", (20, 20), "white")
    assert fingerprint.fingerprint_of(clear) == fingerprint.fingerprint_of(white)


def test_the_thumbnail_of_a_picture_has_its_fingerprint_but_for_a_few_bits(tmp_path: Path) -> None:
    source, thumbnail = tmp_path / "picture.jpeg", tmp_path / "thumbnail"
    paint(PictureWish("sea at dusk", (1600, 1200), 7)).save(source, "JPEG", quality=90)
    made = bytes.fromhex(checking.make_thumbnail(source, thumbnail).fingerprint)
    again = bytes.fromhex(checking.look_at_picture(thumbnail).fingerprint)
    assert differing_bits(made, again) < NEAR // 2
    assert difference(made, again) < SAME / 4
