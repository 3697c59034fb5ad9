"""The list of the sidebar: how an entry is drawn, chosen, and dropped on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.places import Entry, Place, PlacesModel
from seedream_desktop.gui.ring_list import RingList, has_ring
from seedream_desktop.gui.theme import CORNER_PX, EDGE_PX, SPACE_PX, Colours, caption_font, colours_of
from seedream_desktop.state.gallery_model import PICTURE_IDS_TYPE
from seedream_desktop.state.incoming import read_incoming

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

ROW_PX = 28
CAPTION_PX = 34
_DOT_PX = 6
_DOT_ROOM_PX = 13
_ROW_PADDING_PX = 11  # above and below the words, together
_Index = QModelIndex | QPersistentModelIndex


class PlaceDelegate(QStyledItemDelegate):
    """Draws an entry: dot, words, count; a ground where it is shown, a ring where the focus is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows grow with the text; a caption has air above it."""
        height_px = max(ROW_PX, option.fontMetrics.height() + _ROW_PADDING_PX)
        is_caption = _entry(index).place is Place.BOARDS_CAPTION
        return QSize(0, height_px + CAPTION_PX - ROW_PX if is_caption else height_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        entry, colours = _entry(index), colours_of(option.palette)
        row: QRect = option.rect.adjusted(SPACE_PX, 0, -right_inset_px(option.widget), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.place is Place.BOARDS_CAPTION:
            _paint_caption(painter, row, entry, colours)
        elif entry.leads_somewhere:
            view = option.widget
            is_hovered = isinstance(view, RingList) and view.hovered_row == index.row()
            _paint_ground(painter, row, option, entry, is_hovered=is_hovered)
            _paint_entry(painter, row, entry, colours)
        painter.restore()


def right_inset_px(view: QWidget | None) -> int:
    """What is left free at the right: a scroll bar stands there, so that counts hardly move when it comes."""
    has_bar = isinstance(view, RingList) and view.verticalScrollBar().isVisible()
    return 0 if has_bar else SPACE_PX


class PlaceList(RingList):
    """One stop for the focus: arrows move, Enter or a click chooses."""

    chosen = Signal(object)  # Entry
    pictures_dropped = Signal(object, str)  # tuple[str, ...] ids, board id
    files_dropped = Signal(object, str)  # tuple[Path, ...], board id
    menu_requested = Signal(str, QPoint)  # board id, or nothing where there is no board; on the screen

    def __init__(self, entries: PlacesModel) -> None:
        """Show ``entries``."""
        super().__init__()
        self._entries = entries
        self._drop_row = -1
        self.setModel(entries)
        self.setItemDelegate(PlaceDelegate(self))
        self.setAcceptDrops(True)
        self.clicked.connect(self._on_chosen)

    @property
    def drop_row(self) -> int:
        """The row of the board that a drag is over, -1 for none."""
        return self._drop_row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space choose the entry with the ring."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._on_chosen(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By pointer and by key: the menu of the board that is meant."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        entry = self._entries.entry(index.row())
        board_id = entry.board_id if entry is not None else ""
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.menu_requested.emit(board_id, place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures and files."""
        if event.mimeData().hasFormat(PICTURE_IDS_TYPE) or event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only boards take them; the one below the pointer is marked."""
        row = self.indexAt(event.position().toPoint()).row()
        entry = self._entries.entry(row)
        is_board = entry is not None and entry.place is Place.BOARD
        self._mark(row if is_board else -1)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(is_board)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the mark away."""
        self._mark(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for what was dropped to go to the board."""
        entry = self._entries.entry(self.indexAt(event.position().toPoint()).row())
        self._mark(-1)
        if entry is None or entry.place is not Place.BOARD:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        ids = bytes(event.mimeData().data(PICTURE_IDS_TYPE).data()).decode("utf-8", "replace")
        if ids:
            self.pictures_dropped.emit(tuple(filter(None, ids.split("\n"))), entry.board_id)
        elif files := read_incoming(event.mimeData()).files:
            self.files_dropped.emit(files, entry.board_id)

    def _mark(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _on_chosen(self, index: _Index) -> None:
        entry = self._entries.entry(index.row())
        if entry is not None and entry.leads_somewhere:
            self.chosen.emit(entry)


def _entry(index: _Index) -> Entry:
    places = index.model()
    assert isinstance(places, PlacesModel)  # noqa: S101 - the delegate is for this model only
    entry = places.entry(index.row())  # not by a role: what goes through a QVariant costs 8 ms at first
    assert entry is not None  # noqa: S101 - a row that is painted is there
    return entry


def _paint_ground(
    painter: QPainter, row: QRect, option: QStyleOptionViewItem, entry: Entry, *, is_hovered: bool
) -> None:
    colours = colours_of(option.palette)
    painter.setPen(Qt.PenStyle.NoPen)
    if entry.is_shown:
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(row, CORNER_PX, CORNER_PX)
    elif is_hovered:
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(row, CORNER_PX, CORNER_PX)
    if has_ring(option):
        painter.setPen(QPen(QColor(colours.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)


def _paint_caption(painter: QPainter, row: QRect, entry: Entry, colours: Colours) -> None:
    font = caption_font()
    font.setCapitalization(font.Capitalization.AllUppercase)
    font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 0.4)
    painter.setFont(font)
    painter.setPen(QColor(colours.dim))
    words_px = row.adjusted(SPACE_PX, CAPTION_PX - ROW_PX, -EDGE_PX, 0)
    painter.drawText(words_px, Qt.AlignmentFlag.AlignVCenter, entry.words)


def _paint_entry(painter: QPainter, row: QRect, entry: Entry, colours: Colours) -> None:
    inner = row.adjusted(SPACE_PX, 0, -SPACE_PX, 0)
    count = words.number(entry.count) if entry.count else ""
    metrics = QFontMetrics(painter.font())
    if count:
        colour = colours.amber if entry.place is Place.UNFINISHED else colours.dim
        painter.setPen(QColor(colour))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        inner.setRight(inner.right() - metrics.horizontalAdvance(count) - SPACE_PX)
    if entry.is_target:
        dot = QRectF(inner.left(), inner.center().y() - _DOT_PX / 2 + 0.5, _DOT_PX, _DOT_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(dot)
        inner.setLeft(inner.left() + _DOT_ROOM_PX)
    painter.setPen(QColor(colours.text))
    text = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
