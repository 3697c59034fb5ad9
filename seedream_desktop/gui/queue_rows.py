"""The rows of the queue: what runs, what needs a decision, and what waits, one row for each press."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.catalog import Catalog
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.gui.queue_words import cost_words, state_words
from seedream_desktop.pipeline import Progress
from seedream_desktop.state.tiles import usual_s

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class Act(StrEnum):
    """What can be done about a row."""

    CANCEL = "cancel"
    STOP_WAITING = "stop_waiting"
    CANCEL_THESE = "cancel_these"
    TRY_AGAIN = "try_again"
    SEND_AGAIN = "send_again"
    FETCH_AGAIN = "fetch_again"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One job, or all that wait from one press. ``key`` stays the same while the rest changes."""

    key: str
    jobs: tuple[Job, ...]
    usual_s: int
    is_paused: bool = False
    sending: Sending | None = None

    @property
    def job(self) -> Job:
        """The first of them."""
        return self.jobs[0]

    @property
    def is_ticking(self) -> bool:
        """Whether it says something that changes with time."""
        return self.job.state is JobState.SENDING

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done, the most likely first."""
        job = self.job
        if job.state is JobState.QUEUED:
            return (Act.CANCEL_THESE,) if len(self.jobs) > 1 else (Act.CANCEL,)
        if job.state is JobState.SENDING:
            is_sent = self.sending is not None and self.sending.body_complete
            return (Act.STOP_WAITING,) if is_sent else (Act.CANCEL,)
        if job.state is JobState.ANSWERED:
            return (Act.FETCH_AGAIN, Act.DISMISS) if job.problem is not None else ()
        is_free = job.problem is None or job.problem.billed is Billed.NO
        if job.state is JobState.SAVED:
            return (Act.DISMISS,)
        return (Act.TRY_AGAIN if is_free else Act.SEND_AGAIN, Act.DISMISS)

    @property
    def cost_usd(self) -> float | None:
        """At most, in US dollars; None where no price is known."""
        if any(job.price_usd is None for job in self.jobs):
            return None
        return sum((job.price_usd or 0.0) * job.request.pictures_at_most for job in self.jobs)


def is_undecided(job: Job) -> bool:
    """Whether nothing more happens to ``job`` until the designer says what."""
    return job.state.is_over or (job.state is JobState.ANSWERED and job.problem is not None)


def queue_rows(
    jobs: tuple[Job, ...], is_paused: bool, sendings: dict[str, Sending], catalog: Catalog
) -> tuple[QueueRow, ...]:
    """What is under way, then what needs a decision, then what waits, folded by press."""
    waiting: dict[str, list[Job]] = {}
    running, undecided = list[Job](), list[Job]()
    for job in jobs:
        if job.state is JobState.QUEUED:
            waiting.setdefault(job.press_id, []).append(job)
        elif is_undecided(job):
            undecided.append(job)
        else:
            running.append(job)
    single = [
        QueueRow(job.id, (job,), usual_s(job, catalog), is_paused, sendings.get(job.id))
        for job in (*running, *undecided)
    ]
    folded = [
        QueueRow(f"press {press_id}", tuple(group), usual_s(group[0], catalog), is_paused)
        for press_id, group in waiting.items()
    ]
    return (*single, *folded)


class QueueModel(QAbstractListModel):
    """Rows for the list; only what has changed is told."""

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
                changed = QueueRow(row.key, row.jobs, row.usual_s, row.is_paused, progress.sending)
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
        if role == Qt.ItemDataRole.DisplayRole:
            return row.job.request.prompt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((row.job.request.prompt, state_words(row, now_ms()), *detail_words(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((row.job.request.prompt, state_words(row, now_ms())))
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


def detail_words(row: QueueRow) -> tuple[str, ...]:
    """The board, and what it may cost where that is known."""
    cost = cost_words(row)
    return (row.job.board_name, cost) if cost else (row.job.board_name,)


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000
