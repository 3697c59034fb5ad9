"""The gallery: pictures and jobs as tiles, with what can be done to them by pointer, key and drag."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)

from seedream_desktop.gui.gallery_keys import PictureKey, picture_key
from seedream_desktop.gui.job_tiles import Act, card_of
from seedream_desktop.gui.picture_drag import drag_pictures
from seedream_desktop.gui.theme import colours_of
from seedream_desktop.gui.tile_list import Index, TileList
from seedream_desktop.gui.tile_painter import (
    TilePainter,
    TileState,
    card_buttons,
    card_rect,
    hover_buttons,
    picture_rect,
    star_at,
)
from seedream_desktop.library.values import Picture
from seedream_desktop.settings import Settings
from seedream_desktop.state.gallery_model import PICTURE_IDS_TYPE, GalleryModel
from seedream_desktop.state.incoming import offers_pictures, read_incoming
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.state.tiles import JobTile, PictureTile, Tile, WaitingTile

ANIMATION_MS = 100
DRAG_PX = 8


class GalleryView(TileList):
    """Shows the tiles of a model; whatever is wished for comes out as a signal."""

    open_requested = Signal(int)  # row
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    trash_requested = Signal(object)  # tuple[str, ...]: picture ids
    rate_requested = Signal(object, int)  # tuple[str, ...], stars
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Path, ...]
    cancel_requested = Signal(str)  # job id
    cancel_waiting_requested = Signal(str)  # press id
    check_requested = Signal(str)  # job id
    retry_requested = Signal(str)  # job id
    dismiss_requested = Signal(str)  # job id
    files_dropped = Signal(object)  # tuple[Path, ...]: to be imported
    selection_changed = Signal(object)  # tuple[Picture, ...]

    def __init__(self, model: GalleryModel, thumbnails: ThumbnailCache) -> None:
        """Show ``model``; its thumbnails come from ``thumbnails``."""
        super().__init__(Settings().tile_px)
        self._tiles = model
        self._thumbnails = thumbnails
        self._hovered: int | None = None
        self._pressed: tuple[int, Act] | None = None
        self._band_from: QPoint | None = None  # in content coordinates
        self._band: QRect | None = None
        self._press_point = QPoint()
        self._painted_rows: set[int] = set()
        self.setAccessibleName(self.tr("Library"))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFrameShape(TileList.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys act on pictures
        self._animation = QTimer(self, interval=ANIMATION_MS)
        self._animation.timeout.connect(self._repaint_running)
        self.setModel(model)
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)
        thumbnails.thumbnail_failed.connect(self._on_thumbnail)
        model.press_shown.connect(self._show_press)

    @property
    def shows_every_picture(self) -> bool:
        """Whether every picture in view has been painted, and there is at least one."""
        seen = self.rows_in_view()
        return bool(seen) and self._painted_rows.issuperset(seen)

    def selected_pictures(self) -> tuple[Picture, ...]:
        """The selected pictures that have been read, in the order of the rows."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(picture for row in rows if (picture := self._tiles.picture(row)) is not None)

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected pictures, read or not."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(found for row in rows if (found := self._tiles.picture_id(row)) is not None)

    def select_row(self, row: int) -> None:
        """Make ``row`` the selected and current one, in view."""
        index = self._tiles.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self.viewport())
        colours = colours_of(self.palette())
        painter.fillRect(self.viewport().rect(), QColor(colours.canvas))
        tiles = TilePainter(painter, colours, self.devicePixelRatioF())
        now_s, has_running = time.monotonic(), False
        for row in self.rows_in_view():
            tile = self._tiles.tile(row)
            if isinstance(tile, PictureTile):
                self._paint_picture(tiles, row, tile)
            else:
                pressed = self._pressed[1] if self._pressed and self._pressed[0] == row else None
                card = card_of(tile, now_s)
                tiles.card(self._card_rect(row, tile), card, self.font(), now_s, pressed)
                tiles.outline(self._card_rect(row, tile), self._state(row))
                has_running = has_running or card.bar is not None
        if self._band is not None:
            tiles.band(self._band.translated(0, -self.verticalOffset()))
        if has_running != self._animation.isActive():
            self._animation.start() if has_running else self._animation.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a button of a tile, begin a rubber band, or select."""
        point = event.position().toPoint()
        row = self._row_at(point)
        if event.button() is Qt.MouseButton.LeftButton and row is not None and self._press(row, point):
            return
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() is Qt.MouseButton.LeftButton and (row is None or is_shifted):
            self._band_from = point + QPoint(0, self.verticalOffset())
        if row is None and not is_shifted:
            self.clearSelection()
        super().mousePressEvent(event)
        self._press_point = point

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, draw the rubber band, or begin to drag pictures out."""
        point = event.position().toPoint()
        if not event.buttons():
            self._hover(point)
        elif self._band_from is not None:
            self._stretch_band(point)
        elif self._is_drag(event, point):
            drag_pictures(self, self._tiles, self.selectedIndexes(), self._thumbnails)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the pressed button says, or end the rubber band."""
        if self._pressed is not None:
            (row, act), self._pressed = self._pressed, None
            if self._act_at(row, event.position().toPoint()) is act:
                self._do(row, act)
            self.viewport().update()
            return
        self._band_from = self._band = None
        self.viewport().update()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture."""
        row = self._row_at(event.position().toPoint())
        if row is not None and self._tiles.picture(row) is not None:
            self.open_requested.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._set_hovered(None)

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
        """Tell who is selected now."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_pictures())

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

    def _paint_picture(self, tiles: TilePainter, row: int, tile: PictureTile) -> None:
        cell, picture = self.cell(row), tile.picture
        if picture is None:
            tiles.placeholder(
                cell.adjusted(cell.width() // 4, cell.height() // 4, -cell.width() // 4, -cell.height() // 4)
            )
            return
        rect = picture_rect(cell, picture.width_px, picture.height_px)
        side_px = round(cell.width() * self.devicePixelRatioF())
        pixmap = self._thumbnails.pixmap(picture.sha256, picture.path, side_px)
        if pixmap is not None:
            tiles.picture(rect, pixmap)
            self._painted_rows.add(row)
        else:
            failed = self._thumbnails.has_failed(picture.sha256)
            tiles.placeholder(rect, self.tr("This file is missing or damaged.") if failed else "")
        state = self._state(row)
        if picture.set_count > 1:
            tiles.count_badge(rect, f"{picture.set_index + 1}/{picture.set_count}")
        if state.is_hovered:
            tiles.hover(rect, picture.rating, self._labels(), self.font())
        else:
            tiles.rating(rect, picture.rating)
        tiles.outline(rect, state)

    def _state(self, row: int) -> TileState:
        index = self._tiles.index(row)
        is_current = self.hasFocus() and self.currentIndex().row() == row
        return TileState(self.selectionModel().isSelected(index), row == self._hovered, is_current)

    def _labels(self) -> tuple[str, ...]:
        return (self.tr("Edit"), self.tr("Reference"))

    def _row_at(self, point: QPoint) -> int | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        tile = self._tiles.tile(index.row())
        return index.row() if self._rect(index.row(), tile).contains(point) else None

    def _rect(self, row: int, tile: Tile) -> QRect:
        if not isinstance(tile, PictureTile):
            return self._card_rect(row, tile)
        picture = tile.picture
        return (
            picture_rect(self.cell(row), picture.width_px, picture.height_px) if picture else self.cell(row)
        )

    def _card_rect(self, row: int, tile: JobTile | WaitingTile) -> QRect:
        job = tile.job if isinstance(tile, JobTile) else tile.jobs[0]
        return card_rect(self.cell(row), job.request.size)

    def _press(self, row: int, point: QPoint) -> bool:
        """Whether ``point`` is on something of the tile that acts by itself."""
        tile = self._tiles.tile(row)
        if not isinstance(tile, PictureTile):
            act = self._act_at(row, point)
            self._pressed = (row, act) if act is not None else None
            self.viewport().update()
            return act is not None
        picture = tile.picture
        if picture is None or row != self._hovered:
            return False
        rect = self._rect(row, tile)
        if star := star_at(rect, point):
            self.rate_requested.emit((picture.id,), 0 if star == picture.rating else star)
            return True
        for number, place in enumerate(hover_buttons(rect, self._labels(), self.font())):
            if place.contains(point):
                self.edit_requested.emit(picture) if number == 0 else self.reference_requested.emit(
                    (picture,)
                )
                return True
        return False

    def _act_at(self, row: int, point: QPoint) -> Act | None:
        tile = self._tiles.tile(row)
        if isinstance(tile, PictureTile):
            return None
        card = card_of(tile, time.monotonic())
        placed = card_buttons(self._card_rect(row, tile), card, self.font())
        return next((act for act, place in placed if place.contains(point)), None)

    def _do(self, row: int, act: Act) -> None:
        tile = self._tiles.tile(row)
        if isinstance(tile, WaitingTile):
            self.cancel_waiting_requested.emit(tile.press_id)
        elif isinstance(tile, JobTile):
            wishes = {
                Act.CANCEL: self.cancel_requested,
                Act.CHECK: self.check_requested,
                Act.RETRY: self.retry_requested,
                Act.DISMISS: self.dismiss_requested,
            }
            wishes[act].emit(tile.job.id)

    def _do_key(self, key: PictureKey, event: QKeyEvent) -> None:
        pictures, ids = self.selected_pictures(), self.selected_ids()
        if not ids or (event.isAutoRepeat() and key is not PictureKey.RATE):
            return
        if key is PictureKey.OPEN:
            self.open_requested.emit(self.currentIndex().row())
        elif key is PictureKey.TRASH:
            self.trash_requested.emit(ids)
        elif key is PictureKey.RATE:
            self.rate_requested.emit(ids, int(event.text()))
        elif pictures and key is PictureKey.EDIT:
            self.edit_requested.emit(pictures[0])
        elif pictures and key is PictureKey.REFERENCE:
            self.reference_requested.emit(pictures)
        elif pictures and key is PictureKey.COPY and len(pictures) == 1:
            self.copy_requested.emit(pictures[0])
        elif pictures:
            self.copy_files_requested.emit(tuple(picture.path for picture in pictures))

    def _is_drag(self, event: QMouseEvent, point: QPoint) -> bool:
        is_held = self._pressed is None and bool(event.buttons() & Qt.MouseButton.LeftButton)
        is_far = (point - self._press_point).manhattanLength() >= DRAG_PX
        return is_held and is_far and bool(self.selected_pictures())

    def _hover(self, point: QPoint) -> None:
        row = self._row_at(point)
        self._set_hovered(row)

    def _set_hovered(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _stretch_band(self, point: QPoint) -> None:
        assert self._band_from is not None  # noqa: S101 - its caller looked
        self._band = QRect(self._band_from, point + QPoint(0, self.verticalOffset())).normalized()
        command = self.selectionModel().SelectionFlag.ClearAndSelect
        self.setSelection(self._band.translated(0, -self.verticalOffset()), command)
        self.viewport().update()

    def _repaint_running(self) -> None:
        for row in self._tiles.running_rows():
            self.viewport().update(self.cell(row))

    def _on_thumbnail(self, _sha256: str) -> None:
        self.viewport().update()

    def _show_press(self, row: int) -> None:
        self.scrollTo(self._tiles.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Keep the row that has the keyboard in view."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(current)
