"""Which screen is meant when the system is asked for its colour profile."""

from __future__ import annotations

from dataclasses import dataclass

PROFILE_BYTES_MOST = 1 << 22


@dataclass(frozen=True, slots=True)
class ScreenPlace:
    """A screen as windows know it. ``x`` and ``y``: its upper left corner, in the system's coordinates."""

    number: int  # among the screens, from 0
    name: str  # of its connector, where the system says that
    x: int = 0
    y: int = 0
