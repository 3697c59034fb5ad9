"""The list of the queue: Enter goes into a row; what waits is moved by dragging, by keys and by a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from seedream_desktop.gui.queue_delegate import QueueDelegate
from seedream_desktop.gui.ring_list import RingList
from seedream_desktop.gui.theme import EDGE_PX, colours_of

if TYPE_CHECKING:
    from seedream_desktop.gui.queue_model import QueueModel
    from seedream_desktop.gui.queue_rows import QueueRow

_LINE_PX = 2
_SCROLL_EDGE_PX = 24
_SCROLL_STEP_PX = 12


class QueueList(RingList):
    """The rows; Enter goes to the first button of the current one."""

    row_entered = Signal(int)
    move_requested = Signal(object, object)  # tuple of job ids; id of the job before which, None: at the end

    def __init__(self, rows: QueueModel) -> None:
        """Show ``rows``."""
        super().__init__()
        self._rows = rows
        self._pressed: QPoint | None = None
        self._dragged = ""  # key of the row that is being dragged; empty: none is
        self._gap = -1  # the row before which it would go
        self.setModel(rows)
        self.setItemDelegate(QueueDelegate(self))
        self._moves = tuple(QAction(self) for _ in range(4))
        self._connect()
        self._write_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Right go into the row; Escape ends a drag."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.row_entered.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self._dragged:
            self._end_drag()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a row that waits, and show where it would go."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        if not self._dragged and self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            is_far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            row = self._row_at(self._pressed)
            if is_far and row is not None and row.is_waiting and len(self._waiting()) > 1:
                self._dragged = row.key
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged:
            self._scroll_at(point)
            self._gap = self._gap_at(point)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Wish for the place where it was let go."""
        super().mouseReleaseEvent(event)
        key, gap = self._dragged, self._gap
        self._end_drag()
        row = next((one for one in self._rows.rows if one.key == key), None)
        if row is not None and gap >= 0:
            self._wish(row, gap)

    def leaveEvent(self, event: QEvent) -> None:
        """A drag goes on outside."""
        if not self._dragged:
            super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where a dragged one would go."""
        super().paintEvent(event)
        if not self._dragged or self._gap < 0:
            return
        with QPainter(self.viewport()) as painter:
            width_px = self.viewport().width() - 2 * EDGE_PX
            line = QRect(EDGE_PX, self._gap_y(self._gap) - _LINE_PX // 2, width_px, _LINE_PX)
            painter.fillRect(line, QColor(colours_of(self.palette()).accent))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _connect(self) -> None:
        ways = (self._move_up, self._move_down, self._move_first, self._move_last)
        for action, key, way in zip(self._moves, ("Up", "Down", "Home", "End"), ways, strict=True):
            action.setShortcut(QKeySequence(f"Alt+{key}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(way)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().currentChanged.connect(self._enable_moves)
        self._rows.modelReset.connect(self._enable_moves)
        self._enable_moves()

    def _write_words(self) -> None:
        texts = (
            self.tr("Send earlier"),
            self.tr("Send later"),
            self.tr("Send first"),
            self.tr("Send last"),
        )
        for action, text in zip(self._moves, texts, strict=True):
            action.setText(text)

    def _enable_moves(self) -> None:
        waiting, place = self._waiting(), self._place()
        is_first, is_last = place <= 0, place < 0 or place == len(waiting) - 1
        for action, is_enabled in zip(
            self._moves, (not is_first, not is_last, not is_first, not is_last), strict=True
        ):
            action.setEnabled(is_enabled)

    def _move_up(self) -> None:
        self._move_to(self._place() - 1)

    def _move_down(self) -> None:
        self._move_to(self._place() + 2)

    def _move_first(self) -> None:
        self._move_to(0)

    def _move_last(self) -> None:
        self._move_to(len(self._waiting()))

    def _move_to(self, place: int) -> None:
        """Wish for the current row to stand before the one that has that place among what waits."""
        waiting = self._waiting()
        if self._place() >= 0:
            self._wish(waiting[self._place()][1], waiting[place][0] if place < len(waiting) else -2)

    def _wish(self, row: QueueRow, gap: int) -> None:
        below = self._rows.rows[gap] if 0 <= gap < len(self._rows.rows) else None
        before = below.job.id if below is not None else None
        if below is None or below.key != row.key:
            self.move_requested.emit(tuple(job.id for job in row.jobs), before)

    def _waiting(self) -> list[tuple[int, QueueRow]]:
        """What waits, with its numbers among all rows."""
        return [(number, row) for number, row in enumerate(self._rows.rows) if row.is_waiting]

    def _place(self) -> int:
        """That of the current row among what waits; -1: it does not wait."""
        current = self.currentIndex().row()
        return next((place for place, (number, _) in enumerate(self._waiting()) if number == current), -1)

    def _row_at(self, point: QPoint) -> QueueRow | None:
        number = self.indexAt(point).row()
        return self._rows.rows[number] if number >= 0 else None

    def _gap_at(self, point: QPoint) -> int:
        """The row above whose middle ``point`` is; what runs and what needs a decision stays above."""
        numbers = [number for number, _ in self._waiting()]
        rects = ((number, self.visualRect(self._rows.index(number))) for number in numbers)
        return next((number for number, rect in rects if point.y() < rect.center().y()), len(self._rows.rows))

    def _gap_y(self, gap: int) -> int:
        if gap < len(self._rows.rows):
            return self.visualRect(self._rows.index(gap)).top()
        return self.visualRect(self._rows.index(len(self._rows.rows) - 1)).bottom()

    def _scroll_at(self, point: QPoint) -> None:
        bar, height_px = self.verticalScrollBar(), self.viewport().height()
        if point.y() < _SCROLL_EDGE_PX:
            bar.setValue(bar.value() - _SCROLL_STEP_PX)
        elif point.y() > height_px - _SCROLL_EDGE_PX:
            bar.setValue(bar.value() + _SCROLL_STEP_PX)

    def _end_drag(self) -> None:
        self._dragged, self._gap, self._pressed = "", -1, None
        self.viewport().unsetCursor()
        self.viewport().update()
