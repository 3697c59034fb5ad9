"""What is done to many pictures: folders made and synced once for all of them, and an end half-way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError

AT_ONCE = 200  # pictures for one sync of the folders that they share, while others wait


class PartlyDone(ProblemError):
    """Not all of it could be done; ``done`` is what came of the rest, which stays done."""

    def __init__(self, problem: Problem, done: tuple[object, ...]) -> None:
        super().__init__(problem)
        self.done = done


def make_folders(folders: Iterable[Path]) -> None:
    """Make new ``folders`` durably, each inside one that exists. Raises ProblemError."""
    made = tuple(folders)
    for folder in made:
        with files.disk_problems(folder):
            folder.mkdir()
    for parent in dict.fromkeys(folder.parent for folder in made):
        with files.disk_problems(parent):
            files.sync_folder(parent)


def sync_folders(folders: Iterable[Path]) -> None:
    """Sync each once; those that are gone are left out. Raises OSError."""
    for folder in dict.fromkeys(folders):
        with contextlib.suppress(FileNotFoundError):
            files.sync_folder(folder)
