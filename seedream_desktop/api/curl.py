"""A request as a command for a terminal: what is sent is byte for byte what this program sends.

The key is not in it: the shell takes it from ``COMETAPI_KEY``. For any POSIX shell with curl and base64.
References may be longer than a command line: they are read from their files, through a pipe.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.api.payload import FilePart, body_of

if TYPE_CHECKING:
    from seedream_desktop.generation.request import GenerationRequest, Reference

ARGUMENT_BYTES = (
    100_000  # Linux takes 131,072 for one argument (MAX_ARG_STRLEN, include/uapi/linux/binfmts.h)
)
_QUOTED = "'"


def curl_command(
    base_url: str, request: GenerationRequest, reference_path: Callable[[Reference], Path]
) -> str:
    """What to type into a terminal for ``request``. Raises ProblemError(REFERENCE_GONE)."""
    body = body_of(request, reference_path)
    head = (
        f"curl --silent --show-error {_quoted(base_url + '/images/generations')} \\\n"
        '  --header "Authorization: Bearer $COMETAPI_KEY" \\\n'
        "  --header 'Content-Type: application/json' \\\n"
    )
    (first, *others) = body.parts
    if not others and isinstance(first, bytes) and len(first) <= ARGUMENT_BYTES:
        return f"{head}  --data-raw {_quoted(first.decode())}\n"
    parts = "".join(f"  {_printed(part)}\n" for part in body.parts)
    return f"{{\n{parts}}} | {head}  --data-binary @-\n"


def _printed(part: bytes | FilePart) -> str:
    """What writes this part of the body: ``printf`` is the shell's own, so its arguments have no limit."""
    if isinstance(part, FilePart):
        return f"base64 < {_quoted(str(part.path.absolute()))} | tr -d '\\n'"
    return f"printf %s {_quoted(part.decode())}"


def _quoted(text: str) -> str:
    """One word for the shell, whatever is in it; a body holds no line breaks, JSON writes them as letters."""
    return _QUOTED + text.replace(_QUOTED, "'\\''") + _QUOTED
