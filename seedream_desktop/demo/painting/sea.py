"""Motif: the sea with a low sun and its path on the water, islands, a sail."""

import random

from PIL import Image

from seedream_desktop.demo.painting.canvas import (
    Point,
    add_glow,
    ellipse,
    lens,
    paste_shape,
    vertical_gradient,
)
from seedream_desktop.demo.painting.colour import Colour, lighter, mix
from seedream_desktop.demo.painting.palettes import Palette
from seedream_desktop.demo.painting.waves import RandomWave

STREAKS = 110
GLINTS = 46


def paint_sea(size: tuple[int, int], palette: Palette, chance: random.Random) -> Image.Image:
    """Draws the motif."""
    width, height = size
    unit = min(size)
    horizon = round(height * chance.uniform(0.50, 0.62))
    image = Image.new("RGB", size)
    image.paste(vertical_gradient((width, horizon), palette.sky), (0, 0))
    radius = unit * chance.uniform(0.11, 0.18)
    sun = (width * chance.uniform(0.3, 0.7), horizon - radius * chance.uniform(0.15, 1.35))
    add_glow(image, sun, unit * 0.8, lighter(palette.sky[-1], 0.45), 0.8)
    add_glow(image, sun, radius * 2.4, palette.light, 0.7)
    paste_shape(image, ellipse(sun, radius, radius), palette.light)
    _paint_clouds(image, horizon, palette, chance)
    near = palette.ground[-1]
    shallow = mix(palette.sky[-1], palette.ground[1], 0.55)
    water = (shallow, palette.ground[1], mix(palette.ground[2], near, 0.3), near)
    image.paste(vertical_gradient((width, height - horizon), water), (0, horizon))
    _paint_island(image, horizon, sun[0] < width / 2, palette, chance)
    _paint_streaks(image, horizon, palette, chance)
    _paint_sun_path(image, horizon, sun[0], radius, palette.light, chance)
    if chance.random() < 0.7:
        away = width * (0.78 if sun[0] < width / 2 else 0.22)
        _paint_sail(image, (away, horizon + height * 0.05), unit * 0.085, palette)
    return image


def _paint_clouds(image: Image.Image, horizon: int, palette: Palette, chance: random.Random) -> None:
    colour = mix(palette.light, palette.sky[-1], 0.4)
    for _ in range(chance.randint(3, 6)):
        centre = (image.width * chance.uniform(-0.05, 1.05), horizon * chance.uniform(0.12, 0.8))
        long = image.width * chance.uniform(0.12, 0.3)
        for strand in range(3):
            moved = (centre[0] + long * chance.uniform(-0.4, 0.4), centre[1] + long * 0.035 * (strand - 1))
            paste_shape(image, lens(moved, long * (1 - 0.22 * strand), long * 0.02), colour, 0.42)


def _paint_island(
    image: Image.Image, horizon: int, on_the_right: bool, palette: Palette, chance: random.Random
) -> None:
    wave = RandomWave(chance, 4, 4, 0.5)
    long = image.width * chance.uniform(0.3, 0.5)
    start = image.width - long * 0.8 if on_the_right else -long * 0.2
    tall = min(image.size) * chance.uniform(0.05, 0.12)
    shares = [step / 160 for step in range(161)]
    crest = [
        (start + share * long, horizon - tall * wave(share) * (4 * share * (1 - share)) ** 0.7)
        for share in shares
    ]
    mirror = [(x, horizon + (horizon - y) * 0.55) for x, y in reversed(crest)]
    paste_shape(image, [(start, horizon), *reversed(mirror), (start + long, horizon)], palette.ground[2], 0.3)
    paste_shape(image, [*crest, (start + long, horizon + 1), (start, horizon + 1)], palette.ground[1])


def _paint_streaks(image: Image.Image, horizon: int, palette: Palette, chance: random.Random) -> None:
    """Swell: thin bright and dark lenses, small far out and wide close by."""
    depth = image.height - horizon
    for number in range(STREAKS):
        share = (number / STREAKS) ** 1.7
        centre = (image.width * chance.random(), horizon + depth * (0.015 + share * 0.99))
        half_width = image.width * (0.02 + 0.13 * share) * chance.uniform(0.5, 1.4)
        colour = palette.sky[-2] if number % 2 else palette.ground[-1]
        paste_shape(image, lens(centre, half_width, depth * (0.0015 + 0.009 * share)), colour, 0.22)


def _paint_sun_path(
    image: Image.Image, horizon: int, centre_x: float, radius: float, light: Colour, chance: random.Random
) -> None:
    depth = image.height - horizon
    for number in range(GLINTS):
        share = number / GLINTS
        y = horizon + depth * (0.006 + 0.9 * share**1.6)
        half_width = radius * (1.0 - 0.5 * share) * chance.uniform(0.25, 1.05)
        half_height = depth * (0.0022 + 0.0105 * share)
        x = centre_x + radius * 0.35 * chance.uniform(-1, 1) * (0.3 + share)
        paste_shape(image, lens((x, y), half_width, half_height), light, 0.92 - 0.6 * share)


def _paint_sail(image: Image.Image, foot: Point, tall: float, palette: Palette) -> None:
    x, y = foot
    white, hull = lighter(palette.light, 0.3), palette.ground[-1]
    paste_shape(image, lens((x, y + tall * 0.3), tall * 0.26, tall * 0.16), white, 0.25)
    main = [(x, y - tall), (x + tall * 0.42, y - tall * 0.12), (x + tall * 0.02, y - tall * 0.12)]
    jib = [
        (x - tall * 0.04, y - tall * 0.86),
        (x - tall * 0.04, y - tall * 0.12),
        (x - tall * 0.3, y - tall * 0.12),
    ]
    boat = [(-0.36, -0.07), (0.46, -0.07), (0.3, 0.07), (-0.22, 0.07)]
    paste_shape(image, main, white)
    paste_shape(image, jib, palette.accent)
    paste_shape(image, [(x + tall * across, y + tall * down) for across, down in boat], hull)
