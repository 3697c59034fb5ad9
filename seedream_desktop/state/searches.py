"""The saved searches of the open library, with how many pictures each finds now; what is done to them can be
taken back.

They are counted on a thread of their own, never more often than a fifth of the time, and only when a picture
or a search changed: what is done to 10,000 pictures at once counts a few times.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.file_names import folded
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.library_step import LibraryStep, Way

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.searches import SavedSearch
    from seedream_desktop.library.values import Proceed, Query
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.pictures import LibraryChange, Pictures
    from seedream_desktop.state.undo import UndoStack
    from seedream_desktop.tasks import TaskRunner

LATER_MS = 5_000  # what pictures look like becomes known bit by bit, and goes on for long
READ_AFTER_MS = 300  # changes that come together are counted once
_SHARE = 4  # after counting, at least so many times its length nothing is counted
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What counting gave, and of which state of the library."""

    key: _Key
    counts: Mapping[str, int]
    took_s: float


class SavedSearches(QObject):
    """Knows the searches and acts on them. GUI thread."""

    changed = Signal()  # the searches, or how many pictures they find
    damaged = Signal(object)  # tuple[str, ...]: names of files that cannot be read, told once each
    _touched = Signal()

    def __init__(
        self, pictures: Pictures, activities: Activities, steps: UndoStack, runner: TaskRunner
    ) -> None:
        """Follow what ``pictures`` has open; read and count on ``runner``."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._steps = steps
        self._runner = runner
        self.searches: tuple[SavedSearch, ...] = ()  # in the order of their names
        self.counts: Mapping[str, int] = {}  # by id; one that is not there is not known yet
        self._key: _Key = ()  # what the counts are of
        self._told = set[str]()
        self._library: Library | None = None
        self._is_reading = False
        self._is_overtaken = False
        self._quiet_until_s = 0.0
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self.read)
        pictures.library_changed.connect(self._on_library_changed)
        self._touched.connect(self.read)

    def find(self, search_id: str) -> SavedSearch | None:
        """The one with that id; None: there is none."""
        return next((search for search in self.searches if search.id == search_id), None)

    def is_taken(self, name: str, but_id: str = "") -> bool:
        """Whether another search than ``but_id`` is called so."""
        return any(folded(search.name) == folded(name) for search in self.searches if search.id != but_id)

    def save(self, name: str, query: Query) -> str:
        """Keep a search under a name; gives the id that it will have."""
        search_id = uuid.uuid4().hex
        self._step(ActivityKind.SAVE_SEARCH, _putting(search_id, name, query))
        return search_id

    def rename(self, search_id: str, name: str) -> None:
        """Give a search another name."""
        held = self.find(search_id)
        if held is not None and name.strip() and name != held.name:
            self._step(ActivityKind.RENAME_SEARCH, _renaming(search_id, name))

    def change(self, search_id: str, query: Query) -> None:
        """Let a search ask for something else under its name."""
        held = self.find(search_id)
        if held is not None and query != held.query:
            self._step(ActivityKind.CHANGE_SEARCH, _changing(search_id, query))

    def remove(self, search_id: str) -> None:
        """Let a search go."""
        self._step(ActivityKind.REMOVE_SEARCH, _removing(search_id))

    def read(self) -> None:
        """Read the searches, and count anew if anything changed."""
        self._reading.stop()
        library = self._pictures.library
        if library is None:
            return
        if self._is_reading:
            self._is_overtaken = True
            return
        self._is_reading = True
        is_other, self._library = library is not self._library, library
        if is_other:
            self._told.clear()

        def read() -> tuple[tuple[SavedSearch, ...], tuple[str, ...]]:
            return library.searches.all(), library.searches.damaged()

        self._runner.call(read, lambda found: self._on_read(library, *found), lambda _: self._end(library))

    def read_later(self) -> None:
        """The same before long: something changed that is seldom asked for."""
        if not self._reading.isActive():
            self._reading.start(max(LATER_MS, self._quiet_ms()))

    def _on_library_changed(self, _: LibraryChange) -> None:
        if self._pictures.library is not self._library:
            self.read()
            return
        wait_ms = max(READ_AFTER_MS, self._quiet_ms())
        if not self._reading.isActive() or self._reading.remainingTime() > wait_ms:
            self._reading.start(wait_ms)

    def _quiet_ms(self) -> int:
        """For how long nothing shall be counted; 0 or less: it may be."""
        return round((self._quiet_until_s - time.monotonic()) * 1000)

    def _on_read(self, library: Library, searches: tuple[SavedSearch, ...], damaged: tuple[str, ...]) -> None:
        if library is not self._pictures.library:
            self._end(library)
            return
        if searches != self.searches:
            held = {search.id: search.query for search in self.searches}
            kept = {search.id for search in searches if held.get(search.id) == search.query}
            self.searches = searches
            self.counts = {search_id: count for search_id, count in self.counts.items() if search_id in kept}
            self.changed.emit()
        if fresh := tuple(name for name in damaged if name not in self._told):
            self._told.update(fresh)
            self.damaged.emit(fresh)
        self._count(library)

    def _count(self, library: Library) -> None:
        searches, before = self.searches, self._key

        def count() -> _Counted | None:
            began_s = time.monotonic()
            queries = tuple(search.query for search in searches)
            key = (library, library.lookup.state(), time.localtime()[:3], queries)  # "today" is another one
            if key == before:
                return None
            found = library.searches.counts_of(queries)
            named = {search.id: count for search, count in zip(searches, found, strict=True)}
            return _Counted(key, named, time.monotonic() - began_s)

        if (quiet_ms := self._quiet_ms()) > 0:
            self._reading.start(quiet_ms)
            self._end(library)
        elif searches:
            self._runner.call(count, lambda one: self._on_counted(library, one), lambda _: self._end(library))
        else:
            self._end(library)

    def _on_counted(self, library: Library, counted: _Counted | None) -> None:
        if counted is not None and library is self._pictures.library:
            self._key = counted.key
            self._quiet_until_s = time.monotonic() + _SHARE * counted.took_s
            known = {search.id for search in self.searches}
            counts = {search_id: count for search_id, count in counted.counts.items() if search_id in known}
            if counts != self.counts:
                self.counts = counts
                self.changed.emit()
        self._end(library)

    def _end(self, library: Library) -> None:
        """What cannot be read says so to whoever acts; the searches stay as they were."""
        self._is_reading = False
        is_other = library is not self._pictures.library
        if self._is_overtaken or is_other:
            self._is_overtaken = False
            self.read()

    def _step(self, kind: ActivityKind, way: Way) -> None:
        LibraryStep(self._pictures, self._activities, self._steps, kind, self._then_read(way)).begin()

    def _then_read(self, way: Way) -> Way:
        """The same, and what it changed is shown at once, there and back."""

        def go(library: Library, proceed: Proceed) -> Way | None:
            back = way(library, proceed)
            self._touched.emit()
            return None if back is None else self._then_read(back)

        return go


def _putting(search_id: str, name: str, query: Query) -> Way:
    def put(library: Library, _proceed: Proceed) -> Way:
        held = library.searches.find(search_id)
        library.searches.save(name, query, search_id)
        return _removing(search_id) if held is None else _putting(search_id, held.name, held.query)

    return put


def _renaming(search_id: str, name: str) -> Way:
    def rename(library: Library, _proceed: Proceed) -> Way | None:
        held = library.searches.find(search_id)
        is_there = library.searches.rename(search_id, name) is not None
        return _renaming(search_id, held.name) if held is not None and is_there else None

    return rename


def _changing(search_id: str, query: Query) -> Way:
    """Its name stays what it is by then."""

    def change(library: Library, _proceed: Proceed) -> Way | None:
        held = library.searches.find(search_id)
        is_there = library.searches.change(search_id, query) is not None
        return _changing(search_id, held.query) if held is not None and is_there else None

    return change


def _removing(search_id: str) -> Way:
    def remove(library: Library, _proceed: Proceed) -> Way | None:
        held = library.searches.find(search_id)
        library.searches.remove(search_id)
        return _putting(search_id, held.name, held.query) if held is not None else None

    return remove
