"""The words of a prompt that ask for a set: how many pictures they name, and the sentence that names it."""

from __future__ import annotations

import re

_FIGURES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_CHINESE = {
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_FIGURES)})"
_THINGS = (
    r"(?:images|pictures|photos|photographs|frames|panels|shots|scenes|illustrations|drawings|posters|"
    r"variations|versions|pages|views)"
)
_ENGLISH = re.compile(
    rf"\b(?:(?:set|series|sequence|group|collection)\s+of\s+{_NUMBER}\b|"
    rf"(?<![#\w]){_NUMBER.replace('number', 'count')}\s+(?:[a-z-]+\s+){{0,2}}?{_THINGS}\b)",
    re.IGNORECASE,
)
_IN_CHINESE = re.compile(r"(?P<number>\d{1,3}|十[一二三四五]?|[一二两三四五六七八九])\s*(?:张|幅|格|帧|组图)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_OURS = re.compile(r"\A(?:A set of (?P<english>\d{1,3}) pictures:|生成(?P<chinese>\d{1,3})张图片：)[ \n]?")


def number_asked(prompt: str) -> int | None:
    """How many pictures ``prompt`` asks for; the first number that says so, None: none does."""
    for pattern in (_ENGLISH, _IN_CHINESE):
        if (found := pattern.search(prompt)) is not None:
            return _value(next(text for text in found.groups() if text))
    return None


def sentence(prompt: str, count: int) -> str:
    """The words that ask for ``count`` pictures, in the script of ``prompt``."""
    return f"生成{count}张图片：" if _HAN.search(prompt) else f"A set of {count} pictures:"


def with_number(prompt: str, count: int) -> str:
    """``prompt`` with the sentence before it, on a line of its own where the prompt has several."""
    words, rest = sentence(prompt, count), without_number(prompt)
    if len(lines_of(rest)) > 1:
        return f"{words}\n{rest}"
    return f"{words}{rest}" if _HAN.search(rest) else f"{words} {rest}"


def says_ours(prompt: str) -> bool:
    """Whether the prompt begins with the sentence as it is written here."""
    return _OURS.match(prompt) is not None


def following(prompt: str, count: int) -> str:
    """``prompt`` where the number in our own sentence is ``count``; any other stays as it is."""
    found = _OURS.match(prompt)
    if found is None:
        return prompt
    start, end = found.span(found.lastgroup or 0)
    return f"{prompt[:start]}{count}{prompt[end:]}"


def without_number(prompt: str) -> str:
    """``prompt`` without our own sentence."""
    return _OURS.sub("", prompt, count=1)


def lines_of(prompt: str) -> tuple[str, ...]:
    """What the lines say that hold anything, without our own sentence: one for each frame."""
    return tuple(line.strip() for line in without_number(prompt).splitlines() if line.strip())


def frame_words(prompt: str, index: int, count: int) -> str:
    """What ``prompt`` says of the frame at ``index`` of ``count``; where no line does, all of it."""
    lines = lines_of(prompt)
    if len(lines) == count + 1:  # the first says what they have in common
        return f"{lines[0]}\n{lines[index + 1]}"
    return lines[index] if len(lines) == count > 1 else without_number(prompt).strip()


def _value(text: str) -> int:
    text = text.casefold()
    if text in _FIGURES:
        return _FIGURES.index(text) + 1
    return _CHINESE[text] if text in _CHINESE else int(text)
