"""A list to pick from in a popup: each row a name over a dim line, perhaps beside a small picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

PICTURE_PX = 40
_ROWS_MOST = 9
_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PickRow:
    """One thing to pick."""

    key: str
    title: str
    line: str = ""
    sha256: str = ""  # of its picture; empty: none
    path_of: Callable[[], Path] | None = None  # of that picture; blocks
    can_be_renamed: bool = False


class PickModel(QAbstractListModel):
    """The rows; a name that was typed over another is only wished for."""

    renamed = Signal(str, str)  # key, name

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: tuple[PickRow, ...] = ()

    def show_rows(self, rows: Sequence[PickRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.line}" if row.line else row.title
        return row if role == _ROW_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Wish for another name."""
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not name or name == self.rows[index.row()].title:
            return False
        self.renamed.emit(self.rows[index.row()].key, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Some can be renamed."""
        flags = super().flags(index)
        can_be_renamed = index.isValid() and self.rows[index.row()].can_be_renamed
        return flags | Qt.ItemFlag.ItemIsEditable if can_be_renamed else flags


class PickList(QListView):
    """Enter or a click picks, F2 renames where that can be, Del wishes for a row to go."""

    picked = Signal(str)  # key
    removal_requested = Signal(str)  # key

    def __init__(self, thumbnails: ThumbnailCache | None = None) -> None:
        """``thumbnails`` has the pictures, where rows have any."""
        super().__init__()
        self.rows = PickModel()
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(self, thumbnails))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setStyleSheet("QListView { background: transparent; }")
        self.clicked.connect(lambda index: self.picked.emit(self.rows.rows[index.row()].key))
        if thumbnails is not None:
            thumbnails.thumbnail_ready.connect(self._on_thumbnail)

    @property
    def current_key(self) -> str:
        """What is ringed; empty: nothing."""
        row = self.currentIndex().row()
        return self.rows.rows[row].key if 0 <= row < len(self.rows.rows) else ""

    def show_rows(self, rows: Sequence[PickRow]) -> None:
        """Show these; the row that was ringed stays so, else the first is."""
        before, place = self.current_key, self.currentIndex().row()
        self.rows.show_rows(rows)
        keys = [row.key for row in rows]
        at = keys.index(before) if before in keys else min(max(0, place), len(keys) - 1)
        if keys:
            self.setCurrentIndex(self.rows.index(at))
        row_px = self.sizeHintForRow(0) if rows else 0
        self.setFixedHeight(row_px * min(len(rows), _ROWS_MOST))

    def step(self, by: int) -> None:
        """Ring another row."""
        if self.rows.rows:
            at = min(max(0, self.currentIndex().row() + by), len(self.rows.rows) - 1)
            self.setCurrentIndex(self.rows.index(at))

    def pick(self) -> None:
        """Pick what is ringed."""
        if key := self.current_key:
            self.picked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Del, where no name is being typed."""
        if event.key() in _ENTER_KEYS and self.state() != QAbstractItemView.State.EditingState:
            self.pick()
        elif event.key() == Qt.Key.Key_Delete and self.current_key:
            self.removal_requested.emit(self.current_key)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the popup's
        else:
            super().keyPressEvent(event)

    def _on_thumbnail(self, sha256: str) -> None:
        if any(row.sha256 == sha256 for row in self.rows.rows):
            self.viewport().update()


class _Rows(QStyledItemDelegate):
    """A name over a line."""

    def __init__(self, parent: QWidget, thumbnails: ThumbnailCache | None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines, or the picture."""
        lines_px = option.fontMetrics.height() + QFontMetrics(caption_font()).height()
        return QSize(0, max(lines_px, PICTURE_PX if self._thumbnails is not None else 0) + 2 * GAP_PX)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """A name is typed over all of its row."""
        editor.setGeometry(option.rect.adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: PickRow = index.data(_ROW_ROLE)
        colours = colours_of(QApplication.palette())
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        text, dim = (colours.on_fill,) * 2 if is_chosen else (colours.text, colours.dim)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.fill if is_chosen else colours.hover))
            painter.drawRoundedRect(option.rect, CORNER_PX - 2, CORNER_PX - 2)
        room = option.rect.adjusted(SPACE_PX, GAP_PX, -SPACE_PX, -GAP_PX)
        if self._thumbnails is not None:
            self._draw_picture(painter, row, QRect(room.topLeft(), QSize(PICTURE_PX, PICTURE_PX)))
            room.setLeft(room.left() + PICTURE_PX + SPACE_PX)
        small = QFontMetrics(caption_font())
        lines_px = option.fontMetrics.height() + small.height()
        top = room.top() + (room.height() - lines_px) // 2
        first = QRect(room.left(), top, room.width(), option.fontMetrics.height())
        second = QRect(room.left(), first.bottom() + 1, room.width(), small.height())
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(option.font)
        painter.setPen(QColor(text))
        painter.drawText(first, 0, option.fontMetrics.elidedText(row.title, elide, first.width()))
        painter.setFont(caption_font())
        painter.setPen(QColor(dim))
        painter.drawText(second, 0, small.elidedText(row.line, elide, second.width()))
        painter.restore()

    def _draw_picture(self, painter: QPainter, row: PickRow, cell: QRect) -> None:
        if self._thumbnails is None or not row.sha256 or row.path_of is None:
            return
        side_px = round(PICTURE_PX * painter.device().devicePixelRatio())
        pixmap = self._thumbnails.pixmap(row.sha256, row.path_of, side_px)
        if pixmap is not None:
            size = pixmap.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(cell.topLeft(), size)
            place.moveCenter(cell.center())
            painter.drawPixmap(place, pixmap)
