"""Windows: Known Folders, Explorer, file attributes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from seedream_desktop.platforms.environment import COMMON, allowed
from seedream_desktop.platforms.windows_system import WindowsSystem

if TYPE_CHECKING:
    from seedream_desktop.platforms.programs import Program
    from seedream_desktop.platforms.screens import ScreenPlace

_ALLOWED = COMMON | {
    "APPDATA",
    "COMSPEC",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "NUMBER_OF_PROCESSORS",
    "OS",
    "PATHEXT",
    "PROGRAMDATA",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "USERDOMAIN",
    "USERNAME",
    "USERPROFILE",
    "WINDIR",
}
_ALLOWED_PREFIXES = ("PROGRAMFILES", "COMMONPROGRAMFILES", "PROCESSOR_")
_PICTURES_FOLDER = "{33E28130-4E1E-4676-835A-98395C3BC3BB}"  # FOLDERID_Pictures, Windows SDK
_ATTRIBUTE_HIDDEN = 0x2
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001  # SetThreadExecutionState, Windows SDK


class System(Protocol):
    """The few calls of Windows itself that are needed, so that a test can stand in for them."""

    def known_folder(self, identifier: str) -> str:
        """The path of a Known Folder, empty when there is none."""

    def run(self, command_line: str) -> bool:
        """Start a program by its command line; False when that failed."""

    def open_file(self, path: str) -> bool:
        """Open a file as a double click does; False when nothing can."""

    def registry_values(self, key: str) -> Mapping[str, str]:
        """The texts in a key of the registry by their names, its default by none; empty: no such key."""

    def add_attribute(self, path: str, attribute: int) -> None:
        """Add a file attribute. Raises OSError."""

    def require(self, states: int) -> bool:
        """Set what the calling thread requires of the system; it ends with the thread. False: refused."""

    def lock(self, descriptor: int) -> bool:
        """Lock one byte far behind the end of the file; False: another process has it."""


class Windows:
    """What ``platform.Platform`` asks for, by the Windows API."""

    def __init__(self, environment: Mapping[str, str] | None = None, system: System | None = None) -> None:
        """Use the process's own environment and the real system unless others are given."""
        self._environment = os.environ if environment is None else environment
        self._system: System = system or WindowsSystem()

    def default_library(self) -> Path:
        """The folder "Seedream" in the user's pictures, wherever they were moved to; it need not exist."""
        pictures = self._system.known_folder(_PICTURES_FOLDER)
        home = self._environment.get("USERPROFILE") or str(Path.home())
        return (Path(pictures) if pictures else Path(home) / "Pictures") / "Seedream"

    def reveal(self, path: Path) -> bool:
        """Show ``path`` in Explorer; False when it could not be started."""
        # Explorer reads its own command line: the comma has to be outside the quotes.
        return self._system.run(f'explorer.exe /select,"{path.absolute()}"')

    def open_with_default(self, path: Path) -> bool:
        """Open ``path`` in the program that is meant for it; False when there is none."""
        return self._system.open_file(str(path.absolute()))

    def programs_for(self, path: Path) -> tuple[Program, ...]:
        """What opens files like ``path``, by the registry; the program that the user chose for it first."""
        from seedream_desktop.platforms.windows_programs import programs_for  # late: when one asks

        return programs_for(path.suffix.lower(), self._system.registry_values)

    def open_with(self, program_id: str, path: Path) -> bool:
        """Open ``path`` in the program of a command line, or in one chosen by its path; False: it cannot."""
        from seedream_desktop.platforms.windows_programs import command_line  # late: as above

        line = command_line(program_id, str(path.absolute()))
        return bool(line) and self._system.run(line)

    def programs_folder(self) -> Path:
        """Where programs usually lie."""
        return Path(self._environment.get("PROGRAMFILES") or r"C:\Program Files")

    def hide(self, path: Path) -> None:
        """Set the attribute: a leading dot hides nothing here. Raises OSError."""
        self._system.add_attribute(str(path), _ATTRIBUTE_HIDDEN)

    def child_environment(self) -> dict[str, str]:
        """The environment for child processes: no key, and nothing that points into a bundle."""
        upper = {name.upper(): value for name, value in self._environment.items()}
        return allowed(upper, _ALLOWED, _ALLOWED_PREFIXES)

    def stay_awake(self, why: str) -> Callable[[], None] | None:  # noqa: ARG002 - the others show it
        """Ask not to sleep until what is given back is called; Windows shows no reason."""
        released, answered = threading.Event(), threading.Event()
        taken: list[bool] = []

        def require() -> None:
            taken.append(self._system.require(_CONTINUOUS | _SYSTEM_REQUIRED))
            answered.set()
            if taken[0]:
                released.wait()
                self._system.require(_CONTINUOUS)

        thread = threading.Thread(target=require, name="stay awake", daemon=True)
        thread.start()
        answered.wait()
        return released.set if taken[0] else None

    def screen_profile(self, place: ScreenPlace) -> bytes:
        """The ICC profile of a screen; empty: it has none that can be had."""
        from seedream_desktop.platforms import windows_screens  # late: when one looks

        path = windows_screens.screen_profile_path(place)
        try:
            return Path(path).read_bytes() if path else b""
        except OSError:
            return b""

    def lock(self, descriptor: int) -> bool:
        """Take the file's lock until it is closed or the process ends; False: another one has it."""
        return self._system.lock(descriptor)
