"""Looks at pictures that nobody looked at yet on this machine: thumbnails and fingerprints, from what is in
view outward, while nothing in view waits. No picture is read for it before the index is whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.files import make_private_folder
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library.thumbnails import held_bytes
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.outward import Outward

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.likeness import Likeness
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.tasks import TaskRunner

BEGUN_AFTER_MS = 1000  # changes that come together are looked at once
AT_ONCE = 2  # as many as there are child processes
_QUIET_S = 0.3  # so long after the last thumbnail was asked for nobody scrolls
_PATIENCE_MS = 150
_FULL_SHARE = 0.9  # of the cap: what is in view still finds room
_Look = Callable[[Path, Path | None], "CheckedPicture"]  # a picture, and where its thumbnail goes


class Surveying(QObject):
    """Goes through the pictures of the open library that have no fingerprint. GUI thread.

    What was stopped by hand stays so until it is asked for, or another library is opened.
    """

    stopped = Signal()  # by hand, before all were looked at

    def __init__(
        self,
        runner: TaskRunner,
        look: _Look,
        thumbnails: ThumbnailCache,
        likeness: Likeness,
        activities: Activities,
        is_waited_for: Callable[[], bool],
    ) -> None:
        """``look`` is called on a thread of ``runner`` and may raise ProblemError.

        Nothing is begun while something ``is_waited_for`` that wants the processor, as a search does.
        """
        super().__init__()
        self._runner = runner
        self._look = look
        self._thumbnails = thumbnails
        self._likeness = likeness
        self._activities = activities
        self._is_waited_for = is_waited_for
        self._is_stopped = False
        self._library: Library | None = None
        self._asking = False
        self._is_overtaken = False  # there are more since it was asked what is not known
        self._is_first = True  # this library was not gone through before
        self._unknown = Outward()
        self._under_way, self._room_bytes = 0, 0
        self._refused: set[str] = set()  # SHA-256 of what cannot be looked at; asked again at the next start
        self._ongoing: Ongoing | None = None
        self._beginning = QTimer(self, singleShot=True, interval=BEGUN_AFTER_MS)
        self._beginning.timeout.connect(self._ask)
        self._waiting = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._waiting.timeout.connect(self._go_on)

    def follow(self, library: Library) -> None:
        """Look at the pictures of that library from now on."""
        self._library, self._refused, self._is_first, self._is_stopped = library, set(), True, False
        self._end()
        self._beginning.start()

    def look_again(self) -> None:
        """There may be pictures that are not known yet."""
        self._is_overtaken = self._ongoing is not None
        if not self._is_overtaken and not self._is_stopped and self._library is not None:
            self._beginning.start()

    def go_on(self) -> None:
        """Look at the rest after all."""
        self._is_stopped = False
        self.look_again()

    def _ask(self) -> None:
        library, folder, is_first = self._library, self._thumbnails.folder, self._is_first
        if library is None:
            return
        if library.needs_rebuild:
            self._beginning.start()
            return
        self._is_first, self._asking = False, True
        refused = set(self._refused)

        def found() -> tuple[Outward, int]:
            if is_first:
                library.likeness.forget_unused()
            unknown = Outward(library.likeness.unknown()).without(refused)
            return unknown, held_bytes(folder) if unknown.left else 0

        self._runner.call(found, lambda answer: self._begin(library, *answer), self._on_not_asked)

    def _begin(self, library: Library, unknown: Outward, held_bytes_: int) -> None:
        self._asking = False
        if library is not self._library or self._ongoing is not None:
            return
        self._unknown = unknown
        self._room_bytes = int(self._thumbnails.limit_bytes * _FULL_SHARE) - held_bytes_
        self._likeness.compare_later()
        if unknown.left:
            self._ongoing = self._activities.begin(ActivityKind.THUMBNAILS)
            self._go_on()

    def _on_not_asked(self, _problem: Problem) -> None:
        self._asking = False  # the index says so to whoever needs it

    def _go_on(self) -> None:
        ongoing, unknown = self._ongoing, self._unknown
        if ongoing is None:
            return
        if not ongoing.proceed(unknown.total - unknown.left, unknown.total):
            self._is_stopped = True
            self._beginning.stop()
            self._end()
            self.stopped.emit()
        elif self._is_looked_at() or self._is_filled():
            self._waiting.start()
        else:
            while self._under_way < AT_ONCE and (one := unknown.take(self._thumbnails.asked_for)) is not None:
                self._start(one)
            if not unknown.left and not self._under_way:
                self._end()
                if self._is_overtaken:
                    self._likeness.keep_now(self.look_again)  # so that nothing is looked at twice

    def _is_looked_at(self) -> bool:
        thumbnails = self._thumbnails
        if self._is_waited_for():
            return True
        return thumbnails.is_busy or time.monotonic() - thumbnails.asked_s < _QUIET_S

    def _is_filled(self) -> bool:
        """Whether the index is begun anew: it was damaged."""
        return self._library is not None and self._library.needs_rebuild

    def _start(self, sha256: str) -> None:
        library, look = self._library, self._look
        if library is None:
            return
        thumbnail, has_room = self._thumbnails.path_of(sha256), self._room_bytes > 0
        self._under_way += 1

        def looked() -> tuple[str, int]:
            if thumbnail.exists():
                return look(thumbnail, None).fingerprint, 0
            picture_id = library.likeness.picture_of(sha256)
            path = library.root / picture_id
            if not picture_id or not library.likeness.is_as_known(picture_id):
                return "", 0  # it is asked for again once the library was held against its files
            if not has_room:
                return look(path, None).fingerprint, 0
            make_private_folder(thumbnail.parent)
            fingerprint = look(path, thumbnail).fingerprint
            return fingerprint, thumbnail.stat().st_size if thumbnail.exists() else 0

        def looked_at_what_is_there() -> tuple[str, int]:
            try:
                return looked()
            except ProblemError:
                library.check_present()
                raise

        self._runner.call(
            looked_at_what_is_there,
            lambda found: self._on_looked(library, sha256, *found),
            lambda problem: self._on_refused(library, sha256, problem),
        )

    def _on_looked(self, library: Library, sha256: str, fingerprint: str, size_bytes: int) -> None:
        self._under_way -= 1
        self._room_bytes -= size_bytes
        if library is self._library:
            self._likeness.note(sha256, fingerprint)
        self._go_on()

    def _on_refused(self, library: Library, sha256: str, problem: Problem) -> None:
        self._under_way -= 1
        if problem.kind is not ProblemKind.LIBRARY_AWAY:
            self._refused.add(sha256)
        elif library is self._library:
            self._end()  # the rest is looked at once it is back
        self._go_on()

    def _end(self) -> None:
        self._unknown = Outward()
        self._waiting.stop()
        if self._ongoing is not None:
            self._ongoing.end()
            self._ongoing = None
