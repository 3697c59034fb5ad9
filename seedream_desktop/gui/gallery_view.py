"""The gallery: pictures and jobs as tiles, with what can be done to them by pointer, key and drag."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from seedream_desktop.gui.empty_gallery import EmptyGallery
from seedream_desktop.gui.gallery_keys import PictureKey, picture_key
from seedream_desktop.gui.hand_arranging import HandArranging
from seedream_desktop.gui.meant_keys import is_sign, meant_modifiers
from seedream_desktop.gui.month_bubble import MonthBubble
from seedream_desktop.gui.rubber_band import RubberBand
from seedream_desktop.gui.seen_places import SeenPlaces
from seedream_desktop.gui.spared_selection import SparedSelection
from seedream_desktop.gui.tile_list import Index, TileList
from seedream_desktop.gui.wishing_wall import WishingWall
from seedream_desktop.settings import Settings
from seedream_desktop.state.incoming import offers_references, read_incoming
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE

if TYPE_CHECKING:
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.state.tiles import Tile

_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
DRAG_PX = 8
TOLD_AT_ONCE = 1000  # rows that are selected together
TOLD_AGAIN_AT_MOST = 64  # pictures of a selection that is told once more when all of them were read


class GalleryView(WishingWall):
    """Shows the tiles of a model; whatever is wished for comes out as a signal."""

    drag_requested = Signal(object)  # tuple[Picture, ...]: they are dragged out
    files_dropped = Signal(object)  # tuple[Path, ...]: to be imported
    pictures_dropped = Signal(object)  # Incoming: to be imported, a bitmap or links
    arrange_requested = Signal(object)  # Arranged: pictures of a board, put elsewhere by hand
    selection_changed = Signal(object)  # tuple[Picture, ...]

    def __init__(self, model: GalleryModel, thumbnails: ThumbnailCache) -> None:
        """Show ``model``; its thumbnails come from ``thumbnails``."""
        super().__init__(model, thumbnails, Settings().tile_px)
        model.describe, model.describe_stack = _described, _stack_described
        self._press_point: QPoint | None = None  # on a picture that may be dragged
        self._is_told_whole = True  # the selection, with all its pictures
        self._spared = SparedSelection(self, model)
        self._spared.changed.connect(self._tell_selection)
        self._band = RubberBand(self)
        self._by_hand = HandArranging(self, model)
        self.seen = SeenPlaces(self, model)
        self.seen.lost.connect(lambda: self.selection_changed.emit(()))
        self.bubble = MonthBubble(self)
        self.empty = EmptyGallery(self.viewport())
        self.empty.hide()
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFrameShape(TileList.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys act on pictures
        self._write_words()
        self._connect()

    def come_back(self, settings: Settings) -> None:
        """Look as it did when the window was closed, and at the same pictures."""
        self.tile_px, self.arrangement = settings.tile_px, settings.arrangement
        self.seen.come_back(settings)

    def remembered(self, settings: Settings) -> Settings:
        """``settings`` with what shall come back."""
        look = replace(settings, tile_px=self.tile_px, arrangement=self.arrangement)
        return self.seen.remembered(look)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words for an empty gallery in the middle."""
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what an icon under the pointer does, and by which key."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, tip = self._hovered, ""
            label = self._hover_plan(row).label_at(event.pos()) if row is not None else None
            if row is None and self.day_under(event.pos()):
                tip = self.tr("Select the pictures of this day")
            if label is not None:
                from seedream_desktop.gui.shortcuts import keys_of  # late: when the pointer rests

                keys = keys_of(("edit", "reference")[label]).toString(QKeySequence.SequenceFormat.NativeText)
                tip = self.tr("{words} ({keys})").format(words=self._labels()[label], keys=keys)
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a button of a tile, begin a rubber band, or select."""
        point, is_left = event.position().toPoint(), event.button() is Qt.MouseButton.LeftButton
        row = self.row_under(point)
        if is_left and row is not None and self._press(row, point):
            return
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        keeps = bool(event.modifiers() & (shift | control))
        if is_left and (row is None or event.modifiers() & shift):
            self._band.press(point, keeps)
        if row is not None:
            self._press_point = point if is_left and not self._band.is_ready else None
            super().mousePressEvent(event)
        elif not keeps:
            self.clearSelection()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, stretch the rubber band, or begin to drag pictures out."""
        point = event.position().toPoint()
        if not event.buttons():
            self._set_hovered(self.row_under(point))
        elif self._band.is_ready:
            self._band.move(point)
        elif self._press_point is not None and self._is_far(point):
            self._press_point = None
            self.with_selected(self.drag_requested.emit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the pressed button says, or end the rubber band."""
        self._press_point = None
        if self._band.is_ready:
            was_stretched = self._band.rect is not None
            self._band.end()
            if not was_stretched:
                self._select_day(event.position().toPoint(), event.modifiers())
        elif self._pressed is not None:
            (row, act), self._pressed = self._pressed, None
            if self._act_at(row, event.position().toPoint()) is act:
                self._do(row, act)
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)
            under = self.row_under(event.position().toPoint())
            if under is not None:
                self.select_whole(under)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture."""
        row = self.row_under(event.position().toPoint())
        if row is None or self.badge_under(row, event.position().toPoint()):
            return
        if self._tiles.picture(row) is not None:
            self.open_requested.emit(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Back from the viewer: what was seen there last is seen here, too, in its stack."""
        super().showEvent(event)
        row = self.currentIndex().row()
        if event.spontaneous() or row < 0:
            return
        if self.isIndexHidden(self.currentIndex()):
            self._tiles.set_open(row, is_open=True)
            self.scrollTo(self.currentIndex())
        else:
            self.select_whole(row)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._set_hovered(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the tile under the pointer, or to the current one by key."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.row_under(event.pos())
        if row is not None and row >= 0:
            place = self.cell(row).center() if by_key else event.pos()
            self._open_menu(row, self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the selected pictures, or move."""
        key = picture_key(event)
        if key is None and self._opens_or_closes(event):
            event.accept()
        elif key is None and is_sign(event):
            event.ignore()  # it is the window's; Qt would look for it among the names
        elif key is None:
            super().keyPressEvent(event)
            if event.key() in _MOVES and not meant_modifiers(event):
                self.take_up()  # it stood there already
        else:
            event.accept()
            if key is not PictureKey.TRASH:  # what is ringed is meant; what goes away is selected by hand
                self.take_up()
            self._do_key(key, event)

    def keyboardSearch(self, _text: str) -> None:
        """Single keys act; there is a field to search in."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is selected now."""
        if max(_height(selected), _height(deselected)) <= TOLD_AT_ONCE:
            super().selectionChanged(selected, deselected)
        else:  # a list would make an index of each, where a screen reader listens
            QAbstractItemView.selectionChanged(self, selected, deselected)
        self.viewport().update()
        if not self._tiles.is_editing:  # told once for all: a selection of thousands is slow to read
            self._tell_selection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Keep the row that has the keyboard in view."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(current)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures from elsewhere."""
        mime = event.mimeData()
        is_from_elsewhere = offers_references(mime) and not mime.hasFormat(PICTURE_IDS_TYPE)
        if is_from_elsewhere or self._by_hand.accepts(mime):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on saying that it is a copy; mark the gap that pictures of the board would go to."""
        if self._by_hand.accepts(event.mimeData()):
            self._show_gap(self._by_hand.move(event.position().toPoint()))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would be put here any more."""
        super().dragLeaveEvent(event)
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Those from elsewhere are imported, those of the board go to another place."""
        self._show_gap(None)
        if self._by_hand.accepts(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if asked := self._by_hand.drop(event.mimeData()):
                self.arrange_requested.emit(asked)
            return
        incoming = read_incoming(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if incoming.files:
            self.files_dropped.emit(incoming.files)
        elif not incoming.is_empty:
            self.pictures_dropped.emit(incoming)

    def let_go(self) -> bool:
        """Select nothing any more; whether anything was."""
        had_any = self.selectionModel().hasSelection()
        self.clearSelection()
        return had_any

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Library"))

    def _connect(self) -> None:
        model = self._tiles
        model.press_shown.connect(lambda row: self.scrollTo(model.index(row)))
        model.query_shown.connect(lambda _: self._show_emptiness())
        model.rowsInserted.connect(self._show_emptiness)
        model.rowsRemoved.connect(self._show_emptiness)
        self.empty.open_library_requested.connect(self.open_library_requested)
        self._band.changed.connect(self._on_band_changed)
        model.dataChanged.connect(self._on_data_changed)

    def _on_band_changed(self) -> None:
        self._band_rect = self._band.rect
        self.viewport().update()

    def _tell_selection(self) -> None:
        pictures = self.selected_pictures()
        count = len(self.selected_ids())
        self._is_told_whole = len(pictures) == count or count > TOLD_AGAIN_AT_MOST
        self.selection_changed.emit(pictures)

    def _on_data_changed(self, first: Index, last: Index) -> None:
        """Tell the selection again once the rest of it has been read: a closed stack was not looked into."""
        if self._is_told_whole:
            return
        selected = self.selectionModel().selection()
        ranges = (selected.at(number) for number in range(selected.count()))
        if any(one.top() <= last.row() and one.bottom() >= first.row() for one in ranges):
            self._tell_selection()

    def _show_emptiness(self) -> None:
        is_empty = self._tiles.rowCount() == 0
        if is_empty:
            self.empty.show_for(self._tiles.query, self._tiles.shows_only_jobs)
            self.empty.setGeometry(self.viewport().rect())
        self.empty.setVisible(is_empty)

    def _opens_or_closes(self, event: QKeyEvent) -> bool:
        """Right opens the closed stack that has the keyboard, Left on its first picture closes it."""
        row = self.currentIndex().row()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or row < 0:
            return False
        stack, is_open = self._tiles.stack_of(row), self._tiles.is_open(row)
        if len(stack) < 2:
            return False
        opens = event.key() == Qt.Key.Key_Right and not is_open
        closes = event.key() == Qt.Key.Key_Left and is_open and row == stack.start
        if opens or closes:
            self._tiles.set_open(row, opens)
            self.select_row(stack.start)
            self.select_whole(stack.start)
        return opens or closes

    def _select_day(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """A click on the name of a day selects its pictures, with Ctrl or Shift beside the others."""
        rows = self.day_under(point)
        if rows:
            flag, index = QItemSelectionModel.SelectionFlag, self._tiles.index
            adds = modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
            self.selectionModel().setCurrentIndex(index(rows.start), flag.NoUpdate)
            chosen = QItemSelection(index(rows.start), index(rows.stop - 1))
            self.selectionModel().select(chosen, flag.Select if adds else flag.ClearAndSelect)

    def _show_gap(self, rect: QRect | None) -> None:
        if rect != self._gap_rect:
            self._gap_rect = rect
            self.viewport().update()

    def _is_far(self, point: QPoint) -> bool:
        return self._press_point is not None and (point - self._press_point).manhattanLength() >= DRAG_PX


def _height(selection: QItemSelection) -> int:
    ranges = (selection.at(number) for number in range(selection.count()))
    return sum(one.height() for one in ranges)


def _described(tile: Tile) -> str:
    from seedream_desktop.gui.job_tiles import describe_tile  # late: when a screen reader asks

    return describe_tile(tile)


def _stack_described(place: int, count: int, is_open: bool) -> str:
    from seedream_desktop.gui.job_tiles import describe_stack  # late: as above

    return describe_stack(place, count, is_open)
