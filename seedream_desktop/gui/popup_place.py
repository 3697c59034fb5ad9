"""Where a popup of Compose opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from seedream_desktop.gui.theme import EDGE_PX, GAP_PX

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def open_below(popup: QWidget, below: QWidget, within: QWidget) -> None:
    """Show ``popup`` below a widget, its right edge where the parts of ``within`` end, and in the window."""
    popup.adjustSize()
    window = within.window()
    right_px = within.mapToGlobal(QPoint(within.width() - EDGE_PX, 0)).x()
    top_px = below.mapToGlobal(QPoint(0, below.height() + GAP_PX)).y()
    left_px = window.mapToGlobal(QPoint(0, 0)).x()
    popup.move(max(left_px, right_px - popup.width()), top_px)
    popup.show()
