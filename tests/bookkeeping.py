"""The books on paid pictures, kept from outside: what was served, what was committed, what is there at last.

Nothing of the application's own code is asked, but for a fresh rebuild of the index.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.demo_fixtures import Demo
from tests.library.index_contents import contents, rebuilt

HIDDEN = ".seedream"
ANSWERED = frozenset({"answered", "saved", "saved_in_part"})
OPEN = frozenset({"queued", "sending", "answered"})
DATA_FILES = {".json", ".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".seal", ".log", ".sent", ""}


@dataclass
class Seen:
    """What the stand-in knows of one job."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)  # by the number of the exchange

    @property
    def sha256(self) -> tuple[str, ...]:
        """The pictures that were drawn for it, by their index."""
        return next((tuple(post["sha256"]) for post in self.posts.values() if post["sha256"]), ())

    @property
    def paid_count(self) -> int:
        """How many times it was, or may have been, begun: a refusal costs nothing."""
        return sum(post["status"] in (None, 200) and post["body_complete"] for post in self.posts.values())


@dataclass
class Found:
    """What is wrong in the end; empty lists: nothing."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Fails the test with all of it."""
        faults = [f"{name}: {each}" for name in ("lost", "doubled", "other") for each in getattr(self, name)]
        assert not faults, "\n".join(faults[:50])


class Books:
    """The books on one library and one data directory."""

    def __init__(self, library: Path, data_dir: Path, demo: Demo) -> None:
        self.library = library
        self.data_dir = data_dir
        self._demo = demo
        self.seen: dict[str, Seen] = {}
        self.committed: set[str] = set()  # jobs whose answer was in the journal at some time

    def note(self) -> None:
        """Write down what the stand-in has seen, and what a journal says whose process was killed."""
        self.note_server()
        states, answered = journal_states(self.data_dir)
        self.committed |= answered | {job_id for job_id, state in states.items() if state in ANSWERED}

    def note_server(self) -> None:
        """Write down what the stand-in has seen; it keeps the last 500 requests only."""
        for request in self._demo.posts():
            job_id = request["headers"]["idempotency-key"]
            self.seen.setdefault(job_id, Seen()).posts[request["number"]] = request

    def balance(self, *, is_refusing: bool = False) -> Found:
        """Hold everything that was kept against everything that was served; the process has ended.

        With ``is_refusing`` the stand-in had faults on, which end some jobs otherwise.
        """
        self.note()
        found = Found()
        states, _ = journal_states(self.data_dir)
        self._check_pictures(found)
        self._check_spends(found)
        self._check_states(found, states, is_refusing=is_refusing)
        found.doubled += [job_id for job_id, seen in self.seen.items() if seen.paid_count > 1]
        found.other += leftovers(self.library, self.data_dir, states)
        found.other += index_faults(self.library, self.data_dir)
        return found

    def expected(self) -> Iterator[tuple[str, str]]:
        """Job and SHA-256 of every picture that has to be in the library."""
        for job_id in self.committed & set(self.seen):
            for sha256 in self.seen[job_id].sha256:
                yield job_id, sha256

    def _check_pictures(self, found: Found) -> None:
        kept = Counter(kept_pictures(self.library))
        expected = set(self.expected())
        found.lost += [str(each) for each in expected - set(kept)]
        found.doubled += [str(each) for each, count in kept.items() if count > 1]
        found.other += [f"not asked for: {each}" for each in set(kept) - expected]

    def _check_spends(self, found: Found) -> None:
        spends = {path.stem: json.loads(path.read_bytes()) for path in spend_files(self.library)}
        for job_id in self.committed:
            spend = spends.get(job_id)
            count = len(self.seen[job_id].sha256) if job_id in self.seen else 0
            if spend is None:
                found.lost.append(f"{job_id}: its spend file")
            elif (spend["billed"], spend["delivered"]) != ("yes", count):
                found.other.append(f"{job_id}: {spend['billed']}, {spend['delivered']} of {count}")
        for job_id in set(self.seen) - self.committed:
            billed = spends[job_id]["billed"] if job_id in spends else "no"
            if self.seen[job_id].sha256 and billed == "no":
                found.lost.append(f"{job_id} was drawn, and on record it cost nothing")
        for job_id in set(spends) - set(self.seen):
            if spends[job_id]["billed"] == "yes":
                found.other.append(f"{job_id} was never sent, and on record it was billed")

    def _check_states(self, found: Found, states: Mapping[str, str], *, is_refusing: bool) -> None:
        found.lost += [f"sent, but not in the journal: {job_id}" for job_id in set(self.seen) - set(states)]
        for job_id, state in states.items():
            seen = self.seen.get(job_id)
            is_sent = seen is not None and seen.paid_count > 0
            if state in OPEN:
                found.other.append(f"{job_id} is still {state}")
            elif job_id in self.committed:
                if state != "saved" and not is_refusing:
                    found.lost.append(f"{job_id} was answered and is {state}")
            elif is_sent and state != "unknown" and not is_refusing:
                found.lost.append(f"{job_id} was sent and is {state}")


