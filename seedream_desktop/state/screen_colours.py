"""The colour profiles of the screens: what the system names, else the file that was chosen, else sRGB."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from seedream_desktop.platforms.screens import ScreenPlace

if TYPE_CHECKING:
    from seedream_desktop.tasks import TaskRunner

_NAME_LETTERS = 16


class ColourOrigin(Enum):
    """Where a screen's colours are known from."""

    SYSTEM = "system"
    CHOSEN = "chosen"
    NONE = "none"  # taken for sRGB


@dataclass(frozen=True, slots=True)
class ScreenColour:
    """What pictures on a screen are converted to. ``profile`` None: sRGB."""

    profile: Path | None = None
    origin: ColourOrigin = ColourOrigin.NONE


class ScreenColours(QObject):
    """Asks the system off the GUI thread and keeps what it says, as files that the worker reads."""

    changed = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        profile_of: Callable[[ScreenPlace], bytes],
        folder: Path,
        chosen: str = "",
    ) -> None:
        """``profile_of`` blocks; ``folder`` is for copies of profiles; ``chosen``: a path, or empty."""
        super().__init__()
        self._runner = runner
        self._profile_of = profile_of
        self._folder = folder
        self._chosen = chosen
        self._known: dict[ScreenPlace, Path | None] = {}
        self._asked: set[ScreenPlace] = set()

    def of(self, screen: QScreen) -> ScreenColour:
        """What is known of ``screen`` by now."""
        profile = self._known.get(place_of(screen))
        if profile is not None:
            return ScreenColour(profile, ColourOrigin.SYSTEM)
        return ScreenColour(Path(self._chosen), ColourOrigin.CHOSEN) if self._chosen else ScreenColour()

    def ask(self, screen: QScreen) -> None:
        """Ask the system, also if it has been: profiles are assigned while programs run."""
        place = place_of(screen)
        if place not in self._asked:
            self._asked.add(place)
            self._runner.call(
                lambda: self._kept(place),
                lambda path: self._on_answer(place, path),
                lambda _: self._on_answer(place, None),
            )

    def choose(self, path: str) -> None:
        """Take another file for the screens that the system names no profile for; empty: sRGB."""
        if path != self._chosen:
            self._chosen = path
            self.changed.emit()

    def _kept(self, place: ScreenPlace) -> Path | None:
        """Called on a thread of the runner."""
        content = self._profile_of(place)
        if not content:
            return None
        target = self._folder / f"{hashlib.sha256(content).hexdigest()[:_NAME_LETTERS]}.icc"
        with suppress(OSError):
            if not target.is_file():
                self._folder.mkdir(parents=True, exist_ok=True)
                partial = target.with_name(f".{target.name}.{os.getpid()}")
                partial.write_bytes(content)
                partial.replace(target)
            return target
        return None

    def _on_answer(self, place: ScreenPlace, path: Path | None) -> None:
        self._asked.discard(place)
        is_new = self._known.get(place) != path
        self._known[place] = path
        if is_new:
            self.changed.emit()


def place_of(screen: QScreen) -> ScreenPlace:
    """The screen as the system is asked for it."""
    corner, screens = screen.geometry().topLeft(), QGuiApplication.screens()
    number = screens.index(screen) if screen in screens else len(screens)
    return ScreenPlace(number, screen.name(), corner.x(), corner.y())
