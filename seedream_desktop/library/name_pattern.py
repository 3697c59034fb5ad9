"""Names by a pattern: ``{board} {number}`` becomes *Acme rebrand 0142*; legal on every system, never empty.

A placeholder may say how many digits it has: ``{index:3}``. What a picture does not have becomes nothing, and
the blanks and dashes around it with it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seedream_desktop.file_names import NAME_LIMIT_BYTES, WORDS_LIMIT, folded, free_names, legal_name

PLACEHOLDERS = (
    *("board", "number", "title", "prompt", "name", "date", "time"),
    *("model", "rating", "index", "width", "height"),
)
TELLING = frozenset({"prompt", "name", "model"})  # empty where nothing may be told
_NUMBER_DIGITS, _INDEX_DIGITS = 4, 2
_DIGITS_MOST = 9
_PLACEHOLDER = re.compile(r"\{\s*([^{}:]*?)\s*(?::\s*(\d{1,2})\s*)?\}")
_HOLLOW = re.compile(
    "[(\\[]\\s*\0\\s*[)\\]]|\0\\s*[-_,;·]+|[-_,;·]+\\s*\0|\0"
)  # of what a picture does not have
_EXTENSION_BYTES = 12  # with a number in brackets before it


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name may say of a picture."""

    board: str
    number: int = 0
    title: str = ""
    prompt: str = ""
    name: str = ""  # of its file, without extension
    at_ms: int = 0
    model: str = ""
    rating: int = 0
    width_px: int = 0
    height_px: int = 0
    index: int = 1  # its place among those that are named together
    count: int = 1  # of them


def unknown_placeholders(pattern: str) -> tuple[str, ...]:
    """What stands in brackets and means nothing."""
    found = (match[1] for match in _PLACEHOLDER.finditer(pattern))
    return tuple(dict.fromkeys(name for name in found if name.casefold() not in PLACEHOLDERS))


def stem_of(pattern: str, facts: NameFacts) -> str:
    """The name without an extension; board and number where the pattern gives nothing."""

    def put(match: re.Match[str]) -> str:
        text = _value(match[1].casefold(), facts, int(match[2] or 0))
        return match[0] if text is None else text or "\0"

    written = _PLACEHOLDER.sub(put, pattern.replace("\0", ""))
    bare = _HOLLOW.sub(" ", written).strip(" -_,;·.")
    limit_bytes = NAME_LIMIT_BYTES - _EXTENSION_BYTES
    return legal_name(
        " ".join(bare.split()) or f"{facts.board} {facts.number or facts.index:04d}", limit_bytes
    )


def unlike(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Each of ``names``, or the next free one like it, so that no file system takes two for one."""
    used = {folded(name) for name in taken}
    for name in names:
        free = next(one for one in free_names(name) if folded(one) not in used)
        used.add(folded(free))
        yield free


def _value(name: str, facts: NameFacts, digits: int) -> str | None:
    """None: there is no such placeholder."""
    digits = min(digits, _DIGITS_MOST)
    if name == "number":
        return f"{facts.number:0{digits or _NUMBER_DIGITS}d}" if facts.number else ""
    if name == "index":
        return f"{facts.index:0{digits or max(_INDEX_DIGITS, len(str(facts.count)))}d}"
    at = time.localtime(facts.at_ms / 1000)
    texts = {
        "board": facts.board,
        "title": facts.title,
        "prompt": " ".join(facts.prompt.split())[:WORDS_LIMIT],
        "name": facts.name,
        "date": time.strftime("%Y-%m-%d", at) if facts.at_ms else "",
        "time": time.strftime("%H.%M.%S", at) if facts.at_ms else "",
        "model": facts.model,
        "rating": str(facts.rating) if facts.rating else "",
        "width": str(facts.width_px) if facts.width_px else "",
        "height": str(facts.height_px) if facts.height_px else "",
    }
    return texts.get(name)
