"""The words of a text document exactly as they were written, and places in them as Qt counts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from seedream_desktop.generation.mentions import Mention
    from seedream_desktop.state.typing_run import Change

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")  # as a document takes them
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no text, and no server takes them all


def words_of(document: QTextDocument) -> str:
    """What stands there; Qt's own plain text makes a common blank of one that keeps words together."""
    return _LINE_ENDS.sub("\n", document.toRawText())


def cleaned(text: str) -> str:
    """Text from elsewhere without what is no character, its lines ended as here."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def units(text: str, index: int) -> int:
    """Where Qt counts the character at ``index``: one beyond the first 65,536 is two of its units."""
    if text.isascii() or max(text[:index], default="") <= "\uffff":
        return index
    return index + sum(character > "\uffff" for character in text[:index])


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What makes one text out of another; where only numbers of mentions differ, just these."""
    from seedream_desktop.state.typing_run import Change, change_between  # late: a first text needs none

    if any(character.isdecimal() for character in before):
        from seedream_desktop.generation.mentions import mentions  # late: most prompts have none

        old, new = mentions(before), mentions(after)
        if len(old) == len(new) and _besides(before, old) == _besides(after, new):
            written = [after[one.number_start : one.end] for one in new]
            numbers = tuple(
                Change(one.number_start, one.end - one.number_start, number)
                for one, number in zip(old, written, strict=True)
                if before[one.number_start : one.end] != number
            )
            if numbers:
                return numbers
    return (change_between(before, after),)


def _besides(text: str, found: tuple[Mention, ...]) -> list[str]:
    """What is left of a text without the numbers of its mentions."""
    ends = [0, *(one.end for one in found)]
    starts = [*(one.number_start for one in found), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]
