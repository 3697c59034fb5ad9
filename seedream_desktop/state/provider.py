"""Where requests go, and with which key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Provider:
    """Where requests go, and the key that may come along; it is asked for after the first paint."""

    base_url: str  # checked
    credentials: Callable[[], Credentials]
    is_demo: bool = False
