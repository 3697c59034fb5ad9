"""Programs that pictures are opened in: which there are, and which was used last, kept on this machine."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.platforms.programs import Program

if TYPE_CHECKING:
    from seedream_desktop.platforms.platform import Platform

CHOSEN_MOST = 5  # that were chosen by their paths
MEANT = Program("", "")  # whatever the system means for such a file


@dataclass(frozen=True, slots=True)
class Used:
    """What is remembered."""

    last: Program = MEANT
    chosen: tuple[Program, ...] = ()  # by their paths, lately chosen first


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """What there is to choose from."""

    programs: tuple[Program, ...]
    last: Program  # used last; ``MEANT``: none was


class Programs:
    """Knows and starts them. Any thread; everything blocks."""

    def __init__(self, platform: Platform, memory: Path) -> None:
        """``memory`` is the file that keeps which was used last."""
        self._platform = platform
        self._memory = memory

    def choice_for(self, path: Path) -> ProgramChoice:
        """What opens files like ``path``, those that were chosen by hand last."""
        found, used = self._platform.programs_for(path), self._used()
        more = tuple(one for one in used.chosen if one.id not in {known.id for known in found})
        return ProgramChoice((*found, *more), used.last)

    def open(self, path: Path, program: Program | None) -> Program | None:
        """Open ``path`` in ``program`` and remember that, else in the one used last; None: nothing could.

        A program that was used last and is gone by now gives way to what the system means.
        """
        if program is None:
            last = self._used().last
            if last.id and self._platform.open_with(last.id, path):
                return last
            return MEANT if self._platform.open_with_default(path) else None
        is_open = self._platform.open_with(program.id, path) if program.id else None
        if is_open is None:
            is_open = self._platform.open_with_default(path)
        if not is_open:
            return None
        self._remember(program)
        return program

    def _used(self) -> Used:
        try:
            return decode(Used, json.loads(self._memory.read_bytes()))
        except (OSError, ValueError, RecursionError):
            return Used()

    def _remember(self, program: Program) -> None:
        used = self._used()
        chosen = used.chosen
        if Path(program.id).is_absolute():
            chosen = (program, *(one for one in chosen if one.id != program.id))[:CHOSEN_MOST]
        content = json.dumps(encode(Used(program, chosen)), ensure_ascii=False).encode()
        with contextlib.suppress(ProblemError):  # a full disk is said where it matters
            files.write_over(self._memory, content, self._memory.parent, 0o600)
