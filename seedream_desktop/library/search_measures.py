"""Ratings, sizes, ratios and ranges as people type them, as bounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from seedream_desktop.library.search_terms import Bound, Measure


class Span(NamedTuple):
    """What one figure stands for: from ``least`` to ``most``, both included."""

    least: float
    most: float


Spans = dict[Measure, Span]
Reader = Callable[[str], Spans | None]  # of one figure; None: it is none

_COMPARED = re.compile(r"(>=|<=|≥|≤|=>|=<|>|<|=)\s*(.*)", re.DOTALL)
_RANGE = re.compile(r"\s*(?:\.\.+|…|~|〜|至|到|\bto\b|–)\s*")
_SIGNS = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=", "=": ""}
_WIDE = str.maketrans("＞＜＝：～－＋＃．０１２３４５６７８９", ">" + "<=:~-+#.0123456789")
_PIXELS = re.compile(r"(\d{1,6})\s*[x×✕*乘]\s*(\d{1,6})(?:\s*(?:px|像素))?")
_SIDE = re.compile(r"(\d{1,6})\s*(?:px|像素)?")
_THOUSANDS = re.compile(r"(\d{1,2})\s*k")
_MILLIONS = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*(?:mp|megapixels?|百万像素)")
_RATIO = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s*[:：/x×]\s*(\d{1,5}(?:\.\d{1,4})?)")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
_STARS = re.compile(r"([★⭐*]{1,5})|([0-5])\s*(?:★|⭐|stars?|星|分)?")
_CHINESE_STARS = {f"{sign}星": number for number, sign in enumerate("零一二三四五")} | {"两星": 2}
_UNRATED = frozenset({"none", "no", "unrated", "无", "未评分"})
_STEP = 1e-6  # between two ratios
_TOLERANCE = 0.02  # of a ratio: models round their sides to multiples
_MILLION_TOLERANCE = 0.05
_PIXELS_MAX = 10**12
# The side of the square with as many pixels; halfway to the next, where a resolution ends.
_RESOLUTION_SIDE_PX = {1: (768, 1448), 2: (1449, 2508), 3: (2509, 3547), 4: (3548, 5792)}
_SHAPES = {
    **dict.fromkeys(
        ("portrait", "vertical", "tall", "upright", "竖", "竖图", "竖版", "竖构图", "纵向"), "portrait"
    ),
    **dict.fromkeys(("landscape", "horizontal", "wide", "横", "横图", "横版", "横构图", "横向"), "landscape"),
    **dict.fromkeys(("square", "方", "方图", "方形", "正方形"), "square"),
}
_SHAPE_SPANS = {
    "portrait": Span(_STEP, 1 - _TOLERANCE - _STEP),
    "square": Span(1 - _TOLERANCE, 1 + _TOLERANCE),
    "landscape": Span(1 + _TOLERANCE + _STEP, 100_000),
}


def narrow(text: str) -> str:
    """``text`` with the signs and figures of a Chinese keyboard as those of any other, in lower case."""
    return text.translate(_WIDE).casefold().strip()


def rating(text: str) -> tuple[str, tuple[Bound, ...]] | None:
    """Stars: "4", ">=4", "4+", "3..5", "★★★", "四星", "none"."""
    return ranged(text, _rating, 1)


def size(text: str) -> tuple[str, tuple[Bound, ...]] | None:
    """Pixels: "2048x1024", "2K", "4mp", "1920" (the longer side), ">=2000", "1000..2000"."""
    return ranged(text, _size, 1)


def ratio(text: str) -> tuple[str, tuple[Bound, ...]] | None:
    """A shape: "16:9", "portrait", "square", "1.5", ">=2:1"."""
    shape = _SHAPES.get(narrow(text))
    if shape is not None:
        return shape, (Bound(Measure.RATIO, *_SHAPE_SPANS[shape]),)
    return ranged(text, _ratio, _STEP)


def ranged(text: str, read: Reader, step: float) -> tuple[str, tuple[Bound, ...]] | None:
    """The value in one way of writing and its bounds; None: nothing that ``read`` knows."""
    plain = narrow(text)
    compared = _COMPARED.fullmatch(plain)
    if compared:
        sign = _SIGNS.get(compared[1], compared[1])
        return _compared(sign, compared[2].strip(), read, step)
    if plain.endswith("+") and read(plain[:-1].strip()) is not None:
        return _compared(">=", plain[:-1].strip(), read, step)
    if (spans := read(plain)) is not None:
        return plain, tuple(Bound(measure, *span) for measure, span in spans.items())
    ends = _RANGE.split(plain)
    if len(ends) == 1:
        ends = plain.split("-") if plain.count("-") == 1 else ends
    return _between(ends[0], ends[1], read) if len(ends) == 2 else None


def _compared(sign: str, figure: str, read: Reader, step: float) -> tuple[str, tuple[Bound, ...]] | None:
    spans = read(figure)
    if spans is None:
        return None
    bounds = tuple(_bound(sign, measure, span, step) for measure, span in spans.items())
    return f"{sign}{figure}", bounds


def _bound(sign: str, measure: Measure, span: Span, step: float) -> Bound:
    if sign in {">", ">="}:
        return Bound(measure, span.most + step if sign == ">" else span.least)
    if sign in {"<", "<="}:
        return Bound(measure, None, span.least - step if sign == "<" else span.most)
    return Bound(measure, *span)


def _between(first: str, last: str, read: Reader) -> tuple[str, tuple[Bound, ...]] | None:
    low, high = read(first) if first else {}, read(last) if last else {}
    if low is None or high is None or not (low or high):
        return None
    if low and high and low.keys() != high.keys():
        return None
    bounds = []
    for measure in low or high:
        ends = [*([low[measure]] if low else []), *([high[measure]] if high else [])]
        least = min(span.least for span in ends) if low else None
        most = max(span.most for span in ends) if high else None
        bounds.append(Bound(measure, least, most))
    return f"{first}..{last}", tuple(bounds)


def _rating(text: str) -> Spans | None:
    if text in _UNRATED:
        return {Measure.RATING: Span(0, 0)}
    stars = _STARS.fullmatch(text)
    count = _CHINESE_STARS.get(text)
    if stars:
        count = len(stars[1]) if stars[1] else int(stars[2])
    return None if count is None else {Measure.RATING: Span(count, count)}


def _size(text: str) -> Spans | None:
    if pixels := _PIXELS.fullmatch(text):
        width_px, height_px = int(pixels[1]), int(pixels[2])
        return {Measure.WIDTH_PX: Span(width_px, width_px), Measure.HEIGHT_PX: Span(height_px, height_px)}
    if thousands := _THOUSANDS.fullmatch(text):
        sides = _RESOLUTION_SIDE_PX.get(int(thousands[1]))
        middle = int(thousands[1]) * 1024
        least, most = sides or (middle - 511, middle + 512)
        return {Measure.PIXELS: Span(least**2, (most + 1) ** 2 - 1)} if least > 0 else None
    if millions := _MILLIONS.fullmatch(text):
        pixels_wanted = float(millions[1]) * 1_000_000
        share = pixels_wanted * _MILLION_TOLERANCE
        return {
            Measure.PIXELS: Span(int(pixels_wanted - share), min(int(pixels_wanted + share), _PIXELS_MAX))
        }
    if side := _SIDE.fullmatch(text):
        return {Measure.LONGER_PX: Span(int(side[1]), int(side[1]))}
    return None


def _ratio(text: str) -> Spans | None:
    if sides := _RATIO.fullmatch(text):
        if not (float(sides[1]) and float(sides[2])):
            return None
        wanted = float(sides[1]) / float(sides[2])
    elif _DECIMAL.fullmatch(text) and float(text):
        wanted = float(text)
    else:
        return None
    return {Measure.RATIO: Span(wanted * (1 - _TOLERANCE / 2), wanted * (1 + _TOLERANCE / 2))}
