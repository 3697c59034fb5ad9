"""A search line changed by clicking: a term taken out, put in, or put in the place of another one."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from seedream_desktop.library.search_language import parse
from seedream_desktop.library.search_terms import TermKind

if TYPE_CHECKING:
    from seedream_desktop.library.search_terms import Term


def without(text: str, term: Term) -> str:
    """``text`` without ``term``, which was parsed out of it."""
    return f"{text[: term.start].rstrip()} {text[term.end :].lstrip()}".strip()


def without_kind(text: str, kind: TermKind, literal: Collection[str] = ()) -> str:
    """``text`` without what asks for that kind of thing; what shall not have it stays."""
    while term := next((one for one in parse(text, literal) if is_wish(one, kind)), None):
        text = without(text, term)
    return text


def without_kinds(text: str, kinds: Collection[TermKind], literal: Collection[str] = ()) -> str:
    """``text`` without everything that is about these kinds, what shall not have them included."""
    while term := next((one for one in parse(text, literal) if one.kind in kinds and not one.problem), None):
        text = without(text, term)
    return text


def with_term(text: str, words: str) -> str:
    """``text`` with one more term at its end, ``words`` as ``written`` makes them."""
    text = text.rstrip()
    longer = f"{text} {words}".strip()
    is_there = any(longer[term.start : term.end] == words for term in parse(longer))
    return longer if is_there else f'{text}" {words}'  # quotes that were left open would take it in


def put(text: str, kind: TermKind, words: str, literal: Collection[str] = ()) -> str:
    """``text`` with ``words`` as its only term of that kind, where the first one was."""
    held = next((one for one in parse(text, literal) if is_wish(one, kind)), None)
    if held is None:
        return with_term(text, words)
    rest = without_kind(text[held.end :], kind, literal).lstrip()
    return f"{text[: held.start]}{words} {rest}".strip()


def is_wish(term: Term, kind: TermKind) -> bool:
    """Whether ``term`` asks for that kind of thing, and is understood."""
    return term.kind is kind and term.problem is None and not term.is_negated


def asks_for_rejected(text: str, literal: Collection[str]) -> bool:
    """Whether rejected pictures are looked for, which are hidden else."""
    return any(term.value == "rejected" and is_wish(term, TermKind.IS) for term in parse(text, literal))


def still_literal(literal: Collection[str], text: str) -> tuple[str, ...]:
    """Those of the words that mean only themselves that are still in ``text``."""
    folded = _folded(text)
    return tuple(words for words in literal if _folded(words) in folded)


def sleeping(text: str, literal: Collection[str]) -> tuple[Term, ...]:
    """Words of ``text`` that stood for more, were they not among ``literal``."""
    folded = {_folded(words) for words in literal}
    return tuple(term for term in parse(text) if term.is_guessed and _folded(term.words) in folded)


def awake(literal: Collection[str], term: Term) -> tuple[str, ...]:
    """``literal`` without the words of ``term``, which stand for more again."""
    return tuple(words for words in literal if _folded(words) != _folded(term.words))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
