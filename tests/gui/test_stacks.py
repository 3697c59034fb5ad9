"""Stacks in the gallery: seen as one, opened in place, and taken whole; and what lies under which day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.gallery_layout import Layout
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.tile_painter import badge_rect
from seedream_desktop.library.arranging import Facts
from seedream_desktop.library.lookup import Stopper
from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.settings import Arrangement, Settings
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, draw_thumbnail

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
MakeView = Callable[..., GalleryView]


def a_library(*presses: int) -> FakeLibrary:
    """Presses of so many pictures each, every one on a day of its own."""
    library, number = FakeLibrary(0), 0
    for place, count in enumerate(presses):
        for index in range(count):
            picture = a_picture(number, press_id=f"press {place}", press_index=index)
            library.all[picture.id] = picture
            library.arranging.days[picture.id] = 20261100 + max(1, 28 - place)
            number += 1
    return library


@pytest.fixture
def make_view(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeView]:
    reading, drawing = TaskRunner(1), TaskRunner(2)
    kept: list[object] = []

    def make(library: FakeLibrary, settings: Settings | None = None) -> GalleryView:
        model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
        view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
        kept.extend((model, view))
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.come_back(settings or Settings())
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


def click(view: GalleryView, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifiers, view.tile_rect(row).center())


def click_badge(view: GalleryView, row: int) -> None:
    badge = badge_rect(view.tile_rect(row), view.stack_badge(row))
    QTest.mouseClick(view.viewport(), LEFT, NONE, badge.center())


def test_a_closed_stack_stands_as_one_tile_with_a_count(make_view: MakeView) -> None:
    view = make_view(a_library(4, 1, 3))
    assert list(view.rows_in_view()) == [0, 4, 5]
    assert [view.stack_badge(row) for row in (0, 4, 5)] == ["4", "", "3"]
    assert view.isIndexHidden(view.model().index(2, 0))


def test_a_click_on_the_badge_opens_and_closes_a_stack_in_place(make_view: MakeView) -> None:
    view = make_view(a_library(1, 4, 1))
    before = view.cell(1)
    click_badge(view, 1)
    assert list(view.rows_in_view()) == [0, 1, 2, 3, 4, 5]
    assert view.cell(1) == before
    assert view.stack_badge(3) == "3/4"
    click_badge(view, 3)
    assert list(view.rows_in_view()) == [0, 1, 5]


def test_right_opens_a_stack_and_left_closes_it(make_view: MakeView) -> None:
    view = make_view(a_library(3, 1))
    view.setFocus()
    click(view, 0)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert list(view.rows_in_view()) == [0, 1, 2, 3]
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == 1
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert list(view.rows_in_view()) == [0, 3]


def test_a_closed_stack_is_selected_and_handed_out_whole(make_view: MakeView) -> None:
    view = make_view(a_library(3, 1, 2))
    click(view, 0)
    assert view.selected_rows() == [0, 1, 2]
    assert len(view.selected_pictures()) == 3
    click(view, 4, CONTROL)
    assert view.selected_rows() == [0, 1, 2, 4, 5]
    click(view, 0)
    assert view.selected_rows() == [0, 1, 2]


def test_the_keyboard_selects_whole_stacks_and_crosses_days(make_view: MakeView) -> None:
    view = make_view(a_library(2, 3, 1))
    view.setFocus()
    click(view, 0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selected_rows() == [2, 3, 4]
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows() == [2, 3, 4, 5]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0


def test_a_double_click_opens_a_stack_at_its_first_picture(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(a_library(1, 3))
    with qtbot.waitSignal(view.open_requested) as opened:
        QTest.mouseDClick(view.viewport(), LEFT, NONE, view.tile_rect(1).center())
    assert opened.args == [1]


def test_an_open_stack_stays_open_when_the_library_is_looked_through_again(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(a_library(1, 3, 1))
    model = model_of(view)
    model.set_open(1, is_open=True)
    with qtbot.waitSignal(model.arranged):
        model.refresh()
    assert list(view.rows_in_view()) == [0, 1, 2, 3, 4]


class ArrangedLibrary(FakeLibrary):
    """Hands over at once what is known of the rows, as an index does."""

    def arranged_ids(
        self, query: Query, stopper: Stopper | None = None
    ) -> tuple[tuple[str, ...], Facts | None]:
        ids = self.ids(query, stopper)
        return ids, self.arranging.facts(ids, is_by_date=True, is_stacked=True)


@pytest.mark.parametrize("offset_px", [0, 2000])
def test_rows_that_come_and_go_together_are_laid_out_once(
    qtbot: QtBot, make_view: MakeView, monkeypatch: pytest.MonkeyPatch, offset_px: int
) -> None:
    library = ArrangedLibrary(300)
    view = make_view(library)
    view.verticalScrollBar().setValue(offset_px)
    view.grab()
    laid_out, original = list[int](), view._make_layout

    def make_layout(width_px: int) -> Layout:
        laid_out.append(width_px)
        return original(width_px)

    monkeypatch.setattr(view, "_make_layout", make_layout)
    pictures = list(library.all.values())
    for place in (90, 40, 7):
        del pictures[place]
        pictures.insert(place - 3, a_picture(900 + place))
    library.all = {one.id: one for one in pictures}
    library.arranging._pictures = library.all
    with qtbot.waitSignal(model_of(view).count_changed):
        model_of(view).refresh()
    QApplication.processEvents()
    assert len(laid_out) == 1
    assert len(view._places) == 300


def test_a_new_press_above_moves_nothing_that_is_looked_at(qtbot: QtBot, make_view: MakeView) -> None:
    library = a_library(*[2] * 60)
    view = make_view(library)
    view.verticalScrollBar().setValue(2000)
    row = next(row for row in view.rows_in_view() if view.cell(row).top() >= 0)
    shown, top = model_of(view).picture_id(row), view.cell(row).top()
    pictures = tuple(a_picture(900 + n, made_ms=10_000_000, press_id="new") for n in range(3))
    library.all = {**{one.id: one for one in pictures}, **library.all}
    library.arranging._pictures = library.all
    model_of(view).apply_change(LibraryChange(added=pictures))
    qtbot.waitUntil(lambda: model_of(view).stack_of(0) == range(3))
    moved = model_of(view).row_of(str(shown))
    assert moved == row + 3
    assert view.cell(moved).top() == top


@pytest.mark.parametrize("arrangement", Arrangement)
def test_what_is_under_the_pointer_stays_there_while_tiles_grow(
    make_view: MakeView, arrangement: Arrangement
) -> None:
    view = make_view(a_library(*[1] * 400))
    view.arrangement = arrangement
    view.verticalScrollBar().setValue(5000)
    point = QPoint(300, 350)
    row = view.indexAt(point).row()
    if row < 0:
        row = view.rows_in_view()[1]
        point = view.cell(row).center()
    for _ in range(5):
        place = QPointF(view.viewport().mapToGlobal(point))
        turned = QWheelEvent(
            QPointF(point), place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), turned)
        cell = view.cell(row)
        assert cell.top() - 2 <= point.y() <= cell.bottom() + 2
    assert view.tile_px > 216


def test_scroll_position_and_selection_come_back_after_a_filter(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(a_library(*[1] * 300))
    model = model_of(view)
    view.verticalScrollBar().setValue(3000)
    seen, value = view.rows_in_view(), view.verticalOffset()
    click(view, seen[2])
    for text in ("number 299", ""):
        with qtbot.waitSignal(model.query_shown):
            model.set_query(Query(text=text))
    assert (view.rows_in_view(), view.verticalOffset()) == (seen, value)


def test_scroll_position_and_selection_come_back_after_a_restart(qtbot: QtBot, make_view: MakeView) -> None:
    first = make_view(a_library(*[1] * 300))
    first.arrangement = Arrangement.JUSTIFIED
    first.verticalScrollBar().setValue(3000)
    click(first, first.rows_in_view()[3])
    settings = first.remembered(Settings())
    second = make_view(a_library(*[1] * 300), settings)
    qtbot.waitUntil(lambda: len(model_of(second).facts.days()) == 28)
    assert second.arrangement is Arrangement.JUSTIFIED
    assert second.selected_ids() == first.selected_ids()
    row = model_of(second).row_of(settings.seen_id)
    assert row is not None
    assert second.cell(row).top() == settings.seen_px


def test_pictures_of_a_board_in_order_by_hand_are_put_before_the_gap(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(a_library(*[1] * 12))
    model = model_of(view)
    with qtbot.waitSignal(model.query_shown):
        model.set_query(replace(Query(), board_id="inbox", order=Order.BY_HAND))
    mime = QMimeData()
    dragged = str(model.picture_id(7))
    mime.setData(PICTURE_IDS_TYPE, dragged.encode())
    assert view._by_hand.accepts(mime)
    line = view._by_hand.move(view.cell(2).center() - QPoint(20, 0))
    assert line is not None
    assert line.right() < view.cell(2).left()
    asked = view._by_hand.drop(mime)
    assert asked is not None
    assert (asked.ids, asked.board_id, asked.before_id) == ((dragged,), "inbox", model.picture_id(2))


def test_pictures_are_put_behind_a_closed_stack_and_not_into_it(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(a_library(1, 3, 1, 1))
    model = model_of(view)
    with qtbot.waitSignal(model.query_shown):
        model.set_query(replace(Query(), board_id="inbox", order=Order.BY_HAND))
    mime = QMimeData()
    mime.setData(PICTURE_IDS_TYPE, str(model.picture_id(5)).encode())
    view._by_hand.move(view.cell(1).center() + QPoint(20, 0))
    asked = view._by_hand.drop(mime)
    assert asked is not None
    assert asked.before_id == model.picture_id(4)


@pytest.mark.parametrize("order", [Order.RATING, Order.NAME, Order.BY_HAND, Order.OLDEST])
def test_what_came_together_is_a_stack_in_every_order(
    qtbot: QtBot, make_view: MakeView, order: Order
) -> None:
    view = make_view(a_library(4, 1, 3))
    model = model_of(view)
    with qtbot.waitSignal(model.query_shown):
        model.set_query(Query(board_id="inbox", order=order))
    assert list(view.rows_in_view()) == [0, 4, 5]
    click_badge(view, 0)
    assert list(view.rows_in_view()) == [0, 1, 2, 3, 4, 5]
    view.setFocus()
    view.select_row(0)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert list(view.rows_in_view()) == [0, 4, 5]


@pytest.mark.parametrize("query", [Query(trash=True), Query(like="abc", order=Order.LIKENESS)])
def test_what_was_thrown_away_or_is_held_against_a_picture_stands_alone(
    qtbot: QtBot, make_view: MakeView, query: Query
) -> None:
    view = make_view(a_library(4, 1, 3))
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(query)
    assert len(view.rows_in_view()) == 8


def test_a_screen_reader_hears_of_stacks(make_view: MakeView) -> None:
    view = make_view(a_library(3, 1))
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert str(view.model().index(0, 0).data(role)).startswith("closed stack of 3 pictures, ")
    model_of(view).set_open(0, is_open=True)
    assert str(view.model().index(1, 0).data(role)).startswith("2 of 3 in a stack, ")
    assert "stack" not in str(view.model().index(3, 0).data(role))


def test_only_what_is_seen_is_read_until_its_stack_is_selected(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(a_library(*[8] * 60))
    model, told = model_of(view), list[object]()
    qtbot.waitUntil(lambda: view.isIndexHidden(model.index(479)))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    last = view.rows_in_view()[-1]
    qtbot.waitUntil(lambda: model._rows.held(model._rows.ids[last]) is not None)
    assert model._rows.held(model._rows.ids[last + 3]) is None
    view.selection_changed.connect(told.append)
    click(view, last)
    qtbot.waitUntil(lambda: bool(told) and len(told[-1]) == 8)  # type: ignore[arg-type]


def marked(library: FakeLibrary, number: int, **marks: object) -> Picture:
    changed = replace(list(library.all.values())[number], **marks)  # type: ignore[arg-type]
    library.all[changed.id] = changed
    return changed


def covers(view: GalleryView) -> list[int | None]:
    """The row of the picture that is painted in each row that can be seen."""
    model, painted = model_of(view), dict(view._asked)
    return [model.row_of(f"Inbox/a cat {int(painted[row], 16):04}.jpeg") for row in view.rows_in_view()]


def test_the_cover_of_a_closed_stack_is_the_best_that_is_not_rejected(
    qtbot: QtBot, make_view: MakeView
) -> None:
    library = a_library(3, 3, 3)
    marked(library, 0, rejected=True)
    marked(library, 4, rating=3)
    marked(library, 5, rating=5, rejected=True)
    for number in (6, 7, 8):
        marked(library, number, rejected=True)
    view = make_view(library)
    qtbot.waitUntil(lambda: view.shows_every_picture)
    assert covers(view) == [1, 4, 6]
    assert view.tile_rect(3).isValid()
    with qtbot.waitSignal(view.edit_requested) as wish:
        click(view, 3)
        QTest.keyClick(view, Qt.Key.Key_E)
    assert wish.args == [model_of(view).picture(4)]


def test_the_cover_follows_what_is_rated_and_is_none_of_an_open_stack(
    qtbot: QtBot, make_view: MakeView
) -> None:
    library = a_library(3, 1)
    view = make_view(library)
    qtbot.waitUntil(lambda: view.shows_every_picture)
    assert covers(view) == [0, 3]
    model_of(view).apply_change(LibraryChange(changed=(marked(library, 2, rating=4),)))
    qtbot.waitUntil(lambda: view.shows_every_picture and covers(view) == [2, 3])
    model_of(view).set_open(0, is_open=True)
    qtbot.waitUntil(lambda: view.shows_every_picture and covers(view) == [0, 1, 2, 3])


def test_a_stack_that_is_folded_over_what_is_selected_is_selected_whole(make_view: MakeView) -> None:
    view = make_view(a_library(3, 1))
    view.setFocus()
    click_badge(view, 0)
    click(view, 1)
    assert view.selected_rows() == [1]
    click_badge(view, 1)
    assert view.selected_rows() == [0, 1, 2]
    assert not view.isIndexHidden(view.model().index(3, 0))
    click_badge(view, 0)
    click(view, 3)
    click_badge(view, 0)
    assert view.selected_rows() == [3]
