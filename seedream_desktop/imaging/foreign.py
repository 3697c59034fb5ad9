"""Looking at a picture that comes from elsewhere: whether it is whole, and the recipe that it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seedream_desktop.imaging.carried import carried_by
from seedream_desktop.imaging.checking import CheckedPicture, check_picture
from seedream_desktop.imaging.kinds import media_type_of
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.imaging.reading import read_file

RECIPE_CHARACTERS = 1 << 18  # of a recipe as text; a prompt and fifteen references need a fiftieth of it


@dataclass(frozen=True, slots=True)
class Foreign:
    """What is known of a picture from elsewhere. ``recipe``: the text of one that it carries, or empty."""

    checked: CheckedPicture
    recipe: str = ""


def look_at_foreign(path: Path) -> Foreign:
    """Decode all of ``path`` and read what was written into it. Raises ProblemError as ``check_picture``."""
    checked = check_picture(path, None)
    return Foreign(checked, recipe_text_in(path))


def recipe_text_in(path: Path) -> str:
    """The recipe's text in the file, by its bytes; nothing is decoded. Raises ProblemError."""
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    recipe = carried_by(content, media_type_of(content)).told.recipe
    return recipe if len(recipe) <= RECIPE_CHARACTERS else ""
