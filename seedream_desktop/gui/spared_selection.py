"""What is selected stays so while rows come and go, also where it goes and comes back at another place.

A selection of thousands is taken out of the way meanwhile: Qt would move every piece of it for every run of
rows. Where all of it has gone, its neighbour is selected in its place: the keyboard goes on from there.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    QSignalBlocker,
    QTimer,
    Signal,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.row_edits import Edit
    from seedream_desktop.state.tile_rows import TileRows

_FEW = 16  # pieces of a selection and runs of rows that Qt moves quickly enough itself
_Run = tuple[int, int]  # the first row and the one after the last


class SparedSelection(QObject):
    """Takes the selection out of the way while rows come and go, and puts back what is left of it."""

    changed = Signal()  # once for all the rows that came and went together

    def __init__(self, view: QAbstractItemView, model: GalleryModel) -> None:
        """Spare the selection that ``view`` has in ``model``."""
        super().__init__(view)
        self._view = view
        self._model = model
        self._had_any = False
        self._neighbour_id: str | None = None  # of what would be selected if all that was is gone
        self._runs: list[_Run] = []  # of what is left
        self._moved: tuple[str, ...] = ()  # pictures that go and come back
        self._current_id: str | None = None  # of what has the keyboard, if it is one of them
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self.changed)
        model.editing.connect(self._on_editing)

    def _on_editing(self, edits: Sequence[Edit]) -> None:
        """``edits`` are about to be made; none: they are."""
        if edits:
            pieces = self._view.selectionModel().selection().count()
            self._had_any = bool(pieces)
            if pieces:
                self._note_neighbour(edits)
                self._note_moved(edits)
            if pieces and pieces + len(edits) > _FEW:
                self._take_out(edits)
            return
        if self._runs:
            self._put_back()
        if self._moved:
            self._follow_moved()
        if self._had_any:
            self._take_neighbour()
            self._telling.start()
        self._had_any = False

    def _note_neighbour(self, edits: Sequence[Edit]) -> None:
        """The picture after the one that has the keyboard and goes; at the end the one before."""
        row, count = self._view.currentIndex().row(), self._model.rowCount()
        going = (range(edit.start, edit.start + edit.removed) for edit in edits)
        gone = next((rows for rows in going if row in rows), None)
        if gone is None or self._model.picture_id(row) is None:
            return
        beside = gone.stop if gone.stop < count else gone.start - 1
        self._neighbour_id = self._model.picture_id(beside) if beside >= 0 else None

    def _note_moved(self, edits: Sequence[Edit]) -> None:
        """Which selected pictures go and come back."""
        back = {picture_id for edit in edits for picture_id in edit.inserted}
        if not back or not any(edit.removed for edit in edits):
            return
        selection = self._view.selectionModel().selection()
        chosen = [range(one.top(), one.bottom() + 1) for one in map(selection.at, range(selection.count()))]
        gone = chain.from_iterable(
            self._model.ids_of(range(max(run.start, edit.start), min(run.stop, edit.start + edit.removed)))
            for run in chosen
            for edit in edits
        )
        self._moved = tuple(one for one in gone if one in back)
        row = self._view.currentIndex().row()
        current_id = self._model.picture_id(row) if row >= 0 else None
        self._current_id = current_id if current_id in self._moved else None

    def _follow_moved(self) -> None:
        rows, current_id = self._model.rows_of(self._moved), self._current_id
        current = self._model.row_of(current_id) if current_id is not None else None
        self._moved, self._current_id = (), None
        self._select(selection_of(self._model, rows), QItemSelectionModel.SelectionFlag.Select)
        if current is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            with QSignalBlocker(self._view.selectionModel()):  # the view stays where it is
                self._view.selectionModel().setCurrentIndex(self._model.index(current), flag)

    def _take_neighbour(self) -> None:
        neighbour_id, self._neighbour_id = self._neighbour_id, None
        row = self._model.row_of(neighbour_id) if neighbour_id is not None else None
        if row is None or self._view.selectionModel().selection().count():
            return
        rows = range(row, row + 1) if self._model.is_open(row) else self._model.stack_of(row)
        flag = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(self._model.index(rows.start), flag.NoUpdate)
        self._select(selection_of(self._model, rows), flag.Select)

    def _take_out(self, edits: Sequence[Edit]) -> None:
        selection = self._view.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        self._runs = left_over([(one.top(), one.bottom() + 1) for one in ranges], edits)
        self._select(QItemSelection(), QItemSelectionModel.SelectionFlag.Clear)

    def _put_back(self) -> None:
        runs, self._runs = self._runs, []
        self._select(_selection(self._model, runs), QItemSelectionModel.SelectionFlag.Select)

    def _select(self, selection: QItemSelection, flag: QItemSelectionModel.SelectionFlag) -> None:
        """Nobody is told: most of it was selected before, and what was not is told at the end."""
        with QSignalBlocker(self._view.selectionModel()):
            self._view.selectionModel().select(selection, flag)
        self._view.viewport().update()


def selection_of(model: TileRows, rows: Sequence[int]) -> QItemSelection:
    """A selection of ``rows``, which rise."""
    breaks = [place for place in range(1, len(rows)) if rows[place] != rows[place - 1] + 1]
    pairs = zip([0, *breaks], [*breaks, len(rows)], strict=True)
    return _selection(model, [(rows[start], rows[end - 1] + 1) for start, end in pairs if end > start])


def _selection(model: TileRows, runs: Sequence[_Run]) -> QItemSelection:
    index, selection = model.index, QItemSelection()
    for start, end in runs:
        selection.append(QItemSelectionRange(index(start), index(end - 1)))
    return selection


def left_over(runs: Sequence[_Run], edits: Sequence[Edit]) -> list[_Run]:
    """Where ``runs`` of rows are after ``edits``, last place first; neighbours become one."""
    kept = _kept(edits)
    starts = [start for start, _, _ in kept]
    left: list[_Run] = []
    for first, last in sorted(runs):
        for number in range(bisect_right(starts, first) - 1, bisect_right(starts, last - 1)):
            start, end, shift = kept[number]
            first_left, last_left = max(first, start) + shift, min(last, end) + shift
            if left and first_left == left[-1][1]:
                first_left, _ = left.pop()
            if first_left < last_left:
                left.append((first_left, last_left))
    return left


def _kept(edits: Sequence[Edit]) -> list[tuple[int, int, int]]:
    """The rows that stay, from the first to the one after the last, and by how many they move."""
    kept: list[tuple[int, int, int]] = []
    start, shift = 0, 0
    for edit in reversed(edits):
        kept.append((start, edit.start, shift))
        start, shift = edit.start + edit.removed, shift + len(edit.inserted) - edit.removed
    return [*kept, (start, sys.maxsize, shift)]