def journal_states(data_dir: Path) -> tuple[dict[str, str], set[str]]:
    """The state of every job, and which have an answer; read from a copy, which changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("journal.sqlite3", "journal.sqlite3-wal"):
            if (data_dir / name).exists():
                shutil.copyfile(data_dir / name, Path(folder, name))
        with closing(sqlite3.connect(Path(folder, "journal.sqlite3"))) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").fetchone():
                return {}, set()  # killed before it was begun
            states = dict(connection.execute("SELECT id, state FROM jobs").fetchall())
            answered = {job_id for (job_id,) in connection.execute("SELECT job_id FROM answers")}
    return states, answered


def kept_pictures(library: Path) -> Iterator[tuple[str, str]]:
    """Job and SHA-256 of every picture file, as its record and its own bytes say."""
    for path in visible_files(library):
        made = json.loads((path.parent / HIDDEN / f"{path.name}.json").read_bytes())["made"]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        assert made["sha256"] == sha256, path
        yield made["job_id"], sha256
    records = {path for path in library.glob(f"*/{HIDDEN}/*.json") if path.name != "board.json"}
    alone = [path for path in records if not (path.parents[1] / path.stem).is_file()]
    assert alone == [], "records without a picture"


def visible_files(library: Path) -> list[Path]:
    """Every file that a file manager would show."""
    return [path for path in library.rglob("*") if path.is_file() and HIDDEN not in path.parts]


def spend_files(library: Path) -> list[Path]:
    """What says what requests cost."""
    return [path for path in (library / HIDDEN / "spend").rglob("*") if path.is_file()]


def leftovers(library: Path, data_dir: Path, states: Mapping[str, str]) -> Iterable[str]:
    """Files that were only meant for a moment, and what the spool holds of jobs that are over."""
    for path in (library / HIDDEN / "tmp").rglob("*"):
        if path.is_file():
            yield f"left in the library: {path.name}"
    for path in library.rglob("*"):
        if path.suffix in {".part", ".tmp"}:
            yield f"left in the library: {path}"
    for path in data_dir.rglob("*"):
        if path.is_dir():
            continue
        top = path.relative_to(data_dir).parts[0]
        if top == "spool":
            job_id = path.parent.name
            if states.get(job_id) not in {"unknown", "failed", "saved_in_part"} or path.suffix not in {
                ".raw",
                ".bin",
            }:
                yield f"left in the spool of a job that is {states.get(job_id)}: {path.name}"
        elif top not in {"logs", "thumbnails"} and path.suffix not in DATA_FILES:
            yield f"left in the data directory: {path.relative_to(data_dir)}"


def index_faults(library: Path, data_dir: Path) -> Iterable[str]:
    """How the index of this machine differs from one that is built anew from the files."""
    (own,) = data_dir.glob("index-*.sqlite3")
    with tempfile.TemporaryDirectory() as folder:
        for path in data_dir.glob(f"{own.name}*"):
            shutil.copy(path, folder)
        held, fresh = contents(Path(folder, own.name)), rebuilt(library)
    for table, rows in held.items():
        for row in set(rows) ^ set(fresh[table]):
            yield f"{table}: {'only held' if row in rows else 'only rebuilt'}: {row}"
