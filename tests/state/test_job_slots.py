"""The places of jobs: in the order of the press and the index, held until another query is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.catalog import Catalog, load_catalog
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.pipeline.events import PictureSaved, Progress
from seedream_desktop.state.job_slots import JobSlots
from seedream_desktop.state.tiles import (
    JobTile,
    MissingTile,
    PictureTile,
    WaitingTile,
    name_of,
    tile_key,
    usual_s,
)

MODEL = "seedream-5-0-lite"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(Path("resources/models.toml"))


@pytest.fixture
def slots(catalog: Catalog) -> JobSlots:
    return JobSlots(catalog, clock_s=lambda: 100.0)


def a_job(index: int, press_id: str = "press", **changes: object) -> Job:
    request = GenerationRequest(MODEL, f"{press_id} {index}", None)
    job = Job(f"{press_id}-{index}", press_id, index, 9, request, Recipe(), "library", "inbox", "Inbox")
    return replace(job, **changes)  # type: ignore[arg-type]


def a_picture(name: str, set_index: int = 0) -> Picture:
    path = Path("/library", name)
    facts = ("image/jpeg", 1000, 1, "press", 0, set_index, 1, 0, False, 1)
    return Picture(name, name, path, "inbox", "", name, MODEL, 100, 100, *facts)


def names(slots: JobSlots, query: Query | None = None) -> list[str]:
    return [name_of(tile) for tile in slots.tiles(query or Query())]


@given(st.permutations(range(6)))
def test_tiles_stand_in_the_order_of_the_index_however_pictures_arrive(arrival: list[int]) -> None:
    slots = JobSlots(load_catalog(Path("resources/models.toml")))
    slots.add([a_job(index, state=JobState.SENDING) for index in range(6)])
    for index in arrival:
        slots.place(PictureSaved(f"press-{index}", 0, a_picture(f"picture {index}")))
        slots.remove(f"press-{index}")
    assert names(slots) == [f"picture {index}" for index in range(6)]


def test_the_time_runs_from_the_moment_of_sending(slots: JobSlots) -> None:
    slots.add([a_job(0)])
    slots.change(a_job(0, state=JobState.SENDING))
    tile = slots.tiles(Query())[0]
    assert isinstance(tile, JobTile)
    assert tile.started_s == 100.0


def test_progress_is_shown_on_its_tile(slots: JobSlots) -> None:
    slots.add([a_job(0, state=JobState.SENDING)])
    slots.show_progress(Progress("press-0", Sending(12, 41)))
    tile = slots.tiles(Query())[0]
    assert isinstance(tile, JobTile)
    assert tile.sending == Sending(12, 41)


def test_one_that_waits_alone_is_a_job_and_two_are_one_tile(slots: JobSlots) -> None:
    slots.add([a_job(0, state=JobState.SENDING), a_job(1), a_job(2)])
    assert isinstance(slots.tiles(Query())[1], WaitingTile)
    slots.change(a_job(1, state=JobState.SENDING))
    assert [type(tile) for tile in slots.tiles(Query())] == [JobTile] * 3


def test_what_waits_has_no_cost_where_a_price_is_not_known(slots: JobSlots) -> None:
    slots.add([a_job(0, price_usd=0.04), a_job(1)])
    tile = slots.tiles(Query())[0]
    assert isinstance(tile, WaitingTile)
    assert tile.cost is None


def test_a_set_usually_takes_as_long_as_its_pictures(catalog: Catalog) -> None:
    one = a_job(0)
    four = replace(one, request=replace(one.request, images_in_set=4))
    assert usual_s(four, catalog) == 4 * usual_s(one, catalog)


def test_a_dismissed_job_without_a_picture_leaves_no_trace(slots: JobSlots) -> None:
    slots.add([a_job(0)])
    slots.remove("press-0")
    assert slots.tiles(Query()) == ()
    assert slots.unfinished_tiles() == ()


def test_a_failed_job_stays_when_its_press_settles(slots: JobSlots) -> None:
    problem = Problem(ProblemKind.SERVER_FAULT, billed=Billed.NO)
    slots.add([a_job(0, state=JobState.SENDING), a_job(1, state=JobState.FAILED, problem=problem)])
    slots.place(PictureSaved("press-0", 0, a_picture("made")))
    slots.remove("press-0")
    slots.settle()
    assert names(slots) == ["press 1"]


def test_pictures_of_a_press_under_way_keep_their_place_when_it_settles(slots: JobSlots) -> None:
    slots.add([a_job(0, state=JobState.SENDING), a_job(1, state=JobState.SENDING)])
    slots.place(PictureSaved("press-0", 0, a_picture("made")))
    slots.remove("press-0")
    slots.settle()
    assert names(slots) == ["made", "press 1"]


def test_only_the_board_that_results_go_to_shows_them(slots: JobSlots) -> None:
    slots.add([a_job(0)])
    assert names(slots, Query(board_id="inbox")) == ["press 0"]
    assert names(slots, Query(board_id="other")) == []


def test_a_picture_can_be_changed_and_removed_in_its_place(slots: JobSlots) -> None:
    slots.add([a_job(0)])
    slots.place(PictureSaved("press-0", 0, a_picture("made")))
    slots.remove("press-0")
    assert slots.change_picture(replace(a_picture("made"), rating=5))
    tile = slots.tiles(Query())[0]
    assert isinstance(tile, PictureTile)
    assert tile.picture is not None
    assert tile.picture.rating == 5
    assert slots.remove_picture("made")
    assert slots.tiles(Query()) == ()
    assert not slots.remove_picture("made")


def in_part(*indexes: int, state: JobState = JobState.SAVED) -> Job:
    problem = Problem(ProblemKind.RESULT_REFUSED)
    return a_job(0, state=state, missing=tuple(MissingPicture(index, problem) for index in indexes))


def test_missing_pictures_stand_at_their_place_in_the_set(slots: JobSlots) -> None:
    slots.add([a_job(0, state=JobState.ANSWERED)])
    for index in (3, 0):
        slots.place(PictureSaved("press-0", index, a_picture(f"picture {index}", set_index=index)))
    slots.change(in_part(1, 2))
    places = [
        tile.missing.index if isinstance(tile, MissingTile) else name_of(tile)
        for tile in slots.tiles(Query())
    ]
    assert places == ["picture 0", 1, 2, "picture 3"]


def test_a_missing_picture_that_was_set_aside_stays_among_the_unfinished(slots: JobSlots) -> None:
    slots.add([in_part(1, 2)])
    first, second = slots.tiles(Query())
    slots.set_aside(tile_key(first))
    assert slots.tiles(Query()) == (second,)
    assert slots.unfinished_tiles() == (first, second)


def test_pictures_keep_their_place_while_the_missing_are_tried_again_and_come_back(slots: JobSlots) -> None:
    slots.add([a_job(0, state=JobState.ANSWERED)])
    slots.place(PictureSaved("press-0", 0, a_picture("made")))
    slots.change(in_part(1))
    slots.remove("press-0")
    assert names(slots) == ["made"]
    slots.add([in_part(1)])  # the journal did not take the new request
    assert names(slots) == ["made", "press 0"]
