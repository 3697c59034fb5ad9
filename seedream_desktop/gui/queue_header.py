"""The head of the queue: pause, cancel all, close; why it pauses, and what is asked before it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.generation.cost import cost_of, together
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.gui import words
from seedream_desktop.gui.cost_words import up_to_words
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.pause_words import pause_words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.problem_acts import MENDED_IN_PREFERENCES, has_page, open_page
from seedream_desktop.gui.queue_acts import COMPACT_STYLE
from seedream_desktop.gui.queue_note import NoteAct, QueueNote
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.theme import EDGE_PX, SPACE_PX, caption_font, colours_of, strong_font

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW_PX = 44
_TOLD_IN_THE_ROWS = (PauseReason.BY_HAND,)  # each says that it is paused, and Resume stands above


class QueueHeader(QWidget):
    """Wishes for what is done about the whole queue."""

    pause_requested = Signal()
    resume_requested = Signal()
    cancel_all_requested = Signal()
    stop_requested = Signal(object)  # tuple[str, ...]: ids of sent jobs to stop waiting for
    go_on_today_requested = Signal()
    preferences_requested = Signal()
    close_requested = Signal()
    height_changed = Signal()

    def __init__(self) -> None:
        """Start with an empty queue."""
        super().__init__()
        self._jobs: tuple[Job, ...] = ()
        self._held_by: Pause | None = None
        self._asked: tuple[str, ...] = ()  # ids of the jobs about which it is asked
        self._title = Label()
        self._pause, self._cancel_all, self._close = QPushButton(), QPushButton(), QToolButton()
        self.note = QueueNote()
        self._build()
        self._connect()
        self._write_words()

    def show_jobs(self, jobs: tuple[Job, ...], held_by: Pause | None) -> None:
        """Offer what can be done about these."""
        self._jobs, self._held_by = jobs, held_by
        self._write()

    def ask_to_stop(self, jobs: tuple[Job, ...]) -> None:
        """Ask whether not to wait any more for jobs that were sent."""
        self._asked = tuple(job.id for job in jobs)
        self._write()

    def height_px(self, width_px: int) -> int:
        """What it needs at that width."""
        note_px = self.note.heightForWidth(width_px) if not self.note.isHidden() else 0
        return _ROW_PX + note_px + 1

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def _build(self) -> None:
        self._title.setFont(strong_font())
        row = QHBoxLayout()
        row.setContentsMargins(EDGE_PX, SPACE_PX, SPACE_PX, SPACE_PX)
        row.setSpacing(SPACE_PX)
        row.addWidget(self._title)
        row.addStretch()
        for button in (self._cancel_all, self._pause):
            button.setFont(caption_font())
            button.setStyleSheet(COMPACT_STYLE)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(Hairline())

    def _connect(self) -> None:
        self._pause.clicked.connect(self._on_pause)
        self._cancel_all.clicked.connect(self.cancel_all_requested)
        self._close.clicked.connect(self.close_requested)

    def _write_words(self) -> None:
        self._title.setText(self.tr("Queue"))
        _label(self._cancel_all, self.tr("Cancel all"), self.tr("Cancel everything that has not been sent"))
        self._close.setAccessibleName(self.tr("Close the queue"))
        self._close.setToolTip(self.tr("Close the queue"))
        self._close.setIcon(icon("close", colours_of(self.palette()).dim))
        self._write()

    def _write(self) -> None:
        is_paused = self._held_by is not None
        if is_paused:
            _label(self._pause, self.tr("Resume"), self.tr("Send what waits"))
        else:
            hint = self.tr("Send nothing new; what was sent goes on")
            _label(self._pause, self.tr("Pause all"), hint)
        is_live = any(job.state in {JobState.QUEUED, JobState.SENDING} for job in self._jobs)
        self._pause.setVisible(is_live or is_paused)
        self._cancel_all.setVisible(is_live)
        sent = {job.id for job in self._jobs if job.state is JobState.SENDING}
        self._asked = tuple(job_id for job_id in self._asked if job_id in sent)
        self._write_note()

    def _write_note(self) -> None:
        before = (self.note.said, self.note.isHidden())
        if self._asked:
            self.note.say(self._question(), tuple(self._answers()))
        elif self._held_by is not None and self._held_by.reason not in _TOLD_IN_THE_ROWS:
            self.note.say(pause_words(self._held_by), tuple(self._remedies(self._held_by)))
        else:
            self.note.say("")
        if before != (self.note.said, self.note.isHidden()):
            self.height_changed.emit()

    def _question(self) -> str:
        jobs = [job for job in self._jobs if job.id in self._asked]
        money = up_to_words(together(cost_of(job) for job in jobs))
        if len(jobs) == 1:
            text = self.tr("One request was sent already and may be billed all the same ({money}).")
            return text.format(money=money)
        text = self.tr("{count} requests were sent already and may be billed all the same ({money}).")
        return text.format(count=words.number(len(jobs)), money=money)

    def _answers(self) -> Iterator[NoteAct]:
        hint = self.tr("Their pictures will not come; they may be billed")
        yield NoteAct(self.tr("Stop waiting"), hint, lambda: self._on_answer(stops=True))
        hint = self.tr("Let what was sent go on")
        yield NoteAct(self.tr("Keep waiting"), hint, lambda: self._on_answer(stops=False))

    def _remedies(self, pause: Pause) -> Iterator[NoteAct]:
        problem = pause.problem
        if pause.figures is not None:
            hint = self.tr("Send what waits; the limit counts again tomorrow")
            yield NoteAct(self.tr("Go on for today"), hint, self.go_on_today_requested.emit)
        if has_page(problem):
            hint = self.tr("Open the network's sign-in page in the browser")
            yield NoteAct(self.tr("Open the page"), hint, lambda: open_page(problem))
        is_mended_there = problem is not None and problem.kind in MENDED_IN_PREFERENCES
        if pause.figures is not None or is_mended_there:
            hint = self.tr("Open the preferences, where this can be changed")
            yield NoteAct(self.tr("Preferences"), hint, self.preferences_requested.emit)

    def _on_pause(self) -> None:
        if self._held_by is not None:
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

    def _on_answer(self, *, stops: bool) -> None:
        asked, self._asked = self._asked, ()
        if stops:
            self.stop_requested.emit(asked)
        self._write()


def _label(button: QPushButton, text: str, hint: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(hint)
