"""The button in the header that says in which order pictures stand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from seedream_desktop.gui.controls import tint
from seedream_desktop.gui.icons import ICON_PX, icon
from seedream_desktop.gui.theme import colours_of
from seedream_desktop.library.values import Order, Query

_CHEVRON_PX = 12
_OFFERED = (Order.LIKENESS, Order.NEWEST, Order.OLDEST, Order.RATING, Order.NAME, Order.BY_HAND)


class OrderChoice(QToolButton):
    """Shows the order and offers the others that make sense for what is shown."""

    order_changed = Signal(object)  # Order

    def __init__(self) -> None:
        """The newest first, until another query is shown."""
        super().__init__()
        self._shown = Order.NEWEST
        self._is_narrow = False
        self._acts: dict[Order, QAction] = {}
        self.choices, group = QMenu(self), QActionGroup(self)
        for order in _OFFERED:
            act = self._acts[order] = self.choices.addAction("")
            act.setCheckable(True)
            group.addAction(act)
            act.triggered.connect(lambda _checked, chosen=order: self._choose(chosen))
        self.setMenu(self.choices)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the word
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._write_words()
        self.show_query(Query())

    def show_query(self, query: Query) -> None:
        """Show in which order the pictures of ``query`` stand, and offer the others there."""
        self._acts[Order.LIKENESS].setVisible(bool(query.like))
        self._acts[Order.BY_HAND].setVisible(bool(query.board_id))
        for act in self._acts.values():
            act.setEnabled(not query.trash)  # there the lately trashed come first
        is_offered = self._acts[query.order].isVisible()
        self._show(query.order if is_offered else Order.NEWEST)

    def set_narrow(self, is_narrow: bool) -> None:
        """Show an icon without words, or words."""
        self._is_narrow = is_narrow
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._show(self._shown)
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _choose(self, order: Order) -> None:
        self._show(order)
        self.order_changed.emit(order)

    def _show(self, order: Order) -> None:
        self._shown = order
        self._acts[order].setChecked(True)
        words = self._short_words(order)
        self.setText(words)
        self.setAccessibleName(self.tr("Sort: {order}").format(order=words))
        self.setToolTip(self.tr("The order of the pictures"))
        self._dress()

    def _short_words(self, order: Order) -> str:
        return {
            Order.NEWEST: self.tr("Newest"),
            Order.OLDEST: self.tr("Oldest"),
            Order.RATING: self.tr("Stars"),
            Order.NAME: self.tr("Name"),
            Order.BY_HAND: self.tr("By hand"),
            Order.LIKENESS: self.tr("Likeness"),
        }[order]

    def _write_words(self) -> None:
        for order, words in (
            (Order.LIKENESS, self.tr("Most alike first")),
            (Order.NEWEST, self.tr("Newest first")),
            (Order.OLDEST, self.tr("Oldest first")),
            (Order.RATING, self.tr("Most stars first")),
            (Order.NAME, self.tr("By name")),
            (Order.BY_HAND, self.tr("By hand: drag pictures")),
        ):
            self._acts[order].setText(words)

    def _dress(self) -> None:
        colours = colours_of(QApplication.palette())
        side_px = ICON_PX if self._is_narrow else _CHEVRON_PX
        self.setIcon(icon("sort" if self._is_narrow else "chevron_down", colours.dim, side_px))
        self.setIconSize(QSize(side_px, side_px))
        tint(self, colours.dim)
