"""What stands below the search field: what could be typed, and a sentence on what is not understood.

The focus stays in the field, so that an input method goes on; the field hands the keys over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.beside_rows import BESIDE_ROLE, ROW_PX, RowList
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import draw_panel
from seedream_desktop.gui.search_words import kind_words, operator_words
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedream_desktop.library.suggestions import Suggestion

WIDTH_PX = 340
_ROWS = 9


class SearchPanel(QFrame):
    """A list, and a line of words; each only where there is something to say."""

    chosen = Signal(int)  # the place of a suggestion

    def __init__(self, field: QWidget) -> None:
        """Stand below ``field``, over everything else in its window."""
        super().__init__(field.window())
        self._field = field
        self.list, self._note = RowList(), Label()
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
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
            item.setData(BESIDE_ROLE, (kind, count))
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
        self.list.setFixedHeight(ROW_PX * min(count, _ROWS))
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
