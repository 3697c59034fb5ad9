"""Draws on a copy of a picture and crops it: in its full size, in sRGB, upright, as it will be sent."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging import colours, kinds
from seedream_desktop.imaging.checking import CheckedPicture, check_reference
from seedream_desktop.imaging.decoding import Decoded, decode
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.imaging.markup import RGB, Area, Mark, Markup, Point, Rect, Trail, is_sound, shapes_of
from seedream_desktop.imaging.reading import read_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_FINE = 4  # points a pixel, each way, so that edges are smooth
_TILE_PX = 512
_NO_DRAFT_PX = 1 << 16
_LOSSY_TYPES = frozenset({"image/jpeg", "image/webp", kinds.AVIF, kinds.JPEG_2000})
_PNG_OF_LOSSY_PX = 10_000_000  # a photograph beyond is 20 MB and more as PNG
_PNG_OF_LOSSY_BYTES = 10 << 20  # no model takes more: it would be made a JPEG to be sent
_PNG_PX = 40_000_000  # more than any model takes; reduced to be sent in any case
_QUALITY = 95
_PNG_EFFORT = 4  # of 9
_PNG_EFFORT_LARGE = 1


def mark_up(path: Path, sha256: str, markup: Markup, target: Path, thumbnail: Path | None) -> CheckedPicture:
    """Write to ``target`` a copy of the picture at ``path``, whose bytes are known, with ``markup`` on it.

    Raises ProblemError as ``checking.check_reference``, also REFERENCE_GONE: other bytes lie there by now, or
    a picture of another size; OSError when ``target`` cannot be written.
    """
    _write_copy(path, sha256, markup, target)  # what it needed is free again when it is looked at
    return check_reference(target, thumbnail)


def _write_copy(path: Path, sha256: str, markup: Markup, target: Path) -> None:
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    if hashlib.sha256(content).hexdigest() != sha256 or not is_sound(markup):
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=path.name))
    media_type = kinds.media_type_of(content)
    if not media_type:
        raise ProblemError(kinds.refusal(content, path.name))
    decoded = decode(path.name, content, media_type, PICTURE_LIMITS, _NO_DRAFT_PX)
    if decoded.seen_px != (markup.width_px, markup.height_px):
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=path.name))
    _write(drawn_on(decoded, markup), target, is_lossy=media_type in _LOSSY_TYPES)


def drawn_on(decoded: Decoded, markup: Markup) -> Image:
    """The copy, in RGB or RGBA, without any notes."""
    profile = decoded.image.info.get("icc_profile")
    image = colours.reduced(decoded.image, decoded.width_px, decoded.height_px)
    image = colours.upright(image, decoded.orientation)
    area = markup.area
    if markup.crop is not None:  # before its colours are converted: a large picture fits in memory once
        image = image.crop((area.left, area.top, area.left + area.width_px, area.top + area.height_px))
    image = colours.in_srgb(image, profile)
    image.info.clear()
    for mark in markup.marks:
        _draw(image, mark, area.left, area.top)
    return image


def _draw(image: Image, mark: Mark, left: int, top: int) -> None:
    """Draw ``mark`` on a picture whose corner lies at ``left``, ``top``, tile by tile."""
    shapes = shapes_of(mark)
    around = _around(shapes)
    for x_px, y_px, width_px, height_px in _tiles(around, left, top, image.size):
        tile = Rect(left + x_px, top + y_px, left + x_px + width_px, top + y_px + height_px)
        if mask := _mask(shapes, tile, width_px, height_px):
            _lay(image, mask, RGB[mark.colour], x_px, y_px)


def _tiles(around: Rect, left: int, top: int, size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Tiles of the picture that ``around`` may lie on: left, top, width, height."""
    first_x, first_y = max(0, math.floor(around.left) - left), max(0, math.floor(around.top) - top)
    end_x = min(size[0], math.ceil(around.right) + 1 - left)
    end_y = min(size[1], math.ceil(around.bottom) + 1 - top)
    for y_px in range(first_y, end_y, _TILE_PX):
        for x_px in range(first_x, end_x, _TILE_PX):
            yield x_px, y_px, min(_TILE_PX, end_x - x_px), min(_TILE_PX, end_y - y_px)


