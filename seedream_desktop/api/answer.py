"""What came back, read from any shape of answer; what cannot be read is a problem, never a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.answer_text import NUMBER_DIGITS, told_in
from seedream_desktop.api.expiry import link_expiry_ms
from seedream_desktop.api.failures import Asked, refusal_inside
from seedream_desktop.api.words_said import said_in, scrubbed
from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.spool import IncomingAnswer

_DATE_MAX_S = 10**11  # year 5138; more are milliseconds
_DAY_S = 86_400
_EXTRA_LIMIT = 64 * 1024
_ITEMS_MOST = 100  # a list of more is no list of pictures
_NESTING = 4  # lists and objects around the entries that are looked into
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


def read_answer(incoming: IncomingAnswer, received: Received, broken: Problem | None = None) -> Answer:
    """The answer in ``incoming``; ``broken`` is why it ended before its end, if it did.

    Raises ProblemError: ``broken``, ANSWER_UNREADABLE, ANSWER_EMPTY, or what a refusal inside means; OSError.
    """
    told = told_in(incoming.text())
    value = _object(told.value)
    said = said_in(value["error"]) if value.get("error") else None
    problem = refusal_inside(said, received.asked) if said is not None else None
    items = _items(value)
    usage = value["usage"] if isinstance(value.get("usage"), dict) else {}
    created = _whole(value.get("created", value.get("created_at")))
    if created is not None and created > _DATE_MAX_S:
        created //= 1000
    generated = _whole(usage.get("generated_images"))
    if generated is not None and generated > _ITEMS_MOST:
        generated = None  # no count of pictures, and costs are counted by it
    reader = _ItemReader(incoming, received, _born_s(created, received.server_s))
    pictures = tuple(reader.picture(index, item) for index, item in enumerate(items or ()))
    if not told.is_whole and pictures and _is_nothing(pictures[-1]):
        pictures = pictures[:-1]  # the one in which it broke off
    if not pictures:
        nothing = _nothing(received, is_read=items is not None and told.is_whole)
        if generated == 0 and told.is_whole:
            nothing = replace(nothing, billed=Billed.NO)
        raise ProblemError(problem or broken or nothing)
    if said is not None and not (said.code or said.message):
        problem = None  # an empty form that comes with every answer
    rest = _Rest(received, len(pictures), generated)
    problem, rest_count = rest.of(problem, broken, is_whole=told.is_whole)
    return Answer(
        pictures=_with_money(pictures, generated),
        created=created,
        model=scrubbed(value["model"], 200) if isinstance(value.get("model"), str) else "",
        generated_images=generated,
        output_tokens=_whole(usage.get("output_tokens")),
        total_tokens=_whole(usage.get("total_tokens")),
        request_id=received.request_id,
        problem=problem,
        rest_count=rest_count,
        extra_json=_extra(value, usage, items or [], incoming.token),
    )


@dataclass(frozen=True, slots=True)
class _Rest:
    """What did not come after the pictures of an answer."""

    received: Received
    delivered: int
    generated: int | None  # pictures that were made, as the server counts them

    def of(
        self, problem: Problem | None, broken: Problem | None, *, is_whole: bool
    ) -> tuple[Problem | None, int]:
        """Why it did not come, and how many pictures that are at most; a shorter set is complete as it is."""
        request = self.received.asked.request
        ceiling = request.pictures_at_most if request is not None else 1
        rest = max(0, ceiling - self.delivered)
        if problem is not None:
            return problem, rest
        if not is_whole and rest:
            unread = Problem(ProblemKind.ANSWER_UNREADABLE, Billed.MAYBE, request_id=self.received.request_id)
            return broken or unread, rest
        if self.generated is not None and self.delivered < self.generated <= ceiling:
            return _nothing(self.received, is_read=True), self.generated - self.delivered
        return None, 0


def _is_nothing(picture: AnsweredPicture) -> bool:
    return picture.problem is not None and picture.problem.kind is ProblemKind.ANSWER_EMPTY


def _with_money(pictures: tuple[AnsweredPicture, ...], generated: int | None) -> tuple[AnsweredPicture, ...]:
    """The failures among ``pictures`` are billed as the server counts: only what it generated costs."""
    failed = sum(picture.problem is not None for picture in pictures)
    made = len(pictures) - failed
    if generated is None or not made < generated <= len(pictures):
        return pictures
    billed = Billed.YES if generated == len(pictures) else Billed.MAYBE
    return tuple(
        replace(picture, problem=replace(picture.problem, billed=billed)) if picture.problem else picture
        for picture in pictures
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
        text, url = self._inline(item), _link(item.get("url"))
        name = f"picture-{index}.bin"
        if not (text and self._incoming.picture(text, name)):
            name = ""
        if not name and not url:
            return AnsweredPicture(index, size_said=size_said, problem=self._reason(item, text))
        expires_ms = (link_expiry_ms(url) or self._born_ms + _DAY_S * 1000) if url else None
        return AnsweredPicture(index, url, name, size_said, expires_ms=expires_ms)

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
            return self._problem(ProblemKind.RESULT_DAMAGED)
        if item.get("url"):
            return self._problem(ProblemKind.ANSWER_UNREADABLE)
        return self._problem(ProblemKind.ANSWER_EMPTY)

    def _problem(self, kind: ProblemKind) -> Problem:
        return Problem(kind, Billed.YES, request_id=self._received.request_id)


def _object(value: Any) -> dict[str, Any]:
    """``value``, or around a bare list of pictures the object that it lacks; empty for what is neither."""
    is_list = isinstance(value, list) and any(
        isinstance(one, dict) and one.keys() & _KNOWN_ITEM for one in value
    )
    if is_list:
        return {"data": value}
    return value if isinstance(value, dict) else {}


def _items(value: Mapping[str, Any]) -> list[Any] | None:
    """The pictures' entries, out of whatever they are wrapped in; None when the answer is not as agreed."""
    if "data" not in value:
        return [value] if value.get("url") or value.get("b64_json") else None
    entries = value["data"]
    if entries is None or entries == {}:
        return []
    if _link(entries):
        return [entries]
    if not isinstance(entries, dict | list):
        return None
    flat = list(islice(_flat(entries, 0), _ITEMS_MOST + 1))
    return flat if len(flat) <= _ITEMS_MOST else None


