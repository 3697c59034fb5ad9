"""What a job needs on its way, and how its steps are entered in the journal."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from seedream_desktop.api.client import Client
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import Library
from seedream_desktop.pipeline.events import JobChanged
from seedream_desktop.pipeline.library_thread import LibraryThread
from seedream_desktop.pipeline.sweeping import kept_files

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job, JobState
    from seedream_desktop.generation.request import GenerationRequest, Reference, SentForm

Result = TypeVar("Result")
PUT_BACK = "put back"  # why a job is cancelled that is to be sent later, unless it is being sent already
UNLESS_SENT = "unless sent"  # why a job is cancelled only as long as that costs nothing


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job needs; each is used from several pool threads at once."""

    journal: Journal
    client: Client
    spool: Path  # a folder for each job
    library: Callable[[str], Library | None]  # by its id; None: it is not here
    check: Callable[[Path, Path], CheckedPicture]  # a picture and where its thumbnail goes
    thumbnail: Callable[[str], Path]  # where the thumbnail of a picture lies, by SHA-256
    fit: Callable[[Reference, GenerationRequest], SentForm]  # make a reference what the model takes
    passes_links: bool  # whether the provider can fetch what a public link names
    library_thread: LibraryThread = field(default_factory=LibraryThread)  # one for all jobs


class Step:
    """One job on a part of its way; holds its value and enters every change before the next act."""

    def __init__(self, job: Job, tools: Tools) -> None:
        """Go on with ``job``."""
        self.job = job
        self.tools = tools
        self.spool = tools.spool / job.id

    @property
    def library(self) -> Library | None:
        """The job's library; None: it is not here."""
        return self.tools.library(self.job.library_id)

    async def with_library(self, work: Callable[[Library], Result]) -> Result:
        """What ``work`` makes of the job's library, on the thread for that. Raises ProblemError."""
        library = self.library
        if library is None:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))
        return await self.tools.library_thread.call(lambda: work(library), str(library.root))

    def kept_files(self) -> tuple[str, ...]:
        """The files in the spool that are no picture yet, though they may have been paid for."""
        return kept_files(self.spool)

    def store(self, state: JobState, **changes: object) -> JobChanged:
        """Enter the job in ``state``, with ``changes`` of its fields. Raises ProblemError."""
        self.job = replace(self.job, state=state, **changes)  # type: ignore[arg-type]
        self.tools.journal.store(self.job)
        return JobChanged(self.job)


async def ended(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """Stop what is not done and see it end, however often this is stopped itself meanwhile."""
    for task in tasks:
        task.cancel()
    while waiting := [task for task in tasks if not task.done()]:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait(waiting)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # seen, so that nobody complains of it
