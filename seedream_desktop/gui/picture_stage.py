"""One row of the gallery on a canvas: the picture, its neighbours decoded ahead, what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal

from seedream_desktop.gui.viewer_canvas import Shown, ViewerCanvas
from seedream_desktop.gui.viewer_notes import cut_note, job_note, unreadable_note
from seedream_desktop.state.before_look import Before, BeforeLook
from seedream_desktop.state.followed_row import FollowedRow
from seedream_desktop.state.full_picture import Draw, FullPictures, Unreadable
from seedream_desktop.state.preview_colours import PreviewColours
from seedream_desktop.state.thumbnail_cache import SIDE_PX_MAX, ThumbnailCache
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, Tile, WaitingTile, press_of

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.note_painting import Note
    from seedream_desktop.library.values import Picture
    from seedream_desktop.pipeline.events import PictureSaved
    from seedream_desktop.state.full_picture import FullPicture
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.tasks import TaskRunner

_TICK_MS = 1000


class PictureStage(QObject):
    """Holds a canvas and follows a row; at rest it decodes nothing, and the gallery goes on without it."""

    row_changed = Signal(int)  # another picture is on the stage, or it stands in another row
    told = Signal()  # what is said of it, or where it stands, may be other now
    lost = Signal()  # there is no row left
    before_wanted = Signal(object)  # Picture: answer with ``set_before`` while it is on the stage

    def __init__(
        self,
        model: GalleryModel,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        reference_path: Callable[[Reference], Path],
        draw: Draw,
        parent: QObject | None = None,
    ) -> None:
        """``reference_path`` and ``draw`` block, and are called on ``runner``."""
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._pictures = FullPictures(runner, draw, parent=self)
        self._previews = PreviewColours(runner, self)
        self._followed = FollowedRow(model, self)
        self.before = BeforeLook(runner, reference_path, self)
        self.canvas = ViewerCanvas()
        self.keeps_zoom = True  # from picture to picture
        self._is_bare = False
        self._is_awake = False
        self._direction = 1
        self._awaited_press = ""
        self._tick = QTimer(self, interval=_TICK_MS)
        self._connect()

    @property
    def row(self) -> int:
        """What is on the stage; -1: nothing."""
        return self._followed.row

    @property
    def tile(self) -> Tile | None:
        """What stands in that row."""
        return self._followed.tile

    @property
    def picture(self) -> Picture | None:
        """The picture on the stage; None: a job, nothing, or not read yet."""
        tile = self._followed.tile
        return tile.picture if isinstance(tile, PictureTile) else None

    @property
    def full(self) -> FullPicture | None:
        """It as it is painted, once it is decoded."""
        picture = self.picture
        return None if picture is None else self._pictures.get(picture.path)

    @property
    def place(self) -> tuple[int, int]:
        """The how manieth picture of how many; 0: it is none."""
        row = self._followed.row
        number = self._model.place_of(row) if 0 <= row < self._model.rowCount() else 0
        return number, self._model.picture_count

    def show_row(self, row: int) -> None:
        """Put what stands in ``row`` on the stage."""
        if not 0 <= row < self._model.rowCount():
            return
        if not self.keeps_zoom and row != self._followed.row:
            self.canvas.fit()
        self._direction = -1 if row < self._followed.row else 1
        self._awaited_press = ""
        self._followed.follow(row)
        self.before.forget()
        self._show()
        self.row_changed.emit(row)

    def step(self, by: int) -> None:
        """Go to the next row (1) or the one before (-1); where pictures only are shown, to a picture."""
        self._go(by, only_pictures=self._is_bare)

    def advance(self) -> None:
        """Go to the next picture; at the last one stay."""
        self._go(1, only_pictures=True)

    def set_bare(self, is_bare: bool) -> None:
        """Show pictures and nothing that is said: no prompt, name, price or fault."""
        self._is_bare = is_bare
        self._show_canvas()

    def set_screen(self, profile: Path | None) -> None:
        """Convert colours for a screen with that profile; None: to sRGB."""
        self._pictures.set_screen(profile)
        self._previews.set_screen(profile)
        self._want()

    def wake(self) -> None:
        """Show what is on the stage, and follow it."""
        self._is_awake = True
        self._show()

    def rest(self) -> None:
        """Begin with all of the picture next time, and hold no more than that."""
        self._is_awake = False
        self.before.hold(False)
        self._awaited_press = ""
        self._tick.stop()
        self.canvas.fit()
        self._pictures.keep_only(self._wanted_paths()[:1])

    def set_before(self, before: Reference | Path | None) -> None:
        """Say what the picture on the stage was made from; None: from words alone."""
        self.before.answer(before)

    def _connect(self) -> None:
        self._followed.replaced.connect(self._on_replaced)
        self._followed.moved.connect(self._on_moved)
        self._followed.tile_changed.connect(self._show)
        self._followed.lost.connect(self._on_lost)
        self._model.rowsInserted.connect(lambda *_: self.told.emit())
        self._model.rowsRemoved.connect(lambda *_: self.told.emit())
        self._model.press_shown.connect(self._on_press_shown)
        self._model.picture_placed.connect(self._on_picture_placed)
        self._thumbnails.thumbnail_ready.connect(self._on_thumbnail_ready)
        self._previews.changed.connect(self._show_canvas)
        self._pictures.picture_ready.connect(self._on_picture_ready)
        self._pictures.picture_failed.connect(self._on_picture_failed)
        self.before.wanted.connect(self._on_before_wanted)
        self.before.changed.connect(self._on_before_changed)
        self._tick.timeout.connect(self._show_canvas)

    def _go(self, by: int, *, only_pictures: bool) -> None:
        row = self._followed.row + by
        while 0 <= row < self._model.rowCount() and only_pictures and self._model.picture_id(row) is None:
            row += by
        self.show_row(row)

    def _show(self) -> None:
        self._want()
        self._show_canvas()
        self.told.emit()

    def _on_replaced(self, row: int) -> None:
        self.before.forget()
        self._on_moved(row)

    def _on_moved(self, row: int) -> None:
        """At rest it is the gallery that follows."""
        if self._is_awake:
            self._show()
            self.row_changed.emit(row)

    def _on_lost(self) -> None:
        if self._is_awake:
            self._show()
            self.lost.emit()

    def _want(self) -> None:
        if self._is_awake:
            self._pictures.want(self._wanted_paths())

    def _wanted_paths(self) -> list[Path]:
        """The picture on the stage first, then what is likely to be looked at next."""
        row, ahead = self._followed.row, self._direction
        neighbours = (self._model.picture(row + step) for step in (ahead, -ahead, 2 * ahead))
        pictures = [one for one in (self.picture, *neighbours) if one is not None]
        for picture in pictures:
            self._pictures.expect(picture.path, picture.sha256)
        paths = [one.path for one in pictures]
        if self.before.path is not None:
            paths.insert(1 if self.before.is_held else 2, self.before.path)
        return paths

    def _show_canvas(self) -> None:
        if not self._is_awake:
            return
        tile, picture = self._followed.tile, self.picture
        is_job = isinstance(tile, JobTile | WaitingTile | MissingTile)
        if is_job != self._tick.isActive():
            (self._tick.start if is_job else self._tick.stop)()
        if isinstance(tile, JobTile | WaitingTile | MissingTile):
            self._put(None, job_note(tile))
        elif picture is None:
            self.canvas.show_picture(None)
        else:
            self._put(self._shown(picture), self._note_of(picture))
        self._show_before()

    def _put(self, shown: Shown | None, note: Note | None) -> None:
        note = None if self._is_bare else note
        self.canvas.show_picture(shown, note)
        self.canvas.setAccessibleDescription(note.body if note else "")

    def _shown(self, picture: Picture) -> Shown | None:
        full = self._pictures.get(picture.path)
        if full is not None:
            return Shown(QSizeF(full.width_px, full.height_px), full)
        preview = self._previews.of(self._thumbnails.pixmap(picture.sha256, picture.path, SIDE_PX_MAX))
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
        picture = self.picture
        if picture is not None and picture.sha256 == sha256 and self._pictures.get(picture.path) is None:
            self._show_canvas()

    def _on_picture_ready(self, ready: FullPicture) -> None:
        self._show_canvas()
        if ready is self.full:
            self.told.emit()

    def _on_picture_failed(self, unreadable: Unreadable) -> None:
        if unreadable.path == self.before.path:
            self.before.lose()
        self._show_canvas()

    # What it was made from

    def _on_before_wanted(self) -> None:
        if self.picture is not None:
            self.before_wanted.emit(self.picture)

    def _on_before_changed(self) -> None:
        self._want()
        self._show_before()

    def _show_before(self) -> None:
        look = self.before
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
        self._awaited_press = press_of(self._model.tile(row)) if self._is_awake else ""

    def _on_picture_placed(self, saved: PictureSaved) -> None:
        if self._awaited_press and saved.picture.press_id == self._awaited_press:
            row = self._model.row_of(saved.picture.id)
            if row is not None:
                self.show_row(row)
