"""One picture of the stand-in, from the words to the bytes of a file."""

import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from seedream_desktop.demo.painting.canvas import add_grain
from seedream_desktop.demo.painting.marks import add_marks
from seedream_desktop.demo.painting.palettes import Palette, pick_palette
from seedream_desktop.demo.painting.papercut import paint_papercut
from seedream_desktop.demo.painting.ridges import paint_ridges
from seedream_desktop.demo.painting.sea import paint_sea
from seedream_desktop.demo.painting.still_life import paint_still_life

JPEG_QUALITY = 92
PNG_EFFORT = 1
GRAIN_LEVELS = 9.0

Motif = Callable[[tuple[int, int], Palette, random.Random], Image.Image]

MOTIFS: tuple[tuple[re.Pattern[str], Motif], ...] = tuple(
    (re.compile(words, re.IGNORECASE), motif)
    for words, motif in (
        (r"mountain|ridge|valley|hill|forest|alp|landscape|山|谷|森林|风景", paint_ridges),
        (r"paper|abstract|pattern|logo|icon|poster|collage|剪纸|抽象|图案|海报|图标", paint_papercut),
        (r"\bsea\b|ocean|beach|\blake\b|coast|sail|water|\brain\b|海|湖|雨|江|河", paint_sea),
        (
            r"still life|vase|bottle|product|table|kitchen|\bcup\b|fruit|flower|静物|花|杯|瓶|产品",
            paint_still_life,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class PictureWish:
    """What to paint: `references` as small RGB pictures, `output_format` jpeg or png."""

    prompt: str
    size: tuple[int, int]
    seed: int
    references: Sequence[Image.Image] = ()
    watermark: bool = False
    output_format: str = "jpeg"


def paint_file(wish: PictureWish) -> bytes:
    """The bytes of a finished picture, the same for the same wish."""
    return encode(paint(wish), wish.output_format)


def paint(wish: PictureWish) -> Image.Image:
    """The finished picture."""
    chance = random.Random(f"{wish.seed} {wish.prompt}".encode("utf-8", "replace"))  # noqa: S311 - a picture, no secret
    motif = pick_motif(wish.prompt, chance)
    image = motif(wish.size, pick_palette(chance), chance)
    image = add_grain(image, chance, GRAIN_LEVELS)
    add_marks(image, wish.prompt, wish.references, wish.watermark)
    return image


def pick_motif(prompt: str, chance: random.Random) -> Motif:
    """The motif that the prompt's words call for, else any."""
    chosen = chance.choice(MOTIFS)[1]
    return next((motif for words, motif in MOTIFS if words.search(prompt)), chosen)


def encode(image: Image.Image, output_format: str) -> bytes:
    """A JPEG or PNG file."""
    target = io.BytesIO()
    if output_format == "png":
        image.save(target, "PNG", compress_level=PNG_EFFORT)
    else:
        image.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
