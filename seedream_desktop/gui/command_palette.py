"""One field for everything that can be done, over the window: type, arrows, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.beside_rows import BESIDE_ROLE, ROW_PX, RowList
from seedream_desktop.gui.command_offers import Offer, ranked
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX

WIDTH_PX = 560
SHOWN_MOST = 200  # rows: nobody reads more, and typing finds the rest
_ROWS = 11
_LONGEST = 200  # characters that are typed
_SEARCH = ""  # the id of the row that looks for pictures
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class CommandPalette(Popup):
    """The focus stays in the field; what is chosen is done once it is closed."""

    chosen = Signal(str)  # id of an offer
    searched = Signal(str)  # pictures shall be looked for
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Offer nothing yet."""
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()
        self._recent: tuple[str, ...] = ()
        self.field, self.list = QLineEdit(), RowList()
        self.setFixedWidth(WIDTH_PX)
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(False)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.field.textChanged.connect(lambda _: self._list_offers())
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._choose())
        self.list.currentRowChanged.connect(lambda _: self._tell())

    def open_over(self, window: QWidget, offers: Sequence[Offer], recent: Sequence[str]) -> None:
        """Open below the upper edge of ``window``, what was chosen lately first."""
        self._recent = tuple(recent)
        self._write_words()
        self.field.clear()
        self.show_offers(offers)
        self.setFixedWidth(min(WIDTH_PX, window.width() - 2 * EDGE_PX))
        left_px = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(left_px, 4 * GROUP_PX)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these from now on; what is typed stays, and what is chosen does while it is there."""
        held = self._id(self.list.currentRow())
        self._offers = tuple(offers)
        self._list_offers()
        rows = (row for row in range(self.list.count()) if held and self._id(row) == held)
        self.list.setCurrentRow(next(rows, self._first_row()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field's keys that are the list's."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if step := _STEPS.get(key):
            self._step(step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            pass  # there is nowhere else to go
        else:
            return super().eventFilter(watched, event)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nothing is offered any more."""
        super().hideEvent(event)
        self.closed.emit()

    def _write_words(self) -> None:
        name = self.tr("Commands, boards, saved searches and presets")
        self.setAccessibleName(name)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(self.tr("Find a command, a board, a saved search or a preset"))
        self.list.setAccessibleName(self.tr("What is found"))

    def _list_offers(self) -> None:
        typed = self.field.text().strip()
        found = [*ranked(self._offers, typed, self._recent)[:SHOWN_MOST]]
        if typed:
            words = self.tr("Search pictures for “{words}”").format(words=plain(typed, LABEL_CHARACTERS))
            found.append(Offer(_SEARCH, words))
        self.list.clear()
        for offer in found:
            item = QListWidgetItem(offer.words, self.list)
            item.setData(BESIDE_ROLE, (offer.beside, offer.keys))
            item.setData(Qt.ItemDataRole.UserRole, offer.id)
            spoken = ", ".join(filter(None, (offer.words, offer.beside, offer.keys)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.list.setFixedHeight(ROW_PX * max(1, min(len(found), _ROWS)))
        self.list.setCurrentRow(self._first_row())
        self.adjustSize()

    def _first_row(self) -> int:
        """What Enter means at first: where nothing was typed nothing, as the first may cost money."""
        return 0 if self.field.text().strip() else -1

    def _step(self, by: int) -> None:
        """By one it goes round, by a page it stops at the ends."""
        held, count = self.list.currentRow(), self.list.count()
        row = max(held, 0 if by < 0 else -1) + by
        self.list.setCurrentRow(row % max(1, count) if abs(by) == 1 else max(0, min(row, count - 1)))

    def _id(self, row: int) -> str:
        known = 0 <= row < self.list.count()
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) if known else ""

    def _choose(self) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        offer_id, typed = self._id(row), self.field.text().strip()
        self.close()
        if offer_id == _SEARCH:
            self.searched.emit(typed)
        else:
            self.chosen.emit(offer_id)

    def _tell(self) -> None:
        """Have a screen reader say what would be done: the focus is in the field."""
        row = self.list.currentRow()
        spoken = str(self.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) if row >= 0 else ""
        if spoken != self.field.accessibleDescription():
            self.field.setAccessibleDescription(spoken)
            event = QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
