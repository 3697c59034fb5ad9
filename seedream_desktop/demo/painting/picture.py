"""One picture of the stand-in, from the words to the bytes of a file."""

import io
import random
from collections.abc import Sequence

from PIL import Image

from seedream_desktop.demo.painting.canvas import add_grain
from seedream_desktop.demo.painting.palettes import pick_palette
from seedream_desktop.demo.painting.ridges import paint_ridges

JPEG_QUALITY = 90
PNG_EFFORT = 1
GRAIN_LEVELS = 9.0


def paint_file(
    prompt: str,
    size: tuple[int, int],
    seed: int,
    references: Sequence[Image.Image],
    watermark: bool,
    output_format: str,
) -> bytes:
    """The bytes of a finished picture, the same for the same arguments; `output_format` jpeg or png."""
    chance = random.Random(f"{seed} {prompt}")
    image = paint_ridges(size, pick_palette(chance), chance)
    image = add_grain(image, chance, GRAIN_LEVELS)
    return encode(image, output_format)


def encode(image: Image.Image, output_format: str) -> bytes:
    """A JPEG or PNG file."""
    target = io.BytesIO()
    if output_format == "png":
        image.save(target, "PNG", compress_level=PNG_EFFORT)
    else:
        image.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
