"""What the gallery says while a search finds nothing, and what would find something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import SPACE_PX, heading_font
from seedream_desktop.library.filters import Widened, everywhere
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from seedream_desktop.library.search_terms import Term

_WIDTH_PX = 400
_LONGEST = 60  # characters of what was looked for
_OFFERED = 4  # words that could be left out
_TERM_LONGEST = 24


class NothingFound(QWidget):
    """A sentence, and buttons for searches that are wider."""

    query_requested = Signal(object)  # Query
    clear_requested = Signal()

    def __init__(self) -> None:
        """Start without a search."""
        super().__init__()
        self._query, self._widened = Query(), tuple[Widened, ...]()
        self._unseen = 0
        self._title, self._text = Label(), Label()
        self._everywhere, self._clear = QPushButton(), QPushButton()
        self._without = tuple(QPushButton() for _ in range(_OFFERED))
        self._lay_out()
        self.set_width_px(_WIDTH_PX)
        self._everywhere.clicked.connect(lambda _: self.query_requested.emit(everywhere(self._query)))
        self._clear.clicked.connect(lambda _: self.clear_requested.emit())
        for number, button in enumerate(self._without):
            button.clicked.connect(lambda _checked, chosen=number: self._on_chosen(chosen))

    def show_query(self, query: Query) -> None:
        """Say what was looked for; what would find something is not known yet."""
        if query != self._query:
            self._unseen = 0
        self._query, self._widened = query, ()
        self._write_words()

    def show_unseen(self, count: int) -> None:
        """Say that nobody looked at so many pictures there, which may be what is searched for."""
        if count != self._unseen:
            self._unseen = count
            self._write_words()

    def show_widened(self, widened: Sequence[Widened]) -> None:
        """Say how many pictures would be found."""
        self._widened = tuple(widened)
        self._write_words()

    def set_width_px(self, width_px: int) -> None:
        """Break lines there."""
        for part in (self._title, self._text):
            part.setFixedWidth(min(_WIDTH_PX, width_px))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _lay_out(self) -> None:
        self._title.setFont(heading_font())
        set_tone(self._text, "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
        column.addSpacing(SPACE_PX)
        for button in (self._everywhere, *self._without, self._clear):
            button.setProperty("quiet", button is not self._everywhere)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _on_chosen(self, number: int) -> None:
        self.query_requested.emit(self._leaner()[number].query)

    def _leaner(self) -> tuple[Widened, ...]:
        """What would be found without one of the words, most of all first."""
        leaner = (one for one in self._widened if one.term is not None)
        return tuple(sorted(leaner, key=lambda one: -one.pictures))[:_OFFERED]

    def _write_words(self) -> None:
        self._title.setText(self.tr("Nothing found"))
        self._text.setText(self._told())
        everywhere_now = next((one for one in self._widened if one.term is None), None)
        in_all = (
            self.tr("Search in all boards") if self._query.board_id else self.tr("Search in all pictures")
        )
        if everywhere_now is not None:
            in_all = f"{in_all} · {words.number(everywhere_now.pictures)}"
        self._everywhere.setText(in_all)
        self._everywhere.setVisible(everywhere(self._query) != self._query)
        leaner = self._leaner()
        for number, button in enumerate(self._without):
            button.setVisible(number < len(leaner))
            if number < len(leaner):
                button.setText(self._offer(leaner[number]))
        self._clear.setText(self.tr("Clear the search"))

    def _told(self) -> str:
        shown = plain(" ".join(self._query.text.split()), _LONGEST)
        if self._query.like:
            like = self.tr("pictures like this one")
            shown = f"{like}, {shown}" if shown else like
        elif shown:
            shown = self.tr("“{words}”").format(words=shown)
        told = self._where().format(words=shown)
        if self._query.hides_rejected:
            hidden = self.tr("Rejected pictures are hidden.")
            told = f"{told} {hidden}"
        if self._unseen:
            rest = self.tr("Not looked at yet: {pictures}.").format(pictures=words.pictures(self._unseen))
            told = f"{told} {rest}"
        return told

    def _where(self) -> str:
        if self._query.trash:
            return self.tr("Searched the trash for {words}.")
        if self._query.board_id:
            return self.tr("Searched this board for {words}.")
        if self._query.rated:
            return self.tr("Searched the rated pictures for {words}.")
        if self._query.since_ms is not None:
            return self.tr("Searched the pictures of today for {words}.")
        return self.tr("Searched all pictures for {words}.")

    def _offer(self, one: Widened) -> str:
        text = self.tr("Without “{words}” · {count}")
        return text.format(words=_as_typed(one.term), count=words.number(one.pictures)).replace("&", "&&")


def _as_typed(term: Term | None) -> str:
    if term is None:
        return ""
    return plain(f"-{term.words}" if term.is_negated else term.words, _TERM_LONGEST)