def _flat(entries: Any, depth: int) -> Iterator[Any]:
    if depth < _NESTING and isinstance(entries, list):
        for entry in entries:
            yield from _flat(entry, depth + 1)
    elif depth < _NESTING and isinstance(entries, dict) and isinstance(entries.get("data"), dict | list):
        yield from _flat(entries["data"], depth + 1)
    else:
        yield entries


def _nothing(received: Received, *, is_read: bool) -> Problem:
    kind = ProblemKind.ANSWER_EMPTY if is_read else ProblemKind.ANSWER_UNREADABLE
    return Problem(kind, Billed.YES, request_id=received.request_id)


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
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= NUMBER_DIGITS:
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**NUMBER_DIGITS:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _born_s(created: int | None, server_s: float) -> float:
    """When the links were made: as answered where that can be, else now by the server's clock."""
    return float(created) if created is not None and abs(created - server_s) < _DAY_S else server_s


def _extra(value: Mapping[str, Any], usage: Mapping[str, Any], items: list[Any], token: str) -> str:
    """The keys that are not ours, as JSON; empty when there are none."""
    rest: dict[str, Any] = {key: value[key] for key in value if key not in _KNOWN}
    if value.get("error"):  # beside pictures
        rest["error"] = value["error"]
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
    text = re.sub(rf"{token}-\d+", "…", text)  # a long string that is in a file
    return text if len(text) <= _EXTRA_LIMIT else ""
