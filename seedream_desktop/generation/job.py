"""A job: one request on its way, frozen when it is queued, and the answer that came back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum

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
class Answer:
    """What the endpoint answered. Links are credentials until their pictures are saved."""

    pictures: tuple[AnsweredPicture, ...]
    created: int | None = None  # Unix seconds, by the server's clock
    model: str = ""
    generated_images: int | None = None  # what is billed, as far as the server said
    output_tokens: int | None = None
    total_tokens: int | None = None
    request_id: str = ""
    problem: Problem | None = None  # a top-level error inside a 200
    extra_json: str = ""  # unknown keys of the answer, as JSON, kept in the record


@dataclass(frozen=True, slots=True)
class AnsweredPicture:
    """One item of an answer: a link, a file in the spool (decoded base64), or a problem of its own."""

    index: int  # place in the set, from 0
    url: str = ""
    spool_name: str = ""  # file name inside the job's spool folder
    size_said: str = ""  # "2048x2048", as answered; may differ from the bytes
    problem: Problem | None = None
    expires_ms: int | None = None  # UTC milliseconds at which the link dies


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """A picture of an answer that did not come about, or can never be fetched."""

    index: int  # place in the set, from 0
    problem: Problem


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
    made_from: tuple[str, ...] = ()  # SHA-256 of the library's pictures that serve as references
    price_usd: float | None = None  # per picture, as estimated when it was queued
    price_as_of: str = ""  # the date of that price
    surcharge_usd: float = 0.0  # for the references, once a request; 0 also where no price is known
    queued_ms: int = 0
    state: JobState = JobState.QUEUED
    sending_ms: int | None = None
    answered_ms: int | None = None
    ended_ms: int | None = None
    problem: Problem | None = None
    saved: tuple[str, ...] = ()  # SHA-256 of the pictures that are in the library, by their index in the set
    missing: tuple[MissingPicture, ...] = ()  # beside those that were saved
    sent_forms: tuple[SentForm, ...] = ()  # of the references, in their order, once they were made fit


def now_ms() -> int:
    """UTC milliseconds since 1970, as jobs, records and marks count."""
    return time.time_ns() // 1_000_000
