"""The viewer: one picture in the gallery's place, its neighbours one key away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.gui.filmstrip import Filmstrip
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.star_row import STARS
from seedream_desktop.gui.viewer_canvas import Shown, ViewerCanvas
from seedream_desktop.gui.viewer_caption import ViewerCaption
from seedream_desktop.gui.viewer_header import ViewerHeader
from seedream_desktop.gui.viewer_notes import cut_note, job_note, unreadable_note
from seedream_desktop.state.before_look import Before, BeforeLook
from seedream_desktop.state.followed_row import FollowedRow
from seedream_desktop.state.full_picture import Draw, FullPictures, Unreadable
from seedream_desktop.state.thumbnail_cache import SIDE_PX_MAX, ThumbnailCache
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, WaitingTile, name_of, press_of

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.note_painting import Note
    from seedream_desktop.library.values import Picture
    from seedream_desktop.pipeline.events import PictureSaved
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.tasks import TaskRunner

_TICK_MS = 1000
_ZOOM_A_KEY = 1.5


class Viewer(QWidget):
    """Shows one row of the gallery's model as large as there is room, and emits wishes."""

    closed = Signal()
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    trash_requested = Signal(object)  # tuple[str, ...], picture ids
    rate_requested = Signal(object, int)  # tuple[str, ...], picture ids; 0 to 5
    act_requested = Signal(object, object)  # PictureKey, Picture
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Path, ...]
    row_changed = Signal(int)  # another picture is on the stage, or it stands in another row
    before_wanted = Signal(object)  # Picture: answer with `set_before` while it is on the stage

    def __init__(
        self,
        model: GalleryModel,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        reference_path: Callable[[Reference], Path],
        draw: Draw,
    ) -> None:
        """``reference_path`` and ``draw`` block, and are called on ``runner``."""
        super().__init__()
        self._model = model
        self._thumbnails = thumbnails
        self._pictures = FullPictures(runner, draw, parent=self)
        self._followed = FollowedRow(model, self)
        self._before = BeforeLook(runner, reference_path, self)
        self._direction = 1
        self._awaited_press = ""
        self._header, self.canvas, self.filmstrip = (
            ViewerHeader(),
            ViewerCanvas(),
            Filmstrip(model, thumbnails),
        )
        self._caption = ViewerCaption()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._keys = self._key_table()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._connect()
        self._write_words()

    def show_row(self, row: int) -> None:
        """Put what stands in ``row`` on the stage."""
        if not 0 <= row < self._model.rowCount():
            return
        self._direction = -1 if row < self._followed.row else 1
        self._awaited_press = ""
        self._followed.follow(row)
        self._before.forget()
        self._present()
        self.row_changed.emit(row)

    def current_picture(self) -> Picture | None:
        """The picture on the stage; None: a job, nothing, or not read yet."""
        tile = self._followed.tile
        return tile.picture if isinstance(tile, PictureTile) else None

    def show_only_picture(self, is_alone: bool) -> None:
        """Show nothing but the picture: no name, prompt, stars or strip; or bring them back."""
        for part in (self._header, self._caption, self.filmstrip, *self.findChildren(Hairline)):
            part.setVisible(not is_alone)

    def set_before(self, before: Reference | Path | None) -> None:
        """Say what the picture on the stage was made from; None: from words alone."""
        self._before.answer(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the picture on the stage; other keys are the window's."""
        if event.key() == Qt.Key.Key_B and not event.modifiers():
            if not event.isAutoRepeat() and self.current_picture() is not None:
                self._before.hold(True)
            return
        act = self._keys.get(_key_of(event))
        if act is not None:
            act()
        elif event.key() != Qt.Key.Key_Space:  # held, it lets the picture be dragged, which works anyway
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the look at what it was made from."""
        if event.key() == Qt.Key.Key_B:
            if not event.isAutoRepeat():
                self._before.hold(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go of elsewhere is not heard of."""
        super().focusOutEvent(event)
        self._before.hold(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin with all of the picture next time."""
        super().hideEvent(event)
        self._before.hold(False)
        self._awaited_press = ""
        self._tick.stop()
        self.canvas.fit()
        self._pictures.keep_only(self._wanted_paths()[:1])

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what is on the stage again."""
        super().showEvent(event)
        self._present()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Hairline())
        column.addWidget(self.canvas, 1)
        column.addWidget(self._caption)
        column.addWidget(Hairline())
        column.addWidget(self.filmstrip)

    def _connect(self) -> None:
        self._followed.replaced.connect(self._on_replaced)
        self._followed.moved.connect(self._on_moved)
        self._followed.tile_changed.connect(self._show_tile)
        self._followed.lost.connect(self._on_lost)
        self._model.rowsInserted.connect(lambda *_: self._show_place())
        self._model.rowsRemoved.connect(lambda *_: self._show_place())
        self._model.press_shown.connect(self._on_press_shown)
        self._model.picture_placed.connect(self._on_picture_placed)
        self._thumbnails.thumbnail_ready.connect(self._on_thumbnail_ready)
        self._pictures.picture_ready.connect(lambda _: self._show_canvas())
        self._pictures.picture_failed.connect(self._on_picture_failed)
        self._before.wanted.connect(self._on_before_wanted)
        self._before.changed.connect(self._on_before_changed)
        self._tick.timeout.connect(self._show_canvas)
        self.canvas.zoom_changed.connect(lambda zoom: self._header.show_zoom(zoom, self.canvas.is_fit))
        self.filmstrip.row_requested.connect(self.show_row)
        self._caption.rating_requested.connect(self._rate)
        self._connect_header()

    def _connect_header(self) -> None:
        self._header.size_toggled.connect(self.canvas.toggle_size)
        self._header.before_held.connect(self._before.hold)
        self._header.edit_requested.connect(self._edit)
        self._header.reference_requested.connect(self._use_as_reference)
        self._header.trash_requested.connect(self._trash)
        self._header.close_requested.connect(self.closed)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Viewer"))
        self._show_tile()

    def _key_table(self) -> dict[str, Callable[[], object]]:
        acts: dict[str, Callable[[], object]] = {
            "Left": lambda: self.show_row(self._followed.row - 1),
            "Right": lambda: self.show_row(self._followed.row + 1),
            "Home": lambda: self.show_row(0),
            "End": lambda: self.show_row(self._model.rowCount() - 1),
            "+": lambda: self.canvas.zoom_by(_ZOOM_A_KEY),
            "=": lambda: self.canvas.zoom_by(_ZOOM_A_KEY),
            "-": lambda: self.canvas.zoom_by(1 / _ZOOM_A_KEY),
        }
        for rating in range(STARS + 1):
            acts[str(rating)] = partial(self._rate, rating)
        for shortcut_id, act in (
            ("zoom", self.canvas.toggle_size),
            ("edit", self._edit),
            ("reference", self._use_as_reference),
            ("trash", self._trash),
            ("tag", partial(self._wish, PictureKey.TAG)),
            ("rename", partial(self._wish, PictureKey.RENAME)),
            ("copy", self._copy),
            ("copy_file", self._copy_file),
            ("back", self.closed.emit),
        ):
            acts[keys_of(shortcut_id).toString(QKeySequence.SequenceFormat.PortableText)] = act
        return acts

    # What is on the stage

    def _present(self) -> None:
        self._show_tile()
        self._show_place()
        self.filmstrip.show_row(self._followed.row)

    def _on_replaced(self, row: int) -> None:
        self._before.forget()
        self._on_moved(row)

    def _on_moved(self, row: int) -> None:
        """Out of sight it is the gallery that follows."""
        if self.isVisible():
            self._present()
            self.row_changed.emit(row)

    def _on_lost(self) -> None:
        if self.isVisible():
            self._show_tile()
            self.closed.emit()

    def _show_place(self) -> None:
        row = self._followed.row
        number = self._model.place_of(row) if 0 <= row < self._model.rowCount() else 0
        self._header.show_place(number, self._model.picture_count)

    def _show_tile(self) -> None:
        """Name and rate what is on the stage, and show as much of it as is at hand."""
        tile, picture = self._followed.tile, self.current_picture()
        name = "" if tile is None else name_of(tile)
        self._header.show_name(picture.path.name if picture is not None else name, picture is not None)
        self._caption.show_picture(picture)
        self.canvas.setAccessibleName(name)
        self._want()
        self._show_canvas()

    def _want(self) -> None:
        if self.isVisible():
            self._pictures.want(self._wanted_paths())

    def _wanted_paths(self) -> list[Path]:
        """The picture on the stage first, then what is likely to be looked at next."""
        row = self._followed.row
        neighbours = (self._model.picture(row + step) for step in (self._direction, -self._direction))
        paths = [one.path for one in (self.current_picture(), *neighbours) if one is not None]
        if self._before.path is not None:
            paths.insert(1 if self._before.is_held else 2, self._before.path)
        return paths

    def _show_canvas(self) -> None:
        if not self.isVisible():
            return
        tile, picture = self._followed.tile, self.current_picture()
        is_job = isinstance(tile, JobTile | WaitingTile | MissingTile)
        if is_job != self._tick.isActive():
            (self._tick.start if is_job else self._tick.stop)()
        if isinstance(tile, JobTile | WaitingTile | MissingTile):
            note = job_note(tile)
            self.canvas.show_picture(None, note)
            self.canvas.setAccessibleDescription(note.body)
        elif picture is None:
            self.canvas.show_picture(None)
        else:
            note_of_picture = self._note_of(picture)
            self.canvas.show_picture(self._shown(picture), note_of_picture)
            self.canvas.setAccessibleDescription(note_of_picture.body if note_of_picture else "")
        self._show_before()

    def _shown(self, picture: Picture) -> Shown | None:
        full = self._pictures.get(picture.path)
        if full is not None:
            return Shown(QSizeF(full.width_px, full.height_px), full)
        preview = self._thumbnails.pixmap(picture.sha256, picture.path, SIDE_PX_MAX)
        if preview is None and self._pictures.problem(picture.path) is not None:
            return None
        size = QSizeF(picture.width_px, picture.height_px)
        if size.isEmpty() and preview is not None:
            size = QSizeF(preview.size())
        return Shown(size, preview=preview)

    def _note_of(self, picture: Picture) -> Note | None:
        problem = self._pictures.problem(picture.path)
        if problem is not None:
            return unreadable_note(problem)
        full = self._pictures.get(picture.path)
        return cut_note() if full is not None and not full.is_whole else None

    def _on_thumbnail_ready(self, sha256: str) -> None:
        picture = self.current_picture()
        if picture is not None and picture.sha256 == sha256 and self._pictures.get(picture.path) is None:
            self._show_canvas()

    def _on_picture_failed(self, unreadable: Unreadable) -> None:
        if unreadable.path == self._before.path:
            self._before.lose()
        self._show_canvas()

    # What it was made from

    def _on_before_wanted(self) -> None:
        picture = self.current_picture()
        if picture is not None:
            self.before_wanted.emit(picture)

    def _on_before_changed(self) -> None:
        self._want()
        self._show_before()

    def _show_before(self) -> None:
        look = self._before
        if not look.is_held or look.state is Before.UNKNOWN:
            self.canvas.show_before(None, "")
        elif look.state is Before.NOTHING:
            self.canvas.show_before(None, self.tr("Made from words alone"))
        elif look.path is None:
            self.canvas.show_before(None, self.tr("What it was made from is no longer in the library"))
        elif (full := self._pictures.get(look.path)) is not None:
            self.canvas.show_before(Shown(QSizeF(full.width_px, full.height_px), full), self.tr("Before"))

    # What was asked for from here

    def _on_press_shown(self, row: int) -> None:
        """The designer asked for more while looking at this: the first result takes the stage."""
        self._awaited_press = press_of(self._model.tile(row)) if self.isVisible() else ""

    def _on_picture_placed(self, saved: PictureSaved) -> None:
        if self._awaited_press and saved.picture.press_id == self._awaited_press:
            row = self._model.row_of(saved.picture.id)
            if row is not None:
                self.show_row(row)

    # Wishes

    def _edit(self) -> None:
        if (picture := self.current_picture()) is not None:
            self.edit_requested.emit(picture)

    def _use_as_reference(self) -> None:
        if (picture := self.current_picture()) is not None:
            self.reference_requested.emit((picture,))

    def _trash(self) -> None:
        if (picture := self.current_picture()) is not None:
            self.trash_requested.emit((picture.id,))

    def _rate(self, rating: int) -> None:
        if (picture := self.current_picture()) is not None:
            self.rate_requested.emit((picture.id,), rating)

    def _wish(self, key: PictureKey) -> None:
        if (picture := self.current_picture()) is not None:
            self.act_requested.emit(key, picture)

    def _copy(self) -> None:
        if (picture := self.current_picture()) is not None:
            self.copy_requested.emit(picture)

    def _copy_file(self) -> None:
        if (picture := self.current_picture()) is not None:
            self.copy_files_requested.emit((picture.path,))


def _key_of(event: QKeyEvent) -> str:
    """The key as the table of keys writes it; those of the number block are the same keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if event.text() in {"+", "="}:  # wherever the layout has them
        return event.text()
    combination = QKeyCombination(modifiers, Qt.Key(key))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
