"""☰ and ◧: the menu, and the sidebar shown or hidden; in the sidebar, or in its place while it is hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, colours_of

BUTTON_PX = 28
_HEADER_PX = 44


class CornerButtons(QWidget):
    """Two buttons in a strip as high as the header."""

    menu_requested = Signal(QPoint)  # where its corner goes, on the screen
    sidebar_requested = Signal()  # to be hidden, or shown again

    def __init__(self, *, shows_sidebar: bool) -> None:
        """``shows_sidebar``: the sidebar is hidden, and ◧ brings it back."""
        super().__init__()
        self._shows_sidebar = shows_sidebar
        self._menu, self._sidebar = QToolButton(), QToolButton()
        self._menu.clicked.connect(self._on_menu)
        self._sidebar.clicked.connect(self.sidebar_requested)
        self.setFixedHeight(_HEADER_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(GROUP_PX, 0, 0 if shows_sidebar else GROUP_PX, 0)
        row.setSpacing(GAP_PX)
        for button in (self._menu, self._sidebar):
            button.setFixedSize(BUTTON_PX, BUTTON_PX)
            row.addWidget(button)
        if not shows_sidebar:
            row.addStretch()
        self._write_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def _write_words(self) -> None:
        dim = colours_of(self.palette()).dim
        sidebar = self.tr("Show the sidebar") if self._shows_sidebar else self.tr("Hide the sidebar")
        for button, name, words in (
            (self._menu, "menu", self.tr("Menu")),
            (self._sidebar, "sidebar", sidebar),
        ):
            button.setIcon(icon(name, dim))
            button.setAccessibleName(words)
            button.setToolTip(words)

    def _on_menu(self) -> None:
        self.menu_requested.emit(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))
