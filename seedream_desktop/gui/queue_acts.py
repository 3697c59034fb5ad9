"""The buttons of the queue's rows: real ones, for the rows in view only, each bound to its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import TIP_CHARACTERS
from seedream_desktop.gui.queue_words import act_words
from seedream_desktop.gui.theme import SPACE_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.gui.queue_rows import Act, QueueRow

COMPACT_STYLE = "QPushButton { min-height: 16px; padding: 3px 8px; }"


class RowActs(QWidget):
    """The buttons of one row. They stay with it wherever it moves, so that a press never hits another job."""

    act_requested = Signal(object, object)  # QueueRow, Act

    def __init__(self, row: QueueRow, parent: QWidget) -> None:
        """Offer what can be done about ``row``."""
        super().__init__(parent)
        self._row = row
        self._buttons: dict[Act, QPushButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE_PX)
        self.show_row(row)

    def show_row(self, row: QueueRow) -> None:
        """Offer what can be done now; a button that stays the same keeps the focus."""
        self._row = row
        for act in tuple(self._buttons):
            if act not in row.acts:
                button = self._buttons.pop(act)
                self._line.removeWidget(button)
                button.hide()
                button.deleteLater()
        for place, act in enumerate(row.acts):
            if act not in self._buttons:
                self._buttons[act] = self._button(act)
                self._line.insertWidget(place, self._buttons[act])
                self._buttons[act].show()  # at once, so that the room it needs is known
            self._write(act)

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        for button in tuple(self._buttons.values())[:1]:
            button.setFocus()

    def button(self, act: Act) -> QPushButton | None:
        """The button of ``act``, None while it is not offered."""
        return self._buttons.get(act)

    def place(self, row: QRect) -> None:
        """Stand at the end of the foot of ``row``, given in the parent's coordinates."""
        size = self._line.sizeHint()
        self.setGeometry(row.right() + 1 - size.width(), row.bottom() + 1 - size.height(), *size.toTuple())

    def _button(self, act: Act) -> QPushButton:
        button = QPushButton(self)
        button.setFont(caption_font())
        button.setStyleSheet(COMPACT_STYLE)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.act_requested.emit(self._row, act))
        return button

    def _write(self, act: Act) -> None:
        button = self._buttons[act]
        text, hint = act_words(act, self._row)
        button.setText(text)
        button.setAccessibleName(text)
        button.setAccessibleDescription(plain(self._row.job.request.prompt, TIP_CHARACTERS))
        button.setToolTip(hint)
