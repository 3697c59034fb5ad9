"""One request, from the journal to pictures in the library; every arrow of a job's life is a commit first.

queued → sending → answered → saved; or cancelled, failed, unknown. Runs on the event loop of a pool thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedream_desktop.api.client import Client
from seedream_desktop.api.reports import Sending
from seedream_desktop.files import disk_problems
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Answer, AnsweredPicture, Job, JobState, now_ms
from seedream_desktop.imaging import CheckedPicture
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import Library
from seedream_desktop.library.record import AnswerFacts, Made, SentReference
from seedream_desktop.library.values import NewPicture, Picture, Spend

DOWNLOADS_AT_ONCE = 3
JOURNAL_AGAIN_S = 2.0  # after an answer that the journal did not take
_WAITING_ON_US = (  # the pictures are safe in the spool or at the provider; another try costs nothing
    ProblemKind.DISK_FULL,
    ProblemKind.FOLDER_NOT_WRITABLE,
    ProblemKind.LIBRARY_AWAY,
    ProblemKind.LIBRARY_NEWER,
    ProblemKind.UNREACHABLE,
    ProblemKind.NAME_NOT_FOUND,
    ProblemKind.CERTIFICATE_REFUSED,
    ProblemKind.LINK_BROKE,
    ProblemKind.LINK_DENIED,
    ProblemKind.UNEXPECTED,  # a worker that could not be started, not a picture that is damaged
)


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


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job needs; each is used from several pool threads at once."""

    journal: Journal
    client: Client
    spool: Path  # a folder for each job
    library: Callable[[str], Library | None]  # by its id; None: it is not here
    check: Callable[[Path, Path], CheckedPicture]  # a picture and where its thumbnail goes
    thumbnail: Callable[[str], Path]  # where the thumbnail of a picture lies, by SHA-256


async def run_job(job: Job, tools: Tools) -> AsyncIterator[JobEvent]:
    """Bring ``job`` (queued, or answered in an earlier run) as far as it gets.

    Cancelling while the body is on its way gives CANCELLED, later UNKNOWN; once answered it only stops
    fetching.
    Raises ProblemError when the journal cannot be written.
    """
    run = _Run(job, tools)
    if job.state is not JobState.ANSWERED:
        async for event in run.ask():
            yield event
    if run.job.state is JobState.ANSWERED:
        async for event in run.fetch():
            yield event


