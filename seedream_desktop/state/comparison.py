"""The pictures that are held against each other, and the run-off where they are many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.state.run_off import Duel, RunOff, Verdict

if TYPE_CHECKING:
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.pictures import LibraryChange

SIDE_BY_SIDE_MOST = 4
LABELS = "ABCD"


class Comparison(QObject):
    """Two to four pictures, or a run-off of more. It follows what happens to them. GUI thread."""

    changed = Signal()  # what is on the stage, what is known of it, or which of them acts are for
    ended = Signal()  # fewer than two are left

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to compare."""
        super().__init__(parent)
        self._pictures: dict[str, Picture] = {}  # by the ids that they had at first
        self._keys: tuple[str, ...] = ()
        self._active = 0
        self.run_off: RunOff | None = None

    def begin(self, pictures: tuple[Picture, ...]) -> None:
        """Hold these against each other, the first of them first."""
        self._pictures = {picture.id: picture for picture in pictures}
        self._keys = tuple(self._pictures)
        is_run_off = len(self._keys) > SIDE_BY_SIDE_MOST
        self.run_off = RunOff(self._keys) if is_run_off else None
        self._active = 1 if is_run_off else 0
        self.changed.emit()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Those on the stage: two to four, or champion and challenger, or the champion alone at the end."""
        return tuple(self._pictures[key] for key in self._stage_keys)

    @property
    def active(self) -> int:
        """The place of the picture that acts are for."""
        return min(self._active, max(0, len(self._stage_keys) - 1))

    @property
    def active_picture(self) -> Picture | None:
        """That picture."""
        pictures = self.pictures
        return pictures[self.active] if pictures else None

    @property
    def order(self) -> tuple[Picture, ...]:
        """All pictures of a run-off, the best first."""
        return tuple(self._pictures[key] for key in self.run_off.order) if self.run_off else ()

    @property
    def upcoming(self) -> tuple[Picture, ...]:
        """The challenger after the one of now, if there is one."""
        if self.run_off is None:
            return ()
        place = len(self.run_off.duels) + 2
        return tuple(self._pictures[key] for key in self.run_off.keys[place : place + 1])

    def activate(self, place: int) -> None:
        """Let acts be for the picture in ``place``."""
        if 0 <= place < len(self._stage_keys) and place != self._active:
            self._active = place
            self.changed.emit()

    def swap(self) -> None:
        """Let the picture that acts are for change places with the next; champion and challenger stay."""
        if len(self._keys) > 1:
            self.exchange(self.active, (self.active + 1) % len(self._keys))

    def exchange(self, first: int, second: int) -> None:
        """Let two pictures change places; acts are for the one that comes to ``second``."""
        if self.run_off is None and max(first, second) < len(self._keys):
            keys = list(self._keys)
            keys[first], keys[second] = keys[second], keys[first]
            self._keys = tuple(keys)
            self._active = second
            self.changed.emit()

    def put(self, picture: Picture, place: int | None = None) -> None:
        """Hold ``picture`` against the others in ``place``; None: in that of the one that acts are for."""
        if self.run_off is not None or not self._keys:
            return
        if (held := self._place_of(picture)) is not None:
            self.activate(held)
            return
        self._active = self.active if place is None else min(place, len(self._keys) - 1)
        self._pictures[picture.id] = picture
        keys = list(self._keys)
        keys[self._active] = picture.id
        self._keys = tuple(keys)
        self.changed.emit()

    def add(self, picture: Picture) -> None:
        """Hold one more against the others, or, where it is there already, no longer; two stay."""
        if self.run_off is not None:
            return
        place = self._place_of(picture)
        if place is None and len(self._keys) < SIDE_BY_SIDE_MOST:
            self._pictures[picture.id] = picture
            self._keys = (*self._keys, picture.id)
        elif place is not None and len(self._keys) > 2:
            self._keys = (*self._keys[:place], *self._keys[place + 1 :])
        self.changed.emit()

    def decide(self, verdict: Verdict) -> None:
        """End the duel of now."""
        if self.run_off is not None and not self.run_off.is_over:
            self.run_off = self.run_off.decided(verdict)
            self._active = 0 if self.run_off.is_over else 1
            self.changed.emit()

    def take_back(self) -> tuple[Duel, Picture] | None:
        """Take the last duel back; gives it and its challenger, None: there was none."""
        if self.run_off is None or not self.run_off.duels:
            return None
        last = self.run_off.duels[-1]
        self.run_off = self.run_off.taken_back()
        self._active = 1
        self.changed.emit()
        return last, self._pictures[last.challenger]

    def apply_change(self, change: LibraryChange) -> None:
        """Follow what was marked, moved, renamed, or thrown away."""
        changed = {picture.id: picture for picture in change.changed}
        moved = {picture.sha256: picture for picture in change.added}
        is_other = False
        for key, picture in list(self._pictures.items()):
            now = changed.get(picture.id)
            if picture.id in change.removed:
                now = moved.get(picture.sha256)
                if now is None:
                    is_other = True
                    self._lose(key)
            if now is not None and now != picture:
                is_other = True
                self._pictures[key] = now
        if is_other and self._stage_keys:
            self.changed.emit()

    @property
    def _stage_keys(self) -> tuple[str, ...]:
        if self.run_off is None:
            return self._keys
        return tuple(filter(None, (self.run_off.champion, self.run_off.challenger)))

    def _place_of(self, picture: Picture) -> int | None:
        ids = [self._pictures[key].id for key in self._keys]
        return ids.index(picture.id) if picture.id in ids else None

    def _lose(self, key: str) -> None:
        """One is gone: what is left is compared on; in a run-off it counts as beaten."""
        run_off = self.run_off
        if run_off is None:
            self._keys = tuple(other for other in self._keys if other != key)
            if len(self._keys) < 2:
                self._keys = ()
                self.ended.emit()
        elif key == run_off.challenger:
            self.run_off = run_off.decided(Verdict.REJECTED)
        elif key == run_off.champion and not run_off.is_over:
            self.run_off = run_off.decided(Verdict.WON)
        elif key in run_off.keys[len(run_off.duels) + 2 :]:
            self.run_off = replace(run_off, keys=tuple(other for other in run_off.keys if other != key))
