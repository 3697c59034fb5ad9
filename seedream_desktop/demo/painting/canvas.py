"""Drawing in real pixel size without waiting.

Soft parts are made small and enlarged; edges are smoothed only where they run.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seedream_desktop.demo.painting.colour import Colour, along

GRADIENT_STEPS = 256
GLOW_REACH = 181  # Pillow's radial gradient at the middle of an edge
SMOOTHING = 3  # times the size in which an edge is drawn before it is reduced
SMOOTHING_LARGE = 2
LARGE_PX = 3_000_000
HUGE_PX = 9_000_000  # from here edges are made at half the size and enlarged

Point = tuple[float, float]
Box = tuple[int, int, int, int]  # left, top, right, bottom


def vertical_gradient(size: tuple[int, int], stops: Sequence[Colour]) -> Image.Image:
    """A gradient from top to bottom with evenly spaced stops."""
    strip = Image.new("RGB", (1, GRADIENT_STEPS))
    strip.putdata([along(stops, step / (GRADIENT_STEPS - 1)) for step in range(GRADIENT_STEPS)])
    column = strip.resize((1, size[1]), Image.Resampling.BICUBIC)
    return column.resize(size, Image.Resampling.NEAREST)


def horizontal_gradient(size: tuple[int, int], stops: Sequence[Colour]) -> Image.Image:
    """A gradient from left to right with evenly spaced stops."""
    return vertical_gradient((size[1], size[0]), stops).transpose(Image.Transpose.TRANSPOSE)


def add_glow(image: Image.Image, centre: Point, radius: float, colour: Colour, strength: float) -> None:
    """Lets light of a colour shine from a point; strength 0 to 1 at the centre, nothing at the radius."""
    fall_off = [round(255 * strength * max(0.0, 1 - step / GLOW_REACH) ** 2) for step in range(256)]
    side = max(2, round(radius * 2))
    mask = Image.radial_gradient("L").point(fall_off).resize((side, side), Image.Resampling.BILINEAR)
    image.paste(colour, (round(centre[0] - radius), round(centre[1] - radius)), mask)


def paste_shape(
    image: Image.Image, points: Sequence[Point], fill: Colour | Image.Image, opacity: float = 1.0
) -> None:
    """Fills a closed outline with smooth edges; a picture as fill is stretched over the outline's box."""
    box = _bounds(points, image.size)
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    mask = outline_mask(points, box)
    if opacity < 1:
        mask = dimmed(mask, opacity)
    source = fill.resize(mask.size, Image.Resampling.BICUBIC) if isinstance(fill, Image.Image) else fill
    image.paste(source, (box[0], box[1]), mask)


