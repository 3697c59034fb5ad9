"""The tools of a job on real sockets and files, for tests of its life."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from seedream_desktop.api.client import Client
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.imaging.checking import check_picture
from seedream_desktop.imaging.fitting import fit_reference
from seedream_desktop.journal import Journal
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.events import JobChanged, JobEvent
from seedream_desktop.pipeline.run import run_job
from seedream_desktop.pipeline.sent_files import SentFiles
from seedream_desktop.pipeline.step import Tools
from tests.demo_fixtures import Demo

SMALL = "doubao-seedream-4-0-250828"  # takes 1K, so that the tests are quick


@dataclass
class Bench:
    """The tools of a job, and what to look at afterwards."""

    tools: Tools
    journal: Journal
    library: Library
    spool: Path

    def job(self, job_id: str = "1" * 32, **changes: object) -> Job:
        request = GenerationRequest(SMALL, "a red fox in snow", Size.parse("1024x1024"))
        job = Job(
            id=job_id,
            press_id="2" * 32,
            press_index=0,
            press_count=1,
            request=replace(request, **changes),  # type: ignore[arg-type]
            recipe=Recipe(prompt="a red fox in snow"),
            library_id=self.library.id,
            board_id=self.library.inbox.id,
            board_name="Inbox",
            price_usd=0.03,
            price_as_of="2026-11-22",
        )
        self.journal.add((job,))
        return job

    def run(self, job: Job, tools: Tools | None = None) -> list[JobEvent]:
        async def collect() -> list[JobEvent]:
            return [event async for event in run_job(job, tools or self.tools)]

        return asyncio.run(collect())

    def pictures(self) -> list[Path]:
        return [picture.path for picture in self.library.pictures(self.library.ids(Query()))]


@contextmanager
def bench_at(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    """Everything below ``tmp_path``; the provider is the stand-in."""
    library = open_library(tmp_path / "library", tmp_path / "index.sqlite3", "m" * 32)
    journal = Journal(tmp_path / "journal.sqlite3")
    models = load_catalog(resource_path("models.toml"))
    sent = SentFiles(tmp_path / "sent", fit_reference, library.reference_path, models)
    client = Client(demo.base_url, lambda: demo.key, sent.path)
    thumbnails = tmp_path / "thumbnails"
    tools = Tools(
        journal,
        client,
        tmp_path / "spool",
        lambda library_id: library if library_id == library.id else None,
        check_picture,
        lambda sha256: thumbnails / sha256[:2] / sha256,
        sent.form_for,
        passes_links=True,
    )
    yield Bench(tools, journal, library, tmp_path / "spool")
    journal.close()
    library.close()


def states(events: list[JobEvent]) -> list[JobState]:
    """The states in their order, each once."""
    found = [event.job.state for event in events if isinstance(event, JobChanged)]
    return list(dict.fromkeys(found))


def end_of(events: list[JobEvent]) -> Job:
    last = events[-1]
    assert isinstance(last, JobChanged)
    return last.job


def spends(bench: Bench) -> list[Spend]:
    """What is on record as spent."""
    return [read_spend(path) for path in (bench.library.root / ".seedream" / "spend").rglob("*.json")]
