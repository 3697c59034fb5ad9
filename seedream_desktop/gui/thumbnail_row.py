"""Small pictures under a caption: what a picture was made from, what it led to, and what came with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.flow_layout import FlowLayout
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.theme import (
    GAP_PX,
    SCRIM_OPACITY,
    TILE_CORNER_PX,
    caption_font,
    colours_of,
)

if TYPE_CHECKING:
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

TILE_PX = 56
SHOWN_MOST = 20
_GAP_PX = 7  # five tiles in a row are flush at both ends
_SIGN_PX = 20


@dataclass(frozen=True, slots=True)
class Relative:
    """A picture that another one is related to."""

    sha256: str
    name: str
    path_of: Callable[[], Path]  # blocks; may raise ProblemError when it is gone
    number: int = 0  # 0: without a number
    picture_id: str = ""  # empty: it is no picture of the library, and leads to what was made with it
    is_shown: bool = False  # it is the one that the details are about

    @property
    def key(self) -> tuple[str, str, str, int, bool]:
        """What it looks like and leads to."""
        return (self.sha256, self.name, self.picture_id, self.number, self.is_shown)


class ThumbnailTile(QAbstractButton):
    """One of them; a press wishes to see it, or what was made with it where it is no picture of its own."""

    made_with_requested = Signal()
    drag_requested = Signal()

    def __init__(self, relative: Relative, thumbnails: ThumbnailCache) -> None:
        """Show ``relative``."""
        super().__init__()
        self.relative = relative
        self._thumbnails = thumbnails
        self._pressed: QPoint | None = None  # where a drag out may begin
        self.setFixedSize(TILE_PX, TILE_PX)
        self.setAccessibleName(relative.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tip = self.tr("{name}\nGo to it") if relative.picture_id else self.tr("{name}\nShow what it led to")
        self.setToolTip(plain_tip(tip.format(name=relative.name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a picture of the library; a reference that is none stays here."""
        super().mousePressEvent(event)
        is_held = event.button() is Qt.MouseButton.LeftButton and bool(self.relative.picture_id)
        self._pressed = event.position().toPoint() if is_held else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it out; then it is not pressed any more."""
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
        elif (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self.drag_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer both ways that lead from it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.relative.picture_id:
            menu.addAction(self.tr("Go to it"), self.click)
        menu.addAction(self.tr("Everything made with this picture"), self.made_with_requested.emit)
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw picture, number and ring."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            cell = QRectF(self.rect())
            shape = QPainterPath()
            shape.addRoundedRect(cell, TILE_CORNER_PX, TILE_CORNER_PX)
            painter.fillPath(shape, QColor(colours.hairline))
            pixmap = self._pixmap(painter.device().devicePixelRatio())
            if pixmap is not None:
                painter.setClipPath(shape)
                painter.drawPixmap(cell, pixmap, QRectF(_square_of(pixmap)))
                painter.setClipping(False)
            elif self._is_gone():
                sign = icon_pixmap("warning", colours.amber, _SIGN_PX, painter.device().devicePixelRatio())
                painter.drawPixmap((TILE_PX - _SIGN_PX) // 2, (TILE_PX - _SIGN_PX) // 2, sign)
            if self.relative.number:
                self._paint_number(painter)
            if self.hasFocus() or self.underMouse() or self.relative.is_shown:
                is_lit = self.hasFocus() or self.relative.is_shown
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.accent if is_lit else colours.outline), 2))
                painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), TILE_CORNER_PX, TILE_CORNER_PX)
                if self.hasFocus() and self.relative.is_shown:
                    painter.setPen(QPen(QColor(colours.text), 1))
                    painter.drawRoundedRect(cell.adjusted(3.5, 3.5, -3.5, -3.5), 3, 3)

    def _pixmap(self, scale: float) -> QPixmap | None:
        side_px = round(2 * TILE_PX * scale)
        return self._thumbnails.pixmap(self.relative.sha256, self.relative.path_of, side_px)

    def _is_gone(self) -> bool:
        return self._thumbnails.has_failed(self.relative.sha256)

    def _paint_number(self, painter: QPainter) -> None:
        colours = colours_of(self.palette())
        number = str(self.relative.number)
        painter.setFont(caption_font())
        width_px = max(16, painter.fontMetrics().horizontalAdvance(number) + 8)
        box = QRectF(3, 3, width_px, painter.fontMetrics().height() + 1)
        scrim = QColor(colours.scrim)
        scrim.setAlphaF(SCRIM_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scrim)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(colours.on_scrim))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


class ThumbnailRow(QWidget):
    """A caption and tiles in as many rows as they need; hidden while there are none."""

    picture_requested = Signal(str)  # picture id
    made_with_requested = Signal(str)  # SHA-256 of a tile
    drag_requested = Signal(str)  # picture id: it is dragged out

    def __init__(self, thumbnails: ThumbnailCache, *, from_right: bool = False) -> None:
        """Start hidden."""
        super().__init__()
        self._thumbnails = thumbnails
        self._caption, self._rest = Label(), Label()
        self._tiles = QWidget()
        self._flow = FlowLayout(_GAP_PX, from_right=from_right)
        self._tiles.setLayout(self._flow)
        self.relatives: tuple[Relative, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        for label in (self._caption, self._rest):
            label.setFont(caption_font())
            label.setProperty("tone", "dim")
            label.setAlignment(side)
        column.addWidget(self._caption)
        column.addWidget(self._tiles, 1)
        column.addWidget(self._rest)
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)
        thumbnails.thumbnail_failed.connect(self._on_thumbnail)
        self.hide()

    @property
    def tiles(self) -> tuple[ThumbnailTile, ...]:
        """The tiles in their order."""
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, ThumbnailTile))

    def set_caption(self, words: str) -> None:
        """What stands above them."""
        self._caption.setText(words)
        self.setAccessibleName(words)

    def show_relatives(self, relatives: tuple[Relative, ...]) -> None:
        """Show these, the first twenty of them."""
        is_same = [one.key for one in relatives] == [one.key for one in self.relatives]
        self.relatives = relatives
        if is_same and relatives:
            return
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for relative in relatives[:SHOWN_MOST]:
            tile = ThumbnailTile(relative, self._thumbnails)
            tile.clicked.connect(self._on_clicked)
            tile.made_with_requested.connect(self._on_made_with_requested)
            tile.drag_requested.connect(self._on_drag_requested)
            self._flow.addWidget(tile)
        self.show_more(len(relatives) - SHOWN_MOST)
        self.setVisible(bool(relatives))

    def show_more(self, count: int) -> None:
        """Say how many there are beside those that are shown."""
        self._rest.setText(self.tr("and {count} more").format(count=words.number(count)))
        self._rest.setVisible(count > 0)

    def _on_clicked(self) -> None:
        tile = self.sender()
        if not isinstance(tile, ThumbnailTile):
            return
        if tile.relative.picture_id:
            self.picture_requested.emit(tile.relative.picture_id)
        else:
            self.made_with_requested.emit(tile.relative.sha256)

    def _on_made_with_requested(self) -> None:
        tile = self.sender()
        if isinstance(tile, ThumbnailTile):
            self.made_with_requested.emit(tile.relative.sha256)

    def _on_drag_requested(self) -> None:
        tile = self.sender()
        if isinstance(tile, ThumbnailTile):
            self.drag_requested.emit(tile.relative.picture_id)

    def _on_thumbnail(self, sha256: str) -> None:
        for tile in self.tiles:
            if tile.relative.sha256 == sha256:
                tile.update()


def _square_of(pixmap: QPixmap) -> QRect:
    side = min(pixmap.width(), pixmap.height())
    return QRect((pixmap.width() - side) // 2, (pixmap.height() - side) // 2, *QSize(side, side).toTuple())
