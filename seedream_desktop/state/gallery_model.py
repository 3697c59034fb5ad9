"""The rows of the gallery: what a press of Generate makes first, then the pictures of a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QObject,
    QTimer,
    Signal,
)

from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.state.job_slots import JobSlots
from seedream_desktop.state.picture_rows import (
    Found,
    Looking,
    PictureSource,
    stands_by_date,
    stands_in_stacks,
)
from seedream_desktop.state.row_edits import Edit, edits, removals
from seedream_desktop.state.tile_rows import TileRows
from seedream_desktop.state.tiles import (
    Tile,
    press_of,
    shows_picture,
    tile_key,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.job import Job
    from seedream_desktop.library.last_seen import LastSeen
    from seedream_desktop.pipeline.events import PictureSaved, Progress
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.tasks import Task, TaskRunner

REFRESH_MS = 200  # changes that come together are looked up once


class GalleryModel(TileRows):
    """Tiles by row. Jobs stand first, newest press first, in the order of their index; their pictures take
    their place and keep it until another query is shown. Only the ids of a query are known at once.
    """

    query_shown = Signal(object)  # Query: its rows are there
    count_changed = Signal(int)  # pictures of the query
    press_shown = Signal(int)  # row of the first tile of a new press
    picture_placed = Signal(object)  # PictureSaved: the picture stands in its job's place

    def __init__(self, runner: TaskRunner, catalog: Catalog, parent: QObject | None = None) -> None:
        """Read on ``runner``; ``catalog`` knows how long a model usually takes."""
        super().__init__(runner, parent)
        self._runner = runner
        self._source: PictureSource | None = None
        self._query = Query()
        self._recalled_query = Query()
        self.shows_only_jobs = False  # the unfinished, and no picture
        self._looking: Task | None = None
        self._is_new = True  # what is being looked for is another view, not the same one anew
        self._is_of_another = False  # the rows are those of a library that is no longer shown
        self._slots = JobSlots(catalog)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    @property
    def query(self) -> Query:
        """What was asked for last; its rows may still be on their way."""
        return self._query

    @property
    def picture_count(self) -> int:
        """How many pictures there are."""
        return len(self._front_pictures()) + (0 if self.is_recalled else len(self._rows.ids))

    @property
    def is_looking(self) -> bool:
        """Whether the rows of what was asked for last are on their way."""
        return self._looking is not None

    @property
    def is_as_at_start(self) -> bool:
        """Whether the rows are what a start would show of the place, and nothing of them is asked anew."""
        asked, is_busy = self._query, self._looking is not None or self._refresh.isActive()
        place = Query(board_id=asked.board_id, hides_rejected=asked.hides_rejected, order=asked.order)
        return asked == place and not (is_busy or self.is_recalled or self.shows_only_jobs)

    def set_library(self, source: PictureSource | None) -> None:
        """Show another library; None: none is open."""
        self._is_of_another = not self.is_recalled and source is not self._source
        self._source = source
        self._rows.set_source(source)
        if not self.is_recalled:
            self._rows.forget()
        self._look(is_new=True)

    def can_recall(self, query: Query) -> bool:
        """Whether what was seen last at that place may be shown: nothing is known of it yet."""
        return self._source is None and query == self._query and not self._rows.ids

    def recall(self, seen: LastSeen) -> None:
        """Show what was seen last until the library has been asked; none of it can be acted upon."""
        pictures = tuple(row.picture for row in seen.rows if row.picture is not None)
        by = stands_by_date(seen.query), stands_in_stacks(seen.query)
        found = Found(seen.ids, pictures, seen.facts, *by)
        self.is_recalled, self._recalled_query = True, seen.query
        self.beginResetModel()
        self._rows.renew(found)
        self._rows.show(found, ())
        self.endResetModel()

    def drop_recalled(self) -> None:
        """Show nothing until the library has been asked, or because there is none."""
        if self.is_recalled:
            self._show_anew(Found((), ()))
            self.count_changed.emit(self.picture_count)

    def with_pictures(self, ids: Sequence[str], then: Callable[[tuple[Picture, ...]], None]) -> None:
        """Hand over the pictures behind ``ids``; those that are not at hand are read first."""
        held, source = self.held(ids), self._source
        if len(held) == len(ids) or source is None:
            then(held)
        else:
            asked = tuple(ids)
            self._runner.call(lambda: source.pictures(asked), then, self.failed.emit)

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

    def remove_jobs(self, job_ids: Sequence[str]) -> None:
        """The same of many at once."""
        for job_id in job_ids:
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
            if not change.is_opened:
                self._refresh.start()
            return
        self._remove_pictures(change.removed)
        self._change_pictures(change.changed)
        self._add_pictures(change.added)

    # Rows

    def _look(self, is_new: bool) -> None:
        """Ask the library off the GUI thread; an answer that was overtaken is dropped."""
        self._refresh.stop()
        self._is_new = is_new or (self._looking is not None and self._is_new)
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        source, query = self._source, self._query
        if source is None and self.is_recalled and query == self._recalled_query:
            return
        if source is None or self.shows_only_jobs:
            self._on_found(Found((), ()))
            return
        standing = None if self._is_new else (tuple(self._rows.ids), frozenset(self._front_pictures()))
        looking = Looking(source, query, tuple(self._rows.ids) if self.is_recalled else (), standing)
        self._looking = self._runner.call(looking.find, self._on_found, self._on_problem, goes_first=True)
        self._looking.stop_with(looking.stop)

    def _on_problem(self, problem: Problem) -> None:
        self._looking = None
        if self._is_of_another:
            self._show_anew(Found((), ()))
            self.count_changed.emit(self.picture_count)
        self.failed.emit(problem)

    def _on_found(self, found: Found) -> None:
        self._looking = None
        if self._is_new:
            self._show_anew(found)
        else:
            self._rows.renew(found)
            if sum(self._slots.join(picture) for picture in found.pictures):
                self._show_front()
            self._edit_rows(self._steps_to(found), found)
            self._repaint(range(len(self._front), self.rowCount()))
        self.count_changed.emit(self.picture_count)

    def _steps_to(self, found: Found) -> Sequence[Edit]:
        """How the rows become what was found; worked out anew where others stand here by now."""
        steps, ids = found.steps, self._rows.ids
        if steps is not None and steps.front == self._front_pictures() and steps.are_from(ids):
            return steps.edits
        return edits(ids, self._without_front(found.ids))

    def _show_anew(self, found: Found) -> None:
        self.beginResetModel()
        if self.is_recalled:
            self.is_recalled = False
            self._rows.forget()
        self._is_of_another = False
        self._slots.settle()
        self._rows.renew(found)
        self._front = list(self._front_tiles())
        self._rows.show(found, self._front_pictures())
        self.endResetModel()
        self.query_shown.emit(self._query)

    def _front_tiles(self) -> tuple[Tile, ...]:
        return self._slots.unfinished_tiles() if self.shows_only_jobs else self._slots.tiles(self._query)

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

    def _add_pictures(self, pictures: Sequence[Picture]) -> None:
        """Put what is surely the newest first at once; where all else belongs, the library says."""
        newest = self._rows.held(self._rows.ids[0]) if self._rows.ids else None
        is_known = newest is not None or not self._rows.ids
        first: list[str] = []
        for picture in pictures:
            fits = not self.shows_only_jobs and shows_picture(self._query, picture)
            if fits is False or self.row_of(picture.id) is not None or picture.id in first:
                continue
            is_alone = is_known and not picture.press_id  # a press stands at the moment it was asked for
            is_newest = is_alone and (newest is None or picture.made_ms > newest.made_ms)
            if fits and is_newest and self._query.order is Order.NEWEST:
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
        if self._query.order is Order.NAME and any(
            len(self.stack_of(row)) > 1 for row in self.rows_of(picture_ids)
        ):
            self._refresh.start()  # a stack stands where the first of its pictures would
        self._edit_rows(removals(self._rows.ids, set(picture_ids)) if picture_ids else ())
        self.count_changed.emit(self.picture_count)

    def _change_pictures(self, pictures: Sequence[Picture]) -> None:
        for picture in pictures:
            self._rows.hold(picture)
        if sum(self._slots.change_picture(picture) for picture in pictures):
            self._show_front()
        self._follow_marks(pictures)
        rows = self.rows_of(picture.id for picture in pictures) if pictures else ()
        self._judge(rows)
        self._repaint(range(rows[0], rows[-1] + 1) if rows else range(0))

    def _judge(self, rows: Sequence[int]) -> None:
        """Another picture may be the cover of a stack now."""
        front = len(self._front)
        for row in rows:
            picture = self._rows.held(self._rows.ids[row - front]) if row >= front else None
            if picture is not None:
                self.facts.judge(row - front, picture)

    def _follow_marks(self, pictures: Sequence[Picture]) -> None:
        """What the query leaves out now goes at once; what it may take in, or order anew, is looked up."""
        if self.shows_only_jobs:
            return
        fits = {picture.id: shows_picture(self._query, picture) for picture in pictures}
        gone = [
            key for key, is_fitting in fits.items() if is_fitting is False and self.row_of(key) is not None
        ]
        if gone:
            self._remove_pictures(gone)
        missing = (key for key, is_fitting in fits.items() if is_fitting and self.row_of(key) is None)
        if None in fits.values() or self._query.order is Order.RATING or any(missing):
            self._refresh.start()
