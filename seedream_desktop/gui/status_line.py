"""The status line: what is under way and was saved on the left, money on the right, Cancel between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from seedream_desktop.generation.errors import NETWORK_AWAY, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.gui import words
from seedream_desktop.gui.cost_words import Money, balance_words, costs_words
from seedream_desktop.gui.dates import month_name, today
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.status_button import StatusButton
from seedream_desktop.gui.theme import GROUP_PX, SPACE_PX, caption_font

if TYPE_CHECKING:
    from collections.abc import Collection

    from seedream_desktop.api.account import Balance
    from seedream_desktop.api.reports import Sending
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.pause import Pause
    from seedream_desktop.gui.costs_panel import CostsPanel
    from seedream_desktop.state.pictures import Spent

HEIGHT_PX = 26
_NAME_MOST = 28  # characters
_BUTTON_STYLE = "QPushButton { min-height: 16px; padding: 0 8px; }"
_THE_NETWORK = NETWORK_AWAY | {ProblemKind.PROXY_UNUSABLE}


@dataclass(frozen=True, slots=True)
class _Jobs:
    running: tuple[Job, ...] = ()
    waiting: tuple[Job, ...] = ()
    held_by: Pause | None = None
    unfinished: int = 0


class StatusLine(QWidget):
    """One line of text for a screen reader; its halves open the queue and the costs."""

    queue_requested = Signal()
    costs_requested = Signal()
    cost_table_requested = Signal()  # of the whole library
    cancel_requested = Signal(str)  # job id: cancel it, or stop waiting for it once it was sent
    resume_requested = Signal()

    def __init__(self) -> None:
        """Start idle."""
        super().__init__()
        self._jobs = _Jobs()
        self._sending: dict[str, Sending] = {}
        self._saved_boards: tuple[str, ...] = ()  # of the pictures saved since the last press
        self._last_press_ms = 0
        self._costs: Money | None = None
        self._panel: CostsPanel | None = None
        self._key: KeyState | None = None
        self._waits_for_keyring = False
        self.queue_button = StatusButton(opens_upwards=True)
        self.costs_button = StatusButton(opens_upwards=True)
        self.cancel_button = QPushButton()
        self.resume_button = QPushButton()
        self._network_note, self._key_note = Label(), Label()
        self._middle = QHBoxLayout()
        self._build()
        self._connect()
        self._write()

    @property
    def words(self) -> str:
        """Everything it says, as a screen reader reads it."""
        notes = [label.text() for label in (self._network_note, self._key_note)]
        costs = self.costs_button.text() if self._costs else ""
        return ". ".join(filter(None, (self.queue_button.text(), *notes, costs)))

    def show_jobs(
        self,
        running: tuple[Job, ...],
        waiting: tuple[Job, ...],
        held_by: Pause | None,
        unfinished: int = 0,
    ) -> None:
        """Say how many there are, and why nothing new is sent; ``unfinished``: how many need a decision."""
        newest_ms = max((job.queued_ms for job in (*running, *waiting)), default=0)
        if newest_ms > self._last_press_ms:
            self._last_press_ms = newest_ms
            self._saved_boards = ()
        self._jobs = _Jobs(running, waiting, held_by, unfinished)
        under_way = {job.id for job in running}
        self._sending = {job_id: one for job_id, one in self._sending.items() if job_id in under_way}
        self._write()

    def show_progress(self, job_id: str, sending: Sending) -> None:
        """Take how far a running job is."""
        before = self._sending.get(job_id)
        self._sending[job_id] = sending
        if before is None or _standing(before) != _standing(sending):
            self._write()

    def note_saved(self, board: str) -> None:
        """Count one more picture saved to ``board`` since the last press."""
        self._saved_boards = (*self._saved_boards, board)
        self._write()

    def keep_saved(self, boards: Collection[str]) -> None:
        """Only what was saved to one of these is still said: another is gone, maybe for good."""
        kept = tuple(board for board in self._saved_boards if board in boards)
        if boards and kept != self._saved_boards:
            self._saved_boards = kept
            self._write()

    def show_costs(
        self, board: str, spent: Spent | None, balance: Balance | None, problem: Problem | None = None
    ) -> None:
        """Say what was spent this month on ``board`` and in all, and what is left; None: not known yet.

        ``problem``: why the balance could not be asked for just now, for those who look.
        """
        self._costs = Money(board, spent, balance, problem)
        if self._panel is not None:
            self._panel.show_money(self._costs)
        self._write()

    def show_costs_panel(self) -> None:
        """Open what is known of money upwards."""
        from seedream_desktop.gui.costs_panel import CostsPanel  # late: not seen at first

        if self._panel is None:
            self._panel = CostsPanel(self)
            self._panel.table_requested.connect(self.cost_table_requested)
        self._panel.show_money(self._costs or Money())
        self._panel.pop_up(self.costs_button)

    def show_key(self, state: KeyState) -> None:
        """Say where the key is, if that needs saying."""
        self._key = state
        self._write()

    def show_keyring(self, is_waiting: bool) -> None:
        """Say that the keyring is waited for; everything else goes on meanwhile."""
        self._waits_for_keyring = is_waiting
        self._write()

    def hold(self, part: QWidget) -> None:
        """Show ``part`` in the middle, as long as it is there."""
        self._middle.addWidget(part)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()

    def _build(self) -> None:
        self.setFixedHeight(HEIGHT_PX)
        for button in (self.cancel_button, self.resume_button):
            button.setFont(caption_font())
            button.setProperty("quiet", True)
            button.setStyleSheet(_BUTTON_STYLE)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for label, tone in ((self._network_note, "amber"), (self._key_note, "dim")):
            label.setFont(caption_font())
            label.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(GROUP_PX, 0, GROUP_PX, 0)
        row.setSpacing(SPACE_PX)
        row.addWidget(self.queue_button)
        row.addWidget(self.cancel_button)
        row.addWidget(self.resume_button)
        row.addWidget(self._network_note)
        row.addLayout(self._middle)
        row.addStretch(1)
        row.addWidget(self._key_note)
        row.addWidget(self.costs_button)

    def _connect(self) -> None:
        self.queue_button.clicked.connect(self.queue_requested)
        self.costs_button.clicked.connect(self.costs_requested)
        self.resume_button.clicked.connect(self.resume_requested)
        self.cancel_button.clicked.connect(self._on_cancel)

    def _on_cancel(self) -> None:
        job = self._newest_asking()
        if job is not None:
            self.cancel_requested.emit(job.id)

    def _newest_asking(self) -> Job | None:
        """The newest job that can be cancelled: an answer that has come is never discarded."""
        asking = (job for job in reversed(self._jobs.running) if job.state is not JobState.ANSWERED)
        return next(asking, None)

    def _write(self) -> None:
        self._write_queue()
        self._write_acts()
        self._write_notes()
        self._write_costs()
        self.setAccessibleName(self.tr("Status"))
        self.setAccessibleDescription(self.words)

    def _write_queue(self) -> None:
        jobs = self._jobs
        if (jobs.held_by and jobs.waiting) or jobs.unfinished:
            dot = "amber"
        else:
            dot = "accent" if jobs.running or jobs.waiting else ""
        why = _pause_texts(jobs.held_by)[1] if jobs.waiting else ""
        hint = "\n".join(filter(None, (why, self.tr("Show the queue"))))
        self.queue_button.show_words(" · ".join(self._queue_parts()), hint, dot)

    def _queue_parts(self) -> list[str]:
        jobs, parts = self._jobs, list[str]()
        if jobs.running:
            parts.append(self.tr("{count} running").format(count=words.number(len(jobs.running))))
        if jobs.waiting:
            waiting = self.tr("{count} waiting").format(count=words.number(len(jobs.waiting)))
            parts.append(", ".join(filter(None, (_pause_texts(jobs.held_by)[0], waiting))))
        if jobs.unfinished:
            parts.append(self.tr("{count} unfinished").format(count=words.number(jobs.unfinished)))
        if self._saved_boards:
            parts.append(self._saved_words())
        return parts or [self.tr("Ready")]

    def _saved_words(self) -> str:
        count, boards = words.number(len(self._saved_boards)), set(self._saved_boards)
        if len(boards) > 1:
            return self.tr("{count} saved").format(count=count)
        return self.tr("{count} saved to {board}").format(
            count=count, board=_short(words.board(boards.pop()))
        )

    def _write_acts(self) -> None:
        job, jobs = self._newest_asking(), self._jobs
        sending = self._sending.get(job.id) if job is not None else None
        is_sent = sending is not None and sending.body_complete
        text = self.tr("Stop waiting") if is_sent else self.tr("Cancel")
        hint = (
            self.tr("Stop waiting for the newest request; it may be billed all the same")
            if is_sent
            else self.tr("Cancel the newest request; nothing is billed")
        )
        _label(self.cancel_button, text, hint)
        self.cancel_button.setVisible(job is not None)
        count = words.number(len(jobs.waiting))
        _label(self.resume_button, self.tr("Resume {count}").format(count=count), self.tr("Send what waits"))
        self.resume_button.setVisible(jobs.held_by is not None and bool(jobs.waiting))

    def _waited_for(self, waiting: list[Sending]) -> str:
        kinds = {one.problem.kind for one in waiting if one.problem is not None}
        if ProblemKind.SIGN_IN_NEEDED in kinds:
            return self.tr("waiting for the sign-in")
        is_away = not kinds.isdisjoint(_THE_NETWORK)
        return self.tr("waiting for the network") if is_away else self.tr("waiting for the service")

    def _write_notes(self) -> None:
        waiting = [one for one in self._sending.values() if one.waiting_s is not None]
        _note(self._network_note, self._waited_for(waiting) if waiting else "")
        is_for_session = self._key is not None and self._key.is_for_session
        note = self.tr("key for this session only") if is_for_session else ""
        _note(self._key_note, self.tr("Waiting for your keyring…") if self._waits_for_keyring else note)
        self._key_note.setToolTip(
            self.tr("The system's keyring cannot be used, so the key is not kept when the window closes")
        )

    def _write_costs(self) -> None:
        text = self._costs_words()
        self.costs_button.show_words(text, self.tr("Show what was spent and what is left"))
        self.costs_button.setVisible(bool(text))

    def _costs_words(self) -> str:
        costs, parts = self._costs, list[str]()
        if costs is None:
            return ""
        if costs.spent is not None:
            text = self.tr("{board}, {month} {money}")
            board, spent = _short(words.board(costs.board)), costs_words(costs.spent.board)
            parts.append(text.format(board=board, month=month_name(today()), money=spent))
        if costs.balance is not None:
            parts.append(self.tr("balance {money}").format(money=balance_words(costs.balance)))
        return " · ".join(parts)


def _pause_texts(pause: Pause | None) -> tuple[str, str]:
    """Why nothing new is sent, in a word or two and in full; empty while that is not so."""
    if pause is None:
        return "", ""
    from seedream_desktop.gui.pause_words import pause_words, short_pause_words  # late: not at first

    return short_pause_words(pause), pause_words(pause)


def _standing(sending: Sending) -> tuple[bool, bool, ProblemKind | None]:
    kind = sending.problem.kind if sending.problem is not None else None
    return (sending.body_complete, sending.waiting_s is not None, kind)


def _short(name: str) -> str:
    """A name that leaves room for the figures behind it."""
    return name if len(name) <= _NAME_MOST else f"{name[: _NAME_MOST - 1].rstrip()}…"


def _label(button: QPushButton, text: str, hint: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(hint)


def _note(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setAccessibleName(text)
    label.setVisible(bool(text))
