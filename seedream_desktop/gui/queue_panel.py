"""The queue: opens upwards above the status line and shows every open job, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import draw_panel
from seedream_desktop.gui.problem_acts import copy_request_id, open_page
from seedream_desktop.gui.queue_acts import RowActs
from seedream_desktop.gui.queue_header import QueueHeader
from seedream_desktop.gui.queue_list import QueueList
from seedream_desktop.gui.queue_model import QueueModel
from seedream_desktop.gui.queue_rows import Act, QueueRow
from seedream_desktop.gui.theme import (
    EDGE_PX,
    GROUP_PX,
    SPACE_PX,
    colours_of,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.job import Job
    from seedream_desktop.generation.pause import Pause
    from seedream_desktop.pipeline.events import Progress

WIDTH_PX = 560
HEIGHT_MOST_PX = 520
_EMPTY_PX = 96
_TICK_MS = 1000


class QueuePanel(QFrame):
    """Shows the open jobs and wishes for what is done about them. Starts hidden."""

    cancel_requested = Signal(str)  # job id: cancel it, or stop waiting for it
    cancel_all_requested = Signal()
    cancel_waiting_requested = Signal(str)  # press id
    retry_requested = Signal(str)  # job id: send it again, or fetch it again
    check_requested = Signal(str)  # job id: was it billed?
    dismiss_requested = Signal(str)  # job id
    preferences_requested = Signal()
    open_library_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    go_on_today_requested = Signal()
    move_requested = Signal(object, object)  # tuple of job ids; id of the job before which, None: at the end

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        """``catalog`` knows how long a model usually takes."""
        super().__init__(parent)
        self._rows = QueueModel(catalog, self)
        self._jobs: tuple[Job, ...] = ()
        self._acts: dict[str, RowActs] = {}
        self._above: QWidget | None = None
        self._focused_before: QWidget | None = None
        self._empty = Label()
        self.header = QueueHeader()
        self.list = QueueList(self._rows)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._build()
        self._connect()
        self._write_words()
        self.hide()

    def show_jobs(self, jobs: tuple[Job, ...], held_by: Pause | None) -> None:
        """Show every open job, in the order of the queue; ``held_by``: why nothing new is sent."""
        self._jobs = jobs
        current = self.list.currentIndex().row()
        key = self._rows.rows[current].key if 0 <= current < len(self._rows.rows) else ""
        self._rows.set_jobs(jobs, held_by is not None)
        self._make_current(key)
        self.list.scheduleDelayedItemsLayout()
        self.header.show_jobs(jobs, held_by)
        self._empty.setVisible(not jobs)
        self.list.setVisible(bool(jobs))
        self._fit()

    def ask_to_stop(self, jobs: tuple[Job, ...]) -> None:
        """Ask whether not to wait any more for jobs that were sent."""
        self.header.ask_to_stop(jobs)

    def show_progress(self, progress: Progress) -> None:
        """Show how far a job is."""
        self._rows.set_progress(progress)

    def pop_up(self, above: QWidget) -> None:
        """Open with the lower edge on ``above``, a part of the same window; close when it is open."""
        if self.isVisible():
            self.close_panel()
            return
        self._above = above
        self._focused_before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self._fit()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._ticking.start()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Close; the focus goes back to where it was."""
        has_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.hide()
        if has_focus and self._focused_before is not None:
            self._focused_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._focused_before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the ground is for nobody below."""
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch nothing any more."""
        super().hideEvent(event)
        self._ticking.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at their rows."""
        super().resizeEvent(event)
        self._place_acts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()
            self._place_acts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press outside closes, but not one on the status line; the window's size is followed."""
        if event.type() == QEvent.Type.MouseButtonPress:
            if isinstance(watched, QWidget) and self._is_outside(watched):
                self.close_panel()
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with an outline."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.panel, colours.outline)

    def _build(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "dim")
        self._empty.setFixedHeight(_EMPTY_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        header = self.header
        header.pause_requested.connect(self.pause_requested)
        header.resume_requested.connect(self.resume_requested)
        header.go_on_today_requested.connect(self.go_on_today_requested)
        header.preferences_requested.connect(self.preferences_requested)
        header.cancel_all_requested.connect(self.cancel_all_requested)
        header.stop_requested.connect(self._on_stop)
        header.close_requested.connect(self.close_panel)
        header.height_changed.connect(self._fit)
        self._ticking.timeout.connect(self._rows.tick)
        self._rows.dataChanged.connect(self._on_rows_changed)
        self.list.verticalScrollBar().valueChanged.connect(self._place_acts)
        self.list.rows_moved.connect(self._place_acts)
        self.list.row_entered.connect(self._on_row_entered)
        self.list.move_requested.connect(self.move_requested)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Open requests"))
        self.list.setAccessibleName(self.tr("Queue"))
        self._empty.setText(self.tr("Nothing is running or waiting."))

    def _on_stop(self, job_ids: tuple[str, ...]) -> None:
        for job_id in job_ids:
            self.cancel_requested.emit(job_id)

    def _on_row_entered(self, number: int) -> None:
        if 0 <= number < len(self._rows.rows):
            acts = self._acts.get(self._rows.rows[number].key)
            if acts is not None:
                acts.focus_first()

    def _on_act(self, row: QueueRow, act: Act) -> None:
        if act is Act.CANCEL_THESE:
            self.cancel_waiting_requested.emit(row.job.press_id)
        elif act is Act.DISMISS:
            self.dismiss_requested.emit(row.job.id)
        elif act is Act.OPEN_LIBRARY:
            self.open_library_requested.emit()
        elif act is Act.PREFERENCES:
            self.preferences_requested.emit()
        elif act is Act.SIGN_IN:
            open_page(row.job.problem)
        elif act is Act.COPY_ID:
            copy_request_id(row.job.problem)
        elif act is Act.CHECK:
            self.check_requested.emit(row.job.id)
        elif act in {Act.CANCEL, Act.STOP_WAITING}:
            self.cancel_requested.emit(row.job.id)
        else:
            self.retry_requested.emit(row.job.id)

    def _on_rows_changed(self) -> None:
        self._place_acts()

    def _make_current(self, key: str) -> None:
        """Keep the keyboard at its row, wherever that has gone."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key and number != self.list.currentIndex().row():
                self.list.setCurrentIndex(self._rows.index(number))

    def _fit(self) -> None:
        """Take the height that the rows need, as far as there is room above the status line."""
        parent = self.parentWidget()
        if parent is None or self._above is None or not self.isVisible():
            return
        corner = self._above.mapTo(parent, QPoint(0, 0))
        width_px = min(WIDTH_PX, parent.width() - 2 * SPACE_PX)
        self.resize(width_px, self.height())
        rows_px = self.list.contentsSize().height() if self._jobs else _EMPTY_PX
        header_px = self.header.height_px(width_px - 2)
        height_px = min(header_px + rows_px + 2, HEIGHT_MOST_PX, corner.y() - 2 * SPACE_PX)
        left_px = min(corner.x() + SPACE_PX, parent.width() - width_px - SPACE_PX)
        self.setGeometry(
            QRect(QPoint(left_px, corner.y() - height_px - SPACE_PX // 2), QSize(width_px, height_px))
        )
        self._place_acts()

    def _place_acts(self) -> None:
        """Give every row in view its buttons; those of rows out of view go."""
        if not self.isVisible():
            return
        wanted = {key: one for key, one in self._rows_in_view().items() if one[0].acts}
        for key in [key for key in self._acts if key not in wanted]:
            self._drop_acts(self._acts.pop(key))
        for key, (row, rect) in wanted.items():
            acts = self._acts.get(key) or self._new_acts(row)
            acts.show_row(row)
            acts.place(rect.adjusted(EDGE_PX, GROUP_PX, -EDGE_PX, -GROUP_PX))
            acts.setVisible(self.list.geometry().contains(acts.geometry()))

    def _drop_acts(self, acts: RowActs) -> None:
        if acts.isAncestorOf(QApplication.focusWidget() or self):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        acts.hide()
        acts.deleteLater()

    def _is_outside(self, pressed: QWidget) -> bool:
        own = (self, self._above)
        is_own = any(one is not None and (one is pressed or one.isAncestorOf(pressed)) for one in own)
        return not is_own and pressed.window() is self.window()

    def _rows_in_view(self) -> dict[str, tuple[QueueRow, QRect]]:
        found: dict[str, tuple[QueueRow, QRect]] = {}
        viewport = self.list.viewport()
        first = max(0, self.list.indexAt(QPoint(1, 1)).row())
        for number in range(first, len(self._rows.rows)):
            rect = self.list.visualRect(self._rows.index(number))
            if rect.top() > viewport.height():
                break
            row = self._rows.rows[number]
            found[row.key] = (row, rect.translated(viewport.mapTo(self, QPoint(0, 0))))
        return found

    def _new_acts(self, row: QueueRow) -> RowActs:
        acts = RowActs(row, self)
        acts.act_requested.connect(self._on_act)
        self._acts[row.key] = acts
        acts.show()
        return acts
