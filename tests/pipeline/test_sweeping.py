"""What was paid for stays in the spool until nobody can ask for it any more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from seedream_desktop.generation.job import JobState
from seedream_desktop.journal import KEPT_MS, Journal
from seedream_desktop.pipeline.sweeping import recover, sweep_spool
from tests.jobs import a_job

MUCH_LATER_S = KEPT_MS / 1000 + 60


@pytest.mark.parametrize(("later_s", "stays"), [(MUCH_LATER_S, False), (0.0, True)])
def test_a_folder_that_the_journal_forgot_goes_when_it_is_old(
    tmp_path: Path, later_s: float, stays: bool
) -> None:
    kept = tmp_path / "spool" / "a job" / "answer.raw"
    kept.parent.mkdir(parents=True)
    kept.touch()
    sweep_spool(tmp_path / "spool", Journal(tmp_path / "journal"), time.time() + later_s)
    assert kept.exists() is stays


def test_a_folder_of_a_known_job_stays_however_old_it_is(tmp_path: Path) -> None:
    journal, job = Journal(tmp_path / "journal"), a_job(JobState.FAILED)
    journal.add((job,))
    (tmp_path / "spool" / job.id).mkdir(parents=True)
    sweep_spool(tmp_path / "spool", journal, time.time() + MUCH_LATER_S)
    assert (tmp_path / "spool" / job.id).exists()
    journal.close()


def test_a_spool_that_was_never_made_is_no_trouble(tmp_path: Path) -> None:
    sweep_spool(tmp_path / "spool", Journal(tmp_path / "journal"))


def test_what_had_come_of_an_answer_when_the_process_ended_can_be_shown(tmp_path: Path) -> None:
    journal, spool = Journal(tmp_path / "journal"), tmp_path / "spool"
    cut_off, silent = a_job(JobState.SENDING), a_job(JobState.SENDING)
    journal.add((cut_off, silent))
    (spool / cut_off.id).mkdir(parents=True)
    for name in ("answer.raw", "string-1.part"):
        (spool / cut_off.id / name).touch()
    found = recover(spool, journal)
    assert {job.id: (job.state, job.kept) for job in found} == {
        cut_off.id: (JobState.UNKNOWN, ("answer.raw",)),
        silent.id: (JobState.UNKNOWN, ()),
    }
    assert {*journal.open_jobs()} == {*found}
    journal.close()


def test_what_a_killed_process_was_writing_goes_and_what_is_whole_stays(tmp_path: Path) -> None:
    folder = tmp_path / "spool" / "a job"
    folder.mkdir(parents=True)
    whole = {"answer.raw", "picture-0.bin"}
    for name in (
        *whole,
        "string-1.part",
        "picture-1.bin.part",
        ".picture-0.thumbnail.4711",
        "picture-0.again",
    ):
        (folder / name).touch()
    recover(tmp_path / "spool", Journal(tmp_path / "journal"))
    assert {path.name for path in folder.iterdir()} == whole
