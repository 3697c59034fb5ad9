"""How many pictures a sequential set holds: what the prompt states, else a few, never above its ceiling."""

import re
import zlib

MOST_IN_A_SET = 15

_ENGLISH = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_CHINESE_DIGITS = {
    digit: number
    for number, digits in enumerate(("一", "二两兩", "三", "四", "五", "六", "七", "八", "九"), 1)
    for digit in digits
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})"
_THINGS = (
    r"(?:images?|pictures?|photos?|variations?|versions?|panels?|frames?|scenes?|posters?|illustrations?|shots?|"
    r"stickers?|icons?|options?)"
)
_ENGLISH_PATTERNS = (
    re.compile(rf"\b(?:set|series|sequence|group|collection) of {_NUMBER}\b", re.IGNORECASE),
    re.compile(rf"\b{_NUMBER}[ -](?:[a-z-]+ ){{0,3}}?{_THINGS}\b", re.IGNORECASE),
)
_CHINESE_PATTERN = re.compile(r"(\d{1,3}|[一二两兩三四五六七八九十]{1,3})\s*(?:张|張|幅|副|组|個图|个图|格)")


def set_count(prompt: str, ceiling: int) -> int:
    """How many pictures an `auto` request gets: 1 to `ceiling`."""
    wanted = stated_count(prompt)
    if wanted is None:
        wanted = 2 + zlib.crc32(prompt.encode("utf-8", "replace")) % 3
    return max(1, min(wanted, ceiling))


def stated_count(prompt: str) -> int | None:
    """How many pictures a prompt states, in digits, English or Chinese words; None when it does not."""
    for pattern in _ENGLISH_PATTERNS:
        match = pattern.search(prompt)
        if match:
            return _english_number(match[1].lower())
    match = _CHINESE_PATTERN.search(prompt)
    return _chinese_number(match[1]) if match else None


def _english_number(text: str) -> int:
    return int(text) if text.isdigit() else _ENGLISH.index(text) + 1


def _chinese_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE_DIGITS[text[0]]
    return 10 * _CHINESE_DIGITS.get(tens, 1) + _CHINESE_DIGITS.get(ones, 0)
