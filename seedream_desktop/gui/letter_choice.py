"""The letters of compared pictures as buttons: which picture stands there, and whose details are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QIcon
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from seedream_desktop.gui.controls import tint
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.theme import colours_of

_CHEVRON_PX = 12


class LetterButton(QToolButton):
    """A letter with a menu behind it, which is written when it opens."""

    def __init__(self) -> None:
        """Start without a letter."""
        super().__init__()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_opening)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the letter
        self.setIconSize(QSize(_CHEVRON_PX, _CHEVRON_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet("QToolButton { padding: 0 2px; }")  # the letter stands above the words below it
        self.set_choice(True)
        self._dress()

    def set_choice(self, has_choice: bool) -> None:
        """Offer the menu, or be a letter and nothing more."""
        self.setMenu(self._menu if has_choice else None)  # type: ignore[arg-type]
        self.setEnabled(has_choice)
        self._dress()

    def write_menu(self, menu: QMenu) -> None:
        """Fill the empty ``menu``."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _on_menu_opening(self) -> None:
        self._menu.clear()
        self.write_menu(self._menu)

    def _dress(self) -> None:
        dim = colours_of(QApplication.palette()).dim
        self.setIcon(icon("chevron_down", dim, _CHEVRON_PX) if self.isEnabled() else QIcon())


class PaneButton(LetterButton):
    """Says which picture stands in a pane, and wishes for another one."""

    step_requested = Signal(int)  # 1: the next picture of the gallery, -1: the one before
    exchange_requested = Signal(int)  # the place of the pane to change places with
    leave_requested = Signal()

    def __init__(self) -> None:
        """Start without a letter."""
        super().__init__()
        self._letters: tuple[str, ...] = ()

    def show_letter(self, letter: str, letters: Sequence[str], *, is_active: bool, has_choice: bool) -> None:
        """Be called ``letter``, one of ``letters``."""
        self._letters = tuple(letters)
        self.setText(letter)
        self.setAccessibleName(self.tr("Picture in {letter}").format(letter=letter))
        self.setToolTip(
            self.tr("Choose the picture in {letter}; a click in the filmstrip puts one here").format(
                letter=letter
            )
        )
        colours = colours_of(QApplication.palette())
        tint(self, colours.accent if is_active else colours.dim)
        if has_choice != self.isEnabled():
            self.set_choice(has_choice)

    def write_menu(self, menu: QMenu) -> None:
        """The neighbours in the gallery, the other panes, and a way out."""
        menu.addAction(self.tr("Next picture here"), lambda: self.step_requested.emit(1))
        menu.addAction(self.tr("Previous picture here"), lambda: self.step_requested.emit(-1))
        menu.addSeparator()
        for place, letter in enumerate(self._letters):
            if letter != self.text():
                text = self.tr("Change places with {letter}").format(letter=letter)
                menu.addAction(text).triggered.connect(
                    lambda _checked, place=place: self.exchange_requested.emit(place)
                )
        menu.addSeparator()
        leave = menu.addAction(self.tr("Take it away"), self.leave_requested.emit)
        leave.setEnabled(len(self._letters) > 2)


class DetailsChoice(LetterButton):
    """Says whose details are shown, and offers the others."""

    letter_chosen = Signal(int)  # place

    def __init__(self) -> None:
        """Start without a letter."""
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._active = 0

    def show_letters(self, letters: Sequence[str], names: Sequence[str], active: int) -> None:
        """The picture of ``active`` is shown; ``names`` are those of the files."""
        self._names = tuple(f"{letter} · {name}" for letter, name in zip(letters, names, strict=True))
        self._active = active
        self.setText(letters[active])
        self.setAccessibleName(self.tr("Details of {letter}").format(letter=letters[active]))
        self.setToolTip(self.tr("Whose details are shown"))

    def write_menu(self, menu: QMenu) -> None:
        """All that are compared."""
        group = QActionGroup(menu)
        for place, name in enumerate(self._names):
            act = group.addAction(menu.addAction(name.replace("&", "&&")))
            act.setCheckable(True)
            act.setChecked(place == self._active)
            act.triggered.connect(lambda _checked, place=place: self.letter_chosen.emit(place))
