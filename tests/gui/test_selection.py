"""What is selected: it stays so whatever comes and goes, and acts reach all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui import wishing_wall
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.session import Session
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, a_press, draw_thumbnail
from tests.gui.calls import calls_of
from tests.gui.window_stage import WindowStage, window_stage

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MakeView = Callable[..., GalleryView]
CALLS = 20_000  # of functions; one for each of 100,000 pictures would be a pause


class SortedLibrary(FakeLibrary):
    """Sorts by stars where that is asked for."""

    def ids(self, query: Query, stopper: object = None) -> tuple[str, ...]:
        found = [one for one in self.all.values() if query.text in one.prompt]
        if query.order is Order.RATING:
            found.sort(key=lambda one: -one.rating)
        return tuple(one.id for one in found)


@pytest.fixture
def make_view(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeView]:
    reading, drawing = TaskRunner(1), TaskRunner(2)
    kept: list[object] = []

    def make(library: FakeLibrary, query: Query | None = None) -> GalleryView:
        model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
        view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
        kept.extend((model, view))
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        with qtbot.waitSignal(model.query_shown):
            model.set_library(library)
        if query is not None:
            with qtbot.waitSignal(model.query_shown):
                model.set_query(query)
        return view

    yield make
    reading.close(2000)
    drawing.close(2000)


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


def show(qtbot: QtBot, view: GalleryView, query: Query) -> None:
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(query)


def a_stacked_library(presses: int, count: int) -> FakeLibrary:
    library = FakeLibrary(0)
    for number in range(presses * count):
        picture = a_picture(number, press_id=f"press {number // count}", press_index=number % count)
        library.all[picture.id] = picture
    return library


def test_what_a_filter_hides_is_selected_again_without_it(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(FakeLibrary(300))
    view.verticalScrollBar().setValue(4000)
    row = view.rows_in_view()[3]
    view.select_row(row)
    before = (view.selected_ids(), view.currentIndex().row(), view.verticalOffset())
    for text in ("number 299", "number 28", ""):
        show(qtbot, view, Query(text=text))
    assert (view.selected_ids(), view.currentIndex().row(), view.verticalOffset()) == before


@pytest.mark.parametrize("is_known", [False, True])
def test_a_place_opens_at_its_top_where_what_is_selected_is_almost_in_view(
    qtbot: QtBot, make_view: MakeView, is_known: bool
) -> None:
    view = make_view(FakeLibrary(300))
    if is_known:
        view.resize(900, 760)
        view.select_row(max(row for row in view.rows_in_view() if view.cell(row).bottom() < 760))
    else:
        show(qtbot, view, Query(board_id="acme"))
        show(qtbot, view, Query())
        view.select_row(max(row for row in view.rows_in_view() if view.cell(row).bottom() < 700))
    view.resize(900, view.cell(view.currentIndex().row()).bottom() - 37)  # a bar opens above the pictures
    view.verticalScrollBar().setValue(0)
    selected = view.selected_ids()
    show(qtbot, view, Query(board_id="acme"))
    assert (view.selected_ids(), view.verticalOffset()) == (selected, 0)
    show(qtbot, view, Query())
    assert (view.selected_ids(), view.verticalOffset()) == (selected, 0)


def test_a_place_shows_what_was_selected_elsewhere_if_it_lies_below(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(FakeLibrary(300))
    show(qtbot, view, Query(board_id="acme"))
    show(qtbot, view, Query())
    view.select_row(200)
    show(qtbot, view, Query(board_id="acme"))
    assert view.viewport().rect().contains(view.cell(200))


def test_what_is_selected_under_a_filter_is_what_stays(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(FakeLibrary(300))
    view.select_row(5)
    show(qtbot, view, Query(text="number 299"))
    view.select_row(0)
    show(qtbot, view, Query())
    assert view.selected_ids() == (a_picture(299).id,)


def test_once_the_selected_picture_is_trashed_its_neighbour_is_selected(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(FakeLibrary(20))
    view.setFocus()
    for row, expected in ((4, 5), (19, 18)):
        view.select_row(row)
        shown = view.selected_ids()
        with qtbot.waitSignal(view.selection_changed):
            model_of(view).apply_change(LibraryChange(removed=shown))
        assert view.selected_ids() == (a_picture(expected).id,)
        assert model_of(view).picture_id(view.currentIndex().row()) == a_picture(expected).id
        model_of(view).refresh()
        qtbot.waitUntil(lambda: model_of(view).rowCount() == 20)


def test_once_a_closed_stack_is_trashed_the_next_stack_is_selected_whole(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(a_stacked_library(5, 3))
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.tile_rect(3).center())
    with qtbot.waitSignal(view.selection_changed):
        model_of(view).apply_change(LibraryChange(removed=view.selected_ids()))
    assert view.selected_ids() == tuple(a_picture(number).id for number in (6, 7, 8))


def test_a_picture_of_a_press_that_goes_leaves_the_keyboard_to_its_neighbour(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(FakeLibrary(5))
    jobs = a_press(2)
    model_of(view).add_jobs(jobs)
    for number, job in enumerate(jobs):
        model_of(view).place_picture(PictureSaved(job.id, 0, a_picture(90 + number, made_ms=10**9)))
        model_of(view).remove_job(job.id)
    view.select_row(0)
    model_of(view).apply_change(LibraryChange(removed=view.selected_ids()))
    assert view.selected_ids() == (a_picture(91).id,)


def test_a_job_that_goes_selects_no_picture_in_its_place(make_view: MakeView) -> None:
    view = make_view(FakeLibrary(5))
    job = a_press(1)[0]
    model_of(view).add_jobs([job])
    view.select_row(0)
    model_of(view).remove_job(job.id)
    assert view.selected_ids() == ()


def test_a_picture_that_moves_by_its_stars_stays_selected_and_the_view_stays(
    qtbot: QtBot, make_view: MakeView
) -> None:
    library = SortedLibrary(1000)
    view = make_view(library, Query(order=Order.RATING))
    model = model_of(view)
    view.verticalScrollBar().setValue(8000)
    row = view.rows_in_view()[6]
    view.select_row(row)
    others = model.picture_id(view.rows_in_view()[-1])
    top = view.cell(view.rows_in_view()[-1]).top()
    picture = library.all[view.selected_ids()[0]]
    library.all[picture.id] = rated = replace(picture, rating=5)
    model.apply_change(LibraryChange(changed=(rated,)))
    qtbot.waitUntil(lambda: model.row_of(picture.id) == 0)
    assert view.selected_ids() == (picture.id,)
    assert view.currentIndex().row() == 0
    assert view.cell(model.row_of(str(others)) or 0).top() == top


def test_a_closed_stack_is_handed_over_whole_though_it_was_never_read(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(a_stacked_library(120, 5))
    model = model_of(view)
    qtbot.waitUntil(lambda: view.isIndexHidden(model.index(599)))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    last = view.rows_in_view()[-1]
    qtbot.waitUntil(lambda: model.picture(last) is not None)
    assert len(model.held(model.ids_of(range(last, last + 5)))) == 1
    place = view.tile_rect(last).center()
    with qtbot.waitSignal(view.drag_requested) as dragged:
        QTest.mousePress(view.viewport(), LEFT, NONE, place)
        QTest.mouseMove(view.viewport(), place + QPoint(30, 0))
        QTest.mouseMove(view.viewport(), place + QPoint(40, 0))
    assert [one.id for one in dragged.args[0]] == list(model.ids_of(range(last, last + 5)))


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_4, NONE, "rate_requested"),
        (Qt.Key.Key_Delete, NONE, "trash_requested"),
        (Qt.Key.Key_R, NONE, "reference_requested"),
        (Qt.Key.Key_C, CONTROL | SHIFT, "copy_files_requested"),
    ],
)
def test_keys_act_on_all_of_a_closed_stack(
    qtbot: QtBot, make_view: MakeView, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str
) -> None:
    view = make_view(a_stacked_library(4, 3))
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.tile_rect(3).center())
    with qtbot.waitSignal(getattr(view, signal)) as told:
        QTest.keyClick(view, key, modifiers)
    ids = [one.id if isinstance(one, Picture) else one for one in told.args[0]]
    assert ids == [a_picture(number).id for number in (3, 4, 5)]


def test_more_than_programs_can_take_is_refused_and_nothing_is_left_out_silently(
    qtbot: QtBot, make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishing_wall, "HANDED_AT_MOST", 5)
    view = make_view(FakeLibrary(6))
    view.selectAll()
    with qtbot.assertNotEmitted(view.copy_files_requested), qtbot.waitSignal(view.too_many_selected) as told:
        QTest.keyClick(view, Qt.Key.Key_C, CONTROL | SHIFT)
    assert told.args == [5]


def test_all_of_a_hundred_thousand_are_selected_filtered_and_changed_without_a_look_at_each(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(FakeLibrary(100_000))
    model = model_of(view)
    assert calls_of(lambda: QTest.keyClick(view, Qt.Key.Key_A, CONTROL)) < CALLS
    assert len(view.selected_ids()) == 100_000
    with qtbot.waitSignal(view.rate_requested) as rated:
        assert calls_of(lambda: QTest.keyClick(view, Qt.Key.Key_3)) < CALLS
    assert len(rated.args[0]) == 100_000
    changed = tuple(a_picture(number, rating=3) for number in range(500))
    assert calls_of(lambda: model.apply_change(LibraryChange(changed=changed))) < CALLS
    for text in ("number 1", ""):
        show(qtbot, view, Query(text=text))
    assert len(view.selected_ids()) == 100_000


# With a window


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    return window_stage(session, tmp_path, qtbot)


def stacked(stage: WindowStage) -> tuple[Picture, ...]:
    """A press of three, and one alone."""
    pictures = tuple(
        stage.add(number, press_id="press", press_index=number, pressed_ms=5) for number in range(3)
    )
    stage.add(3)
    stage.show_library(4)
    gallery = stage.window.gallery
    stage.qtbot.waitUntil(lambda: len(gallery.rows_in_view()) == 2)
    row = stage.session.gallery.row_of(pictures[0].id) or 0
    QTest.mouseClick(gallery.viewport(), LEFT, NONE, gallery.tile_rect(row).center())
    gallery.setFocus()
    return pictures


def test_the_header_counts_the_pictures_of_a_closed_stack(stage: WindowStage) -> None:
    stacked(stage)
    assert stage.window.header._title.text() == "3 selected"


def test_a_closed_stack_is_rated_and_trashed_whole_and_comes_back(stage: WindowStage) -> None:
    pictures = stacked(stage)
    QTest.keyClick(stage.window.gallery, Qt.Key.Key_4)
    stage.qtbot.waitUntil(lambda: all(stage.now(one).rating == 4 for one in pictures))
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: all(stage.now(one).rating == 0 for one in pictures))
    QTest.keyClick(stage.window.gallery, Qt.Key.Key_Delete)
    library = stage.session.pictures.the_library()
    stage.qtbot.waitUntil(lambda: len(library.ids(Query())) == 1)
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: len(library.ids(Query())) == 4)


def test_a_closed_stack_is_tagged_and_exported_whole(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = stacked(stage)
    asked: list[tuple[str, ...]] = []
    ties = stage.window.ties
    monkeypatch.setattr(ties.handing.exporting, "ask", asked.append)
    monkeypatch.setattr(ties.browsing.acting.tags, "tag", lambda ids, _over: asked.append(ids))
    for key in (PictureKey.EXPORT, PictureKey.TAG):
        stage.window.gallery.act_requested.emit(key)
    assert asked == [tuple(one.id for one in pictures)] * 2
