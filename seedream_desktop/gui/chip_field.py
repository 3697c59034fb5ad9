"""A line of text whose recognised words are chips in their place.

A chip is clicked away by its cross; the arrows stop at it, and Backspace takes it away there: a word that was
guessed means its letters then, until its plus is clicked; an operator goes. Undo takes either back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolButton

from seedream_desktop.gui.escape_field import EscapeField
from seedream_desktop.gui.theme import GAP_PX, colours_of

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout

    from seedream_desktop.gui.search_chips import Chip
    from seedream_desktop.library.search_terms import Term

_EDGE_PX = 3  # of a chip's ground before its first letter
_CURSOR_PX = 5  # from the left of the cursor's rectangle to the cursor


class ChipField(EscapeField):
    """Knows what its words stand for, and which shall mean only themselves."""

    before_first_requested = Signal()  # Backspace with nothing before the cursor
    taken_away = Signal()  # a chip, by hand; or it was taken back
    was_read = Signal()  # what the words stand for is known

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._literal: tuple[str, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self._chips: tuple[Chip, ...] = ()
        self._ranges: list[QTextLayout.FormatRange] = []
        self._ring = self._hovered = -1  # chips that the keyboard and the pointer are on
        self._is_composing = False  # with an input method
        self._is_rewriting = False  # it is changed by a click, not typed
        self._literal_before: list[tuple[str, tuple[str, ...]]] = []  # texts, with what meant its letters
        self.setMouseTracking(True)
        self.textChanged.connect(self.read)

    @property
    def literal(self) -> tuple[str, ...]:
        """Words of the text that mean only themselves."""
        return self._literal

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the text is made of."""
        return self._terms

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What was recognised."""
        return self._chips

    def is_being_written(self, _term: Term) -> bool:
        """Whether somebody writes it just now: then nothing is wrong with it yet."""
        return False

    def hold(self, text: str, literal: tuple[str, ...]) -> None:
        """Show ``text``, of which those words mean only themselves."""
        self._literal = literal
        was_same = self.text() == text
        self.setText(text)
        if was_same:
            self.read()
        self._show_beginning()

    def rewrite(self, text: str, literal: tuple[str, ...]) -> None:
        """The same as one step that can be undone."""
        if text == self.text():
            self._literal_before.append((text, self._literal))
            self._literal = literal
            self.read()
            return
        self._literal, self._is_rewriting = literal, True
        try:
            self.selectAll()
            self.insert(text)
        finally:
            self._is_rewriting = False
        self._show_beginning()

    def on_chip_key(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for a chip."""
        key, ring = event.key(), self._ring
        if ring >= 0 and key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._take_away(ring)
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and self._gets_literal_back():
            return True
        is_arrow = key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers()
        if ring < 0 and is_arrow and not self.hasSelectedText():
            cursor, is_left = self.cursorPosition(), key == Qt.Key.Key_Left
            beside = (
                number
                for number, chip in enumerate(self._chips)
                if cursor == (chip.end if is_left else chip.start)
            )
            self._set_ring(next(beside, -1))
            return self._ring >= 0
        if key == Qt.Key.Key_Backspace and not self.cursorPosition() and not self.hasSelectedText():
            self.before_first_requested.emit()
        self._set_ring(-1)
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a word is being composed, the line is the input method's."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._is_composing:
            self.set_line()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a cross takes the chip away."""
        self._set_ring(-1)
        chip = self._cross_at(event.position().toPoint())
        if chip >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._take_away(chip)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A cross can be pressed, and looks so."""
        super().mouseMoveEvent(event)
        hovered = self._cross_at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            shape = Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.IBeamCursor
            self.setCursor(shape)
            self.update()

    def event(self, event: QEvent) -> bool:
        """Tell what a chip stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, then the chips around their words."""
        super().paintEvent(event)
        if not self._chips or self._is_composing:
            return
        from seedream_desktop.gui.search_chips import paint  # late: it is imported by now

        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self._room())
            for number, place in enumerate(self._places()):
                is_asleep = self._chips[number].is_asleep
                looks = {"has_ring": number == self._ring, "is_hovered": number == self._hovered}
                paint(painter, place, colours, is_asleep=is_asleep, **looks)

    def read(self) -> None:
        """Find out what the words stand for."""
        text = self.text()
        self._set_ring(-1)
        self._terms, self._hovered = (), -1
        if text.strip():
            from seedream_desktop.gui.search_chips import chips_of  # late: when somebody searches
            from seedream_desktop.library.search_edits import sleeping, still_literal  # late: as above
            from seedream_desktop.library.search_language import parse  # late: as above

            self._literal = still_literal(self._literal, text) if self._literal else ()
            self._terms = parse(text, self._literal)
            asleep = sleeping(text, self._literal) if self._literal else ()
            self._chips = chips_of(text, self._terms, asleep)
        else:
            self._literal, self._chips = (), ()
            self._literal_before.clear()
        self.set_line()
        self.was_read.emit()

    def set_line(self) -> None:
        """Make room for crosses, and mark what is not understood."""
        if self._is_composing or not (self._chips or self._ranges or self._terms):
            return
        from seedream_desktop.gui.search_chips import attributes, formats, utf16  # late: as in read

        text = self.text()
        doubts = [
            (utf16(text, term.start), utf16(text, term.end))
            for term in self._terms
            if term.problem is not None and not term.is_filler and not self.is_being_written(term)
        ]
        self._ranges = formats(self._chips, doubts, colours_of(self.palette()))
        told = QInputMethodEvent("", attributes(self._ranges, self.cursorPosition()))
        super().inputMethodEvent(told)

    def _places(self) -> list[QRectF]:
        """Where the chips are seen."""
        from seedream_desktop.gui.search_chips import laid_out, place_of  # late: as in read

        layout = laid_out(self.text(), self.font(), self._ranges)
        found = layout.lineAt(0).cursorToX(self.cursorPosition())
        cursor_px = float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
        left_px = self.cursorRect().x() + _CURSOR_PX - cursor_px
        return [place_of(chip, layout, left_px, self.height()) for chip in self._chips]

    def _room(self) -> QRect:
        """Where text is seen: between the buttons."""
        left_px, right_px = GAP_PX, self.width() - GAP_PX
        for button in self.findChildren(QToolButton):
            if button.isVisible() and button.width():
                if button.geometry().center().x() < self.width() // 2:
                    left_px = max(left_px, button.geometry().right() - _EDGE_PX)
                else:
                    right_px = min(right_px, button.geometry().left())
        return QRect(left_px, 0, max(0, right_px - left_px), self.height())

    def _cross_at(self, point: QPoint) -> int:
        if not self._chips or self._is_composing or not self._room().contains(point):
            return -1
        from seedream_desktop.gui.search_chips import cross_of  # late: as in read

        crosses = (number for number, place in enumerate(self._places()) if cross_of(place).contains(point))
        return next(crosses, -1)

    def _set_ring(self, chip: int) -> None:
        if chip != self._ring:
            self._ring = chip
            if chip >= 0:
                from seedream_desktop.gui.search_words import term_spoken  # late: as in read

                self._tell(term_spoken(self._chips[chip].term, is_asleep=self._chips[chip].is_asleep))
            else:
                self._tell("")
            self.update()

    def _tell(self, words: str) -> None:
        """Have a screen reader say it."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _take_away(self, number: int) -> None:
        """A word that was guessed means its letters from now on; everything else goes."""
        chip = self._chips[number]
        term, text, cursor = chip.term, self.text(), self.cursorPosition()
        from seedream_desktop.library.search_edits import awake, without  # late: as in read

        if term.is_guessed:
            is_literal = chip.is_asleep is not term.is_filler
            self.rewrite(text, awake(self._literal, term) if is_literal else (*self._literal, term.words))
            self.taken_away.emit()
            return
        self.rewrite(without(text, term), self._literal)
        length = chip.end - chip.start
        self.setCursorPosition(cursor if cursor <= chip.start else max(chip.start, cursor - length))
        self.taken_away.emit()

    def _show_beginning(self) -> None:
        """It says what the line is about, where nobody writes."""
        if not self.hasFocus():
            self.home(False)

    def _gets_literal_back(self) -> bool:
        """Undo what a click on a chip did, if nothing was typed since."""
        if not self._literal_before or self._literal_before[-1][0] != self.text():
            return False
        _, self._literal = self._literal_before.pop()
        self.read()
        self.taken_away.emit()
        return True

    def _show_tip(self, event: QHelpEvent) -> None:
        from PySide6.QtWidgets import QToolTip  # late: when the pointer rests

        from seedream_desktop.gui.plain_label import plain_tip  # late: as above
        from seedream_desktop.gui.search_words import term_tip  # late: as above

        point = event.pos()
        on = (chip for chip, place in zip(self._chips, self._places(), strict=True) if place.contains(point))
        chip = next(on, None)
        tip = plain_tip(term_tip(chip.term, is_asleep=chip.is_asleep)) if chip else self.toolTip()
        QToolTip.showText(event.globalPos(), tip, self)
