"""Tiles that make room for others slide to their new places, so that the eye can follow them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer

from seedream_desktop.gui.motion import MOTION_MS, shows_motion

if TYPE_CHECKING:
    from seedream_desktop.gui.tile_wall import TileWall
    from seedream_desktop.state.gallery_model import GalleryModel

_FRAME_MS = 16
_STILL = QPoint(0, 0)
_OUT_OF_STACK = 64  # pictures of a closed stack that slide out of it


class Sliding(QObject):
    """Knows how far each tile in view is from its place. What is looked at does not move at all."""

    clock_s = staticmethod(time.monotonic)

    def __init__(self, wall: TileWall, model: GalleryModel) -> None:
        """Follow rows that come and go."""
        super().__init__(wall)
        self._wall = wall
        self._model = model
        self._before: dict[str, QPoint] | None = (
            None  # where tiles lay, by their pictures, until the next paint
        )
        self._shifts: dict[int, QPoint] = {}  # by row
        self._begun_s = 0.0
        self._frames = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._on_frame)
        model.rowsAboutToBeInserted.connect(self.note)
        model.rowsAboutToBeRemoved.connect(self.note)
        model.modelAboutToBeReset.connect(self.end)

    @property
    def is_under_way(self) -> bool:
        """Whether a tile is not at its place."""
        return bool(self._shifts)

    def note(self) -> None:
        """Tiles are about to move: note where they lie."""
        self._shifts.clear()
        if self._before is not None or not self._wall.isVisible() or not shows_motion(self._wall):
            return
        self._before = {}
        for row in self._wall.rows_in_view():
            place = self._wall.cell(row).topLeft()
            for one in self._wall.rows_shown_by(row)[:_OUT_OF_STACK]:
                if (picture_id := self._model.picture_id(one)) is not None:
                    self._before[picture_id] = place

    def begin(self) -> None:
        """At a paint: let go what has moved since it was noted."""
        before, self._before = self._before, None
        if not before:
            return
        for row in self._wall.rows_in_view():
            was = before.get(self._model.picture_id(row) or "")
            if was is not None and (shift := was - self._wall.cell(row).topLeft()) != _STILL:
                self._shifts[row] = shift
        if self._shifts:
            self._begun_s = self.clock_s()
            self._frames.start()

    def shift(self, row: int) -> QPoint:
        """How far from its place a tile is now."""
        whole = self._shifts.get(row)
        if whole is None:
            return _STILL
        left = max(0.0, 1.0 - (self.clock_s() - self._begun_s) * 1000 / MOTION_MS)
        return whole * (left * left)  # quick at first, then calm

    def end(self) -> None:
        """Everything is at its place."""
        self._before = None
        self._shifts.clear()
        self._frames.stop()

    def _on_frame(self) -> None:
        if (self.clock_s() - self._begun_s) * 1000 >= MOTION_MS:
            self.end()
        self._wall.viewport().update()
