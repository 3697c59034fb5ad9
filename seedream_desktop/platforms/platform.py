"""What the application asks of an operating system, and which one this is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from seedream_desktop.platforms.programs import Program
    from seedream_desktop.platforms.screens import ScreenPlace


class Platform(Protocol):
    """One operating system. Whatever starts another program blocks for up to a few seconds."""

    def default_library(self) -> Path:
        """The folder "Seedream" in the user's pictures; it need not exist."""

    def reveal(self, path: Path) -> bool:
        """Show ``path`` in the file manager; False when nothing here can."""

    def open_with_default(self, path: Path) -> bool:
        """Open ``path`` in the program that is meant for it; False when nothing here can."""

    def programs_for(self, path: Path) -> tuple[Program, ...]:
        """What opens files like ``path``; first what is meant for it, where the system says that."""

    def open_with(self, program_id: str, path: Path) -> bool:
        """Open ``path`` in a program of ``programs_for``, or in one chosen by its path; False: it cannot."""

    def programs_folder(self) -> Path:
        """Where programs usually lie."""

    def hide(self, path: Path) -> None:
        """Hide a folder whose name begins with a dot also where the dot alone does not. Raises OSError."""

    def child_environment(self) -> dict[str, str]:
        """The environment for child processes: no key, and nothing that points into a bundle."""

    def stay_awake(self, why: str) -> Callable[[], None] | None:
        """Ask the system not to sleep by itself until what is given back is called; None: it cannot be asked.

        It ends with this process, however that ends. ``why`` may be shown to the user.
        """

    def lock(self, descriptor: int) -> bool:
        """Take the file's lock until it is closed or the process ends; False: another one has it."""

    def screen_profile(self, place: ScreenPlace) -> bytes:
        """The ICC profile of a screen, as the system names it; empty: it names none."""


def current() -> Platform:
    """The operating system that this process runs on; what is not Windows or macOS is taken for Linux."""
    name = sys.platform
    if name == "win32":
        from seedream_desktop.platforms.windows import Windows  # late: only there

        return Windows()
    if name == "darwin":
        from seedream_desktop.platforms.macos import MacOS  # late: only there

        return MacOS()
    from seedream_desktop.platforms.linux import Linux  # late: only there

    return Linux()
