"""The grid by keyboard and rubber band: every move, with Shift and Control; and a whole day by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.gallery_layout import HEADING_PX, MARGIN_PX
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.session import Session
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, draw_thumbnail
from tests.gui.calls import calls_of
from tests.gui.window_stage import WindowStage, window_stage

Key = Qt.Key
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
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
        view.setFocus()
        return view

    yield make
    reading.close(2000)
    drawing.close(2000)


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


def move(view: GalleryView, point: QPoint) -> None:
    place = QPointF(view.viewport().mapToGlobal(point))
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), place, Qt.MouseButton.NoButton, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), moved)


def columns(view: GalleryView) -> int:
    return next(row for row in range(1, 20) if view.cell(row).top() > view.cell(0).top())


@pytest.mark.parametrize(
    ("keys", "lines", "more"),
    [
        ((Key.Key_Right, Key.Key_Right), 0, 2),
        ((Key.Key_Down, Key.Key_Down, Key.Key_Up), 1, 0),
        ((Key.Key_End, Key.Key_Home), 0, 0),
        ((Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp), 2, 0),
    ],
)
def test_keys_move_and_with_shift_select_all_between(
    make_view: MakeView, keys: tuple[Qt.Key, ...], lines: int, more: int
) -> None:
    view = make_view(FakeLibrary(200))
    end = lines * columns(view) + more
    view.select_row(0)
    for key in keys:
        QTest.keyClick(view, key)
    assert view.selected_rows() == [end]
    assert view.viewport().rect().intersects(view.cell(end))
    view.select_row(0)
    for key in keys:
        QTest.keyClick(view, key, SHIFT)
    assert view.selected_rows() == list(range(end + 1))


def test_control_moves_without_selecting_and_goes_on_from_there(make_view: MakeView) -> None:
    view = make_view(FakeLibrary(50))
    view.select_row(3)
    QTest.keyClick(view, Key.Key_Right, CONTROL)
    QTest.keyClick(view, Key.Key_Right, CONTROL)
    assert (view.selected_rows(), view.currentIndex().row()) == ([3], 5)
    QTest.keyClick(view, Key.Key_Right)
    assert view.selected_rows() == [6]


def test_shift_to_the_end_and_control_a_take_a_hundred_thousand_without_a_look_at_each(
    make_view: MakeView,
) -> None:
    view = make_view(FakeLibrary(100_000))
    view.select_row(5)
    assert calls_of(lambda: QTest.keyClick(view, Key.Key_End, SHIFT)) < 20_000
    assert len(view.selected_ids()) == 99_995
    assert calls_of(lambda: QTest.keyClick(view, Key.Key_A, CONTROL)) < 20_000
    assert len(view.selected_ids()) == 100_000


def test_a_band_scrolls_at_the_edge_and_selects_on(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(FakeLibrary(400))
    QTest.mousePress(view.viewport(), LEFT, NONE, QPoint(2, view.cell(0).center().y()))
    move(view, QPoint(view.viewport().width() - 4, view.viewport().height() - 2))
    at_first = view.selected_rows()
    qtbot.waitUntil(lambda: view.verticalOffset() > 600)
    assert set(at_first) < set(view.selected_rows())
    assert view.selected_rows() == list(range(len(view.selected_rows())))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(400, 690))
    kept = view.selected_rows()
    qtbot.wait(70)
    assert view.selected_rows() == kept


@pytest.mark.parametrize("held", [CONTROL, SHIFT])
def test_a_band_with_a_key_held_adds_to_what_was_selected(
    make_view: MakeView, held: Qt.KeyboardModifier
) -> None:
    view = make_view(FakeLibrary(50))
    view.select_row(8)
    gap = QPoint(3, view.cell(0).center().y())
    QTest.mousePress(view.viewport(), LEFT, held, gap)
    move(view, view.cell(1).center())
    QTest.mouseRelease(view.viewport(), LEFT, held, view.cell(1).center())
    assert view.selected_rows() == [0, 1, 8]


def test_a_click_on_the_name_of_a_day_selects_the_day_whole(make_view: MakeView) -> None:
    library = FakeLibrary(0)
    for number in range(12):
        picture = a_picture(number, press_id="press" if 4 <= number < 7 else "", press_index=number)
        library.all[picture.id] = picture
        library.arranging.days[picture.id] = 20261120 - number // 4
    view = make_view(library)

    def click_day_of(row: int, held: Qt.KeyboardModifier, x_px: int = MARGIN_PX + 20) -> list[int]:
        place = QPoint(x_px, view.cell(row).top() - HEADING_PX // 2)
        QTest.mouseClick(view.viewport(), LEFT, held, place)
        return view.selected_rows()

    assert click_day_of(4, NONE) == [4, 5, 6, 7]
    assert click_day_of(8, CONTROL) == list(range(4, 12))
    assert click_day_of(8, NONE) == [8, 9, 10, 11]
    assert click_day_of(8, NONE, view.width() - 4 * MARGIN_PX) == []


# With a window


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    return window_stage(session, tmp_path, qtbot)


def test_what_the_viewer_shows_is_selected_alone_though_shift_is_held(make_view: MakeView) -> None:
    view = make_view(FakeLibrary(20))
    view.select_row(3)
    QTest.keyPress(view, Key.Key_Shift, SHIFT)
    view.select_row(7)
    QTest.keyRelease(view, Key.Key_Shift)
    assert view.selected_rows() == [7]


def test_escape_lets_go_of_the_selection(stage: WindowStage) -> None:
    pictures = stage.fill(3)
    stage.select(pictures[:2])
    stage.window.go_back()
    assert stage.window.gallery.selected_ids() == ()
    stage.window.go_back()
    assert stage.window.stage.currentWidget() is stage.window.gallery


def test_what_was_seen_last_in_the_viewer_is_seen_in_its_stack(stage: WindowStage) -> None:
    for number in range(3):
        stage.add(number, press_id="press", press_index=number, pressed_ms=5)
    stage.show_library(3)
    gallery, model = stage.window.gallery, stage.session.gallery
    stage.qtbot.waitUntil(lambda: len(gallery.rows_in_view()) == 1)
    gallery.open_requested.emit(0)
    stage.window.show_gallery()
    assert (len(gallery.selected_ids()), model.is_open(0)) == (3, False)
    gallery.open_requested.emit(0)
    stage.window.viewer.show_row(1)
    stage.window.show_gallery()
    assert gallery.selected_ids() == model.ids_of(range(1, 2))
    assert list(gallery.rows_in_view()) == [0, 1, 2]
