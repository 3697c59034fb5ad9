"""The search: what is typed counts at once; recognised words become chips in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton

from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.like_field import LikeField
from seedream_desktop.gui.theme import colours_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from seedream_desktop.gui.search_panel import SearchPanel
    from seedream_desktop.library.search_terms import Term
    from seedream_desktop.library.suggestions import Suggestion

PAUSE_MS = 0  # joins what one stroke brings; a search that is overtaken is stopped
NOTE_AFTER_MS = 600  # nobody is told of a mistake while writing on
WIDTH_PX = 300
LEAST_WIDTH_PX = 132
_ICON_PX = 16
_UNBOUND_PX = 10_000
_AROUND_TEXT_PX = 84  # magnifier, star, cross and edges
_LIKE_PX = 44


class SearchField(LikeField):
    """A text field with a magnifier and chips. Escape empties it, and leaves it when it is empty."""

    search_changed = Signal(str, object)  # text, tuple[str, ...]: words of it that mean only themselves
    suggestions_requested = Signal(str, int)  # text, place of the cursor in it
    entered = Signal()  # the cursor came in
    gone = Signal()  # the cursor went elsewhere
    save_requested = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._said: tuple[str, tuple[str, ...]] = ("", ())
        self._suggested: tuple[Suggestion, ...] = ()
        self._panel: SearchPanel | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self._noting = QTimer(self, singleShot=True, interval=NOTE_AFTER_MS)
        self._noting.timeout.connect(self._note)
        self._magnifier = self.addAction(
            icon("search", colours_of(self.palette()).dim, _ICON_PX), QLineEdit.ActionPosition.LeadingPosition
        )
        self._magnifier.triggered.connect(self.setFocus)
        self.setClearButtonEnabled(True)
        self._star = self.addAction(
            icon("star", colours_of(self.palette()).dim, _ICON_PX), QLineEdit.ActionPosition.TrailingPosition
        )
        self._star.triggered.connect(lambda _: self.save_requested.emit())
        self._star.setVisible(False)
        self._is_saved = False
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda _: self._pause.start())
        self.taken_away.connect(self._say)
        self.textEdited.connect(lambda _: None if self._is_rewriting else self._ask())
        self._write_words()

    @property
    def panel(self) -> SearchPanel:
        """What stands below it."""
        if self._panel is None:
            from seedream_desktop.gui.search_panel import SearchPanel  # late: not seen at first

            self._panel = SearchPanel(self)
            self._panel.chosen.connect(self._accept)
        return self._panel

    def show_search(self, text: str, literal: tuple[str, ...] = ()) -> None:
        """Hold ``text``, which is searched for already."""
        self._said = (text, literal)
        if (self.text(), self.literal) != (text, literal):
            self.hold(text, literal)
            self._pause.stop()
            self._close_panel()

    def ask_for(self, text: str, literal: tuple[str, ...] | None = None) -> None:
        """Search for ``text`` at once, as if it had been typed."""
        self.rewrite(text, self.literal if literal is None else literal)
        self._say()

    def clear_all(self) -> None:
        """Search for nothing."""
        self.ask_for("", ())
        self.remove_like()
        self._close_panel()

    def type_on(self, words: str) -> None:
        """Write ``words`` at the end, for the designer to go on there."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        text = self.text().rstrip()
        self.setText(f"{text} {words}" if text else words)
        self._ask()

    def offer_saving(self, is_offered: bool, is_saved: bool) -> None:
        """Show the star, full where this search is saved already."""
        self._star.setVisible(is_offered)
        self._is_saved = is_saved
        self._dress()
        self._name_buttons()

    def show_suggestions(self, text: str, suggestions: Sequence[Suggestion]) -> None:
        """Offer what could be typed, unless something else is there by now."""
        if text != self.text() or not self.hasFocus():
            return
        self._suggested = tuple(suggestions)
        if suggestions or self._panel is not None:
            self.panel.show_suggestions(suggestions)

    @property
    def whole_px(self) -> int:
        """How wide it had to be to show all of its text."""
        from seedream_desktop.gui.search_chips import CROSS_ROOM_PX  # late: when somebody searches

        text_px = self.fontMetrics().horizontalAdvance(self.text()) + CROSS_ROOM_PX * len(self.chips)
        return text_px + _AROUND_TEXT_PX + (_LIKE_PX if self.like else 0)

    def sizeHint(self) -> QSize:
        """Wide enough for what people look for."""
        width_px = self.maximumWidth() if self.maximumWidth() < _UNBOUND_PX else WIDTH_PX
        return QSize(width_px, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Chips and suggestions first; then empty, leave, or type."""
        key = event.key()
        if not self._on_panel_key(event) and not self.on_chip_key(event):
            if key == Qt.Key.Key_Escape and (self.text() or self.like):
                self.clear_all()
            elif event.matches(QKeySequence.StandardKey.Paste) and self.offers_pasted():
                pass
            elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self._say()
                self._close_panel()
                self.left.emit()
            else:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody is about to search."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was offered is offered no longer, and the beginning of the line is seen."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.home(False)
        self._close_panel()
        self.gone.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands below it goes with it: what is found makes it wider while somebody types."""
        super().resizeEvent(event)
        if self._panel is not None:
            self._panel.fit()

    def event(self, event: QEvent) -> bool:
        """Tab completes where something is offered."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._completes(event):
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.PaletteChange:
            self._magnifier.setIcon(icon("search", colours_of(self.palette()).dim, _ICON_PX))
            self._dress()

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Search"))
        self.setPlaceholderText(self.tr("Search"))
        self.setToolTip(self.tr("Search prompts, tags, titles, notes and file names, or drop a picture here"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        star = self.tr("Forget this saved search") if self._is_saved else self.tr("Save this search")
        for button in self.findChildren(QToolButton):
            act = button.defaultAction()
            if act is self._star:
                name = star
            elif act is self._magnifier:
                name = self.tr("Go to the search")
            elif button is self._like_chip:
                continue  # the chip of a picture, which names itself
            else:
                name = self.tr("Empty the search")
            button.setAccessibleName(name)
            button.setToolTip(name)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        name, colour = ("star_filled", colours.accent) if self._is_saved else ("star", colours.dim)
        self._star.setIcon(icon(name, colour, _ICON_PX))
        self.set_line()

    # What is typed

    def read(self) -> None:
        """Find out what the words stand for; what is not understood is told once nobody types."""
        super().read()
        if self._panel is not None:
            self._panel.show_note("")
        self._noting.start()

    def is_being_written(self, term: Term) -> bool:
        """The last one, while keys come."""
        return self.hasFocus() and term.end == len(self.text()) and self._noting.isActive()

    def _note(self) -> None:
        """Say what is not understood, once nobody types."""
        self.set_line()
        doubts = (term for term in self._terms if term.problem is not None and not term.is_filler)
        doubtful = next(doubts, None)
        if not self.hasFocus() or (doubtful is None and self._panel is None):
            return
        from seedream_desktop.gui.search_words import problem_sentence  # late: when somebody searches

        is_begun = doubtful is not None and self.panel.offers and doubtful.end == len(self.text())
        self.panel.show_note(problem_sentence(doubtful) if doubtful is not None and not is_begun else "")

    def _say(self) -> None:
        self._pause.stop()
        if (self.text(), self.literal) != self._said:
            self._said = (self.text(), self.literal)
            self.search_changed.emit(*self._said)

    # Suggestions

    def _ask(self) -> None:
        from seedream_desktop.gui.search_chips import code_points  # late: when somebody searches

        self._suggested = ()
        if self.text().strip():
            self.suggestions_requested.emit(self.text(), code_points(self.text(), self.cursorPosition()))
        else:
            self._close_panel()

    def _on_panel_key(self, event: QKeyEvent) -> bool:
        panel = self._panel
        if panel is None or not panel.offers or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            panel.step(1 if event.key() == Qt.Key.Key_Down else -1)
            row = panel.row
            self._tell(self._suggested[row].words if 0 <= row < len(self._suggested) else "")
            return True
        if panel.row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._accept(panel.row)
            return True
        if panel.row >= 0 and event.key() == Qt.Key.Key_Escape:
            self._close_panel()
            return True
        return False

    def _completes(self, event: QKeyEvent) -> bool:
        is_tab = event.key() == Qt.Key.Key_Tab and not event.modifiers()
        if not is_tab or self._panel is None or not self._panel.offers:
            return False
        self._accept(max(0, self._panel.row))
        return True

    def _accept(self, row: int) -> None:
        """Write a suggestion in the place of the word that it completes."""
        if not 0 <= row < len(self._suggested):
            return
        from seedream_desktop.gui.search_chips import utf16  # late: when somebody searches

        one, text = self._suggested[row], self.text()
        start, end = utf16(text, one.start), utf16(text, one.end)
        is_whole = bool(one.value)
        follows = " " if is_whole and not text[one.end :].startswith(" ") else ""
        self._suggested = ()
        self.setSelection(start, end - start)
        self._is_rewriting = True
        self.insert(one.words + follows)
        self._is_rewriting = False
        if is_whole:
            self._close_panel()
            self._say()
        else:
            self._ask()

    def _close_panel(self) -> None:
        self._suggested = ()
        if self._panel is not None:
            self._panel.show_suggestions(())
            self._panel.show_note("")
