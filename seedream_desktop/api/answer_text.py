"""The JSON in an answer's text: one value, several in a row, told as events, or cut off in the middle."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BRACKETS = 20_000  # opened in one answer at most: an empty object takes 30 times its bytes in memory
NUMBER_DIGITS = 18  # of the numbers that are kept; more is no number of pictures or seconds
_VALUES = 100  # in a row
_DEPTH = 50  # brackets inside brackets that are followed where a text was cut
_CUT_LIMIT = 1024 * 1024  # characters of a cut text that are looked through
_COMMENTS = re.compile(r"\A\s*(?::[^\n]*(?:\n\s*|\Z))+")
_EVENTS = re.compile(r"\A\s*(?:data|event|id|retry):")
_BETWEEN_EVENTS = re.compile(r"\r?\n[ \t]*\r?\n")
_FIELD = re.compile(r"^(data|event):[ ]?(.*)$", re.MULTILINE)
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:"]', re.DOTALL)
_BLANKS = re.compile(r"\s*")
_CLOSING = {"[": "]", "{": "}"}
_OF_THE_EVENT = ("type", "model", "created", "image_index", "usage")  # say nothing of its picture
_OF_THE_ANSWER = ("model", "created", "usage")
_PREVIEW = "partial_image"


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells; ``is_whole`` is False where more pictures may have been meant to follow."""

    value: Any
    is_whole: bool


def told_in(text: bytes) -> Told:
    """The value in ``text``, None where there is none; numbers that are none (NaN, 10**5000) are None."""
    if text.count(b"{") + text.count(b"[") > _BRACKETS:
        return Told(None, is_whole=True)
    words = _COMMENTS.sub("", _decoded(text))
    if _EVENTS.match(words):
        return _told_by_events(words)
    values, rest = _values(words)
    for value in values:
        if isinstance(value, dict) and "data" in value:
            return Told(value, is_whole=True)
    cut, is_whole = _closed(rest)
    if cut is not None and (not values or "data" in cut):
        return Told(cut, is_whole)
    return Told(values[0] if values else None, is_whole=True)


def _decoded(text: bytes) -> str:
    for encoding in (json.detect_encoding(text), "gb18030"):
        try:
            return text.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return text.decode("utf-8-sig", "replace")


def _values(words: str) -> tuple[list[Any], str]:
    """The values that stand in a row at the start, and what comes after them."""
    values: list[Any] = []
    place = 0
    while len(values) < _VALUES:
        blanks = _BLANKS.match(words, place)
        place = blanks.end() if blanks is not None else place
        try:
            value, place = _DECODER.raw_decode(words, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
    return values, words[place:]


def _closed(text: str) -> tuple[Any, bool]:
    """What came whole of a text that was cut, and whether that is all of its ``data``; None: nothing."""
    opened: list[str] = []
    end, still_open = 0, ""
    is_value = False
    for mark in _MARK.finditer(text[:_CUT_LIMIT]):
        sign = mark[0]
        if sign in _CLOSING:
            opened.append(_CLOSING[sign])
        elif sign == '"' or len(opened) > _DEPTH or not opened:
            break
        elif sign in "]}":
            if opened.pop() != sign:
                break
            end, still_open = mark.end(), "".join(opened)
        elif sign == ",":
            end, still_open = mark.start(), "".join(opened)
        elif sign != ":" and (is_value or opened[-1] == "]"):
            end, still_open = mark.end(), "".join(opened)
        is_value = sign == ":"
    value = _value(text[:end] + still_open[::-1])
    return (value, still_open in {"", "}"} and "data" in value) if isinstance(value, dict) else (None, False)


def _told_by_events(words: str) -> Told:
    """The answer that a stream of events adds up to (endpoint reference, streaming; read 2026-11)."""
    told = _Events()
    for name, payload in _events(words):
        if payload == "[DONE]":
            return told.all(is_whole=True)
        value = _value(payload)
        is_cut = value is None
        if is_cut:
            value, _ = _closed(payload)
        told.is_whole = not is_cut
        if isinstance(value, dict):
            told.take(value, str(value.get("type") or name))
    return told.all(told.is_whole)


def _events(words: str) -> Iterator[tuple[str, str]]:
    """Name and payload of each; lines of one event are one payload, unless each is a value by itself."""
    for block in _BETWEEN_EVENTS.split(words):
        name, lines = "", list[str]()
        for field, text in _FIELD.findall(block):
            if field == "event":
                name = text.strip()
            else:
                lines.append(text.strip())
        payload = "\n".join(lines)
        if len(lines) > 1 and _value(payload) is None:
            yield from ((name, line) for line in lines)
        elif lines:
            yield name, payload


class _Events:
    """Events, put together as the answer that would have come without them."""

    def __init__(self) -> None:
        self.is_whole = True
        self._items: list[tuple[int, dict[str, Any]]] = []
        self._rest: dict[str, Any] = {}

    def take(self, value: dict[str, Any], name: str) -> None:
        """Take what one event says."""
        if name.endswith(_PREVIEW):
            return
        is_item = "image_index" in value or name.endswith("partial_failed")
        if is_item or value.get("url") or value.get("b64_json"):
            self._items.append((self._index(value), _without(value, _OF_THE_EVENT)))
            self._rest |= {key: value[key] for key in _OF_THE_ANSWER if key in value}
        elif name == "error" and not value.get("error"):
            self._rest["error"] = value
        elif isinstance(value.get("data"), dict | list) and "data" in self._rest:
            self._items += ((len(self._items), {"data": value["data"]}),)
        else:
            self._rest |= _without(value, ("type",))

    def all(self, is_whole: bool) -> Told:
        """What they add up to."""
        items: list[Any] = [item for _, item in sorted(self._items, key=lambda placed: placed[0])]
        if "data" in self._rest and items:
            items.insert(0, {"data": self._rest["data"]})
        return Told(self._rest | ({"data": items} if items else {}), is_whole)

    def _index(self, value: dict[str, Any]) -> int:
        index = value.get("image_index")
        return index if isinstance(index, int) and index >= 0 else len(self._items)


def _without(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value[key] for key in value if key not in keys}


def _value(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(
    parse_constant=lambda _: None,
    parse_float=_finite,
    parse_int=lambda digits: int(digits) if len(digits) <= NUMBER_DIGITS else None,
    strict=False,
)
