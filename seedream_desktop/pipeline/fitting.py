"""Fitting: before a request is sent, its references are made what the model takes, and nothing is billed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Billed, Problem, ProblemError
from seedream_desktop.generation.job import JobState, now_ms
from seedream_desktop.pipeline.step import Step, ended

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.request import GenerationRequest, Reference, SentForm
    from seedream_desktop.pipeline.events import JobEvent


class Fitting(Step):
    """A queued job whose references are looked at."""

    is_stopped = False

    async def fit(self) -> AsyncIterator[JobEvent]:
        """Enter what is sent for each reference; ends stopped or failed where that cannot be."""
        references = self.job.request.references
        if not references:
            return
        making = [asyncio.ensure_future(self._form(reference)) for reference in references]
        try:
            forms = await asyncio.gather(*making)
        except asyncio.CancelledError:
            self.is_stopped = True  # it stays queued: the process may be ending
        except ProblemError as error:
            yield self._failed(error.problem)
        else:
            yield self.store(self.job.state, sent_forms=tuple(forms))
        finally:
            await ended(making)

    async def _form(self, reference: Reference) -> SentForm:
        return await asyncio.to_thread(self.tools.fit, reference, self.job.request)

    def _failed(self, problem: Problem) -> JobEvent:
        return self.store(JobState.FAILED, problem=replace(problem, billed=Billed.NO), ended_ms=now_ms())


def as_sent(job: Job, *, passes_links: bool) -> GenerationRequest:
    """The request of ``job`` with what is sent in the place of each reference."""
    return request_as_sent(job.request, job.sent_forms, passes_links=passes_links)


def request_as_sent(
    request: GenerationRequest, forms: Sequence[SentForm], *, passes_links: bool
) -> GenerationRequest:
    """``request`` with the form of each reference in its place.

    A link is passed as it is where the picture behind it needs nothing done to it.
    """
    pairs = zip(request.references, forms, strict=True)
    sent = tuple(_as_sent(reference, form, passes_links=passes_links) for reference, form in pairs)
    return replace(request, references=sent)


def _as_sent(reference: Reference, form: SentForm, *, passes_links: bool) -> Reference:
    if not form.derived:
        return reference if passes_links else replace(reference, url="")
    return replace(
        reference,
        sha256=form.sha256,
        media_type=form.media_type,
        width_px=form.width_px,
        height_px=form.height_px,
        size_bytes=form.size_bytes,
        url="",
    )
