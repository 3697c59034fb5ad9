"""The places of jobs in the gallery: in the order of the press and the index, never of arrival."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.state.tiles import (
    JobTile,
    MissingTile,
    PictureTile,
    Tile,
    missing_tiles,
    shows_jobs,
    tile_key,
    usual_s,
    waiting_tile,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.safer import SaferSize
    from seedream_desktop.pipeline.events import PictureSaved, Progress


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one job, from the press until another query is shown."""

    job_id: str
    press_id: str
    press_index: int
    queued_ms: int
    board_id: str
    job: Job | None  # None: it is over, its pictures keep their place
    pictures: tuple[Picture, ...] = ()
    sending: Sending | None = None
    started_s: float | None = None  # time.monotonic()

    @property
    def is_live(self) -> bool:
        """Whether something may still come."""
        return self.job is not None and not self.job.state.is_over


class JobSlots:
    """Every place that a job has, newest press first."""

    def __init__(self, catalog: Catalog, clock_s: Callable[[], float] = time.monotonic) -> None:
        """``catalog`` knows how long a model usually takes."""
        self.jobs_at_once = 1  # 0: the queue is paused
        self._catalog = catalog
        self._clock_s = clock_s
        self._slots: dict[str, Slot] = {}  # by job id, in the order of their tiles
        self._set_aside: set[str] = set()

    def add(self, jobs: Sequence[Job]) -> None:
        """Give new jobs their places."""
        found = {**self._slots, **{job.id: self._slot_of(job) for job in jobs}}
        slots = sorted(found.values(), key=lambda slot: (-slot.queued_ms, slot.press_id, slot.press_index))
        self._slots = {slot.job_id: slot for slot in slots}

    def _slot_of(self, job: Job) -> Slot:
        """A new place, or the one that its pictures hold already."""
        if (held := self._slots.get(job.id)) is not None:
            return replace(held, job=job)
        return Slot(job.id, job.press_id, job.press_index, job.queued_ms, job.board_id, job)

    def change(self, job: Job) -> None:
        """Take the new value of a job; its time runs from the moment at which it is seen to be sent."""
        slot = self._slots.get(job.id)
        if slot is None:
            return
        started_s = slot.started_s
        if job.state is JobState.SENDING and started_s is None:
            started_s = self._clock_s()
        elif job.is_held_up:  # what counts is the time of the try that goes through
            started_s = None
        self._slots[job.id] = replace(slot, job=job, started_s=started_s)

    def remove(self, job_id: str) -> None:
        """The job is over or was dismissed; its pictures keep their place, without any the place is gone."""
        slot = self._slots.get(job_id)
        if slot is not None:
            self._set_aside = {key for key in self._set_aside if job_id not in key}
            self._keep(replace(slot, job=None, sending=None))

    def show_progress(self, progress: Progress) -> None:
        """Take how far a job is."""
        slot = self._slots.get(progress.job_id)
        if slot is not None:
            self._slots[progress.job_id] = replace(slot, sending=progress.sending)

    def place(self, saved: PictureSaved) -> None:
        """Put a saved picture in its job's place."""
        slot = self._slots.get(saved.job_id)
        if slot is not None:
            others = (other for other in slot.pictures if other.id != saved.picture.id)
            pictures = sorted((*others, saved.picture), key=lambda picture: (picture.set_index, picture.id))
            self._slots[saved.job_id] = replace(slot, pictures=tuple(pictures))

    def join(self, picture: Picture) -> bool:
        """Put a picture beside those of its job that stand here, as a copy that was made of one of them."""
        mates = (slot for slot in self._slots.values() if slot.pictures and _is_of(slot, picture))
        slot = next(mates, None)
        if slot is None or self._slot_with(picture.id) is not None:
            return False
        pictures = sorted((*slot.pictures, picture), key=lambda one: (one.set_index, one.id))
        self._slots[slot.job_id] = replace(slot, pictures=tuple(pictures))
        return True

    def set_aside(self, key: str) -> None:
        """Show the tile of that key among the unfinished only."""
        self._set_aside.add(key)

    def change_picture(self, picture: Picture) -> bool:
        """Take the new value of a picture; False: it has no place here."""
        slot = self._slot_with(picture.id)
        if slot is None:
            return False
        pictures = tuple(picture if picture.id == other.id else other for other in slot.pictures)
        self._slots[slot.job_id] = replace(slot, pictures=pictures)
        return True

    def remove_picture(self, picture_id: str) -> bool:
        """Take a picture out of its place; False: it has none here."""
        slot = self._slot_with(picture_id)
        if slot is None:
            return False
        pictures = tuple(other for other in slot.pictures if other.id != picture_id)
        self._keep(replace(slot, pictures=pictures))
        return True

    def settle(self) -> None:
        """Another query is shown: pictures of a press that is over take their place among the others."""
        live = {slot.press_id for slot in self._slots.values() if slot.is_live}
        for slot in tuple(self._slots.values()):
            if slot.press_id not in live:
                self._keep(replace(slot, pictures=()))

    def tiles(self, query: Query) -> tuple[Tile, ...]:
        """What stands before the pictures of ``query``."""
        if not shows_jobs(query):
            return ()
        slots = [slot for slot in self._slots.values() if query.board_id in {"", slot.board_id}]
        return tuple(
            tile
            for tile in self._tiles(slots)
            if tile_key(tile) not in self._set_aside and not _is_hidden(tile, query)
        )

    def unfinished_tiles(self) -> tuple[Tile, ...]:
        """Every open job, those that were set aside among them."""
        return self._tiles([replace(slot, pictures=()) for slot in self._slots.values()])

    def _tiles(self, slots: Sequence[Slot]) -> tuple[Tile, ...]:
        waiting: dict[str, list[Job]] = {}
        for slot in slots:
            if slot.job is not None and slot.job.state is JobState.QUEUED and not slot.job.is_held_up:
                waiting.setdefault(slot.press_id, []).append(slot.job)
        tiles: list[Tile] = []
        for slot in slots:
            missing = missing_tiles(slot.job) if slot.job is not None else ()
            tiles += _in_their_places(slot.pictures, missing)
            if slot.job is not None and not missing and not _is_complete(slot, slot.job):
                tiles += self._job_tiles(slot, slot.job, waiting.get(slot.press_id, []))
        return tuple(tiles)

    def _job_tiles(self, slot: Slot, job: Job, waiting: Sequence[Job]) -> tuple[Tile, ...]:
        """The tile of ``job``; what waits of one press is one tile, where its first would be."""
        if job.state is not JobState.QUEUED or job.is_held_up or len(waiting) == 1:
            usual, safer = usual_s(job, self._catalog), self._safer(job)
            is_paused = job.state is JobState.QUEUED and not self.jobs_at_once
            return (JobTile(job, usual, slot.sending, slot.started_s, safer, is_paused),)
        if job is waiting[0]:
            return (waiting_tile(tuple(waiting), self._catalog, self.jobs_at_once),)
        return ()

    def _safer(self, job: Job) -> SaferSize | None:
        if job.state is not JobState.FAILED:
            return None
        from seedream_desktop.generation.safer import safer_size  # late: a start without jobs does without

        return safer_size(job, self._catalog)

    def _slot_with(self, picture_id: str) -> Slot | None:
        slots = self._slots.values()
        return next((slot for slot in slots if any(p.id == picture_id for p in slot.pictures)), None)

    def _keep(self, slot: Slot) -> None:
        if slot.job is None and not slot.pictures:
            del self._slots[slot.job_id]
        else:
            self._slots[slot.job_id] = slot


def _is_hidden(tile: Tile, query: Query) -> bool:
    picture = tile.picture if isinstance(tile, PictureTile) else None
    return picture is not None and picture.rejected and query.hides_rejected


def _is_of(slot: Slot, picture: Picture) -> bool:
    return (slot.press_id, slot.press_index) == (picture.press_id, picture.press_index)


def _in_their_places(pictures: Sequence[Picture], missing: Sequence[MissingTile]) -> list[Tile]:
    placed: list[tuple[int, Tile]] = [(one.set_index, PictureTile(one.id, one)) for one in pictures]
    placed += ((one.missing.index, one) for one in missing)
    return [tile for _, tile in sorted(placed, key=lambda at: at[0])]


def _is_complete(slot: Slot, job: Job) -> bool:
    """Whether every picture that can come has come, though the job has not said so yet."""
    return not job.state.is_over and len(slot.pictures) >= job.request.pictures_at_most
