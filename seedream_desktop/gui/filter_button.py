"""The button in the header that opens the filter bar, with how many filters there are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from seedream_desktop.gui import words
from seedream_desktop.gui.controls import tint
from seedream_desktop.gui.icons import ICON_PX, icon
from seedream_desktop.gui.theme import colours_of


class FilterButton(QToolButton):
    """Stays pressed while the bar is open."""

    def __init__(self) -> None:
        """Start without filters, the bar closed."""
        super().__init__()
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Say how many filters there are."""
        self._count = count
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if count else style.ToolButtonIconOnly)
        self.setText(words.number(count) if count else "")
        name = self.tr("Filters")
        if count:
            name = self.tr("Filters: {count}").format(count=words.number(count))
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Filter by stars, model, tags, date, shape, colour and board"))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_count(self._count)
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        colours = colours_of(QApplication.palette())
        colour = colours.accent if self._count else colours.dim
        self.setIcon(icon("filter", colour))
        tint(self, colour)
