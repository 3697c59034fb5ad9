"""The filter bar: builds the search by clicking; what is set is also read in the search field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import tint
from seedream_desktop.gui.filter_choices import (
    ASKED,
    MANY,
    MENUS,
    SWATCHES,
    TYPED,
    Choice,
    groups,
    menu_name,
)
from seedream_desktop.gui.flow_layout import FlowLayout
from seedream_desktop.gui.icons import icon, icon_pixmap
from seedream_desktop.gui.search_words import value_words
from seedream_desktop.gui.staying_menu import StayingMenu
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, colours_of
from seedream_desktop.library.search_edits import put, with_term, without, without_kinds
from seedream_desktop.library.search_language import parse, written
from seedream_desktop.library.search_terms import TermKind

if TYPE_CHECKING:
    from seedream_desktop.gui.search_field import SearchField
    from seedream_desktop.library.filters import Held
    from seedream_desktop.library.search_terms import Term

_SWATCH_PX = 14
_CHEVRON_PX = 12
_AROUND_PX = 14  # of a word: borders, paddings and what is before the chevron
_LIGHT = 140  # of 255: a tick on it is black
_SHOWN_CHARACTERS = 24  # of the values on a button


class FilterBar(QWidget):
    """Buttons with menus. What is typed and what is clicked are the same search."""

    choices_requested = Signal(object)  # TermKind: what the library has of it; answer by ``show_choices``
    left = Signal()  # Escape

    def __init__(self, field: SearchField, titles: Mapping[str, str]) -> None:
        """Change the search in ``field``, and show it; ``titles`` are those of models, by their ids."""
        super().__init__()
        self._field = field
        self._titles = titles
        self._buttons = {kinds[0]: _Button(self, kinds) for kinds in MENUS}
        self._clear = QToolButton(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = FlowLayout(0)
        row.setContentsMargins(EDGE_PX - GAP_PX, GAP_PX, EDGE_PX, GAP_PX + 1)
        for button in (*self._buttons.values(), self._clear):
            row.addWidget(button)
        self.setLayout(row)
        for kind, own in self._buttons.items():
            own.clicked.connect(lambda _checked=False, asked=kind: self._on_menu_wished(asked))
        self._clear.clicked.connect(lambda _checked: field.clear_all())
        field.was_read.connect(self._refresh)
        self._write_words()

    def menu(self, kind: TermKind, held: Sequence[Held] = ()) -> QMenu:
        """What can be chosen in a menu; ``held`` is what the library has."""
        kinds = self._buttons[kind].kinds
        menu: QMenu = StayingMenu(self) if kind in MANY else QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(menu_name(kind))
        for group in groups(kinds, held, self._titles):
            if group.is_apart:
                menu.addSeparator()
            inner = menu.addMenu(group.heading) if group.heading else menu
            for choice in group.choices:
                self._add(inner, choice)
        menu.addSeparator()
        if kinds[-1] in TYPED:
            operator = kinds[-1].value
            menu.addAction(self.tr("Type another one…"), lambda: self._field.type_on(f"{operator}:"))
        every = menu.addAction(self.tr("Any"), lambda: self._leave_out(kinds))
        every.setEnabled(bool(self._terms(kinds)))
        return menu

    def show_choices(self, kind: TermKind, held: Sequence[Held]) -> None:
        """Open a menu."""
        button = self._buttons[kind]
        self.menu(kind, held).popup(button.mapToGlobal(QPoint(0, button.height())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line below."""
        with QPainter(self) as painter:
            hairline = QColor(colours_of(self.palette()).hairline)
            painter.fillRect(0, self.height() - 1, self.width(), 1, hairline)

    def _add(self, menu: QMenu, choice: Choice) -> None:
        pictures = f"\t{words.number(choice.pictures)}" if choice.pictures >= 0 else ""
        act = menu.addAction(f"{choice.words.replace('&', '&&')}{pictures}")
        act.setCheckable(True)
        act.setChecked(self._held(choice) is not None)
        if choice.kind is TermKind.COLOUR:
            act.setIcon(_swatch(SWATCHES[choice.value], colours_of(self.palette()).outline))
        act.triggered.connect(lambda is_on: self._choose(choice, is_on))

    def _on_menu_wished(self, kind: TermKind) -> None:
        if kind in ASKED:
            self.choices_requested.emit(kind)
        else:
            self.show_choices(kind, ())

    def _choose(self, choice: Choice, is_on: bool) -> None:
        text, literal = self._field.text(), self._field.literal
        held, chosen = self._held(choice), written(choice.kind, choice.value)
        if not is_on:
            while held:  # however often it was written
                self._field.ask_for(without(self._field.text(), held))
                held = self._held(choice)
            return
        if refused := self._held(choice, is_negated=True):
            text = without(text, refused)
        if choice.kind in MANY:
            self._field.ask_for(with_term(text, chosen))
        else:
            self._field.ask_for(put(text, choice.kind, chosen, literal))

    def _held(self, choice: Choice, *, is_negated: bool = False) -> Term | None:
        """The term of the search that asks for it, in whatever words."""
        (wanted,) = parse(written(choice.kind, choice.value))
        terms = (term for term in self._terms((choice.kind,)) if term.is_negated is is_negated)
        return next((term for term in terms if self._is_same(term, wanted)), None)

    def _is_same(self, term: Term, wanted: Term) -> bool:
        if wanted.bounds:
            return term.bounds == wanted.bounds
        names = {wanted.value.casefold()}
        if wanted.kind is TermKind.MODEL:
            names.add(self._titles.get(wanted.value, wanted.value).casefold())
        return term.value.casefold() in names

    def _leave_out(self, kinds: Sequence[TermKind]) -> None:
        self._field.ask_for(without_kinds(self._field.text(), kinds, self._field.literal))

    def _terms(self, kinds: Sequence[TermKind]) -> tuple[Term, ...]:
        return tuple(term for term in self._field.terms if term.kind in kinds and term.problem is None)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Filters"))
        self._clear.setText(self.tr("Clear all"))
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Take out everything that is searched for"))
        tint(self._clear, colours_of(self.palette()).accent)
        self._refresh()

    def _refresh(self) -> None:
        """Say on each button what is set."""
        for kind, button in self._buttons.items():
            name, terms = menu_name(kind), self._terms(button.kinds)
            values = ", ".join(self._shown(term) for term in terms)
            whole = f"{name}: {values}" if values else name
            shown = whole if kind is TermKind.TAG else values  # a tag alone could be anything
            button.show_state(plain(shown, _SHOWN_CHARACTERS) or name, is_set=bool(values))
            button.setAccessibleName(self.tr("Filter: {what}").format(what=whole))
            button.setToolTip(whole if values else "")
        self._clear.setVisible(bool(self._field.text() or self._field.like))

    def _shown(self, term: Term) -> str:
        value = self._titles.get(term.value) or value_words(term.kind, term.value)
        return self.tr("not {value}").format(value=value) if term.is_negated else value


