"""Bad moments for a picture that was paid for: a dead link, a drive that cuts, a board that moves."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.library import keeping
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.library.values import Picture
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def fetched_into_the_spool(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job whose picture is on this disk and in no library yet; its link has died meanwhile."""

    def away(_picture: NewPicture) -> Picture:
        raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))

    async def dead(*_: object) -> None:
        raise ProblemError(Problem(ProblemKind.LINK_EXPIRED, billed=Billed.YES))

    with monkeypatch.context() as patched:
        patched.setattr(bench.library, "add", away)
        job = end_of(bench.run(bench.job()))
    monkeypatch.setattr(bench.tools.client, "download", dead)
    return job


@pytest.mark.parametrize(
    "kind", [ProblemKind.UNEXPECTED, ProblemKind.DISK_FULL, ProblemKind.FILE_UNREADABLE], ids=str
)
def test_a_picture_that_cannot_be_looked_at_now_is_not_given_up_for_its_dead_link(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch, kind: ProblemKind
) -> None:
    """No worker can be started, no thumbnail written, or another program holds the file."""

    def not_now(_path: Path, _thumbnail: Path) -> CheckedPicture:
        raise ProblemError(Problem(kind))

    held = fetched_into_the_spool(bench, monkeypatch)
    job = end_of(bench.run(held, replace(bench.tools, check=not_now)))
    assert (job.state, job.problem) == (JobState.ANSWERED, Problem(kind, billed=Billed.YES))
    assert end_of(bench.run(job)).is_settled
    assert len(bench.pictures()) == len(demo.posts()) == 1


def test_a_damaged_picture_whose_link_is_dead_is_said_to_be_damaged(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = fetched_into_the_spool(bench, monkeypatch)
    (path,) = (bench.spool / held.id).glob("*.bin")
    path.write_bytes(path.read_bytes()[:5000])
    job = end_of(bench.run(held))
    assert (job.state, job.kept) == (JobState.FAILED, (path.name,))
    assert job.problem is not None
    assert job.problem.kind is ProblemKind.RESULT_DAMAGED


def test_a_library_that_takes_other_bytes_than_it_was_given_does_not_end_the_picture(
    bench: Bench, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive that cuts what is written to it."""

    def cut(staged: Path, size_bytes: int) -> None:
        staged.write_bytes(staged.read_bytes()[:100])
        check_size(staged, size_bytes)

    check_size = keeping._check_size
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "_check_size", cut)
        job = end_of(bench.run(bench.job()))
    assert job.problem is not None
    assert (job.state, job.problem.kind) == (JobState.ANSWERED, ProblemKind.FOLDER_NOT_WRITABLE)
    assert end_of(bench.run(job)).is_settled
    assert len(bench.pictures()) == len(demo.posts()) == 1


def test_the_answer_is_durable_before_the_first_download_starts(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen by another connection to the file, so it is committed; that a commit is synced says SQLite."""
    seen: list[tuple[str, int, str]] = []
    download = bench.tools.client.download

    async def looking(url: str, *arguments: Any) -> None:
        with closing(sqlite3.connect(f"file:{tmp_path / 'journal.sqlite3'}?mode=ro", uri=True)) as other:
            (state,) = other.execute("SELECT state FROM jobs").fetchone()
            (answers,) = other.execute("SELECT count(*) FROM answers").fetchone()
            links = {json.loads(link) for (link,) in other.execute("SELECT url FROM links")}
        seen.append((state, answers, "" if url in links else "its link is not there"))
        await download(url, *arguments)

    monkeypatch.setattr(bench.tools.client, "download", looking)
    job = bench.job(prompt="a set of 3 images of a fox", images_in_set=3)
    assert end_of(bench.run(job)).is_settled
    assert seen == [("answered", 1, "")] * 3
    assert bench.journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


@pytest.mark.parametrize("is_known", [True, False], ids=["in the window", "outside"])
def test_a_board_that_is_renamed_while_its_picture_is_on_its_way_gets_the_picture(
    bench: Bench, is_known: bool
) -> None:
    board = bench.library.create_board("Acme")
    bench.library.set_up_board(board.id, {})

    def renamed(path: Path, thumbnail: Path) -> CheckedPicture:
        if is_known:
            bench.library.rename_board(board.id, "Acme rebrand")
        else:
            (bench.library.root / "Acme").rename(bench.library.root / "Acme rebrand")
        return bench.tools.check(path, thumbnail)

    job = replace(bench.job(), board_id=board.id, board_name="Acme")
    bench.journal.store(job)
    assert end_of(bench.run(job, replace(bench.tools, check=renamed))).is_settled
    bench.library.synchronise()
    (picture,) = bench.pictures()
    assert picture.parent == bench.library.root / "Acme rebrand"
    assert [one.name for one in bench.library.boards() if one.id == board.id] == ["Acme rebrand"]
    assert not (bench.library.root / "Acme").exists()


def test_a_board_that_is_gone_when_its_picture_comes_is_there_again_under_its_name(bench: Bench) -> None:
    board = bench.library.create_board("Acme")
    job = replace(bench.job(), board_id=board.id, board_name="Acme")
    bench.journal.store(job)

    def removed(path: Path, thumbnail: Path) -> CheckedPicture:
        shutil.rmtree(bench.library.root / "Acme")
        bench.library.synchronise()
        return bench.tools.check(path, thumbnail)

    assert end_of(bench.run(job, replace(bench.tools, check=removed))).is_settled
    (picture,) = bench.pictures()
    assert picture.parent == bench.library.root / "Acme"
