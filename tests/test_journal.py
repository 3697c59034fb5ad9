"""What goes into the journal comes out of it, and what has to leave it is nowhere in its files."""

import json
import random
import sqlite3
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import Reference
from seedream_desktop.journal import KEPT_MS, Journal
from tests.jobs import ANSWERS, JOBS, a_job

DAY_MS = 86_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    yield journal
    journal.close()


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


def test_jobs_come_in_the_order_in_which_they_were_entered_whatever_the_clock_says(journal: Journal) -> None:
    jobs = [replace(a_job(queued_ms=queued), press_index=index) for queued in (7, 5) for index in range(3)]
    journal.add(jobs[:3])
    journal.add(jobs[3:])
    assert journal.open_jobs() == tuple(jobs)


def test_many_that_were_cancelled_are_closed_together_and_none_comes_back(journal: Journal) -> None:
    jobs = tuple(replace(a_job(), id=f"job {number}") for number in range(4))
    journal.add(jobs)
    journal.store_all(tuple(replace(job, state=JobState.CANCELLED) for job in jobs[1:]))
    assert journal.open_jobs() == jobs[:1]
    with pytest.raises(LookupError):
        journal.store_all((replace(jobs[0], state=JobState.CANCELLED), replace(a_job(), id="never entered")))
    assert journal.open_jobs() == jobs[:1]


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


def test_a_folder_that_cannot_be_written_is_a_problem_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProblemError):
        Journal(tmp_path / "file" / "journal.sqlite3")


def test_closing_twice_is_allowed_and_later_use_is_a_problem(path: Path) -> None:
    journal = Journal(path)
    journal.close()
    journal.close()
    with pytest.raises(ProblemError):
        journal.open_jobs()


def linked(job: Job) -> Job:
    """``job`` with a public link as its reference."""
    reference = Reference("ab" * 32, "image/png", 1, 1, 1, url="https://cdn.example.com/cat.png?token=canary")
    return replace(
        job,
        request=replace(job.request, references=(reference,)),
        recipe=replace(job.recipe, references=(reference,)),
    )


def test_a_references_link_is_whole_while_the_job_is_open(journal: Journal) -> None:
    job = entered(journal, linked(a_job()))
    assert journal.open_jobs() == (job,)


@pytest.mark.parametrize("end", [JobState.SAVED, JobState.CANCELLED, None])
def test_a_references_link_is_no_credential_once_the_job_is_over(
    journal: Journal, path: Path, end: JobState | None
) -> None:
    job = entered(journal, linked(a_job()))
    if end is None:
        journal.dismiss(job.id)
    else:
        journal.store(replace(job, state=end, ended_ms=2000))
    journal.close()
    assert b"canary" not in path.read_bytes()
    assert b"https://cdn.example.com/cat.png" in path.read_bytes()
