"""The tags of what is selected: added and taken away, on many pictures at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QApplication,
    QItemDelegate,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
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
    recent: tuple[str, ...] = ()  # given or taken away lately, the last one first


class TagPopup(Popup):
    """A field that finds or makes a tag, and below it every tag with a box: on all, on some, on none."""

    tag_changed = Signal(object, str, bool)  # tuple[str, ...] picture ids, tag, whether they have it now
    tag_renamed = Signal(str, str)  # tag, its name from now on: on every picture of the library

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._tagging = Tagging((), {}, ())
        self._renamed = ""  # the tag that gets another name; empty: none
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
        self.field.textChanged.connect(lambda _: self._on_text_changed())
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.itemActivated.connect(self._toggle)

    def show_tags(self, tagging: Tagging, over: QWidget) -> None:
        """Open for these pictures."""
        self._tagging = tagging
        self.list.setAccessibleName(self.tr("Tags"))
        self._end_renaming()
        self.pop_up(over)
        self.field.setFocus()

    def start_renaming(self, tag: str) -> None:
        """Ask for another name of a tag, on every picture that has it."""
        self._renamed = tag
        self._title.setText(self.tr("Rename the tag {tag} everywhere").format(tag=tag))
        self.field.setPlaceholderText(self.tr("New name of the tag"))
        self.field.setAccessibleName(self.tr("New name of the tag"))
        self.list.hide()
        self.field.setText(tag)
        self.field.selectAll()
        self.field.setFocus()
        self._on_text_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a name that is being written, then the panel."""
        if event.key() == Qt.Key.Key_Escape and self._renamed:
            self._end_renaming()
        else:
            super().keyPressEvent(event)

    def _end_renaming(self) -> None:
        self._renamed = ""
        count = words.pictures(len(self._tagging.ids))
        self._title.setText(self.tr("Tags of {pictures}").format(pictures=count))
        self.setAccessibleName(self._title.text())
        self.field.setPlaceholderText(self.tr("Find or add a tag"))
        self.field.setAccessibleName(self.tr("Find or add a tag"))
        self._note.setText(
            self.tr("Enter adds, Tab completes, F2 in the list renames a tag everywhere, Esc closes.")
        )
        self.field.clear()
        self._show_tags()

    def _rename(self) -> None:
        name = " ".join(self.field.text().split())
        tag = self._renamed
        self.close()
        if name and name != tag:
            self.tag_renamed.emit(tag, name)

    def _on_text_changed(self) -> None:
        if not self._renamed:
            self._show_tags()
            return
        name = " ".join(self.field.text().split())
        is_known = name != self._renamed and name in self._tagging.known
        merged = self.tr("There is a tag {name} already: the two become one. It can be undone.")
        self._note.setText(
            merged.format(name=name)
            if is_known
            else self.tr("Enter renames it on every picture of the library. It can be undone.")
        )
        self.adjustSize()

    def _on_menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is not None:
            menu, tag = QMenu(self), item.text()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("Rename everywhere…"), lambda: self.start_renaming(tag))
            menu.popup(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, the arrow leads into the list, Tab completes, Enter adds; in the list F2 renames."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.list:
            item = self.list.currentItem()
            if event.key() == Qt.Key.Key_F2 and item is not None:
                self.start_renaming(item.text())
                return True
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._rename() if self._renamed else self._add()
            return True
        if self._renamed:
            return False
        if event.key() == Qt.Key.Key_Tab and self.field.text().strip():
            return self._complete()
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

    def _complete(self) -> bool:
        """Write the first tag out that begins like what was typed."""
        typed = self.field.text().strip().casefold()
        shown = (self.list.item(row).text() for row in range(self.list.count()))
        found = next((tag for tag in shown if tag.casefold().startswith(typed)), "")
        if found:
            self.field.setText(found)
        return bool(found)

    def _toggle(self, item: QListWidgetItem) -> None:
        is_on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        """The rows stay where they are under the pointer."""
        self._set(item.text(), has_it=item.checkState() == Qt.CheckState.Checked)

    def _set(self, tag: str, *, has_it: bool) -> None:
        counts = {**self._tagging.counts, tag: len(self._tagging.ids) if has_it else 0}
        known = self._tagging.known if tag in self._tagging.known else (tag, *self._tagging.known)
        self._tagging = Tagging(self._tagging.ids, counts, known, self._tagging.recent)
        self.tag_changed.emit(self._tagging.ids, tag, has_it)

    def _show_tags(self) -> None:
        """Those that the pictures have first, then those used lately, then the others.

        Only those with what is typed in them, and the ones that begin with it before the rest.
        """
        tagging, typed = self._tagging, self.field.text().strip().casefold()
        theirs = sorted(tag for tag, count in tagging.counts.items() if count)
        every = dict.fromkeys(
            (*theirs, *(tag for tag in tagging.recent if tag in tagging.known), *tagging.known)
        )
        found = [tag for tag in every if typed in tag.casefold()]
        tags = sorted(found, key=lambda tag: not tag.casefold().startswith(typed))[:_SHOWN_MOST]
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
        self, painter: QPainter, _option: QStyleOptionViewItem, rect: QRect, state: Qt.CheckState
    ) -> None:
        """Draw the box."""
        colours = colours_of(QApplication.palette())  # the list's own is transparent, which looks dark
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
