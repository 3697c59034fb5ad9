"""What a designer says about a picture or a board, value by value, so that several machines can agree.

Every value carries when (UTC milliseconds) and on which machine it was given: the later one wins, and between
two of the same moment the order of machines and values decides, so that every machine decides alike. A clock
that is ahead wins only until its value was seen: what is given in the place of it is later by definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]  # a JSON object, with keys of newer versions too
MarkValue: TypeAlias = str | int | bool
RATING_MAX = 5
_NEVER = ""
_LATEST_MS = 253_402_300_800_000  # the year 10000: a moment that no clock shows counts as none


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with its time and the machine it was given on."""

    value: MarkValue
    at: int = 0  # UTC milliseconds; 0: never given
    by: str = _NEVER


@dataclass(frozen=True, slots=True)
class Marks:
    """What was said about a picture; tags one by one, those taken away included (their value is false)."""

    rating: Mark = Mark(0)  # 0 to 5
    rejected: Mark = Mark(False)
    title: Mark = Mark("")
    note: Mark = Mark("")
    tags: tuple[tuple[str, Mark], ...] = ()

    @property
    def tag_names(self) -> tuple[str, ...]:
        """The tags that hold, in alphabetical order."""
        return tuple(name for name, mark in self.tags if mark.value)


def marks_of(document: Any) -> Marks:
    """The marks that the JSON object holds; what is not as agreed counts as never given."""
    held = json_object(document)
    tags = json_object(held.get("tags"))
    return Marks(
        rating=_in_range(_mark(held.get("rating"), Mark(0))),
        rejected=_mark(held.get("rejected"), Mark(False)),
        title=_mark(held.get("title"), Mark("")),
        note=_mark(held.get("note"), Mark("")),
        tags=tuple((name, _mark(tags[name], Mark(False))) for name in sorted(tags)),
    )


def stamped(document: Document, values: Mapping[str, Any], now_ms: int, machine_id: str) -> Document:
    """``document`` with each of ``values`` given now; never earlier than what it takes the place of."""
    return {
        **document,
        **{name: _stamp(document.get(name), value, now_ms, machine_id) for name, value in values.items()},
    }


def unlike(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``values`` that ``document`` does not hold: the rest shall win over nobody's."""
    held = {name: json_object(document.get(name)) for name in values}
    return {
        name: value
        for name, value in values.items()
        if "value" not in held[name] or canonical(held[name]["value"]) != canonical(value)
    }


def merged_marks(first: Any, second: Any) -> Document:
    """Two objects of marks as one, value by value, tags one by one."""
    first, second = json_object(first), json_object(second)
    both = {name: later(first.get(name), second.get(name)) for name in first.keys() | second.keys()}
    if "tags" in both:
        both["tags"] = _later_each(*(json_object(side.get("tags")) for side in (first, second)))
    return both


def later(first: Any, second: Any) -> Any:
    """Which of two marks wins; one that is missing or not as agreed loses."""
    return max(first, second, key=_standing)


def json_object(held: Any) -> Document:
    """``held`` if it is a JSON object, else an empty one."""
    return held if isinstance(held, dict) else {}


def canonical(value: Any) -> str:
    """The same text for the same JSON value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def written(document: Document) -> bytes:
    """The JSON object as a file's bytes: the same for the same object, whichever machine writes it."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode(errors="replace")


def richest(values: Iterable[Any]) -> Any:
    """One of several values that ought to be the same, chosen alike everywhere; not None if one is not."""
    return max(values, key=lambda value: (value is not None, canonical(value)))


def _later_each(first: Document, second: Document) -> Document:
    return {name: later(first.get(name), second.get(name)) for name in first.keys() | second.keys()}


def _standing(mark: Any) -> tuple[bool, bool, int, str, str]:
    if not isinstance(mark, dict):
        return (False, mark is not None, 0, "", canonical(mark))
    at, by = _moment(mark), mark.get("by")
    return (True, at is not None, at or 0, by if isinstance(by, str) else "", canonical(mark))


def _moment(mark: Document) -> int | None:
    at = mark.get("at")
    return at if isinstance(at, int) and 0 <= at < _LATEST_MS else None


def _stamp(before: Any, value: Any, now_ms: int, machine_id: str) -> Document:
    held = json_object(before)
    at = _moment(held)
    return {**held, "value": value, "at": max(now_ms, 0 if at is None else at + 1), "by": machine_id}


def _in_range(rating: Mark) -> Mark:
    return rating if int(rating.value) in range(RATING_MAX + 1) else Mark(0)


def _mark(held: Any, never: Mark) -> Mark:
    if not isinstance(held, dict) or type(held.get("value")) is not type(never.value):
        return never
    by = held.get("by")
    return Mark(held["value"], _moment(held) or 0, by if isinstance(by, str) else _NEVER)
