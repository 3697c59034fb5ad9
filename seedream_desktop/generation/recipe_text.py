"""A recipe as text that people pass on: on the clipboard, in a picture's file.

{"seedream_recipe": 1, "recipe": {...}}: the parts that the recipe holds, named and written as in a picture's
record. References are named by the SHA-256 of their bytes, never with links that are credentials. Keys that
are not known are passed over; a higher number means a form that this version does not read.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.recipe import Recipe

KEY = "seedream_recipe"
FORM = 1
_CHARACTERS_MOST = 1 << 20


def recipe_text(recipe: Recipe, indent: int | None = None) -> str:
    """``recipe`` as text; with ``indent`` for people to read."""
    references = recipe.references
    if references:
        references = tuple(replace(one, url="", name="") for one in references)
    held = encode(replace(recipe, references=references))
    return json.dumps({KEY: FORM, "recipe": held}, ensure_ascii=False, indent=indent)


def recipe_in(text: str) -> Recipe | None:
    """The recipe that ``text`` is; None: it is none, or none that this version reads."""
    bare = text.strip()
    if len(bare) > _CHARACTERS_MOST or not bare.startswith("{") or KEY not in bare:
        return None
    try:
        found: Any = json.loads(bare)
        if not isinstance(found, dict) or found.get(KEY) != FORM:
            return None
        return decode(Recipe, found.get("recipe"))
    except (ValueError, RecursionError):
        return None
