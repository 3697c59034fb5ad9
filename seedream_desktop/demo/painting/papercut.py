"""Motif: sheets of cut paper, each opening on the one below, with a small world at the bottom."""

import math
import random

from PIL import Image, ImageChops

from seedream_desktop.demo.painting.canvas import (
    Point,
    add_glow,
    dimmed,
    ellipse,
    outline_mask,
    paste_ground,
    paste_shape,
    paste_soft,
    soft_mask,
    vertical_gradient,
)
from seedream_desktop.demo.painting.colour import Colour, along, lighter
from seedream_desktop.demo.painting.palettes import Palette
from seedream_desktop.demo.painting.waves import RandomWave

CONTOUR_POINTS = 360
HILL_POINTS = 200
OVERLAP = 0.25  # share of the contour over which its end is led into its beginning
INNERMOST, OUTERMOST = 0.27, 0.5  # reach of the openings as shares of the picture
WORLD = 0.72  # how much of the picture the innermost opening can show


def paint_papercut(size: tuple[int, int], palette: Palette, chance: random.Random) -> Image.Image:
    """Draws the motif."""
    width, height = size
    unit = min(size)
    centre = (width * chance.uniform(0.46, 0.54), height * chance.uniform(0.46, 0.52))
    world = vertical_gradient((round(width * WORLD), round(height * WORLD)), palette.sky[-2:])
    _paint_world(world, unit, palette, chance)
    image = Image.new("RGB", size)
    image.paste(world, (round(centre[0] - world.width / 2), round(centre[1] - world.height / 2)))
    ramp = (palette.sky[-1], palette.sky[-2], palette.sky[1], palette.sky[0], lighter(palette.sky[0], -0.35))
    layers = chance.randint(5, 7)
    shared = RandomWave(chance, 3.2, 2, 0.0)
    for layer in range(layers):
        share = layer / (layers - 1)
        reach = INNERMOST + (OUTERMOST - INNERMOST) * share
        own = RandomWave(chance, 4.5, 2, 0.0)
        hole = _contour(size, centre, reach, shared, own)
        _lay_paper(image, hole, along(ramp, 0.12 + 0.88 * share), unit * (0.011 + 0.009 * share))
    return image


def _paint_world(image: Image.Image, unit: int, palette: Palette, chance: random.Random) -> None:
    """Sun and hills, as far as the innermost opening shows them."""
    width, height = image.size
    sun = (width / 2 + unit * chance.uniform(-0.1, 0.1), height / 2 - unit * chance.uniform(0.03, 0.08))
    radius = unit * chance.uniform(0.06, 0.09)
    add_glow(image, sun, unit * 0.4, palette.light, 0.8)
    paste_shape(image, ellipse(sun, radius, radius), palette.accent)
    for hill in range(3):
        wave = RandomWave(chance, 4 - hill, 2, 0.4)
        base = height * (0.54 + 0.09 * hill)
        shares = [step / HILL_POINTS for step in range(HILL_POINTS + 1)]
        crest = [(share * width, base - unit * 0.16 * (wave(share) - 0.4)) for share in shares]
        drop = unit * 0.012
        shade = [*((x, y - drop) for x, y in crest), (width, base + unit * 0.1), (0, base + unit * 0.1)]
        colour = palette.ground[hill]
        paste_soft(image, shade, drop, lighter(colour, -0.6), 0.35)
        paste_ground(image, crest, (lighter(colour, 0.06), colour))


def _contour(
    size: tuple[int, int], centre: Point, reach: float, shared: RandomWave, own: RandomWave
) -> list[Point]:
    """A closed wavy line around a centre, in the picture's own proportions; lines that share a wave nest."""
    contour: list[Point] = []
    for step in range(CONTOUR_POINTS):
        turn = step / CONTOUR_POINTS
        ripple = 0.4 * _closed(shared, turn) + 0.14 * _closed(own, turn)
        stretch = reach * (0.77 + ripple)
        angle = 2 * math.pi * turn
        contour.append(
            (centre[0] + size[0] * stretch * math.cos(angle), centre[1] + size[1] * stretch * math.sin(angle))
        )
    return contour


def _closed(wave: RandomWave, turn: float) -> float:
    """A wave whose end meets its beginning."""
    late = max(0.0, (turn - (1 - OVERLAP)) / OVERLAP)
    late = late * late * (3 - 2 * late)
    return wave(turn) * (1 - late) + wave(turn - 1) * late


def _lay_paper(image: Image.Image, hole: list[Point], colour: Colour, drop: float) -> None:
    """Lays a sheet with a hole over the picture; its shadow falls into the hole."""
    width, height = image.size
    left, top = max(0, math.floor(min(x for x, _ in hole))), max(0, math.floor(min(y for _, y in hole)))
    right = min(width, math.ceil(max(x for x, _ in hole)))
    bottom = min(height, math.ceil(max(y for _, y in hole)))
    moved = [(x - left + drop * 0.35, y - top + drop) for x, y in hole]
    lit = soft_mask((right - left, bottom - top), moved, drop)
    image.paste(lighter(colour, -0.8), (left, top), dimmed(ImageChops.invert(lit), 0.55))
    sheet_mask = Image.new("L", image.size, 255)
    sheet_mask.paste(ImageChops.invert(outline_mask(hole, (left, top, right, bottom))), (left, top))
    image.paste(colour, (0, 0), sheet_mask)
