"""Forgetting a board for good, wherever this machine holds something of it.

What is to be removed is noted first and done in an order that can be repeated: the journal, the spool,
caches, the library. A process that ends in the middle finishes it when that library is opened next. Only what
was spent stays, without a word of the board.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.files import disk_problems, make_folder, write_over
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.library.boards import INBOX
from seedream_desktop.library.forgetting import BoardTraces
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.job import Job
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.activities import Ongoing
    from seedream_desktop.state.open_jobs import BoardName
    from seedream_desktop.state.session import Session
    from seedream_desktop.tasks import TaskRunner

LOOK_AGAIN_MS = 200  # whether the journal was taken over
_FOLDER = "forgetting"


@dataclass(frozen=True, slots=True)
class Forgettable:
    """What would go with a board."""

    board: Board
    pictures: int
    trashed: int
    references: int  # that nothing else uses
    other_files: int  # that stay in its folder
    boards: int  # in it, that stay
    under_way: int  # requests: while there are any it is not forgotten
    waiting: int  # requests that would be cancelled
    unfinished: int  # requests that still need a decision


@dataclass(frozen=True, slots=True)
class Intent:
    """What is being removed; written before the first act."""

    library_id: str
    traces: BoardTraces
    job_ids: tuple[str, ...]
    library_ids: tuple[str, ...] = ()  # those that the library had before; its jobs may still name them

    @property
    def names(self) -> frozenset[BoardName]:
        """All that jobs may call the board."""
        return _names((self.library_id, *self.library_ids), self.traces)


class Forgetting(QObject):
    """Asks what there is of a board, removes it, and finishes what an earlier run began."""

    known = Signal(object)  # Forgettable
    forgotten = Signal(str)  # board id
    failed = Signal(object)  # Problem: what is left is removed at the next start

    def __init__(self, session: Session, acting: TaskRunner) -> None:
        """The library is written to on ``acting``."""
        super().__init__()
        self._session = session
        self._drafts = session.drafts
        self._acting = acting
        self._folder = session.places.data_dir / _FOLDER

    def look(self, board: Board) -> None:
        """Find out what would go with ``board``; the answer comes as ``known``."""

        def on_known(there: Forgettable | None) -> None:
            if there is not None:
                self.known.emit(there)

        library = self._session.pictures.library
        if library is not None:
            self._look(library, board.id, on_known)

    def _look(self, library: Library, board_id: str, then: Callable[[Forgettable | None], None]) -> None:
        def look() -> tuple[Board, BoardTraces, int] | None:
            board, traces = library.board(board_id), library.traces_of_board(board_id)
            if board is None or traces is None:
                return None
            return board, traces, len(library.board_folders.below(board_id)) - 1

        def on_found(found: tuple[Board, BoardTraces, int] | None) -> None:
            then(self._forgettable(library, *found) if found is not None else None)

        self._acting.call(look, on_found, self.failed.emit)

    def forget(self, board_id: str) -> None:
        """Remove all that there is of a board; while a request for it is under way that is told instead."""
        library = self._session.pictures.library
        if library is None:
            return

        def on_known(there: Forgettable | None) -> None:
            if there is not None and there.under_way:
                self.known.emit(there)
            elif there is not None:
                self._session.undo.clear()
                self._acting.call(lambda: self._noted(library, board_id), self._begin, self.failed.emit)

        self._look(library, board_id, on_known)

    def resume(self, library: Library) -> None:
        """Finish what an earlier run began to remove from ``library``."""
        self._acting.call(lambda: tuple(self._left(library)), self._go_on)

    def _go_on(self, intents: tuple[Intent, ...]) -> None:
        if intents and not self._session.recovering.is_done:  # the queue is about to hear of the jobs
            QTimer.singleShot(LOOK_AGAIN_MS, self, lambda: self._go_on(intents))
            return
        for intent in intents:
            self._begin(intent)

    def _begin(self, intent: Intent | None) -> None:
        if intent is None:
            return
        if not self._session.queue.forget_board(intent.names, partial(self._remove, intent)):
            QTimer.singleShot(LOOK_AGAIN_MS, self, lambda: self._begin(intent))  # one has just been started
            return
        self._empty_draft(intent)

    def _remove(self, intent: Intent, job_ids: tuple[str, ...]) -> None:
        whole = replace(intent, job_ids=tuple({*intent.job_ids, *job_ids}))
        ongoing = self._session.activities.begin(ActivityKind.FORGET, can_be_cancelled=False)
        self._session.recalling.hold_back(True)

        def show() -> None:
            ongoing.end()
            self._session.recalling.hold_back(False)
            self._session.pictures.tell_everything()
            self._session.gallery.set_query(self._session.gallery.query)  # tiles of its jobs go too

        def on_removed(_: None) -> None:
            show()
            self.forgotten.emit(intent.traces.board_ids[0])

        def on_problem(problem: Problem) -> None:
            show()
            self.failed.emit(problem)

        self._acting.call(lambda: self._remove_all(whole, ongoing), on_removed, on_problem)

    def _empty_draft(self, intent: Intent) -> None:
        draft, traces = self._session.draft, intent.traces
        target = self._session.target_board()  # none yet, while the library is only being opened
        held_by = target.id if target is not None else draft.board_id
        if held_by in traces.board_ids or (not draft.board_id and traces.path == INBOX):
            draft.forget()
            draft.set_board("")
        inbox = {""} if traces.path == INBOX else set()
        self._drafts.forget(inbox.union(traces.board_ids))

    def _forgettable(
        self, library: Library, board: Board, traces: BoardTraces, boards_inside: int
    ) -> Forgettable:
        queue, names = self._session.queue, _names(library.all_ids, traces)
        jobs = [job for job in queue.jobs if (job.library_id, job.board_id) in names]
        running, waiting = {job.id for job in queue.running}, {job.id for job in queue.waiting}
        return Forgettable(
            board=board,
            pictures=len(traces.pictures),
            trashed=len(traces.trashed),
            references=len(traces.references),
            other_files=traces.other_files,
            boards=boards_inside,
            under_way=sum(job.id in running for job in jobs),
            waiting=sum(job.id in waiting for job in jobs),
            unfinished=sum(job.id not in running | waiting for job in jobs),
        )

    def _noted(self, library: Library, board_id: str) -> Intent | None:
        """What there is, written down. Blocks. Raises ProblemError."""
        traces = library.traces_of_board(board_id)
        if traces is None:
            return None
        journal, names = self._session.journal, _names(library.all_ids, traces)
        jobs = [job for name in sorted(names) for job in journal.jobs_of_board(*name)]
        references = {*traces.references, *self._only_of(jobs, library)}
        traces = replace(traces, references=tuple(sorted(references)))
        former = tuple(sorted(library.all_ids - {library.id}))
        intent = Intent(library.id, traces, tuple(job.id for job in jobs), former)
        with disk_problems(self._folder):
            make_folder(self._folder)
            content = json.dumps(encode(intent)).encode("ascii")
            write_over(self._place(intent), content, self._folder)
        return intent

    def _only_of(self, jobs: list[Job], library: Library) -> Iterator[str]:
        """References of these jobs that no picture was made with, those of the board's own included."""
        for job in jobs:
            for reference in job.request.references:
                if not library.made_with(reference.sha256):
                    yield reference.sha256

    def _left(self, library: Library) -> Iterator[Intent]:
        """What was noted and not finished. Blocks."""
        for path in sorted(self._folder.glob("*.json")):
            with suppress(OSError, ValueError):
                intent = decode(Intent, json.loads(path.read_bytes()))
                if library.is_called(intent.library_id):
                    yield intent

    def _remove_all(self, intent: Intent, ongoing: Ongoing) -> None:
        """Blocks. Raises ProblemError."""
        places, traces = self._session.places, intent.traces
        kept = self._kept_references(intent)
        traces = replace(traces, references=tuple(sha for sha in traces.references if sha not in kept))
        for job_id in filter(str.isalnum, intent.job_ids):
            shutil.rmtree(places.spool / job_id, ignore_errors=True)
        for sha256 in filter(str.isalnum, (*traces.sha256s, *traces.references)):
            with suppress(OSError):
                self._session.thumbnails.path_of(sha256).unlink(missing_ok=True)
        self._session.sent_files.forget(traces.references)
        self._session.recalling.forget()
        with suppress(OSError):  # an older draft, set aside as damaged
            places.settings.with_name(f"{places.settings.name}.damaged").unlink(missing_ok=True)
        self._session.pictures.the_library().forget_board(traces, ongoing.proceed)
        with suppress(OSError):
            self._place(intent).unlink(missing_ok=True)
            self._folder.rmdir()

    def _kept_references(self, intent: Intent) -> frozenset[str]:
        """What open requests of other boards, and the draft, still need."""
        jobs, names = self._session.queue.jobs, intent.names
        others = (job for job in jobs if (job.library_id, job.board_id) not in names)
        needed = [reference for job in others for reference in job.request.references]
        needed += self._drafts.references()
        return frozenset(reference.sha256 for reference in needed)

    def _place(self, intent: Intent) -> Path:
        return self._folder / f"{intent.traces.board_ids[0]}.json"


def _names(library_ids: Iterable[str], traces: BoardTraces) -> frozenset[BoardName]:
    return frozenset(product(library_ids, traces.board_ids))
