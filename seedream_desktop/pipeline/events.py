"""What a job says while it is under way."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.job import Job
from seedream_desktop.library.values import Picture


@dataclass(frozen=True, slots=True)
class JobChanged:
    """The job has a new value; it is in the journal already."""

    job: Job


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. Once ``body_complete``, stopping may cost money."""

    job_id: str
    sending: Sending


@dataclass(frozen=True, slots=True)
class PictureSaved:
    """A picture is in the library."""

    job_id: str
    index: int  # place in the set
    picture: Picture


JobEvent = JobChanged | Progress | PictureSaved
