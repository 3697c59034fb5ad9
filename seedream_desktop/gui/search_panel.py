"""What stands below the search field: what could be typed, and a sentence on what is not understood.

The focus stays in the field, so that an input method goes on; the field hands the keys over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import draw_panel
from seedream_desktop.gui.search_words import kind_words, operator_words
from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from seedream_desktop.library.suggestions import Suggestion

WIDTH_PX = 340
_ROW_PX = 28
_ROWS = 9
_BESIDE = int(Qt.ItemDataRole.UserRole) + 1


class SearchPanel(QFrame):
    """A list, and a line of words; each only where there is something to say."""

    chosen = Signal(int)  # the place of a suggestion

    def __init__(self, field: QWidget) -> None:
        """Stand below ``field``, over everything else in its window."""
        super().__init__(field.window())
        self._field = field
        self.list = QListWidget()
        self._note = Label()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget { background: transparent; }")
        self.list.setItemDelegate(_Rows(self.list))
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self._note.setWordWrap(True)
        self._note.setFont(caption_font())
        self._note.setContentsMargins(SPACE_PX, GAP_PX, SPACE_PX, GAP_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self._note)
        self.hide()

    @property
    def row(self) -> int:
        """The suggestion that is chosen so far, -1 for none."""
        return self.list.currentRow() if self.isVisible() else -1

    @property
    def offers(self) -> bool:
        """Whether there is something to choose."""
        return self.isVisible() and self.list.count() > 0

    @property
    def note(self) -> str:
        """The sentence that is shown."""
        return self._note.text() if self.isVisible() else ""

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these; none is chosen yet."""
        self.list.clear()
        for one in suggestions:
            item = QListWidgetItem(one.value or one.words, self.list)
            count = words.number(one.count) if one.count >= 0 else ""
            kind = kind_words(one.kind) if one.value else operator_words(one.kind)
            item.setData(_BESIDE, (kind, count))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {kind}")
        self.list.setCurrentRow(-1)
        self.fit()

    def show_note(self, text: str) -> None:
        """Say what is not understood; empty: everything is."""
        self._note.setText(text)
        self.fit()

    def step(self, by: int) -> None:
        """Choose another one; before the first and after the last is none."""
        count = self.list.count()
        row = (self.list.currentRow() + 1 + by) % (count + 1) - 1
        self.list.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised panel with an outline."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.raised, colours.outline)

    def fit(self) -> None:
        """Stand below the field as it is now, as high as what there is to say."""
        count = self.list.count()
        self.list.setVisible(count > 0)
        self._note.setVisible(bool(self._note.text()))
        if not count and not self._note.text():
            self.hide()
            return
        self.list.setFixedHeight(_ROW_PX * min(count, _ROWS))
        window = self.window()
        width_px = min(max(WIDTH_PX, self._field.width()), window.width() - 2 * SPACE_PX)
        self.setFixedWidth(width_px)
        note_px = self._note.heightForWidth(width_px - 2 * GAP_PX) if self._note.text() else 0
        list_px = self.list.height() if count else 0
        self.resize(width_px, list_px + note_px + 2 * GAP_PX)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + GAP_PX))
        left_px = max(SPACE_PX, min(corner.x(), window.width() - width_px - SPACE_PX))
        self.move(left_px, corner.y())
        self.show()
        self.raise_()


class _Rows(QStyledItemDelegate):
    """What is typed, what it is, and how many pictures have it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """High enough to be hit."""
        return QSize(0, max(_ROW_PX, option.fontMetrics.height() + SPACE_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        view = option.widget
        colours = colours_of(QApplication.palette())  # the list's own is transparent, which looks dark
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        is_chosen = isinstance(view, QListWidget) and view.currentRow() == index.row()
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.fill))
            painter.drawRoundedRect(row, CORNER_PX - 2, CORNER_PX - 2)
        inner = row.adjusted(SPACE_PX, 0, -SPACE_PX, 0)
        kind, count = index.data(_BESIDE)
        painter.setPen(QColor(colours.on_fill if is_chosen else colours.dim))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        beside = "   ".join(filter(None, (kind, count)))
        beside = option.fontMetrics.elidedText(beside, Qt.TextElideMode.ElideRight, inner.width() * 2 // 3)
        painter.drawText(inner, right, beside)
        inner.setRight(inner.right() - option.fontMetrics.horizontalAdvance(beside) - SPACE_PX)
        painter.setPen(QColor(colours.on_fill if is_chosen else colours.text))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
