"""The list of references in the tray: its model, how a tile is drawn, and how tiles are reordered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from seedream_desktop.generation.errors import Problem
from seedream_desktop.gui import words
from seedream_desktop.gui.meant_keys import meant_key
from seedream_desktop.gui.plain_label import plain_tip
from seedream_desktop.gui.reference_tile import (
    BADGE_PX,
    TILE_PX,
    ReferenceDelegate,
    Sign,
    paint_drop_line,
)
from seedream_desktop.gui.sent_words import sent_words
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, colours_of
from seedream_desktop.gui.viewport import set_own_viewport
from seedream_desktop.state.incoming import offers_references, read_incoming

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.sent_forms import SentForms
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_ROW_TYPE = "application/x-seedream-reference-row"
_Index = QModelIndex | QPersistentModelIndex


class ReferenceModel(QAbstractListModel):
    """The references in their order; the order is what *image 1* means in a prompt."""

    def __init__(
        self, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path], forms: SentForms
    ) -> None:
        """``path_of`` blocks, on another thread; it may raise ProblemError when the file is gone."""
        super().__init__()
        self._thumbnails = thumbnails
        self._path_of = path_of
        self._forms = forms
        self._references: tuple[Reference, ...] = ()
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)
        thumbnails.thumbnail_failed.connect(self._on_thumbnail)
        forms.changed.connect(self._on_forms_changed)

    def load(self, references: tuple[Reference, ...]) -> bool:
        """Show ``references``; whether that changed anything."""
        if references == self._references:
            return False
        self.beginResetModel()
        self._references = references
        self.endResetModel()
        return True

    def thumbnail(self, index: _Index, side_px: int) -> QPixmap | None:
        """The picture of a tile; None while there is none."""
        reference = self._references[index.row()]
        return self._thumbnails.pixmap(reference.sha256, lambda: self._path_of(reference), side_px)

    def is_gone(self, index: _Index) -> bool:
        """Whether there is no picture to be had."""
        return self._thumbnails.has_failed(self._references[index.row()].sha256)

    def sign(self, index: _Index) -> Sign:
        """What a tile says of what will be sent."""
        form = self._forms.of(self._references[index.row()])
        if isinstance(form, Problem):
            return Sign.UNFIT
        return Sign.CHANGED if form is not None and form.loses_pixels else Sign.NONE

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many references there are."""
        return 0 if parent.isValid() else len(self._references)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names for people and for screen readers."""
        if not index.isValid() or index.row() >= len(self._references):
            return None
        reference = self._references[index.row()]
        name = words.reference_name(index.row() + 1, reference)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return name
        sent = sent_words(reference, self._forms.of(reference))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return sent
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (name, words.size_in_mb(reference.size_bytes), sent))))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Each can be dragged to another place."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def _on_forms_changed(self) -> None:
        if self._references:
            self.dataChanged.emit(self.index(0), self.index(len(self._references) - 1))

    def _on_thumbnail(self, sha256: str) -> None:
        for row, reference in enumerate(self._references):
            if reference.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


class ReferenceList(QListView):
    """Tiles in rows; dragged, or moved by Alt and an arrow; removed by Del or the badge under the pointer."""

    move_requested = Signal(int, int)  # from, to
    remove_requested = Signal(int)
    markup_requested = Signal(int)
    pictures_offered = Signal(object)  # Incoming

    def __init__(
        self, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path], forms: SentForms
    ) -> None:
        """Start empty."""
        super().__init__()
        set_own_viewport(self)
        self._model = ReferenceModel(thumbnails, path_of, forms)
        self._per_row = 1
        self._gap_px = GAP_PX
        self._drop_at: int | None = None
        self.setModel(self._model)
        self.setItemDelegate(ReferenceDelegate(self._model, self))
        self._set_up()

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Show ``references``; the current tile stays at its place in the row."""
        row = self.currentIndex().row()
        if self._model.load(references) and references and row >= 0:
            self.setCurrentIndex(self._model.index(min(row, len(references) - 1)))

    def count(self) -> int:
        """How many tiles there are."""
        return self._model.rowCount()

    def lay_out(self, width_px: int, *, with_add_tile: bool) -> None:
        """Fill ``width_px`` with tiles, flush at both ends, and take the height they need."""
        self._per_row = max(1, (width_px + GAP_PX) // (TILE_PX + GAP_PX))
        slack_px = width_px - self._per_row * TILE_PX
        self._gap_px = min(SPACE_PX, slack_px // max(1, self._per_row - 1))
        self.setGridSize(QSize(TILE_PX + self._gap_px, TILE_PX + SPACE_PX))
        self.setViewportMargins(0, 0, -self._gap_px - 1, -SPACE_PX)
        rows = max(1, -(-(self.count() + with_add_tile) // self._per_row))
        self.setFixedHeight(rows * TILE_PX + (rows - 1) * SPACE_PX)

    def cell(self, position: int) -> QRect:
        """Where the tile at ``position`` lies in the viewport, whether it exists or not."""
        row, column = divmod(position, self._per_row)
        left, top = column * (TILE_PX + self._gap_px), row * (TILE_PX + SPACE_PX)
        return QRect(left, top, TILE_PX, TILE_PX)

    def minimumSizeHint(self) -> QSize:
        """One tile."""
        return QSize(TILE_PX, TILE_PX)

    def sizeHint(self) -> QSize:
        """The width comes from the panel."""
        return QSize(TILE_PX, self.height())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Take the current tile along, for another place in the row only."""
        row = self.currentIndex().row()
        if row < 0:
            return
        mime = QMimeData()
        mime.setData(_ROW_TYPE, str(row).encode())
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(self.viewport().grab(self.cell(row)))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take own tiles and pictures from anywhere."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would come to lie."""
        self._judge(event)
        if event.isAccepted() and event.mimeData().hasFormat(_ROW_TYPE):
            self._drop_at = self._gap_at(event.position().toPoint())
            self.viewport().update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the line away."""
        self._drop_at = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Reorder, or hand on the pictures."""
        self._drop_at = None
        self.viewport().update()
        if not event.mimeData().hasFormat(_ROW_TYPE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.pictures_offered.emit(read_incoming(event.mimeData()))
            return
        event.accept()
        row = int(bytes(event.mimeData().data(_ROW_TYPE).data()))
        gap = self._gap_at(event.position().toPoint())
        self._move(row, gap if gap <= row else gap - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the tile, Del removes it, M marks it up."""
        row = self.currentIndex().row()
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._move(row, row + (1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and row >= 0:
            self.remove_requested.emit(row)
        elif meant_key(event) == Qt.Key.Key_M and not event.modifiers() and row >= 0:
            self.markup_requested.emit(row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the badge removes the tile."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._badge(index.row()).contains(event.position().toPoint()):
            self.remove_requested.emit(index.row())
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the keys do, as a menu."""
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_by_mouse else self.currentIndex()
        if index.isValid():
            self._menu(index.row()).popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles, and the line where a dragged one would come to lie."""
        super().paintEvent(event)
        if self._drop_at is not None:
            before = self.cell(self._drop_at)
            line_x = max(1, before.left() - self._gap_px // 2)
            with QPainter(self.viewport()) as painter:
                paint_drop_line(painter, line_x, before, colours_of(self.palette()))

    def _set_up(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def _judge(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(_ROW_TYPE):
            event.setAccepted(event.source() is self)
        elif offers_references(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _gap_at(self, position: QPoint) -> int:
        """Before which tile a drop at ``position`` goes; ``count`` for after the last."""
        row = max(0, position.y()) // (TILE_PX + SPACE_PX)
        column = round(max(0, position.x()) / (TILE_PX + self._gap_px))
        return min(row * self._per_row + min(column, self._per_row), self.count())

    def _badge(self, row: int) -> QRect:
        cell = self.cell(row)
        return QRect(cell.right() - BADGE_PX + 1, cell.top(), BADGE_PX, BADGE_PX)

    def _move(self, row: int, to: int) -> None:
        if row == to or not (0 <= row < self.count() and 0 <= to < self.count()):
            return
        self.move_requested.emit(row, to)
        self.setCurrentIndex(self._model.index(to))

    def _menu(self, row: int) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        earlier = menu.addAction(self.tr("Move earlier"), lambda: self._move(row, row - 1))
        earlier.setEnabled(row > 0)
        later = menu.addAction(self.tr("Move later"), lambda: self._move(row, row + 1))
        later.setEnabled(row < self.count() - 1)
        menu.addSeparator()
        menu.addAction(self.tr("Mark up…"), lambda: self.markup_requested.emit(row))
        menu.addAction(self.tr("Remove"), lambda: self.remove_requested.emit(row))
        return menu
