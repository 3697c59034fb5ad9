"""A selection of thousands while many rows go: Qt would move every piece of it for every run of rows."""

from __future__ import annotations

from bisect import bisect_left
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

_FEW = 16  # runs of selected rows that Qt moves quickly enough itself
_Run = tuple[int, int]  # the first row and the one after the last


class SparedSelection(QObject):
    """Takes the selection out of the way while rows are removed, and puts back what is left of it."""

    changed = Signal()  # once for all the rows that went together

    def __init__(self, view: QAbstractItemView, model: GalleryModel) -> None:
        """Spare the selection that ``view`` has in ``model``."""
        super().__init__(view)
        self._view = view
        self._model = model
        self._had_any = False
        self._runs: list[_Run] = []  # of what is left
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self.changed)
        model.removing.connect(self._on_removing)

    def _on_removing(self, picture_ids: Sequence[str]) -> None:
        """``picture_ids`` are about to go; none: they have gone."""
        if picture_ids:
            self._had_any = self._view.selectionModel().hasSelection()
            if self._view.selectionModel().selection().count() > _FEW:
                self._take_out(self._model.rows_of(picture_ids))
            return
        if self._runs:
            self._put_back()
        if self._had_any:
            self._telling.start()
        self._had_any = False

    def _take_out(self, gone: Sequence[int]) -> None:
        selection = self._view.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        self._runs = left_over([(one.top(), one.bottom() + 1) for one in ranges], gone)
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


def left_over(runs: Sequence[_Run], gone: Sequence[int]) -> list[_Run]:
    """Where ``runs`` of rows are once the rows ``gone``, in their order, have left; neighbours become one."""
    left: list[_Run] = []
    for first, last in sorted(runs):
        start, end = first - bisect_left(gone, first), last - bisect_left(gone, last)
        if left and start <= left[-1][1]:
            start, _ = left.pop()
        if start < end:
            left.append((start, end))
    return left
