"""Long work on the library as it is shown: what is being done, how far it is, and how it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

SHOWN_AFTER_MS = 400  # what is over sooner is not worth a look
_TOLD_EVERY_S = 0.1
_Tell = Callable[[int, int, int], object]
_End = Callable[[int], object]


class ActivityKind(StrEnum):
    """What is being done."""

    INDEX = "index"  # the library's files are taken into the index
    CHECK = "check"  # the library's files are looked through
    IMPORT = "import"
    RATE = "rate"
    REJECT = "reject"
    UNREJECT = "unreject"  # that is taken back
    TAG = "tag"
    NOTE = "note"
    RENAME = "rename"
    MOVE = "move"
    TRASH = "trash"
    RESTORE = "restore"
    PURGE = "purge"
    EXPORT = "export"
    OPEN_WITH = "open_with"  # working copies, for another program
    HAND_OVER = "hand_over"  # a board, as a ZIP
    THUMBNAILS = "thumbnails"  # and fingerprints, of pictures nobody looked at yet on this machine
    FORGET = "forget"  # a board with all that is left of it
    RENAME_TAG = "rename_tag"
    ARRANGE = "arrange"  # pictures, by hand
    MAKE_BOARD = "make_board"
    RENAME_BOARD = "rename_board"
    MOVE_BOARD = "move_board"
    ORDER_BOARDS = "order_boards"
    SET_UP_BOARD = "set_up_board"
    TRASH_BOARD = "trash_board"
    SAVE_SEARCH = "save_search"
    RENAME_SEARCH = "rename_search"
    CHANGE_SEARCH = "change_search"
    REMOVE_SEARCH = "remove_search"
    SAVE_PRESET = "save_preset"
    RENAME_PRESET = "rename_preset"
    CHANGE_PRESET = "change_preset"
    REMOVE_PRESET = "remove_preset"


@dataclass(frozen=True, slots=True)
class Activity:
    """One piece of long work. ``total`` is 0 while it is not known how much there is to do."""

    id: int
    kind: ActivityKind
    can_be_cancelled: bool
    done: int = 0
    total: int = 0
    is_cancelled: bool = False


class Activities(QObject):
    """What goes on. GUI thread, but for what an ``Ongoing`` does."""

    changed = Signal()  # what is shown
    _told = Signal(int, int, int)  # id, done, total; from any thread
    _ended = Signal(int)  # id; from any thread

    def __init__(self) -> None:
        """Nothing goes on."""
        super().__init__()
        self._ids = count(1)
        self._activities: dict[int, Activity] = {}
        self._ongoing: dict[int, Ongoing] = {}
        self._seen: set[int] = set()  # those that have gone on for long enough
        self._told.connect(self._on_told)
        self._ended.connect(self._on_ended)

    @property
    def shown(self) -> tuple[Activity, ...]:
        """What has gone on for long enough to be shown, the oldest first."""
        return tuple(one for one in self._activities.values() if one.id in self._seen)

    def begin(self, kind: ActivityKind, *, can_be_cancelled: bool = True) -> Ongoing:
        """Note that something begins; whoever does it tells what is given back."""
        activity = Activity(next(self._ids), kind, can_be_cancelled)
        ongoing = Ongoing(activity.id, self._told.emit, self._ended.emit)
        self._activities[activity.id], self._ongoing[activity.id] = activity, ongoing
        QTimer.singleShot(SHOWN_AFTER_MS, self, lambda: self._show(activity.id))
        return ongoing

    def cancel(self, activity_id: int) -> None:
        """Ask it to stop after the step that it is at; what was done stays done."""
        if activity_id in self._activities:
            self._ongoing[activity_id].cancel()
            self._activities[activity_id] = replace(self._activities[activity_id], is_cancelled=True)
            self.changed.emit()

    def stop(self) -> None:
        """Ask all of it to stop: the library is about to be closed."""
        for ongoing in self._ongoing.values():
            ongoing.cancel()

    def _show(self, activity_id: int) -> None:
        if activity_id in self._activities:
            self._seen.add(activity_id)
            self.changed.emit()

    def _on_told(self, activity_id: int, done: int, total: int) -> None:
        if activity_id in self._activities:
            self._activities[activity_id] = replace(self._activities[activity_id], done=done, total=total)
            if activity_id in self._seen:
                self.changed.emit()

    def _on_ended(self, activity_id: int) -> None:
        self._activities.pop(activity_id, None)
        self._ongoing.pop(activity_id, None)
        if activity_id in self._seen:
            self._seen.remove(activity_id)
            self.changed.emit()


class Ongoing:
    """One activity, for whoever does it. Any thread."""

    def __init__(self, activity_id: int, tell: _Tell, end: _End) -> None:
        """Tell and end through signals of an object of the GUI thread."""
        self._id = activity_id
        self._tell = tell
        self._end = end
        self._cancelled = threading.Event()
        self._told_s = 0.0

    def proceed(self, done: int, total: int) -> bool:
        """Say how far it is; False: it shall stop here."""
        now_s = time.monotonic()
        if now_s - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now_s
            self._tell(self._id, done, total)
        return not self._cancelled.is_set()

    def cancel(self) -> None:
        """Make ``proceed`` say that it shall stop."""
        self._cancelled.set()

    def end(self) -> None:
        """It is over, whichever way."""
        self._end(self._id)
