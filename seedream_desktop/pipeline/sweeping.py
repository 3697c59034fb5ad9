"""What the spool holds of requests: found again at the start, and kept as long as it is of use."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.job import JobState
from seedream_desktop.journal import KEPT_MS

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.journal import Journal

_KEPT_SUFFIXES = (".raw", ".bin")  # an answer as it came, a picture as it came


def recover(spool: Path, journal: Journal) -> tuple[Job, ...]:
    """At start: the open jobs, with what had come of their answers. Raises ProblemError."""
    sweep_spool(spool, journal)
    _sweep_unfinished(spool)
    return tuple(_with_files(job, spool / job.id, journal) for job in journal.recover())


def kept_files(folder: Path) -> tuple[str, ...]:
    """The files in a job's ``folder`` that are no picture yet, though they may have been paid for."""
    return tuple(sorted(path.name for path in folder.glob("*") if path.suffix in _KEPT_SUFFIXES))


def _with_files(job: Job, folder: Path, journal: Journal) -> Job:
    if job.state is not JobState.UNKNOWN or job.kept or not (kept := kept_files(folder)):
        return job
    known = replace(job, kept=kept)
    journal.store(known)
    return known


def _sweep_unfinished(spool: Path) -> None:
    """Remove what a process that was killed was about to write: no file that is whole, and nobody's now."""
    for path in spool.glob("*/*"):
        if path.suffix not in _KEPT_SUFFIXES:
            with suppress(OSError):
                path.unlink()
    for folder in spool.glob("*"):
        with suppress(OSError):  # it holds something
            folder.rmdir()


def sweep_spool(spool: Path, journal: Journal, now_s: float | None = None) -> None:
    """Remove the folders of jobs that the journal has forgotten, 30 days after they were last written to.

    Both must hold: a journal that was set aside forgets what was paid for. Raises ProblemError.
    """
    oldest_s = (time.time() if now_s is None else now_s) - KEPT_MS / 1000
    known = journal.known_ids()
    with suppress(OSError):  # nothing was ever kept; a folder that cannot be read stays
        for folder in tuple(spool.iterdir()):
            if folder.name not in known and folder.stat().st_mtime < oldest_s:
                shutil.rmtree(folder, ignore_errors=True)
