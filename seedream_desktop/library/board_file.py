"""``board.json``: what a board is and how it is set up; it lies in the board's hidden folder.

format       1
id           stays when the folder is moved or renamed
also         [ids that this board had before copies of its file were merged]
defaults     {"value": a recipe, "at": UTC milliseconds, "by": machine id}
order        {"value": [file names], ...}: by hand; names that are not in it come after
client_safe  {"value": true or false, ...}: nothing that leaves this board tells how it was made
name_pattern {"value": text, ...}: how new files on it are called; empty: by their prompt
rank         {"value": number or null, ...}: its place among the boards beside it; those without come after
budget       {"value": {"usd": number, "per": "month" | "all"} or null, ...}
within       [ids of boards that were in it and are removed: what they cost counts for it]
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
SENT_ALONG = ("defaults", "order", "client_safe", "name_pattern")  # the rest is this library's own
_MONTHLY, _IN_ALL = "month", "all"
_USD_MOST = 1e6
_NUMBER_MOST = 1e15  # beyond it neighbours cannot be told apart; infinity and what is no number fall out, too


@dataclass(frozen=True, slots=True)
class BoardFile:
    """A board's file as far as this version knows its keys."""

    id: str
    also: tuple[str, ...] = ()
    defaults: Recipe = field(default_factory=Recipe)
    order: tuple[str, ...] = ()
    is_client_safe: bool = False
    name_pattern: str = ""
    rank: float | None = None
    budget_usd: float = 0.0  # 0: none
    budget_is_monthly: bool = True  # else it is for all time


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
    order, also, pattern = setting(document, "order"), document.get("also"), setting(document, "name_pattern")
    budget_usd, budget_is_monthly = _budget(setting(document, "budget"))
    return BoardFile(
        id=document["id"],
        also=_texts(also),
        defaults=_recipe(setting(document, "defaults")),
        order=_texts(order),
        is_client_safe=setting(document, "client_safe") is True,
        name_pattern=pattern if isinstance(pattern, str) else "",
        rank=_number(setting(document, "rank")),
        budget_usd=budget_usd,
        budget_is_monthly=budget_is_monthly,
    )


def with_settings(document: Document, values: Mapping[str, Any], now_ms: int, machine_id: str) -> Document:
    """``document`` with settings ("defaults", "order", "client_safe" and so on) given now."""
    return stamped(document, values, now_ms, machine_id)


def merge_boards(first: Document, second: Document) -> Document:
    """Two copies of one board's file as one; the smaller id stays, the other one is remembered."""
    ids = {first["id"], second["id"], *_texts(first.get("also")), *_texts(second.get("also"))}
    merged = {name: later(first.get(name), second.get(name)) for name in first.keys() | second.keys()}
    also = sorted(ids - {min(ids)})
    within = sorted({*_texts(first.get("within")), *_texts(second.get("within"))})
    known = {"also": also, "within": within}
    return {**merged, "id": min(ids), **{name: held for name, held in known.items() if held}}


def setting(document: Document, name: str) -> Any:
    """The value of one setting as it is held; None: never given."""
    held = document.get(name)
    return held.get("value") if isinstance(held, dict) else None


def _texts(held: Any) -> tuple[str, ...]:
    return tuple(item for item in held if isinstance(item, str)) if isinstance(held, list) else ()


def budget_value(usd: float, is_monthly: bool) -> dict[str, Any] | None:
    """A budget as ``with_settings`` takes it; none for 0."""
    return {"usd": usd, "per": _MONTHLY if is_monthly else _IN_ALL} if usd > 0 else None


def _budget(held: Any) -> tuple[float, bool]:
    per = held.get("per") if isinstance(held, dict) else None
    usd = _number(held.get("usd")) if isinstance(held, dict) else None
    if usd is None or not 0 < usd <= _USD_MOST or per not in (_MONTHLY, _IN_ALL):
        return 0.0, True
    return usd, per == _MONTHLY


def _number(held: Any) -> float | None:
    is_number = isinstance(held, int | float) and not isinstance(held, bool)
    return float(held) if is_number and abs(held) < _NUMBER_MOST else None


def _recipe(held: Any) -> Recipe:
    try:
        return decode(Recipe, held)
    except ValueError:
        return Recipe()
