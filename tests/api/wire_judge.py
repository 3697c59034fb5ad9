"""A strict judge of a raw request: what the provider documents, apart from the application's own table.

Sources: the seed document and ModelArk's image API reference, read 2026-11. Where sources conflict, the wider
one is taken: what is in no source at all is a fault.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

HEADERS = {
    "Host": r"127\.0\.0\.1:\d+",
    "User-Agent": r"seedream-desktop/\d+\.\d+\.\d+\S*",
    "Accept": r"application/json",
    "Accept-Encoding": r"identity",
    "Authorization": r"Bearer sk-[!-~]+",
    "Connection": r"close",
    "Content-Type": r"application/json",
    "Content-Length": r"[1-9]\d*",
    "Idempotency-Key": r"[0-9A-Za-z-]{1,64}",
    "X-Client-Request-Id": r"[0-9A-Za-z-]{1,64}",
}
ALWAYS = ("model", "prompt", "size", "response_format", "watermark")
SETS = ("sequential_image_generation", "sequential_image_generation_options")
PICTURE = re.compile(r"data:image/([a-z]+);base64,([A-Za-z0-9+/]+={0,2})")
COMMON_TYPES = ("jpeg", "png", "webp", "bmp", "tiff", "gif")
REFERENCES_AND_PICTURES = 15


@dataclass(frozen=True, slots=True)
class Rules:
    """What one family takes; pixels are totals."""

    presets: tuple[str, ...]
    pixels: tuple[int, int] | None  # None: no exact pixels
    references: tuple[int, int]
    more: tuple[str, ...] = ()  # fields beside those of every model
    media_types: tuple[str, ...] = COMMON_TYPES
    aspect: int = 16
    multiple_px: int = 1


LARGE, MEDIUM = 4096 * 4096, 4_624_220
T2I_3 = Rules((), (512 * 512, 2048 * 2048), (0, 0), ("seed", "guidance_scale"))
EDIT_3 = Rules(("adaptive",), None, (1, 1), ("image", "seed", "guidance_scale"), ("jpeg", "png"))
V_4_0 = Rules(("1K", "2K", "4K"), (921_600, LARGE), (0, 14), ("image", *SETS))
V_4_5 = Rules(("2K", "4K"), (3_686_400, LARGE), (0, 14), ("image", *SETS))
LITE = Rules(("2K", "3K", "4K"), (3_686_400, LARGE), (0, 14), ("image", "output_format", *SETS))
PRO_FIELDS, PRO_PRESETS = ("image", "output_format"), ("1K", "1.5K", "2K")
HEIC = (*COMMON_TYPES, "heic", "heif")
PRO = Rules(PRO_PRESETS, (921_600, MEDIUM), (0, 10), PRO_FIELDS, HEIC, multiple_px=16)
FLASH = Rules(PRO_PRESETS, (921_600, MEDIUM), (0, 10), PRO_FIELDS, multiple_px=16)
UNKNOWN = Rules(("2K",), (3_686_400, MEDIUM), (0, 10), ("image",))  # what every model takes
RULES = {
    "doubao-seedream-3-0-t2i-250415": T2I_3,
    "doubao-seededit-3-0-i2i-250628": EDIT_3,
    "doubao-seedream-4-0-250828": V_4_0,
    "seedream-4-0-250828": V_4_0,
    "doubao-seedream-4-5-251128": V_4_5,
    "seedream-4-5-251128": V_4_5,
    "doubao-seedream-5-0-260128": LITE,
    "doubao-seedream-5-0-lite-260128": LITE,
    "seedream-5-0-260128": LITE,
    "seedream-5-0-pro-260628": PRO,
    "doubao-seedream-5-0-pro-260628": PRO,
    "dola-seedream-5-0-pro-260628": PRO,
    "seedream-5-0-flash-260915": FLASH,
    "seedream-5-5-261028": FLASH,
    "dola-seedream-5-5-261028": FLASH,
    "doubao-seedream-6-0-270101": UNKNOWN,
    "bytedance-seedream-next": UNKNOWN,
}


class NotStrictError(ValueError):
    """JSON that not every reader reads alike."""


def faults(head: bytes, body: bytes) -> list[str]:
    """What is wrong with a request that arrived as ``head`` (without its empty line) and ``body``."""
    found = list(_head_faults(head, len(body)))
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except ValueError as error:
        return [*found, f"the body is no strict JSON: {error}"]
    if not isinstance(value, dict):
        return [*found, "the body is no object"]
    return found + list(_body_faults(value))


def pictures_of(body: bytes) -> list[bytes]:
    """The references that a body brings, decoded, in their order; a link as it is."""
    images = json.loads(body).get("image", [])
    return [
        base64.b64decode(image.partition(",")[2], validate=True)
        if image.startswith("data:")
        else image.encode()
        for image in images
    ]


def _head_faults(head: bytes, body_bytes: int) -> Iterator[str]:
    line, *lines = head.split(b"\r\n")
    if line != b"POST /v1/images/generations HTTP/1.1":
        yield f"request line {line!r}"
    fields = [re.fullmatch(rb"([A-Za-z-]+): ([!-~]+(?: [!-~]+)*)", one) for one in lines]
    pairs = [(one[1].decode(), one[2].decode()) for one in fields if one is not None]
    if len(pairs) != len(lines):
        yield "a header that is none"
    names = [name for name, _ in pairs]
    if sorted(names, key=str.lower) != sorted(HEADERS, key=str.lower):
        yield f"headers {sorted(names)}"
    for name, value in pairs:
        if not re.fullmatch(HEADERS.get(name, ".*"), value):
            yield f"{name}: {value}"
    values = dict(pairs)
    if values.get("Content-Length") != str(body_bytes):
        yield f"Content-Length {values.get('Content-Length')} of {body_bytes} bytes"
    if values.get("Idempotency-Key") != values.get("X-Client-Request-Id"):
        yield "two ids of one request"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise NotStrictError("a key twice")
    return dict(pairs)


def _constant(name: str) -> None:
    raise NotStrictError(name)


def _body_faults(value: dict[str, Any]) -> Iterator[str]:
    rules = RULES.get(value.get("model", ""))
    if rules is None:
        yield f"model {value.get('model')!r}"
        return
    if unknown := value.keys() - {*ALWAYS, *rules.more}:
        yield f"fields that the model does not take: {sorted(unknown)}"
    if missing := set(ALWAYS) - value.keys():
        yield f"fields that are always sent: {sorted(missing)}"
    for name in value.keys() & JUDGES.keys():
        if not JUDGES[name](value[name], rules):
            yield f"{name}: {str(value[name])[:80]!r}"
    references, options = value.get("image", []), value.get(SETS[1])
    if not rules.references[0] <= len(references) <= rules.references[1]:
        yield f"{len(references)} references"
    if (SETS[0] in value) != (SETS[1] in value):
        yield "half of a set"
    if isinstance(options, dict) and len(references) + options.get("max_images", 0) > REFERENCES_AND_PICTURES:
        yield "references and pictures"


def _is_prompt(value: Any, _rules: Rules) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_size(value: Any, rules: Rules) -> bool:
    if not isinstance(value, str) or value in rules.presets:
        return isinstance(value, str)
    match = re.fullmatch(r"([1-9]\d*)x([1-9]\d*)", value)
    if match is None or rules.pixels is None:
        return False
    width_px, height_px = int(match[1]), int(match[2])
    least, most = rules.pixels
    if not least <= width_px * height_px <= most:
        return False
    if max(width_px, height_px) > rules.aspect * min(width_px, height_px):
        return False
    return width_px % rules.multiple_px == height_px % rules.multiple_px == 0


def _is_image(value: Any, rules: Rules) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_reference(one, rules) for one in value)


def _is_reference(value: Any, rules: Rules) -> bool:
    if not isinstance(value, str):
        return False
    if value.startswith("https://"):
        return all("!" <= character <= "~" for character in value)
    match = PICTURE.fullmatch(value)
    if match is None or match[1] not in rules.media_types:
        return False
    try:
        return bool(base64.b64decode(match[2], validate=True))
    except binascii.Error:
        return False


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_number(value: Any, least: float, most: float) -> bool:
    return type(value) in (int, float) and least <= value <= most


JUDGES: dict[str, Callable[[Any, Rules], bool]] = {
    "prompt": _is_prompt,
    "size": _is_size,
    "image": _is_image,
    "response_format": lambda value, _: value in ("url", "b64_json"),
    "watermark": lambda value, _: isinstance(value, bool),
    "seed": lambda value, _: _is_whole(value, -1, 2_147_483_647),
    "guidance_scale": lambda value, _: _is_number(value, 1, 10),
    "output_format": lambda value, _: value in ("jpeg", "png"),
    SETS[0]: lambda value, _: value == "auto",
    SETS[1]: lambda value, _: (
        isinstance(value, dict)
        and value.keys() == {"max_images"}
        and _is_whole(value["max_images"], 1, REFERENCES_AND_PICTURES)
    ),
}
