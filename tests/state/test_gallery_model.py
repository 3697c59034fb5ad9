"""The rows of the gallery: read in pages off the GUI thread, jobs first, pictures in their jobs' places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import Catalog, load_catalog
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.picture_rows import PAGE_ROWS
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.tiles import JobTile, PictureTile, WaitingTile, name_of
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeArranging, FakeLibrary, a_picture, a_press

MakeModel = Callable[[FakeLibrary], GalleryModel]
CATALOG = load_catalog(Path("resources/models.toml"))


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture
def make_model(qtbot: QtBot, catalog: Catalog) -> Iterator[MakeModel]:
    runner = TaskRunner(1)
    models = []

    def make(library: FakeLibrary) -> GalleryModel:
        model = GalleryModel(runner, catalog)
        models.append(model)
        with qtbot.waitSignal(model.query_shown):
            model.set_library(library)
        return model

    yield make
    runner.close(2000)


def names(model: GalleryModel) -> list[str]:
    return [name_of(model.tile(row)) for row in range(model.rowCount())]


def test_it_keeps_the_rules_of_qt(make_model: MakeModel, qtmodeltester: ModelTester) -> None:
    model = make_model(FakeLibrary(300))
    model.add_jobs(a_press(3))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_only_the_first_page_is_read_with_the_ids(make_model: MakeModel) -> None:
    library = FakeLibrary(10_000)
    model = make_model(library)
    assert model.rowCount() == 10_000
    assert library.asked == [PAGE_ROWS]


def test_a_row_that_is_looked_at_is_read_later_and_told(qtbot: QtBot, make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(1000))
    assert model.picture(700) is None
    assert name_of(model.tile(700)) == "a cat 0700"
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert model.picture(700) == a_picture(700)


def test_pages_that_were_scrolled_past_are_not_read(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(20_000)
    model = make_model(library)
    for row in range(200, 20_000, 50):
        model.tile(row)
    qtbot.waitUntil(lambda: model.picture(19_950) is not None)
    assert len(library.asked) < 10


def test_a_press_stands_first_in_the_order_of_its_index(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(2))
    jobs = a_press(2)
    model.add_jobs(jobs)
    for job in jobs:
        model.change_job(replace(job, state=JobState.SENDING))
    tiles = [model.tile(row) for row in range(4)]
    assert [tile.job.press_index for tile in tiles[:2] if isinstance(tile, JobTile)] == [0, 1]
    assert isinstance(tiles[2], PictureTile)


def test_the_newest_press_stands_before_the_others(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(0))
    model.add_jobs(a_press(1, "old", queued_ms=1))
    model.add_jobs(a_press(1, "new", queued_ms=2))
    assert names(model) == ["a dog of new", "a dog of old"]


def test_what_waits_of_a_press_is_one_tile(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(0))
    model.set_jobs_at_once(3)
    model.add_jobs(jobs := a_press(30))
    model.change_job(replace(jobs[0], state=JobState.SENDING))
    assert model.rowCount() == 2
    waiting = model.tile(1)
    assert isinstance(waiting, WaitingTile)
    assert len(waiting.jobs) == 29
    assert waiting.wait_s == 10 * CATALOG.model("seedream-5-0-lite").typical_s
    assert waiting.cost is not None
    assert waiting.cost.high_usd == pytest.approx(29 * 0.035)


def test_a_picture_stands_in_its_jobs_place_whichever_comes_first(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(1))
    jobs = a_press(3)
    model.add_jobs(jobs)
    for job in jobs:
        model.change_job(replace(job, state=JobState.SENDING))
    selected = Selected(model, 1)
    model.place_picture(PictureSaved(jobs[1].id, 0, a_picture(77)))
    model.remove_job(jobs[1].id)
    assert names(model)[1] == "a cat, number 77"
    assert selected.row == 1
    assert model.rowCount() == 4


class Selected:
    """Follows a row as a selection does."""

    def __init__(self, model: QAbstractItemModel, row: int) -> None:
        self._index = QPersistentModelIndex(model.index(row, 0))

    @property
    def row(self) -> int:
        return self._index.row()


def test_a_placed_picture_is_shown_once_though_the_library_tells_of_it_too(
    qtbot: QtBot, make_model: MakeModel
) -> None:
    library = FakeLibrary(3)
    model = make_model(library)
    model.add_jobs(jobs := a_press(1))
    library.all = {"new": a_picture(9, id="new"), **library.all}
    model.apply_change(LibraryChange(added=(library.all["new"],)))
    model.place_picture(PictureSaved(jobs[0].id, 0, library.all["new"]))
    model.remove_job(jobs[0].id)
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    assert [model.picture_id(row) for row in range(4)].count("new") == 1


def test_pictures_of_a_set_stand_in_its_order_before_what_is_still_to_come(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(0))
    job = a_press(1)[0]
    job = replace(job, request=replace(job.request, images_in_set=4), state=JobState.ANSWERED)
    model.add_jobs([job])
    model.place_picture(PictureSaved(job.id, 1, a_picture(2, set_index=1)))
    model.place_picture(PictureSaved(job.id, 0, a_picture(1, set_index=0)))
    assert names(model) == ["a cat, number 1", "a cat, number 2", "a dog of press"]


def test_a_press_that_is_over_settles_with_the_next_query(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(3)
    model = make_model(library)
    model.add_jobs(jobs := a_press(1))
    model.place_picture(PictureSaved(jobs[0].id, 0, a_picture(2)))
    model.remove_job(jobs[0].id)
    assert model.picture_id(0) == a_picture(2).id
    with qtbot.waitSignal(model.query_shown):
        model.set_query(Query(text="cat"))
    assert [model.picture_id(row) for row in range(3)] == list(library.all)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), 1),
        (Query(board_id="inbox"), 1),
        (Query(board_id="other"), 0),
        (Query(rated=True), 0),
        (Query(trash=True), 0),
        (Query(text="x"), 0),
        (Query(since_ms=5), 1),
    ],
)
def test_jobs_stand_where_their_pictures_would(
    qtbot: QtBot, make_model: MakeModel, query: Query, expected: int
) -> None:
    model = make_model(FakeLibrary(0))
    model.add_jobs(a_press(1))
    with qtbot.waitSignal(model.query_shown):
        model.set_query(query)
    assert model.rowCount() == expected


def test_a_tile_that_was_set_aside_stays_among_the_unfinished(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(2))
    model.add_jobs(jobs := a_press(1))
    problem = Problem(ProblemKind.NO_ANSWER, billed=Billed.MAYBE)
    model.change_job(replace(jobs[0], state=JobState.UNKNOWN, problem=problem))
    model.set_aside(model.tile(0))
    assert model.rowCount() == 2
    model.show_unfinished()
    assert names(model) == ["a dog of press"]


def test_refreshing_moves_nothing_that_stays(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(50)
    model = make_model(library)
    selected = Selected(model, 20)
    for number in (3, 30, 40):
        del library.all[a_picture(number).id]
    library.all = {"new": a_picture(9, id="new"), **library.all}
    model.apply_change(LibraryChange(is_everything=True))
    qtbot.waitUntil(lambda: model.rowCount() == 48)
    assert selected.row == 20
    assert model.picture_id(20) == a_picture(20).id


def test_rows_that_change_while_others_are_looked_for_stay_right(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(50)
    model = make_model(library)
    library.all = {"new": a_picture(9, id="new"), **library.all}
    model.refresh()  # what it finds is compared with the rows as they are now
    gone = a_picture(30).id
    del library.all[gone]
    model.apply_change(LibraryChange(removed=(gone,)))
    qtbot.waitUntil(lambda: model.row_of("new") is not None)
    model.refresh()
    qtbot.waitUntil(lambda: model.row_of(gone) is None and not model._looking)
    assert [model.picture_id(row) for row in range(model.rowCount())] == list(library.all)


def test_many_rows_among_others_are_compared_before_they_come(
    qtbot: QtBot, make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = FakeLibrary(2000)
    everything = dict(library.all)
    library.all = dict([*everything.items()][::2])
    model = make_model(library)
    library.all = everything
    compared_late = Mock()
    monkeypatch.setattr("seedream_desktop.state.gallery_model.edits", compared_late)
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 2000)
    compared_late.assert_not_called()
    assert [model.picture_id(row) for row in range(2000)] == list(everything)


def test_the_opening_of_a_library_asks_for_its_rows_once(qtbot: QtBot, make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(5))
    qtbot.waitUntil(lambda: model.is_as_at_start)
    model.apply_change(LibraryChange(is_everything=True, is_opened=True))
    assert model.is_as_at_start  # nothing is asked anew
    model.apply_change(LibraryChange(is_everything=True))
    assert not model.is_as_at_start


def test_a_removed_and_a_changed_picture_are_followed(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(5))
    model.apply_change(LibraryChange(removed=(a_picture(0).id,), changed=(a_picture(1, rating=4),)))
    assert model.rowCount() == 4
    picture = model.picture(0)
    assert picture is not None
    assert picture.rating == 4


def test_a_new_picture_stands_first_unless_it_is_older(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(5)
    model = make_model(library)
    newest = a_picture(99, made_ms=99_000_000)
    model.apply_change(LibraryChange(added=(newest,)))
    assert model.picture_id(0) == newest.id
    library.all = {newest.id: newest, **library.all, "old": a_picture(98, id="old", made_ms=1)}
    model.apply_change(LibraryChange(added=(library.all["old"],)))
    qtbot.waitUntil(lambda: model.rowCount() == 7)
    assert model.picture_id(6) == "old"


def test_a_press_that_comes_back_is_one_stack_in_its_order(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(5)
    model = make_model(library)
    pressed = tuple(a_picture(90 + n, press_id="press", press_index=n, made_ms=99_000_000) for n in range(3))
    library.all = {**{one.id: one for one in pressed}, **library.all}
    library.arranging = FakeArranging(library.all)
    model.apply_change(LibraryChange(added=pressed))
    qtbot.waitUntil(lambda: model.rowCount() == 8)
    assert [model.picture_id(row) for row in range(3)] == [one.id for one in pressed]
    qtbot.waitUntil(lambda: model.stack_of(0) == range(3))


def test_nothing_is_put_first_while_the_first_has_not_been_read(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(5)
    model = make_model(library)
    model._rows.forget()
    library.all["old"] = a_picture(98, id="old", made_ms=1)
    model.apply_change(LibraryChange(added=(library.all["old"],)))
    qtbot.waitUntil(lambda: model.rowCount() == 6)
    assert model.picture_id(5) == "old"


def test_rows_are_found_by_the_ids_of_their_pictures(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(9))
    model.add_jobs(a_press(1))
    assert model.rows_of([a_picture(7).id, a_picture(2).id, "gone"]) == (3, 8)
    assert model.rows_of([]) == ()
    assert model.row_of(a_picture(0).id) == 1
    assert model.row_of("gone") is None


def test_the_last_question_wins(qtbot: QtBot, make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(20))
    with qtbot.waitSignal(model.query_shown):
        model.set_query(Query(text="number 1"))
        model.set_query(Query(text="number 19"))
    assert names(model) == ["a cat, number 19"]


def test_a_library_that_is_away_is_told_and_nothing_vanishes(qtbot: QtBot, make_model: MakeModel) -> None:
    library = FakeLibrary(4)
    model = make_model(library)
    library.problem = Problem(ProblemKind.LIBRARY_AWAY)
    with qtbot.waitSignal(model.failed) as told:
        model.refresh()
    assert told.args == [library.problem]
    assert model.rowCount() == 4


def test_files_are_handed_out_as_copies(make_model: MakeModel) -> None:
    assert make_model(FakeLibrary(3)).supportedDragActions() == Qt.DropAction.CopyAction


def test_items_are_named_by_title_or_prompt_and_described(qtbot: QtBot, catalog: Catalog) -> None:
    runner = TaskRunner(1)
    model = GalleryModel(runner, catalog)
    model.describe = lambda tile: "what it is"
    library = FakeLibrary(2)
    library.all[a_picture(1).id] = a_picture(1, title="The cat")
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [model.index(row).data(role) for row in range(2)] == ["a cat, number 0", "The cat"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "what it is"
    assert not QModelIndex().isValid()
    runner.close(2000)


def test_the_place_of_a_picture_counts_pictures_only(make_model: MakeModel) -> None:
    model = make_model(FakeLibrary(3))
    model.add_jobs(a_press(2))
    rows = range(model.rowCount())
    assert [model.place_of(row) for row in rows] == [0, 1, 2, 3]
    assert model.picture_count == 3
