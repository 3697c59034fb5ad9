"""The button in the header that says how pictures lie beside each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from seedream_desktop.gui.icons import ICON_PX, icon
from seedream_desktop.gui.theme import colours_of
from seedream_desktop.settings import Arrangement

_ICONS = {
    Arrangement.WHOLE: "grid_whole",
    Arrangement.FILLED: "grid_filled",
    Arrangement.JUSTIFIED: "grid_justified",
}


class ArrangementChoice(QToolButton):
    """Shows the arrangement and offers the others."""

    arrangement_changed = Signal(object)  # Arrangement

    def __init__(self) -> None:
        """Whole pictures in even cells, until another one is shown."""
        super().__init__()
        self._shown = Arrangement.WHOLE
        self._acts: dict[Arrangement, QAction] = {}
        menu, group = QMenu(self), QActionGroup(self)
        for arrangement in Arrangement:
            act = self._acts[arrangement] = menu.addAction("")
            act.setCheckable(True)
            group.addAction(act)
            act.triggered.connect(lambda _checked, chosen=arrangement: self._choose(chosen))
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self._write_words()
        self.show_arrangement(Arrangement.WHOLE)

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """Show which one it is, without a signal."""
        self._shown = arrangement
        self._acts[arrangement].setChecked(True)
        words = self._acts[arrangement].text()
        self.setAccessibleName(self.tr("Arrangement: {arrangement}").format(arrangement=words))
        self.setToolTip(words)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self.show_arrangement(self._shown)
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _write_words(self) -> None:
        for arrangement, words in (
            (Arrangement.WHOLE, self.tr("Whole pictures")),
            (Arrangement.FILLED, self.tr("Filled cells")),
            (Arrangement.JUSTIFIED, self.tr("Justified rows")),
        ):
            self._acts[arrangement].setText(words)

    def _choose(self, arrangement: Arrangement) -> None:
        self.show_arrangement(arrangement)
        self.arrangement_changed.emit(arrangement)

    def _dress(self) -> None:
        self.setIcon(icon(_ICONS[self._shown], colours_of(QApplication.palette()).dim))
