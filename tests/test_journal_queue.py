"""What the journal keeps of the queue: its order, why it pauses, what was sent today, and nothing of a board
that was forgotten.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import DayFigures, Pause, PauseReason
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.journal import Journal
from tests.jobs import a_job

LINK = "https://a/?sign=canary-link"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    yield journal
    journal.close()


def reopened(journal: Journal, path: Path) -> Journal:
    journal.close()
    return Journal(path)


def bytes_of_all_files(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def answered(journal: Journal, *urls: str, **fields: object) -> Job:
    job = replace(a_job(), state=JobState.ANSWERED, answered_ms=2000, **fields)  # type: ignore[arg-type]
    journal.add((job,))
    journal.store_answer(job, Answer(tuple(AnsweredPicture(i, url=url) for i, url in enumerate(urls))))
    return job


def test_an_order_survives_a_restart_and_leaves_the_others_in_their_places(
    journal: Journal, path: Path
) -> None:
    jobs = [a_job() for _ in range(5)]
    journal.add(jobs)
    journal.order([jobs[number].id for number in (4, 0, 2)])
    journal = reopened(journal, path)
    assert journal.open_jobs() == (jobs[4], jobs[1], jobs[0], jobs[3], jobs[2])
    later = a_job()
    journal.add((later,))
    assert journal.open_jobs()[-1] == later
    journal.close()


def test_an_order_of_jobs_that_are_gone_is_that_of_the_others(journal: Journal) -> None:
    jobs = [a_job() for _ in range(3)]
    journal.add(jobs)
    journal.order([jobs[2].id, "gone", jobs[0].id])
    assert journal.open_jobs() == (jobs[2], jobs[1], jobs[0])


PAUSES = st.builds(
    Pause,
    st.sampled_from(PauseReason),
    st.none() | st.builds(Problem, st.sampled_from(ProblemKind), said=st.text(max_size=9)),
    st.none()
    | st.builds(
        DayFigures, st.text(max_size=9), *[st.floats(0, 1e6)] * 3, st.none() | st.floats(0, 9), st.integers(0)
    ),
)


@given(PAUSES)
def test_why_the_queue_pauses_survives_a_restart(
    tmp_path_factory: pytest.TempPathFactory, pause: Pause
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    journal = Journal(path)
    assert journal.held_by() is None
    journal.store_pause(pause)
    journal = reopened(journal, path)
    assert journal.held_by() == pause
    journal.store_pause(None)
    assert journal.held_by() is None
    journal.close()


def test_a_reason_of_a_newer_version_still_holds_the_queue(journal: Journal) -> None:
    journal._remember("pause", '{"reason": "moon_phase"}')
    assert journal.held_by() == Pause(PauseReason.BY_HAND)


def test_a_waiver_is_remembered_with_its_day(journal: Journal, path: Path) -> None:
    assert journal.waived_on() == ""
    journal.store_waiver("2026-11-22")
    journal = reopened(journal, path)
    assert journal.waived_on() == "2026-11-22"
    journal.close()


@pytest.mark.parametrize(
    ("state", "sending_ms", "ended_ms", "counts"),
    [
        (JobState.SENDING, 5000, None, True),
        (JobState.ANSWERED, 5000, None, True),
        (JobState.SAVED, 5000, 6000, True),
        (JobState.UNKNOWN, 5000, 6000, True),
        (JobState.SAVED, 4999, 6000, False),
        (JobState.SAVED, 4000, 4500, False),
        (JobState.QUEUED, None, None, False),
        (JobState.CANCELLED, 5000, 6000, False),
    ],
)
def test_what_was_sent_since_is_known(
    journal: Journal, state: JobState, sending_ms: int | None, ended_ms: int | None, counts: bool
) -> None:
    job = replace(a_job(state, ended_ms=ended_ms), sending_ms=sending_ms)
    journal.add((job,))
    assert [one.id for one in journal.sent_since(5000, ())] == [job.id] * counts
    assert journal.sent_since(5000, {job.id}) == ()


def test_what_was_sent_counts_when_it_was_dismissed_too(journal: Journal) -> None:
    job = replace(a_job(JobState.UNKNOWN, ended_ms=6000), sending_ms=5000)
    journal.add((job,))
    journal.dismiss(job.id)
    assert [one.id for one in journal.sent_since(5000, ())] == [job.id]


def test_a_saved_pictures_link_is_nowhere_while_others_still_have_theirs(
    journal: Journal, path: Path
) -> None:
    job = answered(journal, LINK + "0", LINK + "1")
    other = answered(journal, "https://a/?sign=other")
    journal.forget_link(job.id, 0)
    found = bytes_of_all_files(path)
    assert b"canary-link0" not in found
    assert b"canary-link1" in found
    journal.store(replace(job, state=JobState.SAVED, ended_ms=3000))
    found = bytes_of_all_files(path)
    assert b"canary" not in found
    assert b"sign=other" in found
    assert journal.answer(other.id) is not None


@pytest.mark.parametrize("state", [JobState.SAVED, JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED])
def test_a_job_that_is_over_has_no_links_anywhere(journal: Journal, path: Path, state: JobState) -> None:
    job = answered(journal, LINK)
    journal.store(replace(job, state=state, ended_ms=3000))
    assert b"canary" not in bytes_of_all_files(path)


def test_an_expired_link_goes_and_its_request_stays_for_a_new_try(journal: Journal, path: Path) -> None:
    job = answered(journal, LINK)
    problem = Problem(ProblemKind.LINK_EXPIRED, billed=Billed.YES)
    expired = replace(job, state=JobState.FAILED, problem=problem, ended_ms=3000)
    journal.store(expired)
    journal = reopened(journal, path)
    assert journal.recover() == (expired,)
    assert b"canary" not in bytes_of_all_files(path)
    journal.close()


def canary_job(word: str, library_id: str = "library", board_id: str = "board") -> Job:
    job = replace(a_job(), library_id=library_id, board_id=board_id, board_name=f"{word}-board")
    prompt = f"{word}-prompt {uuid.uuid4().hex}" + "p" * random.randrange(6000)
    request = replace(job.request, prompt=prompt)
    return replace(job, request=request, recipe=Recipe(prompt=request.prompt))


def test_nothing_of_a_forgotten_board_stays_in_the_files(journal: Journal, path: Path) -> None:
    mine = [canary_job("canary") for _ in range(40)]
    others = [canary_job("kept", board_id="other") for _ in range(20)]
    elsewhere = [canary_job("kept", library_id="another") for _ in range(20)]
    every = [*mine, *others, *elsewhere]
    random.shuffle(every)
    for job in every:
        journal.add((job,))
        link = LINK if job in mine else "https://kept-link/"
        sent = replace(job, state=JobState.ANSWERED)
        journal.store_answer(
            sent, Answer((AnsweredPicture(0, url=link, size_said="canary" * (job in mine)),))
        )
    for job in mine[:10]:
        journal.dismiss(job.id)
    assert b"canary" in bytes_of_all_files(path)
    assert set(journal.forget_board("library", "board")) == {job.id for job in mine}
    assert b"canary" not in bytes_of_all_files(path)
    assert not [job.id for job in mine if job.id.encode() in bytes_of_all_files(path)]
    assert {job.id for job in journal.open_jobs()} == {job.id for job in (*others, *elsewhere)}
    assert all(journal.answer(job.id) is None for job in mine)
    assert all(journal.answer(job.id) is not None for job in (*others, *elsewhere))
    assert journal.forget_board("library", "board") == ()
