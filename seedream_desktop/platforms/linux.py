"""Linux: the freedesktop.org ways of finding folders and showing files."""

from __future__ import annotations

import os
import re
import sys
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
Said = Callable[[Sequence[str], Mapping[str, str]], str]
_ALLOWED = POSIX | {
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "GDMSESSION",
    "KDE_FULL_SESSION",
    "KDE_SESSION_VERSION",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
}
_ALLOWED_PREFIXES = ("LC_", "XDG_")
_USER_DIRECTORY = re.compile(r'^\s*XDG_PICTURES_DIR\s*=\s*"(.*)"\s*$', re.MULTILINE)
_WHO = "Seedream Desktop"
_FILE_MANAGER = "org.freedesktop.FileManager1"
_FILE_MANAGER_PATH = "/org/freedesktop/FileManager1"


class Linux:
    """What ``platform.Platform`` asks for, by freedesktop.org's specifications."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        start: Start = posix.start,
        frozen: bool | None = None,
        hold: Hold = posix.hold,
        said: Said = posix.said,
    ) -> None:
        """Use the process's own environment and state unless others are given."""
        self._environment = os.environ if environment is None else environment
        self._start = start
        self._hold = hold
        self._said = said
        self._frozen = bool(getattr(sys, "frozen", False)) if frozen is None else frozen

    def default_library(self) -> Path:
        """The folder "Seedream" in the user's pictures; it need not exist."""
        return self._pictures() / "Seedream"

    def reveal(self, path: Path) -> bool:
        """Show ``path`` in the file manager, or at least its folder; False when there is none."""
        folder = path if path.is_dir() else path.parent
        commands = (*_show_commands(path.absolute().as_uri()), ("xdg-open", str(folder.absolute())))
        environment = self.child_environment()
        return any(self._start(command, environment) for command in commands)

    def open_with_default(self, path: Path) -> bool:
        """Open ``path`` in the program that is meant for it; False when nothing here can."""
        return self._start(["xdg-open", str(path.absolute())], self.child_environment())

    def programs_for(self, path: Path) -> tuple[Program, ...]:
        """What opens files like ``path``, the program that is meant for it first."""
        from seedream_desktop.platforms.desktop_files import DesktopFiles  # late: when one asks
        from seedream_desktop.platforms.programs import media_type_of  # late: as above

        return DesktopFiles(self._environment).programs_for(media_type_of(path))

    def open_with(self, program_id: str, path: Path) -> bool:
        """Open ``path`` in the program of a desktop file, or in one chosen by its path; False: it cannot."""
        from seedream_desktop.platforms.desktop_files import DesktopFiles  # late: as above

        whole = path.absolute()
        if program_id.startswith("/"):
            command: tuple[str, ...] = (program_id, str(whole))
        else:
            command = DesktopFiles(self._environment).command(program_id, whole)
        return bool(command) and self._start(command, self.child_environment())

    def programs_folder(self) -> Path:
        """Where programs usually lie."""
        return Path("/usr/bin")

    def hide(self, path: Path) -> None:
        """Nothing to do: a leading dot hides."""

    def child_environment(self) -> dict[str, str]:
        """The environment for child processes: no key, and nothing that points into a bundle."""
        environment = allowed(self._environment, _ALLOWED, _ALLOWED_PREFIXES)
        # A bundle replaces the library path and keeps the user's own beside it; outside one it is the user's.
        source = "LD_LIBRARY_PATH_ORIG" if self._frozen else "LD_LIBRARY_PATH"
        if path := self._environment.get(source):
            environment["LD_LIBRARY_PATH"] = path
        return environment

    def stay_awake(self, why: str) -> Callable[[], None] | None:
        """Ask the login manager, or else the desktop, not to sleep until what is given back is called."""
        environment = self.child_environment()
        for command in _awake_commands(why):
            if (release := self._hold(command, environment)) is not None:
                return release
        return None

    def lock(self, descriptor: int) -> bool:
        """Take the file's lock until it is closed or the process ends; False: another one has it."""
        return posix.lock(descriptor)

    def screen_profile(self, place: ScreenPlace) -> bytes:
        """The ICC profile of a screen, from the X server or from colord; empty: neither has one."""
        return self._x11_profile(place) or self._colord_profile(place)

    def _x11_profile(self, place: ScreenPlace) -> bytes:
        """By "ICC Profiles in X": the first screen's, then ``_1`` and so on. Not under Wayland."""
        if not self._environment.get("DISPLAY") or self._environment.get("WAYLAND_DISPLAY"):
            return b""
        from seedream_desktop.platforms.screens import PROFILE_BYTES_MOST  # late: when one looks
        from seedream_desktop.platforms.x11 import root_property  # late: as above

        name = f"_ICC_PROFILE_{place.number}" if place.number else "_ICC_PROFILE"
        return root_property(name, PROFILE_BYTES_MOST)

    def _colord_profile(self, place: ScreenPlace) -> bytes:
        from seedream_desktop.platforms import colord  # late: when one looks
        from seedream_desktop.platforms.screens import PROFILE_BYTES_MOST  # late: as above

        path = colord.profile_path(self._said(colord.COMMAND, self.child_environment()), place.name)
        try:
            return Path(path).read_bytes()[:PROFILE_BYTES_MOST] if path else b""
        except OSError:
            return b""

    def _home(self) -> Path:
        return Path(self._environment.get("HOME") or Path.home())

    def _pictures(self) -> Path:
        home = self._home()
        configured = self._environment.get("XDG_PICTURES_DIR") or self._configured_pictures(home)
        expanded = configured.replace("${HOME}", str(home)).replace("$HOME", str(home))
        path = Path(expanded) if expanded else home / "Pictures"
        # user-dirs.dirs switches a folder off by pointing it at the home folder itself.
        return path if path.is_absolute() and path != home else home / "Pictures"

    def _configured_pictures(self, home: Path) -> str:
        folder = self._environment.get("XDG_CONFIG_HOME") or str(home / ".config")
        try:
            text = (Path(folder) / "user-dirs.dirs").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""
        found = _USER_DIRECTORY.findall(text)
        return re.sub(r"\\(.)", r"\1", found[-1]) if found else ""


def _show_commands(uri: str) -> tuple[tuple[str, ...], ...]:
    """Ask the file manager over the bus, by whichever of the two programs for that is there."""
    method = f"{_FILE_MANAGER}.ShowItems"
    send = ("dbus-send", "--session", "--print-reply", f"--dest={_FILE_MANAGER}", _FILE_MANAGER_PATH)
    bus = ("gdbus", "call", "--session", "--dest", _FILE_MANAGER, "--object-path", _FILE_MANAGER_PATH)
    return (*send, method, f"array:string:{uri}", "string:"), (*bus, "--method", method, f"['{uri}']", "")


def _awake_commands(why: str) -> tuple[tuple[str, ...], ...]:
    """Each runs ``cat``, which ends with its input, and keeps the system awake as long as that runs."""
    login = ("systemd-inhibit", "--what=idle:sleep", f"--who={_WHO}", f"--why={why}", "--mode=block", "cat")
    gnome = ("gnome-session-inhibit", "--inhibit", "suspend:idle", "--app-id", _WHO, "--reason", why, "cat")
    return login, gnome, ("kde-inhibit", "--power", "cat")
