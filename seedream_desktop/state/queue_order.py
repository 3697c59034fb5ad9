"""The order of what waits, changed by moving some of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def moved(keys: Sequence[Key], moving: Sequence[Key], before: Key | None) -> tuple[Key, ...]:
    """``keys`` with those ``moving``, in the order that they have, before another; None: at the end.

    What is not there, or is before itself, moves nothing.
    """
    wanted = frozenset(moving)
    if before in wanted or (before is not None and before not in keys):
        return tuple(keys)
    together = [key for key in keys if key in wanted]
    others = [key for key in keys if key not in wanted]
    place = others.index(before) if before is not None else len(others)
    return (*others[:place], *together, *others[place:])
