"""What changes how the grid lies, and tells where one is in it: pinch, scroll bar, arrangement, hovering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QStyle, QStyleOptionSlider, QToolTip
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.arrangement_choice import ArrangementChoice
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.library.values import Order, Query
from seedream_desktop.settings import TILE_PX_MAX, TILE_PX_MIN, Arrangement
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, draw_thumbnail

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
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
        return view

    yield make
    reading.close(2000)
    drawing.close(2000)


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


def years_of(count: int) -> FakeLibrary:
    """Ten pictures a month, the newest of November 2026."""
    library = FakeLibrary(count)
    for place, picture_id in enumerate(library.all):
        months = 2026 * 12 + 10 - place // 10
        library.arranging.days[picture_id] = months // 12 * 10_000 + (months % 12 + 1) * 100 + 5
    return library


# Pinch


def pinch_by(view: GalleryView, value: float, at: QPoint) -> None:
    """As a touch pad tells it."""
    place = QPointF(view.viewport().mapToGlobal(at))
    gesture = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        QPointF(at), QPointF(at), place, value, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), gesture)


def test_two_fingers_on_a_touch_pad_make_tiles_grow_under_them(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(FakeLibrary(400))
    view.verticalScrollBar().setValue(4000)
    row = view.rows_in_view()[5]
    point = view.cell(row).center()
    with qtbot.waitSignal(view.tile_px_changed):
        for _ in range(20):
            pinch_by(view, 0.02, point)
    assert view.tile_px == round(216 * 1.02**20)
    assert view.cell(row).adjusted(-2, -2, 2, 2).contains(QPoint(view.cell(row).center().x(), point.y()))


def test_two_fingers_on_a_screen_do_the_same_and_know_the_ends(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(FakeLibrary(40))
    for factor, expected in ((1.5, 324), (40.0, TILE_PX_MAX), (0.01, TILE_PX_MIN)):
        pinch = QPinchGesture()
        pinch.setScaleFactor(factor)
        pinch.setHotSpot(QPointF(view.viewport().mapToGlobal(QPoint(100, 100))))
        QApplication.sendEvent(view.viewport(), QGestureEvent([pinch]))
        assert view.tile_px == expected


# The scroll bar


def handle_of(view: GalleryView) -> QPoint:
    """The middle of the scroll bar's handle."""
    bar, option = view.verticalScrollBar(), QStyleOptionSlider()
    bar.initStyleOption(option)
    handle = bar.style().subControlRect(
        QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
    )
    return handle.center()


def test_the_bar_says_the_month_while_it_is_dragged_and_lands_there(make_view: MakeView) -> None:
    view = make_view(years_of(600))
    bar = view.verticalScrollBar()
    assert not view.bubble.isVisible()
    start = handle_of(view)
    QTest.mousePress(bar, LEFT, NONE, start)
    said = []
    for y in range(start.y(), bar.height(), 40):
        place = QPointF(bar.mapToGlobal(QPoint(start.x(), y)))
        moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(start.x(), y), place, LEFT, LEFT, NONE)
        QApplication.sendEvent(bar, moved)
        said.append(view.bubble.text())
    assert view.bubble.isVisible()
    assert view.rect().contains(view.bubble.geometry())
    assert len(set(said)) > 5
    month = view.day_at_top() // 100
    assert view.bubble.text() == f"{_MONTHS[month % 100 - 1]} {month // 100}"
    place_before = view.verticalOffset()
    QTest.mouseRelease(bar, LEFT, NONE, QPoint(start.x(), bar.height() - 10))
    assert not view.bubble.isVisible()
    assert view.day_at_top() // 100 == month
    assert view.verticalOffset() == place_before


def test_without_days_the_bar_says_no_month(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(years_of(600))
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(Query(order=Order.NAME))
    view.verticalScrollBar().setSliderDown(True)
    view.verticalScrollBar().setSliderPosition(3000)
    assert not view.bubble.isVisible()


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# The arrangement


def test_the_arrangement_is_chosen_from_a_menu_and_told(qtbot: QtBot) -> None:
    choice = ArrangementChoice()
    qtbot.addWidget(choice)
    menu = choice.menu()
    assert menu is not None
    for act, arrangement in zip(menu.actions(), Arrangement, strict=True):
        with qtbot.waitSignal(choice.arrangement_changed) as told:
            act.trigger()
        assert told.args == [arrangement]
        assert act.isChecked()
        assert choice.accessibleName() == f"Arrangement: {act.text()}"


@pytest.mark.parametrize("arrangement", Arrangement)
def test_what_is_looked_at_stays_when_pictures_are_arranged_anew(
    make_view: MakeView, arrangement: Arrangement
) -> None:
    view = make_view(FakeLibrary(1000))
    view.verticalScrollBar().setValue(6000)
    row = next(row for row in view.rows_in_view() if view.cell(row).top() >= 0)
    top = view.cell(row).top()
    view.arrangement = arrangement
    assert abs(view.cell(row).top() - top) <= 2


# Hovering


def hover(view: GalleryView, point: QPoint) -> None:
    place = QPointF(view.viewport().mapToGlobal(point))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE
    )
    QApplication.sendEvent(view.viewport(), moved)


@pytest.mark.parametrize("tile_px", [TILE_PX_MIN, 216, TILE_PX_MAX])
def test_acts_on_a_hovered_picture_are_named_by_a_tooltip_with_their_key(
    make_view: MakeView, tile_px: int
) -> None:
    view = make_view(FakeLibrary(5))
    view.tile_px = tile_px
    hover(view, view.cell(0).center())
    for place, expected in zip(view._hover_plan(0).labels, ("Edit (E)", "Use as reference (R)"), strict=True):
        at = place.center()
        asked = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), asked)
        assert QToolTip.text() == expected