class _Run:
    """One job under way."""

    def __init__(self, job: Job, tools: Tools) -> None:
        self.job = job
        self._tools = tools
        self._spool = tools.spool / job.id
        self._progress: asyncio.Queue[Sending] = asyncio.Queue()
        self._is_sent = False  # the whole body; known before anybody hears of it

    async def ask(self) -> AsyncIterator[JobEvent]:
        """Send the request; ends with the answer, a failure or an unknown outcome in the journal."""
        made_from = self._made_from()
        yield self._store(JobState.SENDING, sending_ms=now_ms(), problem=None, made_from=made_from)
        asking = asyncio.ensure_future(self._ask())
        is_stopped = False
        try:
            async for sending in _until_done(asking, self._progress):
                yield Progress(self.job.id, sending)
        except asyncio.CancelledError:
            is_stopped = True
        finally:
            await _ended([asking])
        outcome = self._outcome(asking, is_stopped)
        if isinstance(outcome, Answer):
            async for event in self._answered(outcome):
                yield event
        elif outcome is not None:
            yield self._refused(outcome)
        else:
            yield self._store(JobState.CANCELLED, ended_ms=now_ms())

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
        library = self._tools.library(self.job.library_id)
        references = (reference.sha256 for reference in self.job.request.references)
        return tuple(sha256 for sha256 in references if library and library.by_sha256(sha256))

    async def _ask(self) -> Answer:
        with disk_problems(self._spool):
            self._spool.mkdir(parents=True, exist_ok=True)
        return await self._tools.client.generate(self.job.request, self.job.id, self._spool, self._hear)

    def _hear(self, sending: Sending) -> None:
        self._is_sent = sending.body_complete
        self._progress.put_nowait(sending)

    async def _answered(self, answer: Answer) -> AsyncIterator[JobEvent]:
        """Enter the answer, however long that takes: it was paid for, and it is nowhere else."""
        answered = replace(self.job, state=JobState.ANSWERED, answered_ms=now_ms(), problem=None)
        while True:
            try:
                self._tools.journal.store_answer(answered, answer)
                break
            except ProblemError as error:
                problem = replace(error.problem, billed=Billed.YES)
            yield JobChanged(replace(answered, problem=problem))
            await asyncio.sleep(JOURNAL_AGAIN_S)
        self.job = answered
        yield JobChanged(answered)

    def _refused(self, problem: Problem) -> JobEvent:
        state = JobState.UNKNOWN if problem.billed is Billed.MAYBE else JobState.FAILED
        event = self._store(state, problem=problem, ended_ms=now_ms())
        library = self._tools.library(self.job.library_id)
        if library is not None:
            with contextlib.suppress(ProblemError):  # done again when the library is opened
                record_unanswered(self.job, library)
        return event

    async def fetch(self) -> AsyncIterator[JobEvent]:
        """Bring what was answered into the library; what cannot come now stays answered, with the reason."""
        if self.job.problem is not None:  # of an earlier try
            yield self._store(JobState.ANSWERED, problem=None)
        answer = self._tools.journal.answer(self.job.id)
        if answer is None:
            yield self._store(JobState.FAILED, problem=Problem(ProblemKind.LINK_EXPIRED, billed=Billed.YES))
            return
        turn = asyncio.Semaphore(DOWNLOADS_AT_ONCE)
        bringing = [
            asyncio.ensure_future(self._bring(picture, answer, turn))
            for picture in answer.pictures
            if picture.problem is None and not self._is_brought(picture)
        ]
        problems = [picture.problem for picture in answer.pictures if picture.problem]
        try:
            for brought in asyncio.as_completed(bringing):
                try:
                    yield await brought
                except ProblemError as error:
                    problems.append(error.problem)
        except asyncio.CancelledError:
            problems.append(Problem(ProblemKind.LINK_BROKE, billed=Billed.YES))
        finally:
            await _ended(bringing)
        yield self._fetched(answer, problems)

    async def _bring(self, picture: AnsweredPicture, answer: Answer, turn: asyncio.Semaphore) -> PictureSaved:
        async with turn:
            path = self._spool / (picture.spool_name or f"picture-{picture.index}.bin")
            checked = await self._checked(picture, path)
            saved = self._save(picture, answer, path, checked)
            self.job = replace(self.job, saved=_with(self.job.saved, picture.index, saved.sha256))
            self._tools.journal.store(self.job)
            self._tools.journal.forget_link(self.job.id, picture.index)
            path.unlink(missing_ok=True)
            return PictureSaved(self.job.id, picture.index, saved)

    def _is_brought(self, picture: AnsweredPicture) -> bool:
        """Whether an earlier run saved it."""
        return any(self.job.saved[picture.index : picture.index + 1])

    async def _checked(self, picture: AnsweredPicture, path: Path) -> CheckedPicture:
        """The picture in the spool, looked at; one that came damaged over the wire is fetched once more."""
        thumbnail = path.with_suffix(".thumbnail")
        if picture.url and not path.exists():  # noqa: ASYNC240 - a local disk, and this loop has one job
            await self._download(picture, path)
        try:
            return self._tools.check(path, thumbnail)
        except ProblemError:
            if not picture.url:
                raise
        again = path.with_suffix(".again")
        await self._download(picture, again)
        checked = self._tools.check(again, thumbnail)
        again.replace(path)
        return checked

    async def _download(self, picture: AnsweredPicture, target: Path) -> None:
        await self._tools.client.download(picture.url, target, lambda *_: None, picture.expires_ms)

    def _save(self, picture: AnsweredPicture, answer: Answer, path: Path, checked: CheckedPicture) -> Picture:
        library = self._library()
        self._keep_thumbnail(path.with_suffix(".thumbnail"), checked.sha256)
        made = made_of(self.job, answer, picture, checked)
        new = NewPicture(path, made, self.job.board_id, self.job.board_name, checked.extension)
        return library.add(new)

    def _keep_thumbnail(self, made: Path, sha256: str) -> None:
        target = self._tools.thumbnail(sha256)
        with contextlib.suppress(OSError):  # a cache: it is made again from the picture when it is missing
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, target)

    def _fetched(self, answer: Answer, problems: list[Problem]) -> JobEvent:
        waiting = next((problem for problem in problems if problem.kind in _WAITING_ON_US), None)
        if waiting is not None:
            return self._store(JobState.ANSWERED, problem=replace(waiting, billed=Billed.YES))
        problem = problems[0] if problems else answer.problem
        is_saved = (saved := sum(map(bool, self.job.saved))) > 0
        if not is_saved and problem is None:
            problem = Problem(ProblemKind.ANSWER_EMPTY, billed=Billed.YES)
        billed = Billed.YES if is_saved or answer.generated_images != 0 else Billed.NO
        try:
            self._library().record_spend(_spend(self.job, billed, saved, len(problems)))
        except ProblemError as error:
            return self._store(JobState.ANSWERED, problem=replace(error.problem, billed=Billed.YES))
        if problem is not None:
            problem = replace(problem, billed=billed)
        state = JobState.SAVED if is_saved else JobState.FAILED
        event = self._store(state, problem=problem, ended_ms=now_ms())
        if problem is None:
            shutil.rmtree(self._spool, ignore_errors=True)
        with contextlib.suppress(OSError):  # what could not be read stays: it was paid for
            self._spool.rmdir()
        return event

    def _library(self) -> Library:
        library = self._tools.library(self.job.library_id)
        if library is None:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY, billed=Billed.YES))
        return library

    def _store(self, state: JobState, **changes: object) -> JobEvent:
        self.job = replace(self.job, state=state, **changes)  # type: ignore[arg-type]
        self._tools.journal.store(self.job)
        return JobChanged(self.job)


