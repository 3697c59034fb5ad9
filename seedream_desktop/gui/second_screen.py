"""A window with nothing but the picture in it, for another screen: no name, prompt or price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from seedream_desktop.gui.meant_keys import meant_words

if TYPE_CHECKING:
    from seedream_desktop.gui.compare_panes import ComparePanes
    from seedream_desktop.gui.picture_stage import PictureStage

_SIZE_PX = (960, 640)  # where there is no other screen
_ZOOM_A_KEY = 1.5


class SecondScreen(QWidget):
    """Shows what is selected elsewhere; its zoom is its own, other keys are passed on."""

    key_pressed = Signal(QKeyEvent)
    shown = Signal(bool)  # whether it is
    closed = Signal()

    def __init__(self, stage: PictureStage, parent: QWidget) -> None:
        """Show what is on ``stage``; goes with ``parent``."""
        super().__init__(parent, Qt.WindowType.Window)
        self.stage = stage
        stage.setParent(self)
        stage.set_bare(True)
        stage.canvas.set_bare(True)
        self._panes: ComparePanes | None = None
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(stage.canvas)
        self._write_words()

    def show_panes(self, panes: ComparePanes | None) -> None:
        """Show what is compared instead of the one picture; None: that again."""
        self._panes = panes
        if panes is not None:
            self._layers.addWidget(panes)
            self.stage.rest()
        elif self.isVisible():
            self.stage.wake()
        self._layers.setCurrentWidget(panes or self.stage.canvas)

    def open_on(self, screens: list[QScreen], beside: QScreen) -> None:
        """Fill the first of ``screens`` that is not ``beside``; where there is none, be a window there."""
        other = next((screen for screen in screens if screen is not beside), None)
        if other is None:
            self.setWindowState(Qt.WindowState.WindowNoState)
            room = QRect(0, 0, *_SIZE_PX).intersected(QRect(0, 0, *beside.availableSize().toTuple()))
            room.moveCenter(beside.availableGeometry().center())
            self.setGeometry(room)
            self.show()
            return
        self.setGeometry(other.geometry())
        self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom here, or close; what is judged by key is the picture, wherever it is looked at."""
        canvas = self._panes or self.stage.canvas
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif meant_words(event) == "Z":
            canvas.toggle_size()
        elif event.text() in {"+", "=", "-"}:
            canvas.zoom_by(1 / _ZOOM_A_KEY if event.text() == "-" else _ZOOM_A_KEY)
        elif event.key() == Qt.Key.Key_Space and self._panes is None:
            self.stage.canvas.set_hand(True)
        else:
            self.key_pressed.emit(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the hand."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.stage.canvas.set_hand(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what is selected, or compared."""
        super().showEvent(event)
        self.stage.wake()
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold nothing more than needed."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.stage.rest()
            self.shown.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is gone."""
        super().closeEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _write_words(self) -> None:
        self.setWindowTitle(self.tr("Pictures only"))
        self.setAccessibleName(self.tr("Second screen"))
