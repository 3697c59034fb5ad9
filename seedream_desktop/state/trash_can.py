"""What leaves the trash: to the system's when it is emptied; for good, by itself, when its days are over."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.generation.job import now_ms
from seedream_desktop.library.values import Query
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.acts import AT_ONCE, entry_of
from seedream_desktop.state.system_trash import to_system_trash

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.pictures import Pictures

SWEPT_EVERY_MS = 3_600_000  # so that a laptop that sleeps at night has its day, too
_FIRST_AFTER_MS = 20_000  # not while the window comes up
_DAY_MS = 86_400_000
BOARD_DAYS = 30  # that a removed board is remembered at least
REFERENCE_DAYS = 30  # that a reference is kept once nothing names it

Names = Callable[[], Iterable[str]]  # SHA-256


class TrashCan(QObject):
    """Empties the trash of the open library. GUI thread."""

    emptied = Signal(int)  # pictures: they are in the system's trash now
    not_taken = Signal(object)  # tuple[str, ...] entry ids: the system has no trash for these; they stay

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        to_trash: Callable[[Path], bool] = to_system_trash,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        """Nothing is swept before ``keep_days`` is set."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._to_trash = to_trash
        self._clock = clock
        self._keep_days = 0
        self.draft_references: Names | None = None  # what the draft names; None: not known yet
        self.job_references: Names | None = None  # what the open jobs name
        self._references_swept_ms = 0
        self._sweeping = QTimer(self, interval=SWEPT_EVERY_MS)
        self._sweeping.timeout.connect(self._sweep_all)
        pictures.opened.connect(self._on_opened)

    @property
    def keep_days(self) -> int:
        """How many days the trash keeps pictures; 0: until it is emptied."""
        return self._keep_days

    @keep_days.setter
    def keep_days(self, days: int) -> None:
        self._keep_days = days
        self._sweeping.start()

    def empty(self, name: str) -> None:
        """Move everything in the trash to the system's, in a folder ``name``."""
        self._pictures.act(lambda library: library.ids(Query(trash=True)), lambda ids: self.purge(ids, name))

    def purge(self, ids: Sequence[str], name: str) -> None:
        """Move trashed pictures to the system's trash, in a folder ``name``."""
        entry_ids = tuple(entry_of(picture_id) for picture_id in ids)
        library = self._pictures.library
        if not entry_ids or library is None:
            return

        def on_begun(gathered: Path) -> None:
            def gather(some: Sequence[str]) -> Callable[[Library], object]:
                return lambda library: library.emptying.gather(gathered, some)

            self._in_pieces(
                library,
                entry_ids,
                gather,
                lambda count: self._send(gathered, entry_ids[:count]),
                lambda: self._put_back(gathered),
            )

        self._pictures.act(lambda library: library.emptying.begin(name), on_begun)

    def delete(self, entry_ids: Sequence[str]) -> None:
        """Delete pictures for good."""
        if self._pictures.library is not None:
            self._in_pieces(
                self._pictures.library, entry_ids, _purging, lambda _: self._let_boards_go(self._clock())
            )

    def sweep(self) -> None:
        """Delete what has been in the trash for its days; quietly, and what cannot be deleted stays."""
        if not self._keep_days or self._pictures.library is None or self._pictures.library.is_read_only:
            return
        before_ms = self._clock() - self._keep_days * _DAY_MS

        def sweep(library: Library) -> bool:
            outdated = library.outdated(before_ms)[:AT_ONCE]
            library.purge(outdated)
            return bool(outdated)

        def on_swept(is_changed: bool) -> None:
            if is_changed:
                self._pictures.tell_everything()
                self.sweep()  # the next ones, after what was asked for meanwhile

        self._pictures.act(sweep, on_swept, lambda _: None)

    def sweep_references(self) -> None:
        """Delete references that nothing has named for their days; once a day, if all names are known."""
        if self.draft_references is None or self.job_references is None or self._pictures.library is None:
            return
        if self._clock() - self._references_swept_ms < _DAY_MS:
            return
        self._references_swept_ms = self._clock()
        named = frozenset((*self.draft_references(), *self.job_references()))
        before_s = self._clock() / 1000 - REFERENCE_DAYS * _DAY_MS / 1000
        self._pictures.act(
            lambda library: library.sweep_references(named, before_s), lambda _: None, lambda _: None
        )

    def _on_opened(self, library: Library) -> None:
        if not library.is_read_only:
            self._pictures.act(lambda library: library.emptying.put_back_left(), lambda _: None)
            self._references_swept_ms = 0
            QTimer.singleShot(_FIRST_AFTER_MS, self, self._sweep_all)

    def _sweep_all(self) -> None:
        self.sweep()
        self.sweep_references()
        self._sweep_boards()

    def _sweep_boards(self) -> None:
        """Let go of boards that were removed for their days, if the trash holds nothing of them."""
        library = self._pictures.library
        if library is not None and not library.is_read_only:
            self._let_boards_go(self._clock() - max(self._keep_days, BOARD_DAYS) * _DAY_MS)

    def _let_boards_go(self, before_ms: int) -> None:
        """Those removed before that moment; who empties the trash by hand wants no name of them kept."""
        self._pictures.act(
            lambda library: library.board_folders.sweep(before_ms), lambda _: None, lambda _: None
        )

    def _send(self, gathered: Path, entry_ids: tuple[str, ...]) -> None:
        def send(library: Library) -> int | None:
            count = sum(1 for path in gathered.iterdir() if path.is_file())
            if count and not self._to_trash(gathered):
                library.emptying.put_back(gathered)
                return None
            library.emptying.clear(gathered)
            return count

        def on_sent(count: int | None) -> None:
            self._pictures.tell_everything()
            if count is None:
                self.not_taken.emit(entry_ids)
            elif count:
                self._let_boards_go(self._clock())
                self.emptied.emit(count)

        self._pictures.act(send, on_sent)

    def _put_back(self, gathered: Path) -> None:
        """Where that fails, too, it is done when the library is opened again."""
        self._pictures.act(
            lambda library: library.emptying.put_back(gathered),
            lambda _: self._pictures.tell_everything(),
            lambda _: None,
        )

    def _in_pieces(
        self,
        library: Library,
        entry_ids: Sequence[str],
        act: Callable[[Sequence[str]], Callable[[Library], object]],
        then: Callable[[int], None] = lambda _: None,
        give_up: Callable[[], None] = lambda: None,
    ) -> None:
        """Let others come between; ``then`` takes how many were done when it ended or was stopped."""
        ongoing = self._activities.begin(ActivityKind.PURGE)

        def go_on(start: int) -> None:
            if self._pictures.library is not library:
                ongoing.end()
                return
            if start >= len(entry_ids) or not ongoing.proceed(start, len(entry_ids)):
                ongoing.end()
                self._pictures.tell_everything()
                then(start)
                return
            on_done = functools.partial(_ignoring, functools.partial(go_on, start + AT_ONCE))
            self._pictures.act(act(entry_ids[start : start + AT_ONCE]), on_done, on_problem)

        def on_problem(problem: Problem) -> None:
            ongoing.end()
            self._pictures.tell_everything()
            give_up()
            self._pictures.failed.emit(problem)

        go_on(0)


def _purging(some: Sequence[str]) -> Callable[[Library], object]:
    return lambda library: library.purge(some)


def _ignoring(then: Callable[[], None], _result: object) -> None:
    then()
