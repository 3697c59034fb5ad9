"""A row of the gallery that is followed: it stays with its tile while rows come and go around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from seedream_desktop.state.tiles import PictureTile, Tile, tile_key

if TYPE_CHECKING:
    from seedream_desktop.state.gallery_model import GalleryModel


class FollowedRow(QObject):
    """Stays with a picture through changes of the query; when it goes away, the next one takes its place."""

    moved = Signal(int)  # the row in which the tile stands now
    replaced = Signal(int)  # another tile is followed from now on; its row
    tile_changed = Signal()  # the same row, another value; a job may have become its picture
    lost = Signal()  # there is no row left

    def __init__(self, model: GalleryModel, parent: QObject | None = None) -> None:
        """Follow nothing yet."""
        super().__init__(parent)
        self._model = model
        self._index = QPersistentModelIndex()
        self._row = -1
        self._key = ""
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(lambda *_: self._on_rows_shifted())
        model.rowsRemoved.connect(self._on_rows_removed)
        model.dataChanged.connect(self._on_data_changed)

    @property
    def row(self) -> int:
        """Where it stands; -1: nothing is followed."""
        return self._row

    @property
    def tile(self) -> Tile | None:
        """What stands there."""
        return self._model.tile(self._row) if 0 <= self._row < self._model.rowCount() else None

    def follow(self, row: int) -> None:
        """Follow what stands in ``row``."""
        self._index = QPersistentModelIndex(self._model.index(row))
        self._row = self._index.row()
        self._remember()

    def _remember(self) -> None:
        tile = self.tile
        self._key = "" if tile is None else tile_key(tile)

    def _replace(self, row: int) -> None:
        if self._model.rowCount() == 0:
            self._row, self._key = -1, ""
            self.lost.emit()
            return
        self.follow(max(0, min(row, self._model.rowCount() - 1)))
        self.replaced.emit(self._row)

    def _on_reset(self) -> None:
        if self._row < 0:
            return
        row = self._row_of_key()
        if row is None:
            self._replace(self._row)
            return
        self.follow(row)
        self.moved.emit(row)

    def _row_of_key(self) -> int | None:
        for row in range(self._model.rowCount()):
            tile = self._model.tile(row)
            if tile_key(tile) == self._key:
                return row
            if isinstance(tile, PictureTile):  # jobs stand before all pictures
                break
        kind, _, picture_id = self._key.partition(" ")
        return self._model.row_of(picture_id) if kind == "picture" else None

    def _on_rows_shifted(self) -> None:
        if self._row >= 0 and self._index.isValid() and self._index.row() != self._row:
            self._row = self._index.row()
            self.moved.emit(self._row)

    def _on_rows_removed(self, _parent: QModelIndex, first: int, _last: int) -> None:
        if self._row >= 0 and not self._index.isValid():
            self._replace(first)
        else:
            self._on_rows_shifted()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self._row <= last.row():
            self._remember()
            self.tile_changed.emit()
