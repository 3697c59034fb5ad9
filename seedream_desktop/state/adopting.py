"""References on their way to another library: their files are copied when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.request import Reference

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.worker import Worker

ReferenceFiles = tuple[tuple[Reference, Path], ...]


def files_of(references: Iterable[Reference], path_of: Callable[[Reference], Path]) -> ReferenceFiles:
    """References and where their files lie; without those whose file is gone."""
    files = []
    for reference in references:
        with suppress(ProblemError):  # one that is gone is said to be gone there, too
            files.append((reference, path_of(reference)))
    return tuple(files)


def adopt(files: ReferenceFiles, library: Library, worker: Worker) -> None:
    """Copy them into ``library``, one that cannot be read with no harm to the rest. Blocks.

    Raises ProblemError: the first that was not copied.
    """
    refused: list[ProblemError] = []
    for reference, path in files:
        try:
            library.add_reference(path, worker.check_reference(path, None), reference.name)
        except ProblemError as error:
            refused.append(error)
    if refused:
        raise refused[0]
