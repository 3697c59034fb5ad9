"""What a picture from elsewhere brings along into the library."""

from __future__ import annotations

from dataclasses import dataclass, field

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.library.record import RecordFile


@dataclass(frozen=True, slots=True)
class Brought:
    """What is known of it beside its pixels."""

    recipe: Recipe = field(default_factory=Recipe)  # that was written into its file
    record: RecordFile | None = None  # that lay beside it in another library
    name: str = ""  # of its file, with an extension, to be kept; empty: named as new pictures are
