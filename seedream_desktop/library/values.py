"""What the library hands out and takes: pictures, boards, questions, and what a request cost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import settled_usd
from seedream_desktop.generation.errors import Billed

if TYPE_CHECKING:
    from seedream_desktop.library.record import Made


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


@dataclass(frozen=True, slots=True)
class Query:
    """Which pictures, in which order. With ``trash``: those in the trash, lately trashed first."""

    board_id: str = ""  # empty: all
    text: str = ""
    rated: bool = False
    since_ms: int | None = None
    trash: bool = False
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pictures there are."""

    all: int = 0
    today: int = 0  # made since midnight, local time
    rated: int = 0
    trash: int = 0


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture that was made, on its way into the library."""

    source: Path  # in the spool; nobody writes to it any more: it may share its bytes with the library
    made: Made
    board_id: str
    board_name: str  # taken or created should the id be gone
    extension: str  # "jpeg", without a dot


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A picture in the trash."""

    id: str
    picture: Picture
    trashed_ms: int


@dataclass(frozen=True, slots=True)
class Spend:
    """What one request that was sent cost. The prompt is not part of it."""

    job_id: str
    at_ms: int
    board_id: str
    model: str
    asked: int  # pictures
    delivered: int
    failed: int
    price_usd: float | None  # per picture, at most, as estimated; None: not known
    price_as_of: str  # the date of that price
    billed: Billed
    generated: int | None = None  # pictures that are billed, as the server said; None: it did not say
    surcharge_usd: float = 0.0  # for the references, once
    price_least_usd: float | None = None  # where the shape that came decides; None: the same

    @property
    def least_usd(self) -> float | None:
        """What it cost at least, if it was billed; None: no price is known.

        What is only taken for billed, for an answer came that could not be read, may have cost nothing.
        """
        if self._counted is None and self.billed is Billed.YES and self.price_usd is not None:
            return 0.0
        counted = min(1, self.asked) if self._counted is None else self._counted
        price_usd = self.price_usd if self.price_least_usd is None else self.price_least_usd
        return settled_usd(price_usd, self.surcharge_usd, counted)

    @property
    def usd(self) -> float | None:
        """What it cost, if it was billed; what did not arrive counts as asked. None: no price is known."""
        counted = self.asked if self._counted is None else self._counted
        return settled_usd(self.price_usd, self.surcharge_usd, counted)

    @property
    def _counted(self) -> int | None:
        return self.generated if self.generated is not None else (self.delivered or None)


@dataclass(frozen=True, slots=True)
class Costs:
    """What many requests cost together, in US dollars, as estimated."""

    billed_usd: float = 0.0  # surely
    maybe_usd: float = 0.0  # what may have been billed beside
    unpriced: int = 0  # requests billed, or maybe billed, whose price is not known: in neither sum
