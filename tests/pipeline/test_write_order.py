"""Power loss cannot be shown by a kill: the recorded system calls show what is on the disk before what.

For every picture: its bytes, its name, its record, the journal; the answer, and what came inside it, before
the first download; what it cost before the job counts as saved.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demo_fixtures import Demo
from tests.system_calls import SystemCall, calls_in, trace, without

ROOT = Path(__file__).parents[2]
JOBS = {"1" * 32: 1, "2" * 32: 3, "3" * 32: 1}  # pictures by job: a link, a set, inside the answer
CHILD = """
import sys
from pathlib import Path
from types import SimpleNamespace
from seedream_desktop.generation.request import ResponseFormat
from tests.pipeline_bench import bench_at, end_of
from tests.pipeline import write_order_mutations
folder, base_url, key, mutation = sys.argv[1:]
write_order_mutations.apply(mutation)
with bench_at(Path(folder), SimpleNamespace(base_url=base_url, key=key)) as bench:
    jobs = [
        bench.job("1" * 32),
        bench.job("2" * 32, prompt="a set of 3 pictures", images_in_set=3),
        bench.job("3" * 32, response_format=ResponseFormat.B64_JSON),
    ]
    assert all(end_of(bench.run(job)).is_settled for job in jobs)
"""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


@dataclass
class Trace:
    """What was recorded in a folder."""

    folder: Path
    text: str


def record(folder: Path, demo: Demo, mutation: str = "") -> Trace:
    """Run the jobs in a child process."""
    folder.mkdir(exist_ok=True)
    code = [sys.executable, "-c", CHILD, str(folder), demo.base_url, demo.key, mutation]
    text = trace(code, folder.parent / f"{folder.name}.trace", os.environ, ROOT)
    return Trace(folder, text)


class Order:
    """The calls of one run, and what must be found in them."""

    def __init__(self, folder: Path, calls: tuple[SystemCall, ...]) -> None:
        self.folder, self.calls = folder, calls
        self.journal = str(folder / "journal.sqlite3-wal")

    def check(self) -> int:
        """How many pictures were saved in order. Raises AssertionError for the first that was not."""
        links = [call for call in self.calls if "link" in call.name and self._is_picture(call.names[-1])]
        assert len(links) == sum(JOBS.values())
        for link in links:
            self._check_picture(link)
        for job_id in JOBS:
            self._check_answer(job_id)
            self._check_spend(job_id)
        return len(links)

    def _check_picture(self, link: SystemCall) -> None:
        source, target = link.names[0], Path(link.names[-1])
        self._one(lambda call: call.is_sync and call.path == source, before=link.begun, why="its bytes")
        named = self._synced(target.parent, link.ended)
        record = target.parent / ".seedream" / f"{target.name}.json"
        placed = self._placed(record, named.ended)
        written = self._journalled(placed.ended)
        for gone in self._spooled(link, source):
            assert gone.begun > written.ended, "the spool was emptied before the journal knew"

    def _check_answer(self, job_id: str) -> None:
        entered = self._entered(job_id, "answered")
        spool = str(self.folder / "spool" / job_id)
        fetched = [
            call
            for call in self.calls
            if call.name == "openat" and "O_CREAT" in call.arguments and "http" not in call.arguments
            if call.names[-1].startswith(f"{spool}/picture-") and call.names[-1].endswith(".bin.part")
        ]
        assert bool(fetched) == (job_id != "3" * 32)
        assert all(call.begun > entered.ended for call in fetched), "downloaded before the answer was kept"
        for folder in (self.folder / "spool", *([self.folder / "spool" / job_id] if not fetched else [])):
            is_synced = lambda call, folder=folder: call.is_sync and call.path == str(folder)  # noqa: E731
            self._one(is_synced, before=entered.begun, why=f"the sync of {folder}")

    def _check_spend(self, job_id: str) -> None:
        saved = self._entered(job_id, "saved")
        (path,) = (self.folder / "library" / ".seedream" / "spend").glob(f"*/{job_id}.json")
        assert self._placed(path, 0).ended < saved.begun, "saved before what it cost was kept"

    def _placed(self, path: Path, after: int) -> SystemCall:
        """The sync of the folder after ``path`` was put in place whole."""
        rename = self._one(
            lambda call: "rename" in call.name and call.names[-1] == str(path), after=after, why=path.name
        )
        source = rename.names[0]
        is_written = lambda call: call.name == "write" and call.path == source  # noqa: E731
        write = self._one(is_written, after=after, before=rename.begun, why=f"the bytes of {path.name}")
        is_synced = lambda call: call.is_sync and call.path == source  # noqa: E731
        self._one(is_synced, after=write.ended, before=rename.begun, why=f"the sync of {path.name}")
        return self._synced(path.parent, rename.ended)

    def _synced(self, folder: Path, after: int) -> SystemCall:
        is_it = lambda call: call.is_sync and call.path == str(folder)  # noqa: E731
        return self._one(is_it, after=after, why=f"the sync of {folder}")

    def _journalled(self, after: int, word: str = "") -> SystemCall:
        """The sync of the journal after something was written to it."""
        write = self._one(
            lambda call: call.name == "pwrite64" and call.path == self.journal and word in call.arguments,
            after=after,
            why=f"the journal {word}",
        )
        is_synced = lambda call: call.is_sync and call.path == self.journal  # noqa: E731
        return self._one(is_synced, after=write.ended, why="the sync of the journal")

    def _entered(self, job_id: str, state: str) -> SystemCall:
        """When the journal had it on the disk that the job is in ``state``."""
        return self._journalled(0, f'{state}{{\\"id\\": \\"{job_id}\\"')

    def _spooled(self, link: SystemCall, staged: str) -> list[SystemCall]:
        """When the spool's own name of a picture went, if it shared its bytes."""
        own = next(
            (call.names[0] for call in self.calls if "link" in call.name and call.names[-1] == staged), None
        )
        gone = [call for call in self.calls if "unlink" in call.name and call.names[-1] == own]
        return [call for call in gone if call.begun > link.ended]

    def _is_picture(self, name: str) -> bool:
        path = Path(name)
        return path.parent == self.folder / "library" / "Inbox" and path.suffix == ".jpeg"

    def _one(
        self,
        is_wanted: Callable[[SystemCall], bool],
        *,
        after: int = -1,
        before: int = sys.maxsize,
        why: str,
    ) -> SystemCall:
        found = (
            call for call in self.calls if call.begun >= after and call.ended < before and is_wanted(call)
        )
        first = next(found, None)
        assert first is not None, f"missing: {why}"
        return first


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, demo_server: object) -> Trace:
    demo = Demo(demo_server)  # type: ignore[arg-type]
    demo.reset()
    return record(tmp_path_factory.mktemp("order") / "run", demo)


