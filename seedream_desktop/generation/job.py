"""A job: one request on its way, frozen when it is queued, and the answer that came back."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum

from seedream_desktop.generation.checks import Doubt
from seedream_desktop.generation.errors import Problem
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, SentForm


class JobState(StrEnum):
    """Where a job is. queued → sending → answered → saved; or cancelled, failed, unknown."""

    QUEUED = "queued"
    SENDING = "sending"
    ANSWERED = "answered"
    SAVED = "saved"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens without the designer."""
        return self in (JobState.SAVED, JobState.CANCELLED, JobState.FAILED, JobState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """A picture of an answer that did not come about, or can never be fetched."""

    index: int  # place in the set, from 0
    problem: Problem
    count: int = 1  # at most; more than one where an answer ended before it said how many there are


@dataclass(frozen=True, slots=True)
class Frame:
    """Places among the pictures of a press that a later request fills anew."""

    press_id: str
    press_index: int = 0  # of the request in that press
    places: tuple[int, ...] = (0,)  # in its answer, from 0, for each picture of the later one
    pressed_ms: int = 0  # UTC, of that press
    sha256: str = ""  # the picture that stood there; empty: none came

    def place(self, index: int) -> int:
        """Where the picture of that index goes; one too many follows the last."""
        if index < len(self.places):
            return self.places[index]
        return (self.places[-1] if self.places else 0) + index + 1 - len(self.places)


@dataclass(frozen=True, slots=True)
class Job:
    """One request on its way. Times are UTC milliseconds."""

    id: str  # uuid4 hex
    press_id: str  # all jobs of one press of Generate share it
    press_index: int  # from 0
    press_count: int
    request: GenerationRequest
    recipe: Recipe
    library_id: str
    board_id: str
    board_name: str  # the folder's name when it was queued, should the id be gone
    choices: tuple[str, ...] = ()  # what was chosen where the prompt had a choice
    frame: Frame | None = None  # what it is made for; None: for no place of an earlier press
    made_from: tuple[str, ...] = ()  # SHA-256 of the library's pictures that serve as references
    price_usd: float | None = None  # per picture, at most, as estimated when it was queued
    price_as_of: str = ""  # the date of that price
    surcharge_usd: float = 0.0  # for the references, once a request; 0 also where no price is known
    price_least_usd: float | None = None  # per picture, where the shape that comes decides; None: the same
    queued_ms: int = 0
    state: JobState = JobState.QUEUED
    sending_ms: int | None = None
    answered_ms: int | None = None
    ended_ms: int | None = None
    problem: Problem | None = None
    doubt: Doubt | None = None  # why a check could not tell whether it was billed
    saved: tuple[str, ...] = ()  # SHA-256 of the pictures that are in the library, by their index in the set
    missing: tuple[MissingPicture, ...] = ()  # beside those that were saved, in their order
    kept: tuple[str, ...] = ()  # files in its spool folder that were paid for and could not be used
    sent_forms: tuple[SentForm, ...] = ()  # of the references, in their order, once they were made fit
    links_die_ms: int | None = None  # the first of those whose pictures are nowhere else; None: there is none
    tried_ms: int | None = None  # when fetching what was answered failed last; None: it did not

    @property
    def is_held_up(self) -> bool:
        """Whether it would be sent, but waits for the network or the service; nothing is under way."""
        return self.state is JobState.QUEUED and self.problem is not None

    @property
    def missing_count(self) -> int:
        """How many pictures did not come about, at most."""
        return sum(one.count for one in self.missing)

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to decide."""
        return self.state is JobState.SAVED and self.problem is None and not self.missing


def request_again(job: Job) -> GenerationRequest:
    """The request that asks for what ``job`` did not bring: all of it, or the pictures that are missing."""
    ceiling, count = job.request.images_in_set, job.missing_count
    if ceiling is None or count == 0:
        return job.request
    wanted = min(count, ceiling)
    return replace(job.request, images_in_set=wanted if wanted > 1 else None)


def frame_again(job: Job) -> Frame | None:
    """Where the pictures belong that ``job`` did not bring; None: it was alone in its press."""
    held = job.frame
    if job.press_count == 1 and not job.missing:
        return held
    places = tuple(one.index + more for one in job.missing for more in range(one.count))
    places = places or tuple(range(job.request.pictures_at_most))
    if held is not None:
        return replace(held, places=tuple(held.place(place) for place in places))
    return Frame(job.press_id, job.press_index, places, job.queued_ms)


def now_ms() -> int:
    """UTC milliseconds since 1970, as jobs, records and marks count."""
    return time.time_ns() // 1_000_000
