"""The viewer: one picture in the gallery's place, its neighbours one key away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from seedream_desktop.gui.filmstrip import Filmstrip
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.meant_keys import meant_key, meant_words
from seedream_desktop.gui.picture_stage import PictureStage
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.star_row import STARS
from seedream_desktop.gui.viewer_caption import ViewerCaption
from seedream_desktop.gui.viewer_header import ViewerHeader
from seedream_desktop.state.tiles import name_of

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.full_picture import Draw
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.tasks import TaskRunner

_ZOOM_A_KEY = 1.5
_REPEATING = frozenset({"Left", "Right", "+", "=", "-"})  # keys that go on acting while they are held


class Viewer(QWidget):
    """Shows one row of the gallery's model as large as there is room, and emits wishes."""

    closed = Signal()
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    trash_requested = Signal(object)  # tuple[str, ...], picture ids
    rate_requested = Signal(object, int)  # tuple[str, ...], picture ids; 0 to 5
    act_requested = Signal(object, object)  # PictureKey, Picture
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Picture, ...]
    drag_requested = Signal(object)  # tuple[Picture, ...]: they are dragged out
    row_changed = Signal(int)  # another picture is on the stage, or it stands in another row
    reveal_requested = Signal(object)  # Picture
    command_requested = Signal(object)  # Picture: its request as a command for a terminal
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
        self.stage = PictureStage(model, thumbnails, runner, reference_path, draw, self)
        self.canvas = self.stage.canvas
        self.header, self.filmstrip = ViewerHeader(), Filmstrip(model, thumbnails)
        self._caption = ViewerCaption()
        self._is_peeked = False  # opened by a key that is still held
        self._keys = self._key_table()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._connect()
        self._write_words()

    @property
    def advances(self) -> bool:
        """Whether the next picture comes once this one is judged by key."""
        return self.header.advances

    def show_row(self, row: int) -> None:
        """Put what stands in ``row`` on the stage."""
        self.stage.show_row(row)

    def current_picture(self) -> Picture | None:
        """The picture on the stage; None: a job, nothing, or not read yet."""
        return self.stage.picture

    def show_only_picture(self, is_alone: bool) -> None:
        """Show nothing but the picture: no name, prompt, stars or strip; or bring them back."""
        for part in (self.header, self._caption, self.filmstrip, *self.findChildren(Hairline)):
            part.setVisible(not is_alone)
        self.stage.set_bare(is_alone)
        self.canvas.set_bare(is_alone)

    def set_before(self, before: Reference | Path | None) -> None:
        """Say what the picture on the stage was made from; None: from words alone."""
        self.stage.set_before(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the picture on the stage; other keys are the window's."""
        if meant_key(event) == Qt.Key.Key_B and not event.modifiers():
            if not event.isAutoRepeat() and self.current_picture() is not None:
                self.stage.before.hold(True)
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._is_peeked = self._is_peeked or (event.isAutoRepeat() and not self.canvas.has_hand)
            self.canvas.set_hand(True)
            return
        key = meant_words(event)
        act = self._keys.get(key)
        if act is None:
            super().keyPressEvent(event)
        elif key in _REPEATING or not event.isAutoRepeat():
            act()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By pointer and by key: what can be done to the picture on the stage."""
        picture = self.current_picture()
        if picture is not None:
            place = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                place = self.canvas.mapToGlobal(self.canvas.rect().center())
            self.menu(picture).popup(place)

    def menu(self, picture: Picture) -> QMenu:
        """What can be done to ``picture``."""
        from seedream_desktop.gui.tile_menu import PictureWishes, picture_menu  # late: when one asks for it

        wishes = PictureWishes(
            open=None,
            edit=lambda: self.edit_requested.emit(picture),
            reference=lambda: self.reference_requested.emit((picture,)),
            copy=lambda: self.copy_requested.emit(picture),
            copy_files=lambda: self.copy_files_requested.emit((picture,)),
            reveal=lambda: self.reveal_requested.emit(picture),
            copy_command=lambda: self.command_requested.emit(picture),
            rate=lambda stars: self.rate_requested.emit((picture.id,), stars),
            trash=lambda: self.trash_requested.emit((picture.id,)),
            act=lambda key: self.act_requested.emit(key, picture),
        )
        return picture_menu(self, wishes, is_in_trash=bool(picture.trash_id))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the look at what it was made from, the hand, or a look that lasted as long as its key."""
        if meant_key(event) == Qt.Key.Key_B:
            if not event.isAutoRepeat():
                self.stage.before.hold(False)
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._let_go()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go of elsewhere is not heard of."""
        super().focusOutEvent(event)
        self.stage.before.hold(False)
        self.canvas.set_hand(False)
        self._is_peeked = False

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin with all of the picture next time."""
        super().hideEvent(event)
        self.canvas.set_hand(False)
        self.stage.rest()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what is on the stage again."""
        super().showEvent(event)
        self._is_peeked = False
        self.stage.wake()
        self._follow(self.stage.row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Hairline())
        column.addWidget(self.canvas, 1)
        column.addWidget(self._caption)
        column.addWidget(Hairline())
        column.addWidget(self.filmstrip)

    def _connect(self) -> None:
        self.stage.row_changed.connect(self._on_row_changed)
        self.stage.told.connect(self._tell)
        self.stage.lost.connect(self.closed)
        self.stage.before_wanted.connect(self.before_wanted)
        self.canvas.zoom_changed.connect(lambda zoom: self.header.show_zoom(zoom, self.canvas.is_fit))
        self.canvas.drag_begun.connect(self._drag_out)
        self.filmstrip.row_requested.connect(self.show_row)
        self.filmstrip.drag_requested.connect(self.drag_requested)
        self._caption.rating_requested.connect(self._rate)
        self.header.size_toggled.connect(self.canvas.toggle_size)
        self.header.before_held.connect(self.stage.before.hold)
        self.header.edit_requested.connect(self._edit)
        self.header.reference_requested.connect(self._use_as_reference)
        self.header.trash_requested.connect(self._trash)
        self.header.zoom_kept.connect(self._on_zoom_kept)
        self.header.close_requested.connect(self.closed)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Viewer"))
        self._tell()

    def _key_table(self) -> dict[str, Callable[[], object]]:
        acts: dict[str, Callable[[], object]] = {
            "Left": lambda: self.stage.step(-1),
            "Right": lambda: self.stage.step(1),
            "Home": lambda: self.show_row(0),
            "End": lambda: self.show_row(self._model.rowCount() - 1),
            "+": lambda: self.canvas.zoom_by(_ZOOM_A_KEY),
            "=": lambda: self.canvas.zoom_by(_ZOOM_A_KEY),
            "-": lambda: self.canvas.zoom_by(1 / _ZOOM_A_KEY),
        }
        for rating in range(STARS + 1):
            acts[str(rating)] = partial(self._judge, rating)
        for shortcut_id, act in (
            ("zoom", self.canvas.toggle_size),
            ("edit", self._edit),
            ("reference", self._use_as_reference),
            ("trash", self._trash),
            ("reject", self._reject),
            ("tag", partial(self._wish, PictureKey.TAG)),
            ("compare", partial(self._wish, PictureKey.COMPARE)),
            ("rename", partial(self._wish, PictureKey.RENAME)),
            ("export", partial(self._wish, PictureKey.EXPORT)),
            ("copy", self._copy),
            ("copy_file", self._copy_file),
            ("back", self.closed.emit),
        ):
            acts[keys_of(shortcut_id).toString(QKeySequence.SequenceFormat.PortableText)] = act
        return acts

    # What is on the stage

    def _on_row_changed(self, row: int) -> None:
        self._follow(row)
        self.row_changed.emit(row)

    def _follow(self, row: int) -> None:
        self.filmstrip.show_row(row)

    def _tell(self) -> None:
        """Name and rate what is on the stage, and say where it stands."""
        tile, picture = self.stage.tile, self.current_picture()
        name = "" if tile is None else name_of(tile)
        self.header.show_name(picture.path.name if picture is not None else name, picture is not None)
        self.header.show_place(*self.stage.place)
        self.header.show_colours(self.stage.full)
        self._caption.show_picture(picture)
        self.canvas.setAccessibleName(name)

    def _let_go(self) -> None:
        """Of the space bar: a look that it opened ends with it, unless the picture was moved."""
        is_over = self._is_peeked and not self.canvas.was_panned
        self._is_peeked = False
        self.canvas.set_hand(False)
        if is_over:
            self.closed.emit()

    def _on_zoom_kept(self, is_kept: bool) -> None:
        self.stage.keeps_zoom = is_kept

    def _drag_out(self) -> None:
        """The picture as a file; a job has none."""
        if (picture := self.current_picture()) is not None:
            self.drag_requested.emit((picture,))

    # Wishes

    def _judge(self, rating: int) -> None:
        """By key: then the next one comes, where that is wished."""
        self._rate(rating)
        if self.advances and self.current_picture() is not None:
            self.stage.advance()

    def _reject(self) -> None:
        picture = self.current_picture()
        self._wish(PictureKey.REJECT)
        if self.advances and picture is not None and not picture.rejected:
            self.stage.advance()

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
            self.copy_files_requested.emit((picture,))
