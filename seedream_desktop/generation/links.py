"""Links without what makes them credentials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference


def bare_link(url: str) -> str:
    """Scheme, host and path: the rest of a link is a credential. Empty for what is no link."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}{port}{parts.path}" if parts.scheme in ("http", "https") and host else ""


def with_bare_links(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """References whose links keep scheme, host and path only."""
    return tuple(
        replace(reference, url=bare_link(reference.url)) if reference.url else reference
        for reference in references
    )
