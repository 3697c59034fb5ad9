"""The rows of the gallery: what a press of Generate makes first, then the pictures of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
    Signal,
)

from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.state.job_slots import JobSlots
from seedream_desktop.state.picture_rows import PAGE_ROWS, Found, PictureRows, PictureSource, look
from seedream_desktop.state.row_edits import Edit, edits, removals
from seedream_desktop.state.tiles import (
    JobTile,
    PictureTile,
    Tile,
    name_of,
    press_of,
    shows_picture,
    tile_key,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.pipeline.events import PictureSaved, Progress
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.tasks import Task, TaskRunner

TILE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_IDS_TYPE = "application/x-seedream-picture-ids"  # one id a line, for our own widgets
REFRESH_MS = 200  # changes that come together are looked up once
_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """Tiles by row. Jobs stand first, newest press first, in the order of their index; their pictures take
    their place and keep it until another query is shown. Only the ids of a query are known at once.
    """

    query_shown = Signal(object)  # Query: its rows are there
    count_changed = Signal(int)  # pictures of the query
    press_shown = Signal(int)  # row of the first tile of a new press
    picture_placed = Signal(object)  # PictureSaved: the picture stands in its job's place
    editing = Signal(object)  # tuple[Edit, ...]: these runs of rows come and go; empty: they have
    failed = Signal(object)  # Problem

    def __init__(self, runner: TaskRunner, catalog: Catalog, parent: QObject | None = None) -> None:
        """Read on ``runner``; ``catalog`` knows how long a model usually takes."""
        super().__init__(parent)
        self._runner = runner
        self.describe: Callable[[Tile], str] = name_of  # what a screen reader says after the name
        self._source: PictureSource | None = None
        self._query = Query()
        self.shows_only_jobs = False  # the unfinished, and no picture
        self.is_editing = False  # runs of rows come and go, one after the other
        self._looking: Task | None = None
        self._is_new = True  # what is being looked for is another view, not the same one anew
        self._slots = JobSlots(catalog)
        self._front: list[Tile] = []
        self._rows = PictureRows(runner, self)
        self._rows.rows_read.connect(self._on_rows_read)
        self._rows.failed.connect(self.failed)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    @property
    def query(self) -> Query:
        """What was asked for last; its rows may still be on their way."""
        return self._query

    @property
    def picture_count(self) -> int:
        """How many pictures there are."""
        return len(self._front_pictures()) + len(self._rows.ids)

    def set_library(self, source: PictureSource | None) -> None:
        """Show another library; None: none is open."""
        self._source = source
        self._rows.set_source(source)
        self._look(is_new=True)

    def set_query(self, query: Query) -> None:
        """Show what ``query`` asks for; the rows before stay until its rows are there."""
        self.shows_only_jobs = False
        self._query = query
        self._look(is_new=True)

    def show_unfinished(self) -> None:
        """Show every open job, and no picture."""
        self.shows_only_jobs = True
        self._query = Query()
        self._look(is_new=True)

    def refresh(self) -> None:
        """Ask again; what stays keeps its place."""
        self._look(is_new=False)

    # Jobs

    def add_jobs(self, jobs: Sequence[Job]) -> None:
        """Take in new jobs; the newest press stands first."""
        self._slots.add(jobs)
        self._show_front()
        rows = [row for row, tile in enumerate(self._front) if jobs and press_of(tile) == jobs[0].press_id]
        if rows:
            self.press_shown.emit(rows[0])

    def change_job(self, job: Job) -> None:
        """Take the new value of a job."""
        self._slots.change(job)
        self._show_front()

    def remove_job(self, job_id: str) -> None:
        """The job is over or was dismissed; its pictures keep their place."""
        self._slots.remove(job_id)
        self._show_front()

    def show_progress(self, progress: Progress) -> None:
        """Show how far a job is."""
        self._slots.show_progress(progress)
        self._show_front()

    def place_picture(self, saved: PictureSaved) -> None:
        """Put a saved picture in its job's place; where the job has none here, among the others."""
        self._slots.place(saved)
        self._rows.hold(saved.picture)
        self._show_front()
        self._add_pictures((saved.picture,))
        self.picture_placed.emit(saved)

    def set_aside(self, tile: Tile) -> None:
        """Take a tile out of the gallery; its job stays among the unfinished."""
        self._slots.set_aside(tile_key(tile))
        self._show_front()

    def set_jobs_at_once(self, jobs_at_once: int) -> None:
        """How many jobs run at once, 0 while the queue is paused: what an estimate of the wait needs."""
        self._slots.jobs_at_once = jobs_at_once
        self._show_front()

    # The library

    def apply_change(self, change: LibraryChange) -> None:
        """Follow what changed in the library."""
        if change.is_everything:
            self._refresh.start()
            return
        self._remove_pictures(change.removed)
        self._change_pictures(change.changed)
        self._add_pictures(change.added)

    # Rows

    def tile(self, row: int) -> Tile:
        """What stands in ``row``."""
        front = len(self._front)
        if row < front:
            return self._front[row]
        return PictureTile(self._rows.ids[row - front], self._rows.picture(row - front))

    def picture(self, row: int) -> Picture | None:
        """The picture in ``row``; None: another tile, or not read yet."""
        tile = self.tile(row) if 0 <= row < self.rowCount() else None
        return tile.picture if isinstance(tile, PictureTile) else None

    def picture_id(self, row: int) -> str | None:
        """The id of the picture in ``row``, whether it has been read or not; None: another tile."""
        if row < len(self._front):
            tile = self._front[row]
            return tile.picture_id if isinstance(tile, PictureTile) else None
        return self._rows.ids[row - len(self._front)]

    def row_of(self, picture_id: str) -> int | None:
        """Where a picture stands; None: not here."""
        for row, tile in enumerate(self._front):
            if isinstance(tile, PictureTile) and tile.picture_id == picture_id:
                return row
        try:
            return len(self._front) + self._rows.ids.index(picture_id)
        except ValueError:
            return None

    def place_of(self, row: int) -> int:
        """The how manieth picture stands in ``row``, from 1; 0: what stands there is none."""
        others = sum(not isinstance(tile, PictureTile) for tile in self._front[: row + 1])
        return row + 1 - others if self.picture_id(row) is not None else 0

    def rows_of(self, picture_ids: Iterable[str]) -> tuple[int, ...]:
        """Where these pictures stand, in the order of the rows; those that are not here are left out."""
        wanted = set(picture_ids)
        front = (tile.picture_id if isinstance(tile, PictureTile) else "" for tile in self._front)
        return tuple(row for row, shown in enumerate(chain(front, self._rows.ids)) if shown in wanted)

    def running_rows(self) -> tuple[int, ...]:
        """The rows of the jobs that are under way."""
        return tuple(
            row
            for row, tile in enumerate(self._front)
            if isinstance(tile, JobTile)
            and tile.job.problem is None
            and tile.job.state in {JobState.SENDING, JobState.ANSWERED}
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many tiles there are."""
        return 0 if parent.isValid() else len(self._front) + len(self._rows.ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The tile, its name, or its description."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == TILE_ROLE:
            return self.tile(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return name_of(self.tile(index.row()))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.describe(self.tile(index.row()))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every tile can be selected; pictures can be dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.picture_id(index.row()) is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def supportedDragActions(self) -> Qt.DropAction:
        """A picture that is dragged out is copied, never moved."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """The forms in which pictures are handed out."""
        return ["text/uri-list", PICTURE_IDS_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files of ``indexes``, and their ids for our own widgets."""
        pictures = [picture for index in indexes if (picture := self.picture(index.row())) is not None]
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(picture.path)) for picture in pictures])
        mime.setData(PICTURE_IDS_TYPE, "\n".join(picture.id for picture in pictures).encode())
        return mime

    def _look(self, is_new: bool) -> None:
        """Ask the library off the GUI thread; an answer that was overtaken is dropped."""
        self._refresh.stop()
        self._is_new = is_new or (self._looking is not None and self._is_new)
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        source, query = self._source, self._query
        if source is None or self.shows_only_jobs:
            self._on_found(Found((), ()))
            return
        self._looking = self._runner.call(lambda: look(source, query), self._on_found, self._on_problem)

    def _on_problem(self, problem: Problem) -> None:
        self._looking = None
        self.failed.emit(problem)

    def _on_found(self, found: Found) -> None:
        self._looking = None
        if self._is_new:
            self._show_anew(found)
        else:
            self._rows.renew(found)
            self._edit_rows(edits(self._rows.ids, self._without_front(found.ids)))
            self._repaint(range(len(self._front), self.rowCount()))
        self.count_changed.emit(self.picture_count)

    def _show_anew(self, found: Found) -> None:
        self.beginResetModel()
        self._slots.settle()
        self._rows.renew(found)
        self._front = list(self._front_tiles())
        self._rows.ids = self._without_front(found.ids)
        self.endResetModel()
        self.query_shown.emit(self._query)

    def _front_tiles(self) -> tuple[Tile, ...]:
        return self._slots.unfinished_tiles() if self.shows_only_jobs else self._slots.tiles(self._query)

    def _front_pictures(self) -> set[str]:
        return {tile.picture_id for tile in self._front if isinstance(tile, PictureTile)}

    def _without_front(self, ids: Sequence[str]) -> list[str]:
        front = self._front_pictures()
        return [picture_id for picture_id in ids if picture_id not in front] if front else list(ids)

    def _show_front(self) -> None:
        """Bring the tiles of jobs up to date; a tile that becomes a picture stays the same row."""
        tiles = self._front_tiles()
        by_key = {tile_key(tile): tile for tile in tiles}
        count, pictures = self.picture_count, self._front_pictures()
        for edit in edits([tile_key(tile) for tile in self._front], list(by_key)):
            self._edit_front(edit, [by_key[key] for key in edit.inserted])
        for row, tile in enumerate(tiles):
            if self._front[row] is not tile and self._front[row] != tile:
                self._front[row] = tile
                self._repaint(range(row, row + 1))
        for picture_id in self._front_pictures() - pictures:
            if picture_id in self._rows.ids:
                self._remove_ids(self._rows.ids.index(picture_id), 1)
        if count != self.picture_count:
            self.count_changed.emit(self.picture_count)

    def _edit_front(self, edit: Edit, tiles: list[Tile]) -> None:
        same = min(edit.removed, len(tiles))
        self._front[edit.start : edit.start + same] = tiles[:same]
        self._repaint(range(edit.start, edit.start + same))
        start, end = edit.start + same, edit.start + edit.removed
        if end > start:
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._front[start:end]
            self.endRemoveRows()
        if len(tiles) > same:
            self.beginInsertRows(QModelIndex(), start, start + len(tiles) - same - 1)
            self._front[start:start] = tiles[same:]
            self.endInsertRows()

    def _edit_rows(self, found: Sequence[Edit]) -> None:
        front = len(self._front)
        self.is_editing = True
        self.editing.emit(tuple(Edit(front + edit.start, edit.removed, edit.inserted) for edit in found))
        for edit in found:
            if edit.removed:
                self._remove_ids(edit.start, edit.removed)
            if edit.inserted:
                first = front + edit.start
                self.beginInsertRows(QModelIndex(), first, first + len(edit.inserted) - 1)
                self._rows.ids[edit.start : edit.start] = edit.inserted
                self.endInsertRows()
        self.is_editing = False
        self.editing.emit(())

    def _remove_ids(self, position: int, count: int) -> None:
        first = len(self._front) + position
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        del self._rows.ids[position : position + count]
        self.endRemoveRows()

    def _add_pictures(self, pictures: Sequence[Picture]) -> None:
        newest = self._rows.held(self._rows.ids[0]) if self._rows.ids else None
        first: list[str] = []
        for picture in pictures:
            fits = not self.shows_only_jobs and shows_picture(self._query, picture)
            if fits is False or self.row_of(picture.id) is not None or picture.id in first:
                continue
            is_newest = newest is None or picture.made_ms >= newest.made_ms
            is_first = self._query.order is Order.NEWEST and is_newest
            if fits and is_first:
                self._rows.hold(picture)
                first, newest = [picture.id, *first], picture
            else:
                self._refresh.start()
        if first:
            self._edit_rows((Edit(0, 0, tuple(first)),))
            self.count_changed.emit(self.picture_count)

    def _remove_pictures(self, picture_ids: Sequence[str]) -> None:
        if sum(self._slots.remove_picture(picture_id) for picture_id in picture_ids):
            self._show_front()
        self._edit_rows(removals(self._rows.ids, set(picture_ids)) if picture_ids else ())
        self.count_changed.emit(self.picture_count)

    def _change_pictures(self, pictures: Sequence[Picture]) -> None:
        for picture in pictures:
            self._rows.hold(picture)
        if sum(self._slots.change_picture(picture) for picture in pictures):
            self._show_front()
        rows = self.rows_of(picture.id for picture in pictures) if pictures else ()
        self._repaint(range(rows[0], rows[-1] + 1) if rows else range(0))

    def _on_rows_read(self, ids: tuple[str, ...]) -> None:
        front = len(self._front)
        try:
            first = self._rows.ids.index(ids[0])
        except ValueError:
            first = 0
        self._repaint(range(front + first, min(self.rowCount(), front + first + PAGE_ROWS)))

    def _repaint(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows.start), self.index(rows.stop - 1))
