"""What there is to say about a size: what changed it, why it is not taken, and that it may be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.sizes import alternatives, size_fault, size_is_disputed
from seedream_desktop.gui import size_words
from seedream_desktop.gui.flow_layout import FlowLayout
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import GAP_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.generation.adjusting import Adjustment
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.request import Size

_ALTERNATIVES = 2  # the table's and the scaled one


class SizeNotes(QWidget):
    """Lines below a size, each there only while it says something, and the legal sizes nearest to it."""

    size_chosen = Signal(object)  # Size: one of the alternatives

    def __init__(self) -> None:
        """Start with nothing to say."""
        super().__init__()
        self._offered: tuple[Size, ...] = ()
        self._told, self._why, self._dispute = Label(), Label(), Label()
        self.uses = tuple(QPushButton() for _ in range(_ALTERNATIVES))
        self._build()
        self.hide()

    def show_notes(self, size: Size | None, model: Model, told: tuple[Adjustment, ...]) -> None:
        """Say what there is to say about ``size`` and about what the last change altered."""
        fault = size_fault(size, model) if size is not None else None
        is_disputed = size_is_disputed(size, model)
        self._offer(alternatives(size, model) if size is not None else (), model)
        if not (told or fault or is_disputed):
            self.hide()
            return
        changes = (size_words.adjusted(one, model) for one in told)
        self._write(self._told, "\n".join(change for change in changes if change))
        self._write(self._why, size_words.why_illegal(fault, model) if fault is not None else "")
        self._write(self._dispute, size_words.may_be_refused(model) if is_disputed else "")
        lines = (self._told, self._why, self._dispute)
        self.setHidden(all(line.isHidden() for line in lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for line in (self._told, self._why, self._dispute):
                line.setFont(caption_font())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for line in (self._told, self._why, self._dispute):
            line.setFont(caption_font())
            line.setWordWrap(True)
            line.setProperty("tone", "amber")
        row = FlowLayout(GAP_PX)
        for place, button in enumerate(self.uses):
            button.hide()
            button.clicked.connect(lambda _, place=place: self.size_chosen.emit(self._offered[place]))
            row.addWidget(button)
        column.addWidget(self._told)
        column.addWidget(self._why)
        column.addLayout(row)
        column.addWidget(self._dispute)

    def _offer(self, offered: tuple[Size, ...], model: Model) -> None:
        self._offered = offered
        for place, button in enumerate(self.uses):
            button.setHidden(place >= len(offered))
            button.setAccessibleName(self.tr("Use a size that fits"))
            if place < len(offered):
                size = offered[place]
                button.setText(self.tr("Use {size}").format(size=size_words.size_name(size)))
                button.setAccessibleName(button.text())
                is_listed = model.named(size) is not None
                button.setToolTip(self._from_the_table() if is_listed else self._scaled())

    def _from_the_table(self) -> str:
        return self.tr("The size that the model's own table has for this shape")

    def _scaled(self) -> str:
        return self.tr("Your shape, scaled until it fits")

    def _write(self, line: QLabel, text: str) -> None:
        line.setText(text)
        line.setHidden(not text)