def record_unanswered(job: Job, library: Library) -> None:
    """Keep what a request without an answer may have cost; nothing, if it was never sent. As often as wanted.

    Raises ProblemError.
    """
    problem = job.problem
    if problem is None or job.answered_ms is not None:
        return
    if problem.billed is not Billed.NO or problem.status is not None:
        library.record_spend(_spend(job, problem.billed, delivered=0, failed=0))


def _spend(job: Job, billed: Billed, delivered: int, failed: int) -> Spend:
    return Spend(
        job_id=job.id,
        at_ms=job.sending_ms or now_ms(),
        board_id=job.board_id,
        model=job.request.model,
        asked=job.request.pictures_at_most,
        delivered=delivered,
        failed=failed,
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        billed=billed,
    )


def made_of(job: Job, answer: Answer, picture: AnsweredPicture, checked: CheckedPicture) -> Made:
    """What the record of a picture says about how it was made."""
    return Made(
        sha256=checked.sha256,
        size_bytes=checked.size_bytes,
        media_type=checked.media_type,
        width_px=checked.width_px,
        height_px=checked.height_px,
        made_ms=job.answered_ms or now_ms(),
        pressed_ms=job.queued_ms,
        took_ms=max(0, (job.answered_ms or 0) - (job.sending_ms or 0)),
        request=job.request,
        recipe=job.recipe,
        answer=_facts_of(answer, picture),
        job_id=job.id,
        press_id=job.press_id,
        press_index=job.press_index,
        press_count=job.press_count,
        set_index=picture.index,
        set_count=len(answer.pictures),
        made_from=job.made_from,
        sent_references=tuple(SentReference(one.sha256) for one in job.request.references),
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        billed=Billed.YES,
    )


def _facts_of(answer: Answer, picture: AnsweredPicture) -> AnswerFacts:
    return AnswerFacts(
        model=answer.model,
        created=answer.created,
        generated_images=answer.generated_images,
        output_tokens=answer.output_tokens,
        total_tokens=answer.total_tokens,
        request_id=answer.request_id,
        size_said=picture.size_said,
        link=picture.url,
        extra_json=answer.extra_json,
    )


async def _until_done(
    asking: asyncio.Future[Answer], progress: asyncio.Queue[Sending]
) -> AsyncIterator[Sending]:
    """What is reported until ``asking`` is done; of a burst only the last."""
    while not asking.done():
        getting = asyncio.ensure_future(progress.get())
        try:
            either: set[asyncio.Future[Any]] = {asking, getting}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            getting.cancel()
        if getting.done() and not getting.cancelled():
            rest = (progress.get_nowait() for _ in range(progress.qsize()))
            yield [getting.result(), *rest][-1]


async def _ended(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """Stop what is not done and see it end, however often this is stopped itself meanwhile."""
    for task in tasks:
        task.cancel()
    while waiting := [task for task in tasks if not task.done()]:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait(waiting)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # seen, so that nobody complains of it


def _with(saved: tuple[str, ...], index: int, sha256: str) -> tuple[str, ...]:
    padded = saved + ("",) * (index + 1 - len(saved))
    return (*padded[:index], sha256, *padded[index + 1 :])
