"""What a picture looks like in a few hundred bytes: found again when resized, cropped a little, recompressed.

A fingerprint has three parts: its *shape*, bits of which few differ between pictures that look alike, to find
candidates among many; its *detail*, a tiny copy, to tell these apart; and how much there is of each named
colour. It is made of the thumbnail's pixels, so that it comes with the thumbnail's decode.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = (
    *("red", "orange", "yellow", "green", "teal", "blue"),
    *("purple", "pink", "brown", "black", "grey", "white"),
)
EDGE_BYTES = 32
SHAPE_BYTES = EDGE_BYTES + 42  # and colours
DETAIL_BYTES = 768
SIZE_BYTES = SHAPE_BYTES + DETAIL_BYTES + len(COLOURS)
COLOUR_SHARE = 15  # percent: a picture with that much of a colour is of that colour
_EDGES = 16  # fields along a side
_FIELDS = 4  # along a side, for the colours
_STEPS = 7  # bits of a field's red, green or blue: as many are set as it is light
_SIDE_PX = 16  # of the tiny copy
_BASE_PX = 128
# What may have been cut off before and behind, as shares of a side.
_CUTS = (
    *((0.0, 0.05), (0.025, 0.025), (0.05, 0.0), (0.05, 0.05)),
    *((0.0125, 0.0375), (0.0375, 0.0125), (0.0, 0.025), (0.025, 0.0)),
)
_HUES = (
    *((9, "red"), (29, "orange"), (48, "yellow"), (112, "green"), (134, "teal"), (184, "blue")),
    *((218, "purple"), (240, "pink"), (256, "red")),
)  # up to which hue, 0 to 255
_BROWN = 150  # value: darker orange is brown
_PINK = 130  # saturation: paler red is pink
_GREY = 36  # saturation: paler is grey
_DARK, _LIGHT = 42, 218  # value
_GRADES = 16  # of red, green and blue, that are told apart for the colours


def fingerprint_of(image: Image) -> bytes:
    """The fingerprint of a picture in RGB or RGBA, upright and in sRGB; its proportions do not matter."""
    flat = _flattened(image)
    return b"".join((_edges(flat), _lightness(flat), _tiny(flat, _SIDE_PX), _shares(flat)))


def is_fingerprint(value: bytes) -> bool:
    """Whether it is one of this kind."""
    return len(value) == SIZE_BYTES


def shape_of(fingerprint: bytes) -> bytes:
    """The bits of which few differ between pictures that look alike."""
    return fingerprint[:SHAPE_BYTES]


def detail_of(fingerprint: bytes) -> bytes:
    """The tiny copy."""
    return fingerprint[SHAPE_BYTES : SHAPE_BYTES + DETAIL_BYTES]


def shares_of(fingerprint: bytes) -> bytes:
    """Percent of each colour, in the order of ``COLOURS``."""
    return fingerprint[SHAPE_BYTES + DETAIL_BYTES :]


def colours_of(shares: bytes) -> tuple[int, ...]:
    """The numbers of the colours that a picture is of."""
    return tuple(number for number, share in enumerate(shares) if share >= COLOUR_SHARE)


def distances(detail: bytes, others: tuple[bytes, ...]) -> tuple[float, ...]:
    """How far the tiny copy of a picture, which may be cropped, is from those of others: 0 to 255."""
    from PIL import Image as Images  # late: only when somebody looks for a picture

    cropped = Images.frombytes("RGB", (_SIDE_PX, _SIDE_PX), detail)
    return tuple(_distance(cropped, Images.frombytes("RGB", cropped.size, other)) for other in others)


def difference(detail: bytes, other: bytes) -> float:
    """How far two tiny copies are from each other as they are: 0 to 255."""
    from PIL import Image as Images  # late: as above

    side = float(_SIDE_PX)
    one, two = (Images.frombytes("RGB", (_SIDE_PX, _SIDE_PX), each) for each in (detail, other))
    return _difference(one, two, (0.0, 0.0, side, side))


def _distance(cropped: Image, whole: Image) -> float:
    """The least, over what may have been cut off: along one side first, then along the other."""
    side = float(_SIDE_PX)
    least, left, right = _difference(cropped, whole, (0.0, 0.0, side, side)), 0.0, side
    for before, behind in _CUTS:
        found = _difference(cropped, whole, (side * before, 0.0, side * (1 - behind), side))
        if found < least:
            least, left, right = found, side * before, side * (1 - behind)
    for before, behind in _CUTS:
        found = _difference(cropped, whole, (left, side * before, right, side * (1 - behind)))
        least = min(least, found)
    return least


def _difference(cropped: Image, whole: Image, box: tuple[float, float, float, float]) -> float:
    """By how much the pixels differ, on the average, where ``box`` of one is the other."""
    from PIL import ImageChops  # late: as above
    from PIL.Image import Resampling  # late: as above

    counts = ImageChops.difference(cropped, whole.resize(cropped.size, Resampling.BILINEAR, box)).histogram()
    return sum(count * (level & 255) for level, count in enumerate(counts) if count) / DETAIL_BYTES


def _flattened(image: Image) -> Image:
    """Small, and on white where it is transparent."""
    from PIL import Image as Images  # late: only the worker process decodes

    small = image.resize((_BASE_PX, _BASE_PX), Images.Resampling.BOX, reducing_gap=1.0)
    if small.mode != "RGBA":
        return small.convert("RGB")
    return Images.alpha_composite(Images.new("RGBA", small.size, "white"), small).convert("RGB")


def _tiny(flat: Image, side_px: int) -> bytes:
    from PIL.Image import Resampling  # late: as above

    return flat.resize((side_px, side_px), Resampling.BOX).tobytes()


def _edges(flat: Image) -> bytes:
    """Whether each field is lighter than the one to its right."""
    from PIL.Image import Resampling  # late: as above

    width = _EDGES + 1
    fields = flat.convert("L").resize((width, _EDGES), Resampling.BOX).tobytes()
    bits = "".join("01"[left > right] for left, right in itertools.pairwise(fields))
    return int("".join(bits[row : row + _EDGES] for row in range(0, len(fields), width)), 2).to_bytes(
        EDGE_BYTES
    )


def _lightness(flat: Image) -> bytes:
    """Red, green and blue of a few fields, so written that as many bits differ as the fields do."""
    bits = 0
    for level in _tiny(flat, _FIELDS):
        bits = bits << _STEPS | (1 << level * (_STEPS + 1) // 256) - 1
    return bits.to_bytes(SHAPE_BYTES - EDGE_BYTES)


def _shares(flat: Image) -> bytes:
    """Percent of each colour."""
    from collections import Counter  # late: as above

    from PIL.Image import Resampling  # late: as above

    small = flat.resize((32, 32), Resampling.BOX).tobytes()
    graded = small.translate(bytes(level * _GRADES // 256 for level in range(256)))
    counts = [0] * len(COLOURS)
    for pixel, count in Counter(zip(graded[::3], graded[1::3], graded[2::3], strict=True)).items():
        counts[_colour(*(grade * 255 // (_GRADES - 1) for grade in pixel))] += count
    return bytes(count * 100 // (32 * 32) for count in counts)


@functools.cache  # of 4,096 at most
def _colour(red: int, green: int, blue: int) -> int:
    """The number of the colour that people would call it."""
    from colorsys import rgb_to_hsv  # late: as above

    hue, saturation, value = (round(255 * part) for part in rgb_to_hsv(red / 255, green / 255, blue / 255))
    if value < _DARK:
        name = "black"
    elif saturation < _GREY:
        name = "white" if value > _LIGHT else "grey"
    else:
        name = next(name for end, name in _HUES if hue < end)
        if name in {"red", "orange"} and value < _BROWN and (name == "orange" or saturation < _PINK):
            name = "brown"
        elif name == "red" and saturation < _PINK:
            name = "pink"
    return COLOURS.index(name)