def outline_mask(points: Sequence[Point], box: Box) -> Image.Image:
    """The inside of an outline within a box, with smooth edges."""
    width, height = box[2] - box[0], box[3] - box[1]
    if width * height > HUGE_PX:
        halved = [((x - box[0]) / 2, (y - box[1]) / 2) for x, y in points]
        half_size = ((width + 1) // 2, (height + 1) // 2)
        half = outline_mask(halved, (0, 0, *half_size))
        return half.resize((half_size[0] * 2, half_size[1] * 2), Image.Resampling.BICUBIC).crop(
            (0, 0, width, height)
        )
    factor = SMOOTHING_LARGE if width * height > LARGE_PX else SMOOTHING
    large = Image.new("L", (width * factor, height * factor))
    moved = [((x - box[0]) * factor, (y - box[1]) * factor) for x, y in points]
    ImageDraw.Draw(large).polygon(moved, fill=255)
    return large.reduce(factor)


def paste_ground(image: Image.Image, crest: Sequence[Point], stops: Sequence[Colour]) -> None:
    """Fills all below a crest line (left to right) with a gradient that begins at its highest point."""
    width, height = image.size
    top = max(0, math.floor(min(y for _, y in crest)) - 1)
    band_end = min(height, math.ceil(max(y for _, y in crest)) + 1)
    if top >= height:
        return
    fill = vertical_gradient((width, height - top), stops)
    if band_end > top:
        outline = [
            (-2, crest[0][1]),
            *crest,
            (width + 2, crest[-1][1]),
            (width + 2, band_end + 2),
            (-2, band_end + 2),
        ]
        mask = outline_mask(outline, (0, top, width, band_end))
        image.paste(fill.crop((0, 0, width, band_end - top)), (0, top), mask)
    image.paste(fill.crop((0, band_end - top, width, height - top)), (0, band_end))


def ellipse(centre: Point, radius_x: float, radius_y: float, steps: int = 240) -> list[Point]:
    """The outline of an ellipse."""
    angles = [2 * math.pi * step / steps for step in range(steps)]
    return [(centre[0] + radius_x * math.cos(a), centre[1] + radius_y * math.sin(a)) for a in angles]


def rounded(box: tuple[float, float, float, float], radius: float) -> list[Point]:
    """The outline of a rectangle with round corners."""
    left, top, right, bottom = box
    corners = ((right, bottom, -1, -1), (left, bottom, 1, -1), (left, top, 1, 1), (right, top, -1, 1))
    outline: list[Point] = []
    for quarter, (x, y, inward_x, inward_y) in enumerate(corners):
        for step in range(13):
            angle = math.pi / 2 * (quarter + step / 12)
            outline.append(
                (x + radius * (inward_x + math.cos(angle)), y + radius * (inward_y + math.sin(angle)))
            )
    return outline


def lens(centre: Point, half_width: float, half_height: float, steps: int = 24) -> list[Point]:
    """A lens that lies flat, as light on water or a streak of cloud."""
    shares = [step / steps * 2 - 1 for step in range(steps + 1)]
    upper = [(centre[0] + s * half_width, centre[1] - half_height * (1 - s * s)) for s in shares]
    lower = [(centre[0] - s * half_width, centre[1] + half_height * (1 - s * s)) for s in shares]
    return upper + lower[1:-1]


def dimmed(mask: Image.Image, strength: float) -> Image.Image:
    """A mask at a share of its strength."""
    return mask.point([round(value * strength) for value in range(256)])


def paste_soft(
    image: Image.Image, points: Sequence[Point], blur: float, colour: Colour, strength: float
) -> None:
    """Fills an outline with edges blurred that far, as light or shadow falls; strength 0 to 1."""
    left, top, right, bottom = _bounds(points, image.size, margin=blur * 3)
    if right <= left or bottom <= top:
        return
    moved = [(x - left, y - top) for x, y in points]
    mask = soft_mask((right - left, bottom - top), moved, blur)
    image.paste(colour, (left, top), dimmed(mask, strength))


def soft_mask(size: tuple[int, int], points: Sequence[Point], blur: float) -> Image.Image:
    """The inside of an outline with edges blurred that far, made small and enlarged."""
    scale = max(1.0, blur / 6)
    small = Image.new("L", (max(1, round(size[0] / scale)), max(1, round(size[1] / scale))))
    ImageDraw.Draw(small).polygon([(x / scale, y / scale) for x, y in points], fill=255)
    return small.filter(ImageFilter.GaussianBlur(blur / scale)).resize(size, Image.Resampling.BILINEAR)


def add_grain(image: Image.Image, chance: random.Random, strength: float) -> Image.Image:
    """Lays fine film grain, of so many levels of 255, over a picture; it hides the steps of gradients too."""
    width, height = image.size
    grain = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    grain = grain.point([round(128 + (value - 127.5) / 127.5 * strength) for value in range(256)])
    return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), scale=1, offset=-128)


def _bounds(points: Sequence[Point], size: tuple[int, int], margin: float = 1.0) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (
        max(0, math.floor(min(xs) - margin)),
        max(0, math.floor(min(ys) - margin)),
        min(size[0], math.ceil(max(xs) + margin) + 1),
        min(size[1], math.ceil(max(ys) + margin) + 1),
    )
