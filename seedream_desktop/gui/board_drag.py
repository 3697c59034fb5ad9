"""A board dragged in the sidebar: where it may be dropped, and what is carried meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QPixmap

from seedream_desktop.gui.place_list import BOARD_ID_TYPE

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QRect
    from PySide6.QtWidgets import QAbstractItemView

    from seedream_desktop.gui.board_tree import Branch


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a board is dropped: into ``parent_id``, by its name or before ``before_id`` (empty: last)."""

    parent_id: str
    is_by_name: bool
    before_id: str = ""


def carry(view: QAbstractItemView, board_id: str, row: QRect, at: QPoint) -> None:
    """Drag a board until it is let go of; what is seen is its row."""
    mime = QMimeData()
    mime.setData(BOARD_ID_TYPE, board_id.encode())
    drag = QDrag(view)
    drag.setMimeData(mime)
    picture: QPixmap = view.viewport().grab(row)
    drag.setPixmap(picture)
    drag.setHotSpot(at - row.topLeft())
    drag.exec(Qt.DropAction.MoveAction)


def carried(mime: QMimeData) -> str:
    """The id of the board that is dragged; empty: something else is."""
    return bytes(mime.data(BOARD_ID_TYPE).data()).decode("utf-8", "replace")


def spot(shown: tuple[Branch, ...], dragged_id: str, over_id: str, part: float) -> Spot | None:
    """Where a board goes that is dropped on the row of ``over_id``, ``part`` of it from its top (0 to 1).

    The middle of a row means into it; its edges, before and after it. None: it cannot go there, or is there.
    """
    by_id = {one.board.id: one for one in shown}
    dragged, over = by_id.get(dragged_id), by_id.get(over_id)
    if dragged is None or over is None or f"{over.board.path}/".startswith(f"{dragged.board.path}/"):
        return None
    if 0.25 <= part <= 0.75:
        return Spot(over_id, is_by_name=True) if dragged.parent_id != over_id else None
    if part > 0.75 and over.has_boards and over.is_open:
        inside = (one.board.id for one in shown if one.parent_id == over_id and one is not dragged)
        return Spot(over_id, is_by_name=False, before_id=next(inside, ""))
    beside = [one.board.id for one in shown if one.parent_id == over.parent_id]
    before = beside[beside.index(over_id) :]
    before = before[1:] if part > 0.75 else before
    wanted = next((one for one in before if one != dragged_id), "")
    return Spot(over.parent_id, is_by_name=False, before_id=wanted)


def spot_of_step(shown: tuple[Branch, ...], board_id: str, *, is_up: bool) -> Spot | None:
    """One place up or down among the boards beside it; None: it is there."""
    own = next(one for one in shown if one.board.id == board_id)
    beside = [one.board.id for one in shown if one.parent_id == own.parent_id and one.board.path != "Inbox"]
    place = beside.index(board_id)
    if place == (0 if is_up else len(beside) - 1):
        return None
    after = beside[place + 2 :] if not is_up else beside[place - 1 :]
    return Spot(own.parent_id, is_by_name=False, before_id=next(iter(after), ""))
