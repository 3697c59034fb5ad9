"""The pictures of one press in rows and columns of what was chosen, to be judged beside each other."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.gallery_keys import PictureKey, meant_rating, picture_key
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, SPACE_PX, caption_font, colours_of
from seedream_desktop.gui.tile_painter import TilePainter, TileState

if TYPE_CHECKING:
    from seedream_desktop.library.press_grid import PressGrid
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_CELL_PX, _CELL_PX_MOST, _STEP_PX = 176, 512, 16
_NAME_CHARACTERS = 200
_ROW_NAME_PX = 160
Index = QModelIndex | QPersistentModelIndex


class PressModel(QAbstractTableModel):
    """The cells; what a cell holds is asked by ``pictures``."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._grid: PressGrid | None = None

    def show_grid(self, grid: PressGrid) -> None:
        """Hold another table."""
        self.beginResetModel()
        self._grid = grid
        self.endResetModel()

    def pictures(self, index: Index) -> tuple[Picture, ...]:
        """What a cell holds; () for what was not made."""
        return self._grid.cells.get((index.row(), index.column()), ()) if self._grid else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """As many as the first choice has values."""
        return 0 if parent.isValid() or self._grid is None else len(self._grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """As many as the other choices have values together."""
        return 0 if parent.isValid() or self._grid is None else len(self._grid.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell in words, for screen readers and tooltips."""
        if self._grid is None or role not in {
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        named = (self._grid.rows[index.row()], self._grid.columns[index.column()])
        where = ", ".join(plain(name, _NAME_CHARACTERS) for name in named if name)
        held = self.pictures(index)
        if not held:
            return self.tr("{choices}: no picture").format(choices=where)
        text = self.tr("{choices}: {pictures}").format(choices=where, pictures=words.pictures(len(held)))
        most = max(picture.rating for picture in held)
        return f"{text}, {words.stars(most)}" if most else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What was chosen."""
        if self._grid is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        names = self._grid.columns if orientation is Qt.Orientation.Horizontal else self._grid.rows
        return plain(names[section], _NAME_CHARACTERS)


class PressTable(QWidget):
    """Fills the gallery's place. Pictures are opened, rated, rejected and edited from here."""

    closed = Signal()
    open_requested = Signal(object)  # Picture
    act_requested = Signal(object, object, int)  # PictureKey, Picture, stars (of RATE)

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        """Show nothing yet."""
        super().__init__()
        self.model = PressModel()
        self.table = QTableView()
        self._thumbnails = thumbnails
        self._cell_px = _CELL_PX
        self._title, self._close = ElidedLabel(), QToolButton()
        self._build()
        self._write_words()
        thumbnails.thumbnail_ready.connect(lambda _: self.table.viewport().update())

    def show_grid(self, grid: PressGrid, title: str, picture_id: str) -> None:
        """Show a press; the cell with that picture is current."""
        self.model.show_grid(grid)
        self._title.show_text(title)
        self._lay_out()
        place = next((place for place, held in grid.cells.items() if picture_id in _ids(held)), (0, 0))
        self.table.setCurrentIndex(self.model.index(*place))

    def refresh(self, grid: PressGrid) -> None:
        """Show the same press as it is by now; the current cell stays."""
        current = self.table.currentIndex()
        place = current.row(), current.column()
        self.model.show_grid(grid)
        self._lay_out()
        self.table.setCurrentIndex(self.model.index(*place))

    def pictures(self) -> tuple[Picture, ...]:
        """What the current cell holds."""
        return self.model.pictures(self.table.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The single keys of pictures act on the current cell; + and - change the size."""
        wished, held = picture_key(event), self.pictures()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            self._resize(-_STEP_PX if event.key() == Qt.Key.Key_Minus else _STEP_PX)
        elif wished is PictureKey.GRID:
            self.closed.emit()
        elif wished is PictureKey.OPEN and held:
            self.open_requested.emit(held[0])
        elif wished is not None and held:
            self.act_requested.emit(wished, held[0], meant_rating(event) or 0)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Cells(self, self._thumbnails))
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.setCornerButtonEnabled(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setSectionResizeMode(header.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setFont(caption_font())
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.verticalHeader().setMaximumWidth(_ROW_NAME_PX)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)
        self._close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX, 0)
        top.setSpacing(SPACE_PX)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addLayout(top)
        column.addWidget(self.table, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of pictures come before those of a table, which would look for words."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_ours = picture_key(event) is not None or event.key() in {
                Qt.Key.Key_Escape,
                Qt.Key.Key_Plus,
                Qt.Key.Key_Equal,
                Qt.Key.Key_Minus,
            }
            if is_ours:
                self.keyPressEvent(event)
                return True
        return False

    def _write_words(self) -> None:
        self.table.setAccessibleName(self.tr("Press as a table"))
        ground = f"QTableView {{ background: {colours_of(self.palette()).canvas}; }}"
        if self.table.styleSheet() != ground:  # setting it tells of another palette
            self.table.setStyleSheet(ground)
        self._close.setAccessibleName(self.tr("Close the table"))
        self._close.setToolTip(self.tr("Back to the gallery (Esc)"))
        self._close.setIcon(icon("close", colours_of(self.palette()).text))

    def _lay_out(self) -> None:
        self.table.horizontalHeader().setDefaultSectionSize(self._cell_px)
        self.table.verticalHeader().setDefaultSectionSize(self._cell_px)
        self.table.horizontalHeader().setVisible(any(self._names(Qt.Orientation.Horizontal)))
        self.table.verticalHeader().setVisible(any(self._names(Qt.Orientation.Vertical)))

    def _names(self, orientation: Qt.Orientation) -> list[object]:
        is_across = orientation is Qt.Orientation.Horizontal
        count = self.model.columnCount() if is_across else self.model.rowCount()
        return [self.model.headerData(section, orientation) for section in range(count)]

    def _resize(self, change_px: int) -> None:
        self._cell_px = min(_CELL_PX_MOST, max(_CELL_PX // 2, self._cell_px + change_px))
        self._lay_out()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if held := self.model.pictures(index):
            self.open_requested.emit(held[0])


class _Cells(QStyledItemDelegate):
    """Draws the pictures of a cell side by side, whole, as the gallery does."""

    def __init__(self, table: PressTable, thumbnails: ThumbnailCache) -> None:
        super().__init__(table)
        self._model = table.model
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Every variation in an equal part of the cell."""
        colours = colours_of(QApplication.palette())
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        held = self._model.pictures(index)
        painter.save()
        ratio = painter.device().devicePixelRatio()
        tiles = TilePainter(painter, colours, ratio, option.font)
        painter.fillRect(option.rect, QColor(colours.canvas))
        room = option.rect.adjusted(SPACE_PX, SPACE_PX, -SPACE_PX, -SPACE_PX)
        for picture, part in zip(held, _parts(room, len(held)), strict=True):
            self._paint_picture(tiles, part, picture, ratio)
        tiles.outline(
            option.rect.adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX), TileState(is_selected=is_chosen)
        )
        painter.restore()

    def _paint_picture(self, tiles: TilePainter, room: QRect, picture: Picture, ratio: float) -> None:
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


def _ids(pictures: tuple[Picture, ...]) -> set[str]:
    return {picture.id for picture in pictures}


def _parts(room: QRect, count: int) -> tuple[QRect, ...]:
    """``room`` in equal parts for so many, as square as can be."""
    across = ceil(sqrt(count)) or 1
    width_px, height_px = room.width() // across, room.height() // max(1, -(-count // across))
    places = (divmod(number, across) for number in range(count))
    return tuple(
        QRect(room.left() + column * width_px, room.top() + row * height_px, width_px, height_px).adjusted(
            0, 0, -GAP_PX if count > 1 else 0, -GAP_PX if count > across else 0
        )
        for row, column in places
    )
