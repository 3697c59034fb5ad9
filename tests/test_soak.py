"""The soak: thousands of jobs and faults in one process, which in the end holds no more than at first."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from tests.bookkeeping import Books
from tests.demo_fixtures import Demo
from tests.driven import Driven

QUICK = "doubao-seedream-3-0-t2i-250415"
JOBS = 2_000
WARM = 400  # jobs, after which all threads have run and nothing may grow any more
BATCH = 100
AT_ONCE = 8
LONGEST_BATCH_S = 90.0
LOOK_EVERY_S = 0.5
MEMORY_BYTES_PER_JOB = 10_000  # beyond the caches; the gallery's row is 2,000, the rest the allocator keeps
OBJECTS_PER_JOB = 10  # those that Python collects; the gallery's own are seven
JOURNAL_BYTES_PER_JOB = 10_000  # rows are kept for 30 days
SPARE = 4  # threads, files and sockets that come and go
IS_QUIET = "not session.queue.running and not session.queue.waiting"
MEASURE = (
    "[__import__('gc').collect() and 0,"
    " memory_beyond_caches(session),"
    " len(__import__('gc').get_objects()),"
    " len(list(Path('/proc/self/task').iterdir())),"
    " [str(one.readlink()) for one in Path('/proc/self/fd').iterdir() if one.is_symlink()]]"
)
TWO_DAYS_ON = format_datetime(datetime.now(UTC) + timedelta(days=2), usegmt=True)
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 429, "headers": {"Retry-After": "0"}},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503, "headers": {"Retry-After": "0"}},
    {"kind": "status", "status": 400},
    {"kind": "drop_before_body", "reset": True},
    {"kind": "drop_after_body", "reset": True},
    {"kind": "drop_after_body", "billed": True},
    {"kind": "cut"},
    {"kind": "truncated_json"},
    {"kind": "html"},
    {"kind": "drip", "bytes_per_s": 50_000},
    {"kind": "delay", "delay_s": 0.5},
    {"kind": "status", "status": 500, "on": "links"},
    {"kind": "status", "status": 403, "on": "links", "headers": {"Date": TWO_DAYS_ON}, "times": 2},
    {"kind": "cut", "on": "links"},
    {"kind": "cut", "on": "links", "reset": True},
    {"kind": "drip", "on": "links", "bytes_per_s": 200_000},
    {"kind": "wrong_bytes", "on": "links"},
)


@dataclass(frozen=True)
class Measured:
    """What a process holds."""

    memory_bytes: int  # beyond the caches of thumbnails and of SQLite, which have bounds of their own
    objects: int
    threads: int
    files: int
    sockets: int
    journal_bytes: int


class Soak:
    """One process, and what it is made to go through."""

    def __init__(self, folder: Path, demo: Demo) -> None:
        self.books = Books(folder / "library", folder / "data", demo)
        self._demo = demo
        named = ("--library", str(self.books.library), "--base-url", demo.base_url)
        self.application = Driven(self.books.data_dir, *named)
        self._chance = random.Random(2_000)
        self.faults = 0

    def begin(self) -> None:
        """Let it start."""
        self.application.wait_until_ready()
        self.application.ask(f"session.queue.set_jobs_at_once({AT_ONCE})")

    def run(self, number: int) -> None:
        """Some jobs and some faults, until all of them have come to their end."""
        form = self._chance.choice(("url", "url", "b64_json"))
        wish = {"prompt": f"fox {number}", "variations": BATCH, "model": QUICK, "form": form}
        self.application.ask(f"press(**{wish!r})")
        for fault in self._chance.choices(FAULTS, k=BATCH // 5):
            self._demo.set_fault(**fault)
            self.faults += 1
        self._until_quiet()
        self._demo.clear_faults()
        self._ask_each("retry", "job.state.value == 'answered'")  # a link that was denied for a while
        self._until_quiet()
        self.books.note()
        self._ask_each("dismiss", "job.state.is_over")

    def measure(self) -> Measured:
        """What the process holds now that nothing is under way."""
        _, memory_bytes, objects, threads, files = self.application.ask(MEASURE)
        sockets = sum(name.startswith("socket:") for name in files)
        journal = sum(path.stat().st_size for path in self.books.data_dir.glob("journal.sqlite3*"))
        return Measured(memory_bytes, objects, threads, len(files) - sockets, sockets, journal)

    def _ask_each(self, what: str, which: str) -> None:
        for job_id in self.application.ask(f"[job.id for job in session.queue.jobs if {which}]"):
            self.application.ask(f"session.queue.{what}({job_id!r})")

    def _until_quiet(self) -> None:
        until_s = time.monotonic() + LONGEST_BATCH_S
        while not self.application.ask(IS_QUIET):
            self.application.ask("session.queue.resume()")
            assert time.monotonic() < until_s, self.application.jobs()
            with suppress(subprocess.TimeoutExpired):
                self.application.process.wait(LOOK_EVERY_S)
            self.books.note_server()


@pytest.fixture
def soak(tmp_path: Path, demo: Demo) -> Iterator[Soak]:
    soak = Soak(tmp_path, demo)
    try:
        soak.begin()
        yield soak
    finally:
        soak.application.kill()


@pytest.mark.endurance
def test_two_thousand_jobs_with_faults_leave_nothing_behind_in_the_process(
    soak: Soak, say_figures: Callable[[str], None], take_up_to: Callable[[float], None]
) -> None:
    take_up_to(900)  # 4 minutes on a machine of one's own
    warm = None
    for done in range(BATCH, JOBS + BATCH, BATCH):
        soak.run(done)
        if done == WARM:
            warm = soak.measure()
    assert warm is not None
    last = soak.measure()
    assert soak.application.end()[0] == 0
    found = soak.books.balance(is_refusing=True)
    expired = jobs_with_expired_links(soak.books.data_dir)
    found.lost = [each for each in found.lost if not any(job_id in each for job_id in expired)]
    lost, doubled, count = len(found.lost), len(found.doubled), len(soak.books.seen)
    grown_mib = (last.memory_bytes - warm.memory_bytes) / 1024**2
    say_figures(
        f"soak: {soak.faults} faults tried, {soak.faults} survived, {lost} lost, {doubled} doubled"
        f" ({count} jobs; from {WARM} to {JOBS}: {grown_mib:+.1f} MiB beyond the caches,"
        f" objects {warm.objects} to {last.objects},"
        f" threads {warm.threads} to {last.threads}, files {warm.files} to {last.files},"
        f" sockets {warm.sockets} to {last.sockets})"
    )
    found.check()
    assert count == JOBS
    more = JOBS - WARM
    assert last.memory_bytes - warm.memory_bytes < more * MEMORY_BYTES_PER_JOB
    assert last.objects - warm.objects < more * OBJECTS_PER_JOB
    assert last.journal_bytes < JOBS * JOURNAL_BYTES_PER_JOB
    for name in ("threads", "files", "sockets"):
        assert getattr(last, name) <= getattr(warm, name) + SPARE, name
    assert [path for path in (soak.books.data_dir / "spool").rglob("*") if path.suffix == ".bin"] == []
    assert links_left(soak.books.data_dir) == 0


def jobs_with_expired_links(data_dir: Path) -> list[str]:
    """Those that say so; nothing can bring their pictures."""
    with closing(connect(data_dir / "journal.sqlite3")) as connection:
        jobs = [json.loads(text) for (text,) in connection.execute("SELECT job FROM jobs")]
    return [job["id"] for job in jobs if (job.get("problem") or {}).get("kind") == "link_expired"]


def links_left(data_dir: Path) -> int:
    """How many credentials are still in the journal, though nobody needs them."""
    with closing(connect(data_dir / "journal.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM links").fetchone()[0])
