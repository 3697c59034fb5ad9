"""Acts in a row of quiet buttons; those that find no room fold into a menu at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from seedream_desktop.gui.theme import CONTROL_PX, GAP_PX

_MORE = "⋯"


class FoldingRow(QWidget):
    """Shows as many of its acts as fit, first things first; none is ever cut."""

    def __init__(self) -> None:
        """Start without acts."""
        super().__init__()
        self._acts: tuple[QAction, ...] = ()
        self._buttons: dict[QAction, QToolButton] = {}
        self._menu = QMenu(self)
        self._more = QToolButton(self)
        self._more.setText(_MORE)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._write_words()

    def show_acts(self, acts: tuple[QAction, ...]) -> None:
        """Offer ``acts`` from now on, in this order."""
        self._acts = acts
        for act in acts:
            if act not in self._buttons:
                self._buttons[act] = self._button(act)
        self.updateGeometry()
        self._place()

    @property
    def folded(self) -> tuple[QAction, ...]:
        """The acts that are in the menu."""
        return tuple(self._menu.actions())

    def sizeHint(self) -> QSize:
        """Room for all acts."""
        return QSize(self._width_of(self._acts), CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        """Room for the menu."""
        return QSize(self._more.sizeHint().width(), CONTROL_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font: the words have another width."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._write_words()
            self.updateGeometry()
            self._place()

    def _write_words(self) -> None:
        self._more.setAccessibleName(self.tr("More acts"))
        self._more.setToolTip(self.tr("More"))

    def _button(self, act: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(act)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        act.changed.connect(self.updateGeometry)
        return button

    def _width_of(self, acts: tuple[QAction, ...]) -> int:
        widths = [self._buttons[act].sizeHint().width() for act in acts]
        return sum(widths) + GAP_PX * max(0, len(widths) - 1)

    def _fitting(self) -> int:
        """How many acts fit, beside the menu where not all do."""
        if self._width_of(self._acts) <= self.width():
            return len(self._acts)
        room_px = self.width() - self._more.sizeHint().width() - GAP_PX
        return max(
            (n for n in range(len(self._acts)) if self._width_of(self._acts[:n]) <= room_px), default=0
        )

    def _place(self) -> None:
        count, x_px = self._fitting(), 0
        shown = self._acts[:count]
        for act, button in self._buttons.items():
            button.setVisible(act in shown)
        for button in (*(self._buttons[act] for act in shown), self._more):
            size = button.sizeHint()
            button.setGeometry(x_px, (self.height() - size.height()) // 2, size.width(), size.height())
            x_px += size.width() + GAP_PX
        self._menu.clear()
        self._menu.addActions(list(self._acts[count:]))
        self._more.setVisible(count < len(self._acts))
