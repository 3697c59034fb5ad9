"""What the gallery says while it is empty: what to do first, and where pictures are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import EDGE_PX, SPACE_PX, heading_font
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from seedream_desktop.gui.nothing_found import NothingFound
    from seedream_desktop.library.filters import Widened

_WIDTH_PX = 360


class EmptyGallery(QWidget):
    """A few words in the middle; for an empty library also the way to one that exists."""

    open_library_requested = Signal()
    widening_requested = Signal(object)  # Query that finds nothing: answer by ``show_widened``
    query_requested = Signal(object)  # Query instead
    clear_requested = Signal()  # nothing shall be searched for

    def __init__(self, parent: QWidget) -> None:
        """Lie over ``parent``."""
        super().__init__(parent)
        self._query, self._is_unfinished = Query(), False
        self._folder, self._is_demo = "", False
        self._nothing_found: NothingFound | None = None
        self._title, self._text, self._place = Label(), Label(), Label()
        self._open = QPushButton()
        self._open.clicked.connect(lambda _checked: self.open_library_requested.emit())
        self._lay_out()
        self._write_words()

    def show_for(self, query: Query, is_unfinished: bool) -> None:
        """Say why ``query`` shows nothing."""
        self._query, self._is_unfinished = query, is_unfinished
        is_search = bool(query.text.strip() or query.like) and not is_unfinished
        if is_search:
            self._nothing_found_now().show_query(query)
            self.widening_requested.emit(query)
        if self._nothing_found is not None:
            self._nothing_found.setVisible(is_search)
        for part in (self._title, self._text):
            part.setVisible(not is_search)
        self._write_words()

    def show_unseen(self, query: Query, count: int) -> None:
        """Say at how many pictures nobody looked yet, where it still matters."""
        if query == self._query and self._nothing_found is not None:
            self._nothing_found.show_unseen(count)

    def show_widened(self, query: Query, widened: Sequence[Widened]) -> None:
        """Say what would be found instead of what ``query`` asks for."""
        if query == self._query and self._nothing_found is not None:
            self._nothing_found.show_widened(widened)

    def set_folder(self, folder: Path, *, is_demo: bool = False) -> None:
        """Name the folder of the library; in the demo nothing is sent."""
        self._folder, self._is_demo = str(folder), is_demo
        self._write_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines where it is narrow."""
        super().resizeEvent(event)
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _lay_out(self) -> None:
        self._title.setFont(heading_font())
        column = self._column = QVBoxLayout()
        column.setSpacing(SPACE_PX)
        column.addStretch()
        for part in (self._title, self._text, self._place):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
        set_tone(self._text, "dim")
        set_tone(self._place, "dim")
        column.addSpacing(SPACE_PX)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        row.addStretch()
        row.addLayout(column)
        row.addStretch()

    def _set_widths(self) -> None:
        room_px = self.width() - 2 * EDGE_PX
        for part in (self._title, self._text, self._place):
            part.setFixedWidth(max(0, min(_WIDTH_PX, room_px)))
        if self._nothing_found is not None:
            self._nothing_found.set_width_px(max(0, room_px))

    def _nothing_found_now(self) -> NothingFound:
        if self._nothing_found is None:
            from seedream_desktop.gui.nothing_found import NothingFound  # late: when somebody searches

            self._nothing_found = NothingFound()
            self._nothing_found.query_requested.connect(self.query_requested)
            self._nothing_found.clear_requested.connect(self.clear_requested)
            self._column.insertWidget(1, self._nothing_found)
            self._set_widths()
        return self._nothing_found

    def _write_words(self) -> None:
        title, text = self._words()
        self._title.setText(title)
        self._text.setText(text)
        is_first = (
            self._query == Query(order=self._query.order, hides_rejected=self._query.hides_rejected)
            and not self._is_unfinished
        )
        kept = self.tr("Pictures are kept in {folder}. Prompts and references go to the service only.")
        if self._is_demo:
            kept = self.tr("Pictures of the demo are kept in {folder}. Nothing is sent.")
        self._place.setText(kept.format(folder=self._folder))
        self._place.setVisible(is_first and bool(self._folder))
        self._open.setText(self.tr("Open an existing library…"))
        self._open.setAccessibleName(self.tr("Open an existing library"))
        self._open.setToolTip(self.tr("Choose the folder of a library that is there already"))
        self._open.setVisible(is_first)

    def _words(self) -> tuple[str, str]:
        if self._is_unfinished:
            return self.tr("Nothing is unfinished"), self.tr("What fails or waits stands here.")
        if self._query.trash:
            return self.tr("The trash is empty"), ""
        if self._query.hides_rejected:
            shown = self.tr("Rejected pictures are hidden; the menu of the order shows them again.")
            return self.tr("Nothing to show here"), shown
        if self._query.rated:
            return self.tr("No picture has stars yet"), self.tr("Select one and press 1 to 5.")
        if self._query.since_ms is not None:
            return self.tr("No pictures today"), self.tr("Write a prompt on the right and generate.")
        if self._query.board_id:
            board = self.tr("Choose this board under “Save to”, or drop pictures here.")
            return self.tr("No pictures on this board"), board
        return self.tr("No pictures yet"), self.tr(
            "Write a prompt on the right and generate, or drop pictures here to bring them in."
        )
