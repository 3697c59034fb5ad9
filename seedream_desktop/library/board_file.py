"""``board.json``: what a board is and how it is set up; it lies in the board's hidden folder.

format       1
id           stays when the folder is moved or renamed
also         [ids that this board had before copies of its file were merged]
defaults     {"value": a recipe, "at": UTC milliseconds, "by": machine id}
order        {"value": [file names], ...}: by hand; names that are not in it come after
client_safe  {"value": true or false, ...}: nothing that leaves this board tells how it was made
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seedream_desktop.generation.codec import decode
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.library.marks import Document, later, stamped, written

FORMAT = 1


@dataclass(frozen=True, slots=True)
class BoardFile:
    """A board's file as far as this version knows its keys."""

    id: str
    also: tuple[str, ...] = ()
    defaults: Recipe = field(default_factory=Recipe)
    order: tuple[str, ...] = ()
    is_client_safe: bool = False


def new_board_document() -> Document:
    """The file of a new board."""
    return {"format": FORMAT, "id": uuid.uuid4().hex}


def board_document(document: Any) -> Document:
    """``document`` as a board's file. Raises ValueError when it has no id."""
    if not isinstance(document, dict) or not isinstance(document.get("id"), str) or not document["id"]:
        raise ValueError("not a board")
    return document


def written_board(document: Document) -> bytes:
    """The JSON object as a file's bytes."""
    return written(document)


def board_file_of(document: Document) -> BoardFile:
    """What the JSON object says; settings that are not as agreed count as never given."""
    order, also = _value(document, "order"), document.get("also")
    return BoardFile(
        id=document["id"],
        also=_texts(also),
        defaults=_recipe(_value(document, "defaults")),
        order=_texts(order),
        is_client_safe=_value(document, "client_safe") is True,
    )


def with_settings(document: Document, values: Mapping[str, Any], now_ms: int, machine_id: str) -> Document:
    """``document`` with settings ("defaults", "order", "client_safe") given now."""
    return stamped(document, values, now_ms, machine_id)


def merge_boards(first: Document, second: Document) -> Document:
    """Two copies of one board's file as one; the smaller id stays, the other one is remembered."""
    ids = {first["id"], second["id"], *_texts(first.get("also")), *_texts(second.get("also"))}
    merged = {name: later(first.get(name), second.get(name)) for name in first.keys() | second.keys()}
    also = sorted(ids - {min(ids)})
    return {**merged, "id": min(ids), **({"also": also} if also else {})}


def _value(document: Document, name: str) -> Any:
    held = document.get(name)
    return held.get("value") if isinstance(held, dict) else None


def _texts(held: Any) -> tuple[str, ...]:
    return tuple(item for item in held if isinstance(item, str)) if isinstance(held, list) else ()


def _recipe(held: Any) -> Recipe:
    try:
        return decode(Recipe, held)
    except ValueError:
        return Recipe()
