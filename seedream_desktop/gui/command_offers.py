"""What one field offers to do, and which of it is meant by what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from seedream_desktop.library.search_text import plain

RECENT_MOST = 12
_WORD = re.compile(r"\w+")


class Offer(NamedTuple):
    """Something that can be done at once."""

    id: str  # the same tomorrow
    words: str
    beside: str = ""  # what kind of thing it is, or where
    keys: str = ""  # as this system writes them
    also: str = ""  # more words that find it


def ranked(offers: Sequence[Offer], typed: str, recent: Sequence[str]) -> tuple[Offer, ...]:
    """Those that are meant, what was chosen lately first; each word that was typed begins one of theirs.

    Chinese is written without blanks: there it may stand anywhere. Names that begin as typed come before all.
    """
    line = " ".join(plain(typed).split())
    parts = line.split()
    lately = {offer_id: place for place, offer_id in enumerate(recent)}
    found = [
        (how, lately.get(offer.id, len(lately)), number)
        for number, offer in enumerate(offers)
        if (how := _how(offer, line, parts)) is not None
    ]
    return tuple(offers[number] for *_, number in sorted(found))


def chosen_lately(recent: Sequence[str], offer_id: str) -> tuple[str, ...]:
    """``recent`` with ``offer_id`` as the last that was chosen, which stands first."""
    return (offer_id, *(one for one in recent if one != offer_id))[:RECENT_MOST]


def _how(offer: Offer, line: str, parts: Sequence[str]) -> int | None:
    """How well it is meant, 0 best; None: not at all."""
    name = plain(offer.words)
    if name.startswith(line):
        return 0
    if _all_begin(parts, name):
        return 1
    return 2 if _all_begin(parts, f"{name} {plain(offer.also)} {plain(offer.beside)}") else None


def _all_begin(parts: Iterable[str], text: str) -> bool:
    words = _WORD.findall(text)
    return all(
        any(word.startswith(part) for word in words) or (not part.isascii() and part in text)
        for part in parts
    )