def test_what_the_next_step_relies_on_is_on_the_disk_before_it(
    recorded: Trace, say_figures: Callable[[str], None]
) -> None:
    calls = calls_in(recorded.text)
    saved = Order(recorded.folder, calls).check()
    assert saved == 5
    say_figures(f"write-order harness: {len(calls)} system calls, {saved} pictures saved, 0 out of order")


def is_sync_of(suffix: str) -> Callable[[SystemCall], bool]:
    return lambda call: call.is_sync and call.path.endswith(suffix)


@pytest.mark.parametrize(
    "is_left_out",
    [
        is_sync_of(".part"),
        is_sync_of("/Inbox"),
        is_sync_of("/Inbox/.seedream"),
        is_sync_of("-wal"),
        lambda call: call.is_sync and "/spend/" in call.path,
        is_sync_of("3" * 32),
        lambda call: "rename" in call.name and "/Inbox/.seedream/" in call.names[-1],
        lambda call: call.name == "pwrite64" and "answered" in call.arguments,
    ],
    ids=["bytes", "name", "record's folder", "journal", "spend's folder", "spool", "record", "answer"],
)
def test_the_check_misses_each_call_that_is_missing(
    recorded: Trace, is_left_out: Callable[[SystemCall], bool]
) -> None:
    with pytest.raises(AssertionError):
        Order(recorded.folder, without(recorded.text, is_left_out)).check()


@pytest.mark.endurance
@pytest.mark.parametrize("mutation", ["bytes", "folders", "records", "spend", "journal", "answer", "early"])
def test_a_version_that_leaves_one_out_is_caught(tmp_path: Path, demo: Demo, mutation: str) -> None:
    wrong = record(tmp_path / "run", demo, mutation)
    with pytest.raises(AssertionError):
        Order(wrong.folder, calls_in(wrong.text)).check()
