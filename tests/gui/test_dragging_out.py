"""Real files leave by drag from wherever a picture is seen: one, or all that are meant together."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.compare_view import CompareView
from seedream_desktop.gui.filmstrip import Filmstrip
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

Drags = list[tuple[tuple[str, ...], object]]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    stage = window_stage(session, tmp_path, qtbot)
    stage.window.resize(1280, 800)
    return stage


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> Drags:
    """The names of the files that were dragged out, and what may be done with them."""
    seen: Drags = []

    def drop(drag: QDrag, actions: object, *_: object) -> Qt.DropAction:
        paths = [Path(url.toLocalFile()) for url in drag.mimeData().urls()]
        assert all(path.is_file() for path in paths)
        seen.append((tuple(path.name for path in paths), actions))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: LEFT)
    return seen


def drag(widget: QWidget, at: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=at)
    QTest.mouseMove(widget, at + QPoint(40, 0))
    QTest.mouseRelease(widget, LEFT, pos=at + QPoint(40, 0))


def drag_cell(strip: Filmstrip, row: int) -> None:
    drag(strip.viewport(), strip.visualRect(strip.model().index(row, 0)).center())


def view_selected(stage: WindowStage, count: int) -> tuple[str, ...]:
    """The names of the first pictures, which are selected, the first one in the viewer."""
    gallery = stage.window.gallery
    pictures = [stage.session.gallery.picture(row) for row in range(count)]
    stage.select([one for one in pictures if one is not None])
    gallery.open_requested.emit(0)
    stage.qtbot.waitUntil(stage.window.viewer.isVisible)
    return tuple(one.path.name for one in pictures if one is not None)


def test_the_filmstrip_drags_all_that_is_selected_or_the_one_beside(stage: WindowStage, drags: Drags) -> None:
    stage.fill(5)
    names = view_selected(stage, 3)
    viewer = stage.window.viewer
    drag_cell(viewer.filmstrip, 1)
    drag_cell(viewer.filmstrip, 4)
    stage.qtbot.waitUntil(lambda: len(drags) == 2)
    beside = stage.session.gallery.picture(4)
    assert beside is not None
    assert drags == [(names, Qt.DropAction.CopyAction), ((beside.path.name,), Qt.DropAction.CopyAction)]


def test_several_stay_selected_while_they_are_looked_at_and_the_details_are_of_the_one(
    stage: WindowStage,
) -> None:
    stage.fill(5)
    view_selected(stage, 3)
    window, viewer = stage.window, stage.window.viewer
    viewer.stage.step(1)
    assert (window.gallery.selected_rows(), window.gallery.currentIndex().row()) == ([0, 1, 2], 1)
    seen = viewer.current_picture()
    assert seen is not None
    stage.qtbot.waitUntil(lambda: window.details._heading.toPlainText() == seen.path.name)
    viewer.closed.emit()
    stage.qtbot.waitUntil(lambda: window.details.shows_several)
    view_selected(stage, 3)
    viewer.show_row(4)
    assert window.gallery.selected_rows() == [4]


def test_a_drag_from_the_viewer_is_of_its_picture_alone(stage: WindowStage, drags: Drags) -> None:
    stage.fill(4)
    names = view_selected(stage, 3)
    canvas = stage.window.viewer.canvas
    drag(canvas, canvas.rect().center())
    stage.qtbot.waitUntil(lambda: bool(drags))
    assert drags == [(names[:1], Qt.DropAction.CopyAction)]


def test_a_closed_stack_is_dragged_whole(stage: WindowStage, drags: Drags) -> None:
    stage.fill(1)
    three = [stage.add(9 + n, press_id="press", press_index=n, pressed_ms=5) for n in range(3)]
    stage.show_library(4)
    gallery = stage.window.gallery
    row = next(row for row in range(4) if len(stage.session.gallery.stack_of(row)) == 3)
    drag(gallery.viewport(), gallery.cell(row).center())
    stage.qtbot.waitUntil(lambda: bool(drags))
    assert drags == [(tuple(one.path.name for one in three), Qt.DropAction.CopyAction)]


def test_what_is_compared_is_dragged_together_from_its_strip_and_alone_from_its_pane(
    stage: WindowStage, drags: Drags
) -> None:
    pictures = stage.fill(4)
    stage.window.ties.comparing.compare(tuple(one.id for one in pictures[:2]))
    stage.qtbot.waitUntil(lambda: stage.window.stage.findChild(CompareView) is not None)
    view = stage.window.stage.findChild(CompareView)
    assert isinstance(view, CompareView)
    stage.qtbot.waitUntil(lambda: len(view.strip.marks) == 2)
    row = stage.session.gallery.row_of(pictures[1].id)
    assert row is not None
    drag_cell(view.strip, row)
    canvas = view.panes.canvases[1]
    drag(canvas, canvas.rect().center())
    stage.qtbot.waitUntil(lambda: len(drags) == 2)
    names = tuple(one.path.name for one in pictures[:2])
    assert [files for files, _ in drags] == [names, names[1:]]


def test_a_relative_is_dragged_out_of_the_details_and_still_leads_there_by_a_click(
    stage: WindowStage, drags: Drags
) -> None:
    source = stage.add(1)
    made = stage.add(2, source)
    stage.show_library(2)
    stage.select([made])
    row = stage.window.details.lineage.made_from
    stage.qtbot.waitUntil(lambda: bool(row.tiles))
    stage.window.right.show_details()
    tile = row.tiles[0]
    with stage.qtbot.assertNotEmitted(row.picture_requested):
        drag(tile, tile.rect().center())
    stage.qtbot.waitUntil(lambda: bool(drags))
    assert drags == [((source.path.name,), Qt.DropAction.CopyAction)]
    with stage.qtbot.waitSignal(row.picture_requested):
        QTest.mouseClick(row.tiles[0], LEFT)
    assert QApplication.activeModalWidget() is None


def test_what_lies_on_a_client_safe_board_leaves_as_a_copy_wherever_it_is_dragged_from(
    stage: WindowStage, drags: Drags
) -> None:
    stage.fill(3)
    library = stage.session.pictures.the_library()
    library.set_up_board(library.inbox.id, {"client_safe": True})
    with stage.qtbot.waitSignal(stage.session.pictures.library_changed):
        stage.session.pictures.tell_everything()
    view_selected(stage, 2)
    drag_cell(stage.window.viewer.filmstrip, 0)
    stage.qtbot.waitUntil(lambda: bool(drags))
    assert [name.startswith("Inbox ") for name in drags[0][0]] == [True, True]
