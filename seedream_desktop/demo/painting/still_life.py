"""Motif: vessels and fruit on a table, in light from a window."""

import math
import random

from PIL import Image

from seedream_desktop.demo.painting.canvas import (
    Point,
    add_glow,
    ellipse,
    horizontal_gradient,
    paste_shape,
    paste_soft,
    vertical_gradient,
)
from seedream_desktop.demo.painting.colour import Colour, lighter, mix
from seedream_desktop.demo.painting.palettes import Palette

# Half widths from foot to rim, as shares of the vessel's height.
PROFILES: tuple[tuple[float, ...], ...] = (
    (0.16, 0.22, 0.27, 0.29, 0.27, 0.20, 0.11, 0.075, 0.07, 0.075, 0.10),  # bottle vase
    (0.17, 0.18, 0.18, 0.18, 0.18, 0.17, 0.13, 0.065, 0.055, 0.055, 0.06),  # bottle
    (0.20, 0.29, 0.36, 0.40, 0.41, 0.39, 0.34, 0.27, 0.21, 0.20, 0.24),  # jar
    (0.14, 0.24, 0.33, 0.40, 0.45, 0.48, 0.50, 0.51, 0.52, 0.52, 0.52),  # bowl
    (0.10, 0.15, 0.21, 0.26, 0.29, 0.29, 0.26, 0.20, 0.14, 0.12, 0.16),  # amphora
)
TALL = (0, 1, 4)
LOW = (2, 3)
PROFILE_STEPS = 90
SHADOW: Colour = (20, 14, 24)


def paint_still_life(size: tuple[int, int], palette: Palette, chance: random.Random) -> Image.Image:
    """Draws the motif."""
    width, height = size
    unit = min(size)
    wall = mix(palette.sky[-2], palette.sky[-1], 0.35)
    image = vertical_gradient(size, (lighter(wall, -0.12), wall, lighter(wall, 0.12)))
    edge = height * chance.uniform(0.62, 0.68)
    table = mix(palette.ground[1], palette.sky[-1], 0.25)
    _paint_window_light(image, palette, chance)
    board = vertical_gradient(
        (width, height - round(edge)), (lighter(table, 0.1), table, lighter(table, -0.3))
    )
    image.paste(board, (0, round(edge)))
    add_glow(image, (width * 0.3, edge), unit * 0.9, palette.light, 0.22)
    centre = width * chance.uniform(0.46, 0.54)
    tones = [palette.ground[2], palette.accent, palette.sky[0], palette.ground[0], palette.sky[1]]
    chance.shuffle(tones)
    _paint_group(image, (centre, edge), unit, tones, palette, chance)
    return image


def _paint_group(
    image: Image.Image, spot: Point, unit: int, tones: list[Colour], palette: Palette, chance: random.Random
) -> None:
    x, edge = spot
    vase = chance.choice(TALL)
    tall = unit * chance.uniform(0.42, 0.5)
    back_foot = (x - unit * chance.uniform(0.1, 0.2), edge + unit * 0.075)
    _paint_sprig(image, (back_foot[0], back_foot[1] - tall * 0.96), unit * 0.3, palette, chance)
    _paint_vessel(image, back_foot, PROFILES[vase], tall, tones[0])
    other = chance.choice([shape for shape in TALL if shape != vase])
    _paint_vessel(image, (x + unit * 0.19, edge + unit * 0.085), PROFILES[other], unit * 0.31, tones[1])
    low = chance.choice(LOW)
    low_foot = (x + unit * chance.uniform(0.0, 0.06), edge + unit * 0.15)
    _paint_vessel(image, low_foot, PROFILES[low], unit * 0.17, tones[2])
    fruit = mix(palette.accent, palette.light, 0.15)
    for number in range(chance.randint(2, 3)):
        radius = unit * chance.uniform(0.042, 0.052)
        at = (x - unit * (0.27 - 0.115 * number), edge + unit * (0.2 + 0.02 * (number % 2)))
        _paint_fruit(image, at, radius, mix(fruit, tones[3], 0.25 * number))


def _paint_window_light(image: Image.Image, palette: Palette, chance: random.Random) -> None:
    """A window's light on the wall: four slanted panes with soft edges."""
    width, height = image.size
    unit = min(image.size)
    left, top = width * chance.uniform(0.08, 0.3), height * chance.uniform(0.06, 0.12)
    pane_width, pane_height, slant = unit * 0.2, unit * 0.22, unit * 0.1
    for column in range(2):
        for row in range(2):
            x = left + column * pane_width * 1.1 + row * slant * 1.08
            y = top + row * pane_height * 1.08 + column * unit * 0.03
            lean = unit * 0.027
            pane = [(x, y), (x + pane_width, y + lean), (x + pane_width + slant, y + pane_height + lean),
                    (x + slant, y + pane_height)]  # fmt: skip
            paste_soft(image, pane, unit * 0.008, palette.light, 0.5)


