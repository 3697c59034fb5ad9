"""Where a picture comes from and what became of it: several generations, as thumbnails to walk along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.theme import GROUP_PX, SPACE_PX
from seedream_desktop.gui.thumbnail_row import SHOWN_MOST, Relative, ThumbnailRow

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.origins import Origin
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_SIDE_BY_SIDE_MOST = 4  # tiles of both rows; with more they stand below one another
_FURTHER = 3  # generations beyond the nearest, each way


class LineageView(QWidget):
    """Made from and led to beside each other, what lies further away below, and what came with it."""

    picture_requested = Signal(str)  # picture id
    made_with_requested = Signal(str)  # SHA-256
    drag_requested = Signal(str)  # picture id

    def __init__(self, thumbnails: ThumbnailCache, reference_path: Callable[[Reference], Path]) -> None:
        """``reference_path`` says where a reference's file lies; it may raise ProblemError."""
        super().__init__()
        self._reference_path = reference_path
        self._sha256 = ""
        self._led_to_count = 0
        self.made_from = ThumbnailRow(thumbnails)
        self.led_to = ThumbnailRow(thumbnails, from_right=True)
        self.further_back = tuple(ThumbnailRow(thumbnails) for _ in range(_FURTHER))
        self.further_on = tuple(ThumbnailRow(thumbnails) for _ in range(_FURTHER))
        self.press = ThumbnailRow(thumbnails)
        self.all_made_with = QPushButton()
        self._nearest = QHBoxLayout()
        self._lay_out()
        for row in self._rows:
            row.picture_requested.connect(self.picture_requested)
            row.made_with_requested.connect(self.made_with_requested)
            row.drag_requested.connect(self.drag_requested)
        self.all_made_with.clicked.connect(lambda: self.made_with_requested.emit(self._sha256))
        self._write_words()

    def show_origin(self, origin: Origin) -> None:
        """Show the relatives of a picture; the focus stays in the row in which it was."""
        held = QApplication.focusWidget()
        focused = next((row for row in self._rows if held is not None and row.isAncestorOf(held)), None)
        self._sha256 = origin.picture.sha256
        self._show_nearest(origin)
        self._show_further(origin)
        self._show_press(origin)
        self.setVisible(any(row.relatives for row in self._rows))
        if focused is not None:
            self._focus_again(focused)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    @property
    def _rows(self) -> tuple[ThumbnailRow, ...]:
        return (self.made_from, self.led_to, *self.further_back, *self.further_on, self.press)

    def _lay_out(self) -> None:
        self._nearest.setSpacing(GROUP_PX)
        self._nearest.addWidget(self.made_from, 1)
        self._nearest.addWidget(self.led_to, 1)
        self.all_made_with.setProperty("quiet", True)
        self.all_made_with.setStyleSheet(
            "QPushButton { padding: 0; min-height: 18px; }"
        )  # flush with the tiles
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addLayout(self._nearest)
        column.addWidget(self.all_made_with, 0, Qt.AlignmentFlag.AlignRight)
        for row in (*self.further_back, *self.further_on, self.press):
            column.addWidget(row)

    def _write_words(self) -> None:
        self.made_from.set_caption(self.tr("Made from"))
        self.led_to.set_caption(self.tr("Led to"))
        back = (self.tr("Before that"), self.tr("Three generations back"), self.tr("Four generations back"))
        on = (self.tr("And from there"), self.tr("Three generations on"), self.tr("Four generations on"))
        for row, caption in zip((*self.further_back, *self.further_on), (*back, *on), strict=True):
            row.set_caption(caption)
        self.press.set_caption(self.tr("Came with it"))
        self._name_all()

    def _name_all(self) -> None:
        count = words.number(self._led_to_count)
        self.all_made_with.setText(self.tr("Show all {count} in the gallery").format(count=count))
        self.all_made_with.setAccessibleName(self.tr("Everything made with this picture"))
        self.all_made_with.setToolTip(self.tr("Everything made with this picture"))

    def _show_nearest(self, origin: Origin) -> None:
        sources = self._sources(origin)
        results = tuple(_relative(picture) for picture in origin.led_to)
        self.made_from.show_relatives(sources)
        self.led_to.show_relatives(results)
        self._led_to_count = max(origin.relatives.led_to_count, len(results))
        self.led_to.show_more(self._led_to_count - min(len(results), SHOWN_MOST))
        self.all_made_with.setVisible(self._led_to_count > 1)
        self._name_all()
        fits = len(sources) + len(results) <= _SIDE_BY_SIDE_MOST or not (sources and results)
        direction = QHBoxLayout.Direction.LeftToRight if fits else QHBoxLayout.Direction.TopToBottom
        self._nearest.setDirection(direction)

    def _show_further(self, origin: Origin) -> None:
        relatives = origin.relatives
        for rows, generations in (
            (self.further_back, relatives.made_from[1:]),
            (self.further_on, relatives.led_to[1:]),
        ):
            for number, row in enumerate(rows):
                shown = generations[number] if number < len(generations) else ()
                row.show_relatives(tuple(_relative(picture) for picture in shown))

    def _show_press(self, origin: Origin) -> None:
        press, shown_id = origin.relatives.press, origin.picture.id
        self.press.show_relatives(
            tuple(_relative(one, number, shown_id) for number, one in enumerate(press, 1))
        )

    def _sources(self, origin: Origin) -> tuple[Relative, ...]:
        """The references in their order; those that are pictures of the library lead to them.

        Before them what it was in another program before that changed it.
        """
        in_library = {picture.sha256: picture for picture in origin.made_from}
        made = origin.record.made
        request = made.request
        if request is None or not request.references:
            return tuple(_relative(picture) for picture in origin.made_from)
        edited = in_library.get(made.edited_from)
        is_reference = any(one.sha256 == made.edited_from for one in request.references)
        sources = [_relative(edited)] if edited is not None and not is_reference else []
        for number, reference in enumerate(request.references, 1):
            picture = in_library.get(reference.sha256)
            sources.append(_relative(picture, number) if picture else self._reference(reference, number))
        return tuple(sources)

    def _reference(self, reference: Reference, number: int) -> Relative:
        name = words.reference_name(number, reference)
        return Relative(reference.sha256, name, lambda: self._reference_path(reference), number)

    def _focus_again(self, row: ThumbnailRow) -> None:
        """Who walks along by keyboard goes on from where that led."""
        seen = [row, *(other for other in self._rows if other is not row)]
        for one in seen:
            if one.tiles and not one.isHidden():
                one.tiles[0].show()  # a layout shows what is new to it later, and a focus before is lost
                one.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
                return


def _relative(picture: Picture, number: int = 0, shown_id: str = "") -> Relative:
    name = picture.title or picture.prompt or picture.path.stem
    is_shown = picture.id == shown_id
    return Relative(picture.sha256, name, lambda: picture.path, number, picture.id, is_shown)
