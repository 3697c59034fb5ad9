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
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.places import CAPTIONS, Entry, Place, PlacesModel
from seedream_desktop.gui.ring_list import RingList, has_ring
from seedream_desktop.gui.spring import Spring
from seedream_desktop.gui.theme import CORNER_PX, EDGE_PX, GAP_PX, SPACE_PX, Colours, caption_font, colours_of
from seedream_desktop.state.incoming import offers_references, read_incoming

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from seedream_desktop.gui.board_drag import Spot

BOARD_ID_TYPE = "application/x-seedream-board-id"  # for the sidebar only
ROW_PX = 28
CAPTION_PX = 34
_DOT_PX = 6
_DOT_ROOM_PX = 13
_STEP_PX = 12  # that each board stands to the right of the one around it
_STEPS_MOST = 5  # so that names are still read
_CHEVRON_PX = 8
_LOCK_PX = 12
_ROW_PADDING_PX = 11  # above and below the words, together
_Index = QModelIndex | QPersistentModelIndex


class PlaceDelegate(QStyledItemDelegate):
    """Draws an entry: dot, words, count; a ground where it is shown, a ring where the focus is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows grow with the text; a caption has air above it."""
        height_px = max(ROW_PX, option.fontMetrics.height() + _ROW_PADDING_PX)
        is_caption = _entry(index).place in CAPTIONS
        return QSize(0, height_px + CAPTION_PX - ROW_PX if is_caption else height_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        entry, colours = _entry(index), colours_of(option.palette)
        row: QRect = option.rect.adjusted(SPACE_PX, 0, -right_inset_px(option.widget), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.place in CAPTIONS:
            _paint_caption(painter, row, entry, colours)
        elif entry.leads_somewhere:
            view = option.widget
            is_hovered = isinstance(view, RingList) and view.hovered_row == index.row()
            _paint_ground(painter, row, option, entry, is_hovered=is_hovered)
            _paint_entry(painter, row, entry, colours)
            if isinstance(view, PlaceList) and view.drop_row == index.row():
                _paint_drop(painter, row, view.drop_part, colours)
        painter.restore()


def right_inset_px(view: QWidget | None) -> int:
    """What is left free at the right: a scroll bar stands there, so that counts hardly move when it comes."""
    has_bar = isinstance(view, RingList) and view.verticalScrollBar().isVisible()
    return 0 if has_bar else SPACE_PX


class PlaceList(RingList):
    """One stop for the focus: arrows move, Enter or a click chooses."""

    chosen = Signal(object)  # Entry
    pictures_dropped = Signal(object, str)  # Incoming, board id
    menu_requested = Signal(str, QPoint)  # board id, or nothing where there is no board; on the screen
    search_menu_requested = Signal(str, QPoint)  # id of a saved search; on the screen
    rename_requested = Signal(object)  # Entry that can be renamed
    removal_requested = Signal(str)  # id of a saved search
    board_dropped = Signal(str, object)  # board id, Spot
    folded = Signal()  # boards were shown or hidden by hand

    def __init__(self, entries: PlacesModel) -> None:
        """Show ``entries``."""
        super().__init__()
        self._entries = entries
        self._drop_row = -1
        self._drop_part = 0.5
        self._pressed_at: QPoint | None = None
        self._spring = Spring(self)
        self._spring.rested.connect(self._on_rested)
        self.setModel(entries)
        self.setItemDelegate(PlaceDelegate(self))
        self.setAcceptDrops(True)
        self.clicked.connect(self._on_chosen)

    @property
    def drop_row(self) -> int:
        """The row of the board that a drag is over, -1 for none."""
        return self._drop_row

    @property
    def drop_part(self) -> float:
        """Where in that row, 0 to 1 from its top."""
        return self._drop_part

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the chevron it shows or hides what is in a board; elsewhere a drag may begin."""
        at = event.position().toPoint()
        entry = self._entries.entry(self.indexAt(at).row())
        self._pressed_at = None
        if entry is not None and entry.has_boards and at.x() < words_left_px(entry):
            self._fold(entry, is_open=not entry.is_open)
            return
        if event.button() == Qt.MouseButton.LeftButton and entry is not None and entry.can_be_dragged:
            self._pressed_at = at
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was pressed on a chevron chooses nothing."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A board that is pulled is dragged."""
        at, start = event.position().toPoint(), self._pressed_at
        far_px = QGuiApplication.styleHints().startDragDistance()
        if start is None or (at - start).manhattanLength() < far_px:
            super().mouseMoveEvent(event)
            return
        self._pressed_at = None
        index = self.indexAt(start)
        entry = self._entries.entry(index.row())
        if entry is not None:
            from seedream_desktop.gui.board_drag import carry  # late: rarely done

            carry(self, entry.board_id, self.visualRect(index), start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space choose the entry with the ring; left and right hide and show what is in a board."""
        entry = self._entries.entry(self.currentIndex().row())
        if (
            event.modifiers() == Qt.KeyboardModifier.AltModifier
            and entry is not None
            and entry.can_be_dragged
        ):
            self._step_in_order(entry, event.key())
            return
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and entry is not None and entry.board_id:
            self._step_sideways(entry, is_right=event.key() == Qt.Key.Key_Right)
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._on_chosen(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2 and entry is not None and entry.can_be_renamed:
            self.rename_requested.emit(entry)
        elif event.key() == Qt.Key.Key_Delete and entry is not None and entry.search_id:
            self.removal_requested.emit(entry.search_id)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By pointer and by key: the menu of the board or the saved search that is meant."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        entry = self._entries.entry(index.row())
        board_id = entry.board_id if entry is not None else ""
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        if entry is not None and entry.search_id:
            self.search_menu_requested.emit(entry.search_id, place)
        else:
            self.menu_requested.emit(board_id, place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures, files, and boards."""
        mime = event.mimeData()
        if mime.hasFormat(BOARD_ID_TYPE):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        elif offers_references(mime):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only boards take them; the one below the pointer is marked."""
        row = self.indexAt(event.position().toPoint()).row()
        entry = self._entries.entry(row)
        if event.mimeData().hasFormat(BOARD_ID_TYPE):
            self._drag_board(event)
            return
        is_board = entry is not None and entry.place is Place.BOARD
        self._mark(row if is_board else -1)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(is_board)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the mark away."""
        self._mark(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for what was dropped to go to the board."""
        if event.mimeData().hasFormat(BOARD_ID_TYPE):
            self._drop_board(event)
            return
        entry = self._entries.entry(self.indexAt(event.position().toPoint()).row())
        self._mark(-1)
        if entry is None or entry.place is not Place.BOARD:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.pictures_dropped.emit(read_incoming(event.mimeData()), entry.board_id)

    def _drag_board(self, event: QDragMoveEvent) -> None:
        row, part, found = self._board_target(event)
        self._mark(row if found is not None else -1, part)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(found is not None)

    def _drop_board(self, event: QDropEvent) -> None:
        from seedream_desktop.gui.board_drag import carried  # late: rarely done

        _, _, found = self._board_target(event)
        self._mark(-1)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(found is not None)
        if found is not None:
            self.board_dropped.emit(carried(event.mimeData()), found)

    def _board_target(self, event: QDropEvent) -> tuple[int, float, Spot | None]:
        """The row below the pointer, where in it, and what a board dropped there is wished to do."""
        from seedream_desktop.gui.board_drag import Spot, carried, spot  # late: rarely done

        at, dragged_id = event.position(), carried(event.mimeData())
        index = self.indexAt(at.toPoint())
        entry, row = self._entries.entry(index.row()), self.visualRect(index)
        if entry is None or not row.height():
            return -1, 0.5, None
        if entry.place is Place.BOARDS_CAPTION:
            is_inside = any(one.depth and one.board.id == dragged_id for one in self._entries.branches)
            return index.row(), 0.5, Spot("", is_by_name=True) if is_inside else None
        part = (at.y() - row.top()) / row.height()
        return index.row(), part, spot(self._entries.branches, dragged_id, entry.board_id, part)

    def _mark(self, row: int, part: float = 0.5) -> None:
        if (row, part) != (self._drop_row, self._drop_part):
            self._drop_row, self._drop_part = row, part
            self.viewport().update()
        entry = self._entries.entry(row)
        is_folded = entry is not None and entry.has_boards and not entry.is_open
        self._spring.rest_on(entry.board_id if entry is not None and is_folded else "")

    def _on_rested(self, board_id: str) -> None:
        self._entries.fold(board_id, is_open=True)
        self.folded.emit()

    def _fold(self, entry: Entry, *, is_open: bool) -> None:
        self._entries.fold(entry.board_id, is_open=is_open)
        self.setCurrentIndex(self._entries.index(self._entries.row_of_board(entry.board_id)))
        self.folded.emit()

    def _step_in_order(self, entry: Entry, key: int) -> None:
        """Wish for a board to stand one place further up or down among those beside it."""
        from seedream_desktop.gui.board_drag import spot_of_step  # late: rarely done

        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            is_up = key == Qt.Key.Key_Up
            found = spot_of_step(self._entries.branches, entry.board_id, is_up=is_up)
            if found is not None:
                self.board_dropped.emit(entry.board_id, found)

    def _step_sideways(self, entry: Entry, *, is_right: bool) -> None:
        """Right shows what is in a board, then goes there; left hides it, then goes out."""
        self._set_ring(is_shown=True)
        if entry.has_boards and entry.is_open != is_right:
            self._fold(entry, is_open=is_right)
            return
        row = self.currentIndex().row()
        if is_right and entry.has_boards:
            self.setCurrentIndex(self._entries.index(row + 1))
        elif not is_right and entry.depth:
            parent_id = next(
                one.parent_id for one in self._entries.branches if one.board.id == entry.board_id
            )
            self.setCurrentIndex(self._entries.index(self._entries.row_of_board(parent_id)))

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


def words_left_px(entry: Entry) -> int:
    """Where the words of an entry begin; what shows or hides the boards in it stands before them."""
    return 2 * SPACE_PX + min(entry.depth, _STEPS_MOST) * _STEP_PX


def _paint_drop(painter: QPainter, row: QRect, part: float, colours: Colours) -> None:
    """Into it: a frame; before or after it: a line."""
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if 0.25 <= part <= 0.75:
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
    else:
        edge_px = row.top() + 1 if part < 0.5 else row.bottom()
        painter.drawLine(row.left(), edge_px, row.right(), edge_px)


def _paint_chevron(painter: QPainter, inner: QRect, entry: Entry, colours: Colours) -> None:
    name = "chevron_down" if entry.is_open else "chevron_right"
    left_px, top_px = inner.left() - _CHEVRON_PX - 2, inner.center().y() - _CHEVRON_PX // 2 + 1
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(left_px, top_px, icon_pixmap(name, colours.dim, _CHEVRON_PX, scale))


def _paint_entry(painter: QPainter, row: QRect, entry: Entry, colours: Colours) -> None:
    inner = row.adjusted(SPACE_PX, 0, -SPACE_PX, 0)
    inner.setLeft(words_left_px(entry))
    if entry.has_boards:
        _paint_chevron(painter, inner, entry, colours)
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
    room_px = inner.width() - (_LOCK_PX + GAP_PX if entry.is_client_safe else 0)
    text = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, room_px)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
    if entry.is_client_safe:
        left_px = inner.left() + metrics.horizontalAdvance(text) + GAP_PX
        scale = painter.device().devicePixelRatioF()
        lock = icon_pixmap("lock", colours.dim, _LOCK_PX, scale)
        painter.drawPixmap(left_px, inner.center().y() - _LOCK_PX // 2, lock)
