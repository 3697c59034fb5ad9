"""A set as a storyboard: numbered frames with captions, in the order that a hand gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.gallery_keys import meant_rating, picture_key
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, colours_of
from seedream_desktop.gui.tile_painter import TilePainter, TileState

if TYPE_CHECKING:
    from seedream_desktop.library.storyboard import Storyboard, StoryFrame
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_CELL_PX, _CAPTION_PX = 240, 24
_MIME = "application/x-seedream-frame"
_CHARACTERS = 200
Index = QModelIndex | QPersistentModelIndex


class FrameModel(QAbstractListModel):
    """The frames in their order; their captions can be written."""

    caption_written = Signal(int, str)
    moved = Signal(int, int)  # the frame at that place before the one at the other; the count: to the end

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.frames: tuple[StoryFrame, ...] = ()

    def show_frames(self, frames: tuple[StoryFrame, ...]) -> None:
        """Hold others; where there are as many, a caption that is being written stays open."""
        if frames == self.frames:
            return
        if len(frames) == len(self.frames):
            self.frames = frames
            self.dataChanged.emit(self.index(0), self.index(len(frames) - 1))
            return
        self.beginResetModel()
        self.frames = frames
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """As many as there are frames."""
        return 0 if parent.isValid() else len(self.frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number and the caption."""
        if not index.isValid():
            return None
        frame = self.frames[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return frame.front.title
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            title = plain(frame.front.title, _CHARACTERS)
            text = f"{words.number(index.row() + 1)}  {title}".rstrip()
            return f"{text} · {self._behind(frame)}" if frame.behind else text
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Wish for another caption."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) != self.frames[index.row()].front.title:
            self.caption_written.emit(index.row(), str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Frames can be written on and dragged between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return held | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """They are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only frames of a storyboard."""
        return [_MIME]

    def mimeData(self, indexes: object) -> QMimeData:
        """Which frame is dragged."""
        mime = QMimeData()
        row = next(iter(indexes)).row()  # type: ignore[call-overload]
        mime.setData(_MIME, str(row).encode())
        return mime

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Wish for the move; the library says the order then, so nothing is taken out here."""
        del action, column
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self.frames)
        self.moved.emit(int(data.data(_MIME).data()), before)
        return False

    def _behind(self, frame: StoryFrame) -> str:
        return self.tr("{count} behind").format(count=words.number(len(frame.behind)))


class StoryList(QListView):
    """The frames in rows. Alt with the arrows moves one, F2 writes its caption."""

    wished = Signal(object, int)  # PictureKey, stars (of RATE)
    closed = Signal()

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        """Empty."""
        super().__init__()
        self.frames = FrameModel()
        self.setModel(self.frames)
        self.setItemDelegate(_Frames(self, thumbnails))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Snap)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(GAP_PX)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        thumbnails.thumbnail_ready.connect(lambda _: self.viewport().update())
        self._paint_ground()

    def show_board(self, board: Storyboard, picture_id: str = "") -> None:
        """Show frames; the one with that picture is current, else the place that was."""
        row = max(0, self.currentIndex().row())
        for place, frame in enumerate(board.frames):
            if picture_id in {picture.id for picture in frame.pictures}:
                row = place
        self.frames.show_frames(board.frames)
        self.setCurrentIndex(self.frames.index(min(row, len(board.frames) - 1)))

    def row(self) -> int:
        """The current frame; -1: none."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The single keys of pictures act on the current frame."""
        key, row = event.key(), self.row()
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        wished = picture_key(event)
        if self.state() == QListView.State.EditingState:
            event.accept()  # what the caption lets through is about the caption
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif is_alt and key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and row >= 0:
            self.move(row, is_back=key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_F2 and row >= 0:
            self.edit(self.currentIndex())
        elif wished is not None and row >= 0:
            self.wished.emit(wished, meant_rating(event) or 0)
        else:
            super().keyPressEvent(event)

    def move(self, row: int, *, is_back: bool) -> None:  # type: ignore[override]
        """Wish for a frame to stand one place on or back."""
        to = row - 1 if is_back else row + 2
        if 0 <= to <= len(self.frames.frames):
            self.frames.moved.emit(row, to)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_ground()

    def _paint_ground(self) -> None:
        ground = f"QListView {{ background: {colours_of(self.palette()).canvas}; }}"
        if self.styleSheet() != ground:  # setting it tells of another palette
            self.setStyleSheet(ground)


class _Frames(QStyledItemDelegate):
    """Draws a frame: the picture whole, below it number and caption, which is written in place."""

    def __init__(self, view: StoryList, thumbnails: ThumbnailCache) -> None:
        super().__init__(view)
        self._view = view
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All alike."""
        del option, index
        return QSize(_CELL_PX, _CELL_PX * 3 // 4 + _CAPTION_PX)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the caption."""
        del index
        editor.setGeometry(_caption(option.rect))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """One line, without spaces at its ends."""
        model.setData(index, " ".join(str(editor.property("text")).split()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The picture that is in front."""
        picture = self._view.frames.frames[index.row()].front
        colours, ratio = colours_of(QApplication.palette()), painter.device().devicePixelRatio()
        painter.save()
        tiles = TilePainter(painter, colours, ratio, option.font)
        room = option.rect.adjusted(SPACE_PX, SPACE_PX, -SPACE_PX, -_CAPTION_PX)
        shape = QSize(picture.width_px or 1, picture.height_px or 1)
        place = QRect(room.topLeft(), shape.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(room.center())
        side_px = round(max(place.width(), place.height()) * ratio)
        pixmap = self._thumbnails.pixmap(picture.sha256, picture.path, side_px)
        if pixmap is None:
            tiles.placeholder(place)
        else:
            tiles.picture(place, pixmap)
        if picture.rejected:
            tiles.rejected(place)
        tiles.rating(place, picture.rating)
        painter.setPen(colours.text)
        text = str(index.data() or "")
        caption = _caption(option.rect)
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, caption.width())
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        tiles.outline(option.rect.adjusted(1, 1, -1, -1), TileState(is_selected=is_chosen))
        painter.restore()


def _caption(cell: QRect) -> QRect:
    return QRect(
        cell.left() + SPACE_PX, cell.bottom() - _CAPTION_PX, cell.width() - 2 * SPACE_PX, _CAPTION_PX
    )
