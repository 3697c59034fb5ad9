"""Where a prompt speaks of its references: ``image 1``, ``Image #2``, ``图1``, ``图片 2``.

A mention is plain text and stays it: what is sent and stored is what was written. Only its number changes
when the references change their places, so that the words go on meaning the same picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_BLANK = "[ \u00a0\u3000]?"
_OTHER_WORD = "(?<![构地绘拼成])"  # 构图1:1, 地图1, 生成图4张: another word ends there
_AMOUNT = rf"{_BLANK}[张幅组款套份种]|[.:\uff1a]\d"  # 图4张: how many; 1:1, 1.5: a figure
_MENTION = re.compile(
    rf"(?:(?<![A-Za-z0-9_])image{_BLANK}#?{_BLANK}|(?:参考图|{_OTHER_WORD}(?:图片|图像|图)){_BLANK}#?{_BLANK})"
    rf"(?P<number>\d{{1,2}})(?![0-9A-Za-z_\uff10-\uff19]|{_AMOUNT})",
    re.IGNORECASE,
)
_MOST = 99  # the highest number of a mention
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place, in characters of the prompt. ``number`` from 1; the reference may not be there."""

    start: int
    end: int
    number: int
    number_start: int


def mentions(text: str) -> tuple[Mention, ...]:
    """Every place where ``text`` speaks of a reference, in order."""
    found = (
        Mention(one.start(), one.end(), int(one["number"]), one.start("number"))
        for one in _MENTION.finditer(text)
    )
    return tuple(mention for mention in found if mention.number > 0)


def renumbered(text: str, new: Mapping[int, int]) -> str:
    """``text`` with other numbers in its mentions; those that ``new`` does not hold stay."""
    parts, at = list[str](), 0
    for mention in mentions(text):
        number = new.get(mention.number, mention.number)
        if number != mention.number:
            written = text[mention.number_start : mention.end]
            parts += [text[at : mention.number_start], _written(number, written)]
            at = mention.end
    return "".join((*parts, text[at:]))


def mention_of(number: int, prompt: str) -> str:
    """How ``prompt`` speaks of a reference, by its script."""
    return f"图{number}" if speaks_chinese(prompt) else f"image {number}"


def speaks_chinese(prompt: str) -> bool:
    """Whether a prompt is written in Chinese for the most part."""
    chinese = sum(1 for character in prompt if "\u3400" <= character <= "\u9fff")
    return chinese > 0 and chinese * 3 >= len(prompt.replace(" ", ""))


def after_move(count: int, index: int, to: int) -> dict[int, int]:
    """The new numbers once the reference at ``index`` of ``count`` lies at ``to``; places from 0."""
    order = list(range(count))
    order.insert(to, order.pop(index))
    return {old + 1: place + 1 for place, old in enumerate(order) if old != place}


def after_removal(count: int, index: int) -> dict[int, int]:
    """The new numbers once the one at ``index`` is gone: what spoke of it speaks of one that is not there."""
    return after_move(count, index, count - 1)


def after_insertion(count: int, index: int, many: int) -> dict[int, int]:
    """The new numbers once ``many`` lie before the one at ``index``; put at the end, they change none."""
    if index >= count:
        return {}
    return {number: number + many for number in range(index + 1, _MOST - many + 1)}


def inverse(new: Mapping[int, int]) -> dict[int, int]:
    """The way back."""
    return {after: before for before, after in new.items()}


def _written(number: int, like: str) -> str:
    is_wide = any(character in "０１２３４５６７８９" for character in like)
    return str(number).translate(_WIDE) if is_wide else str(number)
