"""A selection of thousands while rows come and go: Qt would move every piece of it for every run of rows."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
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
        self._runs: list[_Run] = []  # of what is left
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self.changed)
        model.editing.connect(self._on_editing)

    def _on_editing(self, edits: Sequence[Edit]) -> None:
        """``edits`` are about to be made; none: they are."""
        if edits:
            pieces = self._view.selectionModel().selection().count()
            self._had_any = bool(pieces)
            if pieces and pieces + len(edits) > _FEW:
                self._take_out(edits)
            return
        if self._runs:
            self._put_back()
        if self._had_any:
            self._telling.start()
        self._had_any = False

    def _take_out(self, edits: Sequence[Edit]) -> None:
        selection = self._view.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        self._runs = left_over([(one.top(), one.bottom() + 1) for one in ranges], edits)
        self._select(QItemSelection(), QItemSelectionModel.SelectionFlag.Clear)

    def _put_back(self) -> None:
        runs, self._runs = self._runs, []
        index, selection = self._model.index, QItemSelection()
        for start, end in runs:
            selection.append(QItemSelectionRange(index(start), index(end - 1)))
        self._select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _select(self, selection: QItemSelection, flag: QItemSelectionModel.SelectionFlag) -> None:
        """Nobody is told: most of it was selected before, and what was not is told at the end."""
        with QSignalBlocker(self._view.selectionModel()):
            self._view.selectionModel().select(selection, flag)
        self._view.viewport().update()


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
