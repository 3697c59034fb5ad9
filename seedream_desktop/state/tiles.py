"""What stands in one place of the gallery: a picture, a missing one, a job, or what waits of one press."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.cost import Cost, cost_of, together
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.generation.plain import plain
from seedream_desktop.library.values import Picture, Query

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.safer import SaferSize


@dataclass(frozen=True, slots=True)
class PictureTile:
    """A picture of the library; ``picture`` is None until its row has been read."""

    picture_id: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class JobTile:
    """A job under way, or one that waits for a decision."""

    job: Job
    usual_s: int
    sending: Sending | None = None
    started_s: float | None = None  # time.monotonic() at which it was sent
    safer: SaferSize | None = None  # what to offer where the server refused its size
    is_paused: bool = False  # it waits in a queue that sends nothing


@dataclass(frozen=True, slots=True)
class WaitingTile:
    """What has not started of one press, two jobs or more."""

    press_id: str
    jobs: tuple[Job, ...]
    wait_s: int  # until the last of them is likely to be there
    cost: Cost | None  # of all of them; None: not known
    is_paused: bool = False  # nothing is sent: ``wait_s`` does not run


@dataclass(frozen=True, slots=True)
class MissingTile:
    """A picture of a job that did not come about, at its place in the set."""

    job: Job
    missing: MissingPicture

    @property
    def total(self) -> int:
        """How many pictures there are with it and the others that are missing, at most."""
        ends = (one.index + one.count for one in self.job.missing)
        return max(len(self.job.saved), *ends)


Tile = PictureTile | JobTile | WaitingTile | MissingTile


def tile_key(tile: Tile) -> str:
    """What a tile stays the same by while its value changes."""
    if isinstance(tile, PictureTile):
        return f"picture {tile.picture_id}"
    if isinstance(tile, MissingTile):
        return missing_key(tile.job.id, tile.missing.index)
    return f"job {tile.job.id}" if isinstance(tile, JobTile) else f"waiting {tile.press_id}"


def missing_key(job_id: str, index: int) -> str:
    """The key of a missing picture's tile."""
    return f"missing {job_id} {index}"


def press_of(tile: Tile) -> str:
    """The press that a tile of a job belongs to; empty for a picture."""
    if isinstance(tile, JobTile | MissingTile):
        return tile.job.press_id
    return tile.press_id if isinstance(tile, WaitingTile) else ""


_NAME_CHARACTERS = 10_000  # more is no name, and takes seconds to lay out


def name_of(tile: Tile) -> str:
    """What a tile is called: its title or prompt, or its file's name while nothing else is known."""
    return plain(_name_of(tile), _NAME_CHARACTERS)


def _name_of(tile: Tile) -> str:
    if isinstance(tile, JobTile | MissingTile):
        return tile.job.request.prompt
    if isinstance(tile, WaitingTile):
        return tile.jobs[0].request.prompt
    picture = tile.picture
    name = (picture.title or picture.prompt) if picture is not None else ""
    return name or PurePosixPath(tile.picture_id).stem


def missing_tiles(job: Job) -> tuple[MissingTile, ...]:
    """What did not come of a job that is over; of a single picture it is the failure of the job."""
    is_all = job.state is JobState.FAILED and job.request.pictures_at_most == 1
    return () if is_all else tuple(MissingTile(job, one) for one in job.missing)


def kept_file(tile: JobTile | MissingTile) -> str:
    """The file of its job's spool folder that tells most about ``tile``; empty: there is none."""
    own = f"picture-{tile.missing.index}.bin" if isinstance(tile, MissingTile) else ""
    return own if own in tile.job.kept else next(iter(tile.job.kept), "")


def usual_s(job: Job, catalog: Catalog) -> int:
    """How long such a job usually takes, in seconds."""
    return max(1, catalog.model(job.request.model).typical_s) * job.request.pictures_at_most


def shows_jobs(query: Query) -> bool:
    """Whether jobs have a place among the pictures of ``query``: not where pictures are picked out."""
    return not (query.text or query.like or query.rated or query.trash)


def shows_picture(query: Query, picture: Picture) -> bool | None:
    """Whether ``picture`` belongs to ``query``; None: only the library can say."""
    if query.trash or picture.trash_id:
        return None if query.trash and picture.trash_id else False
    fits = (
        query.board_id in {"", picture.board_id}
        and (not query.rated or picture.rating > 0)
        and (query.since_ms is None or _is_within(query.since_ms, picture.made_ms))
        and not (query.hides_rejected and picture.rejected)
    )
    return None if fits and (query.text or query.like) else fits


def _is_within(since_ms: int, made_ms: int) -> bool:
    from seedream_desktop.library.query import today_ms  # late: only where such a place is shown

    return since_ms <= made_ms < today_ms()[1]


def waiting_tile(jobs: tuple[Job, ...], catalog: Catalog, jobs_at_once: int) -> WaitingTile:
    """One tile for ``jobs`` of one press that have not started. ``jobs_at_once`` 0: the queue is paused."""
    rounds = -(-len(jobs) // max(1, jobs_at_once))
    return WaitingTile(
        press_id=jobs[0].press_id,
        jobs=jobs,
        wait_s=rounds * usual_s(jobs[0], catalog),
        cost=together(cost_of(job) for job in jobs),
        is_paused=not jobs_at_once,
    )
