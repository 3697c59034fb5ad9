"""Places in the gallery stay right while pictures are rated, trashed and put back: no stack is parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.library.lookup import Stopper
from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, a_press


class OrderedLibrary(FakeLibrary):
    """Pictures by rating or by name too; those of a press are brought to the first of them."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        super().__init__(0)
        self.all.update({one.id: one for one in pictures})

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        found = [self.all[one] for one in super().ids(query, stopper)]
        if query.order is Order.RATING:
            found.sort(key=lambda one: -one.rating)
        elif query.order is Order.NAME:
            found.sort(key=lambda one: one.id)
        shown = [one for one in found if not (query.hides_rejected and one.rejected)]
        first = {press_of(one): n for n, one in reversed([*enumerate(shown)])}
        return tuple(one.id for one in sorted(shown, key=lambda one: first[press_of(one)]))


def press_of(picture: Picture) -> str:
    return picture.press_id or picture.id


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[GalleryModel]:
    runner = TaskRunner(1)
    yield GalleryModel(runner, load_catalog(Path("resources/models.toml")))
    assert runner.close(5000)


def show(qtbot: QtBot, model: GalleryModel, library: FakeLibrary, query: Query) -> None:
    model.set_query(query)
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)


def stacks(model: GalleryModel) -> list[int]:
    found, row = [], 0
    while row < model.rowCount():
        found.append(len(model.stack_of(row)))
        row = model.stack_of(row).stop
    return found


def pressed(first: int, count: int, press_id: str, **changes: object) -> tuple[Picture, ...]:
    return tuple(a_picture(first + n, press_id=press_id, press_index=n, **changes) for n in range(count))


@pytest.mark.parametrize("order", [Order.RATING, Order.NAME])
def test_a_stack_moves_when_the_picture_goes_that_gave_it_its_place(
    qtbot: QtBot, model: GalleryModel, order: Order
) -> None:
    best, *rest = pressed(0, 3, "press")
    best, rest[0] = replace(best, id="a", rating=5), replace(rest[0], id="y")
    rest[1] = replace(rest[1], id="z")
    library = OrderedLibrary((best, *rest, a_picture(9, id="m", rating=3)))
    show(qtbot, model, library, Query(order=order))
    assert model.ids_of(range(4)) == ("a", "y", "z", "m")
    del library.all["a"]
    model.apply_change(LibraryChange(removed=("a",)))
    assert stacks(model) == [2, 1]
    qtbot.waitUntil(lambda: model.ids_of(range(3)) == ("m", "y", "z"))
    assert stacks(model) == [1, 2]


@pytest.mark.parametrize("back", [0, 1, 2])
def test_a_picture_that_comes_back_into_its_stack_never_parts_it(
    qtbot: QtBot, model: GalleryModel, back: int
) -> None:
    alone, three = a_picture(0), pressed(1, 3, "press")
    library = OrderedLibrary((alone, *(one for n, one in enumerate(three) if n != back), a_picture(5)))
    show(qtbot, model, library, Query())
    seen: list[list[int]] = []
    model.rowsInserted.connect(lambda: seen.append(stacks(model)))
    model.arranged.connect(lambda: seen.append(stacks(model)))
    is_open = back == 1
    model.set_open(1, is_open=is_open)
    library.all.clear()
    library.all.update({one.id: one for one in (alone, *three, a_picture(5))})
    with qtbot.waitSignal(model.arranged):
        model.apply_change(LibraryChange(added=(three[back],)))
        qtbot.waitUntil(lambda: model.rowCount() == 5)
    assert seen[-1] == [1, 3, 1]
    assert all(one in ([1, 2, 1], [1, 3, 1]) for one in seen)
    assert [model.is_open(row) for row in range(5)] == [False, *[is_open] * 3, False]


def test_a_stack_stays_one_where_its_first_picture_still_stands_in_front(
    qtbot: QtBot, model: GalleryModel
) -> None:
    jobs = a_press(1, "press")
    three = pressed(1, 3, "press", made_ms=99_000_000)
    other = pressed(5, 2, "other")
    show(qtbot, model, OrderedLibrary((*other, *three)), Query())
    model.add_jobs(jobs)
    model.place_picture(PictureSaved(jobs[0].id, 0, three[0]))
    show(qtbot, model, OrderedLibrary((*other, *three)), Query())
    assert stacks(model) == [1, 2, 2]


def test_what_is_rejected_does_not_stand_in_its_jobs_place_where_it_is_hidden(
    qtbot: QtBot, model: GalleryModel
) -> None:
    jobs = a_press(2, "press")
    rejected = a_picture(1, rejected=True)
    library = OrderedLibrary((rejected, a_picture(2)))
    show(qtbot, model, library, Query(hides_rejected=True))
    model.add_jobs(jobs)
    model.place_picture(PictureSaved(jobs[0].id, 0, rejected))
    assert model.row_of(rejected.id) is None
    show(qtbot, model, library, Query())
    assert model.row_of(rejected.id) == 0
    show(qtbot, model, library, Query(hides_rejected=True))
    assert model.row_of(rejected.id) is None
    assert model.picture_count == 1


def test_nothing_of_another_library_stays_where_the_one_that_was_opened_cannot_be_read(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(qtbot, model, FakeLibrary(4), Query())
    other = FakeLibrary(3)
    other.problem = Problem(ProblemKind.LIBRARY_AWAY)
    with qtbot.waitSignal(model.failed), qtbot.waitSignal(model.count_changed) as counted:
        model.set_library(other)
    assert (model.rowCount(), model.picture_count, counted.args) == (0, 0, [0])
    other.problem = None
    with qtbot.waitSignal(model.count_changed):
        model.refresh()
    assert model.rowCount() == 3
