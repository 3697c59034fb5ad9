"""The rubber band of the gallery: from a gap, or with Shift from anywhere; it scrolls at the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QPoint, QRect, QTimer, Signal

if TYPE_CHECKING:
    from seedream_desktop.gui.tile_list import TileList

START_PX = 8
_SCROLL_MS = 30
_EDGE_PX = 24
_STEP_PX = 24


class RubberBand(QObject):
    """Selects what it touches, beside what was selected before where Ctrl or Shift is held."""

    changed = Signal()  # where it lies

    def __init__(self, view: TileList) -> None:
        """Wait for the pointer."""
        super().__init__(view)
        self._view = view
        self._start: QPoint | None = None  # in content coordinates
        self._point = QPoint()
        self._base = QItemSelection()
        self._rect: QRect | None = None
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_ready(self) -> bool:
        """Whether the pointer is down where a band may begin."""
        return self._start is not None

    @property
    def rect(self) -> QRect | None:
        """Where the band lies in the viewport; None: there is none."""
        return self._rect.translated(0, -self._view.verticalOffset()) if self._rect is not None else None

    def press(self, point: QPoint, keeps: bool) -> None:
        """The pointer went down at ``point``; ``keeps``: what is selected stays selected."""
        self._start = point + QPoint(0, self._view.verticalOffset())
        self._base = QItemSelection()
        if keeps:
            self._base.merge(self._view.selectionModel().selection(), _SELECT)

    def move(self, point: QPoint) -> None:
        """Stretch the band to ``point``."""
        if self._start is None:
            return
        self._point = point
        end = point + QPoint(0, self._view.verticalOffset())
        if self._rect is None and (end - self._start).manhattanLength() < START_PX:
            return
        self._rect = QRect(self._start, end).normalized()
        self._view.selectionModel().select(self._touched(), _CLEAR_AND_SELECT)
        self._scrolling.start()
        self.changed.emit()

    def end(self) -> None:
        """The pointer was let go."""
        self._start = self._rect = None
        self._scrolling.stop()
        self.changed.emit()

    def _touched(self) -> QItemSelection:
        selection, model = QItemSelection(), self._view.model()
        selection.merge(self._base, _SELECT)
        for rows in self._view.rows_touching(self._rect or QRect()):
            runs = QItemSelection(model.index(rows.start, 0), model.index(rows.stop - 1, 0))
            selection.merge(runs, _SELECT)
        return selection

    def _scroll(self) -> None:
        height, y = self._view.viewport().height(), self._point.y()
        above_px, below_px = _EDGE_PX - y, y - (height - _EDGE_PX)
        step = -_STEP_PX - above_px if above_px > 0 else _STEP_PX + below_px if below_px > 0 else 0
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() != before:
            self.move(self._point)


_SELECT = QItemSelectionModel.SelectionFlag.Select
_CLEAR_AND_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
