"""Pictures held against each other in the gallery's place: the stage, what differs, and the filmstrip."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.gui.compare_header import CompareHeader
from seedream_desktop.gui.compare_panes import Look
from seedream_desktop.gui.compare_stage import CompareStage
from seedream_desktop.gui.compare_table import CompareTable
from seedream_desktop.gui.filmstrip import Filmstrip
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.meant_keys import meant_words
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.theme import EDGE_PX, SPACE_PX
from seedream_desktop.gui.thumbnail_row import Relative, ThumbnailRow
from seedream_desktop.state.comparison import LABELS, SIDE_BY_SIDE_MOST, Comparison
from seedream_desktop.state.run_off import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from seedream_desktop.gui.compare_words import Line
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.full_picture import Draw
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.tasks import TaskRunner

_ZOOM_A_KEY = 1.5
_SHARE_A_KEY = 0.02
_STARS = 5
_HALVES = (Look.SLIDER, Look.FLICKER)


class CompareView(QWidget):
    """Shows a comparison and emits wishes. Every act has a key."""

    closed = Signal()
    shown = Signal(bool)  # whether it is
    rate_requested = Signal(object, int)  # tuple[str, ...] picture ids, 0 to 5
    reject_requested = Signal(object, bool)  # tuple[str, ...] picture ids, whether they are
    trash_requested = Signal(object)  # tuple[str, ...]: picture ids
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    act_requested = Signal(object, object)  # PictureKey, Picture
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Picture, ...]
    drag_requested = Signal(object)  # tuple[Picture, ...]: they are dragged out
    verdict_requested = Signal(object)  # Verdict
    step_back_requested = Signal()
    picture_requested = Signal(str)  # picture id: to be gone to

    def __init__(
        self,
        comparison: Comparison,
        model: GalleryModel,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        draw: Draw,
    ) -> None:
        """``draw`` blocks, and is called on ``runner``."""
        super().__init__()
        self._comparison = comparison
        self._is_alone = False
        self._model = model
        self.stage = CompareStage(comparison, thumbnails, runner, draw, self.isVisible, self)
        self.header, self.panes = CompareHeader(), self.stage.panes
        self.table, self.strip = CompareTable(SIDE_BY_SIDE_MOST), Filmstrip(model, thumbnails)
        self.order = ThumbnailRow(thumbnails)
        self._keys = self._key_table()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # single keys act on pictures
        self._lay_out()
        self._connect()
        self._write_words()

    def show_lines(self, lines: tuple[Line, ...] | None) -> None:
        """Show what differs; None: that is not known yet."""
        self.table.show_lines(lines, self.labels)

    def show_only_pictures(self, is_alone: bool) -> None:
        """Show nothing but the pictures and their letters: no name, prompt or stars; or bring them back."""
        for part in (self.header, self.strip, self.table, self.order, *self.findChildren(Hairline)):
            if part.parentWidget() is self:
                part.setVisible(not is_alone)
        self._is_alone = is_alone
        if not is_alone:
            self.show_comparison()

    @property
    def labels(self) -> tuple[str, ...]:
        """What the pictures are called here."""
        return self.stage.labels

    def event(self, event: QEvent) -> bool:
        """Claim keys that would be the window's: Esc, and undo, which means a step of the run-off."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = meant_words(event)
            is_step = key == "Ctrl+Z" and self._comparison.run_off is not None
            if is_step or (key == "Esc" and not self.window().isFullScreen()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the picture that is active; other keys are the window's."""
        key = meant_words(event)
        act = self._keys.get(key)
        if act is not None and (key != "Ctrl+Z" or self._comparison.run_off is not None):
            act()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what is compared."""
        super().showEvent(event)
        self.show_comparison()
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the pictures; begin with all of each next time."""
        super().hideEvent(event)
        self.shown.emit(False)
        self.panes.show_look(Look.SIDE_BY_SIDE)
        self.panes.fit()
        self.stage.rest()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def show_comparison(self) -> None:
        """Show the comparison as it is now."""
        if not self.isVisible():
            return
        comparison, run_off = self._comparison, self._comparison.run_off
        is_over = run_off is not None and run_off.is_over
        pictures = comparison.pictures
        marks = {picture.id: label for picture, label in zip(pictures, self.labels, strict=True)}
        self.strip.show_marks(marks)
        row = self._model.row_of(pictures[comparison.active].id) if pictures else None
        if row is not None:
            self.strip.show_row(row)
        self.table.show_pictures(pictures, self.labels, comparison.active, has_choice=run_off is None)
        self._show_order(is_over and not self._is_alone)
        self.stage.show()
        self.header.show_stage(len(pictures), run_off, self.panes.look)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Hairline())
        column.addWidget(self.panes, 1)
        column.addWidget(self.table)
        self.order.setContentsMargins(EDGE_PX, SPACE_PX, EDGE_PX, EDGE_PX)
        column.addWidget(self.order)
        column.addWidget(Hairline())
        column.addWidget(self.strip)

    def _connect(self) -> None:
        comparison, header, table = self._comparison, self.header, self.table
        comparison.changed.connect(self.show_comparison)
        self.panes.zoom_changed.connect(self._on_zoom_changed)
        self.panes.drag_begun.connect(self._on_drag_begun)
        self.panes.pane_pressed.connect(comparison.activate)
        header.look_requested.connect(self._show_look)
        header.swap_requested.connect(comparison.swap)
        header.size_toggled.connect(self.panes.toggle_size)
        header.verdict_requested.connect(self.verdict_requested)
        header.step_back_requested.connect(self.step_back_requested)
        header.close_requested.connect(self.closed)
        table.activated.connect(comparison.activate)
        table.rating_requested.connect(self._rate)
        table.reject_requested.connect(self._reject)
        table.step_requested.connect(self._put_neighbour)
        table.exchange_requested.connect(comparison.exchange)
        table.leave_requested.connect(lambda place: comparison.add(comparison.pictures[place]))
        self.strip.row_requested.connect(lambda row: self._on_row(row, comparison.put))
        self.strip.row_added.connect(lambda row: self._on_row(row, comparison.add))
        self.strip.drag_requested.connect(self._on_strip_dragged)
        self.order.picture_requested.connect(self.picture_requested)
        self.order.drag_requested.connect(self._on_order_dragged)

    def _key_table(self) -> dict[str, Callable[[], object]]:
        comparison, panes = self._comparison, self.panes
        acts: dict[str, Callable[[], object]] = {
            "Left": partial(self._step, -1),
            "Right": partial(self._step, 1),
            "Return": partial(self._decide, Verdict.WON),
            "Enter": partial(self._decide, Verdict.WON),
            "X": self._reject_active,
            "Ctrl+Z": self.step_back_requested.emit,
            "Backspace": self.step_back_requested.emit,
            "S": partial(self._show_look, Look.SIDE_BY_SIDE),
            "L": partial(self._show_look, Look.SLIDER),
            "F": partial(self._show_look, Look.FLICKER),
            "Space": self._flip,
            "W": comparison.swap,
            "Z": panes.toggle_size,
            "+": partial(panes.zoom_by, _ZOOM_A_KEY),
            "=": partial(panes.zoom_by, _ZOOM_A_KEY),
            "-": partial(panes.zoom_by, 1 / _ZOOM_A_KEY),
            "Del": partial(self._with_active, lambda one: self.trash_requested.emit((one.id,))),
            "E": partial(self._with_active, self.edit_requested.emit),
            "R": partial(self._with_active, lambda one: self.reference_requested.emit((one,))),
            "T": partial(self._with_active, partial(self.act_requested.emit, PictureKey.TAG)),
            "F2": partial(self._with_active, partial(self.act_requested.emit, PictureKey.RENAME)),
            "Ctrl+C": partial(self._with_active, self.copy_requested.emit),
            "Ctrl+Shift+C": partial(self._with_active, lambda one: self.copy_files_requested.emit((one,))),
            "Esc": self.closed.emit,
        }
        acts |= {letter: partial(comparison.activate, place) for place, letter in enumerate(LABELS)}
        acts |= {str(rating): partial(self._rate_active, rating) for rating in range(_STARS + 1)}
        return acts

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Compare"))
        self.order.set_caption(self.tr("In order"))

    # What is seen

    def _show_order(self, is_over: bool) -> None:
        order = self._comparison.order if is_over else ()
        self.order.show_relatives(
            tuple(
                Relative(one.sha256, one.path.name, partial(_path_of, one), number, one.id, number == 1)
                for number, one in enumerate(order, 1)
            )
        )

    def _show_look(self, look: Look) -> None:
        self.panes.show_look(look)
        run_off = self._comparison.run_off
        self.header.show_stage(len(self._comparison.pictures), run_off, self.panes.look)

    def _on_zoom_changed(self) -> None:
        self.header.show_zooms(self.panes.zooms, is_fit=self.panes.is_fit)

    # Wishes

    def _on_drag_begun(self, place: int) -> None:
        self.drag_requested.emit((self._comparison.pictures[place],))

    def _on_strip_dragged(self, pictures: tuple[Picture, ...]) -> None:
        """One of those that are compared takes the others with it."""
        compared = self._comparison.pictures
        self.drag_requested.emit(compared if set(pictures) & set(compared) else pictures)

    def _on_order_dragged(self, picture_id: str) -> None:
        self.drag_requested.emit(tuple(one for one in self._comparison.order if one.id == picture_id))

    def _step(self, step: int) -> None:
        """In a run-off to the next challenger or a step back; else along, or the divider."""
        comparison, look = self._comparison, self.panes.look
        if comparison.run_off is not None:
            if step > 0:
                self._decide(Verdict.LOST)
            else:
                self.step_back_requested.emit()
        elif look is Look.SLIDER:
            self.panes.set_share(self.panes.share + step * _SHARE_A_KEY)
        elif look is Look.FLICKER:
            self.panes.pause(True)
            self.panes.flip()
        else:
            comparison.activate((comparison.active + step) % max(1, len(comparison.pictures)))

    def _flip(self) -> None:
        """Stop the flickering, or go on with it."""
        self.panes.pause(self.panes.is_flickering)

    def _decide(self, verdict: Verdict) -> None:
        if self._comparison.run_off is not None and not self._comparison.run_off.is_over:
            self.verdict_requested.emit(verdict)

    def _with_active(self, act: Callable[[Picture], object]) -> None:
        if (picture := self._comparison.active_picture) is not None:
            act(picture)

    def _rate_active(self, rating: int) -> None:
        self._rate(self._comparison.active, rating)

    def _rate(self, place: int, rating: int) -> None:
        self.rate_requested.emit((self._comparison.pictures[place].id,), rating)

    def _reject_active(self) -> None:
        run_off = self._comparison.run_off
        if run_off is not None and not run_off.is_over:
            self._decide(Verdict.REJECTED)
        else:
            self._reject(self._comparison.active)

    def _reject(self, place: int) -> None:
        picture = self._comparison.pictures[place]
        self.reject_requested.emit((picture.id,), not picture.rejected)

    def _put_neighbour(self, place: int, step: int) -> None:
        """In that place the next picture of the gallery, or the one before, that is not compared already."""
        model, held = self._model, {picture.id for picture in self._comparison.pictures}
        row = model.row_of(self._comparison.pictures[place].id)
        while row is not None and 0 <= (row := row + step) < model.rowCount():
            picture_id = model.picture_id(row)
            if picture_id is not None and picture_id not in held:
                model.with_pictures((picture_id,), lambda found: self._put_first(found, place))
                return

    def _put_first(self, found: tuple[Picture, ...], place: int) -> None:
        if found and place < len(self._comparison.pictures):
            self._comparison.put(found[0], place)

    def _on_row(self, row: int, take: Callable[[Picture], None]) -> None:
        if (picture := self._model.picture(row)) is not None:
            take(picture)


def _path_of(picture: Picture) -> Path:
    return picture.path
