"""From the `size` asked for to the pixels delivered. Tables: ModelArk tutorial, read 2026-11."""

import re
import zlib
from fractions import Fraction

from seedream_desktop.demo.models import EDIT_3, V_4_0, Family

PIXELS = re.compile(r"^([1-9]\d{0,4})x([1-9]\d{0,4})$", re.ASCII)
WIDEST_ASPECT = Fraction(16)
Size = tuple[int, int]  # width and height in pixels

RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9")
UNASKED_RATIOS = ("1:1", "4:3", "3:4", "16:9", "3:2", "2:3")
_TABLE: dict[str, str] = {
    "1K 4.0": "1024x1024 1152x864 864x1152 1312x736 736x1312 1248x832 832x1248 1568x672",
    "1K": "1024x1024 1152x864 864x1152 1424x800 800x1424 1248x832 832x1248 1568x672",
    "1.5K": "1536x1536 1792x1344 1344x1792 2048x1152 1152x2048 1872x1248 1248x1872 2352x1008",
    "2K": "2048x2048 2304x1728 1728x2304 2848x1600 1600x2848 2496x1664 1664x2496 3136x1344",
    "2K pro": "2048x2048 2368x1776 1776x2368 2816x1584 1584x2816 2496x1664 1664x2496 3136x1344",
    "3K": "3072x3072 3456x2592 2592x3456 4096x2304 2304x4096 3744x2496 2496x3744 4704x2016",
    "4K": "4096x4096 4704x3520 3520x4704 5504x3040 3040x5504 4992x3328 3328x4992 6240x2656",
}
_RATIO_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (ratio, re.compile(words, re.IGNORECASE))
    for ratio, words in (
        ("21:9", r"panoram|cinemascope|ultra-?wide|全景|超宽"),
        ("9:16", r"phone|wallpaper for mobile|story format|tall|手机|竖屏"),
        ("16:9", r"widescreen|\bwide\b|banner|cinematic|宽屏|横幅|电影"),
        ("3:4", r"portrait|vertical|poster|竖|海报|肖像"),
        ("3:2", r"landscape|horizontal|横"),
        ("1:1", r"square|\bicon\b|\blogo\b|avatar|方形|图标|头像"),
    )
)
_STATED_RATIO = re.compile(r"(?<![\d:])(\d{1,2}) ?[:：] ?(\d{1,2})(?![\d:])")


def parse_pixels(text: str) -> Size | None:
    """Width and height of an exact size such as `2304x1728`; None when the text is no such size."""
    match = PIXELS.match(text)
    return (int(match[1]), int(match[2])) if match else None


def pixel_problem(size: Size, family: Family) -> str | None:
    """What is wrong with an exact size for this family, as the provider says it; None when nothing is."""
    width, height = size
    total = width * height
    if total < family.least_px:
        return f"image size must be at least {family.least_px} pixels"
    if total > family.most_px:
        return f"image size must be at most {family.most_px} pixels"
    if not 1 / WIDEST_ASPECT <= Fraction(width, height) <= WIDEST_ASPECT:
        return "the aspect ratio must be between 1/16 and 16"
    if width % family.size_multiple or height % family.size_multiple:
        return f"width and height must be multiples of {family.size_multiple}"
    return None


def delivered_size(asked: str, family: Family, prompt: str, first_reference: Size | None) -> Size:
    """The pixels of a valid `size`: exact ones as asked, presets in the shape that the prompt calls for."""
    exact = parse_pixels(asked)
    if exact is not None:
        return exact
    if family is EDIT_3:
        return adaptive_size(first_reference or (1, 1))
    return preset_size(asked, family, ratio_for(prompt, first_reference))


def preset_size(preset: str, family: Family, ratio: str) -> Size:
    """The documented pixels of a preset in one of RATIOS."""
    column = preset
    if preset == "1K" and family is V_4_0:
        column = "1K 4.0"
    elif preset == "2K" and family.size_multiple > 1:
        column = "2K pro"
    width, _, height = _TABLE[column].split()[RATIOS.index(ratio)].partition("x")
    return int(width), int(height)


def ratio_for(prompt: str, first_reference: Size | None) -> str:
    """The shape for a preset: stated in the prompt, or hinted at, or the reference's, or any."""
    stated = _STATED_RATIO.search(prompt)
    if stated and int(stated[1]) and int(stated[2]):
        return nearest_ratio(int(stated[1]), int(stated[2]))
    hinted = next((ratio for ratio, words in _RATIO_WORDS if words.search(prompt)), None)
    if hinted:
        return hinted
    if first_reference:
        return nearest_ratio(*first_reference)
    return UNASKED_RATIOS[zlib.crc32(prompt.encode("utf-8", "replace")) % len(UNASKED_RATIOS)]


def nearest_ratio(width: int, height: int) -> str:
    """The one of RATIOS that is closest to this shape, wide and tall weighed alike."""

    def distance(ratio: str) -> float:
        across, down = (int(part) for part in ratio.split(":"))
        factor = (width * down) / (height * across)
        return max(factor, 1 / factor)

    return min(RATIOS, key=distance)


def adaptive_size(reference: Size) -> Size:
    """SeedEdit's size: the reference's shape within 1:3 and 3:1, about a megapixel, in steps of 16."""
    aspect = min(3.0, max(1 / 3, reference[0] / reference[1]))
    width = min(1536, max(512, round(1024 * aspect**0.5 / 16) * 16))
    height = min(1536, max(512, round(1024 / aspect**0.5 / 16) * 16))
    return width, height
