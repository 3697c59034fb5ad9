"""The gallery: pictures and jobs as tiles, with what can be done to them by pointer, key and drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)

from seedream_desktop.gui.empty_gallery import EmptyGallery
from seedream_desktop.gui.gallery_keys import picture_key
from seedream_desktop.gui.rubber_band import RubberBand
from seedream_desktop.gui.spared_selection import SparedSelection
from seedream_desktop.gui.tile_list import Index, TileList
from seedream_desktop.gui.wishing_wall import READ_AT_MOST, WishingWall
from seedream_desktop.settings import Settings
from seedream_desktop.state.incoming import offers_pictures, read_incoming
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE

if TYPE_CHECKING:
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.state.tiles import Tile

DRAG_PX = 8


class GalleryView(WishingWall):
    """Shows the tiles of a model; whatever is wished for comes out as a signal."""

    drag_requested = Signal(object)  # tuple[Picture, ...]: they are dragged out
    files_dropped = Signal(object)  # tuple[Path, ...]: to be imported
    selection_changed = Signal(object)  # tuple[Picture, ...]

    def __init__(self, model: GalleryModel, thumbnails: ThumbnailCache) -> None:
        """Show ``model``; its thumbnails come from ``thumbnails``."""
        super().__init__(model, thumbnails, Settings().tile_px)
        model.describe = _described
        self._press_point: QPoint | None = None  # on a picture that may be dragged
        self._kept: tuple[tuple[str, ...], str | None] = ((), None)  # selected and current, over a reset
        self._spared = SparedSelection(self, model)
        self._spared.changed.connect(self._tell_selection)
        self._band = RubberBand(self)
        self.empty = EmptyGallery(self.viewport())
        self.empty.hide()
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFrameShape(TileList.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys act on pictures
        self._write_words()
        self._connect()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words for an empty gallery in the middle."""
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())

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
            if pictures := self.selected_pictures():
                self.drag_requested.emit(pictures)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the pressed button says, or end the rubber band."""
        self._press_point = None
        if self._band.is_ready:
            self._band.end()
        elif self._pressed is not None:
            (row, act), self._pressed = self._pressed, None
            if self._act_at(row, event.position().toPoint()) is act:
                self._do(row, act)
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture."""
        row = self.row_under(event.position().toPoint())
        if row is not None and self._tiles.picture(row) is not None:
            self.open_requested.emit(row)

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
        if key is None:
            super().keyPressEvent(event)
            return
        event.accept()
        self._do_key(key, event)

    def keyboardSearch(self, _text: str) -> None:
        """Single keys act; there is a field to search in."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is selected now."""
        super().selectionChanged(selected, deselected)
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
        if offers_pictures(mime) and not mime.hasFormat(PICTURE_IDS_TYPE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on saying that it is a copy."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are imported."""
        incoming = read_incoming(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if incoming.files:
            self.files_dropped.emit(incoming.files)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Library"))

    def _connect(self) -> None:
        model = self._tiles
        model.press_shown.connect(lambda row: self.scrollTo(model.index(row)))
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        model.query_shown.connect(lambda _: self._show_emptiness())
        model.rowsInserted.connect(self._show_emptiness)
        model.rowsRemoved.connect(self._show_emptiness)
        self.empty.open_library_requested.connect(self.open_library_requested)
        self._band.changed.connect(self._on_band_changed)

    def _on_band_changed(self) -> None:
        self._band_rect = self._band.rect
        self.viewport().update()

    def _tell_selection(self) -> None:
        self.selection_changed.emit(self.selected_pictures())

    def _show_emptiness(self) -> None:
        is_empty = self._tiles.rowCount() == 0
        if is_empty:
            self.empty.show_for(self._tiles.query, self._tiles.shows_only_jobs)
            self.empty.setGeometry(self.viewport().rect())
        self.empty.setVisible(is_empty)

    def _keep_selection(self) -> None:
        """What is selected stays selected in another view, where it is in it."""
        self._kept = (self.selected_ids()[:READ_AT_MOST], self._current_id())

    def _restore_selection(self) -> None:
        (ids, current_id), self._kept = self._kept, ((), None)
        current = self._tiles.row_of(current_id) if current_id else None
        if current is None:
            self.scrollToTop()
            if ids:
                self.selection_changed.emit(())
            return
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._tiles.index(current), flag.NoUpdate)
        for row in self._tiles.rows_of(ids):
            self.selectionModel().select(self._tiles.index(row), flag.Select)
        self.scrollTo(self._tiles.index(current))

    def _current_id(self) -> str | None:
        row = self.currentIndex().row()
        return self._tiles.picture_id(row) if 0 <= row < self._tiles.rowCount() else None

    def _is_far(self, point: QPoint) -> bool:
        return self._press_point is not None and (point - self._press_point).manhattanLength() >= DRAG_PX


def _described(tile: Tile) -> str:
    from seedream_desktop.gui.job_tiles import describe_tile  # late: when a screen reader asks

    return describe_tile(tile)
