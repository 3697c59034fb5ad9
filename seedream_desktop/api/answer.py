"""What came back, read from any shape of answer; what cannot be read is a problem, never a crash."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.expiry import link_expiry_ms
from seedream_desktop.api.failures import Asked, refusal_inside
from seedream_desktop.api.words_said import said_in, scrubbed
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Answer, AnsweredPicture

if TYPE_CHECKING:
    from seedream_desktop.api.spool import IncomingAnswer

_NUMBER_DIGITS = 18  # of the numbers that are kept; more is no number of pictures or seconds
_DATE_MAX_S = 10**11  # year 5138; more are milliseconds
_DAY_S = 86_400
_EXTRA_LIMIT = 64 * 1024
_KNOWN = frozenset(("data", "created", "created_at", "model", "usage", "error"))
_KNOWN_USAGE = frozenset(("generated_images", "output_tokens", "total_tokens"))
_KNOWN_ITEM = frozenset(("url", "b64_json", "size", "error"))
_SIZE = re.compile(r"\d{1,5}\s*[xX×*]\s*\d{1,5}")


@dataclass(frozen=True, slots=True)
class Received:
    """The circumstances of an answer: who asked, the server's id and clock (Unix seconds)."""

    asked: Asked
    request_id: str
    server_s: float


def read_answer(incoming: IncomingAnswer, received: Received) -> Answer:
    """The answer in ``incoming``.

    Raises ProblemError: ANSWER_UNREADABLE, ANSWER_EMPTY, or what a refusal inside means; OSError.
    """
    value = _parsed(incoming.text())
    error = said_in(value["error"]) if isinstance(value, dict) and value.get("error") else None
    problem = refusal_inside(error, received.asked) if error is not None else None
    items = _items(value)
    if items is None:
        raise ProblemError(problem or _unreadable(received))
    if not items:
        raise ProblemError(
            problem or Problem(ProblemKind.ANSWER_EMPTY, Billed.YES, request_id=received.request_id)
        )
    usage = value["usage"] if isinstance(value.get("usage"), dict) else {}
    created = _whole(value.get("created", value.get("created_at")))
    if created is not None and created > _DATE_MAX_S:
        created //= 1000
    reader = _ItemReader(incoming, received, _born_s(created, received.server_s))
    return Answer(
        pictures=tuple(reader.picture(index, item) for index, item in enumerate(items)),
        created=created,
        model=scrubbed(value["model"], 200) if isinstance(value.get("model"), str) else "",
        generated_images=_whole(usage.get("generated_images")),
        output_tokens=_whole(usage.get("output_tokens")),
        total_tokens=_whole(usage.get("total_tokens")),
        request_id=received.request_id,
        problem=problem,
        extra_json=_extra(value, usage, items, incoming.token),
    )


class _ItemReader:
    def __init__(self, incoming: IncomingAnswer, received: Received, born_s: float) -> None:
        self._incoming = incoming
        self._received = received
        self._born_ms = int(born_s * 1000)

    def picture(self, index: int, item: Any) -> AnsweredPicture:
        if isinstance(item, str):
            item = {"url" if item.startswith(("http:", "https:")) else "b64_json": item}
        if not isinstance(item, dict):
            return AnsweredPicture(index, problem=self._problem(ProblemKind.ANSWER_UNREADABLE))
        size = item.get("size")
        size_said = size.strip() if isinstance(size, str) and _SIZE.fullmatch(size.strip()) else ""
        text = self._inline(item)
        name = f"picture-{index}.bin"
        if text and self._incoming.picture(text, name):
            return AnsweredPicture(index, spool_name=name, size_said=size_said)
        url = _link(item.get("url"))
        if url:
            expires_ms = link_expiry_ms(url) or self._born_ms + _DAY_S * 1000
            return AnsweredPicture(index, url=url, size_said=size_said, expires_ms=expires_ms)
        return AnsweredPicture(index, size_said=size_said, problem=self._reason(item, text))

    def _inline(self, item: Mapping[str, Any]) -> str:
        """The base64 of a picture, also where it came as a data URI in the link's place."""
        inline, url = item.get("b64_json"), item.get("url")
        if isinstance(inline, str) and inline.strip():
            return inline
        return url if isinstance(url, str) and url.startswith(("data:", self._incoming.token)) else ""

    def _reason(self, item: Mapping[str, Any], text: str) -> Problem:
        if item.get("error"):
            refused = refusal_inside(said_in(item["error"]), self._received.asked)
            return replace(refused, billed=Billed.NO)  # what is billed are the pictures that came about
        if text:
            return self._problem(ProblemKind.PICTURE_DAMAGED)
        if item.get("url"):
            return self._problem(ProblemKind.ANSWER_UNREADABLE)
        return self._problem(ProblemKind.ANSWER_EMPTY)

    def _problem(self, kind: ProblemKind) -> Problem:
        return Problem(kind, Billed.YES, request_id=self._received.request_id)


def _parsed(text: bytes) -> Any:
    """The JSON value, None where it is none; numbers that are none (NaN, 10**5000) become None."""
    try:
        return json.loads(
            text.decode("utf-8-sig", "replace"),
            parse_constant=lambda _: None,
            parse_float=_finite,
            parse_int=lambda digits: int(digits) if len(digits) <= _NUMBER_DIGITS else None,
            strict=False,
        )
    except (ValueError, RecursionError):
        return None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _items(value: Any) -> list[Any] | None:
    """The pictures' entries; None when the answer is not as agreed."""
    if not isinstance(value, dict) or "data" not in value:
        return None
    entries = value["data"]
    if isinstance(entries, dict):
        return [entries] if entries else []
    if entries is None or entries == []:
        return []
    return entries if isinstance(entries, list) else None


def _unreadable(received: Received) -> Problem:
    return Problem(ProblemKind.ANSWER_UNREADABLE, Billed.YES, request_id=received.request_id)


def _link(value: Any) -> str:
    """``value`` as it came, without blanks around it, if it is a link; else empty."""
    if not isinstance(value, str):
        return ""
    try:
        Link.parse(value)
    except ValueError:
        return ""
    return value.strip()


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= _NUMBER_DIGITS:
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_NUMBER_DIGITS:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _born_s(created: int | None, server_s: float) -> float:
    """When the links were made: as answered where that can be, else now by the server's clock."""
    return float(created) if created is not None and abs(created - server_s) < _DAY_S else server_s


def _extra(value: Mapping[str, Any], usage: Mapping[str, Any], items: list[Any], token: str) -> str:
    """The keys that are not ours, as JSON; empty when there are none."""
    rest: dict[str, Any] = {key: value[key] for key in value if key not in _KNOWN}
    if more := {key: usage[key] for key in usage if key not in _KNOWN_USAGE}:
        rest["usage"] = more
    each = {
        str(index): {key: item[key] for key in item if key not in _KNOWN_ITEM}
        for index, item in enumerate(items)
        if isinstance(item, dict) and item.keys() - _KNOWN_ITEM
    }
    if each:
        rest["data"] = each
    if not rest:
        return ""
    try:
        text = json.dumps(rest, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return ""
    return text if len(text) <= _EXTRA_LIMIT and token not in text else ""
