"""A request as people read it: every key and value that is sent, what is long or secret cut short."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from seedream_desktop.generation.links import bare_link

if TYPE_CHECKING:
    from seedream_desktop.api.payload import Body, FilePart

_SHOWN_BYTES = 12  # of a reference, as base64


def shown_request(base_url: str, body: Body) -> str:
    """Address, headers and JSON of a request. The key is not in it; base64 and links are cut short."""
    text = "".join(part.decode() if isinstance(part, bytes) else _cut(part) for part in body.parts)
    fields: dict[str, Any] = json.loads(text)
    if "image" in fields:
        fields["image"] = [_without_query(one) for one in fields["image"]]
    return (
        f"POST {base_url}/images/generations\n"
        "Authorization: Bearer $COMETAPI_KEY\n"
        "Content-Type: application/json\n"
        f"Content-Length: {body.size_bytes}\n\n" + json.dumps(fields, ensure_ascii=False, indent=2)
    )


def _cut(part: FilePart) -> str:
    head = b""
    with suppress(OSError), part.path.open("rb") as file:
        head = file.read(_SHOWN_BYTES)
    return f"{base64.b64encode(head).decode()}… ({part.encoded_bytes} bytes)"


def _without_query(reference: str) -> str:
    """A link's query is what makes it work for anybody who has it."""
    bare = bare_link(reference)
    return f"{bare}…" if bare and bare != reference else reference
