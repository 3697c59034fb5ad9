"""The drafts as a quiet row of tabs above the prompt; there is none while there is one draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QTabBar, QToolButton

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import plain_tip
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.theme import caption_font

if TYPE_CHECKING:
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.session import Session

_TITLE_CHARACTERS = 24
_TIP_CHARACTERS = 300
_WIDTH_PX = (64, 132)


class DraftTabs(QTabBar):
    """Dragging changes their order; a middle click closes one."""

    close_requested = Signal(int)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setMovable(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFont(caption_font())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._write_words()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def minimumSizeHint(self) -> QSize:
        """Never wider than the panel: the rest is scrolled to."""
        return QSize(0, super().minimumSizeHint().height())

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as its words, within limits."""
        hint = super().tabSizeHint(index)
        least_px, most_px = _WIDTH_PX
        return QSize(min(max(least_px, hint.width()), most_px), hint.height())

    def _write_words(self) -> None:
        """Name what scrolls; Qt's own names may be in another language."""
        names = {"ScrollLeftButton": self.tr("Tabs before"), "ScrollRightButton": self.tr("Tabs after")}
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(names.get(button.objectName(), button.accessibleName()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A middle click closes."""
        place = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and place >= 0:
            self.close_requested.emit(place)
        else:
            super().mouseReleaseEvent(event)


class DraftTabTie(QObject):
    """Ties the tabs and their keys to the drafts of the session."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Put the row up, hidden, and give Compose its keys."""
        super().__init__(parts.window)
        self._parts = parts
        self._drafts = session.drafts
        self.tabs = DraftTabs()
        compose = parts.window.compose
        compose.put_on_top(self.tabs)
        self.tabs.currentChanged.connect(self._drafts.show)
        self.tabs.tabMoved.connect(self._on_moved)
        self.tabs.close_requested.connect(self._drafts.close)
        self._drafts.changed.connect(self._show)
        parts.commands.new_draft_requested.connect(self._new)
        back = QKeyCombination(
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Backtab
        )
        for keys, act in (
            (keys_of("close_draft"), self._close),
            (keys_of("reopen_draft"), self._reopen),
            (keys_of("next_draft"), lambda: self._step(1)),
            (QKeySequence(back), lambda: self._step(-1)),
        ):
            shortcut = QShortcut(keys, compose, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        compose.words_written.connect(self._show)
        self._show()

    def _new(self) -> None:
        self._drafts.new()
        self._parts.window.compose_prompt()

    def _close(self) -> None:
        self._drafts.close()
        self._parts.window.compose_prompt()

    def _reopen(self) -> None:
        self._drafts.reopen()
        self._parts.window.compose_prompt()

    def _step(self, by: int) -> None:
        self._drafts.step(by)
        self._parts.window.compose_prompt()

    def _on_moved(self, place: int, to: int) -> None:
        """Qt moves from one neighbour to the next while a tab is dragged."""
        with QSignalBlocker(self._drafts):
            self._drafts.move(place, to)

    def _show(self) -> None:
        recipes, place = self._drafts.recipes, self._drafts.place
        with QSignalBlocker(self.tabs):
            while self.tabs.count() > len(recipes):
                self.tabs.removeTab(self.tabs.count() - 1)
            while self.tabs.count() < len(recipes):
                self.tabs.addTab("")
            for index, recipe in enumerate(recipes):
                self._name(index, recipe.prompt or "", is_edit=bool(recipe.references))
            self.tabs.setCurrentIndex(place)
        self.tabs.setAccessibleName(self.tr("Drafts"))
        self.tabs.setVisible(len(recipes) > 1)

    def _name(self, index: int, prompt: str, *, is_edit: bool) -> None:
        words = plain(" ".join(prompt[:_TIP_CHARACTERS].split()), _TITLE_CHARACTERS)
        title = words or (self.tr("With references") if is_edit else self.tr("Empty"))
        shown = title.replace("&", "&&")
        if self.tabs.tabText(index) != shown:
            self.tabs.setTabText(index, shown)
            self.tabs.setAccessibleTabName(index, title)
        self.tabs.setTabToolTip(
            index, plain_tip(plain(prompt.strip(), _TIP_CHARACTERS)) if prompt.strip() else ""
        )
