"""Faults that a test switches on: what goes wrong, where, and how many times.

A fault is set as one JSON object (`POST /control/faults`); every key but `kind` has a default:

kind      status | html | empty | truncated_json | not_json | drop_before_body | drop_after_body | cut |
          silence | delay | drip | wrong_bytes | partial_failure | error_in_200 | missing | redirect |
          extra_pictures | damaged_pictures | both_forms | other_format | wrong_type | odd_data |
          error_beside | miscount | cut_after | event_stream |
          older_sizes (only what earlier documents granted: 5.0 lite without 4K, 5.0 Pro without 1.5K)
on        generations | links | models | billing | any               (default: generations)
times     how many requests it hits                                     (1)
delay_s   wait so long before it shows                                  (0)
status    status, html, redirect: the status of the answer              (500, html 200, redirect 307)
body      status: the body as text; body_base64 for any bytes           (CometAPI's error shape)
headers   status, redirect: headers as an object, such as Retry-After   ({})
location  redirect: where to                                            (/moved)
at_byte   cut: body bytes sent before the connection closes             (half)
billed    drop_after_body: the pictures are made and billed before it   (false)
reset     drop_*, cut: close with a reset instead of an orderly end     (false)
bytes_per_s  drip: speed of the body                                    (20000)
indexes   partial_failure, damaged_pictures: which pictures fail        ([0])
code, message  partial_failure, error_in_200, error_beside, status: what the error says
fields    missing: names left out, at the top or in data[i]             (["usage"])
count     extra_pictures: how many more than asked; miscount: how many more are counted than made;
          cut_after: items sent before the connection closes            (1)
shape     odd_data: null | object | text | strings | nested | single | bare: what `data` is like (null)
media_type  wrong_type: what a picture is said to be                    (text/html)
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum


class FaultKind(Enum):
    """What goes wrong."""

    STATUS = "status"
    HTML = "html"
    EMPTY = "empty"
    TRUNCATED_JSON = "truncated_json"
    NOT_JSON = "not_json"
    DROP_BEFORE_BODY = "drop_before_body"
    DROP_AFTER_BODY = "drop_after_body"
    CUT = "cut"
    SILENCE = "silence"
    DELAY = "delay"
    DRIP = "drip"
    WRONG_BYTES = "wrong_bytes"
    PARTIAL_FAILURE = "partial_failure"
    ERROR_IN_200 = "error_in_200"
    MISSING = "missing"
    REDIRECT = "redirect"
    EXTRA_PICTURES = "extra_pictures"
    DAMAGED_PICTURES = "damaged_pictures"
    BOTH_FORMS = "both_forms"
    OTHER_FORMAT = "other_format"
    WRONG_TYPE = "wrong_type"
    ODD_DATA = "odd_data"
    ERROR_BESIDE = "error_beside"
    MISCOUNT = "miscount"
    CUT_AFTER = "cut_after"
    EVENT_STREAM = "event_stream"
    OLDER_SIZES = "older_sizes"


class Shape(Enum):
    """What the `data` of an answer can be like instead of a list of objects."""

    NULL = "null"
    OBJECT = "object"
    TEXT = "text"
    STRINGS = "strings"
    NESTED = "nested"
    SINGLE = "single"
    BARE = "bare"


class Place(Enum):
    """Which requests a fault can hit."""

    GENERATIONS = "generations"
    LINKS = "links"
    MODELS = "models"
    BILLING = "billing"
    OTHER = "other"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as described at the top of this module."""

    kind: FaultKind
    on: Place = Place.GENERATIONS
    times: int = 1
    delay_s: float = 0.0
    status: int | None = None
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    location: str = "/moved"
    at_byte: int | None = None
    billed: bool = False
    reset: bool = False
    bytes_per_s: int = 20_000
    indexes: tuple[int, ...] = (0,)
    code: str = "OutputImageSensitiveContentDetected"
    message: str = "The output image may contain sensitive information."
    fields: tuple[str, ...] = ("usage",)
    count: int = 1
    shape: Shape = Shape.NULL
    media_type: str = "text/html"

    def hits(self, kind: FaultKind, index: int) -> bool:
        """Whether this is the fault `kind` and befalls picture `index`."""
        return self.kind is kind and index in self.indexes


class FaultQueue:
    """The faults that are on, oldest first; used on the event loop only."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switches a fault on for its next requests."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Switches all faults off."""
        self._faults.clear()

    def take(self, place: Place) -> Fault | None:
        """The fault that hits a request at this place, counted down; None when none does."""
        for position, fault in enumerate(self._faults):
            if fault.on in (place, Place.ANY):
                if fault.times > 1:
                    self._faults[position] = replace(fault, times=fault.times - 1)
                else:
                    del self._faults[position]
                return fault
        return None


def parse_fault(wish: Mapping[str, object]) -> Fault:
    """Reads a fault from its JSON object; raises ValueError that names the key which is not understood."""
    known = {field.name for field in fields(Fault)} | {"body_base64"}
    unknown = set(wish) - known
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    values = {key: _parse_value(key, value) for key, value in wish.items()}
    if "body_base64" in values:
        values["body"] = values.pop("body_base64")
    return Fault(**values)  # type: ignore[arg-type]


def _parse_value(key: str, value: object) -> object:
    match key, value:
        case "kind", str():
            return FaultKind(value)
        case "on", str():
            return Place(value)
        case "shape", str():
            return Shape(value)
        case "headers", dict():
            return tuple((str(name), str(text)) for name, text in value.items())
        case "body", str():
            return value.encode()
        case "body_base64", str():
            return _from_base64(value)
        case "indexes" | "fields", list():
            return tuple(value)
        case "reset" | "billed", bool():
            return value
        case "location" | "code" | "message" | "media_type", str():
            return value
        case "delay_s", int() | float():
            return float(value)
        case "times" | "status" | "at_byte" | "bytes_per_s" | "count", int():
            return value
        case _:
            raise ValueError(f"{key} cannot be {value!r}")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("body_base64 is not base64") from error
