"""The gallery: selecting, opening, dragging and pressing, with real events and without freezing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState, MissingPicture
from seedream_desktop.gui.cards import Act
from seedream_desktop.gui.gallery_layout import GAP_PX, MARGIN_PX
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.pipeline.events import PictureSaved, Progress
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.state.tiles import MissingTile, Tile
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, a_press, draw_thumbnail

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MakeView = Callable[[int], GalleryView]


@pytest.fixture
def make_view(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeView]:
    reading, drawing = TaskRunner(1), TaskRunner(2)
    kept: list[object] = []

    def make(count: int) -> GalleryView:
        model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
        with qtbot.waitSignal(model.query_shown):
            model.set_library(FakeLibrary(count))
        view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
        kept.extend((model, view))
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        qtbot.waitExposed(view)
        return view

    yield make
    reading.close(2000)
    drawing.close(2000)


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


def click(qtbot: QtBot, view: GalleryView, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifiers, view.cell(row).center())


def move(view: GalleryView, point: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    place = QPointF(view.viewport().mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), place, Qt.MouseButton.NoButton, buttons, NONE)
    QApplication.sendEvent(view.viewport(), event)


def test_every_thumbnail_in_view_is_painted(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(200)
    qtbot.waitUntil(lambda: view.shows_every_picture)


def test_the_scroll_bar_lies_in_the_margin(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(40)
    view.verticalScrollBar().setStyleSheet("QScrollBar:vertical { width: 8px; }")
    view.resize(901, 700)
    last_of_line = max(range(10), key=lambda row: view.cell(row).right())
    right_px = view.width() - 1 - view.cell(last_of_line).right()
    assert view.verticalScrollBar().width() == 8
    assert MARGIN_PX <= right_px < MARGIN_PX + GAP_PX


def test_a_click_selects_and_control_and_shift_add(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(20)
    click(qtbot, view, 1)
    click(qtbot, view, 3, CONTROL)
    assert view.selected_rows() == [1, 3]
    click(qtbot, view, 6, SHIFT)
    assert view.selected_rows() == [1, 3, 4, 5, 6]


def test_a_click_beside_a_picture_selects_nothing(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(20)
    model_of(view).apply_change(LibraryChange(changed=(a_picture(0, width_px=1000, height_px=4000),)))
    click(qtbot, view, 1)
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.cell(0).topLeft() + QPoint(3, 3))
    assert view.selected_rows() == []


def test_the_keyboard_moves_through_lines_and_pages(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(100)
    view.select_row(0)
    columns = next(row for row in range(1, 20) if view.cell(row).top() > view.cell(0).top())
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1 + columns
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 99
    assert view.viewport().rect().contains(view.cell(99))


def test_a_rubber_band_from_a_gap_selects_what_it_touches(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(20)
    start = QPoint(3, 3)
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    move(view, view.cell(1).center(), LEFT)
    assert view.selected_rows() == [0, 1]
    QTest.mouseRelease(view.viewport(), LEFT, NONE, view.cell(1).center())
    assert view.selected_rows() == [0, 1]


def test_shift_draws_a_rubber_band_from_a_picture(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(20)
    QTest.mousePress(view.viewport(), LEFT, SHIFT, view.cell(0).center())
    move(view, view.cell(2).center(), LEFT)
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, view.cell(2).center())
    assert view.selected_rows() == [0, 1, 2]


def test_a_drag_that_starts_on_a_picture_takes_the_selection_along(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(20)
    dragged: list[tuple[Picture, ...]] = []
    view.drag_requested.connect(dragged.append)
    click(qtbot, view, 1)
    click(qtbot, view, 2, CONTROL)
    QTest.mousePress(view.viewport(), LEFT, NONE, view.cell(1).center())
    move(view, view.cell(1).center() + QPoint(30, 0), LEFT)
    assert [[picture.id for picture in pictures] for pictures in dragged] == [
        [a_picture(1).id, a_picture(2).id]
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_open_the_viewer(qtbot: QtBot, make_view: MakeView, key: Qt.Key) -> None:
    view = make_view(5)
    view.select_row(2)
    with qtbot.waitSignal(view.open_requested) as told:
        QTest.keyClick(view, key)
    assert told.args == [2]


def test_single_keys_act_on_the_selection(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(5)
    view.select_row(0)
    click(qtbot, view, 1, CONTROL)
    ids = (a_picture(0).id, a_picture(1).id)
    for key, signal, expected in (
        (Qt.Key.Key_4, view.rate_requested, [ids, 4]),
        (Qt.Key.Key_E, view.edit_requested, [a_picture(0)]),
        (Qt.Key.Key_R, view.reference_requested, [(a_picture(0), a_picture(1))]),
        (Qt.Key.Key_Delete, view.trash_requested, [ids]),
    ):
        with qtbot.waitSignal(signal) as told:
            QTest.keyClick(view, key)
        assert told.args == expected


def test_a_key_selects_what_is_ringed_and_selected_by_nothing_else(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    click(qtbot, view, 0)
    view.let_go()
    with qtbot.assertNotEmitted(view.trash_requested):
        QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.keyClick(view, Qt.Key.Key_Home)  # it is there already
    assert len(view.selected_ids()) == 1
    view.let_go()
    with qtbot.waitSignal(view.rate_requested) as rated:
        QTest.keyClick(view, Qt.Key.Key_4)
    assert rated.args == [view.selected_ids(), 4]


def test_hovering_offers_stars_and_acts(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(5)
    move(view, view.cell(0).center())
    plan = view._hover_plan(0)
    with qtbot.waitSignal(view.rate_requested) as rated:
        QTest.mouseClick(view.viewport(), LEFT, NONE, plan.stars.topLeft() + QPoint(40, 10))
    assert rated.args == [(a_picture(0).id,), 3]
    with qtbot.waitSignal(view.edit_requested):
        QTest.mouseClick(view.viewport(), LEFT, NONE, plan.labels[0].center())
    with qtbot.waitSignal(view.reference_requested):
        QTest.mouseClick(view.viewport(), LEFT, NONE, plan.labels[1].center())


def act_place(view: GalleryView, row: int, act: Act) -> QPoint:
    tile = model_of(view).tile(row)
    plan = view._card(row, tile)[1]  # type: ignore[arg-type]
    return next(button.rect.center() for button in plan.buttons if button.act is act)


def test_buttons_of_a_failed_job_say_what_is_wished_for(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    job = a_press(1)[0]
    problem = Problem(ProblemKind.CONNECTION_BROKE, billed=Billed.MAYBE)
    model_of(view).add_jobs([replace(job, state=JobState.UNKNOWN, problem=problem)])
    for act, signal in (
        (Act.CHECK, view.check_requested),
        (Act.RETRY, view.retry_requested),
        (Act.DISMISS, view.dismiss_requested),
    ):
        with qtbot.waitSignal(signal) as told:
            QTest.mouseClick(view.viewport(), LEFT, NONE, act_place(view, 0, act))
        (wished,) = told.args
        assert (wished.job.id if act is Act.DISMISS else wished) == job.id


def test_a_missing_picture_says_which_it_is(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    gone = MissingPicture(1, Problem(ProblemKind.RESULT_DAMAGED, billed=Billed.YES))
    job = replace(a_press(1)[0], state=JobState.SAVED, missing=(gone,), kept=("answer.raw", "picture-1.bin"))
    model_of(view).add_jobs([job])
    for act, signal, expected in (
        (Act.RETRY, view.retry_requested, [job.id]),
        (Act.SHOW_ANSWER, view.kept_file_requested, [job.id, "picture-1.bin"]),
        (Act.DISMISS, view.dismiss_requested, [MissingTile(job, gone)]),
    ):
        with qtbot.waitSignal(signal) as told:
            QTest.mouseClick(view.viewport(), LEFT, NONE, act_place(view, 0, act))
        assert told.args == expected


def test_a_button_that_is_left_before_letting_go_does_nothing(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    model_of(view).add_jobs(a_press(1))
    with qtbot.assertNotEmitted(view.cancel_requested):
        QTest.mousePress(view.viewport(), LEFT, NONE, act_place(view, 0, Act.CANCEL))
        QTest.mouseRelease(view.viewport(), LEFT, NONE, view.cell(2).center())


def test_what_waits_is_cancelled_as_a_press(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    model_of(view).add_jobs(a_press(9))
    with qtbot.waitSignal(view.cancel_waiting_requested) as told:
        QTest.mouseClick(view.viewport(), LEFT, NONE, act_place(view, 0, Act.CANCEL_WAITING))
    assert told.args == ["press"]


def test_only_running_tiles_are_painted_again_and_only_while_they_run(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view, job = make_view(3), a_press(1)[0]
    assert not view._animation.isActive()
    model_of(view).add_jobs([job])
    model_of(view).change_job(replace(job, state=JobState.SENDING))
    model_of(view).show_progress(Progress(job.id, Sending(1, 1, body_complete=True)))
    qtbot.waitUntil(view._animation.isActive)
    model_of(view).place_picture(PictureSaved(job.id, 0, a_picture(9)))
    model_of(view).remove_job(job.id)
    qtbot.waitUntil(lambda: not view._animation.isActive())


def test_new_rows_above_do_not_move_what_is_looked_at(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(400)
    view.verticalScrollBar().setValue(3000)
    row = next(row for row in view.rows_in_view() if view.cell(row).top() >= 0)
    shown, top = model_of(view).picture_id(row), view.cell(row).top()
    line = tuple(a_picture(1000 + n, made_ms=10**9 + n) for n in range(4))
    model_of(view).apply_change(LibraryChange(added=line))
    moved = model_of(view).row_of(shown or "")
    assert moved is not None
    assert moved == row + 4
    assert view.cell(moved).top() == top


def test_a_press_is_visible_at_once(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(400)
    view.verticalScrollBar().setValue(5000)
    model_of(view).add_jobs(a_press(2))
    assert 0 in view.rows_in_view()


def test_what_is_selected_stays_selected_in_another_view(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(300)
    view.select_row(250)
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(Query(text="number 25"))
    assert view.selected_ids() == (a_picture(250).id,)


def test_an_empty_view_says_what_to_do(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(5)
    assert not view.empty.isVisible()
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(Query(text="nothing like it"))
    assert view.empty.isVisible()
    model_of(view).apply_change(LibraryChange())
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(Query())
    assert not view.empty.isVisible()


def test_files_from_elsewhere_are_taken_in_as_copies(
    qtbot: QtBot, make_view: MakeView, tmp_path: Path
) -> None:
    view = make_view(1)
    mime = QMimeData()
    (tmp_path / "a.png").write_bytes(b"x")
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime, LEFT, NONE)
    with qtbot.waitSignal(view.files_dropped) as told:
        view.dropEvent(event)
    assert told.args == [(tmp_path / "a.png",)]
    assert event.dropAction() == Qt.DropAction.CopyAction


def test_a_menu_offers_everything_to_the_keyboard(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(3)
    view.select_row(1)
    view._open_menu(1, QPoint(0, 0))
    menu = view.findChild(QMenu)
    assert menu is not None
    with qtbot.waitSignal(view.trash_requested) as told:
        menu.actions()[-1].trigger()
    assert told.args == [(a_picture(1).id,)]
    menu.close()


def test_a_hundred_thousand_rows_cost_no_more_than_what_is_seen(
    qtbot: QtBot, make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make_view(100_000)
    asked: list[int] = []
    original = model_of(view).tile

    def tile(row: int) -> Tile:
        asked.append(row)
        return original(row)

    monkeypatch.setattr(model_of(view), "tile", tile)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    qtbot.waitUntil(lambda: bool(asked))
    assert 0 < len(asked) < 200


def test_a_new_search_is_not_kept_waiting_by_thumbnails_of_the_rows_before(
    qtbot: QtBot, make_view: MakeView
) -> None:
    view = make_view(200)
    dropped: list[str] = []
    view._thumbnails.drop_requests = dropped.extend  # type: ignore[assignment, method-assign]
    view.grab()
    asked = set(view._asked.values())
    with qtbot.waitSignal(model_of(view).query_shown):
        model_of(view).set_query(Query(text="number 19"))
    assert asked
    assert asked <= set(dropped)
