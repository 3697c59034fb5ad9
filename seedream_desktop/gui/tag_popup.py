"""The tags of what is selected: added and taken away, on many pictures at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QItemDelegate,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QWidget,
)

from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import caption_font, colours_of

_LONGEST = 60  # characters
_ROWS = 8
_SHOWN_MOST = 200
_ROW_PX = 26
_BOX_PX = 14
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tagging:
    """Which pictures are tagged, what they have and what there is."""

    ids: tuple[str, ...]
    counts: dict[str, int]  # of these pictures have the tag
    known: tuple[str, ...]  # in the library, the most used first


class TagPopup(Popup):
    """A field that finds or makes a tag, and below it every tag with a box: on all, on some, on none."""

    tag_changed = Signal(object, str, bool)  # tuple[str, ...] picture ids, tag, whether they have it now

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._tagging = Tagging((), {}, ())
        self._title, self.field, self._note = Label(), QLineEdit(), Label()
        self.list = QListWidget()
        self.field.setMaxLength(_LONGEST)
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Boxes(self.list))
        self.list.setStyleSheet("QListWidget { background: transparent; }")
        for part in (self._title, self.field, self.list, self._note):
            self.column.addWidget(part)
        self.field.textChanged.connect(lambda _: self._show_tags())
        self.field.installEventFilter(self)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.itemActivated.connect(self._toggle)

    def show_tags(self, tagging: Tagging, over: QWidget) -> None:
        """Open for these pictures."""
        self._tagging = tagging
        count = words.pictures(len(tagging.ids))
        self._title.setText(self.tr("Tags of {pictures}").format(pictures=count))
        self.setAccessibleName(self._title.text())
        self.field.setPlaceholderText(self.tr("Find or add a tag"))
        self.field.setAccessibleName(self.tr("Find or add a tag"))
        self.list.setAccessibleName(self.tr("Tags"))
        self._note.setText(self.tr("Enter adds, Esc closes."))
        self.field.clear()
        self._show_tags()
        self.pop_up(over)
        self.field.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """In the field, the arrow leads into the list and Enter adds."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._add()
            return True
        if event.key() == Qt.Key.Key_Down and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
            return True
        return False

    def _add(self) -> None:
        """What was typed; or the only tag that it can mean."""
        typed = " ".join(self.field.text().split())
        if not typed:
            self.close()
            return
        shown = [self.list.item(row).text() for row in range(self.list.count())]
        tag = next((one for one in shown if one.casefold() == typed.casefold()), typed)
        self._set(tag, has_it=True)
        self.field.clear()  # shows all again, the new one among them

    def _toggle(self, item: QListWidgetItem) -> None:
        is_on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        """The rows stay where they are under the pointer."""
        self._set(item.text(), has_it=item.checkState() == Qt.CheckState.Checked)

    def _set(self, tag: str, *, has_it: bool) -> None:
        counts = {**self._tagging.counts, tag: len(self._tagging.ids) if has_it else 0}
        known = self._tagging.known if tag in self._tagging.known else (tag, *self._tagging.known)
        self._tagging = Tagging(self._tagging.ids, counts, known)
        self.tag_changed.emit(self._tagging.ids, tag, has_it)

    def _show_tags(self) -> None:
        """Those that the pictures have first, then the others; only those with what is typed in them."""
        tagging, typed = self._tagging, self.field.text().strip().casefold()
        theirs = sorted(tag for tag, count in tagging.counts.items() if count)
        others = (tag for tag in tagging.known if not tagging.counts.get(tag))
        tags = [tag for tag in (*theirs, *others) if typed in tag.casefold()][:_SHOWN_MOST]
        current = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for tag in tags:
            item = QListWidgetItem(tag, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(self._state_of(tag))
        self.list.setCurrentRow(min(current, len(tags) - 1))
        self.list.blockSignals(False)
        row_px = self.list.sizeHintForRow(0) if tags else 0
        self.list.setFixedHeight(row_px * min(len(tags), _ROWS) + 2)
        self.list.setVisible(bool(tags))
        self.adjustSize()

    def _state_of(self, tag: str) -> Qt.CheckState:
        count = self._tagging.counts.get(tag, 0)
        if not count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == len(self._tagging.ids) else Qt.CheckState.PartiallyChecked


class _Boxes(QItemDelegate):
    """Rows with a box in the theme's colours: empty, with a dash for some, with a tick for all."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough to be hit."""
        return QSize(super().sizeHint(option, index).width(), _ROW_PX)

    def drawCheck(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, state: Qt.CheckState
    ) -> None:
        """Draw the box."""
        colours = colours_of(option.palette)
        box = QRectF(0, 0, _BOX_PX, _BOX_PX)
        box.moveCenter(QRectF(rect).center())
        is_empty = state == Qt.CheckState.Unchecked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.outline if is_empty else colours.fill), 1))
        painter.setBrush(QColor(colours.raised if is_empty else colours.fill))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(QColor(colours.on_fill), 2))
        middle = box.center()
        if state == Qt.CheckState.PartiallyChecked:
            painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0))
        elif not is_empty:
            tick = (middle + QPointF(-3, 0), middle + QPointF(-1, 2.5), middle + QPointF(3.5, -2.5))
            painter.drawPolyline(QPolygonF(tick))
        painter.restore()
