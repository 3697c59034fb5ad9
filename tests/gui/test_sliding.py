"""Tiles slide to where they make room; what is looked at does not, and nothing where less is wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui import sliding
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.motion import shows_motion
from seedream_desktop.gui.sliding import Sliding
from seedream_desktop.library.values import Order, Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, a_press, draw_thumbnail

STILL = QPoint(0, 0)
MakeView = Callable[..., GalleryView]


@pytest.fixture
def make_view(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeView]:
    reading, drawing = TaskRunner(1), TaskRunner(2)
    kept: list[object] = []

    def make(library: FakeLibrary) -> GalleryView:
        model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
        view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
        kept.extend((model, view))
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        with qtbot.waitSignal(model.query_shown):
            model.set_library(library)
        view.grab()
        return view

    yield make
    reading.close(2000)
    drawing.close(2000)


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """None passes, so that the first frame is what is seen."""
    monkeypatch.setattr(Sliding, "clock_s", lambda *_: 5.0)


def newest(number: int) -> LibraryChange:
    return LibraryChange(added=(a_picture(number, made_ms=10**9 + number),))


@pytest.mark.usefixtures("no_time")
def test_tiles_begin_where_they_were_and_the_new_one_in_its_place(make_view: MakeView) -> None:
    view = make_view(FakeLibrary(20))
    before = [view.cell(row).topLeft() for row in range(8)]
    model_of(view).apply_change(newest(100))
    view.grab()
    assert view.sliding.shift(0) == STILL
    assert [view.cell(row + 1).topLeft() + view.sliding.shift(row + 1) for row in range(8)] == before


def test_they_are_at_their_places_after_a_moment(
    qtbot: QtBot, make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make_view(FakeLibrary(20))
    model_of(view).apply_change(newest(100))
    view.grab()
    assert view.sliding.is_under_way
    qtbot.waitUntil(lambda: not view.sliding.is_under_way)
    begun_s = 100.0
    monkeypatch.setattr(Sliding, "clock_s", lambda *_: begun_s)
    model_of(view).apply_change(newest(101))
    view.grab()
    monkeypatch.setattr(Sliding, "clock_s", lambda *_: begun_s + 0.06)
    halfway = view.sliding.shift(1)
    assert STILL != halfway != view.cell(0).topLeft() - view.cell(1).topLeft()


@pytest.mark.usefixtures("no_time")
@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST, Order.RATING, Order.NAME])
def test_what_is_looked_at_stays_whatever_comes_and_in_whatever_order(
    qtbot: QtBot, make_view: MakeView, order: Order
) -> None:
    library = FakeLibrary(400)
    view = make_view(library)
    model = model_of(view)
    with qtbot.waitSignal(model.query_shown):
        model.set_query(Query(order=order))
    view.verticalScrollBar().setValue(4000)
    row = next(row for row in view.rows_in_view() if view.cell(row).top() >= 0)
    shown, place = str(model.picture_id(row)), view.cell(row).top()
    model.add_jobs(a_press(4, queued_ms=10**12))
    library.all = {one.id: one for one in (a_picture(900, made_ms=10**9), *library.all.values())}
    view.look_at(model.row_of(shown) or 0, place)  # the press was shown; one went back
    model.place_picture(PictureSaved("press-2", 0, a_picture(901, made_ms=10**10)))
    model.refresh()
    qtbot.waitUntil(lambda: model.row_of(a_picture(900).id) is not None)
    view.grab()
    now = model.row_of(shown)
    assert now is not None
    assert view.cell(now).top() + view.sliding.shift(now).y() == place


def test_tiles_of_a_press_stay_in_its_order_as_pictures_arrive(make_view: MakeView) -> None:
    view = make_view(FakeLibrary(20))
    model, jobs = model_of(view), a_press(4)
    model.add_jobs(jobs)
    for number in (2, 0, 3, 1):
        picture = a_picture(100 + number, made_ms=10**9 - number)
        model.place_picture(PictureSaved(jobs[number].id, 0, picture))
        model.apply_change(LibraryChange(added=(picture,)))
        model.remove_job(jobs[number].id)
    assert [model.picture_id(row) for row in range(4)] == [a_picture(100 + n).id for n in range(4)]


@pytest.mark.usefixtures("no_time")
def test_pictures_slide_out_of_a_stack_that_opens(make_view: MakeView) -> None:
    library = FakeLibrary(0)
    for number in range(5):
        picture = a_picture(number, press_id="press" if number else "", press_index=number)
        library.all[picture.id] = picture
    view = make_view(library)
    stack = view.cell(1).topLeft()
    model_of(view).set_open(1, is_open=True)
    view.grab()
    assert {(view.cell(row).topLeft() + view.sliding.shift(row)).toTuple() for row in range(1, 5)} == {
        stack.toTuple()
    }


def test_nothing_moves_where_the_system_asks_for_less_motion(
    make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliding, "shows_motion", lambda _: False)
    view = make_view(FakeLibrary(20))
    model_of(view).apply_change(newest(100))
    view.grab()
    assert not view.sliding.is_under_way


@pytest.mark.parametrize(("duration_ms", "expected"), [(0, False), (200, True)])
def test_motion_is_what_the_style_says(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, duration_ms: int, expected: bool
) -> None:
    asked: list[QStyle.StyleHint] = []

    class Told:
        def styleHint(
            self, hint: QStyle.StyleHint, _option: QStyleOption | None, _of: QWidget,
            _more: QStyleHintReturn | None = None,
        ) -> int:  # fmt: skip
            asked.append(hint)
            return duration_ms

    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(widget, "style", Told)
    assert shows_motion(widget) is expected
    assert asked == [QStyle.StyleHint.SH_Widget_Animation_Duration]
