"""Fetching: what was answered comes into the library; what cannot come now stays answered."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation import answer as answers
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import JobState, MissingPicture, now_ms
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.pipeline.events import JobChanged, JobEvent, PictureSaved
from seedream_desktop.pipeline.facts import made_of, spend_of
from seedream_desktop.pipeline.step import Step, ended

if TYPE_CHECKING:
    from seedream_desktop.generation.answer import Answer, AnsweredPicture
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.values import Picture

DOWNLOADS_AT_ONCE = 3
CLOCK_MARGIN_MS = 7 * 86_400_000  # nobody's clock is so wrong for long: a link so old is dead
_WAITING_ON_US = (  # the pictures are safe in the spool or at the provider; another try costs nothing
    ProblemKind.DISK_FULL,
    ProblemKind.FOLDER_NOT_WRITABLE,
    ProblemKind.LIBRARY_AWAY,
    ProblemKind.LIBRARY_SILENT,
    ProblemKind.LIBRARY_NEWER,
    ProblemKind.UNREACHABLE,
    ProblemKind.NAME_NOT_FOUND,
    ProblemKind.CERTIFICATE_REFUSED,
    ProblemKind.PROXY_UNUSABLE,
    ProblemKind.ADDRESS_NOT_ALLOWED,  # also what a network says that wants a sign-in first
    ProblemKind.LINK_BROKE,
    ProblemKind.LINK_DENIED,
    ProblemKind.UNEXPECTED,  # a worker that could not be started, not a picture that is damaged
    ProblemKind.FILE_UNREADABLE,  # another program holds it
)
_NO_PICTURE = (  # what came is read no better by another try
    ProblemKind.NOT_A_PICTURE,
    ProblemKind.EMPTY_FILE,
    ProblemKind.PICTURE_DAMAGED,
    ProblemKind.PICTURE_TOO_LARGE,
    ProblemKind.FILE_TOO_LARGE,
    ProblemKind.FORMAT_NOT_TAKEN,
)
_BETTER_FETCHED_AGAIN = (*_NO_PICTURE, ProblemKind.FILE_UNREADABLE)  # it may be the disk that damaged it


class Fetching(Step):
    """An answer on its way into the library."""

    async def fetch(self) -> AsyncIterator[JobEvent]:
        """Bring what was answered into the library; what cannot come now stays answered, with the reason."""
        if self.job.problem is not None:  # of an earlier try
            yield self.store(JobState.ANSWERED, problem=None)
        answer = self._answer()
        if isinstance(answer, Problem):
            yield await self._lost(answer)
            return
        self._make_spool(answer)
        turn = asyncio.Semaphore(DOWNLOADS_AT_ONCE)
        bringing = [
            asyncio.ensure_future(self._try_to_bring(picture, answer, turn))
            for picture in answer.pictures
            if picture.problem is None and not self._is_brought(picture)
        ]
        missing = list(_missing_from(answer))
        held_up: list[Problem] = []  # what another try may mend
        try:
            for trying in asyncio.as_completed(bringing):
                brought = await trying
                if not isinstance(brought, MissingPicture):
                    yield brought
                    yield JobChanged(self.job)  # whoever tries again must not fetch it a second time
                elif brought.problem.kind in _WAITING_ON_US:
                    held_up.append(brought.problem)
                else:
                    missing.append(brought)
        except asyncio.CancelledError:
            held_up.insert(0, Problem(ProblemKind.LINK_BROKE, billed=Billed.YES))
        finally:
            await ended(bringing)
        if not held_up:
            ordered = tuple(sorted(missing, key=lambda one: one.index))
            try:
                yield await self._fetched(answer, ordered)
                return
            except asyncio.CancelledError:
                held_up.append(Problem(ProblemKind.LINK_BROKE, billed=Billed.YES))
            except ProblemError as error:
                held_up.append(replace(error.problem, billed=Billed.YES))
        links_die_ms = self._links_die_ms(answer)
        yield self.store(
            JobState.ANSWERED,
            problem=held_up[0],
            links_die_ms=links_die_ms,
            missing=(),
            ended_ms=None,
            tried_ms=now_ms(),
        )

    def _answer(self) -> Answer | Problem:
        """What was answered, or why nobody will know. Raises ProblemError while it cannot be read."""
        try:
            answer = self.tools.journal.answer(self.job.id)
        except ProblemError as error:
            if error.problem.kind is not ProblemKind.ANSWER_UNREADABLE:
                raise
            return replace(error.problem, billed=Billed.YES)
        return answer or Problem(ProblemKind.LINK_EXPIRED, billed=Billed.YES)

    async def _lost(self, problem: Problem) -> JobEvent:
        """The answer was paid for and is gone: end, with what it cost on record and what came of it kept."""
        spend = spend_of(self.job, Billed.YES, delivered=sum(map(bool, self.job.saved)), failed=0)
        held_up: Problem | None = None
        try:
            await self.with_library(lambda library: library.record_spend(spend))
        except ProblemError as error:
            held_up = replace(error.problem, billed=Billed.YES)
        except asyncio.CancelledError:
            held_up = Problem(ProblemKind.LINK_BROKE, billed=Billed.YES)
        if held_up is not None:
            return self.store(JobState.ANSWERED, problem=held_up, tried_ms=now_ms())
        return self.store(
            JobState.FAILED,
            problem=problem,
            kept=self.kept_files(),
            ended_ms=now_ms(),
            links_die_ms=None,
        )

    async def _try_to_bring(
        self, picture: AnsweredPicture, answer: Answer, turn: asyncio.Semaphore
    ) -> PictureSaved | MissingPicture:
        try:
            return await self._bring(picture, answer, turn)
        except ProblemError as error:
            problem = replace(error.problem, billed=Billed.YES)
        died_ms = (picture.expires_ms or 0) + CLOCK_MARGIN_MS
        if problem.kind is ProblemKind.ADDRESS_NOT_ALLOWED and died_ms < now_ms():
            problem = replace(problem, kind=ProblemKind.LINK_EXPIRED)
        if problem.kind in _NO_PICTURE:
            problem = Problem(ProblemKind.RESULT_DAMAGED, Billed.YES, request_id=answer.request_id)
        return MissingPicture(picture.index, problem)

    async def _bring(self, picture: AnsweredPicture, answer: Answer, turn: asyncio.Semaphore) -> PictureSaved:
        """Fetch it, and save it while the others are still being fetched: the library may take its time."""
        path = self._place(picture)
        async with turn:
            checked = await self._fetched_and_checked(picture, path)
        saved = await self._save(picture, answer, path, checked)
        job = replace(self.job, saved=_with(self.job.saved, picture.index, saved.sha256))
        self.tools.journal.store(job)
        self.job = job
        with contextlib.suppress(ProblemError):  # it goes with the others when the job is saved
            self.tools.journal.forget_link(self.job.id, picture.index)
        files.discard(path)
        return PictureSaved(self.job.id, picture.index, saved)

    def _make_spool(self, answer: Answer) -> None:
        """Somebody may have emptied it, or ended the process before a saved picture was gone from it."""
        with contextlib.suppress(ProblemError):  # then each picture says so
            files.make_private_folder(self.spool)
        for picture in answer.pictures:
            if self._is_brought(picture):
                files.discard(self._place(picture))

    def _place(self, picture: AnsweredPicture) -> Path:
        return self.spool / (picture.spool_name or f"picture-{picture.index}.bin")

    def _links_die_ms(self, answer: Answer) -> int | None:
        """When the first link dies of a picture that is neither in the library nor in the spool."""
        return answers.links_die_ms(
            picture
            for picture in answer.pictures
            if not self._is_brought(picture) and not self._place(picture).exists()
        )

    def _is_brought(self, picture: AnsweredPicture) -> bool:
        """Whether an earlier run saved it."""
        return any(self.job.saved[picture.index : picture.index + 1])

    async def _fetched_and_checked(self, picture: AnsweredPicture, path: Path) -> CheckedPicture:
        """As ``_checked``; what the local disk refuses is not the library's fault."""
        try:
            with files.disk_problems(self.spool):
                return await self._checked(picture, path)
        except ProblemError as error:
            if error.problem.kind is not ProblemKind.LIBRARY_AWAY:
                raise
            raise ProblemError(replace(error.problem, kind=ProblemKind.FOLDER_NOT_WRITABLE)) from error

    async def _checked(self, picture: AnsweredPicture, path: Path) -> CheckedPicture:
        """The picture in the spool, looked at; one that came damaged over the wire is fetched once more.

        What lies in the spool is never given up for a link that is dead by now.
        """
        thumbnail = path.with_suffix(".thumbnail")
        if picture.url and not path.exists():  # noqa: ASYNC240 - a local disk, and this loop has one job
            await self._download(picture, path)
        try:
            return await asyncio.to_thread(self.tools.check, path, thumbnail)
        except ProblemError as error:
            if not picture.url or error.problem.kind not in _BETTER_FETCHED_AGAIN:
                raise
            damaged = error
        again = path.with_suffix(".again")
        try:
            await self._download(picture, again)
        except ProblemError as error:
            raise (error if error.problem.kind in _WAITING_ON_US else damaged) from None
        checked = await asyncio.to_thread(self.tools.check, again, thumbnail)
        again.replace(path)
        return checked

    async def _download(self, picture: AnsweredPicture, target: Path) -> None:
        await self.tools.client.download(picture.url, target, lambda *_: None, picture.expires_ms)

    async def _save(
        self, picture: AnsweredPicture, answer: Answer, path: Path, checked: CheckedPicture
    ) -> Picture:
        self._keep_thumbnail(path.with_suffix(".thumbnail"), checked.sha256)
        made = made_of(self.job, answer, picture, checked)
        new = NewPicture(path, made, self.job.board_id, self.job.board_name, checked.extension)
        try:
            return await self.with_library(lambda library: library.add(new))
        except ProblemError as error:
            if error.problem.kind not in _NO_PICTURE:
                raise
            cut = replace(error.problem, kind=ProblemKind.FOLDER_NOT_WRITABLE)  # it was whole in the spool
            raise ProblemError(cut) from error

    def _keep_thumbnail(self, made: Path, sha256: str) -> None:
        target = self.tools.thumbnail(sha256)
        with contextlib.suppress(OSError, ProblemError):  # a cache: it is made again when it is missing
            files.make_private_folder(target.parent)
            shutil.move(made, target)

    async def _fetched(self, answer: Answer, missing: tuple[MissingPicture, ...]) -> JobEvent:
        """Keep what it cost, and end. Raises ProblemError while that cannot be kept."""
        saved = sum(map(bool, self.job.saved))
        billed = _billed(answer, missing, is_saved=saved > 0)
        failed = sum(one.count for one in missing)
        spend = spend_of(self.job, billed, saved, failed, answer.generated_images)
        await self.with_library(lambda library: library.record_spend(spend))
        why_nothing = next((one.problem for one in missing), None) or Problem(ProblemKind.ANSWER_EMPTY)
        event = self.store(
            JobState.SAVED if saved else JobState.FAILED,
            problem=None if saved else replace(why_nothing, billed=billed),
            missing=missing,
            kept=self.kept_files() if missing or not saved else (),
            ended_ms=now_ms(),
            links_die_ms=None,
        )
        if not self.job.kept:
            shutil.rmtree(self.spool, ignore_errors=True)
        return event


def _with(saved: tuple[str, ...], index: int, sha256: str) -> tuple[str, ...]:
    padded = saved + ("",) * (index + 1 - len(saved))
    return (*padded[:index], sha256, *padded[index + 1 :])


def _missing_from(answer: Answer) -> Iterator[MissingPicture]:
    """What the answer itself says did not come about."""
    for picture in answer.pictures:
        if picture.problem is not None:
            yield MissingPicture(picture.index, picture.problem)
    if answer.problem is not None and answer.rest_count:
        yield MissingPicture(len(answer.pictures), answer.problem, answer.rest_count)


def _billed(answer: Answer, missing: tuple[MissingPicture, ...], *, is_saved: bool) -> Billed:
    """Whether any of it was billed: as the server counts, else as the pictures that did not come say."""
    if is_saved or answer.generated_images:
        return Billed.YES
    said = {one.problem.billed for one in missing}
    if answer.generated_images == 0 or said == {Billed.NO}:
        return Billed.NO
    return Billed.MAYBE if Billed.YES not in said and said else Billed.YES
