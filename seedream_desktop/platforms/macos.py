"""macOS: everything goes through ``open``."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.platforms import posix
from seedream_desktop.platforms.environment import POSIX, allowed

if TYPE_CHECKING:
    from seedream_desktop.platforms.programs import Program
    from seedream_desktop.platforms.screens import ScreenPlace

Start = Callable[[Sequence[str], Mapping[str, str]], bool]
Hold = Callable[[Sequence[str], Mapping[str, str]], Callable[[], None] | None]
_ALLOWED = POSIX | {"__CF_USER_TEXT_ENCODING"}
_ALLOWED_PREFIXES = ("LC_",)
_APPLICATIONS = (Path("/Applications"), Path("/System/Applications"))


class MacOS:
    """What ``platform.Platform`` asks for, by the programs that come with macOS."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        start: Start = posix.start,
        hold: Hold = posix.hold,
        applications: tuple[Path, ...] = _APPLICATIONS,
    ) -> None:
        """Use the process's own environment unless another is given."""
        self._environment = os.environ if environment is None else environment
        self._start = start
        self._hold = hold
        self._applications = applications

    def default_library(self) -> Path:
        """The folder "Seedream" in the user's pictures; it need not exist."""
        return Path(self._environment.get("HOME") or Path.home()) / "Pictures" / "Seedream"

    def reveal(self, path: Path) -> bool:
        """Show ``path`` in the Finder; False when it could not."""
        return self._start(["open", "-R", str(path.absolute())], self.child_environment())

    def open_with_default(self, path: Path) -> bool:
        """Open ``path`` in the program that is meant for it; False when there is none."""
        return self._start(["open", str(path.absolute())], self.child_environment())

    def programs_for(self, path: Path) -> tuple[Program, ...]:
        """What opens files like ``path``, by name; macOS tells no program which one is meant for it."""
        from seedream_desktop.platforms.macos_programs import programs_for  # late: when one asks
        from seedream_desktop.platforms.programs import media_type_of  # late: as above

        own = Path(self._environment.get("HOME") or Path.home()) / "Applications"
        return programs_for(media_type_of(path), path.suffix, (own, *self._applications))

    def open_with(self, program_id: str, path: Path) -> bool:
        """Open ``path`` in the program of a bundle; False when it could not."""
        command = ["open", "-a", program_id, str(path.absolute())]
        return self._start(command, self.child_environment())

    def programs_folder(self) -> Path:
        """Where programs usually lie."""
        return self._applications[0]

    def hide(self, path: Path) -> None:
        """Nothing to do: a leading dot hides."""

    def child_environment(self) -> dict[str, str]:
        """The environment for child processes: no key, and nothing that points into a bundle."""
        return allowed(self._environment, _ALLOWED, _ALLOWED_PREFIXES)

    def stay_awake(self, why: str) -> Callable[[], None] | None:  # noqa: ARG002 - the others show it
        """Ask not to sleep until what is given back is called; macOS shows no reason."""
        return self._hold(("caffeinate", "-i", "cat"), self.child_environment())

    def screen_profile(self, place: ScreenPlace) -> bytes:
        """The ICC profile of a screen; empty: it has none that can be had."""
        from seedream_desktop.platforms import macos_screens  # late: when one looks

        return macos_screens.screen_profile(place)

    def lock(self, descriptor: int) -> bool:
        """Take the file's lock until it is closed or the process ends; False: another one has it."""
        return posix.lock(descriptor)
