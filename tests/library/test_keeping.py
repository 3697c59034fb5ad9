"""Adding survives a fault at every step, and an end at any moment."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library.library import Library
from seedream_desktop.library.record import RecordFile
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench, files_below
from tests.library.faults import failing_at

ROOT = Path(__file__).parents[2]
KILLS = 6
CHILD = """
import sys
from pathlib import Path
from tests.library.conftest import Bench
bench = Bench(Path(sys.argv[1]))
library = bench.open()
print("open", flush=True)
for number in range(int(sys.argv[2]), 100_000):
    picture = library.add(bench.new(number, board_name="Acme"))
    print(number, flush=True)
"""


def pictures_on_disk(bench: Bench) -> dict[str, bytes]:
    return {name: content for name, content in files_below(bench.root).items() if name.endswith(".png")}


def assert_sound(bench: Bench, library: Library) -> None:
    """Every picture on disk is whole, has its record, and is in the index once."""
    on_disk = pictures_on_disk(bench)
    assert set(library.ids(Query())) == set(on_disk)
    for picture in library.pictures(library.ids(Query())):
        made = RecordFile.read(library._folder.record_path(picture.id).read_bytes()).record.made
        assert made.sha256 == picture.sha256 == bench.checked(on_disk[picture.id]).sha256
    assert list((bench.root / ".seedream" / "tmp").rglob("*.part")) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, ProblemKind.DISK_FULL),
        (errno.EACCES, ProblemKind.FOLDER_NOT_WRITABLE),
        (errno.EIO, ProblemKind.LIBRARY_AWAY),
    ],
)
def test_a_fault_at_any_step_leaves_the_library_sound_and_the_next_try_works(
    bench: Bench, library: Library, code: int, kind: ProblemKind
) -> None:
    library.synchronise()
    for number in range(200):
        new = bench.new(number, board_name="Acme")
        with failing_at(number, code) as faults:
            problem = None
            try:
                library.add(new)
            except ProblemError as error:
                problem = error.problem.kind
        assert problem in {None, kind}
        assert_sound_or_adopted(bench, library)
        picture = library.add(new)
        assert library.record(picture.id).made == replace(new.made, number=picture.number)
        assert library.counts().all == number + 1
        assert_sound(bench, library)
        if not faults.is_past:
            return
    raise AssertionError("it never ends")


def assert_sound_or_adopted(bench: Bench, library: Library) -> None:
    library.synchronise()
    assert_sound(bench, library)


def test_an_end_after_the_file_is_mended_by_the_same_picture_coming_again(
    bench: Bench, library: Library
) -> None:
    new = bench.new(1)
    left = bench.root / "Inbox" / "a cat 0001.png"
    left.write_bytes(new.source.read_bytes())
    picture = library.add(new)
    assert (picture.path, library.counts().all) == (left, 1)
    assert library.record(picture.id).made.job_id == "job-1"


def test_an_end_after_the_file_is_mended_even_once_it_was_adopted(bench: Bench, library: Library) -> None:
    new = bench.new(1)
    left = bench.root / "Inbox" / "a cat 0001.png"
    left.write_bytes(new.source.read_bytes())
    library.synchronise()
    library.mark(library.ids(Query()), rating=3)
    picture = library.add(new)
    assert (picture.path, picture.rating, library.counts().all) == (left, 3, 1)
    assert library.record(picture.id).made == replace(new.made, number=picture.number)


def test_an_end_after_the_record_is_mended_by_the_same_picture_coming_again(bench: Bench) -> None:
    first = bench.open()
    picture = first.add(bench.new(1))
    first.close()
    bench.index.unlink()
    assert bench.open().add(bench.new(1)).id == picture.id
    assert len(pictures_on_disk(bench)) == 1


def test_the_same_bytes_from_two_jobs_are_two_pictures(bench: Bench, library: Library) -> None:
    library.add(bench.new(1, job_id="a"))
    library.add(bench.new(1, job_id="b"))
    (bench.root / "Inbox" / "third.png").write_bytes(bench.bytes_of(1))  # left by job c, adopted as a copy
    library.synchronise()
    library.add(bench.new(1, job_id="c"))
    made = [library.record(picture_id).made.job_id for picture_id in library.ids(Query())]
    assert sorted(made) == ["a", "b", "c"]


def run_until_killed(folder: Path, first: int, kill_after: int) -> int:
    """Add pictures in another process until some more are in; gives the number of the last that was told."""
    command = [sys.executable, "-c", CHILD, str(folder), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [line for _, line in zip(range(kill_after), child.stdout, strict=False)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=random.Random(kill_after + first).uniform(0, 0.03))
        os.kill(child.pid, signal.SIGKILL)
        told += child.stdout.readlines()
    return max((int(line) for line in told if line.strip().isdigit()), default=first - 1)


def test_a_kill_at_any_moment_loses_nothing_and_tears_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first = 0
    for kill in range(KILLS):
        told = run_until_killed(tmp_path, first, kill_after=2 + kill)
        library = bench.open()
        library.synchronise()
        assert_sound(bench, library)
        in_flight = library.add(bench.new(told + 1, board_name="Acme"))
        assert library.record(in_flight.id).made.job_id == f"job-{told + 1}"
        jobs = sorted(library.record(picture_id).made.job_id for picture_id in library.ids(Query()))
        assert jobs == sorted(f"job-{number}" for number in range(told + 2))
        library.close()
        first = told + 2
