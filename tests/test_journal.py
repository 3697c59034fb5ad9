"""What is in the journal survives a kill, and what has to leave it is nowhere in its files."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Answer, AnsweredPicture, Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)
from seedream_desktop.journal import KEPT_MS, Journal

DAY_MS = 86_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    yield journal
    journal.close()


def a_job(state: JobState = JobState.QUEUED, queued_ms: int = 1000, ended_ms: int | None = None) -> Job:
    request = GenerationRequest("a-model", "a cat", Size("2K"))
    return Job(
        id=uuid.uuid4().hex,
        press_id="press",
        press_index=0,
        press_count=1,
        request=request,
        recipe=Recipe(prompt="a cat"),
        library_id="library",
        board_id="board",
        board_name="Inbox",
        queued_ms=queued_ms,
        state=state,
        ended_ms=ended_ms,
    )


def entered(journal: Journal, job: Job) -> Job:
    journal.add((job,))
    return job


def answered(journal: Journal, *urls: str) -> Job:
    job = replace(entered(journal, a_job()), state=JobState.ANSWERED, answered_ms=2000)
    pictures = tuple(AnsweredPicture(index, url=url) for index, url in enumerate(urls))
    journal.store_answer(job, Answer(pictures))
    return job


def urls(journal: Journal, job: Job) -> tuple[str, ...]:
    answer = journal.answer(job.id)
    assert answer is not None
    return tuple(picture.url for picture in answer.pictures)


def bytes_of_all_files(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


TEXT = st.text(max_size=30)
SHORT = st.integers(-(2**53), 2**53)
MAYBE_TIME = st.none() | st.integers(0, 2**45)
PROBLEMS = st.builds(
    Problem,
    kind=st.sampled_from(ProblemKind),
    billed=st.sampled_from(Billed),
    said=TEXT,
    limit=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    status=st.none() | st.integers(100, 599),
)
SIZES = st.sampled_from([Size("2K"), Size(width_px=2848, height_px=1600)])
REFERENCES = st.builds(
    Reference, sha256=TEXT, media_type=TEXT, width_px=SHORT, height_px=SHORT, size_bytes=SHORT, name=TEXT
)
REQUESTS = st.builds(
    GenerationRequest,
    model=TEXT,
    prompt=TEXT,
    size=st.none() | SIZES,
    references=st.lists(REFERENCES, max_size=3).map(tuple),
    watermark=st.booleans(),
    guidance_scale=st.none() | st.floats(1, 10),
    seed=st.none() | SHORT,
    images_in_set=st.none() | st.integers(1, 15),
    output_format=st.none() | st.sampled_from(OutputFormat),
    response_format=st.sampled_from(ResponseFormat),
)
RECIPES = st.builds(Recipe, prompt=st.none() | TEXT, size=st.none() | SIZES, is_set=st.none() | st.booleans())
JOBS = st.builds(
    Job,
    id=st.uuids().map(lambda value: value.hex),
    press_id=TEXT,
    press_index=st.integers(0, 99),
    press_count=st.integers(1, 100),
    request=REQUESTS,
    recipe=RECIPES,
    library_id=TEXT,
    board_id=TEXT,
    board_name=TEXT,
    made_from=st.lists(TEXT, max_size=3).map(tuple),
    price_usd=st.none() | st.floats(0, 10),
    queued_ms=st.integers(0, 2**45),
    state=st.sampled_from([JobState.QUEUED, JobState.ANSWERED, JobState.FAILED, JobState.UNKNOWN]),
    sending_ms=MAYBE_TIME,
    ended_ms=MAYBE_TIME,
    problem=st.none() | PROBLEMS,
    saved=st.lists(TEXT, max_size=3).map(tuple),
)
ANY_TEXT = st.text(st.characters(), max_size=30)  # halves of surrogate pairs too
ANSWERED_PICTURES = st.builds(
    AnsweredPicture,
    index=st.integers(0, 20),
    url=ANY_TEXT,
    spool_name=TEXT,
    size_said=TEXT,
    problem=st.none() | PROBLEMS,
    expires_ms=MAYBE_TIME,
)
ANSWERS = st.builds(
    Answer,
    pictures=st.lists(ANSWERED_PICTURES, max_size=4).map(tuple),
    created=MAYBE_TIME,
    model=ANY_TEXT,
    generated_images=st.none() | SHORT,
    problem=st.none() | PROBLEMS,
    extra_json=ANY_TEXT,
)


@given(JOBS, JOBS, ANSWERS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_goes_in_comes_out(journal: Journal, job: Job, later: Job, answer: Answer) -> None:
    job, later = (replace(value, id=uuid.uuid4().hex) for value in (job, later))
    journal.add((job, later))
    assert {job.id: job, later.id: later} == {found.id: found for found in journal.open_jobs()}
    changed = replace(later, id=job.id, queued_ms=job.queued_ms)
    journal.store_answer(changed, answer)
    assert changed in journal.open_jobs()
    assert journal.answer(job.id) == answer
    for closed in (job, later):
        journal.dismiss(closed.id)


def test_jobs_come_in_the_order_of_their_presses(journal: Journal) -> None:
    jobs = [replace(a_job(queued_ms=queued), press_index=index) for queued in (7, 5) for index in (2, 0, 1)]
    journal.add(jobs)
    found = [(job.queued_ms, job.press_index) for job in journal.open_jobs()]
    assert found == [(5, 0), (5, 1), (5, 2), (7, 0), (7, 1), (7, 2)]


def test_several_jobs_are_entered_together_or_not_at_all(journal: Journal) -> None:
    known = entered(journal, a_job())
    with pytest.raises(ProblemError):
        journal.add((a_job(), known, a_job()))
    assert journal.open_jobs() == (known,)


@pytest.mark.parametrize("state", JobState)
def test_only_what_is_saved_or_cancelled_is_closed(journal: Journal, state: JobState) -> None:
    entered(journal, a_job(state))
    assert bool(journal.open_jobs()) is (state not in {JobState.SAVED, JobState.CANCELLED})


def test_a_job_that_was_never_entered_is_a_defect(journal: Journal) -> None:
    with pytest.raises(LookupError):
        journal.store(a_job())
    with pytest.raises(LookupError):
        journal.store_answer(a_job(), Answer(()))
    assert journal.answer("unknown") is None


def test_a_refused_answer_leaves_the_job_as_it_was(journal: Journal) -> None:
    job = entered(journal, a_job())
    twice = Answer((AnsweredPicture(0, url="https://a/"),))
    journal.store_answer(replace(job, state=JobState.ANSWERED), twice)
    journal.store_answer(replace(job, state=JobState.ANSWERED), twice)
    assert urls(journal, job) == ("https://a/",)


def test_a_dismissed_job_is_open_no_longer_and_has_no_links(journal: Journal) -> None:
    job = answered(journal, "https://example.com/a?signature=1")
    journal.dismiss(job.id)
    assert journal.open_jobs() == ()
    assert urls(journal, job) == ("",)


def test_a_saved_picture_takes_its_link_along_and_leaves_the_others(journal: Journal) -> None:
    job = answered(journal, "https://a/0", "https://a/1", "https://a/2")
    journal.forget_link(job.id, 1)
    assert urls(journal, job) == ("https://a/0", "", "https://a/2")


def test_a_saved_job_has_no_links(journal: Journal) -> None:
    job = answered(journal, "https://a/0", "https://a/1")
    journal.store(replace(job, state=JobState.SAVED))
    assert urls(journal, job) == ("", "")


def test_nothing_of_a_forgotten_link_stays_in_the_files(journal: Journal, path: Path) -> None:
    padding = [random.randrange(3000) for _ in range(150)]
    jobs = [
        answered(journal, *(f"https://a/?sign={uuid.uuid4().hex}&p={'p' * size}",) * 2) for size in padding
    ]
    assert b"sign=" in bytes_of_all_files(path)
    places = [(job.id, index) for job in jobs for index in range(2)]
    random.shuffle(places)
    for job_id, index in places:
        journal.forget_link(job_id, index)
    assert b"sign=" not in bytes_of_all_files(path)
    assert b"pppppp" not in bytes_of_all_files(path)


def test_what_was_being_sent_is_unknown_after_a_start(journal: Journal) -> None:
    job = entered(journal, a_job(JobState.SENDING))
    (recovered,) = journal.recover()
    assert recovered.state is JobState.UNKNOWN
    assert recovered.problem == Problem(ProblemKind.ENDED_WHILE_SENDING, billed=Billed.MAYBE)
    assert replace(recovered, state=job.state, problem=None, ended_ms=None) == job
    assert journal.recover() == (recovered,)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.ANSWERED, JobState.FAILED, JobState.UNKNOWN])
def test_a_start_changes_nothing_else(journal: Journal, state: JobState) -> None:
    job = entered(journal, a_job(state))
    assert journal.recover() == (job,)


@pytest.mark.parametrize(
    ("state", "age_ms", "is_kept"),
    [
        (JobState.SAVED, KEPT_MS + DAY_MS, False),
        (JobState.SAVED, KEPT_MS - DAY_MS, True),
        (JobState.CANCELLED, KEPT_MS + DAY_MS, False),
        (JobState.FAILED, KEPT_MS + DAY_MS, True),
        (JobState.UNKNOWN, KEPT_MS + DAY_MS, True),
        (JobState.ANSWERED, KEPT_MS + DAY_MS, True),
    ],
)
def test_only_what_needs_no_decision_is_cleared_away(
    journal: Journal, path: Path, state: JobState, age_ms: int, is_kept: bool
) -> None:
    then_ms = int(time.time() * 1000) - age_ms
    job = entered(journal, a_job(state, queued_ms=then_ms, ended_ms=then_ms))
    journal.recover()
    assert (job.id.encode() in rows(path)) is is_kept


def rows(path: Path) -> bytes:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT id FROM jobs").fetchall()
    connection.close()
    return json.dumps(found).encode()


def test_links_are_nobody_elses_to_read(journal: Journal, path: Path) -> None:
    answered(journal, "https://a/0")
    modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0}


def test_eight_threads_lose_nothing(journal: Journal) -> None:
    def live(_: int) -> str:
        job = answered(journal, "https://a/0")
        journal.forget_link(job.id, 0)
        journal.store(replace(job, state=JobState.UNKNOWN))
        return job.id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(live, range(80)))
    assert {job.id for job in journal.open_jobs()} == ids
    assert {job.state for job in journal.open_jobs()} == {JobState.UNKNOWN}


def test_a_journal_that_is_no_database_is_set_aside(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)
    journal = Journal(path)
    assert journal.set_aside is not None
    assert journal.set_aside.read_bytes().startswith(b"no database")
    job = entered(journal, a_job())
    assert journal.open_jobs() == (job,)
    journal.close()


def test_a_damaged_page_is_noticed_and_set_aside_with_its_log(path: Path) -> None:
    journal = Journal(path)
    for _ in range(100):
        answered(journal, "https://a/0")
    journal.close()
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
    journal = Journal(path)
    for _ in range(30):
        answered(journal, "https://a/0")
    journal.close()
    path.write_bytes(path.read_bytes()[:size_bytes])
    again = Journal(path)
    assert again.set_aside is not None
    assert again.recover() == ()
    again.close()


def test_a_journal_of_a_newer_version_is_set_aside_unharmed(path: Path) -> None:
    journal = Journal(path)
    job = entered(journal, a_job())
    journal.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    again = Journal(path)
    assert again.set_aside is not None
    assert job.id.encode() in rows(again.set_aside)
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


def test_a_row_that_makes_no_sense_is_kept_and_counted(journal: Journal, path: Path) -> None:
    good, bad = entered(journal, a_job()), entered(journal, a_job())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE jobs SET job = '{\"id\": 5}' WHERE id = ?", (bad.id,))
    connection.close()
    assert journal.recover() == (good,)
    assert journal.unreadable_count == 1
    assert bad.id.encode() in rows(path)


def test_another_process_that_writes_is_waited_for(journal: Journal, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        entering = pool.submit(journal.add, (a_job(),))
        assert not entering.done()
        other.execute("ROLLBACK")
        entering.result(5)
    other.close()
    assert len(journal.open_jobs()) == 1


def test_a_folder_that_cannot_be_written_is_a_problem_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProblemError):
        Journal(tmp_path / "file" / "journal.sqlite3")


def test_a_full_disk_is_named_and_loses_nothing(journal: Journal) -> None:
    job = entered(journal, a_job())
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProblemError) as caught:
        journal.add([a_job() for _ in range(200)])
    assert caught.value.problem.kind is ProblemKind.DISK_FULL
    assert journal.open_jobs() == (job,)
    journal.store(replace(job, state=JobState.SENDING))


def test_closing_twice_is_allowed_and_later_use_is_a_problem(path: Path) -> None:
    journal = Journal(path)
    journal.close()
    journal.close()
    with pytest.raises(ProblemError):
        journal.open_jobs()


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from seedream_desktop.generation.job import Answer, AnsweredPicture, JobState
from seedream_desktop.journal import Journal
from tests.test_journal import a_job

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
STEPS = ("queued", "sending", "answered", "forgotten")


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
            assert urls(journal, found[job_id])[1] == "https://b/"
        elif step == "sending":
            assert found[job_id].state in {JobState.UNKNOWN, JobState.ANSWERED}
    journal.close()
