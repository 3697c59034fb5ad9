"""The rows of the queue for a list; only what has changed is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop.generation.job import now_ms
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import TIP_CHARACTERS, plain_tip
from seedream_desktop.gui.queue_rows import QueueRow, queue_rows
from seedream_desktop.gui.queue_words import detail_words, state_words

if TYPE_CHECKING:
    from seedream_desktop.api.reports import Sending
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.job import Job
    from seedream_desktop.pipeline.events import Progress

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """A row for each, in their order."""

    def __init__(self, catalog: Catalog, parent: QObject) -> None:
        """``catalog`` knows how long a model usually takes."""
        super().__init__(parent)
        self._catalog = catalog
        self._jobs: tuple[Job, ...] = ()
        self._is_paused = False
        self._sendings: dict[str, Sending] = {}
        self._rows: tuple[QueueRow, ...] = ()

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """All rows in their order."""
        return self._rows

    def set_jobs(self, jobs: tuple[Job, ...], is_paused: bool) -> None:
        """Show every open job."""
        self._jobs, self._is_paused = jobs, is_paused
        open_ids = {job.id for job in jobs}
        self._sendings = {key: one for key, one in self._sendings.items() if key in open_ids}
        self._refresh()

    def set_progress(self, progress: Progress) -> None:
        """Take how far a job is."""
        self._sendings[progress.job_id] = progress.sending
        for number, row in enumerate(self._rows):
            if row.key == progress.job_id:
                changed = replace(row, sending=progress.sending)
                self._rows = (*self._rows[:number], changed, *self._rows[number + 1 :])
                self.dataChanged.emit(self.index(number), self.index(number))

    def tick(self) -> None:
        """Have painted anew what changes with time."""
        for number, row in enumerate(self._rows):
            if row.is_ticking:
                self.dataChanged.emit(self.index(number), self.index(number), [Qt.ItemDataRole.DisplayRole])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The prompt; for screen readers the whole row in words."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        prompt = plain(row.job.request.prompt, TIP_CHARACTERS)
        if role == Qt.ItemDataRole.DisplayRole:
            return prompt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (
                plain(row.job.request.prompt, TIP_CHARACTERS),
                state_words(row, now_ms()),
                *detail_words(row),
            )
            return plain(". ".join(part.removesuffix(".") for part in parts), 2 * TIP_CHARACTERS)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join((prompt, state_words(row, now_ms()))))
        return None

    def _refresh(self) -> None:
        rows = queue_rows(self._jobs, self._is_paused, self._sendings, self._catalog)
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows != self._rows:
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = rows
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
