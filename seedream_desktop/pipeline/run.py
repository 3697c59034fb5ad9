"""One request, from the journal to pictures in the library; every arrow of a job's life is a commit first.

queued → sending → answered → saved; or cancelled, failed, unknown. Runs on the event loop of a pool thread.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.pipeline.asking import Asking
from seedream_desktop.pipeline.fetching import Fetching
from seedream_desktop.pipeline.fitting import Fitting

if TYPE_CHECKING:
    from seedream_desktop.pipeline.events import JobEvent
    from seedream_desktop.pipeline.step import Tools


async def run_job(job: Job, tools: Tools) -> AsyncIterator[JobEvent]:
    """Bring ``job`` (queued, or answered in an earlier run) as far as it gets.

    Cancelling before anything is sent leaves it QUEUED, while the body is on its way gives CANCELLED, later
    UNKNOWN; once answered it only stops fetching. With ``PUT_BACK`` as its reason only what is held up stops,
    with ``UNLESS_SENT`` only what has not been sent whole.
    Raises ProblemError when the journal cannot be written.
    """
    if job.state is not JobState.ANSWERED:
        fitting = Fitting(job, tools)
        async for event in fitting.fit():
            yield event
        if fitting.is_stopped or fitting.job.state.is_over:
            return
        asking = Asking(fitting.job, tools)
        async for event in asking.ask():
            yield event
        job = asking.job
    if job.state is JobState.ANSWERED:
        async for event in Fetching(job, tools).fetch():
            yield event
