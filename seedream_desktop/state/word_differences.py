"""Where texts differ, word by word: what all of them share, and what is only in some.

Pure Python that compares pair by pair takes long where texts are long, so that a pair that would take too
many steps is compared clause by clause, and one that still would is taken as different but for its ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_STEPS_MOST = 250_000  # pairs of parts of what is between the ends; about 20 ms
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W{_WIDE}]+(?:['’-][^\W{_WIDE}]+)*|\s+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^,.;:!?\n，。；：！？、]*[,.;:!?\n，。；：！？、]?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text. ``is_shared``: every other text has it, too, at this place."""

    text: str
    is_shared: bool


def differences(texts: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Each text in pieces that give it again when joined. Words count by letters, blanks not at all."""
    words = [_WORD.findall(text) for text in texts]
    if len(texts) < 2:
        return tuple((Piece(text, is_shared=True),) if text else () for text in texts)
    pairs = [_matches(words[0], other) for other in words[1:]]
    in_all = {place for place in range(len(words[0])) if all(place in pair for pair in pairs)}
    shared = [in_all, *({pair[place] for place in in_all} for pair in pairs)]
    return tuple(_pieces(one, places) for one, places in zip(words, shared, strict=True))


def _matches(first: Sequence[str], second: Sequence[str]) -> dict[int, int]:
    """Which part of ``first`` is which of ``second``."""
    start, end = _common_ends(first, second)
    matched = {place: place for place in range(start)}
    shift = len(second) - len(first)
    matched |= {place: place + shift for place in range(len(first) - end, len(first))}
    inner = first[start : len(first) - end], second[start : len(second) - end]
    is_short = len(inner[0]) * len(inner[1]) <= _STEPS_MOST
    between = _by_blocks(*inner) if is_short else _by_clauses(*inner)
    return matched | {one + start: other + start for one, other in between.items()}


def _common_ends(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    most = min(len(first), len(second))
    start = next((place for place in range(most) if first[place] != second[place]), most)
    room = most - start
    end = next((back for back in range(room) if first[-1 - back] != second[-1 - back]), room)
    return start, end


def _by_blocks(first: Sequence[str], second: Sequence[str]) -> dict[int, int]:
    matched = dict[int, int]()
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            matched[block.a + step] = block.b + step
    return _without_lone_blanks(matched, first)


def _by_clauses(first: Sequence[str], second: Sequence[str]) -> dict[int, int]:
    one, other = _clauses(first), _clauses(second)
    if len(one) * len(other) > _STEPS_MOST:
        return {}
    spoken = [clause.text for clause in one], [clause.text for clause in other]
    matched = dict[int, int]()
    for block in SequenceMatcher(None, *spoken, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            ours, theirs = one[block.a + step], other[block.b + step]
            matched |= {ours.start + word: theirs.start + word for word in range(ours.count)}
    return matched


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    start: int  # the number of its first word
    count: int


def _clauses(words: Sequence[str]) -> list[_Clause]:
    found, start = list[_Clause](), 0
    for text in _CLAUSE.findall("".join(words)):
        length, end = 0, start
        while end < len(words) and length < len(text):
            length += len(words[end])
            end += 1
        if end > start:
            found.append(_Clause("".join(words[start:end]), start, end - start))
        start = end
    return found


def _without_lone_blanks(matched: dict[int, int], words: Sequence[str]) -> dict[int, int]:
    """A blank or a comma between two words that differ is no common ground: the eye reads it as one run."""

    def stands(place: int, step: int) -> bool:
        other = place + step
        while 0 <= other < len(words) and not _is_word(words[other]):
            if other not in matched:
                return False
            other += step
        return not 0 <= other < len(words) or other in matched

    return {
        place: other
        for place, other in matched.items()
        if _is_word(words[place]) or (stands(place, -1) or stands(place, 1))
    }


def _is_word(part: str) -> bool:
    return part[0].isalnum()


def _pieces(words: Sequence[str], shared: set[int]) -> tuple[Piece, ...]:
    pieces = list[Piece]()
    for place, word in enumerate(words):
        is_shared = place in shared
        if pieces and pieces[-1].is_shared is is_shared:
            pieces[-1] = Piece(pieces[-1].text + word, is_shared)
        else:
            pieces.append(Piece(word, is_shared))
    return tuple(pieces)


def shortened(pieces: Sequence[Piece], cut: Callable[[str, bool, bool], str]) -> tuple[Piece, ...]:
    """With long shared runs cut by ``cut(text, is_first, is_last)``."""
    last = len(pieces) - 1
    return tuple(
        Piece(cut(piece.text, place == 0, place == last), is_shared=True) if piece.is_shared else piece
        for place, piece in enumerate(pieces)
    )
