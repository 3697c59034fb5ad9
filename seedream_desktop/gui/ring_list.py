"""A list that shows where the keyboard is only to those who use the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from seedream_desktop.gui.viewport import set_own_viewport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RingList(QListView):
    """Rows of words on the panel's own ground; a delegate asks ``has_ring``."""

    rows_moved = Signal()  # they have come to lie elsewhere

    def __init__(self) -> None:
        """Start without a ring."""
        super().__init__()
        set_own_viewport(self)
        self.shows_ring = False
        self.hovered_row = -1  # -1: none
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys are the window's

    def updateGeometries(self) -> None:
        """Tell that rows have moved."""
        super().updateGeometries()
        self.rows_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, and show the ring from now on."""
        self._set_ring(is_shown=True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever points needs no ring."""
        self._set_ring(is_shown=False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by a key."""
        self._set_ring(is_shown=event.reason() in _BY_KEYBOARD)
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._set_hovered(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        super().mouseMoveEvent(event)
        self._set_hovered(self.indexAt(event.position().toPoint()).row())

    def _set_hovered(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _set_ring(self, *, is_shown: bool) -> None:
        if is_shown != self.shows_ring:
            self.shows_ring = is_shown
            self.viewport().update()


def has_ring(option: QStyleOptionViewItem) -> bool:
    """Whether the item that is being drawn is where the keyboard is."""
    view = option.widget
    if not isinstance(view, RingList) or not view.shows_ring:
        return False
    from PySide6.QtWidgets import QStyle  # late: 9 ms that the first paint does without

    return bool(option.state & QStyle.StateFlag.State_HasFocus)
