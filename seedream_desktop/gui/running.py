"""Jobs as they are shown: in the status line, the queue and the gallery; and what is done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

if TYPE_CHECKING:
    from seedream_desktop.api.account import Balance
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.queue_panel import QueuePanel
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.gui.status_line import StatusLine
    from seedream_desktop.pipeline.events import PictureSaved, Progress
    from seedream_desktop.state.pictures import LibraryChange, Spent
    from seedream_desktop.state.session import Session
    from seedream_desktop.state.tiles import JobTile, MissingTile


class Running(QObject):
    """Ties everything that shows jobs to the queue of a session."""

    def __init__(
        self,
        gallery: GalleryView,
        sidebar: Sidebar,
        status: StatusLine,
        queue_panel: QueuePanel,
        notices: NoticeBar,
        session: Session,
    ) -> None:
        """Connect both ways, and show what there is."""
        super().__init__()
        self._gallery = gallery
        self._sidebar = sidebar
        self._status = status
        self._panel = queue_panel
        self._notices = notices
        self._session = session
        self._boards: dict[str, str] = {}  # names by id
        self._balance: Balance | None = None
        self._no_balance: Problem | None = None  # why what is left is not known now
        self._spent: Spent | None = None
        self._connect_wishes()
        self._connect_facts()
        session.wakefulness.begin(self.tr("Pictures are being made"))
        self._show()

    def _connect_wishes(self) -> None:
        queue = self._session.queue
        for source in (self._gallery, self._panel):
            source.cancel_requested.connect(queue.cancel)
            source.cancel_waiting_requested.connect(queue.cancel_waiting)
            source.retry_requested.connect(queue.retry)
        self._gallery.safer_requested.connect(queue.retry_with)
        self._panel.dismiss_requested.connect(queue.dismiss)
        self._gallery.dismiss_requested.connect(self._on_dismiss)
        self._gallery.kept_file_requested.connect(self._on_kept_file)
        for source in (self._gallery, self._panel):
            source.check_requested.connect(self._session.checking.check)
        self._status.cancel_requested.connect(queue.cancel)
        self._status.resume_requested.connect(queue.resume)
        self._panel.pause_requested.connect(queue.pause)
        self._panel.resume_requested.connect(queue.resume)
        self._panel.go_on_today_requested.connect(queue.go_on_today)
        self._panel.move_requested.connect(queue.move)
        self._panel.cancel_all_requested.connect(self._on_cancel_all)
        self._status.costs_requested.connect(self._on_costs_requested)
        self._status.queue_requested.connect(self._toggle_queue)

    def _connect_facts(self) -> None:
        session = self._session
        session.queue.jobs_added.connect(lambda _: self._show())
        session.queue.job_changed.connect(lambda _: self._show())
        session.queue.job_removed.connect(lambda _: self._show())
        session.queue.jobs_removed.connect(lambda _: self._show())
        session.queue.order_changed.connect(self._show)
        session.queue.paused_changed.connect(self._on_paused)
        session.queue.progress_changed.connect(self._on_progress)
        session.queue.picture_saved.connect(self._on_picture_saved)
        session.pictures.library_changed.connect(self._on_library_changed)
        session.pictures.spent_known.connect(self._on_spent)
        session.account.balance_changed.connect(self._on_balance)
        session.account.balance_failed.connect(self._on_no_balance)
        session.checking.settled.connect(lambda _: session.ask_what_was_spent())
        session.checking.failed.connect(session.pictures.failed)
        session.account.key_changed.connect(self._on_key)
        session.account.waiting_changed.connect(self._status.show_keyring)
        self._status.show_keyring(session.account.is_waiting)
        session.draft.board_changed.connect(lambda _: self._session.ask_what_was_spent())
        session.queue.idle.connect(session.account.refresh_balance_soon)
        session.queue.idle.connect(session.ask_what_was_spent)

    def _show(self) -> None:
        queue = self._session.queue
        unfinished = sum(1 for job in queue.jobs if job.state.is_over or (job.problem and not job.is_held_up))
        self._status.show_jobs(queue.running, queue.waiting, queue.held_by, unfinished)
        self._panel.show_jobs(queue.jobs, queue.held_by)
        self._sidebar.set_unfinished(unfinished)

    def _on_paused(self) -> None:
        self._show()
        self._session.gallery.set_jobs_at_once(self._session.queue.jobs_at_once)
        pause = self._session.queue.held_by
        if pause is not None and pause.figures is not None:
            from seedream_desktop.gui.pause_words import pause_words  # late: rarely needed

            act = QCoreApplication.translate("running", "Show the queue")
            self._notices.warn(pause_words(pause), act, self._open_queue)

    def _on_cancel_all(self) -> None:
        """What was sent is given up only when that is said."""
        self._panel.ask_to_stop(self._session.queue.cancel_all())

    def _open_queue(self) -> None:
        if not self._panel.isVisible():
            self._panel.pop_up(self._status)

    def _toggle_queue(self) -> None:
        if self._panel.isVisible():
            self._panel.close_panel()
        else:
            self._panel.pop_up(self._status)

    def _on_dismiss(self, tile: JobTile | MissingTile) -> None:
        """Out of sight in the gallery it stays among the unfinished; dismissed there it is gone."""
        from seedream_desktop.state.tiles import MissingTile  # late: a start without jobs does without

        if not self._session.gallery.shows_only_jobs:
            self._session.gallery.set_aside(tile)
        elif isinstance(tile, MissingTile):
            self._session.queue.dismiss_missing(tile.job.id, tile.missing.index)
        else:
            self._session.queue.dismiss(tile.job.id)  # not what was answered: that stays until it is fetched

    def _on_kept_file(self, job_id: str, name: str) -> None:
        """Show what was paid for and could not be used, as it came."""
        self._session.handing_out.reveal(self._session.places.spool / job_id / name)

    def _on_progress(self, progress: Progress) -> None:
        self._status.show_progress(progress.job_id, progress.sending)
        self._panel.show_progress(progress)

    def _on_picture_saved(self, saved: PictureSaved) -> None:
        self._status.note_saved(self._boards.get(saved.picture.board_id, ""))

    def _on_library_changed(self, change: LibraryChange) -> None:
        is_first = not self._boards
        self._boards = {board.id: board.name for board in change.boards}
        self._status.keep_saved(self._boards.values())
        if is_first or change.is_everything:  # other machines' spending may have come with it
            self._session.ask_what_was_spent()

    def _on_spent(self, spent: Spent) -> None:
        self._spent = spent
        self._show_costs()

    def _on_balance(self, balance: Balance) -> None:
        self._balance, self._no_balance = balance, None
        self._show_costs()

    def _on_no_balance(self, problem: Problem) -> None:
        """Quietly: what was known before stays; only who asks is told why."""
        self._no_balance = problem
        self._show_costs()

    def _on_costs_requested(self) -> None:
        self._session.account.refresh_balance()
        self._session.ask_what_was_spent()
        self._status.show_costs_panel()

    def _on_key(self, state: KeyState) -> None:
        self._status.show_key(state)
        self._balance = None  # it was another key's
        self._session.account.refresh_balance()

    def _show_costs(self) -> None:
        board = self._boards.get(self._spent.board_id, "") if self._spent else ""
        self._status.show_costs(board, self._spent, self._balance, self._no_balance)
