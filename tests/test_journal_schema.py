"""A journal that an older version wrote is brought on in one step, or left to that version."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop import journal_schema
from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.codec import encode
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.journal import Journal
from tests.jobs import a_job

SCHEMA_1 = """
PRAGMA journal_mode = WAL;
CREATE TABLE jobs (
    id TEXT PRIMARY KEY, press_id TEXT NOT NULL, press_index INTEGER NOT NULL, queued_ms INTEGER NOT NULL,
    ended_ms INTEGER, dismissed_ms INTEGER, state TEXT NOT NULL, job TEXT NOT NULL
);
CREATE TABLE answers (job_id TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE, answer TEXT NOT NULL);
CREATE TABLE links (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    picture_index INTEGER NOT NULL, url TEXT NOT NULL, PRIMARY KEY (job_id, position)
);
PRAGMA user_version = 1;
"""
LINK = "https://a/?sign=1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def row_of_schema_1(job: Job) -> tuple[object, ...]:
    text = json.dumps(encode(job))
    return job.id, job.press_id, job.press_index, job.queued_ms, job.ended_ms, None, job.state.value, text


def written_by_schema_1(path: Path) -> tuple[Job, ...]:
    """Two presses, the later one entered first; one job answered, one that makes no sense."""
    jobs = tuple(
        replace(a_job(queued_ms=queued), press_index=index, board_id=f"board {queued}")
        for queued in (9000, 5000)
        for index in (1, 0)
    )
    answered = replace(jobs[0], state=JobState.ANSWERED)
    jobs = (answered, *jobs[1:])
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(SCHEMA_1)
    connection.executemany("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(row_of_schema_1, jobs))
    bad = ("bad", "p", 0, 1, None, None, "queued", '["no job"]')
    connection.execute("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", bad)
    text = json.dumps(encode(Answer((AnsweredPicture(0),))))
    connection.execute("INSERT INTO answers VALUES (?, ?)", (answered.id, text))
    connection.execute("INSERT INTO links VALUES (?, 0, 0, ?)", (answered.id, json.dumps(LINK)))
    connection.close()
    return jobs


def as_schema_1_reads(path: Path) -> tuple[int, list[tuple[object, ...]], list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    jobs = connection.execute("SELECT * FROM jobs ORDER BY id").fetchall()
    links = connection.execute("SELECT * FROM links").fetchall()
    connection.execute("INSERT INTO jobs VALUES ('new', 'p', 0, 1, NULL, NULL, 'queued', '{}')")
    connection.rollback()
    connection.close()
    return version, jobs, links


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    tables = ("jobs", "answers", "links", "queue")
    found = {table: connection.execute(f"PRAGMA table_info({table})").fetchall() for table in tables}
    connection.close()
    return found


def test_schema_1_comes_along_with_every_row_in_its_order(path: Path) -> None:
    late_1, late_0, early_1, early_0 = written_by_schema_1(path)
    journal = Journal(path)
    assert journal.set_aside is None
    assert journal.open_jobs() == (early_0, early_1, late_0, late_1)
    assert journal.unreadable_count == 1
    answer = journal.answer(late_1.id)
    assert answer is not None
    assert answer.pictures[0].url == LINK
    assert set(journal.forget_board("library", "board 9000")) == {late_1.id, late_0.id}
    assert journal.known_ids() == {early_0.id, early_1.id, "bad"}
    journal.close()


def test_schema_1_is_brought_on_once(path: Path) -> None:
    jobs = written_by_schema_1(path)
    Journal(path).close()
    journal = Journal(path)
    journal.order([job.id for job in jobs])
    journal.close()
    journal = Journal(path)
    assert journal.open_jobs() == jobs
    journal.close()


def test_a_journal_that_was_brought_on_is_like_a_new_one(path: Path, tmp_path: Path) -> None:
    written_by_schema_1(path)
    Journal(path).close()
    new = tmp_path / "new.sqlite3"
    Journal(new).close()
    assert columns(path) == columns(new)


def test_a_migration_that_fails_leaves_the_file_to_the_version_that_wrote_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = written_by_schema_1(path)
    before = as_schema_1_reads(path)
    step = journal_schema._MIGRATIONS[1]

    def breaks_at_the_end(connection: sqlite3.Connection) -> None:
        step(connection)
        raise sqlite3.OperationalError("no more")

    monkeypatch.setitem(journal_schema._MIGRATIONS, 1, breaks_at_the_end)
    with pytest.raises(ProblemError):
        Journal(path)
    assert as_schema_1_reads(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    monkeypatch.setitem(journal_schema._MIGRATIONS, 1, step)
    journal = Journal(path)
    assert {job.id for job in journal.open_jobs()} == {job.id for job in jobs}
    journal.close()


def test_a_disk_that_is_full_when_the_journal_is_brought_on_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_by_schema_1(path)
    before = as_schema_1_reads(path)
    pages = "PRAGMA max_page_count = 1;"  # SQLite takes the pages that there are
    monkeypatch.setattr(journal_schema, "_SETTINGS", journal_schema._SETTINGS + pages)
    with pytest.raises(ProblemError) as caught:
        Journal(path)
    assert caught.value.problem.kind is ProblemKind.DISK_FULL
    assert as_schema_1_reads(path) == before


def test_a_board_is_forgotten_in_a_journal_that_was_set_aside_too(path: Path) -> None:
    mine = replace(a_job(), id="1" * 32, library_id="library", board_id="board", board_name="canary")
    other = replace(mine, id="2" * 32, board_id="another", board_name="theirs")
    journal = Journal(path)
    journal.add([mine, other])
    journal.close()
    aside = path.with_stem(f"{path.stem}-set-aside-1")
    path.rename(aside)
    unreadable = path.with_stem(f"{path.stem}-set-aside-2")
    unreadable.write_bytes(b"no database")
    journal = Journal(path)
    assert journal.forget_board("library", "board") == ()
    journal.close()
    assert b"canary" not in aside.read_bytes()
    assert b"theirs" in aside.read_bytes()
    assert unreadable.read_bytes() == b"no database"
