"""Text as the full-text index holds it: a blank around every Chinese, Japanese or Korean character.

SQLite's own tokenizer takes a run of such characters for one word, so that only the whole run could be found.
"""

from __future__ import annotations

import re
import unicodedata

_CJK = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003fffd]"
)
_FIGURES = re.compile(r"\d{1,15}")
_FIGURES_WIDTH = 15
_SPACED = re.compile(f" ({_CJK.pattern}) ")


def spaced(text: str) -> str:
    """``text`` with every CJK character as a word of its own."""
    if text.isascii():  # most of it, at every picture of a library
        return text
    return _CJK.sub(r" \g<0> ", unicodedata.normalize("NFC", text))


def unspaced(text: str) -> str:
    """What ``spaced`` was given, but for its normal form."""
    return _SPACED.sub(r"\g<1>", text)


def plain(text: str) -> str:
    """``text`` as it is compared letter by letter, upper and lower case alike."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()


def name_key(name: str) -> str:
    """What names are put in order by: figures count as numbers, so that "cat 2" comes before "cat 10"."""
    return _FIGURES.sub(lambda figures: figures[0].zfill(_FIGURES_WIDTH), plain(name))


def match_expression(term: str) -> str:
    """The full-text question for ``term``: a phrase, open at its end; empty: it has no letters."""
    words = spaced("".join(mark if _is_letter(mark) else " " for mark in term)).split()
    if not words:
        return ""
    goes_on = _is_letter(term[-1]) and not _CJK.match(term[-1])
    return '"' + " ".join(words) + '"' + ("*" if goes_on else "")


def phrase_expression(phrase: str) -> str:
    """The same for words that are whole, in this order."""
    return match_expression(f"{phrase} ")


def is_exact(term: str) -> bool:
    """Whether the full-text index can answer for ``term`` alone; it does not hold the signs of "C++"."""
    return all(_is_letter(mark) for mark in term)


def _is_letter(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LNM"