class _Button(QToolButton):
    """Opens a menu; the arrows lead to it and to the other buttons."""

    def __init__(self, parent: QWidget, kinds: Sequence[TermKind]) -> None:
        super().__init__(parent)
        self.kinds = tuple(kinds)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the word
        self.setIconSize(QSize(_CHEVRON_PX, _CHEVRON_PX))

    def sizeHint(self) -> QSize:
        """The word with the chevron close to it."""
        text_px = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(text_px + _CHEVRON_PX + _AROUND_PX, super().sizeHint().height())

    def show_state(self, text: str, *, is_set: bool) -> None:
        """Show what is set."""
        colours = colours_of(QApplication.palette())
        self.setText(text.replace("&", "&&"))
        self.updateGeometry()
        self.setIcon(icon("chevron_down", colours.accent if is_set else colours.dim, _CHEVRON_PX))
        tint(self, colours.accent if is_set else colours.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter open, Left and Right go on."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the bar's
        else:
            super().keyPressEvent(event)


def _swatch(colour: str, outline: str) -> QIcon:
    """A square of the colour; where it is chosen, with a tick."""
    swatch, box = QIcon(), QRectF(0.5, 0.5, _SWATCH_PX - 1, _SWATCH_PX - 1)
    tick = "#000000" if QColor(colour).lightness() > _LIGHT else "#ffffff"
    for state in (QIcon.State.Off, QIcon.State.On):
        picture = QPixmap(_SWATCH_PX, _SWATCH_PX)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(outline))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, 3, 3)
            if state is QIcon.State.On:
                painter.drawPixmap(1, 1, icon_pixmap("check", tick, _SWATCH_PX - 2))
        swatch.addPixmap(picture, QIcon.Mode.Normal, state)
        swatch.addPixmap(picture, QIcon.Mode.Active, state)
    return swatch
