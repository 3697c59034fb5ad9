"""What the endpoint answered, read into values; no start needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from seedream_desktop.generation.errors import Problem


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
    problem: Problem | None = None  # a top-level error inside a 200, or why the rest did not come
    rest_count: int = 0  # pictures that ``problem`` keeps from coming after these, at most
    extra_json: str = ""  # unknown keys of the answer, as JSON, kept in the record


@dataclass(frozen=True, slots=True)
class AnsweredPicture:
    """One item of an answer: a link, a file in the spool (decoded base64), both, or a problem of its own."""

    index: int  # place in the set, from 0
    url: str = ""
    spool_name: str = ""  # file name inside the job's spool folder
    size_said: str = ""  # "2048x2048", as answered; may differ from the bytes
    problem: Problem | None = None
    expires_ms: int | None = None  # UTC milliseconds at which the link dies


def links_die_ms(pictures: Iterable[AnsweredPicture]) -> int | None:
    """When the first link dies behind which alone a picture lies; None: there is none such."""
    alone = (one for one in pictures if one.url and not one.spool_name and one.problem is None)
    return min((one.expires_ms for one in alone if one.expires_ms is not None), default=None)
