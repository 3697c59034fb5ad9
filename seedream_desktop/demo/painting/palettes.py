"""The palettes of the pictures: sky from top to horizon, the light, the ground from far to near."""

import random
from dataclasses import dataclass

from seedream_desktop.demo.painting.colour import Colour, from_hex


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together."""

    sky: tuple[Colour, ...]
    light: Colour
    ground: tuple[Colour, ...]
    accent: Colour


def _palette(sky: str, light: str, ground: str, accent: str) -> Palette:
    return Palette(
        tuple(from_hex(text) for text in sky.split()),
        from_hex(light),
        tuple(from_hex(text) for text in ground.split()),
        from_hex(accent),
    )


PALETTES: tuple[Palette, ...] = (
    _palette("3f5a9e 7d78c4 c9a3dd f3d3e2", "fffaf0", "a3a36a 6f8a4e 47682f 1f3a1c", "e2725b"),  # heather
    _palette(
        "96435c d0616b ee8f83 fbd0b4", "fffdf4", "68a09c 417780 2b5065 16283f", "f2b84b"
    ),  # rose and teal
    _palette(
        "1f3f57 2f7a78 74b8a0 e4ebc4", "fffbe6", "a86a72 86474d 5f3033 2f1820", "e9c46a"
    ),  # copper under jade
    _palette(
        "7a4f36 b98a4d dcbb73 f6ecc0", "fffbe9", "66719f 484a83 352c63 1b1338", "d1495b"
    ),  # ochre and indigo
    _palette(
        "5b2f86 8d4fb3 cf86cc fad4d8", "fffaf5", "78a36a 4c7f4b 2d5a38 132f22", "f4a259"
    ),  # violet meadow
    _palette("2b2f77 5a4fa2 b06fb0 f7a8a0", "ffeedd", "8a5a8f 5d3d78 3a2759 1a1233", "ffd166"),  # dusk
    _palette(
        "7c3d2c c06a3f eba35f fbe0a6", "fff6da", "6d8fa5 4b6c88 2f4a69 152338", "c8553d"
    ),  # desert evening
    _palette(
        "2c6e9f 67a9c9 b8d8d8 f8ead2", "fffdf6", "8fb0a0 5f8d86 3b6469 1c3a44", "ee6c4d"
    ),  # clear morning
    _palette("0f1c3f 23406f 55709f b9c0d4", "f7f3e3", "4e6484 34476a 1f2d4d 0c1328", "e0a458"),  # moonlight
    _palette("b5523b e07b53 f4ab74 fde3b8", "fffaf0", "b06a86 83476f 562e57 2a1636", "3d8b8b"),  # apricot
    _palette(
        "3b6b4f 77a36b c1cf8f f6f1cd", "fffdf0", "d08a6a a8604f 74403f 3b2129", "2e6f95"
    ),  # olive and terracotta
    _palette("48526b 8b93a7 c4c5cc f1e9e0", "fffdfa", "8c8f9a 666a78 454958 23262f", "c44536"),  # fog
)


def pick_palette(chance: random.Random) -> Palette:
    """Any palette."""
    return chance.choice(PALETTES)
