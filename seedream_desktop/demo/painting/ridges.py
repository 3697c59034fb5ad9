"""Motif: mountain ridges in the haze, one behind the other, under a large sun."""

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
from seedream_desktop.demo.painting.waves import RandomWave

CREST_POINTS = 700


def paint_ridges(size: tuple[int, int], palette: Palette, chance: random.Random) -> Image.Image:
    """Draws the motif."""
    width, height = size
    unit = min(size)
    image = vertical_gradient((width, round(height * 0.7)), palette.sky)
    image = _extended(image, height)
    sun = (width * chance.uniform(0.25, 0.75), height * chance.uniform(0.22, 0.36))
    radius = unit * chance.uniform(0.10, 0.16)
    add_glow(image, sun, unit * 0.9, lighter(palette.sky[-1], 0.5), 0.8)
    add_glow(image, sun, radius * 2.6, palette.light, 0.75)
    paste_shape(image, ellipse(sun, radius, radius), palette.light)
    count = chance.randint(5, 7)
    haze = mix(palette.sky[-1], palette.ground[0], 0.45)
    crest: list[Point] = []
    for layer in range(count):
        depth = layer / (count - 1)
        colour = along(palette.ground, depth)
        foot = mix(colour, haze, 0.6 * (1 - depth))
        crest = _crest(size, chance, depth)
        paste_ground(image, crest, (lighter(colour, 0.05 * (1 - depth)), mix(colour, foot, 0.75), foot))
    if chance.random() < 0.6:
        _paint_pines(image, crest, palette, chance)
    return image


def _extended(sky: Image.Image, height: int) -> Image.Image:
    """The sky with its last row drawn down behind the ground."""
    whole = Image.new("RGB", (sky.width, height), sky.getpixel((0, sky.height - 1)))
    whole.paste(sky, (0, 0))
    return whole


def _crest(size: tuple[int, int], chance: random.Random, depth: float) -> list[Point]:
    """A crest line: far ones rise to peaks, near ones roll."""
    width, height = size
    wave = RandomWave(chance, (2.6 - 0.9 * depth) * max(0.75, width / height), 5, 0.75 - 0.6 * depth)
    base = height * (0.66 + 0.28 * depth)
    amplitude = height * (0.46 - 0.24 * depth)
    shares = [step / CREST_POINTS for step in range(CREST_POINTS + 1)]
    return [(share * width, base - amplitude * (wave(share) ** 1.25 - 0.18)) for share in shares]


def _paint_pines(image: Image.Image, crest: list[Point], palette: Palette, chance: random.Random) -> None:
    """Sets pines along the nearest crest, in groups."""
    unit = min(image.size)
    density = RandomWave(chance, 5, 2, 0.3)
    colour = lighter(palette.ground[-1], -0.12)
    position = 0.0
    while position < len(crest):
        x, y = crest[int(position)]
        share = x / image.width
        if density(share) > 0.45:
            tall = unit * chance.uniform(0.022, 0.062) * (0.6 + density(share))
            paste_shape(image, _pine((x, y + tall * 0.12), tall), colour)
        position += chance.uniform(0.008, 0.02) * len(crest) * unit / image.width


def _pine(foot: Point, tall: float) -> list[Point]:
    tiers = 5
    right: list[Point] = []
    for tier in range(tiers):
        top = tall * (1 - tier / tiers)
        reach = tall * 0.055 * (tier + 1)
        right += [(reach * 0.45, -top + tall * 0.02), (reach, -top + tall / tiers)]
    right += [(tall * 0.03, -tall * 0.02), (tall * 0.03, 0)]
    left = [(-x, y) for x, y in reversed(right)]
    return [(foot[0] + x, foot[1] + y) for x, y in [(0.0, -tall * 1.06), *right, *left]]
