"""Fetching: what was answered comes into the library; what cannot come now stays answered."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Answer, AnsweredPicture, JobState, now_ms
from seedream_desktop.library.values import NewPicture, Picture
from seedream_desktop.pipeline.events import JobEvent, PictureSaved
from seedream_desktop.pipeline.facts import made_of, spend_of
from seedream_desktop.pipeline.step import Step, ended

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library

DOWNLOADS_AT_ONCE = 3
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


class Fetching(Step):
    """An answer on its way into the library."""

    async def fetch(self) -> AsyncIterator[JobEvent]:
        """Bring what was answered into the library; what cannot come now stays answered, with the reason."""
        if self.job.problem is not None:  # of an earlier try
            yield self.store(JobState.ANSWERED, problem=None)
        answer = self.tools.journal.answer(self.job.id)
        if answer is None:
            yield self.store(JobState.FAILED, problem=Problem(ProblemKind.LINK_EXPIRED, billed=Billed.YES))
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
            await ended(bringing)
        yield self._fetched(answer, problems)

    async def _bring(self, picture: AnsweredPicture, answer: Answer, turn: asyncio.Semaphore) -> PictureSaved:
        async with turn:
            path = self.spool / (picture.spool_name or f"picture-{picture.index}.bin")
            checked = await self._checked(picture, path)
            saved = self._save(picture, answer, path, checked)
            self.job = replace(self.job, saved=_with(self.job.saved, picture.index, saved.sha256))
            self.tools.journal.store(self.job)
            self.tools.journal.forget_link(self.job.id, picture.index)
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
            return self.tools.check(path, thumbnail)
        except ProblemError:
            if not picture.url:
                raise
        again = path.with_suffix(".again")
        await self._download(picture, again)
        checked = self.tools.check(again, thumbnail)
        again.replace(path)
        return checked

    async def _download(self, picture: AnsweredPicture, target: Path) -> None:
        await self.tools.client.download(picture.url, target, lambda *_: None, picture.expires_ms)

    def _save(self, picture: AnsweredPicture, answer: Answer, path: Path, checked: CheckedPicture) -> Picture:
        library = self._library_here()
        self._keep_thumbnail(path.with_suffix(".thumbnail"), checked.sha256)
        made = made_of(self.job, answer, picture, checked)
        new = NewPicture(path, made, self.job.board_id, self.job.board_name, checked.extension)
        return library.add(new)

    def _keep_thumbnail(self, made: Path, sha256: str) -> None:
        target = self.tools.thumbnail(sha256)
        with contextlib.suppress(OSError):  # a cache: it is made again from the picture when it is missing
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, target)

    def _fetched(self, answer: Answer, problems: list[Problem]) -> JobEvent:
        waiting = next((problem for problem in problems if problem.kind in _WAITING_ON_US), None)
        if waiting is not None:
            return self.store(JobState.ANSWERED, problem=replace(waiting, billed=Billed.YES))
        problem = problems[0] if problems else answer.problem
        is_saved = (saved := sum(map(bool, self.job.saved))) > 0
        if not is_saved and problem is None:
            problem = Problem(ProblemKind.ANSWER_EMPTY, billed=Billed.YES)
        billed = Billed.YES if is_saved or answer.generated_images != 0 else Billed.NO
        try:
            self._library_here().record_spend(spend_of(self.job, billed, saved, len(problems)))
        except ProblemError as error:
            return self.store(JobState.ANSWERED, problem=replace(error.problem, billed=Billed.YES))
        if problem is not None:
            problem = replace(problem, billed=billed)
        state = JobState.SAVED if is_saved else JobState.FAILED
        event = self.store(state, problem=problem, ended_ms=now_ms())
        if problem is None:
            shutil.rmtree(self.spool, ignore_errors=True)
        with contextlib.suppress(OSError):  # what could not be read stays: it was paid for
            self.spool.rmdir()
        return event

    def _library_here(self) -> Library:
        library = self.library
        if library is None:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY, billed=Billed.YES))
        return library


def _with(saved: tuple[str, ...], index: int, sha256: str) -> tuple[str, ...]:
    padded = saved + ("",) * (index + 1 - len(saved))
    return (*padded[:index], sha256, *padded[index + 1 :])
