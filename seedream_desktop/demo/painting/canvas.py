"""Drawing in real pixel size without waiting: soft parts are made small and enlarged, edges are smoothed only where they run."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seedream_desktop.demo.painting.colour import Colour, along

GRADIENT_STEPS = 256
GLOW_PX = 256
SMOOTHING = 3  # times the size in which an edge is drawn before it is reduced
SMOOTHING_LARGE = 2
LARGE_PX = 8_000_000

Point = tuple[float, float]
Box = tuple[int, int, int, int]  # left, top, right, bottom


def vertical_gradient(size: tuple[int, int], stops: Sequence[Colour]) -> Image.Image:
    """A gradient from top to bottom with evenly spaced stops."""
    strip = Image.new("RGB", (1, GRADIENT_STEPS))
    strip.putdata([along(stops, step / (GRADIENT_STEPS - 1)) for step in range(GRADIENT_STEPS)])
    return strip.resize((1, size[1]), Image.Resampling.BICUBIC).resize(size, Image.Resampling.NEAREST)


def horizontal_gradient(size: tuple[int, int], stops: Sequence[Colour]) -> Image.Image:
    """A gradient from left to right with evenly spaced stops."""
    turned = vertical_gradient((size[1], size[0]), stops)
    return turned.transpose(Image.Transpose.TRANSPOSE)


def add_glow(image: Image.Image, centre: Point, radius: float, colour: Colour, strength: float) -> None:
    """Lets light of a colour shine from a point; strength 0 to 1 at the centre, nothing at the radius."""
    fall_off = [round(255 * strength * (1 - step / 255) ** 2.2) for step in range(256)]
    mask = Image.radial_gradient("L").point(fall_off)
    side = max(2, round(radius * 2))
    mask = mask.resize((side, side), Image.Resampling.BILINEAR)
    image.paste(colour, (round(centre[0] - radius), round(centre[1] - radius)), mask)


def paste_shape(image: Image.Image, points: Sequence[Point], fill: Colour | Image.Image) -> None:
    """Fills a closed outline with smooth edges; a picture as fill lies at the outline's own top left corner."""
    left, top, right, bottom = _bounds(points, image.size)
    if right <= left or bottom <= top:
        return
    mask = outline_mask(points, (left, top, right, bottom))
    if isinstance(fill, Image.Image):
        image.paste(fill.resize(mask.size), (left, top), mask)
    else:
        image.paste(fill, (left, top), mask)


def outline_mask(points: Sequence[Point], box: Box) -> Image.Image:
    """The inside of an outline within a box, with smooth edges."""
    width, height = box[2] - box[0], box[3] - box[1]
    factor = SMOOTHING_LARGE if width * height > LARGE_PX else SMOOTHING
    large = Image.new("L", (width * factor, height * factor))
    moved = [((x - box[0]) * factor, (y - box[1]) * factor) for x, y in points]
    ImageDraw.Draw(large).polygon(moved, fill=255)
    return large.reduce(factor)


def paste_ground(image: Image.Image, crest: Sequence[Point], stops: Sequence[Colour]) -> None:
    """Fills everything below a crest line (left to right) with a vertical gradient that begins at its highest point."""
    width, height = image.size
    top = max(0, math.floor(min(y for _, y in crest)) - 1)
    band_end = min(height, math.ceil(max(y for _, y in crest)) + 1)
    if top >= height:
        return
    fill = vertical_gradient((width, height - top), stops)
    if band_end > top:
        outline = [*crest, (width + 1, band_end + 1), (-1, band_end + 1)]
        mask = outline_mask(outline, (0, top, width, band_end))
        image.paste(fill.crop((0, 0, width, band_end - top)), (0, top), mask)
    image.paste(fill.crop((0, band_end - top, width, height - top)), (0, band_end))


def ellipse(centre: Point, radius_x: float, radius_y: float, steps: int = 240) -> list[Point]:
    """The outline of an ellipse."""
    angles = (2 * math.pi * step / steps for step in range(steps))
    return [(centre[0] + radius_x * math.cos(a), centre[1] + radius_y * math.sin(a)) for a in angles]


def soft_shadow(size: tuple[int, int], mask: Image.Image, radius: float, strength: float) -> Image.Image:
    """A blurred copy of a mask, made small and enlarged; strength 0 to 1."""
    scale = max(1, round(radius / 4))
    small = mask.resize((max(1, size[0] // scale), max(1, size[1] // scale)), Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.GaussianBlur(radius / scale))
    return blurred.point([round(value * strength) for value in range(256)]).resize(
        size, Image.Resampling.BICUBIC
    )


def add_grain(image: Image.Image, chance: random.Random, strength: float) -> Image.Image:
    """Lays fine film grain over a picture, which also hides the steps of its gradients; strength in levels of 255."""
    width, height = image.size
    grain = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    levels = [round(128 + (value - 127.5) / 127.5 * strength) for value in range(256)]
    grain = grain.point(levels)
    return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), scale=1, offset=-128)


def _bounds(points: Sequence[Point], size: tuple[int, int]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (
        max(0, math.floor(min(xs)) - 1),
        max(0, math.floor(min(ys)) - 1),
        min(size[0], math.ceil(max(xs)) + 2),
        min(size[1], math.ceil(max(ys)) + 2),
    )
