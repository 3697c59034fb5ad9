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
from seedream_desktop.gui.fact_list import FactList
from seedream_desktop.gui.origin_words import facts_of, shared_facts, shared_prompt, usable_parts
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.plain_text import PlainText
from seedream_desktop.gui.rating_slider import RatingSlider
from seedream_desktop.gui.theme import (
    EDGE_PX,
    GAP_PX,
    GROUP_PX,
    PROMPT_LINE_PX,
    heading_font,
)
from seedream_desktop.gui.thumbnail_row import Relative, ThumbnailRow
from seedream_desktop.gui.use_row import UseRow

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.pictures import Origin
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_ALL_OF_IT = 100  # the empty state's share of the height
_SIDE_BY_SIDE_MOST = 4  # tiles of both rows; with more they stand below one another


class DetailsPanel(QScrollArea):
    """Shows one picture, several, or nothing."""

    use_requested = Signal(object)  # Recipe with the parts to use
    picture_requested = Signal(str)  # picture id: one that this was made from or led to
    rate_requested = Signal(object, int)  # tuple[str, ...] picture ids, 0 to 5
    command_requested = Signal(object)  # Picture: its request as a command

    def __init__(
        self, thumbnails: ThumbnailCache, catalog: Catalog, reference_path: Callable[[Reference], Path]
    ) -> None:
        """``reference_path`` says where a reference's file lies; it may raise ProblemError."""
        super().__init__()
        self._catalog = catalog
        self._reference_path = reference_path
        self._origin: Origin | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._count = 0
        self._page, self._empty = QWidget(), Label()
        self._heading = PlainText()
        self.stars = RatingSlider()
        self._tags = Label()
        self._prompt = PlainText(line_px=PROMPT_LINE_PX)
        self.use = UseRow()
        self._relatives = QWidget()
        self.made_from = ThumbnailRow(thumbnails)
        self.led_to = ThumbnailRow(thumbnails, from_right=True)
        self.facts = FactList()
        self.copy_command = QPushButton()
        self._column = QVBoxLayout(self._page)
        self._build()
        self._connect()
        self._write_words()
        self.show_nothing()

    def show_origin(self, origin: Origin) -> None:
        """Show how one picture was made."""
        if self._origin is None or self._origin.picture.id != origin.picture.id:
            self.verticalScrollBar().setValue(0)
        self._origin, self._pictures, self._count = origin, (origin.picture,), 1
        self._show()

    def show_several(self, pictures: tuple[Picture, ...]) -> None:
        """Show what several pictures have in common."""
        self._origin, self._pictures, self._count = None, pictures, len(pictures)
        self._show()

    def show_count(self, count: int) -> None:
        """Show how many are selected while nothing else is known about them."""
        self._origin, self._pictures, self._count = None, (), count
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
        related = QHBoxLayout(self._relatives)
        related.setContentsMargins(0, 0, 0, 0)
        related.setSpacing(GROUP_PX)
        related.addWidget(self.made_from, 1)
        related.addWidget(self.led_to, 1)
        column = self._column
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(self._heading)
        column.addLayout(marks)
        for part in (self._prompt, self.use, self._relatives):
            column.addWidget(part)
        column.addSpacing(GAP_PX)
        column.addWidget(self.facts)
        column.addWidget(self.copy_command, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._empty, _ALL_OF_IT)
        column.addStretch(1)
        self.copy_command.setProperty("quiet", True)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _connect(self) -> None:
        self.stars.rating_chosen.connect(self._on_rating_chosen)
        self.use.use_requested.connect(self.use_requested)
        self.made_from.picture_requested.connect(self.picture_requested)
        self.led_to.picture_requested.connect(self.picture_requested)
        self.copy_command.clicked.connect(lambda: self.command_requested.emit(self._pictures[0]))

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Details"))
        self.stars.setAccessibleName(self.tr("Rating"))
        self.stars.setToolTip(self.tr("Rate with 1 to 5 stars; 0 takes them away"))
        self._prompt.setAccessibleName(self.tr("Prompt of the picture"))
        self._heading.setAccessibleName(self.tr("File name"))
        self.made_from.set_caption(self.tr("Made from"))
        self.led_to.set_caption(self.tr("Led to"))
        self.copy_command.setText(self.tr("Copy as curl"))
        self.copy_command.setAccessibleName(self.tr("Copy as curl"))
        self.copy_command.setToolTip(self.tr("The request as a command for a terminal, without the key"))
        self._empty.setText(self.tr("Select a picture to see how it was made."))

    def _show(self) -> None:
        self._show_parts()
        if self._origin is not None:
            self._show_one(self._origin)
        elif self._count:
            self._show_many()

    def _show_parts(self) -> None:
        """Show only what there is something to say in."""
        self._empty.setVisible(self._count == 0)
        self._heading.setVisible(self._count > 0)
        self.stars.setVisible(bool(self._pictures))
        for part in (self._tags, self.use, self._relatives):
            part.setVisible(self._origin is not None)
        self.copy_command.setVisible(
            self._origin is not None and self._origin.record.made.request is not None
        )
        for part in (self._prompt, self.facts):
            part.setVisible(bool(self._pictures))

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
        self._show_relatives(origin)
        self.facts.show_facts(facts_of(origin, self._catalog))

    def _show_many(self) -> None:
        self._heading.show_text(self.tr("{pictures} selected").format(pictures=words.pictures(self._count)))
        ratings = {picture.rating for picture in self._pictures}
        self.stars.show_rating(ratings.pop() if len(ratings) == 1 else 0)
        self._show_prompt(shared_prompt(self._pictures))
        self.facts.show_facts(shared_facts(self._pictures, self._catalog) if self._pictures else ())

    def _show_prompt(self, prompt: str) -> None:
        self._prompt.show_text(prompt)
        self._prompt.setVisible(bool(prompt))

    def _show_relatives(self, origin: Origin) -> None:
        sources, results = self._sources(origin), tuple(_relative(picture) for picture in origin.led_to)
        self.made_from.show_relatives(sources)
        self.led_to.show_relatives(results)
        layout = self._relatives.layout()
        if isinstance(layout, QHBoxLayout):
            fits = len(sources) + len(results) <= _SIDE_BY_SIDE_MOST or not (sources and results)
            direction = QHBoxLayout.Direction.LeftToRight if fits else QHBoxLayout.Direction.TopToBottom
            layout.setDirection(direction)
        self._relatives.setVisible(bool(sources or results))

    def _sources(self, origin: Origin) -> tuple[Relative, ...]:
        """The references in their order; those that are pictures of the library lead to them."""
        in_library = {picture.sha256: picture for picture in origin.made_from}
        request = origin.record.made.request
        if request is None:
            return tuple(_relative(picture) for picture in origin.made_from)
        sources = []
        for number, reference in enumerate(request.references, 1):
            picture = in_library.get(reference.sha256)
            sources.append(_relative(picture, number) if picture else self._reference(reference, number))
        return tuple(sources)

    def _reference(self, reference: Reference, number: int) -> Relative:
        name = words.reference_name(number, reference)
        return Relative(reference.sha256, name, lambda: self._reference_path(reference), number)

    def _on_rating_chosen(self, rating: int) -> None:
        self.rate_requested.emit(tuple(picture.id for picture in self._pictures), rating)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        """Put the scroll bar into the margin, so that nothing moves when it comes and goes."""
        bar_px = self.verticalScrollBar().sizeHint().width() if highest else 0
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX - bar_px, EDGE_PX)


def _relative(picture: Picture, number: int = 0) -> Relative:
    name = picture.title or picture.prompt or picture.path.stem
    return Relative(picture.sha256, name, lambda: picture.path, number, picture.id)
