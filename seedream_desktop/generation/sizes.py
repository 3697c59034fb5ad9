"""Sizes: what a model takes, what is wrong with one, and the legal ones nearest to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from math import floor, log, sqrt
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import PRESET_SIDE_PX
from seedream_desktop.generation.request import Size

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model

_SNAP_PX = 16  # every size of the provider's own tables but two is a multiple of it
_SAME_RATIO = 0.02  # how far two ratios of one name lie apart: 2560 x 1080 is called 21:9 as well
_SAME_RESOLUTION = 0.2  # how far the pixels of one resolution lie from its square's, at most
_STEPS = 3  # how many multiples around the ideal side are looked at


class SizeFault(StrEnum):
    """Why a model does not take a size."""

    NO_SUCH_PRESET = "no_such_preset"
    NO_OWN_PIXELS = "no_own_pixels"  # the model takes presets only
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_NARROW = "too_narrow"
    NOT_A_MULTIPLE = "not_a_multiple"


def size_fault(size: Size, model: Model) -> SizeFault | None:
    """What is wrong with ``size`` for ``model``; None: it takes it."""
    if size.is_preset:
        return None if size.preset in model.presets else SizeFault.NO_SUCH_PRESET
    if not model.sizes:
        return SizeFault.NO_OWN_PIXELS
    width, height = size.width_px, size.height_px
    if width < 1 or height < 1 or width * height < model.pixels_min:
        return SizeFault.TOO_SMALL
    if width * height > model.pixels_max:
        return SizeFault.TOO_LARGE
    if any(named.size == size for named in model.sizes):
        return None
    if max(width, height) > model.aspect_max * min(width, height):
        return SizeFault.TOO_NARROW
    is_multiple = width % model.multiple_px == 0 and height % model.multiple_px == 0
    return None if is_multiple else SizeFault.NOT_A_MULTIPLE


def size_is_legal(size: Size, model: Model) -> bool:
    """Whether ``model`` takes ``size``, as far as any source says."""
    return size_fault(size, model) is None


def size_is_disputed(size: Size | None, model: Model) -> bool:
    """Whether only some sources say that ``model`` takes this legal ``size``: it may be refused."""
    if size is None or not size_is_legal(size, model):
        return False
    named = model.named(size)
    if named is not None and named.resolution not in model.disputed_resolutions:
        return False
    return (
        size.is_preset or not model.sure_pixels_min <= size.width_px * size.height_px <= model.sure_pixels_max
    )


def alternatives(size: Size, model: Model) -> tuple[Size, ...]:
    """The legal sizes nearest to an illegal one; () where ``size`` is legal.

    The size of the model's table that has its ratio, if there is one, and its own ratio scaled into the
    limits and snapped to the multiple; a ratio that is too narrow becomes the narrowest there is.
    """
    if size_is_legal(size, model):
        return ()
    if not size.is_preset and model.sizes:
        scaled = _scaled(size, model, model.pixels_min, model.pixels_max)
        found = (_of_the_table(size, _same_ratio(size, model)), scaled)
        return tuple(dict.fromkeys(one for one in found if one is not None))
    nearest = nearest_preset(size, model)
    offered = nearest or model.default_size
    return (offered,) if offered is not None else ()


def nearest_size(size: Size, model: Model) -> Size:
    """``size`` itself where it is legal, else the best of its alternatives."""
    return next(iter(alternatives(size, model)), size)


def nearest_preset(size: Size, model: Model) -> Size | None:
    """The preset that is nearest to the preset ``size``; None where one of them has no side."""
    side_px = PRESET_SIDE_PX.get(size.preset)
    offered = [preset for preset in model.presets if preset in PRESET_SIDE_PX]
    if side_px is None or not offered:
        return None
    return Size(preset=min(offered, key=lambda other: abs(PRESET_SIDE_PX[other] - side_px)))


def size_for(size: Size | None, model: Model) -> Size | None:
    """What ``size`` becomes where ``model`` must take it; its default where none was asked for."""
    return model.default_size if size is None else nearest_size(size, model)


def size_across(size: Size | None, old: Model, new: Model) -> Size | None:
    """What ``size`` of one model's table becomes in another's: the same shape and resolution if it can be."""
    named = old.named(size)
    if size is None or named is None or not named.ratio or named.ratio not in new.ratios():
        return size_for(size, new)
    return new.size_of(named.ratio, named.resolution) or _of_the_table(size, _of_ratio(named.ratio, new))


def shaped(aspect: float, pixels: int, model: Model, *, is_exact: bool = False) -> Size | None:
    """The legal size of about that ratio and that many pixels: the table's own where one has as many.

    ``is_exact``: the table's only where it has at least as many. None: the model has sizes of its own only.
    """
    if not model.sizes:
        return None
    side_px = sqrt(pixels)
    wished = Size(
        width_px=max(1, round(side_px * sqrt(aspect))), height_px=max(1, round(side_px / sqrt(aspect)))
    )
    if (own := _of_the_table(wished, _same_ratio(wished, model))) is not None:
        share = own.width_px * own.height_px / pixels
        if abs(share - 1) < _SAME_RESOLUTION and (share >= 1 or not is_exact):
            return own
    return _scaled(wished, model, model.pixels_min, model.pixels_max)


def is_as_asked(size: Size | None, width_px: int, height_px: int) -> bool:
    """Whether a picture has the size that was asked for: the pixels, or about as many as a preset means."""
    if size is None or not width_px * height_px:
        return True
    if not size.is_preset:
        return (size.width_px, size.height_px) == (width_px, height_px)
    side_px = PRESET_SIDE_PX.get(size.preset)
    return side_px is None or abs(width_px * height_px / side_px**2 - 1) < _SAME_RESOLUTION


def safe_neighbour(size: Size | None, model: Model) -> Size | None:
    """What to ask for after the server has refused ``size``: what no source disputes, of the same shape.

    One resolution lower where there is one, since it never costs more; None where nothing is surer.
    """
    if size is None or not size_is_legal(size, model):
        return None
    named = model.named(size)
    if size_is_disputed(size, model):
        if named is not None:
            return _sure_resolution(named.ratio, named.resolution, model)
        return _scaled(size, model, model.sure_pixels_min, model.sure_pixels_max)
    if named is not None:
        return None
    same = _same_ratio(size, model)
    return _of_the_table(size, (one for one in same if not size_is_disputed(one, model)))


def _sure_resolution(ratio: str, resolution: str, model: Model) -> Size | None:
    """The nearest resolution below that is not disputed, else the nearest above."""
    own_px = PRESET_SIDE_PX.get(resolution, 0)
    sure = [one for one in model.resolutions(ratio) if one not in model.disputed_resolutions]
    sides = sorted((PRESET_SIDE_PX.get(one, 0), one) for one in sure)
    below = [one for side_px, one in sides if side_px < own_px]
    chosen = below[-1:] or [one for _, one in sides][:1]
    return model.size_of(ratio, chosen[0]) if chosen else None


def _same_ratio(size: Size, model: Model) -> Iterable[Size]:
    if size.width_px < 1 or size.height_px < 1:
        return ()
    return (named.size for named in model.sizes if _distance(named.size, _aspect(size)) <= _SAME_RATIO)


def _of_ratio(ratio: str, model: Model) -> Iterable[Size]:
    return (named.size for named in model.sizes if named.ratio == ratio)


def _of_the_table(size: Size, offered: Iterable[Size]) -> Size | None:
    pixels = size.width_px * size.height_px
    return min(offered, key=lambda one: abs(one.width_px * one.height_px - pixels), default=None)


def _scaled(size: Size, model: Model, pixels_min: int, pixels_max: int) -> Size | None:
    """The ratio of ``size`` within those limits, both sides multiples."""
    width, height = max(1, size.width_px), max(1, size.height_px)
    aspect = min(max(width / height, 1 / model.aspect_max), model.aspect_max)
    pixels = min(max(width * height, pixels_min), pixels_max)
    step = model.multiple_px if model.multiple_px > 1 else _SNAP_PX
    offered = _around(aspect, pixels, step, (pixels_min, pixels_max))
    found = (one for one in offered if size_is_legal(one, model))
    within = (one for one in found if pixels_min <= one.width_px * one.height_px <= pixels_max)

    def distance(one: Size) -> tuple[float, int]:
        return (round(_distance(one, aspect), 3), abs(one.width_px * one.height_px - pixels))

    return min(within, key=distance, default=None)


def _around(aspect: float, pixels: int, step: int, limits: tuple[int, int]) -> Iterator[Size]:
    """Sizes of about that ratio and that many pixels, those at the limits of pixels among them."""
    narrow = max(aspect, 1 / aspect)
    ideal = floor(sqrt(pixels / narrow) / step)
    for short in range(max(1, ideal - _STEPS), ideal + _STEPS + 2):
        own, area = floor(short * narrow), short * step * step
        for long in (own, own + 1, -(-limits[0] // area), limits[1] // area):
            sides = long * step, short * step
            width_px, height_px = sides if aspect >= 1 else sides[::-1]
            if long >= 1:
                yield Size(width_px=width_px, height_px=height_px)


def _aspect(size: Size) -> float:
    return size.width_px / size.height_px


def _distance(size: Size, aspect: float) -> float:
    """How far the ratio of ``size`` lies from ``aspect``, wide and tall weighed alike."""
    return abs(log(_aspect(size) / aspect))
