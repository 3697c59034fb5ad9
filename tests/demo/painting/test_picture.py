import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from seedream_desktop.demo.painting.marks import add_caption, add_demo_mark
from seedream_desktop.demo.painting.palettes import PALETTES, Palette
from seedream_desktop.demo.painting.papercut import paint_papercut
from seedream_desktop.demo.painting.picture import Motif, PictureWish, paint, paint_file, pick_motif
from seedream_desktop.demo.painting.ridges import paint_ridges
from seedream_desktop.demo.painting.sea import paint_sea
from seedream_desktop.demo.painting.still_life import paint_still_life

MOTIFS = (paint_ridges, paint_sea, paint_papercut, paint_still_life)


def plain(size: tuple[int, int] = (1024, 1024)) -> Image.Image:
    return Image.new("RGB", size, (90, 140, 160))


def changed_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(image, plain(image.size)).getbbox()


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("size", [(120, 1920), (1920, 120), (256, 256), (399, 301)])
def test_a_motif_fills_any_shape(motif: Motif, size: tuple[int, int]) -> None:
    image = motif(size, PALETTES[0], random.Random(1))
    assert image.size == size
    assert len(image.getcolors(10_000_000) or ()) > 50


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("palette", PALETTES)
def test_a_motif_can_be_drawn_in_every_palette(motif: Motif, palette: Palette) -> None:
    small = motif((160, 120), palette, random.Random(2))
    assert small.tobytes() == motif((160, 120), palette, random.Random(2)).tobytes()


@settings(max_examples=8)
@given(st.text(max_size=80), st.integers(0, 2**31))
def test_a_wish_has_one_picture(prompt: str, seed: int) -> None:
    wish = PictureWish(prompt, (160, 120), seed, (plain(),), watermark=True)
    assert paint_file(wish) == paint_file(wish)


@pytest.mark.parametrize(
    ("prompt", "motif"),
    [
        ("a mountain at dawn", paint_ridges),
        ("山谷里的清晨", paint_ridges),
        ("the sea", paint_sea),
        ("窗边看雨的猫", paint_sea),
        ("海报", paint_papercut),
        ("a logo", paint_papercut),
        ("a vase", paint_still_life),
    ],
)
def test_the_prompts_words_choose_the_motif(prompt: str, motif: Motif) -> None:
    assert pick_motif(prompt, random.Random(0)) is motif


def test_a_prompt_without_such_words_gets_any_motif() -> None:
    assert {pick_motif("a cat", random.Random(seed)) for seed in range(40)} == set(MOTIFS)


def test_no_two_seeds_give_the_same_picture() -> None:
    pictures = {paint(PictureWish("a cat", (64, 64), seed)).tobytes() for seed in range(12)}
    assert len(pictures) == 12


@pytest.mark.parametrize("prompt", ["mountain", "sea", "paper", "vase"])
def test_a_jpeg_weighs_what_a_photograph_weighs(prompt: str) -> None:
    content = paint_file(PictureWish(prompt, (1024, 1024), 5, watermark=True))
    assert 0.2 < len(content) / (1024 * 1024) < 1
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_the_demo_mark_is_in_the_top_left_corner() -> None:
    image = plain()
    add_demo_mark(image)
    left, top, right, bottom = changed_box(image) or (0, 0, 0, 0)
    assert (left > 10, top > 10, right < 256, bottom < 100) == (True,) * 4
    assert (
        image.crop((left, top, right, bottom)).convert("L").point(lambda level: 255 * (level > 240)).getbbox()
    )


def test_the_caption_and_the_references_are_in_the_bottom_left_corner() -> None:
    image = plain()
    red = Image.new("RGB", (300, 200), "red")
    add_caption(image, "a cat", (red, red))
    left, top, right, bottom = changed_box(image) or (0, 0, 0, 0)
    assert (left < 100, top > 800, right < 512, bottom > 950) == (True,) * 4
    counts = {colour: count for count, colour in image.getcolors(1_000_000) or ()}
    assert counts[255, 0, 0] > 2 * 60 * 60


def test_fourteen_references_leave_room_for_the_watermark() -> None:
    image = plain()
    add_caption(image, "", tuple(plain() for _ in range(14)))
    assert (changed_box(image) or (0, 0, 1024, 0))[2] < 800


def test_nothing_to_say_leaves_the_picture_alone() -> None:
    image = plain()
    add_caption(image, " \n", ())
    assert changed_box(image) is None
