"""What jobs without an answer may have cost, kept in their libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from seedream_desktop.pipeline.facts import record_unanswered

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.library.library import Library


def record_all(jobs: Iterable[Job], library_of: Callable[[str], Library | None]) -> None:
    """Record those whose library is open. Blocks."""
    for job in jobs:
        if library := library_of(job.library_id):
            record_unanswered(job, library)
