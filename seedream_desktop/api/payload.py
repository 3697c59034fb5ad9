"""The body of a request: its size is known before it is sent, its references are read while it is.

The order of the references is their meaning: image 1 of the prompt is the first in the body.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.generation.request import GenerationRequest, Reference

CHUNK_BYTES = 48 * 1024  # of a file, a multiple of 3, so that base64 of the chunks is base64 of the whole


@dataclass(frozen=True, slots=True)
class FilePart:
    """A reference in the body, as base64."""

    path: Path
    size_bytes: int
    sha256: str  # of what may be sent: others may write to the file at any time
    name: str

    @property
    def encoded_bytes(self) -> int:
        """Bytes of the base64."""
        return (self.size_bytes + 2) // 3 * 4


@dataclass(frozen=True, slots=True)
class Body:
    """The JSON of a request: text and files in turn."""

    parts: tuple[bytes | FilePart, ...]

    @property
    def size_bytes(self) -> int:
        """The Content-Length."""
        return sum(len(part) if isinstance(part, bytes) else part.encoded_bytes for part in self.parts)

    def chunks(self) -> Generator[bytes]:
        """The bytes, read as they are asked for. Raises ProblemError(REFERENCE_GONE)."""
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from _encoded(part)


def body_of(request: GenerationRequest, reference_path: Callable[[Reference], Path]) -> Body:
    """The body that asks for ``request``, with the keys that are set; a reference with a link is that link.

    ``reference_path`` says where the bytes of the others lie. Raises ProblemError(REFERENCE_GONE).
    """
    head = _json(_fields(request))
    if not request.references:
        return Body((head,))
    parts: list[bytes | FilePart] = [head[:-1] + b',"image":[']
    for place, reference in enumerate(request.references):
        comma = b"," if place else b""
        if reference.url:
            parts.append(comma + _json(reference.url))
            continue
        media_type = reference.media_type.lower().encode("ascii", "replace")
        parts += [comma + b'"data:' + media_type + b";base64,", _file_part(reference, reference_path), b'"']
    parts.append(b"]}")
    return Body(tuple(_joined(parts)))


def _fields(request: GenerationRequest) -> dict[str, object]:
    wanted: dict[str, object | None] = {
        "model": request.model,
        "prompt": request.prompt,
        "size": request.size.wire if request.size is not None else None,
        "response_format": request.response_format.value,
        "watermark": request.watermark,
        "guidance_scale": request.guidance_scale,
        "seed": request.seed,
        "output_format": request.output_format.value if request.output_format is not None else None,
    }
    if request.images_in_set is not None:
        wanted["sequential_image_generation"] = "auto"
        wanted["sequential_image_generation_options"] = {"max_images": request.images_in_set}
    return {name: value for name, value in wanted.items() if value is not None}


def _json(value: dict[str, object] | str) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")  # half a surrogate pair becomes "?"; nothing else is touched


def _file_part(reference: Reference, reference_path: Callable[[Reference], Path]) -> FilePart:
    name = reference.name or reference.sha256[:8]
    try:
        path = reference_path(reference)
        size_bytes = path.stat().st_size
    except OSError as error:
        raise _gone(name) from error
    if not size_bytes:
        raise _gone(name)
    return FilePart(path, size_bytes, reference.sha256, name)


def _joined(parts: list[bytes | FilePart]) -> Iterator[bytes | FilePart]:
    text = b""
    for part in parts:
        if isinstance(part, bytes):
            text += part
        else:
            yield text
            yield part
            text = b""
    yield text


def _encoded(part: FilePart) -> Generator[bytes]:
    """Its last bytes only where the whole is what it should be: no request with other bytes is complete."""
    left, digest = part.size_bytes, hashlib.sha256()
    try:
        with part.path.open("rb") as file:
            while chunk := file.read(min(CHUNK_BYTES, left)):
                left -= len(chunk)
                digest.update(chunk)
                if (len(chunk) % 3 and left) or (not left and digest.hexdigest() != part.sha256):
                    raise _gone(part.name)
                yield base64.b64encode(chunk)
    except OSError as error:
        raise _gone(part.name) from error
    if left:
        raise _gone(part.name)


def _gone(name: str) -> ProblemError:
    return ProblemError(Problem(ProblemKind.REFERENCE_GONE, Billed.NO, subject=name))
