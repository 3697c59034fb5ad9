"""What a server said when it refused, read out of any shape of body, and made fit to be shown."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

SAID_LIMIT = 300
_NESTING = 4  # objects inside objects, and JSON inside strings, that are looked into
_READ_LIMIT = 20_000  # characters of a text that are searched
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]{1,500}>", re.DOTALL | re.IGNORECASE)
_PAGE = re.compile(r"\s*<(!doctype html|html|head|body|script)\b", re.IGNORECASE)
_TITLE = re.compile(r"<(title|h1)[^<>]*>(.*?)</\1", re.DOTALL | re.IGNORECASE)
_XML_PART = re.compile(r"<(Code|Message)>(.*?)</\1>", re.DOTALL)
_DATA_URI = re.compile(r"data:[\w./+-]+;base64,[\w+/=-]*")
_QUERY = re.compile(r"(https?://[^\s?#\"'<>]*)[?#][^\s\"'<>]*", re.IGNORECASE)
_SECRET = re.compile(r"\bBearer\s+\S+|\bsk-[\w*.-]+", re.IGNORECASE)
_REQUEST_ID = re.compile(r"request[ _-]?id[\"']?\s*[:=：]\s*[\"']?([\w-]{8,100})", re.IGNORECASE)
_ID_TOLD = re.compile(
    r"\s*[(\[（]?\s*request[ _-]?id[\"']?\s*[:=：]\s*[\"']?[\w-]{8,100}[\"']?\s*[)\]）]?", re.IGNORECASE
)
_MESSAGE_KEYS = ("message", "msg", "detail", "error_message", "error_msg", "error_description", "Message")
_CODE_KEYS = ("code", "Code", "error_code", "type")


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a refusal; each is empty where the server did not say it."""

    code: str = ""
    message: str = ""
    field: str = ""
    request_id: str = ""
    is_html: bool = False
    is_json: bool = False


def read_refusal(body: bytes) -> Said:
    """What ``body`` says, whatever it is: JSON of any shape, XML, HTML, text, in UTF-8 or GBK."""
    text = _decoded(body)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _said_in_text(text)
    found = said_in(value)
    return Said(
        found.code,
        found.message,
        found.field,
        found.request_id or _request_id(text[:_READ_LIMIT]),
        is_json=True,
    )


def said_in(value: Any, depth: int = 0) -> Said:
    """What a JSON value says about an error."""
    if isinstance(value, str):
        return _said_in_string(value, depth)
    if isinstance(value, list):
        value = value[0] if value else {}
    if not isinstance(value, dict) or depth > _NESTING:
        return Said()
    inner = value.get("error", value.get("errors", value.get("Error")))
    if isinstance(inner, dict | list) or (isinstance(inner, str) and not _first_text(value, _MESSAGE_KEYS)):
        return _or_else(said_in(inner, depth + 1), _said_in_object(value, depth))
    return _said_in_object(value, depth)


def is_page(body: bytes) -> bool:
    """Whether ``body`` is a web page, or begins like one."""
    return _is_page(_decoded(body)[:_READ_LIMIT])


def fit_to_show(text: str, secrets: tuple[str, ...] = ()) -> str:
    """``text`` in one line of at most 300 characters, without tags, links' queries, base64 or keys."""
    shown = text[:_READ_LIMIT]
    for secret in secrets:
        if secret:
            shown = shown.replace(secret, "…")
    shown = _DATA_URI.sub("…", shown)
    shown = html.unescape(_TAGS.sub(" ", shown))
    shown = _SECRET.sub("…", _QUERY.sub(r"\1", shown))
    shown = "".join(" " if _is_unshowable(character) else character for character in shown)
    shown = " ".join(shown.split())
    return shown if len(shown) <= SAID_LIMIT else shown[: SAID_LIMIT - 1].rstrip() + "…"


def without_id(text: str) -> str:
    """``text`` without the id of the request, which is shown and copied by itself."""
    left = _ID_TOLD.sub("", text[:_READ_LIMIT]).strip()
    return left or text


def scrubbed(text: str, limit: int) -> str:
    """``text`` without halves of surrogate pairs and control characters, cut at ``limit``."""
    sound = text[:limit].encode("utf-8", "replace").decode("utf-8")
    return "".join(character for character in sound if not _is_unshowable(character))


def _decoded(body: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8-sig", "replace")


def _said_in_text(text: str) -> Said:
    start = text[:_READ_LIMIT]
    parts = dict(_XML_PART.findall(start))
    is_html = _is_page(start)
    title = _TITLE.search(start) if is_html else None
    message = parts.get("Message") or (title[2] if title else start)
    return Said(parts.get("Code", ""), message, request_id=_request_id(start), is_html=is_html)


def _is_page(text: str) -> bool:
    return bool(_PAGE.match(text)) or "</html>" in text.lower()


def _said_in_string(text: str, depth: int) -> Said:
    """A string that may hold the JSON of the server behind the server."""
    start = text.find("{")
    if start >= 0 and depth < _NESTING:
        try:
            value, _ = json.JSONDecoder().raw_decode(text[start:])
        except (ValueError, RecursionError):
            value = None
        inner = said_in(value, depth + 1) if isinstance(value, dict) else Said()
        if inner.code or inner.message:
            return inner
    return Said(message=text[:_READ_LIMIT], request_id=_request_id(text[:_READ_LIMIT]))


def _said_in_object(value: dict[str, Any], depth: int) -> Said:
    message = next((value[key] for key in _MESSAGE_KEYS if value.get(key)), "")
    inner = said_in(message, depth + 1) if isinstance(message, str | dict | list) else Said()
    field = _first_text(value, ("param", "field")) or _place(value.get("loc"))
    request_id = _first_text(value, ("request_id", "requestId", "RequestId"))
    own = Said(_first_text(value, _CODE_KEYS), inner.message, field, request_id[:100])
    return _or_else(Said(inner.code, inner.message, inner.field, inner.request_id), own)


def _or_else(first: Said, second: Said) -> Said:
    return Said(
        first.code or second.code,
        first.message or second.message,
        first.field or second.field,
        first.request_id or second.request_id,
    )


def _first_text(value: dict[str, Any], keys: tuple[str, ...]) -> str:
    """The first of ``keys`` that holds words; a number such as ``"code": 0`` says nothing."""
    texts = (value.get(key) for key in keys)
    return next((text[:SAID_LIMIT] for text in texts if isinstance(text, str) and text.strip()), "")


def _place(location: Any) -> str:
    """The field in a list such as ``["body", "size"]``."""
    if not isinstance(location, list):
        return ""
    return next((part for part in reversed(location) if isinstance(part, str) and part != "body"), "")


def _request_id(text: str) -> str:
    found = _REQUEST_ID.search(text)
    return found[1] if found else ""


def _is_unshowable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
