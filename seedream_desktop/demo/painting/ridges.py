"""Motif: mountain ridges in the haze, one behind the other, under a large sun."""

import math
import random

from PIL import Image

from seedream_desktop.demo.painting.canvas import (
    Point,
    add_glow,
    ellipse,
    paste_ground,
    paste_shape,
    vertical_gradient,
)
from seedream_desktop.demo.painting.colour import along, lighter, mix
from seedream_desktop.demo.painting.palettes import Palette

CREST_POINTS = 700


def paint_ridges(size: tuple[int, int], palette: Palette, chance: random.Random) -> Image.Image:
    """Draws the motif."""
    width, height = size
    unit = min(size)
    image = vertical_gradient(size, palette.sky)
    sun = (width * chance.uniform(0.22, 0.78), height * chance.uniform(0.24, 0.42))
    radius = unit * chance.uniform(0.10, 0.17)
    add_glow(image, sun, unit * 0.85, lighter(palette.sky[-1], 0.4), 0.75)
    add_glow(image, sun, radius * 2.1, palette.light, 0.8)
    paste_shape(image, ellipse(sun, radius, radius), palette.light)
    count = chance.randint(5, 7)
    haze = mix(palette.sky[-1], palette.ground[0], 0.35)
    for layer in range(count):
        depth = layer / (count - 1)
        colour = along(palette.ground, depth)
        crest = _crest(size, chance, depth, height * (0.46 + 0.46 * depth**0.9))
        foot = mix(colour, haze, 0.55 * (1 - depth))
        paste_ground(image, crest, (lighter(colour, 0.06 * (1 - depth)), mix(colour, foot, 0.6), foot))
    return image


def _crest(size: tuple[int, int], chance: random.Random, depth: float, base: float) -> list[Point]:
    """A crest line: far ones rise to peaks, near ones roll."""
    width, height = size
    amplitude = height * (0.24 - 0.13 * depth)
    sharpness = 0.9 - 0.75 * depth
    octaves = [
        (frequency * width / height, chance.uniform(0, 97)) for frequency in (0.8, 1.7, 3.6, 7.4, 15.0)
    ]
    points: list[Point] = []
    for step in range(CREST_POINTS + 1):
        share = step / CREST_POINTS
        rise = sum(_rise(share * f + offset, sharpness) * 0.46**n for n, (f, offset) in enumerate(octaves))
        points.append((share * width, base - amplitude * (rise - 0.55)))
    return points


def _rise(position: float, sharpness: float) -> float:
    """Smooth noise from 0 to 1 over a line, its crests sharpened."""
    cell = math.floor(position)
    share = position - cell
    share = share * share * (3 - 2 * share)
    value = _lattice(cell) * (1 - share) + _lattice(cell + 1) * share
    peaked = 1 - abs(2 * value - 1)
    return value * (1 - sharpness) + peaked * sharpness


def _lattice(cell: int) -> float:
    mixed = (cell * 374761393 + 668265263) & 0xFFFFFFFF
    mixed = ((mixed ^ mixed >> 13) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ mixed >> 16) & 0xFFFF) / 0xFFFF
