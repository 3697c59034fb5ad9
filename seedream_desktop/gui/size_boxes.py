"""The shapes to choose from: a combo box drawn as a grid of boxes, each with its shape and its ratio."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolTip

from seedream_desktop.gui import words
from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, Colours, caption_font, colours_of, text_scale

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model

MODEL_PICKS = ""
EXACT_PIXELS = "pixels"
_COLUMNS = 5  # at least, in two rows
_BOX_HEIGHT_PX = 52
_SHAPE_AREA_PX = 264
_WORDS_INSET_PX = 2
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class SizeBoxes(QComboBox):
    """One control of equal boxes; to a keyboard and a screen reader it is a combo box of ratios."""

    shape_chosen = Signal(str)  # "16:9", MODEL_PICKS or EXACT_PIXELS

    def __init__(self) -> None:
        """Start without boxes; ``load`` gives it those of a model."""
        super().__init__()
        self._hovered = -1
        self._is_loading = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self._on_current_index_changed)

    def load(self, model: Model, shape: str) -> None:
        """Offer what ``model`` takes, with ``shape`` selected."""
        shapes = _shapes(model)
        self._is_loading = True
        if shapes != tuple(self.itemData(row) for row in range(self.count())):
            self.clear()
            for one in shapes:
                self.addItem(self._words_for(one, model), one)
            self.updateGeometry()
        self.setCurrentIndex(shapes.index(shape) if shape in shapes else -1)
        self._write_tips(model)
        self._is_loading = False
        self.update()

    def box(self, row: int) -> QRect:
        """Where the box of an item lies."""
        columns = self._columns()
        width_px = (self.width() - (columns - 1) * GAP_PX) / columns
        left = (row % columns) * (width_px + GAP_PX)
        height_px = self._box_height_px()
        return QRect(round(left), row // columns * (height_px + GAP_PX), round(width_px), height_px)

    def sizeHint(self) -> QSize:
        """Rows of boxes."""
        rows = max(1, -(-self.count() // self._columns()))
        height_px = rows * self._box_height_px() + (rows - 1) * GAP_PX
        return QSize(self._columns() * _BOX_HEIGHT_PX, height_px)

    def minimumSizeHint(self) -> QSize:
        """The boxes may become narrow, not low."""
        return QSize(self._columns() * (_BOX_HEIGHT_PX // 2), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap may need higher boxes."""
        super().resizeEvent(event)
        self.updateGeometry()

    def showPopup(self) -> None:
        """Everything is in view already."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the box."""
        row = self._row_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the box under the pointer."""
        self._hover(self._row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel, not the choice."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from box to box."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row = self.currentIndex() + step[0] + step[1] * self._columns()
        if 0 <= row < self.count():
            self.setCurrentIndex(row)

    def event(self, event: QEvent) -> bool:
        """Each box has a tooltip of its own."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            QToolTip.showText(event.globalPos(), self.itemData(row, Qt.ItemDataRole.ToolTipRole) or "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(caption_font())
            colours = colours_of(self.palette())
            for row in range(self.count()):
                self._paint_ground(painter, row, colours)
                self._paint_box(painter, row, colours)

    def _paint_ground(self, painter: QPainter, row: int, colours: Colours) -> None:
        is_current, has_ring = row == self.currentIndex(), self.hasFocus() and row == self.currentIndex()
        edge = QRectF(self.box(row)).adjusted(0.5, 0.5, -0.5, -0.5)
        if is_current:
            painter.setPen(QPen(QColor(colours.accent), 2 if has_ring else 1))
            painter.setBrush(QColor(colours.selected))
        elif row == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
        else:
            return
        painter.drawRoundedRect(edge, CORNER_PX, CORNER_PX)

    def _paint_box(self, painter: QPainter, row: int, colours: Colours) -> None:
        box, shape = self.box(row), self.itemData(row)
        colour = QColor(colours.text if row == self.currentIndex() else colours.dim)
        painter.setPen(colour)
        if ":" not in shape:
            flags, inset = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _WORDS_INSET_PX
            painter.drawText(
                QRectF(box).adjusted(inset, inset, -inset, -inset),
                flags,
                words.with_its_digit(self.itemText(row)),
            )
            return
        text_px = painter.fontMetrics().height()
        ratio = box.adjusted(0, 0, 0, -5)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(ratio, flags, self.itemText(row))
        painter.setPen(QPen(colour, 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        drawn = _outline(shape)
        centre = QPointF(box.center().x() + 0.5, box.top() + (box.height() - text_px - 4) / 2 + 0.5)
        drawn.moveCenter(centre)
        painter.drawRoundedRect(drawn, 1.5, 1.5)

    def _words_for(self, shape: str, model: Model) -> str:
        if shape == EXACT_PIXELS:
            return self.tr("exact pixels")
        if shape == MODEL_PICKS and "adaptive" in model.presets:
            return self.tr("as image 1")
        return shape or self.tr("model picks")

    def _write_tips(self, model: Model) -> None:
        for row in range(self.count()):
            shape = self.itemData(row)
            self.setItemText(row, self._words_for(shape, model))
            sizes = (named.size for named in model.sizes if named.ratio == shape)
            listed = "\n".join(words.pixels(size.width_px, size.height_px) for size in sizes)
            tip = f"{shape}\n{listed}" if listed else self._tip_for(shape)
            self.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)

    def _tip_for(self, shape: str) -> str:
        if shape == EXACT_PIXELS:
            return self.tr("Set width and height yourself")
        return self.tr("The model picks the shape from the prompt and the references")

    def _on_current_index_changed(self, row: int) -> None:
        if not self._is_loading and row >= 0:
            self.shape_chosen.emit(self.itemData(row))

    def _box_height_px(self) -> int:
        """High enough for a shape and its ratio, and for the words of the boxes that have no shape."""
        columns = self._columns()
        width_px = (self.width() - (columns - 1) * GAP_PX) // columns - 2 * _WORDS_INSET_PX
        room, flags = QRect(0, 0, max(1, width_px), 1000), int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(caption_font())
        texts = (self.itemText(row) for row in range(self.count()) if ":" not in self.itemData(row))
        highest = max((metrics.boundingRect(room, flags, text).height() for text in texts), default=0)
        return max(round(_BOX_HEIGHT_PX * max(1.0, text_scale())), highest + 2 * _WORDS_INSET_PX)

    def _columns(self) -> int:
        return max(_COLUMNS, -(-self.count() // 2))

    def _row_at(self, position: QPoint) -> int:
        hits = (row for row in range(self.count()) if self.box(row).contains(position))
        return next(hits, -1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.update()


def _shapes(model: Model) -> tuple[str, ...]:
    """Lying shapes in the first row, upright ones below, *model picks* and *exact pixels* at its ends."""
    ratios = model.ratios()
    lying = tuple(ratio for ratio in ratios if _aspect(ratio) >= 1)
    upright = tuple(ratio for ratio in ratios if _aspect(ratio) < 1)
    picks = (MODEL_PICKS,) if model.presets else ()
    return (*lying, *picks, *upright, EXACT_PIXELS) if ratios else picks


def _aspect(ratio: str) -> float:
    width, height = ratio.split(":")
    return float(width) / float(height)


def _outline(ratio: str) -> QRectF:
    aspect, area = _aspect(ratio), _SHAPE_AREA_PX * max(1.0, text_scale()) ** 2
    return QRectF(0, 0, round(sqrt(area * aspect)), round(sqrt(area / aspect)))
