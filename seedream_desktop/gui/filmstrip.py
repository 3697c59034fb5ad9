"""The filmstrip: every tile of the gallery as one small cell, in one line below the viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.note_painting import paint_badge
from seedream_desktop.gui.strip_list import StripList
from seedream_desktop.gui.theme import (
    GAP_PX,
    GROUP_PX,
    REJECTED_OPACITY,
    SPACE_PX,
    TILE_CORNER_PX,
    Colours,
    colours_of,
)
from seedream_desktop.state.tile_rows import TILE_ROLE
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, Tile

if TYPE_CHECKING:
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

CELL_PX = 72
_ICON_PX = 20
_OUTLINE_PX = 2
_STEP_PX = CELL_PX + SPACE_PX


class Filmstrip(StripList):
    """Shows the same rows as the gallery; a click goes there. Keys are left to the viewer."""

    row_requested = Signal(int)
    row_added = Signal(int)  # clicked with Control or Shift: to be held against the one on the stage
    drag_requested = Signal(object)  # tuple[Picture, ...]: they are dragged out
    selection_drag_requested = Signal()  # all that is selected, of which one was taken hold of

    def __init__(self, model: GalleryModel, thumbnails: ThumbnailCache) -> None:
        """Show ``model``."""
        super().__init__(_STEP_PX)
        self._tiles, self._thumbnails = model, thumbnails
        self._pressed: tuple[QPoint, int] | None = None  # where a drag may begin, and on which row
        self._selection: QItemSelectionModel | None = None
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(thumbnails, self))
        self.marks: dict[str, str] = {}  # what pictures are called that are marked, by id
        self._set_up()
        thumbnails.thumbnail_ready.connect(self._repaint)
        thumbnails.thumbnail_failed.connect(self._repaint)
        self._write_words()

    def follow_selection(self, selection: QItemSelectionModel) -> None:
        """Ring what is selected in the gallery where that is several; they are dragged together."""
        self._selection = selection
        selection.selectionChanged.connect(self._repaint)

    def is_one_of_several(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether it is selected, and others with it."""
        if self._selection is None or not self._selection.isSelected(index):
            return False
        chosen = self._selection.selection()
        return chosen.count() > 1 or chosen.at(0).height() > 1

    def show_row(self, row: int) -> None:
        """Mark ``row`` as the one on the stage, in the middle where there is strip enough."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def show_marks(self, marks: dict[str, str]) -> None:
        """Mark these pictures instead of the row on the stage, each with a letter; none: the row again."""
        if marks != self.marks:
            self.marks = marks
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the viewer."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a cell."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self._pressed = (point, index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag its picture out."""
        if self._pressed is None:
            return
        (start, row), point = self._pressed, event.position().toPoint()
        if (point - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            if self.is_one_of_several(self._tiles.index(row)):
                self.selection_drag_requested.emit()
            elif (picture := self._tiles.picture(row)) is not None:
                self.drag_requested.emit((picture,))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the cell that was clicked."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.indexAt(event.position().toPoint()).row() == pressed[1]:
            keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            is_added = bool(event.modifiers() & keys)
            (self.row_added if is_added else self.row_requested).emit(pressed[1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """It is two clicks."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along, whichever way the wheel turns."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned * _STEP_PX // 120)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _set_up(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(CELL_PX + 2 * GROUP_PX)
        self.setViewportMargins(GROUP_PX, GROUP_PX - GAP_PX, GROUP_PX, GROUP_PX - GAP_PX)
        self.setAutoScroll(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys act on pictures
        self.viewport().setAutoFillBackground(False)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Filmstrip"))

    def _repaint(self, *_: object) -> None:
        if self.isVisible():
            self.viewport().update()


class _CellDelegate(QStyledItemDelegate):
    """Draws one cell; every cell has the same size."""

    def __init__(self, thumbnails: ThumbnailCache, strip: Filmstrip) -> None:
        super().__init__(strip)
        self._thumbnails = thumbnails
        self._strip = strip

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The picture, and the gap to the next."""
        return QSize(_STEP_PX, CELL_PX + 2 * GAP_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the whole picture inside the cell, or what a job is at."""
        colours, tile = colours_of(self._strip.palette()), index.data(TILE_ROLE)
        cell = QRect(option.rect.x() + GAP_PX, option.rect.y() + GAP_PX, CELL_PX, CELL_PX)
        mark = self._mark_of(tile)
        is_current = bool(mark) if self._strip.marks else index == self._strip.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(tile, PictureTile) and tile.picture is not None and tile.picture.rejected:
            painter.setOpacity(REJECTED_OPACITY)
        pixmap = self._pixmap(tile)
        place = QRectF(cell) if pixmap is None else _inside(cell, pixmap)
        if pixmap is None:
            _paint_blank(painter, place, tile, colours)
        else:
            _paint_rounded(painter, place, pixmap)
        painter.setOpacity(1.0)
        if is_current or (not self._strip.marks and self._strip.is_one_of_several(index)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), _OUTLINE_PX if is_current else 1))
            edge = place.adjusted(-_OUTLINE_PX, -_OUTLINE_PX, _OUTLINE_PX, _OUTLINE_PX)
            painter.drawRoundedRect(edge, TILE_CORNER_PX + 1, TILE_CORNER_PX + 1)
        if mark:
            paint_badge(painter, mark, place.topLeft() + QPointF(GAP_PX, GAP_PX), self._strip.font())
        painter.restore()

    def _mark_of(self, tile: Tile) -> str:
        return self._strip.marks.get(tile.picture_id, "") if isinstance(tile, PictureTile) else ""

    def _pixmap(self, tile: Tile) -> QPixmap | None:
        if not isinstance(tile, PictureTile) or tile.picture is None:
            return None
        side_px = round(CELL_PX * self._strip.devicePixelRatioF())
        return self._thumbnails.pixmap(tile.picture.sha256, tile.picture.path, side_px)


def _inside(cell: QRect, pixmap: QPixmap) -> QRectF:
    size = pixmap.deviceIndependentSize().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, max(4.0, size.width()), max(4.0, size.height()))
    place.moveCenter(QRectF(cell).center())
    return place


def _paint_rounded(painter: QPainter, place: QRectF, pixmap: QPixmap) -> None:
    path = QPainterPath()
    path.addRoundedRect(place, TILE_CORNER_PX, TILE_CORNER_PX)
    painter.setClipPath(path)
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
    painter.setClipping(False)


def _paint_blank(painter: QPainter, place: QRectF, tile: Tile, colours: Colours) -> None:
    """A picture that is not there yet, or a job: what became of it, as a sign."""
    painter.setPen(QColor(colours.hairline))
    painter.setBrush(QColor(colours.raised))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), TILE_CORNER_PX, TILE_CORNER_PX)
    if isinstance(tile, PictureTile):
        return
    name, colour = _sign(tile, colours)
    pixmap = icon_pixmap(name, colour, _ICON_PX, painter.device().devicePixelRatioF())
    corner = place.center().toPoint()
    painter.drawPixmap(corner.x() - _ICON_PX // 2 + 1, corner.y() - _ICON_PX // 2 + 1, pixmap)


def _sign(tile: Tile, colours: Colours) -> tuple[str, str]:
    if isinstance(tile, MissingTile):
        is_unknown = tile.missing.problem.billed is Billed.MAYBE
        return ("warning", colours.amber) if is_unknown else ("failed", colours.red)
    if not isinstance(tile, JobTile):
        return "pause", colours.dim
    if tile.job.state is JobState.UNKNOWN:
        return "warning", colours.amber
    if tile.job.problem is not None and not tile.job.is_held_up:
        return "failed", colours.red
    return ("pause" if tile.job.state is JobState.QUEUED else "download"), colours.dim