def _mask(shapes: tuple[Area | Trail, ...], tile: Rect, width_px: int, height_px: int) -> Image | None:
    """How much of each pixel of ``tile`` is covered; None: nothing is."""
    from PIL import Image, ImageDraw  # late: only the worker process draws

    touching = [piece for shape in shapes for piece in _pieces(shape) if _around((piece,)).meets(tile)]
    if not touching:
        return None
    mask = Image.new("L", (width_px * _FINE, height_px * _FINE))
    draw = ImageDraw.Draw(mask)
    for piece in touching:
        _fill(draw, piece, tile.left, tile.top)
    return mask.reduce(_FINE)


def _pieces(shape: Area | Trail) -> Iterator[Area | Trail]:
    """A line is looked at step by step: a tile has few of them."""
    if isinstance(shape, Area) or len(shape.points) < 3:
        yield shape
        return
    for start, end in itertools.pairwise(shape.points):
        yield Trail((start, end), shape.width_px)


def _around(shapes: tuple[Area | Trail, ...]) -> Rect:
    points = [point for shape in shapes for point in shape.points]
    half = max((shape.width_px / 2 for shape in shapes if isinstance(shape, Trail)), default=0.0)
    across, down = [x for x, _ in points], [y for _, y in points]
    return Rect(min(across), min(down), max(across), max(down)).grown(half)


def _fill(draw: ImageDraw, shape: Area | Trail, left: float, top: float) -> None:
    points = [((x - left) * _FINE, (y - top) * _FINE) for x, y in shape.points]
    if isinstance(shape, Area):
        draw.polygon(_whole((x - 0.5, y - 0.5) for x, y in points), fill=255)
        return
    radius = shape.width_px * _FINE / 2
    for x, y in points:
        corners = _whole(((x - radius, y - radius), (x + radius - 1, y + radius - 1)))
        draw.ellipse(corners, fill=255)
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length = math.dist((x0, y0), (x1, y1))
        if length:
            dx, dy = radius * (y1 - y0) / length, radius * (x0 - x1) / length
            sides = ((x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy))
            draw.polygon(_whole(sides), fill=255)


def _whole(points: Iterable[Point]) -> list[tuple[int, int]]:
    """Rounded the same way on every tile; Pillow would cut towards the tile's corner."""
    return [(math.floor(x + 0.5), math.floor(y + 0.5)) for x, y in points]


def _lay(image: Image, mask: Image, colour: tuple[int, int, int], x_px: int, y_px: int) -> None:
    if image.mode != "RGBA":
        image.paste(colour, (x_px, y_px), mask)
        return
    from PIL import Image as Images  # late: as above

    layer = Images.new("RGBA", mask.size, (*colour, 0))
    layer.putalpha(mask)
    image.alpha_composite(layer, (x_px, y_px))


def _write(image: Image, target: Path, *, is_lossy: bool) -> None:
    """PNG, but for what would be megabytes more without being better for it. Raises OSError."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    content = b"" if _is_too_large(image, is_lossy=is_lossy) else _as_png(image)
    if not content or (is_lossy and image.mode == "RGB" and len(content) > _PNG_OF_LOSSY_BYTES):
        file = BytesIO()
        image.save(file, "JPEG", quality=_QUALITY, subsampling="4:4:4")
        content = file.getvalue()
    target.write_bytes(content)


def _is_too_large(image: Image, *, is_lossy: bool) -> bool:
    """Whether it is not worth a try as PNG; what shines through can be nothing else."""
    most = _PNG_OF_LOSSY_PX if is_lossy else _PNG_PX
    return image.mode == "RGB" and image.width * image.height > most


def _as_png(image: Image) -> bytes:
    file = BytesIO()
    is_large = image.width * image.height > _PNG_OF_LOSSY_PX
    image.save(file, "PNG", compress_level=_PNG_EFFORT_LARGE if is_large else _PNG_EFFORT)
    return file.getvalue()
