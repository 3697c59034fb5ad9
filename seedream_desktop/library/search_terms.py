"""What a search line is made of: its terms, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TermKind(StrEnum):
    """What a term asks for; the value is the operator as ``written`` puts it."""

    TEXT = "text"
    TAG = "tag"
    MODEL = "model"
    RATING = "rating"
    SIZE = "size"
    RATIO = "ratio"
    DATE = "date"
    BOARD = "board"
    REFERENCE = "ref"
    COLOUR = "colour"
    IS = "is"
    NUMBER = "#"


class TermProblem(StrEnum):
    """Why a term asks for nothing; it is left out of the search."""

    EMPTY = "empty"  # nothing behind the colon, between the quotes or behind the minus
    FILLER = "filler"  # nothing is wrong: a sentence has such words, and another one of it was guessed
    TOO_MANY = "too_many"  # the rest of a line of more words than anybody types
    NO_RATING = "no_rating"
    NO_SIZE = "no_size"
    NO_RATIO = "no_ratio"
    NO_DATE = "no_date"
    NO_COLOUR = "no_colour"
    NO_STATE = "no_state"  # of ``is:``


class Measure(StrEnum):
    """A number of a picture."""

    RATING = "rating"
    PLACED_MS = "placed_ms"
    WIDTH_PX = "width_px"
    HEIGHT_PX = "height_px"
    LONGER_PX = "longer_px"
    PIXELS = "pixels"  # width x height
    RATIO = "ratio"  # width / height
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Bound:
    """A measure from ``least`` to ``most``, both included; ``None``: open."""

    measure: Measure
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a search; all that are not ``problem`` hold together.

    A guessed one is a plain word that stands for more than itself ("blue", "last week"): it holds for the
    pictures that it stands for and for those whose text has it, so that it never hides what is written; a
    colour for those of them alone that nobody looked at yet.
    """

    kind: TermKind
    start: int  # in the text that was parsed, the minus included
    end: int
    words: str  # as typed, without the minus; what goes into ``Query.literal`` to make it mean the text
    value: str  # in the one way that ``written`` takes: "blue", ">=4", "last week"
    bounds: tuple[Bound, ...] = ()  # all of them hold
    is_negated: bool = False
    is_guessed: bool = False
    is_exact: bool = False  # was quoted
    problem: TermProblem | None = None

    @property
    def is_filler(self) -> bool:
        """Whether it is left out because the sentence is meant, not because it is not understood."""
        return self.problem is TermProblem.FILLER
