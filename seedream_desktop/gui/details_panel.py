"""The details of what is selected: what made it, what it cost, what it led to, and what of it can be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui import words
from seedream_desktop.gui.answer_words import answer_facts
from seedream_desktop.gui.fact_list import FactList
from seedream_desktop.gui.fold import Fold
from seedream_desktop.gui.lineage_view import LineageView
from seedream_desktop.gui.note_field import NoteField
from seedream_desktop.gui.origin_words import facts_of, shared_facts, shared_prompt, usable_parts
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.plain_text import PlainText
from seedream_desktop.gui.rating_slider import RatingSlider
from seedream_desktop.gui.summary_words import summary_facts
from seedream_desktop.gui.theme import (
    EDGE_PX,
    GAP_PX,
    GROUP_PX,
    PROMPT_LINE_PX,
    heading_font,
)
from seedream_desktop.gui.use_row import UseRow

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.relations import Summary
    from seedream_desktop.library.values import Board, Picture
    from seedream_desktop.state.origins import Origin
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_ALL_OF_IT = 100  # the empty state's share of the height


class DetailsPanel(QScrollArea):
    """Shows one picture, several, or nothing."""

    use_requested = Signal(object)  # Recipe with the parts to use
    picture_requested = Signal(str)  # picture id: one that this is related to
    made_with_requested = Signal(str)  # SHA-256: everything made with that picture
    alike_requested = Signal(object)  # Picture: what looks like it
    back_requested = Signal()  # to the picture that is selected
    place_requested = Signal(object)  # Picture: to be shown where it is kept
    note_given = Signal(object, str)  # tuple[str, ...] picture ids, the note
    rate_requested = Signal(object, int)  # tuple[str, ...] picture ids, 0 to 5
    command_requested = Signal(object)  # Picture: its request as a command

    def __init__(
        self, thumbnails: ThumbnailCache, catalog: Catalog, reference_path: Callable[[Reference], Path]
    ) -> None:
        """``reference_path`` says where a reference's file lies; it may raise ProblemError."""
        super().__init__()
        self._catalog = catalog
        self._origin: Origin | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._ids: tuple[str, ...] = ()  # of all that are shown, read or not
        self._count = 0
        self._board_names: dict[str, str] = {}
        self._page, self._empty = QWidget(), Label()
        self._way_back = QWidget()
        self._back, self._place = QPushButton(), QPushButton()
        self._heading = PlainText()
        self.stars = RatingSlider()
        self._tags = Label()
        self._prompt = PlainText(line_px=PROMPT_LINE_PX)
        self.use = UseRow()
        self.lineage = LineageView(thumbnails, reference_path)
        self.facts = FactList()
        self.note = NoteField()
        self._more, self._more_facts = Fold(), FactList()
        self.copy_command, self.alike = QPushButton(), QPushButton()
        self._column = QVBoxLayout(self._page)
        self._build()
        self._connect()
        self._write_words()
        self.show_nothing()

    @property
    def shows_several(self) -> bool:
        """Whether it is about more than one picture."""
        return self._count > 1

    def set_boards(self, boards: tuple[Board, ...]) -> None:
        """Know the boards by their names."""
        self._board_names = {board.id: words.board(board.name) for board in boards}

    def show_origin(self, origin: Origin, *, is_elsewhere: bool = False) -> None:
        """Show how one picture was made; ``is_elsewhere``: it is not among those in the gallery."""
        if self._origin is None or self._origin.picture.id != origin.picture.id:
            self.verticalScrollBar().setValue(0)
        self._origin, self._pictures, self._count = origin, (origin.picture,), 1
        self._ids = (origin.picture.id,)
        self._show(is_elsewhere=is_elsewhere)

    def show_several(self, pictures: tuple[Picture, ...], ids: tuple[str, ...] = ()) -> None:
        """Show what several pictures have in common; ``ids`` of all, where not all are handed over."""
        self._ids = ids or tuple(picture.id for picture in pictures)
        self._origin, self._pictures, self._count = None, pictures, len(self._ids)
        self._show()

    def show_summary(self, summary: Summary) -> None:
        """Show what the pictures that are shown are together."""
        if self._origin is None and self._count:
            self.facts.show_facts(summary_facts(summary, self._catalog, self._board_name))
            self._show_prompt(summary.prompts[0].value if len(summary.prompts) == 1 else "")
            same = summary.least_rating == summary.most_rating
            self.stars.show_rating(summary.most_rating if same else 0)
            self.facts.setVisible(True)

    def show_count(self, count: int) -> None:
        """Show how many are selected while nothing else is known about them."""
        self._origin, self._pictures, self._ids, self._count = None, (), (), count
        self._show()

    def show_nothing(self) -> None:
        """Say what can be seen here."""
        self.show_count(0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._show()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._heading.setFont(heading_font())
        self._prompt.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for label in (self._empty, self._tags):
            label.setProperty("tone", "dim")
            label.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tags.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tags.setTextFormat(Qt.TextFormat.PlainText)
        self._tags.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        marks = QHBoxLayout()
        marks.setSpacing(GROUP_PX)
        marks.addWidget(self.stars)
        marks.addWidget(self._tags, 1)
        marks.addStretch()
        self._lay_out(marks)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _lay_out(self, marks: QHBoxLayout) -> None:
        column = self._column
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(self._way_back)
        column.addWidget(self._heading)
        column.addLayout(marks)
        for part in (self._prompt, self.use, self.lineage):
            column.addWidget(part)
        column.addSpacing(GAP_PX)
        for below in (self.facts, self.note, self._more):
            column.addWidget(below)
        self._more.column.addWidget(self._more_facts)
        for act in (self.alike, self.copy_command):
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._empty, _ALL_OF_IT)
        column.addStretch(1)
        back = QHBoxLayout(self._way_back)
        back.setContentsMargins(0, 0, 0, 0)
        back.addWidget(self._back)
        back.addStretch(1)
        back.addWidget(self._place)
        for button in (self.alike, self.copy_command, self._back, self._place):
            button.setProperty("quiet", True)
            button.setStyleSheet("QPushButton { padding: 0; min-height: 20px; }")  # flush with the words

    def _connect(self) -> None:
        self.stars.rating_chosen.connect(self._on_rating_chosen)
        self.use.use_requested.connect(self.use_requested)
        self.lineage.picture_requested.connect(self.picture_requested)
        self.lineage.made_with_requested.connect(self.made_with_requested)
        self.note.note_given.connect(self.note_given)
        self._back.clicked.connect(self._on_back_clicked)
        self._place.clicked.connect(lambda: self.place_requested.emit(self._pictures[0]))
        self.alike.clicked.connect(lambda: self.alike_requested.emit(self._pictures[0]))
        self.copy_command.clicked.connect(lambda: self.command_requested.emit(self._pictures[0]))

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Details"))
        self.stars.setAccessibleName(self.tr("Rating"))
        self.stars.setToolTip(self.tr("Rate with 1 to 5 stars; 0 takes them away"))
        self._prompt.setAccessibleName(self.tr("Prompt of the picture"))
        self._heading.setAccessibleName(self.tr("File name"))
        self._more.set_words(self.tr("Answer and file"))
        self._back.setText(self.tr("Back to the selection"))
        self._back.setAccessibleName(self.tr("Back to the selection"))
        self._place.setText(self.tr("Show in its board"))
        self._place.setAccessibleName(self.tr("Show in its board"))
        self.alike.setText(self.tr("More like this"))
        self.alike.setAccessibleName(self.tr("More like this"))
        self.alike.setToolTip(self.tr("Pictures of the library that look like it"))
        self.copy_command.setText(self.tr("Copy as curl"))
        self.copy_command.setAccessibleName(self.tr("Copy as curl"))
        self.copy_command.setToolTip(self.tr("The request as a command for a terminal, without the key"))
        self._empty.setText(self.tr("Select a picture to see how it was made."))

    def _show(self, *, is_elsewhere: bool = False) -> None:
        self._show_parts()
        self._way_back.setVisible(is_elsewhere)
        if self._origin is not None:
            self._show_one(self._origin)
        elif self._count:
            self._show_many()

    def _show_parts(self) -> None:
        """Show only what there is something to say in."""
        self._empty.setVisible(self._count == 0)
        self._heading.setVisible(self._count > 0)
        self.stars.setVisible(bool(self._ids) and not any(one.trash_id for one in self._pictures))
        for part in (self._tags, self.use, self.lineage, self._more):
            part.setVisible(self._origin is not None)
        self.note.setVisible(self._origin is not None and not self._pictures[0].trash_id)
        if self._origin is None:
            self.note.show_note((), "")
        self.alike.setVisible(self._origin is not None)
        self.copy_command.setVisible(
            self._origin is not None and self._origin.record.made.request is not None
        )
        for text in (self._prompt, self.facts):
            text.setVisible(bool(self._pictures))

    def _show_one(self, origin: Origin) -> None:
        picture, record = origin.picture, origin.record
        self._heading.show_text(picture.path.name)
        self.stars.show_rating(picture.rating)
        tags = record.marks.tag_names
        self._tags.setText(" · ".join(tags))
        self._tags.setVisible(bool(tags))
        self._show_prompt(record.made.request.prompt if record.made.request else picture.prompt)
        parts = usable_parts(record)
        self.use.show_parts(parts)
        self.use.setVisible(not parts.is_empty)
        self.lineage.show_origin(origin)
        self.facts.show_facts(facts_of(origin, self._catalog))
        self.note.show_note((picture.id,), str(record.marks.note.value))
        self._more_facts.show_facts(answer_facts(origin))

    def _show_many(self) -> None:
        self._heading.show_text(self.tr("{pictures} selected").format(pictures=words.pictures(self._count)))
        ratings = {picture.rating for picture in self._pictures}
        self.stars.show_rating(ratings.pop() if len(ratings) == 1 else 0)
        self._show_prompt(shared_prompt(self._pictures))
        self.facts.show_facts(shared_facts(self._pictures, self._catalog) if self._pictures else ())

    def _show_prompt(self, prompt: str) -> None:
        self._prompt.show_text(prompt)
        self._prompt.setVisible(bool(prompt))

    def _board_name(self, board_id: str) -> str:
        return self._board_names.get(board_id, "")

    def _on_back_clicked(self) -> None:
        self.back_requested.emit()

    def _on_rating_chosen(self, rating: int) -> None:
        self.rate_requested.emit(self._ids, rating)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        """Put the scroll bar into the margin, so that nothing moves when it comes and goes."""
        bar_px = self.verticalScrollBar().sizeHint().width() if highest else 0
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX - bar_px, EDGE_PX)
