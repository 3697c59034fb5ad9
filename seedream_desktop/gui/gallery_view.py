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
from seedream_desktop.gui.gallery_keys import ACTS, PictureKey, picture_key
from seedream_desktop.gui.rubber_band import RubberBand
from seedream_desktop.gui.spared_selection import SparedSelection
from seedream_desktop.gui.tile_list import Index, TileList
from seedream_desktop.gui.tile_wall import TileWall
from seedream_desktop.settings import Settings
from seedream_desktop.state.gallery_model import PICTURE_IDS_TYPE, GalleryModel
from seedream_desktop.state.incoming import offers_pictures, read_incoming
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, WaitingTile, kept_file

if TYPE_CHECKING:
    from seedream_desktop.gui.cards import Act
    from seedream_desktop.gui.tile_menu import PictureWishes
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.state.tiles import Tile

DRAG_PX = 8
READ_AT_MOST = 1000  # pictures of a selection that are handed out as values


class GalleryView(TileWall):
    """Shows the tiles of a model; whatever is wished for comes out as a signal."""

    open_requested = Signal(int)  # row
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    trash_requested = Signal(object)  # tuple[str, ...]: picture ids
    rate_requested = Signal(object, int)  # tuple[str, ...], stars
    act_requested = Signal(object)  # PictureKey, one of ACTS, on the selection
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Path, ...]
    reveal_requested = Signal(object)  # Picture
    command_requested = Signal(object)  # Picture or Job: its request as a command
    cancel_requested = Signal(str)  # job id
    cancel_waiting_requested = Signal(str)  # press id
    check_requested = Signal(str)  # job id
    retry_requested = Signal(str)  # job id
    safer_requested = Signal(str, object)  # job id, SaferSize: to be asked for instead
    dismiss_requested = Signal(object)  # Tile of a job or of a picture that is missing
    kept_file_requested = Signal(str, str)  # job id, name of a file in its spool: to be shown
    preferences_requested = Signal()
    open_library_requested = Signal()
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

    def selected_rows(self) -> list[int]:
        """The selected rows, in their order."""
        selection = self.selectionModel().selection()
        runs = (selection.at(number) for number in range(selection.count()))
        return sorted(row for run in runs for row in range(run.top(), run.bottom() + 1))

    def selected_pictures(self) -> tuple[Picture, ...]:
        """The selected pictures that have been read, in the order of the rows; the first 1,000 of many."""
        rows = self.selected_rows()[:READ_AT_MOST]
        return tuple(picture for row in rows if (picture := self._tiles.picture(row)) is not None)

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected pictures, read or not."""
        rows = self.selected_rows()
        return tuple(found for row in rows if (found := self._tiles.picture_id(row)) is not None)

    def select_row(self, row: int) -> None:
        """Make ``row`` the selected and current one, in view."""
        index = self._tiles.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

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
            if rows := self.selected_rows():
                from seedream_desktop.gui.picture_drag import drag_pictures  # late: when one drags

                drag_pictures(self, self._tiles, rows[:READ_AT_MOST], self._thumbnails)

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

    def _press(self, row: int, point: QPoint) -> bool:
        """Whether ``point`` is on something of the tile that acts by itself."""
        tile = self._tiles.tile(row)
        if not isinstance(tile, PictureTile):
            act = self._act_at(row, point)
            self._pressed = (row, act) if act is not None else None
            self.viewport().update()
            return act is not None
        if tile.picture is None or row != self._hovered:
            return False
        plan = self._hover_plan(row)
        if star := plan.star_at(point):
            self.rate_requested.emit((tile.picture.id,), 0 if star == tile.picture.rating else star)
            return True
        label = plan.label_at(point)
        if label == 0:
            self.edit_requested.emit(tile.picture)
        elif label == 1:
            self.reference_requested.emit((tile.picture,))
        return label is not None

    def _act_at(self, row: int, point: QPoint) -> Act | None:
        tile = self._tiles.tile(row)
        return None if isinstance(tile, PictureTile) else self._card(row, tile)[1].act_at(point)

    def _do(self, row: int, act: Act) -> None:
        tile = self._tiles.tile(row)
        from seedream_desktop.gui.cards import Act  # late: a start without jobs does without

        if act is Act.PREFERENCES:
            self.preferences_requested.emit()
        elif act is Act.OPEN_LIBRARY:
            self.open_library_requested.emit()
        elif act in {Act.SIGN_IN, Act.COPY_ID} and isinstance(tile, JobTile | MissingTile):
            from seedream_desktop.gui.problem_acts import copy_request_id, open_page  # late: as above

            problem = tile.missing.problem if isinstance(tile, MissingTile) else tile.job.problem
            (open_page if act is Act.SIGN_IN else copy_request_id)(problem)
        elif isinstance(tile, WaitingTile):
            self.cancel_waiting_requested.emit(tile.press_id)
        elif act is Act.DISMISS:
            self.dismiss_requested.emit(tile)
        elif act is Act.COPY_COMMAND and isinstance(tile, JobTile | MissingTile):
            self.command_requested.emit(tile.job)
        elif act is Act.SHOW_ANSWER and isinstance(tile, JobTile | MissingTile):
            self.kept_file_requested.emit(tile.job.id, kept_file(tile))
        elif act is Act.RETRY_SAFER and isinstance(tile, JobTile):
            self.safer_requested.emit(tile.job.id, tile.safer)
        elif isinstance(tile, JobTile | MissingTile):
            wishes = {
                Act.CANCEL: self.cancel_requested,
                Act.CHECK: self.check_requested,
                Act.RETRY: self.retry_requested,
            }
            wishes[act].emit(tile.job.id)

    def _do_key(self, key: PictureKey, event: QKeyEvent) -> None:
        pictures, ids = self.selected_pictures(), self.selected_ids()
        if key is PictureKey.OPEN and not ids and self.currentIndex().isValid():
            row = self.currentIndex().row()
            self._open_menu(row, self.viewport().mapToGlobal(self.cell(row).center()))
        if not ids or (event.isAutoRepeat() and key is not PictureKey.RATE):
            return
        if key is PictureKey.OPEN:
            self.open_requested.emit(self.currentIndex().row())
        elif key is PictureKey.TRASH:
            self.trash_requested.emit(ids)
        elif key is PictureKey.RATE:
            self.rate_requested.emit(ids, int(event.text()))
        elif key in ACTS:
            self.act_requested.emit(key)
        elif pictures:
            self._hand_over(key, pictures)

    def _hand_over(self, key: PictureKey, pictures: tuple[Picture, ...]) -> None:
        if key is PictureKey.EDIT:
            self.edit_requested.emit(pictures[0])
        elif key is PictureKey.REFERENCE:
            self.reference_requested.emit(pictures)
        elif key is PictureKey.COPY and len(pictures) == 1:
            self.copy_requested.emit(pictures[0])
        else:
            self.copy_files_requested.emit(tuple(picture.path for picture in pictures))

    def _open_menu(self, row: int, place: QPoint) -> None:
        from seedream_desktop.gui.tile_menu import job_menu, picture_menu  # late: when one asks for it

        tile = self._tiles.tile(row)
        if isinstance(tile, PictureTile):
            if row not in self.selected_rows():
                self.select_row(row)
            menu = picture_menu(self, self._picture_wishes(row), is_in_trash=self._tiles.query.trash)
        else:
            card, _ = self._card(row, tile)
            menu = job_menu(self, card, lambda act: self._do(row, act))
        menu.popup(place)

    def _picture_wishes(self, row: int) -> PictureWishes:
        pictures, ids = self.selected_pictures(), self.selected_ids()
        paths = tuple(picture.path for picture in pictures)
        first = pictures[0] if pictures else None
        from seedream_desktop.gui.tile_menu import PictureWishes  # late: as above

        return PictureWishes(
            open=lambda: self.open_requested.emit(row),
            edit=lambda: self.edit_requested.emit(first),
            reference=lambda: self.reference_requested.emit(pictures),
            copy=lambda: self.copy_requested.emit(first),
            copy_files=lambda: self.copy_files_requested.emit(paths),
            reveal=lambda: self.reveal_requested.emit(first),
            copy_command=lambda: self.command_requested.emit(first),
            rate=lambda stars: self.rate_requested.emit(ids, stars),
            trash=lambda: self.trash_requested.emit(ids),
            act=self.act_requested.emit,
        )


def _described(tile: Tile) -> str:
    from seedream_desktop.gui.job_tiles import describe_tile  # late: when a screen reader asks

    return describe_tile(tile)
