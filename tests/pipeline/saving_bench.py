"""Jobs whose answers come at once, so that all that can go wrong is the disk; and what must hold then."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.events import JobChanged
from seedream_desktop.pipeline.run import run_job
from seedream_desktop.pipeline.step import Tools
from seedream_desktop.pipeline.sweeping import recover

PICTURES = 2  # of each job


class Provider:
    """In the client's place: answers every request at once, and counts how often each was sent."""

    def __init__(self, size_bytes: int) -> None:
        self.sent: list[str] = []
        self._size_bytes = size_bytes

    def bytes_of(self, job_id: str, index: int) -> bytes:
        """The picture that is made of a request."""
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14"
        return header + random.Random(f"{job_id} {index}").randbytes(self._size_bytes)

    async def generate(self, request: object, job_id: str, spool: Path, progress: object) -> Answer:
        self.sent.append(job_id)
        links = (
            AnsweredPicture(index, f"https://pictures.example/{job_id}/{index}") for index in range(PICTURES)
        )
        return Answer(tuple(links), generated_images=PICTURES)

    async def download(self, url: str, target: Path, *_: object) -> None:
        job_id, index = url.split("/")[-2:]
        part = target.with_name(f"{target.name}.part")
        try:
            descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            try:
                rest = self.bytes_of(job_id, int(index))
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ProblemError(Problem(ProblemKind.DISK_FULL, Billed.YES)) from error


def check(path: Path, thumbnail: Path) -> CheckedPicture:
    """In the worker's place: looks at nothing but the bytes."""
    content = path.read_bytes()
    return CheckedPicture("image/png", "png", 30, 20, len(content), _sha256(content), has_alpha=False)


class Saving:
    """A library, a spool and a journal, each wherever a test wants them, and jobs that are saved there."""

    def __init__(self, library: Path, data: Path, spool: Path, size_bytes: int = 100) -> None:
        self.root, self._data, self.spool = library, data, spool
        self.provider = Provider(size_bytes)
        self.jobs: list[str] = []
        self.open()

    def open(self) -> None:
        """As a process does at its start."""
        self.library: Library = open_library(self.root, self._data.with_name("index.sqlite3"), "m")
        self.journal = Journal(self._data)
        self.tools = Tools(
            self.journal,
            self.provider,  # type: ignore[arg-type]
            self.spool,
            lambda _: self.library,
            check,
            lambda sha256: self.spool.with_name("thumbnails") / sha256,
            lambda *_: None,  # type: ignore[arg-type]
            passes_links=True,
        )

    def close(self) -> None:
        self.journal.close()
        self.library.close()

    def job(self) -> Job:
        """A new one, in the journal."""
        request = GenerationRequest("seedream", "a cat", Size("2K"), images_in_set=PICTURES)
        job = Job(
            uuid.uuid4().hex, "p", 0, 1, request, Recipe(), self.library.id, self.library.inbox.id, "Inbox"
        )
        self.journal.add((job,))
        self.jobs.append(job.id)
        return job

    def run(self, job: Job) -> Job:
        """What the queue has of ``job`` when its task has ended, whichever way."""
        seen = [job]

        async def follow() -> None:
            async for event in run_job(job, self.tools):
                seen.append(event.job if isinstance(event, JobChanged) else seen[-1])

        try:
            asyncio.run(follow())
        except ProblemError as error:  # the journal could not be written: as the queue takes it
            billed = Billed.YES if seen[-1].state is JobState.ANSWERED else Billed.NO
            return replace(seen[-1], problem=replace(error.problem, billed=billed))
        return seen[-1]

    def again(self, job: Job) -> Job:
        """What the designer, or the queue by itself, does about a job that could not go on."""
        if job.state is JobState.ANSWERED:
            return self.run(job)
        assert job.id not in self.provider.sent, f"{job.state} though it was answered"
        return self.run(replace(job, state=JobState.QUEUED, problem=None))

    def check(self) -> tuple[int, int]:
        """How many pictures are lost, and how many are there twice, as the next start finds it."""
        recover(self.spool, self.journal)
        self.library.synchronise()
        held = [path.read_bytes() for path in self.root.glob("Inbox/*.png")]
        known = self.library.pictures(self.library.ids(Query()))
        wanted = {self.provider.bytes_of(job_id, index) for job_id in self.jobs for index in range(PICTURES)}
        recorded = {self.library.record(picture.id).made.sha256 for picture in known}
        lost = len(wanted - set(held)) + len({_sha256(content) for content in wanted} - recorded)
        return lost, len(held) - len(set(held)) + len(known) - len(recorded)

    def left(self) -> list[str]:
        """What should not be there when every job is settled."""
        temporary = [path for path in (self.root / ".seedream" / "tmp").rglob("*") if path.is_file()]
        spooled = list(self.spool.rglob("*"))
        with sqlite3.connect(self._data) as connection:
            (links,) = connection.execute("SELECT count(*) FROM links").fetchone()
        connection.close()
        open_jobs = [job.id for job in self.journal.open_jobs()]
        spends = {path.stem: read_spend(path) for path in (self.root / ".seedream").rglob("spend/*/*.json")}
        unpaid = [job_id for job_id in self.jobs if spends[job_id].delivered != PICTURES]
        twice = [job_id for job_id in self.jobs if self.provider.sent.count(job_id) != 1]
        return [str(one) for one in (*temporary, *spooled, *open_jobs, *unpaid, *twice)] + ["link"] * links


def settled(saving: Saving, job: Job, free: Callable[[], object], tries: int = 3) -> Job:
    """Bring ``job`` on until it is settled, once there is room again."""
    for _ in range(tries):
        if job.is_settled:
            break
        free()
        job = saving.again(job)
    return job


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
