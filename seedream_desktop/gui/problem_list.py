"""What is in the way of a request, above Generate: a line for each problem, each leads to its control."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.theme import GAP_PX, caption_font, colours_of
from seedream_desktop.gui.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

_RADIUS_PX = 4


class ProblemLine(QAbstractButton):
    """One sentence that can be pressed, in as many lines as it takes."""

    def __init__(self, text: str, tone: str) -> None:
        """Show ``text``."""
        super().__init__()
        self._label = Label(text)
        self._label.setFont(caption_font())
        self._label.setWordWrap(True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_tone(self._label, tone)
        self.setAccessibleName(text)
        self.setAccessibleDescription(QCoreApplication.translate("ProblemLine", "Goes to the control"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only the focus: the words paint themselves."""
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(colours_of(self.palette()).accent), 1))
                painter.drawRoundedRect(self._frame(), _RADIUS_PX, _RADIUS_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self._underline(is_on=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Look like words again."""
        super().leaveEvent(event)
        self._underline(is_on=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Underlined under the keyboard, too."""
        super().focusInEvent(event)
        self._underline(is_on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Look like words again."""
        super().focusOutEvent(event)
        self._underline(is_on=False)

    def _frame(self) -> QRect:
        return self.rect().adjusted(0, 0, -1, -1)

    def _underline(self, *, is_on: bool) -> None:
        font = caption_font()
        font.setUnderline(is_on)
        self._label.setFont(font)


class ProblemList(QWidget):
    """Every problem of the draft, and what is no problem but looks like a slip."""

    pressed = Signal(object)  # Problem

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._shown: tuple[tuple[str, str, Problem], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], missing: Sequence[int]) -> None:
        """Show these; ``missing``: the numbers of references that the prompt names and that are not there."""
        told = [(problem_words(one).without_money, "amber", one) for one in problems]
        if missing:
            told.append((_missing_words(missing), "dim", Problem(ProblemKind.REFERENCE_NEEDED)))
        if tuple(told) != self._shown:
            self._shown = tuple(told)
            self._build()
        self.setVisible(bool(told))

    def _build(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for text, tone, problem in self._shown:
            line = ProblemLine(text, tone)
            line.clicked.connect(partial(self._on_clicked, problem))
            self._column.addWidget(line)
            line.show()  # at once: who is read to must not wait for the layout

    def _on_clicked(self, problem: Problem, _is_checked: bool = False) -> None:
        self.pressed.emit(problem)


def _missing_words(missing: Sequence[int]) -> str:
    named = ", ".join(map(number, missing))
    text = QCoreApplication.translate(
        "ProblemList", "The prompt speaks of references that are not there: {numbers}."
    )
    return text.format(numbers=named)
