"""Faults that a test switches on: what goes wrong, where, and how many times.

A fault is set as one JSON object (`POST /control/faults`); every key but `kind` has a default:

kind      status | html | empty | truncated_json | not_json | drop_before_body | drop_after_body | cut |
          silence | delay | drip | wrong_bytes | partial_failure | error_in_200 | missing | redirect |
          extra_pictures
on        generations | links | models | billing | any               (default: generations)
times     how many requests it hits                                     (1)
delay_s   wait so long before it shows                                  (0)
status    status, html, redirect: the status of the answer              (500, html 200, redirect 307)
body      status: the body as text; body_base64 for any bytes           (CometAPI's error shape)
headers   status, redirect: headers as an object, such as Retry-After   ({})
location  redirect: where to                                            (/moved)
at_byte   cut: body bytes sent before the connection closes             (half)
reset     drop_*, cut: close with a reset instead of an orderly end     (false)
bytes_per_s  drip: speed of the body                                    (20000)
indexes   partial_failure: which pictures fail                          ([0])
code, message  partial_failure, error_in_200, status: what the error says
fields    missing: names left out, at the top or in data[i]             (["usage"])
count     extra_pictures: how many more than asked                      (1)
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
    reset: bool = False
    bytes_per_s: int = 20_000
    indexes: tuple[int, ...] = (0,)
    code: str = "OutputImageSensitiveContentDetected"
    message: str = "The output image may contain sensitive information."
    fields: tuple[str, ...] = ("usage",)
    count: int = 1


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
        case "headers", dict():
            return tuple((str(name), str(text)) for name, text in value.items())
        case "body", str():
            return value.encode()
        case "body_base64", str():
            return _from_base64(value)
        case "indexes" | "fields", list():
            return tuple(value)
        case "reset", bool():
            return value
        case "location" | "code" | "message", str():
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
