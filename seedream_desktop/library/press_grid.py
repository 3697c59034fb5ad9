"""The pictures of one press as a table: what was chosen in rows and columns.

The first choice of the prompt runs down, all others together run across; with one choice it runs across. A
press without choices, or whose lines have different ones, has a row for each prompt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Chosen:
    """A picture, and what was chosen for it where its prompt had a choice."""

    picture: Picture
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PressGrid:
    """Rows and columns by what they are called; a row or column without a name is the only one."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[int, int], tuple[Picture, ...]]  # (row, column): variations, in their order

    @property
    def depth(self) -> int:
        """How many pictures the fullest cell has; 0 where there is none."""
        return max((len(pictures) for pictures in self.cells.values()), default=0)


def press_grid(library: Library, press_id: str) -> PressGrid:
    """The table of a press; pictures in the trash are left out. Reads records; raises ProblemError."""
    found = library.relations.of_press(press_id)
    return laid_out([Chosen(picture, library.record(picture.id).made.choices) for picture in found])


def laid_out(chosen: Sequence[Chosen]) -> PressGrid:
    """The table of these pictures, which come in the order of the press."""
    has_axes = len({len(one.choices) for one in chosen}) == 1 and bool(chosen[0].choices)
    rows, columns = dict[str, int](), dict[str, int]()
    cells: dict[tuple[int, int], tuple[Picture, ...]] = {}
    for one in chosen:
        down, across = _named(one.choices) if has_axes else (one.picture.prompt, "")
        place = rows.setdefault(down, len(rows)), columns.setdefault(across, len(columns))
        cells[place] = (*cells.get(place, ()), one.picture)
    return PressGrid(tuple(rows), tuple(columns), cells)


def _named(choices: tuple[str, ...]) -> tuple[str, str]:
    if len(choices) == 1:
        return "", choices[0]
    return choices[0], _BETWEEN.join(choices[1:])
