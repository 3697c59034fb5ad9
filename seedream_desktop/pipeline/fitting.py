"""Fitting: before a request is sent, its references are made what the model takes, and nothing is billed."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import JobState, now_ms
from seedream_desktop.pipeline.library_thread import LibraryThread
from seedream_desktop.pipeline.step import Step, ended

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.request import GenerationRequest, Reference, SentForm
    from seedream_desktop.pipeline.events import JobEvent

LOOK_S = 5.0  # after which it is worth asking whether the library answers


class Fitting(Step):
    """A queued job whose references are looked at; while its library is silent it is held up."""

    is_stopped = False

    async def fit(self) -> AsyncIterator[JobEvent]:
        """Enter what is sent for each reference; ends stopped or failed where that cannot be."""
        references = self.job.request.references
        if not references:
            return
        making = [asyncio.ensure_future(self._form(reference)) for reference in references]
        all_made = asyncio.gather(*making)
        try:
            async for event in self._told(all_made):
                yield event
            forms = all_made.result()
        except asyncio.CancelledError:
            self.is_stopped = True  # it stays queued: the process may be ending
        except ProblemError as error:
            yield self._failed(error.problem)
        else:
            yield self.store(self.job.state, sent_forms=tuple(forms), problem=None)
        finally:
            await ended([all_made, *making])

    async def _told(self, all_made: asyncio.Future[list[SentForm]]) -> AsyncIterator[JobEvent]:
        """Until all are made or one cannot be: whether the library answers, where it takes long."""
        while not all_made.done():
            await asyncio.wait({all_made}, timeout=LOOK_S)
            if all_made.done():
                return
            looking = asyncio.ensure_future(self._silence())
            try:
                both: set[asyncio.Future[Any]] = {all_made, looking}
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if not all_made.done() and (silence := looking.result()) != self.job.problem:
                    yield self.store(self.job.state, problem=silence)
            finally:
                await ended([looking])

    async def _silence(self) -> Problem | None:
        """That the library does not answer; None: it does, and what takes so long is something else."""
        references = self.job.request.references
        try:
            await self.with_library(lambda library: [library.reference_path(one) for one in references])
        except ProblemError as error:
            if error.problem.kind is ProblemKind.LIBRARY_SILENT:
                return replace(error.problem, billed=Billed.NO)
        return None

    async def _form(self, reference: Reference) -> SentForm:
        """On a thread of its own, which no process waits for when it ends: its drive may hang for hours."""
        return await LibraryThread(math.inf).call(
            lambda: self.tools.fit(reference, self.job.request), reference.name
        )

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
