"""What the library hands out: pictures, boards, questions and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

Proceed = Callable[[int, int], bool]  # how many of how many are done; False: stop here


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as lists show it. ``id`` changes when the file is moved or renamed; the SHA-256 does not."""

    id: str  # path in the library, relative, with slashes
    sha256: str
    path: Path  # absolute
    board_id: str
    title: str
    prompt: str
    model: str
    width_px: int  # 0: not known
    height_px: int
    media_type: str
    size_bytes: int
    made_ms: int
    press_id: str  # empty: not made here
    press_index: int
    set_index: int
    set_count: int
    rating: int  # 0 to 5
    rejected: bool
    number: int  # rises through the library; 0: none
    trash_id: str = ""  # the entry in the trash, empty: not there


@dataclass(frozen=True, slots=True)
class Board:
    """A folder of the library."""

    id: str
    name: str
    path: str  # in the library, relative, with slashes
    count: int  # of its pictures
    is_client_safe: bool = False  # nothing that leaves it tells how it was made
    rank: float | None = None  # among the boards beside it, by hand; None: by its name, after those
    budget_usd: float = 0.0  # 0: none
    budget_is_monthly: bool = True  # else it is for all time


class Order(StrEnum):
    """In which order pictures stand."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RATING = "rating"  # best first, rejected last, then newest
    NAME = "name"
    BY_HAND = "by_hand"  # of a board; elsewhere as NEWEST
    LIKENESS = "likeness"  # of what is asked for by ``Query.like``; elsewhere as NEWEST


@dataclass(frozen=True, slots=True)
class Query:
    """Which pictures, in which order. With ``trash``: those in the trash, lately trashed first."""

    board_id: str = ""  # empty: all
    text: str = ""  # as typed
    literal: tuple[str, ...] = ()  # words of ``text`` that mean only themselves
    rated: bool = False
    since_ms: int | None = None  # what was asked for since, to the end of today
    trash: bool = False
    like: str = ""  # a fingerprint: pictures that look like that
    hides_rejected: bool = False
    only_rejected: bool = False
    order: Order = Order.NEWEST


def place_stands_by_date(query: Query) -> bool:
    """Whether the place of ``query`` stands in the order in which pictures were asked for."""
    order = Order.NEWEST if query.order is Order.BY_HAND and not query.board_id else query.order
    return order in {Order.NEWEST, Order.OLDEST} and not query.trash


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pictures there are."""

    all: int = 0
    today: int = 0  # made from midnight to midnight, local time
    rated: int = 0
    trash: int = 0
    trash_bytes: int = 0
