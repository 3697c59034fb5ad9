"""What a picture looks like in a few hundred bytes: found again when resized, cropped a little, recompressed.

A fingerprint has three parts: its *shape*, hashes of the whole picture and of slightly smaller windows of it,
which find candidates among many; its *detail*, a tiny copy, which tells those apart; and the share of each
named colour. It is made of the thumbnail's pixels, so that it comes with the thumbnail's decode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = (
    *(
        "red",
        "orange",
        "yellow",
        "green",
        "teal",
        "blue",
        "purple",
        "pink",
        "brown",
        "black",
        "grey",
        "white",
    ),
)
WINDOWS = 9  # the whole picture, and windows with another side or corner cut off
HASH_BYTES = 8  # of each window
SHAPE_BYTES = WINDOWS * HASH_BYTES
SIDE_PX = 16  # of the tiny copy
DETAIL_BYTES = SIDE_PX * SIDE_PX * 3
SIZE_BYTES = SHAPE_BYTES + DETAIL_BYTES + len(COLOURS)
COLOUR_SHARE = 12  # percent: a picture with that much of a colour is of that colour
_CUT = 0.06  # of a side, by which the windows are smaller
_PALE, _GREY = 40, 28  # saturation, 0 to 255
_HUES = (
    *((9, "red"), (28, "orange"), (48, "yellow"), (112, "green"), (134, "teal"), (182, "blue")),
    *((212, "purple"), (240, "pink"), (256, "red")),
)  # up to which hue, 0 to 255
_BROWN = 150  # value: darker orange is brown
_PINK = 130  # saturation: paler red is pink
_DARK, _LIGHT = 38, 222  # value, 0 to 255


def fingerprint_of(image: Image) -> bytes:
    """The fingerprint of a picture in RGB or RGBA, upright and in sRGB; of a few milliseconds."""
    flat = _flattened(image)
    detail = _detail(flat)
    return b"".join((_shape(flat), detail, _shares(flat)))


def shape_of(fingerprint: bytes) -> bytes:
    """The hashes of the windows, one after the other; the whole picture's first."""
    return fingerprint[:SHAPE_BYTES]


def detail_of(fingerprint: bytes) -> bytes:
    """The tiny copy."""
    return fingerprint[SHAPE_BYTES : SHAPE_BYTES + DETAIL_BYTES]


def colours_of(fingerprint: bytes) -> tuple[int, ...]:
    """The numbers of the colours, as in ``COLOURS``, that the picture is of."""
    shares = fingerprint[SHAPE_BYTES + DETAIL_BYTES :]
    return tuple(number for number, share in enumerate(shares) if share >= COLOUR_SHARE)


def is_fingerprint(value: bytes) -> bool:
    """Whether it is one of this kind."""
    return len(value) == SIZE_BYTES


def _flattened(image: Image) -> Image:
    """On white where it is transparent, 128 px square: what is left of its proportions decides nothing."""
    from PIL import Image as Images  # late: only the worker process decodes

    small = image.resize((128, 128), Images.Resampling.BOX, reducing_gap=2.0)
    if small.mode != "RGBA":
        return small.convert("RGB")
    ground = Images.new("RGBA", small.size, "white")
    return Images.alpha_composite(ground, small).convert("RGB")


def _windows(side_px: int) -> tuple[tuple[float, float, float, float], ...]:
    near, far = side_px * _CUT, side_px * (1 - _CUT)
    spans = ((0.0, float(side_px)), (0.0, far), (near, float(side_px)))
    return tuple((left, top, right, bottom) for left, right in spans for top, bottom in spans)


def _shape(flat: Image) -> bytes:
    """Of each window, whether each of 8 by 8 fields is lighter than its right neighbour."""
    from PIL import Image as Images  # late: as above

    grey = flat.convert("L")
    found = []
    for window in _windows(grey.width):
        small = grey.resize((9, 8), Images.Resampling.BOX, box=window).tobytes()
        bits = 0
        for row in range(0, 72, 9):
            for place in range(row, row + 8):
                bits = bits << 1 | (small[place] > small[place + 1])
        found.append(bits.to_bytes(HASH_BYTES))
    return b"".join(found)


def _detail(flat: Image) -> bytes:
    from PIL import Image as Images  # late: as above

    return flat.resize((SIDE_PX, SIDE_PX), Images.Resampling.BOX).tobytes()


def _shares(flat: Image) -> bytes:
    """Percent of each colour."""
    from PIL import Image as Images  # late: as above

    pixels = flat.resize((32, 32), Images.Resampling.BOX).convert("HSV").tobytes()
    counts = [0] * len(COLOURS)
    for place in range(0, len(pixels), 3):
        counts[_colour(*pixels[place : place + 3])] += 1
    return bytes(count * 100 // (32 * 32) for count in counts)


def _colour(hue: int, saturation: int, value: int) -> int:
    """The number of the colour that people would call it; each 0 to 255."""
    if value < _DARK:
        return COLOURS.index("black")
    if saturation < (_PALE if value > _LIGHT else _GREY):
        return COLOURS.index("white" if value > _LIGHT else "grey")
    name = next(name for end, name in _HUES if hue < end)
    if name in {"red", "orange"}:
        if value < _BROWN:
            return COLOURS.index("brown")
        if saturation < _PINK and name == "red":
            return COLOURS.index("pink")
    return COLOURS.index(name)