def _paint_vessel(
    image: Image.Image, foot: Point, profile: tuple[float, ...], tall: float, tone: Colour
) -> None:
    widths = [_width_at(profile, step / PROFILE_STEPS) * tall for step in range(PROFILE_STEPS + 1)]
    heights = [foot[1] - tall * step / PROFILE_STEPS for step in range(PROFILE_STEPS + 1)]
    base = widths[0]
    bulge = base * 0.22
    bottom = [(foot[0] - base * math.cos(a), foot[1] + bulge * math.sin(a)) for a in _half_turn()]
    right = [(foot[0] + w, y) for w, y in zip(widths, heights, strict=True)]
    left = [(foot[0] - w, y) for w, y in zip(reversed(widths), reversed(heights), strict=True)]
    _cast_shadow(image, foot, max(widths), tall)
    shade = (
        lighter(tone, 0.3),
        lighter(tone, 0.36),
        tone,
        lighter(tone, -0.28),
        lighter(tone, -0.5),
        lighter(tone, -0.36),
    )
    paste_shape(image, [*bottom, *right, *left], horizontal_gradient((256, 64), shade))
    rim = widths[-1]
    paste_shape(image, ellipse((foot[0], heights[-1]), rim, rim * 0.2), lighter(tone, 0.2))
    paste_shape(
        image, ellipse((foot[0], heights[-1] + rim * 0.03), rim * 0.86, rim * 0.13), lighter(tone, -0.6)
    )


def _cast_shadow(image: Image.Image, foot: Point, half_width: float, tall: float) -> None:
    reach = tall * 0.7
    x, y = foot
    fan = [
        (x - half_width * 0.7, y + half_width * 0.16),
        (x + half_width, y + half_width * 0.2),
        (x + reach + half_width, y - half_width * 0.02),
        (x + reach, y - half_width * 0.34),
        (x, y - half_width * 0.2),
    ]
    paste_soft(image, fan, half_width * 0.13, SHADOW, 0.42)


def _paint_fruit(image: Image.Image, centre: Point, radius: float, tone: Colour) -> None:
    _cast_shadow(image, (centre[0], centre[1] + radius * 0.9), radius * 0.8, radius * 1.8)
    ball = horizontal_gradient((128, 128), (lighter(tone, 0.22), tone, lighter(tone, -0.4)))
    add_glow(ball, (40, 38), 60, lighter(tone, 0.75), 0.75)
    add_glow(ball, (104, 118), 80, lighter(tone, -0.55), 0.55)
    paste_shape(image, ellipse(centre, radius, radius * 0.97), ball)


def _paint_sprig(
    image: Image.Image, root: Point, long: float, palette: Palette, chance: random.Random
) -> None:
    green = mix(palette.ground[1], (74, 98, 66), 0.6)
    for stem in range(chance.randint(3, 4)):
        lean = (stem - 1.4) * 0.42 + chance.uniform(-0.1, 0.1)
        length = long * chance.uniform(0.75, 1.1)
        line = [(root[0] + lean * length * t**1.5, root[1] - length * (t - 0.12 * abs(lean) * t * t))
                for t in (step / 12 for step in range(13))]  # fmt: skip
        edge = [(x + long * 0.008, y) for x, y in reversed(line)]
        paste_shape(image, [*line, *edge], lighter(green, -0.2))
        for number, (x, y) in enumerate(line[2:], 2):
            side = 1 if number % 2 else -1
            _paint_leaf(
                image,
                (x, y),
                long * (0.17 - 0.006 * number),
                lean - side * 0.85,
                lighter(green, 0.1 * (number % 3) - 0.05),
            )


def _paint_leaf(image: Image.Image, root: Point, long: float, angle: float, colour: Colour) -> None:
    outline: list[Point] = []
    for step in range(25):
        share = step / 12 if step <= 12 else (24 - step) / 12
        half = (0.22 if step <= 12 else -0.22) * math.sin(math.pi * share**0.8) * long
        along_leaf = share * long
        outline.append((
            root[0] + along_leaf * math.sin(angle) + half * math.cos(angle),
            root[1] - along_leaf * math.cos(angle) + half * math.sin(angle),
        ))  # fmt: skip
    paste_shape(image, outline, colour)


def _half_turn() -> list[float]:
    return [math.pi * step / 40 for step in range(41)]


def _width_at(profile: tuple[float, ...], share: float) -> float:
    """The profile's half width at a height, smooth between its marks."""
    position = share * (len(profile) - 1)
    index = min(int(position), len(profile) - 2)
    part = position - index
    before, start, end, after = (
        profile[min(max(index + step, 0), len(profile) - 1)] for step in (-1, 0, 1, 2)
    )
    return start + 0.5 * part * (
        end
        - before
        + part * (2 * before - 5 * start + 4 * end - after + part * (3 * (start - end) + after - before))
    )
