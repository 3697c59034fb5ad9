"""What was not taken, and why: one place, one line each, until it is dismissed."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from seedream_desktop.gui.icons import icon, icon_pixmap
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.theme import GAP_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem, ProblemKind

_LINES = 4
_ICON_PX = 16


class RefusedList(QWidget):
    """Hidden while nothing was refused."""

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self._problems: tuple[Problem, ...] = ()
        self._sign = Label()
        self._text = Label()
        self._close = QToolButton()
        self._build()
        self._write_words()
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these, after those that are still shown."""
        self._problems += problems
        self._write_words()
        self.setVisible(bool(self._problems))

    def forget(self, kinds: Container[ProblemKind]) -> None:
        """Show no more of these kinds: they are true no longer."""
        self._problems = tuple(one for one in self._problems if one.kind not in kinds)
        self._write_words()
        self.setVisible(bool(self._problems))

    def dismiss(self) -> None:
        """Forget what was shown."""
        self._problems = ()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def _build(self) -> None:
        self._text.setFont(caption_font())
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP_PX, 0, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _write_words(self) -> None:
        colours = colours_of(self.palette())
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(icon_pixmap("warning", colours.amber, _ICON_PX, scale))
        self._close.setIcon(icon("close", colours.dim, _ICON_PX))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss"))
        told = lines = list(dict.fromkeys(problem_words(problem).without_money for problem in self._problems))
        self._text.setToolTip("\n".join(lines[_LINES:]))
        if len(lines) > _LINES:
            lines = [*lines[:_LINES], self.tr("and {count} more").format(count=len(lines) - _LINES)]
        self._text.setText("\n".join(lines))
        self._text.setAccessibleName("\n".join(told))
