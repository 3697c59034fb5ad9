"""A damaged, newer, full or killed journal: what was entered is there, or set aside and said so."""

import random
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.journal import Journal
from tests.jobs import a_job


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def filled(path: Path, count: int) -> Job:
    """A closed journal with answered jobs; returns the last."""
    journal = Journal(path)
    job = a_job()
    for _ in range(count):
        job = replace(a_job(), state=JobState.ANSWERED)
        journal.add((job,))
        journal.store_answer(job, Answer((AnsweredPicture(0, url="https://a/0"),)))
    journal.close()
    return job


def ids(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT id FROM jobs").fetchall()
    connection.close()
    return {row[0] for row in found}


def test_a_journal_that_is_no_database_is_set_aside(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)
    journal = Journal(path)
    assert journal.set_aside is not None
    assert journal.set_aside.read_bytes().startswith(b"no database")
    journal.add((a_job(),))
    assert len(journal.open_jobs()) == 1
    journal.close()


def test_a_damaged_page_is_noticed_and_set_aside_with_its_log(path: Path) -> None:
    filled(path, 100)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = random.randbytes(4096 * 3)
    path.write_bytes(bytes(content))
    again = Journal(path)
    assert again.set_aside is not None
    assert again.set_aside.read_bytes() == bytes(content)
    assert again.open_jobs() == ()
    again.close()


@pytest.mark.parametrize("size_bytes", [99, 100, 4096, 5000, 12288])
def test_a_cut_journal_does_not_stop_the_start(path: Path, size_bytes: int) -> None:
    filled(path, 30)
    path.write_bytes(path.read_bytes()[:size_bytes])
    again = Journal(path)
    assert again.set_aside is not None
    assert again.recover() == ()
    again.close()


def test_a_journal_of_a_newer_version_is_set_aside_unharmed(path: Path) -> None:
    job = filled(path, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    again = Journal(path)
    assert again.set_aside is not None
    assert job.id in ids(again.set_aside)
    assert again.open_jobs() == ()
    again.close()


def test_a_second_one_set_aside_does_not_replace_the_first(path: Path) -> None:
    aside = set()
    for text in (b"first " * 1000, b"second " * 1000):
        path.write_bytes(text)
        journal = Journal(path)
        aside.add(journal.set_aside)
        journal.close()
        path.unlink()
    assert len(aside) == 2


def test_a_row_that_makes_no_sense_is_kept_and_counted(path: Path) -> None:
    journal, good, bad = Journal(path), a_job(), a_job()
    journal.add((good, bad))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE jobs SET job = '{\"id\": 5}' WHERE id = ?", (bad.id,))
    connection.close()
    assert journal.recover() == (good,)
    assert journal.unreadable_count == 1
    assert bad.id in ids(path)
    journal.close()


@pytest.mark.parametrize(
    "row", ["[" * 100_000, "9" * 100_000, '{"id": ' * 50_000, "1e999", "NaN", " " * 10**7], ids=range(6)
)
def test_a_row_of_any_text_stops_neither_the_others_nor_the_start(path: Path, row: str) -> None:
    job = filled(path, 2)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE jobs SET job = ? WHERE id <> ?", (row, job.id))
    connection.close()
    journal = Journal(path)
    assert [one.id for one in journal.open_jobs()] == [job.id]
    assert journal.set_aside is None
    journal.close()


def test_another_process_that_writes_is_waited_for(path: Path) -> None:
    journal = Journal(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        entering = pool.submit(journal.add, (a_job(),))
        assert not entering.done()
        other.execute("ROLLBACK")
        entering.result(5)
    other.close()
    assert len(journal.open_jobs()) == 1
    journal.close()


def test_a_full_disk_is_named_and_loses_nothing(path: Path) -> None:
    journal, job = Journal(path), a_job()
    journal.add((job,))
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProblemError) as caught:
        journal.add([a_job() for _ in range(200)])
    assert caught.value.problem.kind is ProblemKind.DISK_FULL
    assert journal.open_jobs() == (job,)
    journal.store(replace(job, state=JobState.SENDING))
    journal.close()


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.job import JobState
from seedream_desktop.journal import Journal
from tests.jobs import a_job

journal = Journal(Path(sys.argv[1]))
while True:
    job = a_job()
    journal.add((job,))
    print("queued", job.id, flush=True)
    journal.store(replace(job, state=JobState.SENDING))
    print("sending", job.id, flush=True)
    answer = Answer((AnsweredPicture(0, url="https://a/" + "x" * 2000), AnsweredPicture(1, url="https://b/")))
    journal.store_answer(replace(job, state=JobState.ANSWERED), answer)
    print("answered", job.id, flush=True)
    journal.forget_link(job.id, 0)
    print("forgotten", job.id, flush=True)
"""


def killed_writer(path: Path, after: int) -> dict[str, str]:
    """The last step of each job that a writer reported before it was killed."""
    command = [sys.executable, "-c", WRITER, str(path)]
    environment = {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
    last = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        for number, line in enumerate(writer.stdout):
            step, job_id = line.split()
            last[job_id] = step
            if number == after:
                writer.send_signal(signal.SIGKILL)
    return last


def answer_urls(journal: Journal, job_id: str) -> tuple[str, ...]:
    answer = journal.answer(job_id)
    assert answer is not None
    return tuple(picture.url for picture in answer.pictures)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("after", random.Random(2).sample(range(200), 6))
def test_a_kill_loses_nothing_that_was_entered(path: Path, after: int) -> None:
    last = killed_writer(path, after)
    journal = Journal(path)
    found = {job.id: job for job in journal.recover()}
    assert journal.set_aside is None
    assert last.keys() <= found.keys()
    for job_id, step in last.items():
        if step in {"answered", "forgotten"}:
            assert found[job_id].state is JobState.ANSWERED
            assert answer_urls(journal, job_id)[1] == "https://b/"
        elif step == "sending":
            assert found[job_id].state in {JobState.UNKNOWN, JobState.ANSWERED}
    journal.close()
