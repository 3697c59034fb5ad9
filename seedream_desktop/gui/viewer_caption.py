"""The line below the viewer's canvas: the prompt, the stars, and whether it was rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.star_row import StarRow
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, colours_of

if TYPE_CHECKING:
    from seedream_desktop.library.values import Picture


class ViewerCaption(QWidget):
    """Lies on the same ground as the canvas."""

    rating_requested = Signal(int)  # 0 to 5

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self._prompt, self._rejected, self._stars = ElidedLabel(), Label(), StarRow()
        set_tone(self._prompt, "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, SPACE_PX, EDGE_PX, SPACE_PX)
        row.setSpacing(GROUP_PX)
        row.addWidget(self._prompt)
        row.addStretch(1)
        row.addWidget(self._rejected)
        row.addWidget(self._stars)
        self._stars.rating_requested.connect(self.rating_requested)
        self._write_words()
        self.show_picture(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _write_words(self) -> None:
        rejected = self.tr("Rejected")
        self._rejected.setText(f"✕ {rejected}")

    def show_picture(self, picture: Picture | None) -> None:
        """Show what ``picture`` was asked for with, and how it is rated; None: nothing."""
        self._prompt.show_text(picture.prompt if picture is not None else "")
        self._rejected.setVisible(picture is not None and picture.rejected)
        self._stars.setVisible(picture is not None)
        self._stars.show_rating(picture.rating if picture is not None else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).canvas))
