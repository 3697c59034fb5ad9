"""Asking: the request is sent, and its outcome is in the journal before anything else happens."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from seedream_desktop.files import make_private_folder
from seedream_desktop.generation.answer import Answer, links_die_ms
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.pipeline.events import JobChanged, JobEvent, Progress
from seedream_desktop.pipeline.facts import record_unanswered
from seedream_desktop.pipeline.fitting import as_sent
from seedream_desktop.pipeline.step import PUT_BACK, UNLESS_SENT, Step, Tools, ended

if TYPE_CHECKING:
    from seedream_desktop.api.reports import Sending

JOURNAL_AGAIN_S = 2.0  # after an answer that the journal did not take


class Asking(Step):
    """One request on its way to an answer."""

    def __init__(self, job: Job, tools: Tools) -> None:
        super().__init__(job, tools)
        self._news: asyncio.Queue[JobEvent] = asyncio.Queue()
        self._is_sent = False  # the whole body; known before anybody hears of it

    async def ask(self) -> AsyncIterator[JobEvent]:
        """Send the request; ends with the answer, a failure or an unknown outcome in the journal."""
        made_from = self._made_from()
        yield self.store(JobState.SENDING, sending_ms=now_ms(), problem=None, made_from=made_from)
        asking = asyncio.ensure_future(self._ask())
        is_stopped = False
        try:
            while not is_stopped and not asking.done():
                try:
                    async for event in _until_done(asking, self._news):
                        yield event
                except asyncio.CancelledError as error:
                    is_stopped = self._stops_for(error.args)
                    self._news.put_nowait(JobChanged(self.job))  # what was about to be told may be lost
        finally:
            await ended([asking])
        outcome = self._outcome(asking, is_stopped)
        if isinstance(outcome, Answer):
            async for event in self._answered(outcome):
                yield event
        elif outcome is not None:
            yield self._refused(outcome)
            with contextlib.suppress(ProblemError):  # done again when the library is opened
                await self.with_library(functools.partial(record_unanswered, self.job))
        elif self.job.is_held_up:
            yield JobChanged(self.job)  # as it stands in the journal: the process may be ending
        else:
            yield self.store(JobState.CANCELLED, ended_ms=now_ms())

    def _stops_for(self, reasons: tuple[object, ...]) -> bool:
        if UNLESS_SENT in reasons:
            return not self._is_sent
        return self.job.is_held_up or PUT_BACK not in reasons

    def _outcome(self, asking: asyncio.Future[Answer], is_stopped: bool) -> Answer | Problem | None:
        """What became of it; None: stopped before it could cost anything.

        What came in the moment of stopping counts: an answer was paid for, a refusal was not.
        """
        stopped = Problem(ProblemKind.STOPPED_WAITING, billed=Billed.MAYBE)
        try:
            return asking.result()
        except asyncio.CancelledError:
            return stopped if self._is_sent else None
        except ProblemError as error:
            problem = error.problem
        if not is_stopped or problem.billed is Billed.YES:
            return problem
        if problem.billed is Billed.MAYBE:
            return stopped
        return problem if self._is_sent else None

    def _made_from(self) -> tuple[str, ...]:
        """Which of the references are pictures of the library."""
        library = self.library
        references = (reference.sha256 for reference in self.job.request.references)
        return tuple(sha256 for sha256 in references if library and library.by_sha256(sha256))

    async def _ask(self) -> Answer:
        make_private_folder(self.spool)
        request = as_sent(self.job, passes_links=self.tools.passes_links)
        return await self.tools.client.generate(request, self.job.id, self.spool, self._hear)

    def _hear(self, sending: Sending) -> None:
        """Enter where the request is before the client acts on it. Raises ProblemError.

        While it waits nothing is under way: a process that ends then leaves it queued, not unknown.
        """
        is_waiting = sending.waiting_s is not None
        if is_waiting and self.job.problem != sending.problem:
            self._news.put_nowait(self.store(JobState.QUEUED, sending_ms=None, problem=sending.problem))
        elif not is_waiting and self.job.state is JobState.QUEUED:
            self._news.put_nowait(self.store(JobState.SENDING, sending_ms=now_ms(), problem=None))
        self._is_sent = sending.body_complete
        self._news.put_nowait(Progress(self.job.id, sending))

    async def _answered(self, answer: Answer) -> AsyncIterator[JobEvent]:
        """Enter the answer, however long that takes: it was paid for, and it is nowhere else."""
        answered = replace(
            self.job,
            state=JobState.ANSWERED,
            answered_ms=now_ms(),
            problem=None,
            links_die_ms=links_die_ms(answer.pictures),
        )
        while True:
            try:
                self.tools.journal.store_answer(answered, answer)
                break
            except ProblemError as error:
                problem = replace(error.problem, billed=Billed.YES)
            yield JobChanged(replace(answered, problem=problem))
            with contextlib.suppress(asyncio.CancelledError):  # whoever stops waiting gets it all the same
                await asyncio.sleep(JOURNAL_AGAIN_S)
        self.job = answered
        yield JobChanged(answered)

    def _refused(self, problem: Problem) -> JobEvent:
        state = JobState.UNKNOWN if problem.billed is Billed.MAYBE else JobState.FAILED
        return self.store(state, problem=problem, kept=self.kept_files(), ended_ms=now_ms())


async def _until_done(
    asking: asyncio.Future[Answer], news: asyncio.Queue[JobEvent]
) -> AsyncIterator[JobEvent]:
    """What is reported until ``asking`` is done; of a burst of progress only the last."""
    while not asking.done():
        getting = asyncio.ensure_future(news.get())
        try:
            either: set[asyncio.Future[Any]] = {asking, getting}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            getting.cancel()
        if getting.done() and not getting.cancelled():
            burst = [getting.result(), *(news.get_nowait() for _ in range(news.qsize()))]
            for event, following in zip(burst, [*burst[1:], None], strict=True):
                if not (isinstance(event, Progress) and isinstance(following, Progress)):
                    yield event
